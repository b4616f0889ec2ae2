"""Hints below Typer's usage errors: what to write instead of what people type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import FIXTURE

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Kzus


def hint(err: str) -> str:
    """Return what stands below the box of Typer's."""
    return err.rpartition("╯\n")[2]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("deals --json", "-f json"),
        ("sources --csv", "-f csv"),
        ("deals --xlsx", "-f csv, or kzus export facts.xlsx"),
        ("deals --year 2025", "--since 2025 --until 2025"),
        ("deals --year=2025-11", "--since 2025-11 --until 2025-11"),
        ("deals --year", "--since … --until …"),
        ("deals --company 'John Deere'", "--party 'John Deere'"),
        ("deals --partner ktz", "--party ktz"),
        ("deals --who ktz -f json", "--party ktz"),
        ("deals --status pledge", "--stage pledge"),
        ("deals --status mou", "--instrument mou"),
        ("deals --status nosuch", "--stage nosuch, or --flow nosuch, or --instrument nosuch"),
        ("deals --type grant", "--flow grant, or --instrument grant"),
        ("events --type visit", "--kind visit"),
        ("deals --output deals.csv", "> FILE behind the command for its answer, or kzus export FILE for everything"),
        ("deals -o deals.csv", "> FILE behind the command for its answer, or kzus export FILE for everything"),
        ("sum --group-by year", "--by year"),
        ("--json deals", "-f json behind the command"),
    ],
)
def test_an_option_that_people_type_says_what_to_write(kzus: Kzus, line: str, expected: str) -> None:
    from shlex import split

    done = kzus(*split(line))

    assert (done.code, done.out) == (2, "")
    assert hint(done.err) == f"kzus: write {expected}\n"
    assert "Possible options" not in done.err or "--partner" in line


@pytest.mark.parametrize("line", ["brief --company ktz", "deals --nosuch", "--verbose", "deals --limit many"])
def test_what_nobody_knows_has_no_hint(kzus: Kzus, line: str) -> None:
    done = kzus(*line.split())

    assert (done.code, done.out, hint(done.err)) == (2, "", "")
    assert "Possible options" not in done.err


def test_a_slip_keeps_the_suggestion(kzus: Kzus) -> None:
    done = kzus("deals", "--sectr", "rail")

    assert "(Possible options: --sector)" in done.err
    assert hint(done.err) == ""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("list", "write kzus deals"),
        ("ls --sector rail", "write kzus deals --sector rail"),
        ("total --by 'flow'", "write kzus sum --by flow"),
        ("changes --since 2025-10", "write kzus diff DAY, or kzus timeline --since DAY"),
        ("firm", "write kzus sum --firm, or kzus deals --firm"),
        ("who", "write kzus parties"),
        ("wabtec", "'wabtec' is a party: write kzus brief wabtec, or kzus deals --party wabtec"),
        ("Samruk Kazyna", "'Samruk Kazyna' is a party: write kzus brief samruk, or kzus deals --party samruk"),
        ("КТЖ --by year", "'КТЖ' is a party: write kzus brief ktz, or kzus deals --party ktz"),
        ("rail", "'rail' is a sector: write kzus brief transport, or kzus deals --sector transport"),
        (
            "new-york-2025",
            "'new-york-2025' is a package: write kzus headline new-york-2025, or kzus deals --package new-york-2025",
        ),
        ("loan", "'loan' is an id: write kzus show loan"),
        ("locomotives handed", "'locomotives' is an id: write kzus show locomotives"),
        ("handed over", "'handed over' is no command, but occurs: write kzus search handed over"),
    ],
)
def test_a_command_that_people_type_says_what_to_write(kzus: Kzus, line: str, expected: str) -> None:
    from shlex import split

    done = kzus(*split(line))

    assert (done.code, done.out) == (2, "")
    assert hint(done.err) == f"kzus: {expected}\n"
    assert "Did you mean" not in done.err


def test_a_name_is_looked_up_in_the_facts_that_are_named(kzus: Kzus, tmp_path: Path) -> None:
    for line in (["wabtec", "--facts", str(FIXTURE)], ["--facts", str(FIXTURE), "wabtec"]):
        assert hint(kzus(*line, facts=None).err).startswith("kzus: 'wabtec' is a party: ")
    assert hint(kzus("wabtec", "--facts", f"{tmp_path}/none.yaml").err) == ""


@pytest.mark.parametrize("word", ["zzzqq", "boeing", "boing"])
def test_a_suggestion_has_something_in_common(kzus: Kzus, word: str) -> None:
    done = kzus(word)

    assert (done.code, done.out, hint(done.err)) == (2, "", "")
    assert f"No such command '{word}'." in done.err
    assert "Did you mean" not in done.err


def test_a_hint_fits_the_terminal(kzus: Kzus) -> None:
    lines = kzus("new-york-2025", width=60).err.splitlines()

    assert max(map(len, lines)) <= 60
    assert lines[-1].startswith("      ")
