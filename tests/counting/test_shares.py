from __future__ import annotations

import pytest

from kzus.counting.shares import direction, families, shares

SIDES = {"kazakh": ["KZ", "XK"], "american": ["US"]}


@pytest.mark.parametrize(
    ("payers", "payees", "expected"),
    [
        (["KZ"], ["US"], "KZ-US"),
        (["US", "US"], ["XK", "KZ"], "US-KZ"),
        (["KZ", "US"], ["US"], None),
        (["KZ"], ["XK"], None),
        (["KZ"], ["DE"], None),
        (["DE"], [None], None),
        (["KZ"], [None], None),
        ([], ["US"], None),
        (["KZ"], [], None),
    ],
)
def test_money_flows_from_one_side_to_another(
    payers: list[str | None], payees: list[str | None], expected: str | None
) -> None:
    assert direction(payers, payees, SIDES) == expected


def test_a_family_has_all_that_were_succeeded() -> None:
    assert families({"new": ["mid", "side"], "mid": ["old"], "side": ["old"], "old": [], "other": []}) == {
        "new": ["new", "mid", "side", "old"],
        "mid": ["mid", "old"],
        "side": ["side", "old"],
        "old": ["old"],
        "other": ["other"],
    }


@pytest.mark.parametrize(
    ("valued", "remainders", "is_given"),
    [(["part"], ["whole"], False), ([], ["whole"], True), (["part"], [], True), (["whole"], ["whole"], True)],
)
def test_a_remainder_is_not_given_to_a_partner_with_a_valued_part(
    valued: list[str], remainders: list[str], *, is_given: bool
) -> None:
    found = shares(
        {"whole": ["one", "two", "buyer"], "part": ["one", "buyer"]},
        sides={"one": "US", "two": "US", "buyer": "KZ"},
        succeeds={"one": [], "two": [], "buyer": []},
        parts={"whole": ["part"], "part": []},
        remainders=remainders,
        valued=valued,
    )
    assert list(found) == [
        ("buyer", "whole", True, True),
        ("one", "whole", False, is_given),
        ("two", "whole", False, True),
        ("buyer", "part", True, True),
        ("one", "part", True, True),
    ]


def test_an_heir_has_what_those_before_it_had() -> None:
    found = shares(
        {"sale": ["old", "partner"]},
        sides={"new": "US", "old": "US", "partner": "US"},
        succeeds={"new": ["old"], "old": [], "partner": ["new"]},
        parts={"sale": []},
        remainders=[],
        valued=["sale"],
    )
    assert list(found) == [
        ("new", "sale", False, True),
        ("old", "sale", False, True),
        ("partner", "sale", True, True),
    ]
