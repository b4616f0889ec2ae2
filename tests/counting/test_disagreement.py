from __future__ import annotations

import pytest

from kzus.counting.disagreement import Figure, knots, span, span_of_date
from kzus.values.amounts import parse_value


def figure(said: str) -> Figure:
    """Read `source: amount of thing`, the amount in its own currency, with its dollars after a `=`."""
    source, _, rest = said.partition(": ")
    money, _, of = rest.partition(" of ")
    text, _, usd = money.partition(" = ")
    value = parse_value(text, currency="USD")
    own = span(text, value.low, value.high)
    dollars = parse_value(usd, currency="USD") if usd else value if value.currency == "USD" else None
    return Figure(source, of, value.currency, own, dollars and span(usd or text, dollars.low, dollars.high))


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        ("4bn", "4bn", False),
        ("about 4bn", "4bn", False),
        ("nearly 4bn", "about 4bn", False),
        ("4bn", "4.2bn", True),
        ("about 4bn", "4.2bn", True),
        # a range says that any amount within it may be the one
        ("3–5bn", "4bn", False),
        ("3–5bn", "5–6bn", False),
        ("3–5bn", "2.5bn", True),
        ("3–5bn", "5.1bn", True),
        ("up to 7bn", "2bn", False),
        ("up to 7bn", "7.1bn", True),
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

    assert knots(told) == ([[0, 1]] if contradict else [])
    assert knots(told[::-1]) == knots(told)


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
    assert bool(knots([Figure(day, "", None, span_of_date(day)) for day in (one, other)])) == contradict


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # one source may say what it likes
        (["a: 4bn", "a: 5bn"], []),
        # figures of different things contradict each other too, if nobody tells the things apart
        (["a: 4bn of machines", "b: 5bn of the order"], [[0, 1]]),
        (["a: 4bn of machines", "a: 5bn of the order", "b: 5bn of the order", "c: 4bn of machines"], []),
        # thing by thing, where two sources name the same
        (["a: 4bn of machines", "a: 1bn of service", "b: 5bn of machines", "b: 2bn of service"], [[0, 2], [1, 3]]),
        # a source that gives two figures for one thing agrees with either
        (["a: 4bn", "a: 5bn", "b: 5bn"], []),
        (["a: 4bn of x", "a: 5bn of y", "b: 5bn of x"], [[0, 2]]),
        # what is linked by a contradiction is one, and what agrees with all stays out
        (["a: 4bn", "b: 5bn", "c: 4bn", "d: 3–6bn"], [[0, 1, 2]]),
        (["a: 4bn", "b: 5bn", "c: 6bn"], [[0, 1, 2]]),
    ],
)
def test_sources_are_compared_thing_by_thing(told: list[str], expected: list[list[int]]) -> None:
    assert knots([figure(each) for each in told]) == expected
