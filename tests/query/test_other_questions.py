"""Remarks on the question beside the one that was asked: words that are names, figures that don't count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Kzus

FACTS = """
format: 2
title: T
as_of: 2026-01-01
sides: {kazakh: [KZ], american: [US]}
sectors: {air: {label: Air travel, aliases: [aviation]}, oil: {label: Oil}}
sources: {s: {title: Page, publisher: P, kind: news, published: 2025}}
parties:
  ktz: {name: KTZ, country: KZ, kind: state company}
  wabtec: {name: Wabtec, country: US, kind: company, succeeds: [ge]}
  ge: {name: GE, country: US, kind: company}
deals:
  air-deal: {title: Planes that fly on oil, instrument: contract, flow: trade, stage: commitment, stage_source: s,
    date: 2025-06, date_kind: signed, sector: air, parties: [ktz, wabtec],
    values: [{value: 900m USD, measure: price, source: s},
      {value: 2bn USD, measure: estimate, source: s, counts: false}]}
  letter: {title: An air memo of 2025, instrument: memorandum, flow: financing, stage: pledge, date: 2024,
    date_kind: signed, sector: oil, parties: [ktz, ge], values: [{value: 700m USD, measure: principal, source: s}]}
  field: {title: A field, instrument: agreement, flow: investment, stage: commitment, stage_source: s, date: 2023,
    date_kind: signed, sector: oil, parties: [ktz], values:
      [{value: 55bn USD, measure: project cost, source: s, counts: false},
       {value: 60bn USD, measure: planned, source: s, rank: deprecated, because: a slip},
       {value: 1.2bn USD, measure: planned, source: s, counts: false}]}
events:
  talks: {title: Talks, kind: meeting, date: 2025-11-04, sector: oil, sources: s}
  air-show: {title: Air show of 2025, kind: meeting, date: 2024-11-04, sources: s}
"""


@pytest.fixture
def facts(fact_file: Callable[[str], Path]) -> Path:
    return fact_file(FACTS)


@pytest.mark.parametrize(
    ("line", "ids", "remarks"),
    [
        ("deals oil", "air-deal", ["'oil' is also a sector, with 2 deals: --sector oil"]),
        ("deals Aviation", "", ["'Aviation' is also a sector, with 1 deal: --sector air"]),
        ("deals air travel", "", ["'air travel' is also a sector, with 1 deal: --sector air"]),
        ("deals wabtec", "air-deal", ["'wabtec' is also a party, with 2 deals: --party wabtec"]),
        ("deals ktz", "air-deal letter field", []),
        ("deals memoranda", "", ["'memoranda' is also an instrument, with 1 deal: --instrument memorandum"]),
        ("deals firm", "", ["'firm' is also a stage, with 2 deals: --firm"]),
        ("deals done", "", []),
        ("deals firm --pledged", "", []),
        ("deals bought", "", ["'bought' is also a flow, with 1 deal: --flow trade"]),
        ("deals 2025", "air-deal letter", ["'2025' is also a year, with 1 deal: --since 2025 --until 2025"]),
        ("deals 2025-06", "air-deal", []),
        ("deals memo oil", "", ["'oil' is also a sector; with 'memo' it has 1 deal: memo --sector oil"]),
        ("deals 2025 memo", "letter", []),
        (
            "deals 2025 air",
            "air-deal letter",
            ["'2025' is also a year; with 'air' it has 1 deal: air --since 2025 --until 2025"],
        ),
        ("deals june 2025", "", ["'june 2025' is also a month, with 1 deal: --since 2025-06 --until 2025-06"]),
        ("deals 2025 Jun.", "", ["'2025 Jun.' is also a month, with 1 deal: --since 2025-06 --until 2025-06"]),
        (
            "deals fly jun 2025",
            "",
            ["'jun 2025' is also a month; with 'fly' it has 1 deal: fly --since 2025-06 --until 2025-06"],
        ),
        ("deals may 2025", "", []),
        ("deals junior 2025", "", []),
        ("events nov 2025", "", ["'nov 2025' is also a month, with 1 event: --since 2025-11 --until 2025-11"]),
        ("deals oil*", "air-deal", []),
        ("deals oil --sector air", "air-deal", []),
        ("deals 2025 --since 2024", "air-deal letter", []),
        ("events oil", "", ["'oil' is also a sector, with 1 event: --sector oil"]),
        ("events 2025", "talks air-show", ["'2025' is also a year, with 1 event: --since 2025 --until 2025"]),
        ("timeline oil", "air-deal", ["'oil' is also a sector, with 3 happenings: --sector oil"]),
        ("sources oil", "", []),
    ],
)
def test_a_word_that_is_a_name_too_says_what_it_leaves_out(
    kzus: Kzus, facts: Path, line: str, ids: str, remarks: list[str]
) -> None:
    done = kzus(*line.split(), "-c", "id", facts=facts)
    lines = done.err.splitlines()

    assert (done.code, done.out.split()) == (0, ids.split())
    assert [each for each in lines if not each.startswith("no ")] == remarks
    assert kzus(*line.split(), "-q", facts=facts).err == ""


def test_a_remark_on_a_word_leads_the_screen(kzus: Kzus, facts: Path) -> None:
    remark = "'oil' is also a sector, with 2 deals: --sector oil"
    for line in ("deals oil", "sum oil", "sum oil --chart"):
        assert kzus(*line.split(), width=80, facts=facts).out.startswith(f"{remark}\n\n")
    assert kzus("sum", "oil", facts=facts).err == f"{remark}\n"
    assert f"{remark}" in kzus("deals", "oil", "-f", "md", facts=facts).out


@pytest.mark.parametrize(
    ("line", "ids", "remark"),
    [
        ("--min 1bn", "", "2 more deals have figures of 1bn or more that don't count: field, air-deal"),
        ("--min 60bn", "", ""),
        ("--min 1bn --max 1.5bn", "", "1 more deal has a figure from 1bn to 1.5bn that doesn't count: field"),
        ("--min 1bn --party wabtec", "", "1 more deal has a figure of 1bn or more that doesn't count: air-deal"),
        ("--max 3bn", "air-deal letter", "1 more deal has a figure of up to 3bn that doesn't count: field"),
        ("--since 2025", "air-deal", ""),
    ],
)
def test_a_filter_of_amounts_says_what_publishes_figures_that_dont_count(
    kzus: Kzus, facts: Path, line: str, ids: str, remark: str
) -> None:
    done = kzus("deals", *line.split(), "-c", "id", facts=facts)

    assert (done.code, done.out.split()) == (0, ids.split())
    assert [each for each in done.err.splitlines() if "count" in each] == [remark] * bool(remark)
    assert remark in kzus("sum", *line.split(), facts=facts).err
    assert remark in kzus("deals", *line.split(), "-f", "html", facts=facts).out.replace("&#x27;", "'")


def test_of_many_figures_that_dont_count_the_largest_are_named(kzus: Kzus) -> None:
    done = kzus("deals", "--min", "1bn", "-c", "id", facts=None)

    assert "count; the largest: kashagan-psa-1997, " in done.err


TREATIES = """
treaties:
  tax: {title: Tax, signed: 1993, status: in force, sources: s}
  fuel: {title: Oil, signed: 1994, status: unclear, sector: oil, sources: s}
  flights: {title: Air, signed: 1995, status: unclear, sector: air, sources: s}
  old: {title: Old, signed: 1996, status: expired, sector: oil, sources: s}
"""
SIGNED = "  new: {title: New, signed: 2025, status: signed, sector: air, sources: s}\n"


@pytest.mark.parametrize(
    ("line", "remark"),
    [
        ("treaties --in-force", "2 more are unclear: no source tells whether they are in force"),
        ("treaties --in-force --sector air", "1 more is unclear: no source tells whether it is in force"),
        ("treaties --in-force --until 1993", ""),
        ("treaties", ""),
    ],
)
def test_what_may_be_in_force_is_told_beside_what_is(
    kzus: Kzus, fact_file: Callable[[str], Path], line: str, remark: str
) -> None:
    facts = fact_file(FACTS + TREATIES)

    for lines in (kzus(*line.split(), facts=facts).err, kzus(*line.split(), width=100, facts=facts).out):
        assert [each for each in lines.splitlines() if "unclear:" in each] == [remark] * bool(remark)


@pytest.mark.parametrize(
    ("filters", "remark"),
    [
        ("", "2 more are unclear: no source tells whether they are in force; of 1 other only the signing is told\n"),
        ("--since 2025", "of 1 more only the signing is told\nno treaties · in force · since 2025\n"),
    ],
)
def test_what_is_only_told_as_signed_is_said_too(
    kzus: Kzus, fact_file: Callable[[str], Path], filters: str, remark: str
) -> None:
    assert kzus("treaties", "--in-force", *filters.split(), facts=fact_file(FACTS + TREATIES + SIGNED)).err == remark


def test_the_count_of_what_is_in_force_says_that_once(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    lines = kzus("treaties", "--in-force", width=100, facts=fact_file(FACTS + TREATIES)).out.splitlines()

    assert "1 treaty · in force" in lines


@pytest.mark.parametrize(
    ("line", "remark"),
    [
        ("deals pledge", "'pledge' is also a stage, with 2 deals, 1 of them dormant: --stage pledge"),
        ("deals pledge --since 2023", "'pledge' is also a stage, with 1 deal: --stage pledge"),
        ("deals pledge --until 2023-06", "'pledge' is also a stage, with 1 deal, dormant: --stage pledge"),
        ("timeline pledge", "'pledge' is also a stage, with 2 happenings: --stage pledge"),
    ],
)
def test_of_pledges_it_says_how_many_a_list_calls_dormant(
    kzus: Kzus, fact_file: Callable[[str], Path], line: str, remark: str
) -> None:
    old = (
        "  old: {title: An old plan, instrument: memorandum, flow: cooperation, stage: pledge, date: 2019,"
        " date_kind: signed, sector: air, parties: [ktz], sources: s}\n"
    )
    text = FACTS.replace("events:\n", f"{old}events:\n", 1).replace("A field", "A field after a pledge")

    assert remark in kzus(*line.split(), facts=fact_file(text)).err.splitlines()


@pytest.mark.parametrize(
    ("line", "foot"),
    [
        ("deals locomotive", ["1 deal", "2 more with 'locomotives'"]),
        ("search rail", ["3 matches · text rail", "1 more with 'rails'"]),
        ("deals locomotive*", ["3 deals · 4.2bn firm trade, 1.6bn pledged lending"]),
    ],
)
def test_what_has_a_word_in_its_other_number_is_counted(kzus: Kzus, line: str, foot: list[str]) -> None:
    assert kzus(*line.split(), width=100).out.splitlines()[-len(foot) :] == foot
    assert kzus(*line.split(), "-q", width=100).out.count("more with") == 0


def test_words_that_another_kind_of_entry_has_are_told_to_a_person(kzus: Kzus) -> None:
    told = "no deals · text taxes; 1 other entry: kzus search taxes\n"

    assert kzus("deals", "taxes", width=80).err == told
    assert kzus("deals", "taxes").err == "no deals · text taxes\n"
    assert kzus("search", "nowhere", width=80).err == "no matches · text nowhere\n"
