"""What has become of the treaties of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.query.filters import conditions
from kzus.query.lists.entries import TREATIES

if TYPE_CHECKING:
    import sqlite3

    from kzus.query.filters import Filter


def count_by_status(index: sqlite3.Connection, asked: Filter) -> list[str]:
    """Return how many treaties of a filter have each status, those in force first: `13 in force`, `26 unclear`."""
    found = conditions(index, TREATIES.filters, asked)
    rows = index.execute(
        f"SELECT count(*) AS many, status FROM treaties{found.where} GROUP BY status"  # noqa: S608 - a clause of `conditions`
        " ORDER BY status = 'in force' DESC, many DESC, status",
        found.bound,
    )
    return [f"{many} {status}" for many, status in rows]
