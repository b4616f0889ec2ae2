"""Figures that a source gives and no sum counts: each is shown where the sum says why."""

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
sectors: {health: {label: Health}}
sources:
  s: {title: S, publisher: P, kind: news, published: 2026-01-01}
  other: {title: O, publisher: P, kind: news, published: 2026-01-01}
parties:
  fund: {name: Fund, country: KZ, kind: fund}
  bank: {name: Bank, country: US, kind: company}
deals:
  school: {DEAL title: A school, values: [{value: 50m USD, measure: planned, source: s}]}
  clinic: {DEAL title: A clinic, values: [{value: 150.44m USD, measure: project cost, counts: false, source: s}]}
  funds: {DEAL title: Funds, values: [
    {value: 3bn USD, measure: planned, rank: deprecated, because: A slip., source: s},
    {value: about 1bn USD, measure: planned, counts: false, source: s},
    {value: 7bn USD, measure: planned, counts: false, source: s}]}
  planes: {DEAL title: Planes, values: [{value: 2bn USD, measure: list price, counts: false, source: other}]}
  slip: {DEAL title: Slip, values: [{value: 9bn USD, measure: price, rank: deprecated, because: B., source: other}]}
  talks: {DEAL title: Talks, sources: s}
MORE"""
DEAL = (
    "instrument: contract, flow: investment, stage: pledge, date: 2025, date_kind: signed, sector: health,"
    " parties: [fund, bank],"
)
MORE = "".join(
    f"  more-{at}: {{DEAL title: M, values: [{{value: 1m USD, measure: planned, counts: false, source: s}}]}}\n"
    for at in range(4)
)
COUNT = "6 deals have figures, none that counts."


@pytest.fixture
def facts(fact_file: Callable[[str], Path]) -> Path:
    return fact_file(FACTS.replace("MORE", "").replace("DEAL", DEAL))


def stated(out: str, title: str) -> str:
    """Return what the line of a deal says behind its title."""
    return next(line for line in out.splitlines() if line.startswith(f"{title} ")).removeprefix(title).split()[0]


def test_explain_shows_the_first_figure_of_a_deal_that_has_none_that_counts(kzus: Kzus, facts: Path) -> None:
    out = kzus("sum", "--explain", width=100, facts=facts).out

    assert [stated(out, title) for title in ("A school", "A clinic", "Funds", "Planes", "Slip", "Talks")] == (
        ["50m", "(150.4m)", "(~1bn)", "(2bn*)", "(…)", "–"]
    )
    assert "\n* list price, before discounts · (…) has figures, none that counts: kzus show\n" in out


COSTS = """[{value: 45.2bn USD, measure: project cost, counts: false, source: s},
    {value: 9tn KZT, measure: project cost, counts: false, source: newest},
    {value: about 48bn USD, measure: project cost, counts: false, source: newer},
    {value: 1bn USD, measure: spent, counts: false, source: newest}]"""
NEWER = "sources:\n  newer: {title: N, publisher: Q, kind: news, published: 2026-02}\n"
NEWER += "  newest: {title: N, publisher: Q, kind: news, published: 2026-03}\n"


@pytest.mark.parametrize("values", [COSTS, COSTS.replace("[{value: 45.2bn", "[{value: 3bn USD, measure: spent,"
    " counts: false, source: newest}, {value: 45.2bn")])  # fmt: skip
def test_of_several_figures_a_sum_and_a_card_show_the_same(
    kzus: Kzus, fact_file: Callable[[str], Path], values: str
) -> None:
    field = f"  field: {{DEAL title: The field, values: {values}}}\n"
    facts = fact_file(FACTS.replace("MORE", field).replace("DEAL", DEAL).replace("sources:\n", NEWER))
    out = kzus("sum", "--explain", width=140, facts=facts).out

    assert "The field" in out
    assert next(line for line in out.splitlines() if line.startswith("The field ")).split()[2] == "(~48bn)"
    assert "field (~48bn)" in out
    assert "above: 48bn The field" in kzus("brief", width=80, facts=facts).out


def test_a_foot_and_a_card_round_as_lists_do(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    more = (
        "  bond: {DEAL title: Bond, values: [{value: 19.5972bn KZT, measure: price, source: s}]}\n"
        "  dead: {LAPSED title: Dead, values: [{value: 3.6235bn USD, measure: price, source: s}]}\n"
    )
    lapsed = DEAL.replace("stage: pledge", "stage: lapsed, stage_source: s")
    facts = fact_file(FACTS.replace("MORE", more).replace("DEAL", DEAL).replace("LAPSED", lapsed))
    printed = [
        kzus(*line.split(), width=80, facts=facts).out
        for line in ("sum", "sum --explain", "brief", "brief health", "brief -f markdown")
    ]

    assert [text.count("19.6bn KZT") > 0 for text in printed] == [True] * 5
    assert [text for text in printed if "19.5972" in text or "3.6235" in text] == []
    assert "Left out, lapsed (1, 3.6bn): dead 3.6bn." in printed[1]


def test_the_remark_on_what_is_left_out_has_the_figures(kzus: Kzus, facts: Path) -> None:
    out = " ".join(kzus("sum", "--explain", width=100, facts=facts).out.split())
    line = "Left out, no value that counts (4): clinic (150.4m), funds (~1bn), planes (2bn), slip."

    assert line in out
    assert line in kzus("sum", "--explain", facts=facts).err
    assert json.loads(kzus("sum", "--explain", "-f", "json", facts=facts).out)["left_out"][0] == (
        {"id": "clinic", "left_usd": None, "reason": "no value that counts"}
    )


def test_the_foot_of_what_a_source_says_has_its_figures_that_dont_count(kzus: Kzus, facts: Path) -> None:
    line = "2 deals have figures, none that counts: 150.4m, ~1bn."
    lines = kzus("sum", "--source", "s", width=80, facts=facts).out.splitlines()

    assert lines[-2:] == [line, "1 of 4 has no figure. More: --explain"]
    assert "have figures" not in kzus("sum", width=80, facts=facts).out
    assert "have figures" not in kzus("sum", "--source", "s", facts=facts).err


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("", "1 of 6 has no figure, 4 only figures that don't count. More: --explain"),
        ("--by year --chart", "1 of 6 has no figure, 4 only figures that don't count. More: --explain"),
        ("talks", "1 of 1 has no figure. More: --explain"),
        ("clinic", "1 of 1 has only figures that don't count. More: --explain"),
        ("school", "1 deal by sector · text school"),
    ],
)
def test_the_foot_tells_what_has_no_figure_from_what_has_none_that_counts(
    kzus: Kzus, facts: Path, words: str, line: str
) -> None:
    assert kzus("sum", *words.split(), width=80, facts=facts).out.splitlines()[-1] == line


def test_the_foot_says_nothing_of_them_where_every_figure_of_a_source_counts(kzus: Kzus) -> None:
    lines = kzus("sum", "--source", "akorda-2025", width=80).out.splitlines()

    assert lines[-3:-1] == ["2 deals by sector · source akorda-2025", "In no total: lent 1.6bn pledged."]


def test_the_foot_counts_them_where_they_are_many(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    many = fact_file(FACTS.replace("MORE", MORE).replace("DEAL", DEAL))

    assert COUNT in kzus("sum", "--source", "s", width=80, facts=many).out.splitlines()
