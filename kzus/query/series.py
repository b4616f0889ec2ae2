"""Series of indicators: those that a card shows, and all readings of one as exact numbers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kzus.values.dates import end_of_period

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from fractions import Fraction

    from kzus.query.filters import Filter

_MOST_SERIES = 4
"""How many series a card shows."""
DIRECT_INVESTMENT = "direct investment"
_SERIES = 4
"""From so many points on, a series has a shape."""
_SHORTEST_NAME = 3
"""A shorter name occurs in words that don't mean it."""


class Point(NamedTuple):
    """One reading as written, and the number that it is of, an exact decimal."""

    period: str
    value: str
    number: str


class KeyIndicator(NamedTuple):
    """A series: its latest readings, which differ if sources do, and its points, oldest first.

    Points are readings of one kind of period, the one most used, for eight months don't compare with a year;
    where sources differ it is the first in the file.
    """

    id: str
    title: str
    unit: str
    observations: int
    period: str
    values: list[str]
    points: list[Point]


def indicators(index: sqlite3.Connection, asked: Filter) -> list[KeyIndicator]:
    """Return the most observed series, those that have a shape in front.

    A party has those that it is named in the title of.
    """
    return _read_indicators(index, asked)[:_MOST_SERIES]


def direct_investment(index: sqlite3.Connection, asked: Filter) -> list[KeyIndicator]:
    """Return the series of direct investment in dollars whose titles begin with whose it is: `U.S. direct investment`.

    The most observed come first. Those of direct investment from all countries begin otherwise.
    """
    found = [each for each in _read_indicators(index, asked) if each.unit == "USD"]
    named = [each for each in found if each.title.casefold().find(DIRECT_INVESTMENT) > 0]
    return sorted(named, key=lambda each: -each.observations)


def _read_indicators(index: sqlite3.Connection, asked: Filter) -> list[KeyIndicator]:
    where, bound = _condition(index, asked)
    rows = index.execute(f"SELECT id, title, unit, observations FROM indicators{where}", bound)  # noqa: S608 - ours
    found = [_indicator(index, *row) for row in rows]
    return sorted(
        found, key=lambda each: (len(each.points) < _SERIES, -each.observations, -len(each.points), each.title, each.id)
    )


def _condition(index: sqlite3.Connection, asked: Filter) -> tuple[str, list[str]]:
    if asked.sector:
        return " WHERE sector = ?", [asked.sector[0]]
    if not asked.party:
        return "", []
    names = [row[0] for row in index.execute("SELECT name FROM names WHERE kind = 'parties' AND id = ?", asked.party)]
    # A quote of the name would end the phrase.
    phrases = ['"{}"'.format(name.replace('"', " ")) for name in names if len(name) >= _SHORTEST_NAME]
    # An empty phrase finds nothing, where FTS5 would have empty brackets for a syntax error.
    matching = f"{{title}}: ({' OR '.join(phrases)})" if phrases else '""'
    return " WHERE id IN (SELECT id FROM search WHERE search MATCH ? AND kind = 'indicators')", [matching]


def _indicator(index: sqlite3.Connection, name: str, title: str, unit: str, count: int) -> KeyIndicator:
    readings = [
        Point._make(row)
        for row in index.execute(
            "SELECT period, value, low FROM observations WHERE indicator = ? ORDER BY position", (name,)
        )
    ]
    latest = max(readings, key=lambda reading: end_of_period(reading.period)).period
    values = list(dict.fromkeys(str(reading.value) for reading in readings if reading.period == latest))
    return KeyIndicator(name, title, unit, count, latest, values, _points(readings))


def _points(readings: Sequence[Point]) -> list[Point]:
    periods = {reading.period for reading in readings}
    lengths = Counter(len(period) for period in periods)
    # The length of a period tells its kind: 2025, 2025-09, 2025-01/2025-08. Of two as frequent, the shorter.
    (length, _), *_ = sorted(lengths.items(), key=lambda item: (-item[1], item[0]))
    firsts: dict[str, Point] = {}
    for reading in readings:
        if len(reading.period) == length:
            firsts.setdefault(reading.period, reading)
    return sorted(firsts.values(), key=lambda point: end_of_period(point.period))


class Reading(NamedTuple):
    """One observation: `value` as written, its least and most as numbers, and who says so."""

    period: str
    value: str
    low: Fraction
    high: Fraction
    basis: str | None
    source: str

    @property
    def stretches(self) -> tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]:
        """From where to where it certainly reaches from zero, and how far it may reach beyond."""
        from fractions import Fraction

        zero = Fraction(0)
        if self.low >= 0:
            return (zero, self.low), (self.low, self.high)
        if self.high <= 0:
            return (self.high, zero), (self.low, self.high)
        return (zero, zero), (self.low, self.high)


class Series(NamedTuple):
    """An indicator with all of its readings, the earliest period first."""

    id: str
    title: str
    unit: str
    readings: list[Reading]


def find_series(index: sqlite3.Connection, ids: list[str]) -> list[Series]:
    """Return the series of indicators, in the order of their ids as given."""
    return [_series(index, name) for name in ids]


def _series(index: sqlite3.Connection, name: str) -> Series:
    from fractions import Fraction  # loads decimal as well, of which a card has no use

    title, unit = index.execute("SELECT title, unit FROM indicators WHERE id = ?", (name,)).fetchone()
    rows = index.execute(
        "SELECT period, value, low, high, basis, source FROM observations WHERE indicator = ?"
        # By its last day: rtrim leaves what stands up to the slash, and replace takes that off.
        " ORDER BY replace(period, rtrim(period, replace(period, '/', '')), ''), period, position",
        (name,),
    )
    readings = [
        Reading(period, str(value), Fraction(low), Fraction(high), basis, source)
        for period, value, low, high, basis, source in rows
    ]
    return Series(name, title, unit, readings)
