from __future__ import annotations

from typing import Any

import pytest

from kzus.commands.question import Question
from kzus.query.filters import FLAGS, Filter


@pytest.mark.parametrize(
    ("asked", "own", "sentence"),
    [
        (Filter(), {}, "Deals, without a filter."),
        (Filter(sector=("rail",)), {}, "Deals in rail."),
        (Filter(sector=("rail", "energy", "health")), {}, "Deals in rail, energy or health."),
        (
            Filter(text="grid west", party=("ktz",), flow=("trade",), direction=("KZ-US",)),
            {},
            "Deals with the words “grid west”, with ktz, of the kind of money trade, in the direction KZ-US.",
        ),
        (
            Filter(stage=("pledge",), measure=("list price",), tag=("rail",), package=("washington",), country=("US",)),
            {},
            "Deals at the stage pledge, stated as list price, with the tag rail, in the package washington,"
            " with a party of US.",
        ),
        (
            Filter(kind=("event",), since="2025", until="2026-02", min="1bn", max="2bn"),
            {},
            "Deals of the kind event, from 2025 on, up to 2026-02, of at least 1bn, of at most 2bn.",
        ),
        (Filter(in_force=True), {}, "Deals in force."),
        (Filter(firm=True, pledged=True), {}, "Deals firm or pledged."),
        (Filter(tag=("x" * 700,)), {}, f"Deals with the tag {'x' * 300} … {'x' * 300}."),
        (
            Filter(tag=("rail",)),
            {"by": "sector,stage", "explain": True},
            "Deals by sector and stage, with the tag rail.",
        ),
        (Filter(), {"ids": ["loan", "grid"], "name": None}, "Deals about loan and grid."),
        (Filter(), {"name": ["john", "deere"]}, "Deals of john deere."),
        (Filter(), {"name": "wabtec", "min_ratio": 2.0}, "Deals of wabtec, at least 2 times apart."),
    ],
)
def test_a_sentence_says_what_was_asked(asked: Filter, own: dict[str, Any], sentence: str) -> None:
    assert Question("Deals", asked, own).sentence() == sentence


def test_a_question_that_takes_no_filter_says_nothing_of_one() -> None:
    assert Question("The most important figures", has_filters=False).sentence() == "The most important figures."


def test_a_sentence_says_through_which_lens() -> None:
    assert Question("Deals").sentence(["akorda-2025", "leaflet"], "2025-10") == (
        "Deals, without a filter. As told by akorda-2025 and leaflet. As published by 2025-10."
    )


def test_every_filter_with_a_value_can_be_said() -> None:
    given: dict[str, Any] = {name: ("grid-west",) for name in Filter._fields if name not in FLAGS}

    assert Question("Deals", Filter(**given)).sentence().count("grid-west") == len(given)
