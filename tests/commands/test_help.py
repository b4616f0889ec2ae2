from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from shell import run

from kzus.app import load_command, main
from kzus.commands import COMMANDS, GROUPS
from kzus.query.filters import VOCABULARIES
from kzus.render.environment import Environment

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Kzus

HELPS = {name: load_command(name).help.replace("\\[", "[") for name in COMMANDS}
EXAMPLES = [line.removeprefix("$ ") for text in HELPS.values() for line in text.splitlines() if line.startswith("$")]
SCREEN = 24
SHARED = {"Filters", "Output"}


def panels(text: str) -> list[str]:
    """Return the headings of a page of help, in their order."""
    return re.findall("╭─ ([A-Z].*?) ─", text)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_help_runs(example: str, tmp_path: Path) -> None:
    if "jq" in example and not shutil.which("jq"):
        pytest.skip("jq isn't installed")
    shutil.copy(ROOT / "facts.yaml", tmp_path)

    assert run(example, tmp_path) or list(tmp_path.iterdir()) != [tmp_path / "facts.yaml"]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_a_sentence_and_examples_that_fit_a_line(name: str) -> None:
    sentence, *_ = HELPS[name].splitlines()
    examples = [line for line in HELPS[name].splitlines() if line.startswith("$")]

    assert sentence == COMMANDS[name]
    assert not sentence.endswith(".")
    assert examples[0].startswith(f"$ kzus {name}")
    assert max(map(len, examples)) <= 78


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("name", [*COMMANDS, ""])
def test_help_fits_its_width(kzus: Kzus, name: str, width: int) -> None:
    done = kzus(*name.split(), "--help", width=width)

    assert (done.code, done.err) == (0, "")
    assert max(map(len, done.out.splitlines())) <= width


@pytest.mark.parametrize("name", COMMANDS)
def test_the_first_screen_has_usage_examples_and_the_commands_own_options(kzus: Kzus, name: str) -> None:
    text = kzus(name, "--help", width=80).out
    first = "\n".join(text.splitlines()[:SCREEN])
    own = [param.opts[0] for param in load_command(name).params if param.param_type_name == "option"
           and param.rich_help_panel is None]  # fmt: skip

    assert f"Usage: kzus {name}" in first
    assert text.partition("╭")[0].count("\n $ ") == min(2, HELPS[name].count("\n$ "))
    assert text.count("$ kzus") == HELPS[name].count("$ kzus")
    assert [option for option in own if f" {option} " not in first] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_shared_options_stand_below_a_commands_own(kzus: Kzus, name: str) -> None:
    found = panels(kzus(name, "--help", width=80).out)

    assert found == [each for each in ("Arguments", "Options", "Filters", "Output", "General") if each in found]
    assert found[-1] == "General"
    assert ("Options" in found) is any(
        param.param_type_name == "option" and param.rich_help_panel is None for param in load_command(name).params
    )


@pytest.mark.parametrize("name", [*VOCABULARIES, "direction"])
def test_a_filter_by_a_vocabulary_names_all_its_words(kzus: Kzus, name: str) -> None:
    (option,) = re.findall(rf"│ --{name} .*?(?=│ --|╰)", kzus("deals", "--help", width=100).out, re.DOTALL)
    text = " ".join(re.sub("[│\n]", " ", option).split())

    words = VOCABULARIES.get(name, ("KZ-US", "US-KZ"))
    assert text.endswith(f": {', '.join(words[:-1])} or {words[-1]}.")


def test_help_says_what_a_pipe_gets(kzus: Kzus) -> None:
    for name in ("deals", "sql"):
        text = " ".join(kzus(name, "--help", width=80).out.replace("│", " ").split())

        assert "In a pipe the default is TSV without names of columns; a named format has them." in text


def test_help_of_kzus_lists_every_command_in_its_group(kzus: Kzus) -> None:
    text = kzus("--help", width=80).out

    assert panels(text) == [*GROUPS, "Options"]
    assert text.lstrip().startswith("Usage: kzus [OPTIONS] COMMAND [ARGS]...")
    assert [name for name, line in COMMANDS.items() if not re.search(f"│ {name} +{line} +│\n", text)] == []
    assert "│ brief " in "\n".join(text.splitlines()[:SCREEN])
    assert "\n Exit codes\n   0    Done; nothing found is no failure.\n   1    Failed" in text
    assert "\n Environment\n   KZUS_FACTS          The fact file, instead" in text


def test_the_end_of_the_help_is_wrapped_by_its_indent(kzus: Kzus) -> None:
    text = kzus("--help", width=50).out

    assert "\n   KZUS_FACTS          The fact file, instead of\n        the one that comes with kzus.\n" in text


@pytest.mark.parametrize(
    ("other", "usual"),
    [("", "--help"), ("-h", "--help"), ("help", "--help"), ("help sum", "sum --help"), ("sum -h", "sum --help")],
)
def test_help_may_be_asked_for_in_several_ways(kzus: Kzus, other: str, usual: str) -> None:
    assert kzus(*other.split()) == kzus(*usual.split())


def test_what_looks_like_markup_is_shown(kzus: Kzus) -> None:
    assert "as warnings with the [rule]," in kzus("check", "--help", width=80).out


def test_help_needs_no_docstrings() -> None:
    words = [sys.executable, "-OO", "-m", "kzus", "deals", "--help"]
    done = subprocess.run(
        words, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )

    assert "$ kzus deals --sector transport" in done.stdout


LISTS = [name for name in COMMANDS if any(param.name == "columns" for param in load_command(name).params)]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_says_what_its_columns_mean(kzus: Kzus, name: str) -> None:
    asked = {"search": ["search", "rail"], "show": ["show", "loan"], "diff": ["diff", "2025-10"]}.get(name, [name])
    meanings = [line.split("\t") for line in kzus(*asked, "-c", "help").out.splitlines()]
    done = kzus(*asked, "--format", "csv")

    columns = [column for column, _ in meanings]
    shown = done.out.splitlines()[0].split(",")
    assert shown == [column for column in columns if column in shown]
    assert set(columns) - set(shown) <= {"match"}
    assert all(meaning for _, meaning in meanings)


def test_help_imports_nothing_that_answers_take() -> None:
    code = "import sys; from kzus.app import main; main(['deals', '--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert {"yaml", "pydantic", "csv", "kzus.render.terminal.table"} & set(done.stderr.split()) == set()


@pytest.mark.parametrize(("height", "is_paged"), [(66, True), (200, False)])
def test_a_help_longer_than_the_screen_is_paged(tmp_path: Path, height: int, *, is_paged: bool) -> None:
    paged, out = tmp_path / "paged", io.StringIO()
    env = Environment(
        out, io.StringIO(), is_terminal=True, is_watched=True, width=80, height=height, has_styles=True,
        has_colour=True, pager=f"tee {paged}",
    )  # fmt: skip

    assert main(["--help"], env) == 0
    assert paged.exists() is is_paged
    assert ("Environment" in out.getvalue()) is not is_paged
    assert main(["--no-pager", "--help"], env._replace(stdout=(plain := io.StringIO()))) == 0
    assert "Environment" in plain.getvalue()


def test_a_help_has_styles_only_on_a_terminal_that_has_them(kzus: Kzus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    plain, styled = (kzus("deals", "--help", width=80, has_colour=has_colour).out for has_colour in (False, True))

    assert "\x1b" not in plain
    assert re.sub("\x1b\\[[0-9;]*m", "", styled) == plain != styled
