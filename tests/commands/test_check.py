from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Kzus

FIXTURE = Path(__file__).parent.parent / "facts.yaml"
COUNTS = (
    "sectors 3, sources 3, parties 4, deals 8, packages 1, treaties 1, indicators 1, events 1, statements 1"
)  # fmt: skip
UNEXPLAINED = (
    "is firmer than a pledge; name its stage_source or the update that brings it, or write pledge [unexplained-stage]"
)
SOUND = f"{FIXTURE}: sound · {COUNTS} · warnings 8\n"
WARNINGS = [
    "42:16: deals.locomotives.updates[0].date: warning:"
    " '2026-02' lies after its newest source, wire-2025 of 2025-11 [early-source]",
    f"70:12: deals.grid.stage: warning: 'commitment' {UNEXPLAINED}",
    f"80:12: deals.grid-west.stage: warning: 'implementation' {UNEXPLAINED}",
    "95:5: deals.clinic.parties: warning: has no american party [one-sided]",
    "106:5: deals.plant.parties: warning: has no american party [one-sided]",
    f"112:12: deals.tenge-bond.stage: warning: 'commitment' {UNEXPLAINED}",
    "113:11: deals.tenge-bond.date: warning:"
    " '2026-01-15' lies after its newest source, wire-2025 of 2025-11 [early-source]",
    "131:107: treaties.tax-treaty.status: warning: 'in force' was last known in 1996-12-30;"
    " look it up and add status_as_of, or write unclear [old-in-force]",
]
QUIET = """\
format: 2
title: Quiet
as_of: 2026-01-01
sectors:
  health: {label: Health}
sources:
  wire: {title: News, publisher: Wire, kind: news}
events:
  visit: {title: A visit, date: 2025, sector: health, sources: [wire]}
"""
FAULTY = """\
format: 2
title: Faulty
as_of: 2026-01-01
sectors:
  health: {label: Health}
sources:
  wire: {title: News, publisher: Wire, kind: news}
parties:
  ktz: {name: KTZ, country: KZ, kind: state company}
deals:
  clinic:
    title: A clinic
    instrument: contract
    flow: trade
    stage: commitment
    date: 2025-02-30
    date_kind: signed
    sector: helth
    parties: [ktz]
    values:
      - {value: "4,2bn USD", source: wier, measure: price}
"""
PROBLEMS = [
    "16:11: deals.clinic.date: '2025-02-30' has no such day; the last is 2025-02-28",
    "18:13: deals.clinic.sector: unknown sector 'helth' (did you mean 'health'?)",
    "21:17: deals.clinic.values[0].value: '4,2bn USD' is not in the form of a value; write '4.2bn USD'",
    "21:38: deals.clinic.values[0].source: unknown source 'wier' (did you mean 'wire'?)",
]


def test_a_sound_file_is_its_warnings_and_one_line_of_counts(kzus: Kzus) -> None:
    done = kzus("check", str(FIXTURE))

    assert (done.code, done.out) == (0, SOUND)
    assert done.err.splitlines() == [f"{FIXTURE}:{warning}" for warning in WARNINGS]


def test_a_quiet_file_is_one_line_of_counts(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    path = fact_file(QUIET)

    for strict in ([], ["--strict"]):
        done = kzus("check", str(path), *strict)
        assert (done.code, done.err) == (0, "")
        assert done.out == f"{path}: sound · sectors 1, sources 1, events 1 · warnings 0\n"


def test_strictly_a_warning_is_a_failure(kzus: Kzus) -> None:
    done = kzus("check", "--strict", str(FIXTURE))

    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [f"{FIXTURE}:{warning}" for warning in WARNINGS]


def test_a_warning_that_is_accepted_with_a_reason_fails_nothing(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    idle = QUIET.replace("  health: {label: Health}\n", "  health: {label: Health}\n  trade: {label: Trade}\n")
    accepted = idle.replace("{label: Trade}", "{label: Trade, accept: {unused-sector: Kept for 2027.}}")
    path = fact_file(idle)
    done = kzus("check", "--strict", str(path))
    assert (done.code, done.err) == (
        1,
        f"{path}:6:3: sectors.trade: warning: no entry is in this sector [unused-sector]\n",
    )
    path = fact_file(accepted)
    done = kzus("check", "--strict", str(path))
    assert (done.code, done.err) == (0, "")


def test_accepting_what_is_not_so_is_itself_a_warning(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    path = fact_file(QUIET.replace("{label: Health}", "{label: Health, accept: {unused-sector: Kept for 2027.}}"))
    done = kzus("check", str(path))

    assert done.out.endswith(" · warnings 1\n")
    assert done.err == (
        f"{path}:5:51: sectors.health.accept.unused-sector: warning:"
        " accepts what no longer is so; take it out [needless-acceptance]\n"
    )


@pytest.mark.parametrize(
    ("accept", "problem"),
    [
        (
            "{unused-sectr: Kept.}",
            "5:50: sectors.health.accept.unused-sectr: unknown rule 'unused-sectr'"
            " (did you mean 'unused-sector' or 'unused-party'?)",
        ),
        ("{unused-sector: }", "5:36: sectors.health.accept.unused-sector: is empty; leave the key out"),
        ("unused-sector", "5:35: sectors.health.accept: expected a mapping, found 'unused-sector'"),
        ("{}", "5:27: sectors.health.accept: is empty; leave the key out"),
    ],
)
def test_an_acceptance_names_a_rule_and_gives_a_reason(
    kzus: Kzus, fact_file: Callable[[str], Path], accept: str, problem: str
) -> None:
    path = fact_file(QUIET.replace("{label: Health}", f"{{label: Health, accept: {accept}}}"))
    done = kzus("check", str(path))

    assert (done.code, done.out, done.err) == (1, "", f"{path}:{problem}\n")


def test_without_a_name_the_file_in_use_is_checked(kzus: Kzus) -> None:
    assert kzus("check").out == SOUND


def test_the_option_names_a_file_as_everywhere(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    path = fact_file(FAULTY)

    assert kzus("check", "--facts", str(path)).err == kzus("check", str(path)).err != ""


def test_the_shipped_file_is_sound(kzus: Kzus) -> None:
    done = kzus("check", facts=None)

    assert done.code == 0
    assert "facts.yaml: sound · " in done.out


def test_a_faulty_file_fails_with_every_problem_in_line_order(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    path = fact_file(FAULTY)
    done = kzus("check", str(path))

    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [f"{path}:{problem}" for problem in PROBLEMS]


@pytest.mark.parametrize("command", ["deals", "sum", "sectors"])
def test_a_question_to_a_faulty_file_fails_with_the_same_problems(
    kzus: Kzus, fact_file: Callable[[str], Path], command: str
) -> None:
    path = fact_file(FAULTY)
    done = kzus(command, facts=path)

    assert (done.code, done.out, done.err) == (1, "", kzus("check", str(path)).err)


def test_check_leaves_no_index_behind(kzus: Kzus, cache: Path) -> None:
    assert kzus("check").code == 0
    assert not cache.exists()


def test_with_a_format_warnings_are_rows(kzus: Kzus) -> None:
    done = kzus("check", "--format", "json")

    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)[1] == {
        "line": 70,
        "column": 12,
        "path": "deals.grid.stage",
        "message": "'commitment' is firmer than a pledge; name its stage_source or the update that brings it,"
        " or write pledge",
        "rule": "unexplained-stage",
    }


@pytest.mark.parametrize(("arguments", "code"), [((), 0), (("--strict",), 1)])
def test_strictness_changes_the_exit_code_alone_of_rows(kzus: Kzus, arguments: tuple[str, ...], code: int) -> None:
    done = kzus("check", "-f", "jsonl", *arguments)

    assert (done.code, len(done.out.splitlines()), done.err) == (code, 8, "")


def test_with_a_format_problems_are_rows_without_a_rule(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    done = kzus("check", "-f", "tsv", str(fact_file(FAULTY)))

    assert (done.code, done.err) == (1, "")
    assert done.out.splitlines()[:2] == [
        "line\tcolumn\tpath\tmessage\trule",
        "16\t11\tdeals.clinic.date\t'2025-02-30' has no such day; the last is 2025-02-28\t",
    ]


def test_with_a_format_a_quiet_file_is_no_rows(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    done = kzus("check", "-f", "json", str(fact_file(QUIET)))

    assert (done.code, done.out, done.err) == (0, "[]\n", "")


def test_an_unknown_format_is_a_usage_error(kzus: Kzus) -> None:
    done = kzus("check", "-f", "jsn")

    assert (done.code, done.out) == (2, "")
    assert "unknown format 'jsn' (did you mean 'json'" in done.err


def test_a_missing_file_fails(kzus: Kzus, tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    done = kzus("check", str(path))

    assert (done.code, done.out) == (1, "")
    assert done.err == f"kzus: can't read the fact file '{path}': No such file or directory\n"


def test_a_folder_fails(kzus: Kzus, tmp_path: Path) -> None:
    done = kzus("check", str(tmp_path))

    assert (done.code, done.out) == (1, "")
    assert done.err == f"kzus: can't read the fact file '{tmp_path}': Is a directory\n"


@pytest.mark.parametrize(("form", "start"), [("html", "<!doctype html>"), ("json", "[\n  {")])
@pytest.mark.parametrize("width", [None, 80])
def test_what_fails_is_printed_in_any_format(kzus: Kzus, form: str, start: str, width: int | None) -> None:
    done = kzus("check", "--strict", "-f", form, width=width)

    assert (done.code, done.err) == (1, "")
    assert done.out.startswith(start)
    assert "has no american party" in done.out.replace("\n", " ")


def test_every_rule_that_warns_is_listed_with_its_meaning(kzus: Kzus) -> None:
    from kzus.facts.vocabulary import LINT

    done = kzus("check", "--rules")

    assert (done.code, done.err) == (0, "")
    assert done.out == "".join(f"{rule}\t{meaning}\n" for rule, meaning in LINT.items())
