"""What stands under a sum on the kinds of its money: whose investment it is, and what isn't a price."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Kzus

FACTS = Path(__file__).parent.with_name("brief.yaml")
STAKES = "Of investment 500m is what Kazakhstan pays for stakes."


def foot(kzus: Kzus, facts: Path, *words: str) -> list[str]:
    """Return what stands under a sum, without what it says of deals in no total and without a value."""
    lines = kzus("sum", *words, width=80, facts=facts).out.splitlines()
    return [line for line in lines if line.startswith("Of ")]


@pytest.mark.parametrize("words", ["", "--by flow,stage", "--chart", "--explain", "--firm", "--by party"])
def test_what_the_first_side_invests_is_told_from_what_the_other_does(kzus: Kzus, words: str) -> None:
    assert STAKES in foot(kzus, FACTS, *words.split())


@pytest.mark.parametrize("words", ["--party ktz", "--flow trade", "--dormant", "--stage implementation", "stake"])
def test_where_one_side_pays_all_of_it_nothing_is_told(kzus: Kzus, words: str) -> None:
    assert "investment" not in "".join(foot(kzus, FACTS, *words.split()))


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("tags: stake-purchase", "tags: oil", "Of investment 500m is what Kazakhstan invests."),
        (
            "sides: {kazakh: [KZ], american: [US]}",
            "sides: {us: [US], kazakh: [KZ]}",
            "Of investment 1.5bn is what Americans invest.",
        ),
        ("sides: {kazakh: [KZ]", "sides: {big: [DE], kazakh: [KZ]", None),
    ],
)
def test_it_is_what_the_first_side_of_any_file_does(
    kzus: Kzus, fact_file: Callable[[str], Path], old: str, new: str, line: str | None
) -> None:
    lines = foot(kzus, fact_file(FACTS.read_text("utf-8").replace(old, new)))

    assert [each for each in lines if "investment" in each] == ([line] if line else [])


@pytest.mark.parametrize(
    ("field", "letter", "line"),
    [
        ("planned", "price", "Of trade 7bn is list price; of trade 300m a ceiling."),
        (
            "project cost",
            "price",
            "Of trade 7bn is list price; of investment 1.5bn the cost of a whole project.",
        ),
        ("estimate", "price", "Of trade 7bn is list price; of investment 1.5bn somebody's estimate."),
        ("planned", "estimate", "Of trade 9bn is somebody's estimate; of trade 7bn list price."),
    ],
)
def test_kinds_are_told_alike_the_largest_first_as_far_as_a_line_goes(
    kzus: Kzus, fact_file: Callable[[str], Path], field: str, letter: str, line: str
) -> None:
    text = FACTS.read_text("utf-8").replace("about 1.5bn USD, measure: planned", f"about 1.5bn USD, measure: {field}")
    text = text.replace("9bn USD, measure: price", f"9bn USD, measure: {letter}")
    (told,) = (each for each in foot(kzus, fact_file(text)) if "pays for" not in each)

    assert told == line
    assert len(told) <= 80


def dead(text: str, *deals: str) -> str:
    """Let deals of a text lapse, or stop or be cancelled, each named behind its stage."""
    for each in deals:
        stage, name = each.split()
        head, _, rest = text.partition(f"\n  {name}:\n")
        first, _, last = rest.partition("stage: ")
        text = f"{head}\n  {name}:\n{first}stage: {stage}\n{last.partition(chr(10))[2]}"
    return text


@pytest.mark.parametrize(
    ("deals", "lines"),
    [
        ((), ["In no total: lent 1.6bn pledged."]),
        (("cancelled hub",), ["In no total: lent 1.6bn pledged; 2bn of 1 cancelled deal."]),
        (("lapsed uranium",), ["In no total: lent 1.6bn pledged."]),
        (("lapsed loan",), ["In no total: 1.6bn of 1 lapsed deal."]),
        (
            ("lapsed hub", "cancelled stake", "suspended gift"),
            ["In no total: lent 1.6bn pledged.", "In no total: 2.5bn of 3 lapsed, cancelled or suspended deals."],
        ),
        (
            ("lapsed hub", "lapsed gift", "cancelled stake"),
            ["In no total: lent 1.6bn pledged; 2.5bn of 3 lapsed or cancelled deals."],
        ),
        (
            ("lapsed hub", "cancelled stake"),
            [
                "In no total: lent 1.6bn pledged; 1 deal states 9bn KZT.",
                "In no total: 2.5bn of 2 lapsed or cancelled deals.",
            ],
        ),
    ],
)
@pytest.mark.parametrize("width", [80, 120])
def test_what_stands_in_no_total_is_named_in_one_line_or_two(
    kzus: Kzus, fact_file: Callable[[str], Path], deals: tuple[str, ...], lines: list[str], width: int
) -> None:
    tenge = "9bn KZT" if "KZT" in lines[0] else "up to 300m USD"
    text = FACTS.read_text("utf-8").replace("up to 300m USD", tenge)
    printed = kzus("sum", width=width, facts=fact_file(dead(text, *deals))).out.splitlines()

    assert [line for line in printed if line.startswith("In no total")] == lines


def test_it_is_told_too_where_the_first_side_pays_all(kzus: Kzus) -> None:
    lines = kzus("sum", "--direction", "KZ-US", "--flow", "investment", width=80, facts=FACTS).out.splitlines()

    assert "The investment is what Kazakhstan pays for stakes." in " ".join(lines)
