"""What people type instead of the words of kzus: read as what it means, or named in a hint."""

from __future__ import annotations

import os
import subprocess
import sys
from shlex import split
from typing import TYPE_CHECKING

import pytest
from conftest import FIXTURE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Kzus


def hint(err: str) -> str:
    """Return what stands below the box of Typer's."""
    return err.rpartition("╯\n")[2]


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("deals --json", "deals -f json"),
        ("sources --csv", "sources -f csv"),
        ("deals --year 2025", "deals --since 2025 --until 2025"),
        ("deals --year=2025-11 -f csv", "deals --since 2025-11 --until 2025-11 -f csv"),
        ("deals --company 'Samruk Kazyna'", "deals --party 'Samruk Kazyna'"),
        ("deals --partner ktz --partner wabtec", "deals --party ktz --party wabtec"),
        ("deals --who ktz -f json", "deals --party ktz -f json"),
        ("deals --status pledge", "deals --stage pledge"),
        ("deals --status mou", "deals --instrument mou"),
        ("events --type visit", "events --kind visit"),
        ("sum --group-by year --firm", "sum --by year --firm"),
        ("diff --since 2025-10", "diff 2025-10"),
        ("list", "deals"),
        ("ls --sector rail", "deals --sector rail"),
        ("list --year 2025 --json", "deals --since 2025 --until 2025 -f json"),
        ("total --by 'flow'", "sum --by flow"),
        ("changes --since 2025-10", "diff 2025-10"),
        ("firm", "sum --firm"),
        ("who", "parties"),
        ("wabtec", "brief wabtec"),
        ("Samruk Kazyna", "brief samruk"),
        ("КТЖ --as-of 2025-10", "brief ktz --as-of 2025-10"),
        ("rail", "brief transport"),
        ("new-york-2025", "headline new-york-2025"),
        ("loan", "show loan"),
    ],
)
def test_other_words_are_read_as_what_alone_they_can_mean(kzus: Kzus, line: str, meant: str) -> None:
    read, usual = kzus(*split(line)), kzus(*split(meant))

    assert (read.code, read.out, read.err) == (usual.code, usual.out, usual.err)
    assert read.code == 0


def test_a_person_is_told_how_other_words_were_read(kzus: Kzus) -> None:
    read, usual = kzus("list", "--company", "Samruk Kazyna", width=100), kzus("deals", "-p", "Samruk Kazyna", width=100)
    told = "kzus: read as: kzus deals --party 'Samruk Kazyna'\n"

    assert (read.code, read.out, read.err) == (0, usual.out, told + usual.err)
    assert "read as" not in kzus("list", "-q", width=100).err


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("wabtec", "brief wabtec; all its deals: kzus deals --party wabtec"),
        ("rail", "brief transport; all its deals: kzus deals --sector transport"),
        ("new-york-2025", "headline new-york-2025; all its deals: kzus deals --package new-york-2025"),
        ("loan", "show loan"),
        ("list", "deals"),
    ],
)
def test_a_person_is_told_how_to_list_all_deals_of_a_name(kzus: Kzus, line: str, told: str) -> None:
    assert kzus(line, width=140).err == f"kzus: read as: kzus {told}\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("deals --xlsx", "-f csv, or kzus export facts.xlsx"),
        ("deals --year", "--since … --until …"),
        ("deals --status nosuch", "--stage nosuch, or --flow nosuch, or --instrument nosuch"),
        ("deals --type grant", "--flow grant, or --instrument grant"),
        ("deals --output deals.csv", "> FILE behind the command for its answer, or kzus export FILE for everything"),
        ("deals -o deals.csv", "> FILE behind the command for its answer, or kzus export FILE for everything"),
        (
            "export --format csv",
            "kzus export FOLDER for CSV, or kzus export with a file whose ending says it, such as facts.xlsx",
        ),
        ("--json deals", "-f json behind the command"),
    ],
)
def test_an_option_that_may_mean_several_things_says_what_to_write(kzus: Kzus, line: str, expected: str) -> None:
    done = kzus(*split(line))

    assert (done.code, done.out) == (2, "")
    assert hint(done.err) == f"kzus: write {expected}\n"
    assert "Possible options" not in done.err


@pytest.mark.parametrize("line", ["brief --company ktz", "deals --nosuch", "--verbose", "deals --limit many"])
def test_what_nobody_knows_has_no_hint(kzus: Kzus, line: str) -> None:
    done = kzus(*line.split())

    assert (done.code, done.out, hint(done.err)) == (2, "", "")
    assert "Possible options" not in done.err


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("wabteck", "kzus: did you mean 'wabtec'? 'wabtec' is a party: write kzus brief wabtec, or kzus deals --party"
         " wabtec\n"),
        ("how much has wabtec sold", "kzus: 'wabtec' is a party: write kzus brief wabtec, or kzus deals --party"
         " wabtec\n"),
        ("brife transport", "kzus: 'transport' is a sector: write kzus brief transport, or kzus deals --sector"
         " transport\n"),
        ("brife --sector transport", ""),
        ("xyzzy plugh", ""),
    ],
)  # fmt: skip
def test_a_question_in_words_has_a_line_for_the_name_in_it(kzus: Kzus, line: str, expected: str) -> None:
    done = kzus(*line.split())

    assert (done.code, done.out) == (2, "")
    assert " ".join(hint(done.err).split()) == expected.strip()


def test_a_slip_keeps_the_suggestion(kzus: Kzus) -> None:
    done = kzus("deals", "--sectr", "rail")

    assert "(Possible options: --sector)" in done.err
    assert hint(done.err) == ""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("version", "write kzus --version"),
        ("КТЖ locomotives --by year", "'КТЖ' is a party: write kzus brief ktz, or kzus deals --party ktz"),
        ("rail locomotives", "'rail' is a sector: write kzus brief transport, or kzus deals --sector transport"),
        (
            "new-york-2025 and more",
            "'new-york-2025' is a package: write kzus headline new-york-2025, or kzus deals --package new-york-2025",
        ),
        ("locomotives handed", "'locomotives' is an id: write kzus show locomotives"),
        ("handed over", "'handed over' is no command, but occurs: write kzus search handed over"),
    ],
)
def test_words_in_the_place_of_a_command_say_what_to_write(kzus: Kzus, line: str, expected: str) -> None:
    done = kzus(*split(line))

    assert (done.code, done.out) == (2, "")
    assert hint(done.err) == f"kzus: {expected}\n"
    assert "Did you mean" not in done.err


def test_a_name_is_looked_up_in_the_facts_that_are_named(kzus: Kzus, tmp_path: Path) -> None:
    for line in (["wabtec", "--facts", str(FIXTURE)], ["--facts", str(FIXTURE), "wabtec"]):
        assert kzus(*line, facts=None).out == kzus("brief", "wabtec").out
    assert hint(kzus("wabtec", "--facts", f"{tmp_path}/none.yaml").err) == ""


@pytest.mark.skipif(os.name != "posix", reason="/dev/stdin is POSIX's")
@pytest.mark.parametrize(
    "line", ["--facts - wabtec", "wabtec --facts -", "wabtec rail --facts=-", "--facts - loan ktz"]
)
def test_a_name_is_not_looked_up_in_facts_that_can_be_read_only_once(line: str) -> None:
    # The other facts, which come first in the environment, know these names too.
    done = subprocess.run(
        ["bash", "-c", f"cat $KZUS_FACTS | ({sys.executable} -m kzus {line}; echo $?; wc -c)"],
        env={**os.environ, "KZUS_FACTS": str(FIXTURE), "PYTHONPATH": str(FIXTURE.parent.parent)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    word = next(word for word in line.split() if not word.startswith("-"))
    assert done.stdout.split() == ["2", str(FIXTURE.stat().st_size)]
    assert f"No such command '{word}'." in done.stderr
    assert hint(done.stderr) == ""


@pytest.mark.parametrize("word", ["zzzqq", "boeing", "boing"])
def test_a_suggestion_has_something_in_common(kzus: Kzus, word: str) -> None:
    done = kzus(word)

    assert (done.code, done.out, hint(done.err)) == (2, "", "")
    assert f"No such command '{word}'." in done.err
    assert "Did you mean" not in done.err


def test_a_hint_fits_the_terminal(kzus: Kzus) -> None:
    lines = kzus("new-york-2025", "locomotives", width=60).err.splitlines()

    assert max(map(len, lines)) <= 60
    assert lines[-1].startswith("      ")


TRADE = """\
format: 2
title: T
as_of: 2026-06-30
sides: {kazakh: [KZ], american: [US]}
sources: {s: {title: S, publisher: P, kind: news}}
sectors: {trade: {label: Trade}, finance: {label: Finance, aliases: [credit]}}
parties: {grant: {name: "Grant", country: US, kind: company}}
"""


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (
            "trade",
            "'trade' is a sector and a flow:"
            " write kzus brief trade, kzus deals --sector trade, or kzus sum --flow trade",
        ),
        (
            "credit",
            "'credit' is a sector and a flow:"
            " write kzus brief finance, kzus deals --sector finance, or kzus sum --flow financing",
        ),
        (
            "Grant",
            "'Grant' is a party and a flow and an instrument: write kzus brief grant, kzus deals --party grant,"
            " kzus sum --flow grant, or kzus deals --instrument 'grant agreement'",
        ),
    ],
)
def test_a_name_that_is_a_word_for_deals_as_well_isnt_run(
    kzus: Kzus, fact_file: Callable[[str], Path], word: str, expected: str
) -> None:
    done = kzus(word, facts=fact_file(TRADE))

    assert (done.code, done.out) == (2, "")
    assert " ".join(hint(done.err).split()) == f"kzus: {expected}"
    assert kzus("finance", facts=fact_file(TRADE)).code == 0
