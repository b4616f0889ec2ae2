"""The recount itself, on examples that are counted by hand."""

from __future__ import annotations

from typing import Any

from oracle import Recount

Tree = dict[str, Any]


def facts(deals: Tree, **more: Any) -> Tree:
    found: Tree = {
        "as_of": "2026-06-30",
        "sides": {"kazakh": ["KZ"], "american": ["US"]},
        "sources": {"page": {"published": "2019-11-20"}, "undated": {}, "news": {"published": "2026-01-05"}},
        "parties": {
            "ktz": {"country": "KZ"}, "astana": {"country": "KZ"}, "wabtec": {"country": "US", "succeeds": "ge"},
            "ge": {"country": "US"}, "boeing": {"country": "US"}, "siemens": {"country": "DE"}, "iaea": {},
        },
        "deals": deals,
    }  # fmt: skip
    return found | more


def deal(value: str | None = None, flow: str = "trade", stage: str = "commitment", **more: Any) -> Tree:
    found: Tree = {
        "flow": flow, "stage": stage, "date": "2025-09-22", "sector": "transport", "instrument": "contract",
        "parties": ["ktz", "wabtec"], "sources": ["page"],
    }  # fmt: skip
    if value:
        found["values"] = [{"value": value, "measure": "price", "source": "page"}]
    return found | more


def counted(recount: Recount) -> dict[str, tuple[int | None, str | None]]:
    return {name: (row["counted_usd"], row["reason"]) for name, row in recount.rows({}).items()}


def money(columns: Tree) -> Tree:
    return {key: amount for key, amount in columns.items() if amount != 0 and key.endswith("_usd")}


def test_a_loan_above_its_order_takes_nothing_from_it() -> None:
    recount = Recount(facts({"order": deal("1m USD"), "loan": deal("9bn USD", "financing", finances="order")}))
    assert counted(recount) == {"order": (10**6, None), "loan": (9 * 10**9, "lent, in no total")}
    found = recount.sum(["flow"], {})
    assert found["left_out"] == []
    assert money(found["total"]) == {
        "firm_usd": 10**6, "total_usd": 10**6, "low_usd": 10**6, "high_usd": 10**6, "trade_usd": 10**6,
        "financing_firm_usd": 9 * 10**9,
    }  # fmt: skip
    assert money(found["groups"][("financing",)]) == {"financing_firm_usd": 9 * 10**9}
    assert found["groups"][("financing",)]["total_usd"] == 0


def test_a_signed_loan_makes_no_pledged_purchase_firm() -> None:
    recount = Recount(
        facts(
            {
                "order": deal("5bn USD", stage="pledge"),
                "loan": deal("4bn USD", "financing", finances=[{"deal": "order", "source": "page"}]),
            }
        )
    )
    total = recount.sum(["sector"], {})["total"]
    assert (total["firm_usd"], total["pledge_usd"], total["total_usd"]) == (0, 5 * 10**9, 5 * 10**9)
    assert (total["financing_firm_usd"], total["financing_pledge_usd"]) == (4 * 10**9, 0)


def test_a_living_loan_for_a_cancelled_order_stays_lent() -> None:
    recount = Recount(
        facts(
            {
                "order": deal("5bn USD", stage="cancelled"),
                "loan": deal("4bn USD", "financing", "pledge", finances="order"),
            }
        )
    )
    assert counted(recount) == {"order": (0, "cancelled"), "loan": (4 * 10**9, "lent, in no total")}
    found = recount.sum(["sector"], {})
    assert money(found["total"]) == {"financing_pledge_usd": 4 * 10**9}
    assert found["left_out"] == [{"id": "order", "left_usd": 5 * 10**9, "reason": "cancelled"}]


def test_a_deal_without_a_value_supersedes_nothing() -> None:
    recount = Recount(facts({"old": deal("6bn USD"), "new": deal(supersedes="old")}))
    assert counted(recount) == {"old": (6 * 10**9, None), "new": (None, "no published value")}
    total = recount.sum(["sector"], {})["total"]
    assert (total["total_usd"], total["deals"], total["valued"]) == (6 * 10**9, 2, 1)


def test_a_contract_supersedes_a_letter_through_a_memorandum_without_a_sum() -> None:
    recount = Recount(
        facts(
            {
                "letter": deal("100m USD", stage="pledge"),
                "memorandum": deal(stage="pledge", supersedes="letter"),
                "contract": deal("90m USD", supersedes=["memorandum"]),
            }
        )
    )
    assert counted(recount) == {
        "letter": (0, "superseded by contract"),
        "memorandum": (None, "no published value"),
        "contract": (90 * 10**6, None),
    }
    total = recount.sum(["stage"], {})
    assert money(total["total"])["total_usd"] == 90 * 10**6
    assert total["groups"][("pledge",)]["pledge_usd"] == 0
    assert total["left_out"][0] == {"id": "letter", "left_usd": 10**8, "reason": "superseded by contract"}


def test_of_several_successors_the_nearest_is_named_and_a_loan_replaces_only_loans() -> None:
    recount = Recount(
        facts(
            {
                "old": deal("6bn USD"),
                "old-loan": deal("1bn USD", "financing"),
                "a-later": deal("1bn USD", supersedes="c-new"),
                "c-new": deal("1bn USD", supersedes=["old", "old-loan"]),
                "b-loan": deal("1bn USD", "financing", supersedes=["old", "old-loan"]),
            }
        )
    )
    reasons = {name: reason for name, (_, reason) in counted(recount).items()}
    assert reasons == {
        "old": "superseded by c-new",
        "old-loan": "superseded by b-loan",
        "c-new": "superseded by a-later",
        "a-later": None,
        "b-loan": "lent, in no total",
    }


def test_an_umbrella_keeps_what_its_parts_leave_and_its_range() -> None:
    claims = [
        {"value": "8bn USD", "measure": "price", "source": "page"},
        {"value": "2bn USD", "measure": "price", "source": "page"},
        {"value": "1bn USD", "measure": "list price", "source": "page"},
        {"value": "99bn USD", "measure": "price", "source": "page", "counts": "false"},
        {"value": "98bn USD", "measure": "price", "source": "page", "rank": "deprecated"},
    ]
    recount = Recount(facts({"umbrella": deal("10bn USD"), "part": deal(values=claims, part_of="umbrella")}))
    rows = recount.rows({})
    assert counted(recount) == {"umbrella": (2 * 10**9, "remainder after its parts"), "part": (8 * 10**9, None)}
    assert (rows["part"]["low_usd"], rows["part"]["high_usd"]) == (2 * 10**9, 8 * 10**9)
    assert recount.deals["umbrella"].added == (2 * 10**9, 2 * 10**9)
    total = recount.sum(["sector"], {})["total"]
    assert [total[key] for key in ("low_usd", "total_usd", "high_usd")] == [4 * 10**9, 10 * 10**9, 10 * 10**9]


def test_a_part_under_two_umbrellas_of_one_is_deducted_once() -> None:
    recount = Recount(
        facts(
            {
                "whole": deal("20m USD"),
                "left": deal("5m USD", part_of="whole"),
                "right": deal(part_of="whole"),
                "inner": deal("3m USD", part_of=["left", "right"]),
                "loan": deal("7m USD", "financing", part_of="whole"),
            }
        )
    )
    assert {name: amount for name, (amount, _) in counted(recount).items()} == {
        "whole": 15 * 10**6, "left": 2 * 10**6, "right": None, "inner": 3 * 10**6, "loan": 7 * 10**6,
    }  # fmt: skip
    assert recount.sum(["sector"], {})["total"]["total_usd"] == 20 * 10**6


def test_the_living_parts_of_a_lapsed_umbrella_count_by_themselves() -> None:
    recount = Recount(facts({"whole": deal("20m USD", stage="lapsed"), "part": deal("5m USD", part_of="whole")}))
    assert counted(recount) == {"whole": (0, "lapsed"), "part": (5 * 10**6, None)}


def test_a_grant_for_what_counts_adds_nothing_and_one_for_a_loan_does() -> None:
    recount = Recount(
        facts(
            {
                "whole": deal("5m USD"),
                "part": deal("9m USD", part_of="whole"),
                "loan": deal("5m USD", "financing"),
                "help": deal("1m USD", "grant", finances=["loan", "whole"]),
                "gift": deal("1m USD", "grant", finances="loan"),
            }
        )
    )
    found = counted(recount)
    assert found["whole"] == (0, "remainder after its parts")
    assert found["help"] == (0, "finances whole")
    assert found["gift"] == (10**6, None)


def test_a_grant_for_a_loan_adds_nothing_where_a_part_of_the_loan_is_no_loan() -> None:
    recount = Recount(
        facts(
            {
                "loan": deal("5m USD", "financing"),
                "order": deal("3m USD", part_of="loan"),
                "help": deal("1m USD", "grant", finances="loan"),
            }
        )
    )
    assert counted(recount)["help"] == (0, "finances loan")


def test_a_grant_for_what_a_lens_hides_pays_for_the_parts_that_are_seen() -> None:
    recount = Recount(
        facts(
            {
                "whole": deal(sources=["news"]),
                "part": deal("3m USD", part_of="whole"),
                "help": deal("1m USD", "grant", finances={"deal": "whole", "source": "page"}),
            }
        ),
        source=["page", "undated"],
    )
    assert counted(recount) == {"part": (3 * 10**6, None), "help": (0, "finances part")}


def test_a_deal_that_a_lens_hides_is_no_step_between_two() -> None:
    tree = facts(
        {
            "old": deal("3m USD"),
            "between": deal(sources=["news"], supersedes="old"),
            "a": deal("2m USD", supersedes="between"),
            "b": deal("1m USD", supersedes="old"),
        }
    )
    assert counted(Recount(tree))["old"] == (0, "superseded by b")
    assert counted(Recount(tree, source="page"))["old"] == (0, "superseded by a")


def test_a_letter_of_2019_is_dormant_today_and_was_not_in_2020() -> None:
    letter = deal("3.6bn USD", stage="pledge", date="2019-11-19")
    loan = deal("1bn USD", "financing", stage="pledge", date="2019-11-19")
    tree = facts({"letter": letter, "loan": loan})
    total = Recount(tree).sum(["sector"], {})
    assert money(total["total"]) == {
        "total_usd": 36 * 10**8, "low_usd": 36 * 10**8, "high_usd": 36 * 10**8,
        "dormant_usd": 36 * 10**8, "trade_usd": 36 * 10**8,
    }  # fmt: skip
    assert total["left_out"] == [{"id": "loan", "left_usd": 10**9, "reason": "dormant"}]
    assert counted(Recount(tree))["loan"] == (10**9, "lent, in no total")
    then = Recount(tree, as_of="2020").sum(["sector"], {})
    assert (then["total"]["dormant_usd"], then["total"]["pledge_usd"]) == (0, 36 * 10**8)
    assert then["total"]["financing_pledge_usd"] == 10**9
    assert then["left_out"] == []


def test_just_36_months_is_not_dormant() -> None:
    days = {"a": "2023-06-29", "b": "2023-06-30", "c": "2023-06"}
    recount = Recount(facts({name: deal("1m USD", stage="pledge", date=day) for name, day in days.items()}))
    assert [name for name, found in recount.deals.items() if found.is_dormant] == ["a"]


def test_an_undated_source_is_seen_on_the_day_of_the_file_and_not_before() -> None:
    tree = facts({"a": deal("1m USD", sources=["undated"], values=[])})
    assert list(Recount(tree, as_of="2026-06-30").rows({})) == ["a"]
    assert list(Recount(tree, as_of="2031").rows({})) == ["a"]
    assert list(Recount(tree, as_of="2026-06-29").rows({})) == []


def test_a_stage_holds_under_a_day_where_its_source_was_out() -> None:
    update = {"date": "2026-01-05", "source": "news", "stage": "completion"}
    tree = facts({"a": deal(updates=[update]), "b": deal(updates=[update], stage_source="page")})
    assert [row["stage"] for row in Recount(tree).rows({}).values()] == ["completion", "completion"]
    assert [row["stage"] for row in Recount(tree, as_of="2025").rows({}).values()] == ["pledge", "commitment"]
    assert [row["stage"] for row in Recount(tree, source="page").rows({}).values()] == ["completion", "completion"]


def test_what_is_dated_after_the_day_of_a_lens_is_not_there_though_a_page_foretold_it() -> None:
    update = {"date": "2026-01-05", "source": "page", "stage": "completion"}
    tree = facts({"a": deal(date="2020", updates=[update], stage_source="page"), "b": deal(date="2026")})
    assert {name: row["stage"] for name, row in Recount(tree, as_of="2025").rows({}).items()} == {"a": "commitment"}
    assert Recount(tree, as_of="2026-01-05").rows({})["a"]["stage"] == "completion"


def test_36_months_are_counted_on_from_the_day_on_which_a_deal_was_known() -> None:
    days = {"a": "2021-02-28", "b": "2021-03-01"}
    tree = facts({name: deal("1m USD", stage="pledge", date=day) for name, day in days.items()})
    recount = Recount(tree | {"as_of": "2024-02-29"})
    assert [name for name, found in recount.deals.items() if found.is_dormant] == ["a"]


def test_nothing_known_is_null_and_nothing_there_is_0() -> None:
    tree = facts({"a": deal("5m EUR"), "b": deal(flow="grant"), "c": deal(flow="cooperation")})
    assert counted(Recount(tree))["a"] == (0, "stated in EUR")
    found = Recount(tree).sum(["flow"], {})
    trade, grant = found["groups"][("trade",)], found["groups"][("grant",)]
    assert (trade["valued"], trade["total_usd"], trade["firm_usd"], trade["grant_usd"]) == (1, 0, 0, 0)
    assert (grant["valued"], grant["total_usd"], grant["firm_usd"], grant["grant_usd"]) == (0, None, None, None)
    assert (grant["pledge_usd"], grant["trade_usd"]) == (0, 0)


def test_a_ceiling_reaches_down_to_nothing() -> None:
    claims = [{"value": "88bn KZT", "usd": "up to 3.5m USD", "measure": "planned", "source": "page"}]
    row = Recount(facts({"a": deal(values=claims)})).rows({})["a"]
    assert (row["amount_usd"], row["low_usd"], row["high_usd"], row["value"]) == (3500000, 0, 3500000, "88bn KZT")


def test_a_remainder_is_not_given_to_who_shares_its_side_and_has_a_valued_part() -> None:
    recount = Recount(
        facts(
            {
                "umbrella": deal("10bn USD", parties=["ktz", "wabtec", "boeing"]),
                "part": deal("8bn USD", parties=["ktz", "wabtec"], part_of="umbrella"),
            }
        )
    )
    groups = recount.sum(["party"], {})["groups"]
    assert {party: (row["total_usd"], row["own_usd"], row["shared_usd"]) for (party,), row in groups.items()} == {
        "ktz": (10**10, 10**10, 0),
        "wabtec": (8 * 10**9, 8 * 10**9, 0),
        "boeing": (2 * 10**9, 0, 2 * 10**9),
    }
    assert (groups[("wabtec",)]["deals"], groups[("wabtec",)]["valued"]) == (2, 2)
    of_wabtec = recount.sum(["sector"], {"party": ["wabtec"]})
    assert of_wabtec["total"]["total_usd"] == 8 * 10**9
    assert of_wabtec["left_out"] == [
        {"id": "umbrella", "left_usd": 10**10, "reason": "remainder of several parties"},
    ]
    assert recount.sum(["sector"], {"party": ["ktz"]})["total"]["total_usd"] == 10**10


def test_a_party_includes_those_that_it_succeeds() -> None:
    recount = Recount(facts({"a": deal("1m USD", parties=["ktz", "ge"]), "b": deal("2m USD")}))
    groups = recount.sum(["party"], {})["groups"]
    assert {party: row["total_usd"] for (party,), row in groups.items()} == {
        "ktz": 3 * 10**6, "wabtec": 3 * 10**6, "ge": 10**6,
    }  # fmt: skip
    assert len(recount.select({"party": ["wabtec"]})) == 2


def test_the_direction_is_that_of_the_sides() -> None:
    paid = {
        "a": ("ktz", "wabtec"), "b": (["wabtec", "boeing"], "astana"), "c": ("siemens", "ktz"), "d": ("ktz", "astana"),
        "e": (["ktz", "siemens"], "ge"),
    }  # fmt: skip
    recount = Recount(facts({name: deal(payer=payer, payee=payee) for name, (payer, payee) in paid.items()}))
    directions = [found.direction for found in recount.deals.values()]
    assert directions == ["KZ-US", "US-KZ", None, None, None]
