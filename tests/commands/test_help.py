from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import typer.main
from conftest import ROOT
from shell import run

from kzus.app import COMMANDS, GROUPS, app
from kzus.commands.help import page, short
from kzus.manual import QUESTIONS, Page, Section, read
from kzus.output.help import text, wrapped

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Kzus

GROUP: Any = typer.main.get_command(app)


def page_of(name: str) -> Page:
    command = GROUP.get_command(None, name)
    return page(command, typer.Context(command, info_name=f"kzus {name}"), command.columns)


PAGES = {name: page_of(name) for name in COMMANDS}
EXAMPLES = [example for each in PAGES.values() for example in each.examples] + [command for command, _ in QUESTIONS]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_help_runs(example: str, tmp_path: Path) -> None:
    if "jq" in example and not shutil.which("jq"):
        pytest.skip("jq isn't installed")
    shutil.copy(ROOT / "facts.yaml", tmp_path)

    assert run(example, tmp_path) or list(tmp_path.iterdir()) != [tmp_path / "facts.yaml"]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_one_sentence_an_example_and_what_its_columns_mean(name: str) -> None:
    found = PAGES[name]
    columns = [section for section in found.sections if section.heading.startswith("Columns")]

    assert found.sentence == COMMANDS[name]
    assert not found.sentence.endswith(".")
    assert found.examples
    assert all(example.startswith("kzus ") for example in found.examples)
    assert all(meaning for section in columns for _, meaning in section.rows)
    assert bool(columns) == any(row[0].startswith("-c") for section in found.sections for row in section.rows) or (
        name == "check"
    )


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("name", [*COMMANDS, ""])
def test_help_fits_its_width(kzus: Kzus, name: str, width: int) -> None:
    lines = kzus(*name.split(), "--help", width=width).out.splitlines()

    assert max(map(len, lines)) <= width
    assert not any(line.endswith(" ") for line in lines)


def test_kzus_alone_asks_the_common_questions(kzus: Kzus) -> None:
    done = kzus(width=80)

    assert (done.code, done.err) == (0, "")
    assert done.out == text(short(GROUP, GROUPS), 80, has_styles=False) + "\n"
    assert [line.split("  #")[0].strip() for line in done.out.splitlines() if "$ " in line] == [
        f"$ {command}" for command, _ in QUESTIONS
    ]
    assert {word for line in done.out.partition("Commands:\n")[2].splitlines() for word in line.split()} >= set(
        COMMANDS
    )
    assert done.out.count("\n") < 24
    assert max(map(len, done.out.splitlines())) <= 80


def test_headings_are_bold_where_styles_are(kzus: Kzus) -> None:
    styled = kzus("schema", "--help", width=80, has_colour=True).out

    assert "\x1b[1mUsage:\x1b[0m kzus schema" in styled
    assert styled.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "") == kzus("schema", "--help").out


def test_a_page(kzus: Kzus) -> None:
    assert kzus("schema", "--help").out == (
        "Usage: kzus schema [OPTIONS]\n\n"
        "  Print the JSON Schema of a fact file\n\n"
        "  An editor that has it completes keys and marks mistakes while you type.\n\n"
        "Examples:\n"
        "  $ kzus schema > kzus.schema.json\n\n"
        "Everywhere:\n"
        "  --no-pager    Print straight away, however long.\n"
        "  --facts FILE  Use another fact file.  [env var: KZUS_FACTS]\n"
        "  --help        Show this message and exit.\n"
    )


def test_a_remark_stands_above_its_example_where_it_has_no_room_beside() -> None:
    found = Page("kzus", "kzus", "Do", [], ["kzus a-rather-long-example --of it  # why one would"], [])

    assert text(found, 60, has_styles=False).endswith("\n  $ kzus a-rather-long-example --of it  # why one would")
    assert text(found, 40, has_styles=False).endswith("\n  # why one would\n  $ kzus a-rather-long-example --of it")


def test_a_long_word_has_its_meaning_under_it() -> None:
    rows = [("--short", "A short one that takes two lines."), ("--a-very-much-longer-option NAME", "A long one.")]
    found = Page("kzus", "kzus", "Do", [], [], [Section("Options", rows)])

    assert text(found, 40, has_styles=False).partition("Options:\n")[2].splitlines() == [
        "  --short  A short one that takes two",
        "           lines.",
        "  --a-very-much-longer-option NAME",
        "           A long one.",
    ]


def test_text_of_a_command_is_taken_apart() -> None:
    found = read("Do it\n\nWith care\nand joy.\n\n$ kzus a\n$ kzus b  # why")

    assert found == ("Do it", ["With care and joy."], ["kzus a", "kzus b  # why"])


@pytest.mark.parametrize(
    ("given", "lines"), [("", []), ("a", ["a"]), ("a bc d", ["a bc", "d"]), ("abcdefg h", ["abcdefg", "h"])]
)
def test_words_are_never_broken(given: str, lines: list[str]) -> None:
    assert wrapped(given, 4) == lines


def test_help_imports_neither_rich_nor_what_answers_take() -> None:
    code = "import sys; from kzus.app import main; main(['deals', '--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert {"rich", "yaml", "pydantic", "csv"} & set(done.stderr.split()) == set()
