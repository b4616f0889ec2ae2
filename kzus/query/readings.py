"""The readings of a series, in the order of their periods, as exact numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3


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
    title, unit = index.execute("SELECT title, unit FROM indicators WHERE id = ?", (name,)).fetchone()
    rows = index.execute(
        "SELECT period, value, low, high, basis, source FROM observations WHERE indicator = ?"
        " ORDER BY replace(period, rtrim(period, replace(period, '/', '')), ''), period, position",
        (name,),
    )
    readings = [
        Reading(period, str(value), Fraction(low), Fraction(high), basis, source)
        for period, value, low, high, basis, source in rows
    ]
    return Series(name, title, unit, readings)
