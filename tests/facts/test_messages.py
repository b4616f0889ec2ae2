"""Every message about a fact file, provoked once and written down as a list that can be read as a whole.

`pytest tests/facts/test_messages.py --redraw` writes messages.txt anew; read it aloud before it is committed.
"""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

import kzus
from kzus.counting.rules import adding
from kzus.errors import FactFileError
from kzus.facts.check import load, locate
from kzus.facts.lint.rules import lint
from kzus.facts.reader import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LIST = Path(__file__).with_name("messages.txt")
PACKAGE = Path(kzus.__file__).parent
SOUND = Path(__file__).with_name("sound.yaml").read_text("utf-8")
CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text("utf-8"))
SIDES = re.compile(rb"sides:.*\n")
SLOPPY = Path(__file__).with_name("sloppy.yaml").read_bytes()


def found(text: str) -> list[str]:
    """Return the messages about a fact file, without its name and their places in it."""
    try:
        load(text.encode("utf-8", "surrogatepass"), "own.yaml")
    except FactFileError as refused:
        return [": ".join(part for part in (each.path, each.message) if part) for each in refused.problems]
    pytest.fail(f"nothing is wrong with this: {text}")


def of_deal(more: str) -> list[str]:
    """Return the messages about the second deal, which has or changes a key; one given twice counts once."""
    key = more.partition(":")[0]
    head, _, deal = SOUND.rstrip("}\n").rpartition("{")
    kept = [pair for pair in deal.split(", ") if not pair.startswith(f"{key}:")]
    if key == "parties" and "bank]" in kept:
        kept.remove("bank]")
    if key == "flow":
        kept = [pair for pair in kept if not pair.startswith("values")]
    return found(f"{head}{{{', '.join(kept)}, {more}}}\n")


def each_of(find: Callable[[str], list[str]], cases: str, form: str = "{}") -> list[str]:
    return [m for text in CASES[cases] for m in find(form.format(json.dumps(text) if "{{" in form else text))]


def sections() -> Iterator[tuple[str, list[str]]]:
    series = "indicators: {trade: {title: T, unit: x, observations: [{period: %s, value: '%s', source: page%s}]}}\n"
    visit = "events: {visit: {title: V, date: %s, sources: page}}\n"
    yield "Values", each_of(of_deal, "values", "values: [{{value: {}, measure: price, source: page}}]")
    yield "Counts", each_of(of_deal, "counts", "quantities: [{{count: {}, unit: things, source: page}}]")
    yield "Readings", [m for text in CASES["readings"] for m in found(SOUND + series % ("2025", text, ""))]
    yield "Sides", found(SOUND + series % ("2025", "1", ", side: c"))
    yield "Periods", [m for text in CASES["periods"] for m in found(SOUND + series % (text, "1", ""))]
    yield "Dates", each_of(of_deal, "dates", "date: {}")
    yield "Dates of events", [m for text in CASES["days"] for m in found(SOUND + visit % text)]
    yield "Deals", each_of(of_deal, "deal")
    changes = (change for pair in CASES["file"] for change in pair.items())
    yield "The file", [m for old, new in changes for m in found(SOUND.replace(old, new, 1))]
    yield "Packages", [m for more in CASES["more"] for m in found(SOUND + more)]
    texts = (*map(str.encode, CASES["reader"]), b"\xe9: 1")
    yield "YAML", list(dict.fromkeys(m for text in texts for m in of_yaml(text)))
    yield "Warnings", warnings(SLOPPY)
    yield "Warnings without sides", [each for each in warnings(SIDES.sub(b"", SLOPPY)) if "one-sided" in each]


def warnings(data: bytes) -> list[str]:
    facts = load(data, "own.yaml")
    found = locate(data, lint(facts, adding(facts["deals"])))
    return [f"{each.path}: {each.message} [{each.rule}]" for each in found]


def of_yaml(data: bytes) -> list[str]:
    return [": ".join(part for part in (each.path, each.message) if part) for each in read(data).problems]


def listed() -> str:
    return "\n\n".join(f"{title}\n" + "\n".join(f"  {each}" for each in found) for title, found in sections()) + "\n"


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="these are the words of libyaml")
def test_the_messages_are_those_that_were_read(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--redraw"):
        LIST.write_text(listed(), "utf-8")
    assert listed() == LIST.read_text("utf-8")


MODULES = ("facts/*.py", "facts/lint/*.py", "values/*.py")
NO_MESSAGES = frozenset(
    PACKAGE / each
    for each in (
        "facts/about.py", "facts/lens.py",
        "facts/template.py", "facts/model.py", "facts/model_claims.py", "facts/vocabulary.py",
        "values/names.py", "values/text.py",
    )
)  # fmt: skip
ONLY_WITHOUT_LIBYAML = {"is not YAML: an escape from here on stands for no character"}
IS_MESSAGE = re.compile(r"(?:[a-z]+'?[a-z]*,? ){2}[a-z]+")
FIELD = re.compile(r" *\{\}+ *|\{\{|\}\}")
"""What a message has in place of a word, for `str.format`."""


def texts(path: Path) -> Iterator[str]:
    """Yield what reads like a message: no docstring, no pattern, no table of words, no description of a key."""
    tree = ast.parse(path.read_text("utf-8"))
    left_out: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            left_out.add(node.value)
        elif isinstance(node, ast.keyword) and node.arg == "description":
            left_out.update(ast.walk(node.value))
    tables = {each for node in tree.body if isinstance(node, ast.Assign) for each in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in left_out:
            is_pattern = "\\" in node.value or "(?" in node.value
            if IS_MESSAGE.search(node.value) and not is_pattern and (";" in node.value or node not in tables):
                yield node.value


def test_each_message_is_in_the_list() -> None:
    every = LIST.read_text("utf-8")
    modules = {path for pattern in MODULES for path in PACKAGE.glob(pattern)} - NO_MESSAGES
    missing = [
        f"{path.name}: {text}"
        for path in sorted(modules)
        for text in texts(path)
        if text not in ONLY_WITHOUT_LIBYAML and not all(part in every for part in FIELD.split(text))
    ]
    assert missing == []
