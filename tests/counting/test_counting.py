from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzus.counting.rules import NO_COUNTING_VALUE, Amounts, Counted, Stake, count, read_amounts, read_stake

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from kzus.facts.model import Deal


def deal(
    stated: int | None = None,
    *,
    low: int | None = None,
    high: int | None = None,
    flow: str = "trade",
    stage: str = "commitment",
    missing: str | None = None,
    part_of: Sequence[str] = (),
    finances: Sequence[str] = (),
    supersedes: Sequence[str] = (),
) -> Stake:
    amounts = None
    if stated is not None:
        amounts = Amounts(stated, stated if low is None else low, stated if high is None else high)
    missing = missing or (None if amounts else "no published value")
    return Stake(flow, stage, amounts, missing, part_of, finances, supersedes)


def shown(deals: Mapping[str, Stake]) -> dict[str, tuple[int | None, str | None]]:
    return {
        name: (counted.amounts.stated if counted.amounts else None, counted.reason)
        for name, counted in count(deals).items()
    }


def claim(value: str, measure: str = "price", **more: Any) -> dict[str, Any]:
    return {"value": value, "measure": measure, "source": "page", **more}


def claims(*texts: str) -> list[dict[str, Any]]:
    return [claim(text) for text in texts]


def test_a_deal_counts_what_it_states() -> None:
    assert count({"a": deal(10, low=8, high=12)}) == {"a": Counted(Amounts(10, 8, 12), None)}


def test_no_deals_count_nothing() -> None:
    assert count({}) == {}


def test_a_deal_without_a_published_value_counts_nothing() -> None:
    assert count({"a": deal()}) == {"a": Counted(None, "no published value")}


def test_a_value_in_another_currency_counts_nothing() -> None:
    assert count({"a": deal(missing="stated in KZT")}) == {"a": Counted(Amounts(0, 0, 0), "stated in KZT")}


@pytest.mark.parametrize("stage", ["suspended", "cancelled", "lapsed"])
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


def test_a_grant_that_finances_a_valued_deal_counts_nothing() -> None:
    assert shown({"gift": deal(6, flow="grant", finances=["plant"]), "plant": deal(10)}) == {
        "gift": (0, "finances plant"),
        "plant": (10, None),
    }


def test_a_grant_that_finances_a_deal_without_a_value_counts() -> None:
    assert shown({"gift": deal(6, flow="grant", finances=["plant"]), "plant": deal()}) == {
        "gift": (6, None),
        "plant": (None, "no published value"),
    }


def test_a_grant_that_finances_a_deal_valued_in_another_currency_counts() -> None:
    assert shown({"gift": deal(6, flow="grant", finances=["plant"]), "plant": deal(missing="stated in KZT")}) == {
        "gift": (6, None),
        "plant": (0, "stated in KZT"),
    }


def test_a_grant_for_a_deal_without_a_value_but_with_a_valued_part_counts_nothing() -> None:
    deals = {
        "gift": deal(6, flow="grant", finances=["plant"]),
        "plant": deal(),
        "hall": deal(part_of=["plant"]),
        "turbine": deal(10, part_of=["hall"]),
    }
    assert shown(deals) == {
        "gift": (0, "finances plant"),
        "plant": (None, "no published value"),
        "hall": (None, "no published value"),
        "turbine": (10, None),
    }


def test_the_first_financed_deal_that_has_a_value_is_the_reason() -> None:
    deals = {"gift": deal(6, flow="grant", finances=["a", "b", "c"]), "a": deal(), "b": deal(1), "c": deal(2)}
    assert shown(deals)["gift"] == (0, "finances b")


def test_a_part_that_finances_its_own_umbrella_is_not_lost() -> None:
    deals = {"plant": deal(), "gift": deal(6, flow="grant", part_of=["plant"], finances=["plant"])}
    assert shown(deals) == {"plant": (None, "no published value"), "gift": (6, None)}


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
        "tenge": deal(missing="stated in KZT", part_of=["grid"]),
        "dead": deal(4, stage="cancelled", part_of=["grid"]),
        "old": deal(4, part_of=["grid"]),
        "new": deal(1, supersedes=["old"]),
        "gift": deal(5, flow="grant", part_of=["grid"], finances=["new"]),
    }
    assert shown(deals) == {
        "grid": (10, None),
        "unknown": (None, "no published value"),
        "tenge": (0, "stated in KZT"),
        "dead": (0, "cancelled"),
        "old": (0, "superseded by new"),
        "new": (1, None),
        "gift": (0, "finances new"),
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
        "middle": (None, "no published value"),
        "part": (4, None),
    }


@pytest.mark.parametrize(
    ("umbrella", "reason"),
    [
        (deal(), "no published value"),
        (deal(10, stage="suspended"), "suspended"),
        (deal(10, flow="grant", finances=["other"]), "finances other"),
    ],
    ids=["no value", "suspended", "finances"],
)
def test_the_parts_of_an_umbrella_that_counts_nothing_still_count(umbrella: Stake, reason: str) -> None:
    deals = {"umbrella": umbrella, "part": deal(4, part_of=["umbrella"]), "other": deal(1)}
    adds = None if reason == "no published value" else 0
    assert shown(deals) == {"umbrella": (adds, reason), "part": (4, None), "other": (1, None)}


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
        (deal(missing="stated in EUR", stage="cancelled", finances=["other"]), "stated in EUR"),
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
    assert shown(deals)["it"] == (None if reason == "no published value" else 0, reason)


def test_finances_is_shown_before_the_remainder() -> None:
    deals = {"it": deal(10, flow="grant", finances=["other"]), "other": deal(1), "part": deal(1, part_of=["it"])}
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
        "gift": deal(6, flow="grant", low=1, high=9, finances=["grid"]),
    }
    assert count(deals) == {
        "grid": Counted(Amounts(6, 4, 16), "remainder after its parts"),
        "west": Counted(Amounts(4, 0, 5), None),
        "gift": Counted(Amounts(0, 0, 0), "finances grid"),
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
    assert sum(stated or 0 for stated, _ in counted.values()) == 2
    assert [name for name, (stated, _) in counted.items() if stated] == ["l399", "r399"]


@pytest.mark.parametrize("at", ["letter", "memorandum"])
def test_a_deal_without_a_value_supersedes_nothing(at: str) -> None:
    deals = {at: deal(6_000_000_000), "successor": deal(supersedes=[at])}

    assert shown(deals) == {at: (6_000_000_000, None), "successor": (None, "no published value")}


@pytest.mark.parametrize("missing", ["stated in EUR", NO_COUNTING_VALUE])
def test_a_deal_without_dollars_supersedes_nothing(missing: str) -> None:
    assert shown({"old": deal(6), "new": deal(missing=missing, supersedes=["old"])})["old"] == (6, None)


def test_a_successor_without_a_sum_passes_on_to_the_one_that_has_one() -> None:
    deals = {
        "letter": deal(100_000_000, stage="pledge"),
        "memorandum": deal(stage="pledge", supersedes=["letter"]),
        "contract": deal(90_000_000, supersedes=["memorandum"]),
    }
    assert shown(deals) == {
        "letter": (0, "superseded by contract"),
        "memorandum": (None, "no published value"),
        "contract": (90_000_000, None),
    }


def test_a_loan_stands_in_its_own_ledger_whatever_it_pays_for() -> None:
    deals = {"loan": deal(9_000_000_000, flow="financing", finances=["order"]), "order": deal(1_000_000)}

    assert shown(deals) == {"loan": (9_000_000_000, "lent, in no total"), "order": (1_000_000, None)}


def test_a_loan_for_a_pledged_purchase_leaves_it_alone() -> None:
    deals = {
        "loan": deal(4_000_000_000, flow="financing", finances=["purchase"]),
        "purchase": deal(5_000_000_000, stage="pledge"),
    }
    assert shown(deals) == {"loan": (4_000_000_000, "lent, in no total"), "purchase": (5_000_000_000, None)}


def test_a_living_loan_for_a_cancelled_order_stands() -> None:
    deals = {"loan": deal(7, flow="financing", finances=["order"]), "order": deal(9, stage="cancelled")}

    assert shown(deals) == {"loan": (7, "lent, in no total"), "order": (0, "cancelled")}


def test_a_loan_is_zeroed_by_its_own_stage_and_successor() -> None:
    deals = {
        "lapsed": deal(7, flow="financing", stage="lapsed"),
        "old": deal(3, flow="financing"),
        "new": deal(2, flow="financing", supersedes=["old"]),
        "bought-out": deal(4, flow="financing"),
        "order": deal(5, supersedes=["bought-out"]),
    }
    assert shown(deals) == {
        "lapsed": (0, "lapsed"),
        "old": (0, "superseded by new"),
        "new": (2, "lent, in no total"),
        "bought-out": (0, "superseded by order"),
        "order": (5, None),
    }


def test_a_loan_supersedes_no_purchase_because_it_is_in_no_total() -> None:
    deals = {
        "order": deal(6),
        "loan": deal(2, flow="financing", supersedes=["order"]),
        "contract": deal(5, supersedes=["loan"]),
    }
    assert shown({name: deals[name] for name in ("order", "loan")})["order"] == (6, None)
    assert shown(deals)["order"] == (0, "superseded by contract")


def test_parts_are_taken_from_an_umbrella_of_their_own_ledger_only() -> None:
    deals = {
        "programme": deal(10, flow="investment"),
        "loan": deal(4, flow="financing", part_of=["programme"]),
        "gift": deal(1, flow="grant", part_of=["programme"]),
        "facility": deal(8, flow="financing"),
        "tranche": deal(3, flow="financing", part_of=["facility"]),
        "order": deal(2, part_of=["facility"]),
    }
    assert shown(deals) == {
        "programme": (9, "remainder after its parts"),
        "loan": (4, "lent, in no total"),
        "gift": (1, None),
        "facility": (5, "remainder after its parts"),
        "tranche": (3, "lent, in no total"),
        "order": (2, None),
    }


@pytest.mark.parametrize(
    ("paid", "gift"),
    [
        (deal(), (3, None)),
        (deal(0), (3, None)),
        (deal(9, stage="lapsed"), (3, None)),
        (deal(missing="stated in EUR"), (3, None)),
        (deal(9, flow="financing"), (3, None)),
        (deal(9, stage="pledge"), (0, "finances paid")),
    ],
    ids=["no value", "nothing", "lapsed", "euro", "a loan", "a pledge"],
)
def test_a_grant_is_in_the_value_of_what_counts_above_nothing_only(paid: Stake, gift: tuple[int, str | None]) -> None:
    assert shown({"gift": deal(3, flow="grant", finances=["paid"]), "paid": paid})["gift"] == gift


@pytest.mark.parametrize("flow", ["trade", "investment", "unclear", "financing"])
def test_only_a_grant_is_in_the_value_of_what_it_finances(flow: str) -> None:
    deals = {"it": deal(3, flow=flow, finances=["paid"]), "paid": deal(9)}

    assert shown(deals)["it"] == (3, "lent, in no total" if flow == "financing" else None)


def test_a_grant_for_a_grant_that_is_in_another_value_counts_there_once() -> None:
    deals = {
        "first": deal(1, flow="grant", finances=["second"]),
        "second": deal(2, flow="grant", finances=["plant"]),
        "plant": deal(10),
    }
    assert shown(deals) == {"first": (1, None), "second": (0, "finances plant"), "plant": (10, None)}


def test_an_umbrella_and_its_part_keep_low_below_counted_below_high() -> None:
    deals = {"umbrella": deal(10), "part": deal(8, low=2, high=8, part_of=["umbrella"])}
    counted = count(deals)

    assert counted == {
        "umbrella": Counted(Amounts(2, 2, 2), "remainder after its parts"),
        "part": Counted(Amounts(8, 2, 8), None),
    }
    added = [sum(amounts) for amounts in zip(*(each.amounts for each in counted.values() if each.amounts), strict=True)]
    assert added == [10, 4, 10]


def test_a_lapsed_or_superseded_umbrella_leaves_its_living_parts_alone() -> None:
    deals = {
        "lapsed": deal(10, stage="lapsed"),
        "living": deal(4, part_of=["lapsed"]),
        "old": deal(10),
        "new": deal(3, supersedes=["old"]),
        "kept": deal(5, part_of=["old"]),
    }
    assert shown(deals) == {
        "lapsed": (0, "lapsed"),
        "living": (4, None),
        "old": (0, "superseded by new"),
        "new": (3, None),
        "kept": (5, None),
    }


def test_a_chain_of_5000_successors_is_counted_without_recursion() -> None:
    deals = {f"d{at}": deal(supersedes=[f"d{at + 1}"]) for at in range(1, 5000)}
    counted = shown({"d0": deal(1, supersedes=["d1"]), **deals, "d5000": deal(2)})

    assert counted["d5000"] == (0, "superseded by d0")


def test_of_grants_that_pay_for_each_others_umbrellas_the_first_by_name_is_settled_first() -> None:
    deals = {
        "u": deal(), "v": deal(),
        "a": deal(10, flow="grant", finances=["u"], part_of=["v"]),
        "b": deal(30, flow="grant", finances=["v"], part_of=["u"]),
    }  # fmt: skip

    assert shown(deals) == shown(dict(reversed(deals.items())))
    assert {name: shown(deals)[name] for name in "ab"} == {"a": (10, None), "b": (0, "finances v")}


def test_a_chain_of_5000_grants_is_counted_without_recursion() -> None:
    deals = {f"d{at}": deal(1, flow="grant", finances=[f"d{at + 1}"]) for at in range(5000)}
    counted = shown({**deals, "d5000": deal(1)})

    assert [counted[f"d{at}"] for at in (4999, 4998, 4997)] == [(0, "finances d5000"), (1, None), (0, "finances d4998")]


STATED = [
    (claims(), None, "no published value"),
    (claims("10k USD"), Amounts(10_000, 10_000, 10_000), None),
    (claims("3–5k USD"), Amounts(3_000, 3_000, 5_000), None),
    (claims("up to 5k USD"), Amounts(5_000, 0, 5_000), None),
    (claims("less than 5k USD"), Amounts(5_000, 0, 5_000), None),
    (claims("4k USD", "2–3k USD", "7k USD"), Amounts(4_000, 2_000, 7_000), None),
    ([*claims("4k USD", "2–3k USD"), claim("7k USD", rank="preferred")], Amounts(7_000, 2_000, 7_000), None),
    (claims("4k USD", "up to 3k USD"), Amounts(4_000, 0, 4_000), None),
    (claims("100k KZT"), None, "stated in KZT"),
    ([claim("100k KZT", usd="200 USD")], Amounts(200, 200, 200), None),
    ([claim("100k KZT", usd="up to 200 USD")], Amounts(200, 0, 200), None),
    (claims("100k KZT", "200 USD"), None, "stated in KZT"),
    ([claim("100k KZT"), claim("200 USD", rank="preferred")], Amounts(200, 200, 200), None),
    ([claim("200 USD"), claim("90k EUR", usd="300 USD"), claim("5k KZT")], Amounts(200, 200, 300), None),
    ([claim("9 USD", rank="deprecated"), claim("7 USD")], Amounts(7, 7, 7), None),
    ([claim("9 USD", counts=False), claim("7 USD")], Amounts(7, 7, 7), None),
    ([claim("9 USD", counts=False), claim("7 USD", rank="deprecated")], None, "no value that counts"),
    ([claim("9 USD"), claim("2 USD", "list price"), claim("11 USD")], Amounts(9, 9, 11), None),
    ([claim("9 USD"), claim("2 USD", "list price", rank="preferred")], Amounts(2, 2, 2), None),
]


@pytest.mark.parametrize(("said", "amounts", "missing"), STATED)
def test_a_deal_states_its_preferred_claim_or_the_first_that_counts(
    said: list[dict[str, Any]], amounts: Amounts | None, missing: str | None
) -> None:
    assert read_amounts(said) == (amounts, missing)


def test_a_stake_has_the_stage_of_the_last_update_and_the_ids_of_its_relations() -> None:
    told: dict[str, Any] = {
        "flow": "grant",
        "stage": "pledge",
        "updates": [{"date": "2025", "text": "Signed.", "source": "page", "stage": "commitment"}],
        "values": claims("5 USD"),
        "part_of": ["a"],
        "finances": [{"deal": "b", "source": "page"}],
        "supersedes": [{"deal": "c", "inferred": True}],
    }

    assert read_stake(cast("Deal", told)) == Stake("grant", "commitment", Amounts(5, 5, 5), None, ["a"], ["b"], ["c"])


@pytest.mark.parametrize(
    ("stake", "is_valued"),
    [(deal(), False), (deal(missing=NO_COUNTING_VALUE), False), (deal(missing="stated in EUR"), True), (deal(0), True)],
)
def test_a_deal_is_valued_in_any_currency(stake: Stake, *, is_valued: bool) -> None:
    assert stake.is_valued is is_valued


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50), st.booleans()), min_size=1, max_size=5))
def test_the_stated_value_lies_between_the_extremes(drawn: list[tuple[int, int, bool]]) -> None:
    said = [
        claim(f"up to {end} USD" if is_limit else f"{start}–{start + end} USD" if end else f"{start} USD")
        for start, end, is_limit in drawn
    ]
    amounts, missing = read_amounts(said)
    assert (amounts is None, missing) == (False, None)
    assert amounts is not None
    assert amounts.low <= amounts.stated <= amounts.high
