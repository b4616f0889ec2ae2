"""Figures that no sum counts: which of a deal's a screen shows where it shows one, in lists, sums and cards alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from kzus.query.filters import Conditions

IS_UNCOUNTED = "reason = 'no value that counts'"
"""The SQL of whether a deal has figures of which none counts."""
_IS_COST = "measure = 'project cost'"
UNCOUNTED_FIGURE = (
    "(SELECT {} FROM claims AS figure JOIN sources ON sources.id = figure.source"  # noqa: S608 - our own words
    " WHERE entry = deals.id AND NOT counts AND rank != 'deprecated'"
    f" ORDER BY {_IS_COST} DESC, iif({_IS_COST}, currency = 'USD', 0) DESC,"
    f" iif({_IS_COST}, sources.published, '') DESC, figure.position LIMIT 1)"
)
"""The SQL of a column of the figure that a screen shows of a deal, of those that don't count.

It is what the whole venture costs, where a source tells that: in dollars, as published last, since such a cost is
estimated anew while the work goes on. Else it is the first figure in the file: others measure parts of the deal or
more than it, and of these a later one is no newer account of the same thing. Deprecated claims are never shown.
"""


def uncounted_figures(index: sqlite3.Connection, found: Conditions) -> dict[str, str | None]:
    """Return a figure of each deal that has figures of which none counts; nothing where all are deprecated."""
    rows = index.execute(
        f"SELECT id, {UNCOUNTED_FIGURE.format('value')} FROM deals"  # noqa: S608 - our own names
        f"{found.also(IS_UNCOUNTED)} ORDER BY rowid",
        found.bound,
    )
    return dict(rows)
