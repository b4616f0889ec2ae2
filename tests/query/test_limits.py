"""Arguments and variables that are more than anything can take: a plain message, soon, and nothing on stdout."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from asked import LINES
from bench import generate
from conftest import FIXTURE, ROOT

import kzus as library
from kzus.errors import KzusError, UsageError
from kzus.query import limits
from kzus.query.filters import Filter, conditions
from kzus.query.lists.deals import DEALS
from kzus.query.words import read_words

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Kzus

LONG = "x" * 100_000
CUT = f"{'x' * 300} … {'x' * 300}"
MOST = 1_200
"""Characters that a message may have, with what it repeats of an argument and what it advises."""


@pytest.mark.parametrize("name", ["COLUMNS", "LINES"])
@pytest.mark.parametrize("number", ["9" * 5000, "0" * 5000, "0" * 5000 + "80"], ids=["9s", "0s", "80"])
def test_a_terminal_may_be_of_any_size(name: str, number: str) -> None:
    words = [sys.executable, "-m", "kzus", "deals", "-f", "markdown"]
    variables = {**os.environ, "KZUS_FACTS": str(FIXTURE), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, env={**variables, name: number}, capture_output=True, check=False, timeout=60)
    usual = subprocess.run(words, env=variables, capture_output=True, check=False, timeout=60)

    assert (done.returncode, done.stderr) == (0, usual.stderr)
    assert done.stdout.split() == usual.stdout.split() or number[0] == "9"


@pytest.mark.parametrize("command", ["deals", "sum", "timeline", "conflicts"])
@pytest.mark.parametrize("option", ["--columns", "--sort"])
def test_too_many_columns_are_refused(kzus: Kzus, command: str, option: str) -> None:
    name = "label" if command == "sum" else "id"
    done = kzus(command, option, ",".join([name] * 2100))

    assert (done.code, done.out) == (2, "")
    assert done.err == f"kzus: {option}: 2100 names are too many; write 500 at most\n"


def test_the_most_columns_are_answered(kzus: Kzus) -> None:
    names = ",".join(["id"] * 500)

    assert kzus("deals", "-c", names).out.split("\n")[0].split("\t") == ["tenge-bond"] * 500
    assert kzus("deals", "--sort", names).out.count("\n") == 8


def test_a_column_too_many_in_the_library_is_a_usage_error() -> None:
    with library.open(FIXTURE) as facts, pytest.raises(UsageError, match=r"^--sort: 501 names are too many"):
        facts.deals(sort=",".join(["id"] * 501))


def test_a_limit_of_sqlites_is_a_usage_error(kzus: Kzus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzus.commands.session.MOST_COLUMNS", 2**20)
    done = kzus("deals", "-c", ",".join(["id"] * 2100))

    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "kzus: this is more than SQLite can do at once (too many columns in result set); ask for less\n"
    )


def test_a_name_given_many_times_is_bound_once() -> None:
    with library.open(FIXTURE) as facts:
        asked = Filter(sector=["energy", "Energy", "energy"] * 20_000)
        found = facts._answer(lambda index: conditions(index, DEALS.filters, asked))  # noqa: SLF001 - what SQLite gets

    assert found.bound == ["energy"]


def test_a_word_that_comes_again_is_the_same_word(kzus: Kzus) -> None:
    assert [word.folded for word in read_words("rail Rail railway RAIL")] == ["rail", "railway"]
    assert sorted(kzus("search", *["rail"] * 500).out) == sorted(kzus("search", "rail").out)
    assert kzus("deals", " ".join(["rail"] * 500)) == kzus("deals", "rail")


@pytest.mark.parametrize("command", ["search", "deals", "show", "timeline"])
def test_a_text_that_is_too_long_to_look_for_is_refused(kzus: Kzus, command: str) -> None:
    done = kzus(command, "a-" * 5000)

    assert (done.code, done.out) == (2, "")
    assert done.err == (f"kzus: '{'a-' * 150} … {'a-' * 150}' is too long to look for; write 1000 characters at most\n")


TAKING = [
    ["show", LONG],
    ["cite", LONG],
    ["open", LONG],
    ["brief", LONG],
    ["headline", LONG],
    ["search", LONG],
    ["completion", LONG],
    ["export", LONG],
    ["export", "json", LONG],
    ["check", LONG],
    ["sql", LONG],
    ["sql", "select " + LONG],
    ["sql", f"table {LONG}"],
    ["sql", "select 1", "--timeout", LONG],
    ["conflicts", "--min-ratio", LONG],
    ["conflicts", "--min-ratio", "9" * 5000],
    ["sum", "--by", LONG],
    ["cite", "--style", LONG],
    *(
        ["deals", option, LONG]
        for option in (
            "-s", "-p", "-t", "-f", "-c", "-n", "--instrument", "--stage", "--package", "--since", "--until", "--min",
            "--max", "--sort", "--source", "--as-of", "--facts",
        )
    ),
    ["search", "rail", "--kind", LONG],
    ["deals", "-n", "9" * 5000],
    ["deals", "--sort", "," * 5000],
    ["deals", "--min", "9" * 5000],
    ["deals", f"--{LONG}"],
    ["deals", "text", LONG],
    ["deals", f"-{LONG}"],
    [LONG],
    [f"--{LONG}"],
]  # fmt: skip


@pytest.mark.parametrize("words", TAKING, ids=lambda words: " ".join(words)[:40])
def test_a_message_repeats_no_more_of_an_argument_than_its_ends(kzus: Kzus, words: list[str]) -> None:
    facts = None if "--facts" in words else FIXTURE
    done = kzus(*words, facts=facts)

    assert (done.code in (1, 2), done.out) == (True, "")
    assert 0 < len(done.err) < MOST
    assert "Traceback" not in done.err


def test_an_argument_is_cut_in_its_middle(kzus: Kzus) -> None:
    assert kzus("deals", "-f", LONG).err.startswith(f"kzus: unknown format '{CUT}' (there are: table, ")
    assert kzus("deals", "--since", LONG).err == (
        f"kzus: --since: '{'x' * 299} … {'x' * 250}' is not a date; write 2025, 2025-09 or 2025-09-22\n"
    )
    assert kzus("show", "x" * 600).err == f"kzus: unknown id '{'x' * 600}'; kzus search WORDS finds ids\n"


def test_a_remark_repeats_the_ends_of_a_filter(kzus: Kzus) -> None:
    assert kzus("deals", "x" * 999, width=2000).err == f"no deals · text {CUT}\n"


@pytest.fixture
def _no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every question be late as soon as SQLite looks at the clock."""

    def is_over(deadline: limits.Deadline) -> bool:
        deadline.is_stopped = True
        return True

    monkeypatch.setattr(limits.Deadline, "is_over", is_over)
    monkeypatch.setattr(limits, "_STEPS", 1)


QUESTIONS = [line for line in LINES if line[0] not in ("check", "completion", "export", "new", "schema", "sql")]
THROUGH_A_LENS = [[*line, "--as-of", "2026"] for line in QUESTIONS if line[0] != "diff"]  # its days are its lenses


@pytest.mark.usefixtures("_no_time")
@pytest.mark.parametrize("words", [*QUESTIONS, *THROUGH_A_LENS], ids=" ".join)
def test_every_question_has_a_time(kzus: Kzus, words: list[str]) -> None:
    done = kzus(*words)

    assert (done.code, done.out) == (1, "")
    assert done.err.endswith("kzus: the query took more than 60 seconds; ask for less\n")


@pytest.mark.usefixtures("_no_time")
def test_a_question_of_the_library_has_a_time() -> None:
    with library.open(FIXTURE) as facts, pytest.raises(KzusError, match=r"^the query took more than 60 seconds"):
        facts.search("rail")


def test_a_late_question_leaves_the_index_where_it_is(kzus: Kzus, cache: Path, _no_time: None) -> None:  # noqa: PT019 - after the first
    kzus("search", "rail")
    before = [path.stat().st_ino for path in cache.iterdir()]
    kzus("search", "rail")

    assert [path.stat().st_ino for path in cache.iterdir()] == before != []


def test_a_slow_reader_is_no_slow_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("kzus.query.limits.time.monotonic", lambda: now)
    monkeypatch.setattr(limits, "_STEPS", 1)
    generate.write(tmp_path / "many.yaml", deals=50)
    with library.open(tmp_path / "many.yaml") as facts:
        index = facts._index  # noqa: SLF001 - what a listing is streamed from
        assert index
        deadline = limits.Deadline()
        rows = deadline.each(deadline.bind(index).execute("SELECT id FROM deals ORDER BY title"))
        for _ in range(50):
            next(rows)
            now += 59
        assert list(rows) == []


def test_an_error_of_another_kind_is_passed_on() -> None:
    with pytest.raises(sqlite3.OperationalError, match=r"^no such table: x$"), limits.Deadline().explaining():
        sqlite3.connect(":memory:").execute("SELECT * FROM x")
