from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Kzus

HEAD = """\
format: 2
title: T
version: 2026.01.01
as_of: 2026-01
sides: {kazakh: [KZ], american: [US]}
sectors: {rail: {label: Rail}}
sources:
  old: {title: Old, publisher: P, kind: news, published: 2024-05}
  new: {title: New, publisher: P, kind: news, published: 2025-05}
parties: {k: {name: K, country: KZ, kind: company}, u: {name: U, country: US, kind: company}}
deals:
"""
ORDER = """\
  order: {title: An order, instrument: contract, flow: trade, payer: k, payee: u, stage: commitment, stage_source: old,
    date: 2024-05, date_kind: signed, sector: rail, parties: [k, u], values: [
    {value: 5m USD, measure: price, source: old}%s]}
"""
LOAN = """\
  loan: {title: A loan, instrument: loan agreement, flow: financing, stage: commitment, stage_source: new,
    date: 2025-05, date_kind: signed, sector: rail, parties: [k, u],
    values: [{value: 3m USD, measure: principal, source: new}]}
"""
BEFORE = HEAD + ORDER % ""
AFTER = (
    BEFORE.replace("An order", "The order")
    .replace("source: old}]", "source: old}, {value: 6m USD, measure: price, source: new, counts: false}]")
    .replace("version: 2026.01.01", "version: 2026.01.02")
    + LOAN
)
CLAIM = "6m USD (source: new, counts: false, measure: price)"
KEYS = ("change", "kind", "id", "title", "field", "old", "new")
CHANGES = [
    ("changed", "file", None, "T", "version", "2026.01.01", "2026.01.02"),
    ("added", "deal", "loan", "A loan", None, None, None),
    ("changed", "deal", "order", "The order", "title", "An order", "The order"),
    ("added", "deal", "order", "The order", "values", None, CLAIM),
    ("changed", "sum", "financing", "financing", "financing_firm_usd", "0", "3000000"),
]


@pytest.fixture
def files(tmp_path: Path) -> Callable[[], tuple[str, Path]]:
    def write() -> tuple[str, Path]:
        before, after = tmp_path / "before.yaml", tmp_path / "after.yaml"
        before.write_text(BEFORE, "utf-8")
        after.write_text(AFTER, "utf-8")
        return str(before), after

    return write


def test_two_files_differ_in_entries_fields_claims_and_sums(kzus: Kzus, files: Callable[[], tuple[str, Path]]) -> None:
    before, after = files()
    done = kzus("diff", before, "-f", "json", facts=after)

    assert (done.code, done.err) == (0, "")
    expected = [dict(zip(KEYS, change, strict=True)) for change in CHANGES]
    assert sorted(json.loads(done.out), key=str) == sorted(expected, key=str)


def test_files_the_other_way_round_lose_what_they_gained(kzus: Kzus, files: Callable[[], tuple[str, Path]]) -> None:
    before, after = files()
    done = kzus("diff", str(after), before, "-f", "tsv", "-c", "change,kind,id,field", "--no-header", facts=after)

    assert done.out == (
        "changed\tfile\t\tversion\nchanged\tdeal\torder\ttitle\nremoved\tdeal\torder\tvalues\nremoved\tdeal\tloan\t\n"
        "changed\tsum\tfinancing\tfinancing_firm_usd\n"
    )


def test_two_days_differ_in_what_was_published_in_between(kzus: Kzus, files: Callable[[], tuple[str, Path]]) -> None:
    _, after = files()
    done = kzus("diff", "2024-12", "2025-12", "-c", "change,kind,id,field", facts=after)

    assert (done.code, done.err) == (0, "")
    assert "added\tdeal\tloan\t\n" in done.out
    assert "added\tdeal\torder\tvalues\n" in done.out
    assert "added\tsource\tnew\t\n" in done.out
    assert "changed\tsum\tfinancing\tfinancing_firm_usd\n" in done.out


@pytest.mark.parametrize(("code", "new"), [(1, None), (0, "same")])
def test_an_exit_code_tells_a_job_whether_anything_differs(
    kzus: Kzus, files: Callable[[], tuple[str, Path]], code: int, new: str | None
) -> None:
    before, after = files()
    arguments = [before] if new is None else [str(after)]
    done = kzus("diff", *arguments, "--exit-code", "-f", "json", facts=after)

    assert done.code == code
    assert (json.loads(done.out) == []) == (code == 0)


def test_nothing_found_is_said_to_who_watches(kzus: Kzus, files: Callable[[], tuple[str, Path]]) -> None:
    _, after = files()
    done = kzus("diff", str(after), facts=after, width=80)

    assert (done.code, done.err) == (0, f"nothing differs between {after} and the present file\n")


@pytest.mark.parametrize("named", ["no-such-file.yaml", "2025-13"])
def test_what_is_neither_a_file_nor_a_day_is_an_error(kzus: Kzus, named: str) -> None:
    done = kzus("diff", named)

    assert (done.code in (1, 2), done.out) == (True, "")
    assert named in done.err


def test_a_person_reads_amounts_with_their_scale(kzus: Kzus, files: Callable[[], tuple[str, Path]]) -> None:
    before, after = files()
    done = kzus("diff", before, facts=after, width=140)

    assert "1 entries added" not in done.out
    assert "1 entry added, 0 removed, 1 changed" in done.out
    assert " 3m" in done.out
