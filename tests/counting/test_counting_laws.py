"""What holds of every set of deals, whatever their relations.

A *web* is acyclic, and a deal in it may stand in two umbrellas; in a *tree* it stands in one at most.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kzus.counting.rules import Amounts, Counted, Stake, count
from kzus.facts.vocabulary import DEAD_STAGES, STAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Deals = dict[str, Stake]

LAW_EXAMPLES = int(os.environ.get("KZUS_LAW_EXAMPLES", "150"))
"""How many generated files each law is tried on; the checks before a change lands try many more."""

SMALL = st.integers(0, 12)
"""Small amounts meet and exceed each other often."""
law = settings(max_examples=LAW_EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])


@st.composite
def amounts(draw: st.DrawFn) -> Amounts:
    low, stated, high = sorted(draw(st.tuples(SMALL, SMALL, SMALL)))
    return Amounts(stated, low, high)


@st.composite
def deal_sets(draw: st.DrawFn, umbrellas: int) -> Deals:
    """Draw deals that relate only to those drawn before them, under names and in an order that don't show it."""
    size = draw(st.integers(1, 8))
    names = draw(st.permutations([f"d{at}" for at in range(size)]))
    deals: Deals = {}
    for name in names:
        known = sorted(deals)
        some = st.lists(st.sampled_from(known), unique=True, max_size=2) if known else st.just([])
        above = st.lists(st.sampled_from(known), unique=True, max_size=umbrellas) if known else st.just([])
        deals[name] = Stake(
            stage=draw(st.sampled_from((*STAGES[:2], *STAGES))),
            amounts=draw(st.none() | amounts() | amounts()),
            part_of=draw(above),
            finances=draw(st.just([]) | some),
            supersedes=draw(st.just([]) | some),
        )
    return {name: deals[name] for name in draw(st.permutations(names))}


webs = deal_sets(2)
trees = deal_sets(1)


def add(counted: Iterable[Counted]) -> Amounts:
    stated = low = high = 0
    for each in counted:
        stated, low, high = stated + each.amounts.stated, low + each.amounts.low, high + each.amounts.high
    return Amounts(stated, low, high)


def total(deals: Mapping[str, Stake]) -> Amounts:
    return add(count(deals).values())


def below(deal: str, deals: Mapping[str, Stake]) -> set[str]:
    found = {name for name, stake in deals.items() if deal in stake.part_of}
    return found.union(*(below(part, deals) for part in found))


@law
@given(webs, st.data())
def test_the_order_of_the_file_changes_nothing(deals: Deals, data: st.DataObject) -> None:
    shuffled = {name: deals[name] for name in data.draw(st.permutations(sorted(deals)))}
    assert count(shuffled) == count(deals)


@law
@given(webs)
def test_no_deal_counts_less_than_nothing_or_more_than_it_states(deals: Deals) -> None:
    for name, (counted, _) in count(deals).items():
        stated = deals[name].amounts or Amounts(0, 0, 0)
        assert all(0 <= part <= whole for part, whole in zip(counted, stated, strict=True))


@law
@given(webs)
def test_the_total_is_at_most_the_sum_of_what_is_stated(deals: Deals) -> None:
    assert total(deals).stated <= sum(stake.amounts.stated for stake in deals.values() if stake.amounts)


@law
@given(webs)
def test_a_deal_counts_less_than_it_states_only_for_a_reason(deals: Deals) -> None:
    for name, (counted, reason) in count(deals).items():
        stated = deals[name].amounts
        assert reason is not None or (stated is not None and counted.stated == stated.stated)


@law
@given(webs)
def test_a_deal_and_all_below_it_count_the_larger_of_its_value_and_theirs(deals: Deals) -> None:
    counted = count(deals)
    for name, (own, reason) in counted.items():
        theirs = add(counted[part] for part in below(name, deals))
        is_out = reason not in {None, "remainder after its parts"}
        stated = Amounts(0, 0, 0) if is_out else deals[name].amounts
        assert stated is not None
        assert [mine + part for mine, part in zip(own, theirs, strict=True)] == [
            max(whole, part) for whole, part in zip(stated, theirs, strict=True)
        ]


@law
@given(webs)
def test_a_deal_is_out_exactly_if_it_has_no_value_is_dead_superseded_or_finances_a_valued_one(deals: Deals) -> None:
    superseded = {old for stake in deals.values() for old in stake.supersedes}
    for name, (_, reason) in count(deals).items():
        stake = deals[name]
        valued = [
            other
            for other in stake.finances
            if any(
                deals[part].amounts is not None for part in {other, *below(other, deals)} - {name, *below(name, deals)}
            )
        ]
        is_out = stake.amounts is None or stake.stage in DEAD_STAGES or name in superseded or bool(valued)
        assert (reason not in {None, "remainder after its parts"}) is is_out


@law
@given(trees)
def test_the_total_lies_between_its_low_and_its_high_for_every_tree(deals: Deals) -> None:
    counted = count(deals)
    for part in (set(deals), *({name, *below(name, deals)} for name in deals)):
        stated, low, high = add(counted[name] for name in part)
        assert low <= stated <= high


@law
@given(webs, st.data())
def test_a_part_without_a_value_changes_no_other_deal(deals: Deals, data: st.DataObject) -> None:
    above = data.draw(st.lists(st.sampled_from(sorted(deals)), unique=True, min_size=1, max_size=2))
    nothing = Counted(Amounts(0, 0, 0), "no published value")
    assert count(deals | {"part": Stake("pledge", part_of=above)}) == count(deals) | {"part": nothing}


@law
@given(webs, st.data())
def test_a_part_within_what_its_umbrella_has_left_leaves_the_total_alone(deals: Deals, data: st.DataObject) -> None:
    left = {name: counted.amounts for name, counted in count(deals).items() if counted.amounts.stated}
    assume(left)
    umbrella = data.draw(st.sampled_from(sorted(left)))
    part = Amounts(*(data.draw(st.integers(0, rest)) for rest in left[umbrella]))
    assert total(deals | {"part": Stake("pledge", part, part_of=[umbrella])}) == total(deals)


@law
@given(webs, amounts(), st.data())
def test_a_deal_in_two_umbrellas_counts_once_and_as_much_as_in_none(
    deals: Deals, stated: Amounts, data: st.DataObject
) -> None:
    above = data.draw(st.lists(st.sampled_from(sorted(deals)), unique=True, min_size=1, max_size=2))
    counted = count(deals | {"part": Stake("pledge", stated, part_of=above)})
    assert counted["part"] == Counted(stated, None)
    for umbrella in above:
        whole = deals[umbrella].amounts or Amounts(0, 0, 0)
        assert counted[umbrella].amounts.stated <= max(whole.stated - stated.stated, 0)


@law
@given(trees, st.data())
def test_taking_a_finances_relation_away_never_lowers_the_total(deals: Deals, data: st.DataObject) -> None:
    related = [(name, other) for name, stake in deals.items() for other in stake.finances]
    assume(related)
    name, other = data.draw(st.sampled_from(related))
    freed = deals[name]._replace(finances=[each for each in deals[name].finances if each != other])
    before, after = total(deals), total(deals | {name: freed})
    assert all(less <= more for less, more in zip(before, after, strict=True))
