"""The items of a package: deals that some source puts into it, and what each list says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from kzus.query.headlines.lists import SourceList, Umbrellas

MONTH = len("2025-11")
"""Characters of a date as far as the month."""


class Item(NamedTuple):
    """A deal that a source puts into the package, with what it states and counts, and what each list says of it."""

    id: str
    title: str
    date: str
    stage: str
    value: str | None
    amount_usd: int | None
    counted_usd: int | None
    reason: str | None
    listed_by: str
    flow: str
    lists: Mapping[str, str | None]
    is_before: bool
    also_in: tuple[str, ...]
    part_of: tuple[str, ...]


_ITEMS = """
    SELECT deals.id, title, date, stage, deals.value, amount_usd, counted_usd, reason,
        group_concat(members.source), flow
    FROM members JOIN deals ON deals.id = members.deal WHERE package = ?
    GROUP BY deals.id ORDER BY counted_usd DESC, amount_usd DESC, deals.id
"""
_ALSO_IN = """
    SELECT DISTINCT deal, package FROM members
    WHERE package != ?1 AND deal IN (SELECT deal FROM members WHERE package = ?1) ORDER BY package
"""


def read_items(
    index: sqlite3.Connection,
    package: str,
    date: str | None,
    lists: Sequence[SourceList],
    umbrellas: Umbrellas,
) -> Iterator[Item]:
    """Yield the items of a package, with the most that counts in front."""
    also_in: dict[str, list[str]] = {}
    for deal, other in index.execute(_ALSO_IN, (package,)):
        also_in.setdefault(deal, []).append(other)
    rows = index.execute(_ITEMS, (package,)).fetchall()
    every = [row[0] for row in rows]
    for deal, title, day, *rest in rows:
        said = {each.source: each.values[deal] for each in lists if deal in each.values}
        over = tuple(other for other in every if other in umbrellas.get(deal, ()))
        others = tuple(also_in.get(deal, ()))
        yield Item._make((deal, title, day, *rest, said, _is_before(day, date), others, over))


def _is_before(day: str, package_date: str | None) -> bool:
    """Tell whether a deal is older than the month of its package; where only a year is known, than that year."""
    # Compared as far as both dates are known: a deal of 2025 isn't before a package of 2025-11.
    month = min(MONTH, len(day), len(package_date or ""))
    return bool(package_date) and day[:month] < (package_date or "")[:month]
