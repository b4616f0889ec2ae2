from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzus.counting.rules import Amounts, Counted, Stake, count, weigh
from kzus.values.amounts import Value, parse_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def deal(
    stated: int | None = None,
    *,
    low: int | None = None,
    high: int | None = None,
    stage: str = "commitment",
    abroad: str | None = None,
    part_of: Sequence[str] = (),
    finances: Sequence[str] = (),
    supersedes: Sequence[str] = (),
) -> Stake:
    amounts = None
    if stated is not None:
        amounts = Amounts(stated, stated if low is None else low, stated if high is None else high)
    return Stake(stage, amounts, abroad, part_of, finances, supersedes)


def shown(deals: Mapping[str, Stake]) -> dict[str, tuple[int, str | None]]:
    return {name: (counted.amounts.stated, counted.reason) for name, counted in count(deals).items()}


def claims(*texts: str | tuple[str, str]) -> list[tuple[Value, Value | None]]:
    """Read claims, each alone or with its source's own figure in dollars."""
    pairs = [(text, None) if isinstance(text, str) else text for text in texts]
    return [(parse_value(value), parse_value(usd) if usd else None) for value, usd in pairs]


def test_a_deal_counts_what_it_states() -> None:
    assert count({"a": deal(10, low=8, high=12)}) == {"a": Counted(Amounts(10, 8, 12), None)}


def test_no_deals_count_nothing() -> None:
    assert count({}) == {}


def test_a_deal_without_a_published_value_counts_nothing() -> None:
    assert count({"a": deal()}) == {"a": Counted(Amounts(0, 0, 0), "no published value")}


def test_a_value_in_another_currency_counts_nothing() -> None:
    assert count({"a": deal(abroad="KZT")}) == {"a": Counted(Amounts(0, 0, 0), "stated in KZT")}


@pytest.mark.parametrize("stage", ["suspended", "cancelled"])
def test_a_dead_deal_counts_nothing(stage: str) -> None:
    assert count({"a": deal(10, stage=stage)}) == {"a": Counted(Amounts(0, 0, 0), stage)}


@pytest.mark.parametrize("stage", ["pledge", "commitment", "implementation", "completion"])
def test_a_living_deal_counts_at_every_stage(stage: str) -> None:
    assert shown({"a": deal(10, stage=stage)}) == {"a": (10, None)}


def test_a_superseded_deal_counts_nothing() -> None:
    assert shown({"letter": deal(9), "contract": deal(10, supersedes=["letter"])}) == {
        "letter": (0, "superseded by contract"),
        "contract": (10, None),
    }


def test_of_two_that_supersede_the_first_by_name_is_shown() -> None:
    assert shown({"old": deal(9), "z": deal(1, supersedes=["old"]), "b": deal(2, supersedes=["old"])}) == {
        "old": (0, "superseded by b"),
        "z": (1, None),
        "b": (2, None),
    }


def test_a_chain_of_successors_counts_its_last_only() -> None:
    assert shown({"mou": deal(8), "letter": deal(9, supersedes=["mou"]), "deal": deal(7, supersedes=["letter"])}) == {
        "mou": (0, "superseded by letter"),
        "letter": (0, "superseded by deal"),
        "deal": (7, None),
    }


def test_money_that_finances_a_valued_deal_counts_nothing() -> None:
    assert shown({"loan": deal(6, finances=["plant"]), "plant": deal(10)}) == {
        "loan": (0, "finances plant"),
        "plant": (10, None),
    }


def test_money_that_finances_a_deal_without_a_value_counts() -> None:
    assert shown({"loan": deal(6, finances=["plant"]), "plant": deal()}) == {
        "loan": (6, None),
        "plant": (0, "no published value"),
    }


def test_money_that_finances_a_deal_valued_in_another_currency_counts() -> None:
    assert shown({"loan": deal(6, finances=["plant"]), "plant": deal(abroad="KZT")}) == {
        "loan": (6, None),
        "plant": (0, "stated in KZT"),
    }


def test_money_for_a_deal_without_a_value_but_with_a_valued_part_counts_nothing() -> None:
    deals = {
        "loan": deal(6, finances=["plant"]),
        "plant": deal(),
        "hall": deal(part_of=["plant"]),
        "turbine": deal(10, part_of=["hall"]),
    }
    assert shown(deals) == {
        "loan": (0, "finances plant"),
        "plant": (0, "no published value"),
        "hall": (0, "no published value"),
        "turbine": (10, None),
    }


def test_the_first_financed_deal_that_has_a_value_is_the_reason() -> None:
    deals = {"loan": deal(6, finances=["a", "b", "c"]), "a": deal(), "b": deal(1), "c": deal(2)}
    assert shown(deals)["loan"] == (0, "finances b")


def test_a_part_that_finances_its_own_umbrella_is_not_lost() -> None:
    deals = {"plant": deal(), "loan": deal(6, part_of=["plant"], finances=["plant"])}
    assert shown(deals) == {"plant": (0, "no published value"), "loan": (6, None)}


def test_an_umbrella_counts_what_its_parts_leave() -> None:
    deals = {"grid": deal(10), "west": deal(3, part_of=["grid"]), "east": deal(4, part_of=["grid"])}
    assert shown(deals) == {"grid": (3, "remainder after its parts"), "west": (3, None), "east": (4, None)}


def test_parts_that_exceed_their_umbrella_leave_nothing_and_count_in_full() -> None:
    deals = {"grid": deal(10), "west": deal(8, part_of=["grid"]), "east": deal(7, part_of=["grid"])}
    assert shown(deals) == {"grid": (0, "remainder after its parts"), "west": (8, None), "east": (7, None)}


def test_parts_that_count_nothing_take_nothing_from_their_umbrella() -> None:
    deals = {
        "grid": deal(10),
        "unknown": deal(part_of=["grid"]),
        "tenge": deal(abroad="KZT", part_of=["grid"]),
        "dead": deal(4, stage="cancelled", part_of=["grid"]),
        "old": deal(4, part_of=["grid"]),
        "new": deal(1, supersedes=["old"]),
        "loan": deal(5, part_of=["grid"], finances=["new"]),
    }
    assert shown(deals) == {
        "grid": (10, None),
        "unknown": (0, "no published value"),
        "tenge": (0, "stated in KZT"),
        "dead": (0, "cancelled"),
        "old": (0, "superseded by new"),
        "new": (1, None),
        "loan": (0, "finances new"),
    }


def test_the_total_of_a_part_is_what_an_umbrella_above_it_loses() -> None:
    deals = {
        "programme": deal(20),
        "project": deal(5, part_of=["programme"]),
        "lot-1": deal(4, part_of=["project"]),
        "lot-2": deal(3, part_of=["project"]),
    }
    assert shown(deals) == {
        "programme": (13, "remainder after its parts"),
        "project": (0, "remainder after its parts"),
        "lot-1": (4, None),
        "lot-2": (3, None),
    }


def test_parts_below_an_umbrella_without_a_value_reach_the_one_above() -> None:
    deals = {"top": deal(10), "middle": deal(part_of=["top"]), "part": deal(4, part_of=["middle"])}
    assert shown(deals) == {
        "top": (6, "remainder after its parts"),
        "middle": (0, "no published value"),
        "part": (4, None),
    }


@pytest.mark.parametrize(
    ("umbrella", "reason"),
    [
        (deal(), "no published value"),
        (deal(10, stage="suspended"), "suspended"),
        (deal(10, finances=["other"]), "finances other"),
    ],
    ids=["no value", "suspended", "finances"],
)
def test_the_parts_of_an_umbrella_that_counts_nothing_still_count(umbrella: Stake, reason: str) -> None:
    deals = {"umbrella": umbrella, "part": deal(4, part_of=["umbrella"]), "other": deal(1)}
    assert shown(deals) == {"umbrella": (0, reason), "part": (4, None), "other": (1, None)}


def test_a_part_of_two_umbrellas_counts_once_and_takes_from_both() -> None:
    deals = {"a": deal(10), "b": deal(20), "part": deal(4, part_of=["a", "b"])}
    assert shown(deals) == {
        "a": (6, "remainder after its parts"),
        "b": (16, "remainder after its parts"),
        "part": (4, None),
    }


def test_a_diamond_takes_its_shared_part_from_the_top_once() -> None:
    deals = {
        "top": deal(30),
        "left": deal(10, part_of=["top"]),
        "right": deal(10, part_of=["top"]),
        "shared": deal(4, part_of=["left", "right"]),
    }
    assert shown(deals) == {
        "top": (14, "remainder after its parts"),
        "left": (6, "remainder after its parts"),
        "right": (6, "remainder after its parts"),
        "shared": (4, None),
    }


def test_a_diamond_below_a_chain_still_counts_once() -> None:
    deals = {
        "programme": deal(50),
        "top": deal(part_of=["programme"]),
        "left": deal(part_of=["top"]),
        "right": deal(part_of=["top"]),
        "shared": deal(4, part_of=["left", "right"]),
    }
    assert shown(deals)["programme"] == (46, "remainder after its parts")


def test_a_diamond_beside_a_plain_part_still_counts_once() -> None:
    deals = {
        "top": deal(30),
        "left": deal(10, part_of=["top"]),
        "right": deal(10, part_of=["top"]),
        "plain": deal(5, part_of=["top"]),
        "shared": deal(4, part_of=["left", "right"]),
    }
    assert shown(deals)["top"] == (9, "remainder after its parts")


def test_a_part_of_an_umbrella_and_of_the_one_above_counts_once() -> None:
    deals = {"top": deal(30), "middle": deal(10, part_of=["top"]), "part": deal(4, part_of=["middle", "top"])}
    assert shown(deals) == {
        "top": (20, "remainder after its parts"),
        "middle": (6, "remainder after its parts"),
        "part": (4, None),
    }


@pytest.mark.parametrize(
    ("stake", "reason"),
    [
        (deal(stage="cancelled", finances=["other"]), "no published value"),
        (deal(abroad="EUR", stage="cancelled", finances=["other"]), "stated in EUR"),
        (deal(10, stage="cancelled", finances=["other"]), "cancelled"),
        (deal(10, finances=["other"]), "superseded by successor"),
    ],
    ids=["no value", "currency", "stage", "superseded"],
)
def test_the_first_reason_that_holds_is_shown(stake: Stake, reason: str) -> None:
    deals = {
        "it": stake,
        "other": deal(1),
        "successor": deal(1, supersedes=["it"]),
        "part": deal(1, part_of=["it"]),
    }
    assert shown(deals)["it"] == (0, reason)


def test_financing_is_shown_before_the_remainder() -> None:
    deals = {"it": deal(10, finances=["other"]), "other": deal(1), "part": deal(1, part_of=["it"])}
    assert shown(deals)["it"] == (0, "finances other")


@pytest.mark.parametrize(
    "stake",
    [deal(10, part_of=["absent"]), deal(10, finances=["absent"]), deal(10, supersedes=["absent"])],
    ids=["part_of", "finances", "supersedes"],
)
def test_a_relation_to_a_deal_that_is_not_there_says_nothing(stake: Stake) -> None:
    assert count({"a": stake}) == {"a": Counted(Amounts(10, 10, 10), None)}


def test_low_and_high_obey_the_rules_of_the_stated_value() -> None:
    deals = {
        "grid": deal(10, low=8, high=20),
        "west": deal(4, low=0, high=5, part_of=["grid"]),
        "loan": deal(6, low=1, high=9, finances=["grid"]),
    }
    assert count(deals) == {
        "grid": Counted(Amounts(6, 8, 15), "remainder after its parts"),
        "west": Counted(Amounts(4, 0, 5), None),
        "loan": Counted(Amounts(0, 0, 0), "finances grid"),
    }


def test_deals_come_back_in_the_order_of_the_file() -> None:
    deals = {"c": deal(1, part_of=["a"]), "a": deal(2), "b": deal(3)}
    assert list(count(deals)) == ["c", "a", "b"]


def test_a_chain_of_5000_umbrellas_is_counted_without_recursion() -> None:
    deals = {f"d{at}": deal(at + 1, part_of=[f"d{at + 1}"] if at < 4999 else ()) for at in range(5000)}
    counted = shown(deals)
    assert counted["d0"] == (1, None)
    assert set(list(counted.values())[1:]) == {(1, "remainder after its parts")}


def test_a_chain_of_5000_umbrellas_above_a_diamond_is_counted_in_time() -> None:
    deals = {f"d{at}": deal(10 + at, part_of=[f"d{at + 1}"] if at < 4999 else ()) for at in range(5000)}
    deals |= {"left": deal(3, part_of=["d0"]), "right": deal(3, part_of=["d0"])}
    counted = shown({**deals, "shared": deal(2, part_of=["left", "right"])})
    assert [counted[name][0] for name in ("shared", "left", "right", "d0")] == [2, 1, 1, 6]
    assert {counted[f"d{at}"] for at in range(1, 5000)} == {(1, "remainder after its parts")}


def test_a_ladder_of_400_diamonds_is_counted_in_time() -> None:
    rungs = 400
    deals = {"l0": deal(1), "r0": deal(1)}
    for at in range(1, rungs):
        above = [f"l{at - 1}", f"r{at - 1}"]
        deals |= {f"l{at}": deal(1, part_of=above), f"r{at}": deal(1, part_of=above)}
    counted = shown(deals)
    assert sum(stated for stated, _ in counted.values()) == 2
    assert [name for name, (stated, _) in counted.items() if stated] == ["l399", "r399"]


@pytest.mark.parametrize(
    ("said", "preferred", "amounts", "abroad"),
    [
        (claims(), 0, None, None),
        (claims("10k USD"), 0, Amounts(10_000, 10_000, 10_000), None),
        (claims("3–5k USD"), 0, Amounts(3_000, 3_000, 5_000), None),
        (claims("up to 5k USD"), 0, Amounts(5_000, 0, 5_000), None),
        (claims("4k USD", "2–3k USD", "7k USD"), 0, Amounts(4_000, 2_000, 7_000), None),
        (claims("4k USD", "2–3k USD", "7k USD"), 2, Amounts(7_000, 2_000, 7_000), None),
        (claims("4k USD", "up to 3k USD"), 0, Amounts(4_000, 0, 4_000), None),
        (claims("100k KZT"), 0, None, "KZT"),
        (claims(("100k KZT", "200 USD")), 0, Amounts(200, 200, 200), None),
        (claims(("100k KZT", "up to 200 USD")), 0, Amounts(200, 0, 200), None),
        (claims("100k KZT", "200 USD"), 0, None, "KZT"),
        (claims("100k KZT", "200 USD"), 1, Amounts(200, 200, 200), None),
        (claims("200 USD", ("90k EUR", "300 USD"), "5k KZT"), 0, Amounts(200, 200, 300), None),
    ],
)
def test_claims_are_weighed_in_dollars(
    said: list[tuple[Value, Value | None]], preferred: int, amounts: Amounts | None, abroad: str | None
) -> None:
    assert weigh(said, preferred) == (amounts, abroad)


def test_the_first_claim_is_stated_unless_another_is_preferred() -> None:
    assert weigh(claims("4k USD", "7k USD")) == (Amounts(4_000, 4_000, 7_000), None)


@settings(deadline=None)
@given(st.data(), st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50), st.booleans()), min_size=1, max_size=5))
def test_the_stated_value_lies_between_the_extremes(data: st.DataObject, drawn: list[tuple[int, int, bool]]) -> None:
    said: list[tuple[Value, Value | None]] = [
        (Value(end, end, "USD", "up to") if is_limit else Value(start, start + end), None)
        for start, end, is_limit in drawn
    ]
    amounts, abroad = weigh(said, data.draw(st.integers(0, len(said) - 1)))
    assert amounts is not None
    assert abroad is None
    assert amounts.low <= amounts.stated <= amounts.high
