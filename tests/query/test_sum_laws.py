"""What holds of every sum, whatever the facts: asked of an index in memory, as a command asks it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzus.facts.vocabulary import DEAD_STAGES, FLOWS, INSTRUMENTS, STAGES
from kzus.index.store import in_memory
from kzus.query.filters import STANDINGS, Filter
from kzus.query.sums.added_deals import NOT_GIVEN, read_left_out, read_parts
from kzus.query.sums.groupings import FLOWS_IN_TOTAL, GROUPINGS
from kzus.query.sums.sum import add_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kzus.query.sums.sum import Group

Facts = dict[str, Any]

law = settings(max_examples=int(os.environ.get("KZUS_LAW_EXAMPLES", "150")) // 3, deadline=None)
SECTORS, TAGS = ("rail", "energy"), ("freight", "credit")
PARTIES = ("ktz", "samruk", "ge", "wabtec", "bank")
CLAIMS = st.builds(
    lambda words, amount, currency, measure, counts: {
        "value": f"{words}{amount}m {currency}", "source": "page", "measure": measure, "counts": counts,
    },
    st.sampled_from(("", "about ", "up to ")),
    st.integers(1, 12),
    st.sampled_from(("USD", "USD", "USD", "KZT")),
    st.sampled_from(("price", "price", "list price", "estimate")),
    st.sampled_from((True, True, True, False)),
)  # fmt: skip


def some(names: Sequence[str], least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), unique=True, min_size=least, max_size=2) if names else st.just([])


@st.composite
def fact_files(draw: st.DrawFn) -> Facts:
    deals: Facts = {}
    for name in draw(st.permutations([f"d{at}" for at in range(draw(st.integers(0, 7)))])):
        deals[name] = {
            "title": name,
            "instrument": draw(st.sampled_from(INSTRUMENTS)),
            "flow": (flow := draw(st.sampled_from(FLOWS))),
            "stage": draw(st.sampled_from(STAGES)),
            "date": draw(st.sampled_from(("2021", "2022-06-05", "2025-02", "2025-02-03", "2025-11-06"))),
            "date_kind": "signed",
            "sector": draw(st.sampled_from(SECTORS)),
            "parties": (parties := draw(some(PARTIES, 1))),
            "payer": draw(some(parties)),
            "payee": draw(some(parties)),
            "tags": draw(some(TAGS)),
            "values": draw(st.lists(CLAIMS, max_size=0 if flow == "cooperation" else 2)),
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
        "sides": {"kazakh": ["KZ"], "american": ["US"]},
        "parties": {
            "ktz": {"name": "ktz", "country": "KZ", "kind": "company"},
            "samruk": {"name": "samruk", "country": "KZ", "kind": "company"},
            "ge": {"name": "ge", "country": "US", "kind": "company"},
            "wabtec": {"name": "wabtec", "country": "US", "kind": "company", "succeeds": ["ge"]},
            "bank": {"name": "bank", "kind": "organisation"},
        },
        "deals": {
            name: {key: value for key, value in deal.items() if value not in ([], None)} for name, deal in deals.items()
        },
    }


def as_filter(given: dict[str, Any]) -> Filter:
    return Filter(**given)


filters = st.fixed_dictionaries(
    {
        "sector": some(SECTORS),
        "flow": some(FLOWS),
        "stage": some(STAGES),
        "measure": some(("price", "estimate")),
        "firm": st.booleans(),
        "dormant": st.booleans(),
        "since": st.none() | st.sampled_from(("2025", "2025-02", "2025-02-03")),
        "min": st.none() | st.just("4m"),
    }
).map(as_filter)
"""Filters that say nothing of parties: those may be denied a remainder."""
FLOW_COLUMNS = tuple(f"{flow}_usd" for flow in FLOWS_IN_TOTAL)
STANDING_COLUMNS = ("firm_usd", "pledge_usd", "dormant_usd")
LENT = ("financing_firm_usd", "financing_pledge_usd")
FIGURES = ("deals", "valued", "total_usd", "low_usd", "high_usd", *STANDING_COLUMNS, *FLOW_COLUMNS, *LENT)
PARTITIONS = [name for name, grouping in GROUPINGS.items() if not grouping.overlaps]


def added(groups: Iterable[Group], names: Iterable[str]) -> dict[str, int]:
    """Add up columns; what is unknown adds nothing."""
    rows = list(groups)
    return {name: sum(getattr(group, name) or 0 for group in rows) for name in names}


@pytest.mark.parametrize("by", [*PARTITIONS, "sector,stage", "flow,direction"])
@law
@given(fact_files(), filters)
def test_a_partition_sums_to_its_total_column_by_column(by: str, facts: Facts, asked: Filter) -> None:
    found = add_up(in_memory(facts), asked, by)
    assert added(found.groups, FIGURES) == added([found.total], FIGURES)


@pytest.mark.parametrize("by", ["sector", "flow", "party", "sector,flow"])
@law
@given(fact_files(), filters)
def test_the_total_is_its_flows_and_its_standings(by: str, facts: Facts, asked: Filter) -> None:
    found = add_up(in_memory(facts), asked, by)
    for group in (*found.groups, found.total):
        total = group.total_usd or 0
        assert total == sum(added([group], FLOW_COLUMNS).values()) == sum(added([group], STANDING_COLUMNS).values())
        assert (group.low_usd or 0) <= total <= (group.high_usd or 0)
        assert (group.total_usd is None) == (group.valued == 0 and group.deals > 0)


@pytest.mark.parametrize("by", ["party", "country", "tag", "package"])
@law
@given(fact_files(), filters)
def test_overlapping_rows_leave_the_total_alone(by: str, facts: Facts, asked: Filter) -> None:
    index = in_memory(facts)
    found = add_up(index, asked, by)
    assert found.total == add_up(index, asked, "sector").total
    assert all((group.total_usd or 0) <= (found.total.total_usd or 0) for group in found.groups)


@law
@given(fact_files(), filters)
def test_what_a_party_has_is_its_own_or_shared(facts: Facts, asked: Filter) -> None:
    for group in add_up(in_memory(facts), asked, "party").groups:
        assert (group.own_usd or 0) + (group.shared_usd or 0) == (group.total_usd or 0)


@law
@given(fact_files(), filters)
def test_a_filter_adds_no_row_and_no_dollar(facts: Facts, asked: Filter) -> None:
    index = in_memory(facts)
    narrow, wide = (add_up(index, each, "stage") for each in (asked, Filter()))
    assert {group.group for group in narrow.groups} <= {group.group for group in wide.groups}
    assert all(added([narrow.total], FIGURES)[each] <= added([wide.total], FIGURES)[each] for each in FIGURES)


@law
@given(fact_files())
def test_a_flag_keeps_exactly_the_money_of_its_column(facts: Facts) -> None:
    index = in_memory(facts)
    whole = add_up(index, Filter()).total
    flags = {"firm": Filter(firm=True), "pledge": Filter(pledged=True), "dormant": Filter(dormant=True)}
    assert [*flags] == [*STANDINGS.values()]
    for standing, asked in flags.items():
        kept = add_up(index, asked).total
        assert (kept.total_usd or 0) == (getattr(whole, f"{standing}_usd") or 0)


@law
@given(fact_files(), filters)
def test_a_party_that_is_asked_for_has_the_money_of_its_row(facts: Facts, asked: Filter) -> None:
    index = in_memory(facts)
    for group in add_up(index, asked, "party").groups:
        if group.group:
            alone = add_up(index, asked._replace(party=(group.group,))).total
            assert added([alone], FIGURES) == added([group], FIGURES)


@law
@given(fact_files(), filters)
def test_what_is_counted_and_what_is_left_out_add_up_to_what_is_stated(facts: Facts, asked: Filter) -> None:
    index = in_memory(facts)
    found = add_up(index, asked, "sector")
    deals = read_parts(index, found)
    stated = sum(deal.amount_usd or 0 for deal in deals)
    left_out = read_left_out(index, found)
    left = sum(each.left_usd or 0 for each in left_out)
    in_columns = added([found.total], ("total_usd", *LENT))
    assert sum(in_columns.values()) == stated - left
    assert all(not deal.counted_usd for deal in deals if deal.stage in DEAD_STAGES)
    assert all(each.reason != NOT_GIVEN for each in left_out)
