"""When figures of one thing contradict each other.

Two figures agree if some amount fits both as they are worded: `about 4bn` and `4bn`, `3–5bn` and `4.5bn`,
`up to 7bn` and `2bn`; so do two dates of which one lies within the other. Amounts agree as well within 5 percent
if one is given as `about` or `nearly`, or is the other one rounded; what is `exact` doesn't. Two sources agree on a
thing if any of their figures for it do. Where they name no common thing they are compared all the same, unless a
source that gives two figures tells those things apart. A later figure of the same publisher revises its own.
"""

# Annotations are evaluated here: Python compiles each that is text when it makes a NamedTuple, for every query.

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from typing import Any, NamedTuple

from kzus.values.amounts import CEILINGS
from kzus.values.dates import is_after

_OPEN = ("at least ", "more than ")
_ABOUT = ("about ", "nearly ")
_CEILINGS = tuple(f"{word} " for word in CEILINGS)


class Span(NamedTuple):
    """An amount or date as written, and the bounds that its words allow; open above without a `ceiling`.

    `is_about` and `is_exact` say whether it is given as near, and whether it may not be rounded.
    """

    low: Any
    high: Any
    floor: Any
    ceiling: Any
    is_about: bool = False
    is_exact: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is one amount, which may be a rounded one."""
        return bool(self.low == self.high == self.floor == self.ceiling)


class ComparedFigure(NamedTuple):
    """What a source says of a thing (`of`), in its own currency and, if that is known, in dollars.

    `measure` is the kind of figure. Without a `publisher` and a `published` day it revises nothing; `via` is whom
    the source names for it.
    """

    source: str
    of: str
    currency: str | None
    span: Span
    dollars: Span | None = None
    measure: str = ""
    publisher: str = ""
    published: str = ""
    via: str = ""


class ConflictingClaim(NamedTuple):
    """What one source says; `low` and `high` are its figure as written, in the unit of the conflict."""

    value: str
    low: Any
    high: Any
    of: str | None
    source: str
    publisher: str
    published: str | None
    via: str | None
    note: str | None


class Conflict(NamedTuple):
    """Claims of two sources or more about one thing, the largest first; of a revision the oldest.

    `what` is one of `CONFLICT_KINDS`, `unit` its currency, what is counted or what happened then, `ratio` the largest
    by the smallest figure to two places, of `OVERLENT` what is lent by what it pays for; words and dates have none, nor
    has what lies apart without bound. `basis` says whether the claims measure the same thing, different ones, or that
    is unclear as some don't tell.
    """

    id: str
    what: str
    unit: str
    period: str | None
    ratio: float | None
    basis: str
    claims: tuple[ConflictingClaim, ...]


def rounded_ratio(one: float, other: float) -> float | None:
    """Divide two numbers, to two places; nothing leads to 0."""
    if not other:  # as a deal states it with 'value: 0–5bn USD'
        return None
    # Half up, in whole numbers: floor(100 * one / other + 1/2).
    return int((200 * one + other) // (2 * other)) / 100


def span(text: str, low: Any, high: Any, *, is_exact: bool = False) -> Span:
    """Read what the words of a figure allow."""
    # min(), since readings of a series may be below 0.
    floor = min(low, 0) if text.startswith(_CEILINGS) else low
    ceiling = None if text.startswith(_OPEN) else high
    return Span(low, high, floor, ceiling, is_about=text.startswith(_ABOUT) and not is_exact, is_exact=is_exact)


def span_of_date(date: str) -> Span:
    """Read a date as all the days that it may stand for: a shorter one begins every one within it."""
    # '~' sorts behind '-' and every digit, so each day of 2025 lies between '2025' and '2025~'.
    return Span(date, date, date, f"{date}~", is_exact=True)


def span_of_word(word: str) -> Span:
    """Read a word that only the same word agrees with."""
    return Span(word, word, word, word, is_exact=True)


def common(one: ComparedFigure, other: ComparedFigure) -> tuple[Span, Span] | None:
    """Return two figures in a currency that they have in common, dollars if not their own, or nothing."""
    if one.currency == other.currency:
        return one.span, other.span
    return (one.dollars, other.dollars) if one.dollars and other.dollars else None


def contradictions(figures: Sequence[ComparedFigure]) -> list[list[int]]:
    """Return the places of figures that contradict one another, directly or by way of others.

    A figure that its publisher has revised contradicts nobody any more.
    """
    pairs = list(_contradictions(figures))
    revised = {_revised(figures, pair) for pair in pairs}
    return _joined(pair for pair in pairs if not pair & revised)


def revisions(figures: Sequence[ComparedFigure]) -> list[list[int]]:
    """Return the places of figures of which the later ones revise those that the same publisher gave before."""
    return _joined(pair for pair in _contradictions(figures) if _revised(figures, pair) is not None)


def repeated(figures: Sequence[ComparedFigure]) -> list[list[int]]:
    """Return the places of figures that are the same number, given by different sources for different things."""
    return _joined(
        {here, there}
        for here, there in combinations(range(len(figures)), 2)
        if _is_repeated(figures[here], figures[there])
    )


def _is_repeated(one: ComparedFigure, other: ComparedFigure) -> bool:
    is_same = (one.currency, one.span.low, one.span.high) == (other.currency, other.span.low, other.span.high)
    # A figure that doesn't say what it measures may well measure the same.
    of = {one.of, other.of} - {""}
    return is_same and one.source != other.source and (one.measure != other.measure or len(of) > 1)


def _joined(pairs: Iterable[set[int]]) -> list[list[int]]:
    """Join pairs that have a place in common."""
    found: list[set[int]] = []
    for pair in pairs:
        touched = [group for group in found if group & pair]
        found = [group for group in found if not group & pair] + [pair.union(*touched)]
    return sorted(sorted(group) for group in found)


def _revised(figures: Sequence[ComparedFigure], pair: set[int]) -> int | None:
    """Return the place of the earlier of two figures if the later is the same publisher's own."""
    here, there = pair
    one, other = figures[here], figures[there]
    # Where it names two others (`via`), the publisher only passes on what two voices say.
    is_own = one.publisher and one.publisher == other.publisher and len({one.via, other.via} - {""}) < 2  # noqa: PLR2004 - two voices
    if not is_own or not one.published or not other.published:
        return None
    if is_after(one.published, other.published):
        return there
    return here if is_after(other.published, one.published) else None


def _contradictions(figures: Sequence[ComparedFigure]) -> Iterator[set[int]]:
    by_source: dict[str, list[int]] = {}
    for at, figure in enumerate(figures):
        by_source.setdefault(figure.source, []).append(at)
    # What one source gives different figures for are two things, whoever speaks of them.
    apart = set(_separate_things(figures, by_source.values()))
    for one, other in combinations(by_source.values(), 2):
        for pairs in _comparable(figures, one, other):
            agreements = [_agree(figures[here], figures[there]) for here, there in pairs]
            # None is no currency in common, which neither agrees nor contradicts.
            if True not in agreements:
                for pair, agree in zip(pairs, agreements, strict=True):
                    if agree is False and frozenset(figures[at].of for at in pair) not in apart:
                        yield set(pair)


def _separate_things(figures: Sequence[ComparedFigure], by_source: Iterable[Sequence[int]]) -> Iterator[frozenset[str]]:
    for own in by_source:
        for here, there in combinations(own, 2):
            of = frozenset((figures[here].of, figures[there].of))
            if len(of) > 1 and _agree(figures[here], figures[there]) is False:
                yield of


def _comparable(
    figures: Sequence[ComparedFigure], one: Sequence[int], other: Sequence[int]
) -> list[list[tuple[int, int]]]:
    """Pair two sources' figures: thing by thing if they have some in common, else each with each."""
    pairs = list(product(one, other))
    shared = {figures[at].of for at in one} & {figures[at].of for at in other}
    if not shared:
        return [pairs]
    return [[pair for pair in pairs if all(figures[at].of == of for at in pair)] for of in sorted(shared)]


def _agree(one: ComparedFigure, other: ComparedFigure) -> bool | None:
    """Tell whether an amount fits both; nothing if they have no currency in common."""
    spans = common(one, other)
    if spans is None:
        return None
    left, right = spans
    # How near they are is measured from the top of the lower one to the bottom of the other.
    if not _reaches(left, right):
        return _is_near(left, right)
    return _reaches(right, left) or _is_near(right, left)


def _reaches(one: Span, other: Span) -> bool:
    return one.ceiling is None or bool(one.ceiling >= other.floor)


def _is_near(below: Span, above: Span) -> bool:
    """Tell whether two amounts differ by no more than is said by `about`, or comes of rounding, up to 5 percent."""
    if below.is_exact or above.is_exact:
        return False
    low, high = _exact(below.ceiling), _exact(above.floor)
    # 5 percent in whole numbers, 21 by 20; nothing is near to 0 or across it.
    if low * high <= 0 or 20 * max(abs(low), abs(high)) > 21 * min(abs(low), abs(high)):
        return False
    is_plain = below.is_plain and above.is_plain
    return below.is_about or above.is_about or (is_plain and (_rounds_to(low, high) or _rounds_to(high, low)))


def _rounds_to(fine: Any, coarse: Any) -> bool:
    # What is rounded to a number lies within half a unit of its last digit that isn't 0.
    return bool(2 * abs(fine - coarse) <= _rounding_unit(coarse))


def _rounding_unit(amount: Any) -> Any:
    """Return the unit that an amount was rounded to: 100 for 1200, and the `Decimal` 0.1 for that of 1.5."""
    if isinstance(amount, int):
        digits = str(amount)
        return 10 ** (len(digits) - len(digits.rstrip("0")))
    from decimal import Decimal

    return Decimal(1).scaleb(int(amount.normalize().as_tuple().exponent))


def _exact(amount: float) -> Any:
    """Return the number as it was written, an int or a `Decimal`, so that comparing it loses nothing."""
    if isinstance(amount, int):
        return amount
    from decimal import Decimal  # only some readings have decimals, and it takes longer to import than to ask

    return Decimal(str(amount))
