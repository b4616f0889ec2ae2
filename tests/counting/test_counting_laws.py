"""What holds of every set of deals, whatever their relations.

A *web* is acyclic, and a deal in it may stand in two umbrellas; in a *tree* it stands in one at most.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kzus.counting.rules import REMAINDER, Amounts, Counted, Stake, count
from kzus.facts.vocabulary import DEAD_STAGES, FLOWS, STAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Deals = dict[str, Stake]
NOTHING = Amounts(0, 0, 0)

LAW_EXAMPLES = int(os.environ.get("KZUS_LAW_EXAMPLES", "150"))
"""How many generated files each law is tried on; the checks before a change lands try many more."""

SMALL = st.integers(0, 12)
"""Small amounts meet and exceed each other often."""
law = settings(max_examples=LAW_EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])


@st.composite
def amounts(draw: st.DrawFn) -> Amounts:
    low, stated, high = sorted(draw(st.tuples(SMALL, SMALL, SMALL)))
    return Amounts(stated, low, high)


worths = st.one_of(
    st.sampled_from(("no published value", "no value that counts", "stated in EUR")).map(lambda why: {"missing": why}),
    *[amounts().map(lambda known: {"amounts": known, "missing": None})] * 3,
)


@st.composite
def deal_sets(draw: st.DrawFn, umbrellas: int) -> Deals:
    """Draw deals of which no relation runs in a circle by itself, in an order that doesn't show the relations.

    Two relations together may: a grant for an umbrella may be a part of another whose own part pays for the first.
    """
    names = [f"d{at}" for at in range(draw(st.integers(1, 8)))]
    most = {"part_of": umbrellas, "finances": 2, "supersedes": 2}
    related: dict[str, dict[str, Any]] = {name: {} for name in names}
    for relation, size in most.items():
        order = draw(st.permutations(names))
        for at, name in enumerate(order):
            some = st.lists(st.sampled_from(order[:at]), unique=True, max_size=size) if at else st.just([])
            related[name][relation] = draw(some if relation == "part_of" else st.just([]) | some)
    return {
        name: Stake(
            flow=draw(st.sampled_from(FLOWS)),
            stage=draw(st.sampled_from((*STAGES[:2], *STAGES))),
            **draw(worths),
            **related[name],
        )
        for name in draw(st.permutations(names))
    }


webs = deal_sets(2)
trees = deal_sets(1)


def add(counted: Iterable[Counted]) -> Amounts:
    stated = low = high = 0
    for each in counted:
        own = each.amounts or NOTHING
        stated, low, high = stated + own.stated, low + own.low, high + own.high
    return Amounts(stated, low, high)


def total(deals: Mapping[str, Stake]) -> Amounts:
    """Add up what enters the total, and so no financing."""
    return add(counted for name, counted in count(deals).items() if not deals[name].is_financing)


def below(deal: str, deals: Mapping[str, Stake]) -> set[str]:
    found = {name for name, stake in deals.items() if deal in stake.part_of}
    return found.union(*(below(part, deals) for part in found))


def same_ledger(one: Stake, other: Stake) -> bool:
    return one.is_financing == other.is_financing


@law
@given(webs, st.data())
def test_the_order_of_the_file_changes_nothing(deals: Deals, data: st.DataObject) -> None:
    shuffled = {name: deals[name] for name in data.draw(st.permutations(sorted(deals)))}
    assert count(shuffled) == count(deals)


@law
@given(webs)
def test_no_deal_counts_less_than_nothing_or_more_than_it_states(deals: Deals) -> None:
    for name, (counted, _) in count(deals).items():
        stated = deals[name].amounts or NOTHING
        assert all(0 <= part <= whole for part, whole in zip(counted or NOTHING, stated, strict=True))


@law
@given(webs)
def test_low_counted_and_high_keep_their_order_in_every_deal(deals: Deals) -> None:
    for counted, _ in count(deals).values():
        assert counted is None or counted.low <= counted.stated <= counted.high


@law
@given(webs)
def test_what_adds_nothing_known_is_exactly_what_has_no_value(deals: Deals) -> None:
    counted = count(deals)
    assert {name for name, each in counted.items() if each.amounts is None} == {
        name for name, deal in deals.items() if not deal.is_valued
    }


@law
@given(webs)
def test_the_total_is_at_most_the_sum_of_what_is_stated(deals: Deals) -> None:
    assert total(deals).stated <= sum(
        stake.amounts.stated for stake in deals.values() if stake.amounts and not stake.is_financing
    )


@law
@given(webs)
def test_a_deal_counts_less_than_it_states_only_for_a_reason(deals: Deals) -> None:
    for name, (counted, reason) in count(deals).items():
        assert reason is not None or (counted is not None and counted == deals[name].amounts)


@law
@given(webs)
def test_a_living_deal_and_all_of_its_ledger_below_it_count_the_larger_of_its_value_and_theirs(deals: Deals) -> None:
    counted = count(deals)
    for name, (own, reason) in counted.items():
        deal = deals[name]
        theirs = add(counted[part] for part in below(name, deals) if same_ledger(deals[part], deal)).stated
        is_out = reason not in {None, REMAINDER, "lent, in no total"}
        stated = 0 if is_out or deal.amounts is None else deal.amounts.stated
        assert (own or NOTHING).stated + theirs == max(stated, theirs)


@law
@given(webs)
def test_a_deal_is_out_exactly_if_a_rule_says_so(deals: Deals) -> None:
    counted = count(deals)
    for name, (_, reason) in counted.items():
        stake = deals[name]
        mine = {name, *below(name, deals)}
        paid = {part for other in stake.finances for part in {other, *below(other, deals)} - mine}
        rules = [
            (stake.amounts is None, stake.missing),
            (stake.stage in DEAD_STAGES, stake.stage),
            (is_superseded(name, deals), "superseded by"),
            (stake.flow == "grant" and any(adds(part, deals, counted) for part in paid), "finances"),
        ]
        expected = next((rule for holds, rule in rules if holds), None)
        assert (reason not in {None, REMAINDER, "lent, in no total"}) is (expected is not None)
        assert expected is None or (reason or "").startswith(expected)


def is_superseded(name: str, deals: Deals) -> bool:
    return any(
        (newer.amounts is not None and (deals[name].is_financing or not newer.is_financing))
        or _reaches_dollars(other, deals, may_lend=deals[name].is_financing)
        for other, newer in deals.items()
        if name in newer.supersedes
    )


def _reaches_dollars(name: str, deals: Deals, *, may_lend: bool) -> bool:
    return any(
        (newer.amounts is not None and (may_lend or not newer.is_financing))
        or _reaches_dollars(other, deals, may_lend=may_lend)
        for other, newer in deals.items()
        if name in newer.supersedes
    )


def adds(name: str, deals: Deals, counted: Mapping[str, Counted]) -> bool:
    """Tell whether a deal, with its parts, brings money to the total."""
    if deals[name].is_financing:
        return False
    own, reason = counted[name]
    stated = deals[name].amounts
    return bool(own and own.stated) or (reason == REMAINDER and bool(stated and stated.stated))


@law
@given(trees)
def test_the_total_lies_between_its_low_and_its_high_for_every_group(deals: Deals) -> None:
    counted = count(deals)
    for part in (set(deals), *({name, *below(name, deals)} for name in deals), *({name} for name in deals)):
        stated, low, high = add(counted[name] for name in part)
        assert low <= stated <= high


@law
@given(webs, st.data())
def test_a_part_without_a_value_changes_no_other_deal(deals: Deals, data: st.DataObject) -> None:
    above = data.draw(st.lists(st.sampled_from(sorted(deals)), unique=True, min_size=1, max_size=2))
    nothing = Counted(None, "no published value")
    assert count(deals | {"part": Stake("trade", "pledge", part_of=above)}) == count(deals) | {"part": nothing}


@law
@given(webs, amounts(), st.data())
def test_financing_never_changes_what_is_in_the_total(deals: Deals, lent: Amounts, data: st.DataObject) -> None:
    some = st.lists(st.sampled_from(sorted(deals)), unique=True, max_size=2)
    loan = Stake("financing", data.draw(st.sampled_from(STAGES)), lent, None, *(data.draw(some) for _ in range(3)))
    before, after = count(deals), count(deals | {"loan": loan})
    for name, deal in deals.items():
        assert deal.is_financing or after[name] == before[name]


@law
@given(webs, st.data())
def test_a_part_within_what_its_umbrella_has_left_leaves_the_total_alone(deals: Deals, data: st.DataObject) -> None:
    deals = {name: deal._replace(finances=()) for name, deal in deals.items()}
    counted = count(deals)
    left = {
        name: each.amounts.stated
        for name, each in counted.items()
        if each.amounts and each.amounts.stated and not deals[name].is_financing
    }
    assume(left)
    umbrella = data.draw(st.sampled_from(sorted(left)))
    worth = data.draw(st.integers(0, left[umbrella]))
    part = Stake("trade", "pledge", Amounts(worth, worth, worth), None, part_of=[umbrella])
    assert total(deals | {"part": part}).stated == total(deals).stated


@law
@given(webs, amounts(), st.data())
def test_a_deal_in_two_umbrellas_counts_once_and_as_much_as_in_none(
    deals: Deals, stated: Amounts, data: st.DataObject
) -> None:
    above = data.draw(st.lists(st.sampled_from(sorted(deals)), unique=True, min_size=1, max_size=2))
    counted = count(deals | {"part": Stake("trade", "pledge", stated, None, part_of=above)})
    assert counted["part"] == Counted(stated, None)
    for umbrella in above:
        whole = deals[umbrella].amounts or NOTHING
        own = counted[umbrella].amounts or NOTHING
        assert deals[umbrella].is_financing or own.stated <= max(whole.stated - stated.stated, 0)


@law
@given(trees, st.data())
def test_a_single_finances_relation_never_raises_the_total(deals: Deals, data: st.DataObject) -> None:
    free = {name: deal._replace(finances=()) for name, deal in deals.items()}
    name, other = data.draw(st.permutations([*sorted(deals), "absent"]).map(lambda names: names[:2]))
    assume(name in free)
    tied = free | {name: free[name]._replace(flow="grant", finances=[other])}
    assert total(tied).stated <= total(free | {name: free[name]._replace(flow="grant")}).stated
