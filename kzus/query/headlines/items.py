"""The items of a package: deals that some source puts into it, and what each list says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kzus.query.headlines.lists import SourceList, Umbrellas

MONTH = len("2025-11")
"""Characters of a date as far as the month."""


class Item(NamedTuple):
    """A deal that a source puts into the package, with what it states and counts, and what each list says of it.

    `beside` are the sources that tell of it only beside the agreements which they claim. It is identified where a
    source names it as one of the claimed ones. `notes` are the curator's, by the source of the list.
    """

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
    is_after: bool
    is_identified: bool
    beside: tuple[str, ...]
    notes: Mapping[str, str]


_ITEMS = """
    SELECT deals.id, title, date, stage, deals.value, amount_usd, counted_usd, reason,
        group_concat(members.source), flow
    FROM members JOIN deals ON deals.id = members.deal WHERE package = ?
    GROUP BY deals.id ORDER BY counted_usd DESC, amount_usd DESC, deals.id
"""
_MEMBER_NOTES = "SELECT deal, source, note FROM members WHERE package = ? AND note IS NOT NULL"
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
    identified: Collection[str],
) -> Iterator[Item]:
    """Yield the items of a package, with the most that counts in front."""
    also_in: dict[str, list[str]] = {}
    for deal, other in index.execute(_ALSO_IN, (package,)):
        also_in.setdefault(deal, []).append(other)
    notes: dict[str, dict[str, str]] = {}
    for deal, source, note in index.execute(_MEMBER_NOTES, (package,)):
        notes.setdefault(deal, {})[source] = note
    rows = index.execute(_ITEMS, (package,)).fetchall()
    every = [row[0] for row in rows]
    for deal, title, day, *rest in rows:
        said = {each.source: each.values[deal] for each in lists if deal in each.values}
        over = tuple(other for other in every if other in umbrellas.get(deal, ()))
        others = tuple(also_in.get(deal, ()))
        beside = tuple(each.source for each in lists if deal in each.beside)
        more = (is_after_package(day, date), deal in identified, beside, notes.get(deal, {}))
        yield Item._make((deal, title, day, *rest, said, _is_before(day, date), others, over, *more))


def _is_before(day: str, package_date: str | None) -> bool:
    """Tell whether a deal is older than the month of its package; where only a year is known, than that year."""
    # Compared as far as both dates are known: a deal of 2025 isn't before a package of 2025-11.
    month = min(MONTH, len(day), len(package_date or ""))
    return bool(package_date) and day[:month] < (package_date or "")[:month]


def is_after_package(day: str, package_date: str | None) -> bool:
    """Tell whether a deal is younger than its package, as far as both dates are known."""
    known = min(len(day), len(package_date or ""))
    return day[:known] > (package_date or "")[:known]
