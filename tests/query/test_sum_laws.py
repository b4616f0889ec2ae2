"""What holds of every sum, whatever the facts: asked of an index in memory, as a command asks it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzus.facts.vocabulary import DEAD_STAGES, INSTRUMENTS, STAGES
from kzus.index.store import in_memory
from kzus.query.filters import Filter
from kzus.query.sum import GROUPINGS, left_out, parts, total

if TYPE_CHECKING:
    from collections.abc import Sequence

Facts = dict[str, Any]

law = settings(max_examples=int(os.environ.get("KZUS_LAW_EXAMPLES", "150")) // 3, deadline=None)
SECTORS, PARTIES, TAGS = ("rail", "energy"), ("ktz", "ge", "citi"), ("freight", "credit")
CLAIMS = st.builds(
    lambda words, amount, currency: {"value": f"{words}{amount}m {currency}", "source": "page"},
    st.sampled_from(("", "about ", "up to ")),
    st.integers(1, 12),
    st.sampled_from(("USD", "USD", "KZT")),
)


def some(names: Sequence[str], least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), unique=True, min_size=least, max_size=2) if names else st.just([])


@st.composite
def fact_files(draw: st.DrawFn) -> Facts:
    deals: Facts = {}
    for name in draw(st.permutations([f"d{at}" for at in range(draw(st.integers(0, 7)))])):
        deals[name] = {
            "title": name,
            "instrument": draw(st.sampled_from(INSTRUMENTS)),
            "stage": draw(st.sampled_from(STAGES)),
            "date": draw(st.sampled_from(("2024", "2025-02", "2025-02-03", "2025-11-06"))),
            "date_kind": "signed",
            "sector": draw(st.sampled_from(SECTORS)),
            "parties": draw(some(PARTIES, 1)),
            "tags": draw(some(TAGS)),
            "values": draw(st.lists(CLAIMS, max_size=2)),
            "part_of": draw(some(tuple(deals))),
            "finances": draw(some(tuple(deals))),
            "supersedes": draw(some(tuple(deals))),
            "sources": ["page"],
        }
    return {
        "title": "Generated",
        "as_of": "2026-01-01",
        "sectors": {name: {"label": name} for name in SECTORS},
        "sources": {"page": {"title": "Page", "publisher": "P", "kind": "news"}},
        "parties": {name: {"name": name, "country": "KZ", "kind": "company"} for name in PARTIES},
        "deals": {
            name: {key: value for key, value in deal.items() if value not in ([], None)} for name, deal in deals.items()
        },
    }


filters = st.builds(
    Filter,
    sector=some(SECTORS),
    party=some(PARTIES),
    stage=some(STAGES),
    since=st.none() | st.sampled_from(("2025", "2025-02", "2025-02-03")),
    min=st.none() | st.just("4m"),
)
FIGURES = ("deals", "valued", "pledge_usd", "firm_usd", "total_usd", "low_usd", "high_usd")


@pytest.mark.parametrize("by", [name for name, grouping in GROUPINGS.items() if not grouping.overlaps])
@law
@given(fact_files(), filters)
def test_a_partition_sums_to_its_total(by: str, facts: Facts, asked: Filter) -> None:
    found = total(in_memory(facts), asked, by)
    for figure in FIGURES:
        assert sum(getattr(group, figure) for group in found.groups) == getattr(found.total, figure)


@pytest.mark.parametrize("by", ["party", "tag"])
@law
@given(fact_files(), filters)
def test_overlapping_rows_leave_the_total_alone(by: str, facts: Facts, asked: Filter) -> None:
    index = in_memory(facts)
    found = total(index, asked, by)
    assert found.total == total(index, asked, "sector").total
    assert all(group.total_usd <= found.total.total_usd for group in found.groups)


@law
@given(fact_files(), filters)
def test_a_filter_never_adds(facts: Facts, asked: Filter) -> None:
    index = in_memory(facts)
    narrow, wide = (total(index, each, "stage").total for each in (asked, Filter()))
    assert all(getattr(narrow, figure) <= getattr(wide, figure) for figure in FIGURES)


@law
@given(fact_files(), filters)
def test_what_is_counted_and_what_is_left_out_add_up_to_what_is_stated(facts: Facts, asked: Filter) -> None:
    index = in_memory(facts)
    found, deals = total(index, asked, "sector"), parts(index, asked, "sector")
    stated = sum(deal.amount_usd or 0 for deal in deals)
    omitted = sum((out.amount_usd or 0) - out.counted_usd for out in left_out(index, asked))
    assert sum(deal.counted_usd for deal in deals) == found.total.total_usd == stated - omitted
    assert found.total.total_usd == found.total.pledge_usd + found.total.firm_usd
    assert all(not deal.counted_usd for deal in deals if deal.stage in DEAD_STAGES)
