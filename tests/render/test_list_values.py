"""How lists write values: rounded, with their signs; data and pages have every digit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Kzus

FACTS = """\
format: 2
title: T
as_of: 2026-06-30
sides: {kazakh: [KZ], american: [US]}
sectors: {rail: {label: Rail}}
sources: {s: {title: S, publisher: P, kind: news, published: 2026-01-01}}
parties:
  ktz: {name: KTZ, country: KZ, kind: state company}
  boeing: {name: Boeing, country: US, kind: company}
deals:
  bond: {DEAL title: Line one, values: [{value: 19.5972bn KZT, measure: price, source: s}]}
  wagons: {DEAL title: Line two, values: [{value: up to 447.86m USD, measure: price, source: s}]}
  planes: {DEAL title: Line three, values: [{value: 3.5964bn USD, measure: list price, source: s}]}
  track: {DEAL title: Line four, values: [{value: 3.25–5bn USD, measure: price, source: s}]}
  venture: {DEAL title: Line five, values: [{value: 55bn USD, measure: project cost, counts: false, source: s}]}
  slip:
    {DEAL title: Line six, values: [{value: 1bn USD, measure: price, rank: deprecated, because: A slip., source: s}]}
  talks: {DEAL title: Line seven, sources: s}
packages:
  visit:
    title: Line of the package
    date: 2025-11
    values: [{value: about 5.238bn USD, source: s}]
"""
DEAL = (
    "instrument: contract, flow: trade, stage: commitment, stage_source: s, date: 2025, date_kind: signed,"
    " sector: rail, parties: [ktz, boeing], payer: ktz, payee: boeing,"
)
WRITTEN = ["19.5972bn KZT", "up to 447.86m USD", "3.5964bn USD", "3.25–5bn USD"]
ROUNDED = ["19.6bn KZT", "≤447.9m", "3.6bn*", "3.25–5bn"]


@pytest.fixture
def facts(fact_file: Callable[[str], Path]) -> Path:
    return fact_file(FACTS.replace("DEAL", DEAL))


@pytest.mark.parametrize("command", ["deals", "search line", "sum --explain", "deals -f md", "deals -f html"])
def test_lists_round_values_to_one_decimal_and_keep_their_signs(kzus: Kzus, facts: Path, command: str) -> None:
    out = kzus(*command.split(), width=100, facts=facts).out.replace("\\*", "*")

    assert [each for each in ROUNDED if each not in out] == []
    assert "19.5972" not in out
    assert "447.86" not in out


def test_packages_round_their_values(kzus: Kzus, facts: Path) -> None:
    assert "~5.2bn" in kzus("packages", width=80, facts=facts).out
    assert "about 5.238bn USD" in kzus("packages", facts=facts).out


def test_data_have_values_as_written(kzus: Kzus, facts: Path) -> None:
    rows = json.loads(kzus("deals", "-f", "json", facts=facts).out)

    assert sorted(row["value"] for row in rows if row["value"]) == sorted(WRITTEN)
    for form in ("tsv", "csv"):
        out = kzus("deals", "-c", "id,value", "--no-header", "-f", form, facts=facts).out.replace(",", "\t")
        values = [line.partition("\t")[2] for line in out.splitlines()]
        assert sorted(filter(None, values)) == sorted(WRITTEN)


def test_a_page_has_every_digit(kzus: Kzus, facts: Path) -> None:
    assert "≤447.86m" in kzus("show", "wagons", width=100, facts=facts).out
    assert "stated      ≤447.86m USD" in kzus("show", "wagons", width=100, facts=facts).out
    assert "3.5964bn*" in kzus("show", "boeing", width=100, facts=facts).out


LEGEND = "* list price, before discounts · (…) has figures, none that counts: kzus show"


@pytest.mark.parametrize("command", ["deals", "search line", "deals -f md"])
def test_figures_of_which_none_counts_are_told_from_none(kzus: Kzus, facts: Path, command: str) -> None:
    lines = kzus(*command.split(), width=100, facts=facts).out.replace("\\", "").splitlines()
    drawn = {
        name: line
        for line in lines
        for name in ("five", "six", "seven")
        if f"› {name}" in line or f"Line {name}" in line
    }

    assert "(…)" in drawn["five"]
    assert "(…)" in drawn["six"]
    assert "(…)" not in drawn["seven"]
    assert LEGEND in lines


def test_only_a_list_that_has_such_a_deal_explains_the_mark(kzus: Kzus, facts: Path) -> None:
    assert "–  bought" in kzus("deals", "seven", width=100, facts=facts).out
    assert "(…)" not in kzus("deals", "seven", width=100, facts=facts).out
    assert kzus("deals", "five", facts=facts).out.count("…") == 0


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("name", ["boeing", "rail"])
def test_a_page_marks_them_in_its_table_of_deals_as_lists_do(kzus: Kzus, facts: Path, name: str, width: int) -> None:
    lines = kzus("show", name, width=width, facts=facts).out.splitlines()
    marks = {word: "(…)" in line for word in ("five", "six", "seven") for line in lines if f"Line {word}" in line}

    assert marks == {"five": True, "six": True, "seven": False}
    assert LEGEND in " ".join(lines)
    assert "(…)" not in kzus("show", "venture", width=width, facts=facts).out
