from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kzus.app import main
from kzus.render.buffer import show_in_pager
from kzus.render.environment import Environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Kzus

SHORT, LONG = ("deals", "-n", "1"), ("deals",)


@pytest.fixture
def told(tmp_path: Path) -> Path:
    return tmp_path / "told.txt"


@pytest.fixture
def pager(tmp_path: Path, told: Path) -> str:
    """Return a pager that writes down what it is told."""
    script = tmp_path / "pager"
    script.write_text(f'#!/bin/sh\ncat > "{told}"\nprintf "%s %s" "$LESS" "$LESSCHARSET" > "{told}.environment"\n')
    script.chmod(0o755)
    return str(script)


def run(kzus: Kzus, pager: str, *arguments: str, height: int = 10, is_terminal: bool = True) -> tuple[int, str, str]:
    kzus("--version")  # sets the fact file
    out, err = io.StringIO(), io.StringIO()
    env = Environment(
        out, err, is_terminal=is_terminal, is_watched=is_terminal, width=80, height=height, has_styles=False,
        has_colour=False, pager=pager,
    )  # fmt: skip
    return main(arguments, env), out.getvalue(), err.getvalue()


def test_what_is_longer_than_the_screen_goes_through_the_pager_with_its_caption(
    kzus: Kzus, pager: str, told: Path
) -> None:
    assert run(kzus, pager, *LONG) == (0, "", "")
    assert told.read_text() == kzus(*LONG, width=80).out
    assert told.read_text().endswith("\n8 deals · 5.1bn firm trade, 1.6bn pledged lending\n")


def test_notes_go_through_the_pager(kzus: Kzus, pager: str, told: Path) -> None:
    assert run(kzus, pager, "sum", height=6) == (0, "", "")
    assert told.read_text() == kzus("sum", width=80).out


@pytest.mark.parametrize(("lines", "is_paged"), [(0, True), (1, False)])
def test_a_line_is_left_for_the_prompt(kzus: Kzus, pager: str, told: Path, lines: int, is_paged: bool) -> None:  # noqa: FBT001 - of a table
    text = kzus(*SHORT, width=80).out

    assert run(kzus, pager, *SHORT, height=text.count("\n") + lines) == (0, "" if is_paged else text, "")
    assert told.exists() is is_paged


@pytest.mark.parametrize("arguments", [("--no-pager", *LONG), (*LONG, "--no-pager"), (*LONG, "-f", "json")])
def test_no_pager_and_data_go_straight_out(kzus: Kzus, pager: str, told: Path, arguments: tuple[str, ...]) -> None:
    code, out, err = run(kzus, pager, *arguments)

    assert (code, err, told.exists()) == (0, "", False)
    assert out == kzus(*(each for each in arguments if each != "--no-pager"), width=80).out


def test_a_pipe_has_no_pager(kzus: Kzus, pager: str, told: Path) -> None:
    _, out, _ = run(kzus, pager, *LONG, "-f", "table", is_terminal=False)

    assert (out, told.exists()) == (kzus(*LONG, "-f", "table").out, False)


@pytest.mark.parametrize("missing", ["/nowhere/pager", "''", "no-such-pager-xyz --flag", 'unclosed "quote'])
def test_without_such_a_pager_the_text_comes_straight_out(kzus: Kzus, missing: str) -> None:
    assert run(kzus, missing, *LONG) == (0, kzus(*LONG, width=80).out, "")


def test_a_pager_that_is_left_early_is_no_failure(kzus: Kzus) -> None:
    assert run(kzus, "true", "timeline", "--no-header", height=2) == (0, "", "")


def test_less_keeps_colours_unless_the_person_has_set_it_up(
    kzus: Kzus, pager: str, told: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LESS", raising=False)
    monkeypatch.delenv("LESSCHARSET", raising=False)
    run(kzus, pager, *LONG)
    assert told.with_suffix(".txt.environment").read_text() == "FRX utf-8"

    monkeypatch.setenv("LESS", "S")
    run(kzus, pager, *LONG)
    assert told.with_suffix(".txt.environment").read_text() == "S utf-8"


STYLED = "\x1b[1mA\x1b[0m \x1b]8;id=1;https://example.org/\x1b\\b\x1b]8;;\x1b\\\n"


@pytest.fixture
def as_pager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Make a program that writes down its arguments and what it is given, and says that it is less of a version."""

    def make(name: str, version: str = "less 590") -> Path:
        (tmp_path / "bin").mkdir()
        script = tmp_path / "bin" / name
        written = tmp_path / "written"
        script.write_text(
            f'#!/bin/sh\n[ "$1" = --version ] && echo "{version}" && exit\n'
            f'echo "$@" > "{written}"\ncat >> "{written}"\n'
        )
        script.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
        return written

    return make


@pytest.mark.parametrize("less", ["-iX", "", "-S", "-P %f$", "--no-such"])
@pytest.mark.parametrize(("pager", "options"), [("less", "-R"), ("less -S -N", "-R -S -N")])
def test_less_is_told_to_show_colours_whatever_it_is_set_to(
    as_pager: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, less: str, pager: str, options: str
) -> None:
    monkeypatch.setenv("LESS", less)
    written = as_pager("less")

    assert show_in_pager(STYLED, pager)
    assert written.read_text() == f"{options}\n{STYLED}"


@pytest.mark.parametrize("version", ["less 551 (GNU regular expressions)", "", "BusyBox v1.36"])
def test_less_that_shows_no_links_gets_none(as_pager: Callable[[str, str], Path], version: str) -> None:
    written = as_pager("less", version)

    assert show_in_pager(STYLED, "less")
    assert written.read_text() == "-R\n\x1b[1mA\x1b[0m b\n"


@pytest.mark.parametrize(
    ("variables", "expected"), [({}, "A b\n"), ({"FORCE_COLOR": ""}, "A b\n"), ({"FORCE_COLOR": "1"}, STYLED)]
)
def test_a_pager_that_may_not_show_colours_gets_plain_text(
    as_pager: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    written = as_pager("more")

    assert show_in_pager(STYLED, "more -d")
    assert written.read_text() == f"-d\n{expected}"


def test_a_pager_may_stand_in_the_home(
    as_pager: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = as_pager("less")
    monkeypatch.setenv("HOME", str(tmp_path))

    assert show_in_pager(STYLED, "~/bin/less -S")
    assert written.read_text() == f"-R -S\n{STYLED}"


def test_what_has_no_style_needs_no_option(as_pager: Callable[[str], Path]) -> None:
    written = as_pager("less")

    assert show_in_pager("plain\n", "less")
    assert written.read_text() == "\nplain\n"


def test_without_colour_bold_and_dim_stay(kzus: Kzus) -> None:
    """As no-color.org has it: only colour goes."""
    kzus("--version")  # sets the fact file
    out = io.StringIO()
    env = Environment(
        out, io.StringIO(), is_terminal=True, is_watched=True, width=100, height=99, has_styles=True, has_colour=False
    )

    assert main(["sum"], env) == 0
    assert set(re.findall(r"\x1b\[([0-9;]*)m", out.getvalue())) <= {"0", "1", "2", "1;2"}
    assert "\x1b[1m" in out.getvalue()


def test_an_unknown_name_prints_nothing_of_the_answer(kzus: Kzus, pager: str, told: Path) -> None:
    code, out, err = run(kzus, pager, "deals", "--sector", "tranport")

    assert (code, out, told.exists()) == (2, "", False)
    assert err.startswith("kzus: unknown sector 'tranport'")


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "less"),
        ({"PAGER": "more"}, "more"),
        ({"PAGER": "more", "KZUS_PAGER": "less -S"}, "less -S"),
        ({"PAGER": "more", "KZUS_PAGER": ""}, ""),
        ({"PAGER": "more", "KZUS_PAGER": "cat"}, ""),
        ({"PAGER": ""}, ""),
        ({"PAGER": "more", "TERM": "dumb"}, ""),
        ({"PAGER": "more", "TERM": "unknown"}, ""),
        ({"PAGER": "more", "TERM": ""}, ""),
    ],
)
def test_kzus_pager_wins_over_pager_over_less(variables: dict[str, str], expected: str) -> None:
    """On a real terminal, as only a process of its own has one."""
    program = "from kzus.render.environment import Environment as E; print('<' + E.of_process().pager + '>')"
    kept = {name: value for name, value in os.environ.items() if name not in {"PAGER", "KZUS_PAGER"}}
    master, slave = pty.openpty()
    subprocess.run(
        [sys.executable, "-c", program], stdout=slave, env={**kept, "TERM": "xterm", **variables}, check=True
    )
    os.close(slave)
    text = os.read(master, 1000).decode()
    os.close(master)

    assert text.strip() == f"<{expected}>"
