"""Key indicators: which series a card shows, and what of each can be laid side by side."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from kzus.query.filters import Filter

FEW = 4
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
    return _read_indicators(index, asked)[:FEW]


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
    phrases = ['"{}"'.format(name.replace('"', " ")) for name in names if len(name) >= _SHORTEST_NAME]
    matching = f"{{title}}: ({' OR '.join(phrases)})" if phrases else '""'
    return " WHERE id IN (SELECT id FROM search WHERE search MATCH ? AND kind = 'indicators')", [matching]


def _indicator(index: sqlite3.Connection, name: str, title: str, unit: str, count: int) -> KeyIndicator:
    readings = [
        Point._make(row)
        for row in index.execute(
            "SELECT period, value, low FROM observations WHERE indicator = ? ORDER BY position", (name,)
        )
    ]
    latest = max(readings, key=lambda reading: _period_end(reading.period)).period
    values = list(dict.fromkeys(str(reading.value) for reading in readings if reading.period == latest))
    return KeyIndicator(name, title, unit, count, latest, values, _points(readings))


def _points(readings: Sequence[Point]) -> list[Point]:
    periods = {reading.period for reading in readings}
    lengths = Counter(len(period) for period in periods)
    (length, _), *_ = sorted(lengths.items(), key=lambda item: (-item[1], item[0]))
    firsts: dict[str, Point] = {}
    for reading in readings:
        if len(reading.period) == length:
            firsts.setdefault(reading.period, reading)
    return sorted(firsts.values(), key=lambda point: _period_end(point.period))


def _period_end(period: str) -> str:
    return period.rpartition("/")[2]
