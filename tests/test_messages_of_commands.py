"""Every message that isn't about a fact file, provoked once and written down as a list that can be read as a whole.

`pytest tests/test_messages_of_commands.py --redraw` writes messages.txt anew; read it aloud before it is committed.
What provokes them stands in messages.yaml.
"""

from __future__ import annotations

import ast
import re
import shutil
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from told import CASES, HERE, Commands, make_folder

import kzus as library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Kzus

LIST = HERE / "messages.txt"
PACKAGE = Path(library.__file__).parent


def listed(commands: Commands) -> str:
    sections = [(title, look, lines) for look, each in CASES.items() for title, lines in each.items()]
    return "\n".join(
        "\n".join((title, *(text for line in lines for text in getattr(commands, look)(line)), ""))
        for title, look, lines in sections
    )


@pytest.mark.skipif(not Path("/dev/full").exists() or not shutil.which("bash"), reason="needs bash and /dev/full")
def test_the_messages_are_those_that_were_read(
    kzus: Kzus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    make_folder(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(webbrowser, "open", lambda _: True)
    drawn = listed(Commands(kzus, monkeypatch, tmp_path))
    if pytestconfig.getoption("--redraw"):
        LIST.write_text(drawn, "utf-8")

    assert drawn.splitlines() == LIST.read_text("utf-8").splitlines()


IN_THE_OTHER_LIST = ("facts", "values")
"""Packages whose messages tests/facts/messages.txt lists."""
ONLY_RAISING = {
    "commands/__init__.py": "the lines of the help",
    "export/datapackage.py": "what a data package says of itself",
    "export/excel.py": "what the first sheet of a workbook says of its columns",
    "render/html_style.py": "CSS",
}
"""Modules whose other sentences are no messages, and what they are."""
NOT_PROVOKED = {
    "' is not the user's alone": "nobody sees it: the index is built anew",
}
"""What no case provokes, with the reason."""
IS_MESSAGE = re.compile(r"(?:[a-z]+'?[a-z]*,? ){2}[a-z]+")
"""What reads like a sentence; in a call that prints or raises a message two words are enough."""
IS_CODE = re.compile(r"[A-Z]{4,} |iif\(|IN \(|<[a-z]+|==| = |\\")
SAYING = frozenset(("remark", "report_none", "footnote", "caption", "warn", "_print_lines", "_unreadable", "KzusError"))
NOT_SAYING = frozenset(("_option", "execute", "also", "split"))
NO_MESSAGES = frozenset(("description", "about", "help", "metavar"))
FIELD = re.compile(r"\{\w*\}| \| ")
"""What a message has in place of a word, for `str.format`, and what stands between two of them in a table."""


def texts(path: Path, *, is_raising: bool) -> Iterator[str]:
    """Yield the longest part of each text that reads like a message, as it stands in the source."""
    tree = ast.parse(path.read_text("utf-8"))
    said = {each for node in ast.walk(tree) if is_saying(node) for each in ast.walk(node)}
    left_out = set(no_messages(tree))
    for node in ast.walk(tree):
        if node not in left_out and (node in said or not is_raising):
            whole = node.values if isinstance(node, ast.JoinedStr) else [node]
            parts = [each.value for each in whole if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            longest = max((part for each in parts for part in FIELD.split(each)), key=len, default="").strip()
            is_message = " " in longest if node in said else IS_MESSAGE.search(longest)
            if is_message and not IS_CODE.search("".join(parts)):
                yield longest


def is_saying(node: ast.AST) -> bool:
    return isinstance(node, ast.Raise) or called(node) in SAYING


def no_messages(tree: ast.Module) -> Iterator[ast.AST | None]:
    """Yield docstrings, SQL, descriptions of options and columns, words that people type, and parts of other texts."""
    for node in ast.walk(tree):
        if called(node) in NOT_SAYING or (isinstance(node, ast.keyword) and node.arg in NO_MESSAGES):
            yield from ast.walk(node)
        elif isinstance(node, ast.Compare) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            yield from ast.iter_child_nodes(node)
        elif isinstance(node, ast.Dict):
            yield from node.keys
        elif isinstance(node, ast.JoinedStr):
            yield from node.values
    yield from (each for node in tree.body if isinstance(node, ast.AnnAssign) for each in ast.walk(node))


def called(node: ast.AST) -> str:
    return ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""


def test_each_message_is_in_a_list() -> None:
    every = "".join(path.read_text("utf-8") for path in (LIST, HERE / "facts/messages.txt")).casefold()
    names = {path: path.relative_to(PACKAGE).as_posix() for path in sorted(PACKAGE.rglob("*.py"))}
    missing = {
        text: name
        for path, name in names.items()
        if not name.startswith(IN_THE_OTHER_LIST)
        for text in texts(path, is_raising=name in ONLY_RAISING)
        if text.casefold() not in every
    }

    assert {text: name for text, name in missing.items() if text not in NOT_PROVOKED} == {}
    assert missing.keys() == NOT_PROVOKED.keys()
