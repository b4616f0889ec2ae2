from __future__ import annotations

import pytest

from kzus.counting.disagreement import ComparedFigure, contradictions, repeated, revisions, span, span_of_date
from kzus.values.amounts import parse_value


def figure(said: str) -> ComparedFigure:
    """Read `publisher/page@day: amount = dollars of thing as measure`, of which most may be missing."""
    source, _, rest = said.partition(": ")
    money, _, of = rest.partition(" of ")
    text, _, usd = money.partition(" = ")
    value = parse_value(text, currency="USD")
    own = span(text, value.low, value.high)
    source, _, day = source.partition("@")
    publisher = source.partition("/")[0]
    dollars = parse_value(usd, currency="USD") if usd else value if value.currency == "USD" else None
    known = dollars and span(usd or text, dollars.low, dollars.high)
    of, _, measure = of.partition(" as ")
    return ComparedFigure(f"{source}@{day}", of, value.currency, own, known, measure, publisher, day)


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        ("4bn", "4bn", False),
        ("about 4bn", "4bn", False),
        ("nearly 4bn", "about 4bn", False),
        # 'about' and rounding agree within 5 percent: 1.05 × 4 is 4.2
        ("about 4bn", "4.2bn", False),
        ("4.2bn", "nearly 4bn", False),
        ("about 4bn", "4.21bn", True),
        ("about 4.1bn", "4.23bn", False),
        ("about 4bn", "4.1–6bn", False),
        ("4bn", "4.2bn", False),
        ("4.2bn", "4.17bn", False),
        ("4.2bn", "4.16bn", False),
        ("4.2bn", "4.26bn", True),  # which rounds to 4.3
        ("20bn", "19.2bn", False),
        ("1bn", "1.4bn", True),  # which rounds to 1, and is 40 percent more
        # neither is the other one rounded
        ("430m", "440m", True),
        ("4.2bn", "4.3bn", True),
        # a range says that any amount within it may be the one
        ("3–5bn", "4bn", False),
        ("3–5bn", "5–6bn", False),
        ("3–5bn", "2.5bn", True),
        ("3–5bn", "5.1bn", True),
        ("up to 7bn", "2bn", False),
        ("up to 7bn", "7.1bn", True),
        ("less than 7bn", "2bn", False),
        ("less than 7bn", "7.1bn", True),
        ("less than 3bn", "at least 4bn", True),
        ("at least 3bn", "30bn", False),
        ("at least 3bn", "2.9bn", True),
        ("more than 17bn", "17bn", False),
        ("more than 3bn", "up to 2bn", True),
        # what has no currency in common can't be compared
        ("100bn KZT", "1bn", False),
        ("100bn KZT", "90bn KZT", True),
        ("100bn KZT = 200m", "190m", True),
        ("100bn KZT = 200m", "100bn KZT = 210m", False),
        ("100bn KZT = 200m", "180m EUR = 200m", False),
    ],
)
def test_two_sources_contradict_each_other_if_no_amount_fits_both(one: str, other: str, *, contradict: bool) -> None:
    told = [figure(f"a: {one}"), figure(f"b: {other}")]

    assert contradictions(told) == ([[0, 1]] if contradict else [])
    assert contradictions(told[::-1]) == contradictions(told)


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        ("2025-11-06", "2025-11-07", True),
        ("2025-11-06", "2025-11", False),
        ("2025", "2025-11-06", False),
        ("2025-10", "2025-11-06", True),
        ("2024", "2025-11-06", True),
    ],
)
def test_a_shorter_date_is_any_day_within_it(one: str, other: str, *, contradict: bool) -> None:
    assert (
        bool(contradictions([ComparedFigure(day, "", None, span_of_date(day)) for day in (one, other)])) == contradict
    )


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # one source may say what it likes
        (["a: 4bn", "a: 5bn"], []),
        # figures of different things contradict each other too, if nobody tells the things apart
        (["a: 4bn of machines", "b: 5bn of the order"], [[0, 1]]),
        (["a: 4bn of machines", "a: 5bn of the order", "b: 5bn of the order", "c: 4bn of machines"], []),
        (["a: 4bn of machines", "a: 4bn of the order", "b: 5bn of the order", "c: 4bn of machines"], [[1, 2, 3]]),
        # thing by thing, where two sources name the same
        (["a: 4bn of machines", "a: 1bn of service", "b: 5bn of machines", "b: 2bn of service"], [[0, 2], [1, 3]]),
        # a source that gives two figures for one thing agrees with either
        (["a: 4bn", "a: 5bn", "b: 5bn"], []),
        (["a: 4bn of x", "a: 5bn of y", "b: 5bn of x"], [[0, 2]]),
        # ... and not with a third, which no other thing explains
        (["a: 4bn of x", "a: 5bn of x", "b: 7bn of x"], [[0, 1, 2]]),
        # what is linked by a contradiction is one, and what agrees with all stays out
        (["a: 4bn", "b: 5bn", "c: 4bn", "d: 3–6bn"], [[0, 1, 2]]),
        (["a: 4bn", "b: 5bn", "c: 6bn"], [[0, 1, 2]]),
    ],
)
def test_sources_are_compared_thing_by_thing(told: list[str], expected: list[list[int]]) -> None:
    assert contradictions([figure(each) for each in told]) == expected


@pytest.mark.parametrize(
    ("told", "conflicts", "revised"),
    [
        (["a/1@2025-01: 4bn", "a/2@2025-02: 5bn"], [], [[0, 1]]),
        (["a/2@2025-02: 5bn", "a/1@2025-01: 4bn"], [], [[0, 1]]),
        # which came later can't be told
        (["a/1@2025: 4bn", "a/2@2025-02: 5bn"], [[0, 1]], []),
        (["a/1@2025-02: 4bn", "a/2: 5bn"], [[0, 1]], []),
        (["a/1@2025-02-03: 4bn", "a/2@2025-02-03: 5bn"], [[0, 1]], []),
        # another publisher contradicts what was said last, not what was taken back
        (["a/1@2025-01: 4bn", "a/2@2025-02: 5bn", "b@2025-03: 6bn"], [[1, 2]], [[0, 1]]),
        (["a/1@2025-01: 4bn", "a/2@2025-02: 5bn", "b@2025-03: 5bn"], [], [[0, 1]]),
        (["a/1@2025-01: 4bn", "a/2@2025-02: 5bn", "a/3@2025-03: 6bn"], [], [[0, 1, 2]]),
        (["a/1@2025-01: 4bn", "b@2025-03: 5bn"], [[0, 1]], []),
        # what agrees is no revision
        (["a/1@2025-01: about 4bn", "a/2@2025-02: 4.1bn"], [], []),
    ],
)
def test_a_later_figure_of_a_publisher_revises_its_own(
    told: list[str], conflicts: list[list[int]], revised: list[list[int]]
) -> None:
    figures = [figure(each) for each in told]

    assert (contradictions(figures), revisions(figures)) == (conflicts, revised)


def test_what_a_page_hears_from_two_others_is_no_revision() -> None:
    one, other = figure("a/1@2025-01: 4bn"), figure("a/2@2025-02: 5bn")

    assert revisions([one._replace(via="The buyer"), other._replace(via="The maker")]) == []
    assert contradictions([one._replace(via="The buyer"), other._replace(via="The maker")]) == [[0, 1]]
    assert revisions([one._replace(via="The buyer"), other]) == [[0, 1]]


def test_counts_agree_only_if_they_are_the_same() -> None:
    counts = [ComparedFigure(name, "", None, span(text, low, low, is_exact=True)) for name, text, low in (
        ("a", "300", 300), ("b", "about 295", 295), ("c", "300", 300),
    )]  # fmt: skip

    assert contradictions(counts) == [[0, 1, 2]]
    assert contradictions([counts[0], counts[2]]) == []


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (["a: 7bn of 15 aircraft", "b: about 7bn of 18 aircraft"], [[0, 1]]),
        (["a: 7bn of aircraft as list price", "b: 7bn of aircraft as price"], [[0, 1]]),
        (["a: 7bn of 15 aircraft", "b: 7bn of 15 aircraft"], []),
        # of what it is, one doesn't tell
        (["a: 7bn of 15 aircraft", "b: 7bn"], []),
        # one source may know that two things cost the same
        (["a: 7bn of 15 aircraft", "a: 7bn of 18 aircraft"], []),
        (["a: 7bn of 15 aircraft", "b: 7bn EUR of 18 aircraft"], []),
        (["a: 7bn of 15 aircraft", "b: 7.1bn of 18 aircraft"], []),
        (["a: 7bn of x", "b: 7bn of y", "c: 3bn of x", "d: 3bn of y"], [[0, 1], [2, 3]]),
    ],
)
def test_the_same_number_of_different_things_is_found(told: list[str], expected: list[list[int]]) -> None:
    assert repeated([figure(each) for each in told]) == expected
