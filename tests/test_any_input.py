"""Every option of every command, given what makes no sense: it is refused with a word, or answered honestly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from asked import LINES
from fuzz import COMMANDS, ODD

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Kzus

ONCE = {line[0]: line for line in reversed(LINES)}
TAKING = [
    (command, each.opts[0])
    for command, found in COMMANDS.items()
    for each in found.params
    if each.param_type_name == "option" and not each.is_flag and each.name != "facts"
]
EMPTY = {
    "--since": "--since: '' is not a date; write 2025, 2025-09 or 2025-09-22",
    "--until": "--until: '' is not a date; write 2025, 2025-09 or 2025-09-22",
    "--as-of": "--as-of: '' is not a date; write 2025, 2025-09 or 2025-09-22",
    "--min": "--min: '' is not a single amount in USD; write it as in '1bn' or '250m USD'",
    "--max": "--max: '' is not a single amount in USD; write it as in '1bn' or '250m USD'",
    "--columns": "--columns: '' names no column; write their names with commas between them",
    "--sort": "--sort: '' names no column; write their names with commas between them",
}


@pytest.mark.parametrize(("command", "option"), TAKING, ids=" ".join)
def test_an_option_that_is_given_nothing_is_refused(kzus: Kzus, command: str, option: str) -> None:
    """A script whose variable is empty must not get everything."""
    done = kzus(*ONCE[command], f"{option}=")

    assert (done.code, done.out) == (2, "")
    assert EMPTY.get(option, "''") in done.err


TAKING_WORDS = [
    "search",
    *(name for name, found in COMMANDS.items() if any(each.name == "text" for each in found.params)),
]


@pytest.mark.parametrize(
    ("words", "shown"), [([""], ""), ([" "], " "), (["rail", ""], ""), (["", "rail"], ""), (["\t\n"], " ")]
)
@pytest.mark.parametrize("command", TAKING_WORDS)
def test_a_word_that_is_empty_is_refused(kzus: Kzus, command: str, words: list[str], shown: str) -> None:
    done = kzus(command, *words)

    assert (done.code, done.out) == (2, "")
    assert done.err == f"kzus: '{shown}' is no word to look for; write one, or leave it out\n"


@pytest.mark.parametrize(("command", "option"), TAKING, ids=" ".join)
def test_an_option_that_is_given_what_is_odd_is_refused_or_answered(
    kzus: Kzus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, option: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for odd in ODD[::3]:
        done = kzus(*ONCE[command], f"{option}={odd}")

        assert done.code in (0, 1, 2), odd  # through a lens an id may be unknown
        assert done.code == 0 or (done.out, bool(done.err)) == ("", True), odd
        assert "Traceback" not in done.err, odd


CONTRADICTORY = [
    ("--since=2027", "--until=2025"),
    ("--min=2bn", "--max=1bn"),
]


@pytest.mark.parametrize("asked", CONTRADICTORY, ids=" ".join)
def test_what_contradicts_itself_finds_nothing(kzus: Kzus, asked: tuple[str, str]) -> None:
    names = {option.partition("=")[0] for option in asked}
    for command, found in COMMANDS.items():
        if not names <= {option for each in found.params for option in each.opts}:
            continue
        rows = kzus(*ONCE[command], *asked)
        objects = kzus(*ONCE[command], *asked, "-f", "jsonl")

        assert (rows.code, rows.out) == (0, ""), command
        assert rows.err.startswith("no "), command
        assert objects.code == 0, command
        assert objects.out == "" or command == "sum", command


def test_a_person_is_told_which_filters_found_nothing(kzus: Kzus) -> None:
    done = kzus("deals", "--since", "2027", "--until", "2025", width=80)

    assert (done.code, done.out, done.err) == (0, "", "no deals · since 2027 · until 2025\n")


def test_names_of_a_repeated_filter_add_up(kzus: Kzus) -> None:
    twice = kzus("deals", "--sector", "energy", "--sector", "energy", "--sector", "health", "-c", "id").out
    assert twice == kzus("deals", "--sector", "energy", "--sector", "health", "-c", "id").out
    assert kzus("deals", *["--sector=energy"] * 2000, "-c", "id").out == kzus("deals", "-s", "energy", "-c", "id").out


def test_more_rows_than_anything_can_count_are_all_rows(kzus: Kzus) -> None:
    assert kzus("deals", "-n", "9" * 30).out == kzus("deals").out


def test_conflicts_sort_by_several_columns(kzus: Kzus) -> None:
    several = kzus("conflicts", "--sort", "kind,-title,value", "-c", "id")

    assert (several.code, several.err) == (0, "")
    assert sorted(several.out.split()) == sorted(kzus("conflicts", "-c", "id").out.split())
