"""When figures of one thing contradict each other.

Two figures agree if some amount fits both as they are worded: `about 4bn` and `4bn`, `3–5bn` and `4.5bn`,
`up to 7bn` and `2bn`; so do two dates of which one lies within the other. Two sources agree on a thing if any
of their figures for it do. Where they name no common thing they are compared all the same, unless a source
that gives two figures tells those things apart.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_OPEN = ("at least ", "more than ")
_UP_TO = "up to "


class Span(NamedTuple):
    """An amount or date as written, and the bounds that its words allow; open above without a `ceiling`."""

    low: Any
    high: Any
    floor: Any
    ceiling: Any


class Figure(NamedTuple):
    """What a source says of a thing (`of`), in its own currency and, if that is known, in dollars."""

    source: str
    of: str
    currency: str | None
    span: Span
    dollars: Span | None = None


def span(text: str, low: Any, high: Any) -> Span:
    """Read what the words of a figure allow."""
    floor = min(low, 0) if text.startswith(_UP_TO) else low
    return Span(low, high, floor, None if text.startswith(_OPEN) else high)


def span_of_date(date: str) -> Span:
    """Read a date as all the days that it may stand for: a shorter one begins every one within it."""
    return Span(date, date, date, f"{date}~")


def common(one: Figure, other: Figure) -> tuple[Span, Span] | None:
    """Return two figures in a currency that they have in common, dollars if not their own, or nothing."""
    if one.currency == other.currency:
        return one.span, other.span
    return (one.dollars, other.dollars) if one.dollars and other.dollars else None


def knots(figures: Sequence[Figure]) -> list[list[int]]:
    """Return the places of figures that contradict one another, directly or by way of others."""
    found: list[set[int]] = []
    for pair in _contradictions(figures):
        touched = [knot for knot in found if knot & pair]
        found = [knot for knot in found if not knot & pair] + [pair.union(*touched)]
    return sorted(sorted(knot) for knot in found)


def _contradictions(figures: Sequence[Figure]) -> Iterator[set[int]]:
    by_source: dict[str, list[int]] = {}
    for at, figure in enumerate(figures):
        by_source.setdefault(figure.source, []).append(at)
    apart = set(_told_apart(figures, by_source.values()))
    for one, other in combinations(by_source.values(), 2):
        for pairs in _comparable(figures, one, other):
            agreements = [_agree(figures[here], figures[there]) for here, there in pairs]
            if True not in agreements:
                for pair, agree in zip(pairs, agreements, strict=True):
                    if agree is False and frozenset(figures[at].of for at in pair) not in apart:
                        yield set(pair)


def _told_apart(figures: Sequence[Figure], by_source: Iterable[Sequence[int]]) -> Iterator[frozenset[str]]:
    for own in by_source:
        for here, there in combinations(own, 2):
            of = frozenset((figures[here].of, figures[there].of))
            if len(of) > 1 and _agree(figures[here], figures[there]) is False:
                yield of


def _comparable(figures: Sequence[Figure], one: Sequence[int], other: Sequence[int]) -> list[list[tuple[int, int]]]:
    """Pair two sources' figures: thing by thing if they have some in common, else each with each."""
    pairs = list(product(one, other))
    shared = {figures[at].of for at in one} & {figures[at].of for at in other}
    if not shared:
        return [pairs]
    return [[pair for pair in pairs if all(figures[at].of == of for at in pair)] for of in sorted(shared)]


def _agree(one: Figure, other: Figure) -> bool | None:
    """Tell whether an amount fits both; nothing if they have no currency in common."""
    spans = common(one, other)
    return spans and _reaches(*spans) and _reaches(*reversed(spans))


def _reaches(one: Span, other: Span) -> bool:
    return one.ceiling is None or one.ceiling >= other.floor
