"""The newest package for the desk card: what is claimed of it, and what the list of whoever claims it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3

    from kzus.query.filters import Conditions


class NewestHeadline(NamedTuple):
    """The newest package: its claim, and the list of deals by the same source, else by the same publisher.

    `list_usd` adds the list's own figures; nothing where it has none. `gap_usd` is the claim less that, a gap of
    the list and not of the truth. `deals` counts all members that any source names, `own_deals` those of the subject.
    """

    id: str
    title: str
    date: str | None
    value: str | None
    agreements: str | None
    publisher: str | None
    listed: int
    list_valued: int
    list_usd: int | None
    gap_usd: int | None
    deals: int
    own_deals: int


class _Item(NamedTuple):
    """A deal on one list, with the list's own figure for it; `wholes` are the deals that it is part of."""

    deal: str
    usd: int | None
    wholes: frozenset[str]


_NEWEST = """
    SELECT packages.id, title, date, packages.value, packages.count
    FROM packages WHERE (packages.value IS NOT NULL OR packages.count IS NOT NULL){} ORDER BY date DESC, id LIMIT 1
"""
_CLAIM = """
    SELECT source, publisher, currency, low, usd FROM claims JOIN sources ON id = source WHERE entry = ? AND is_stated
"""
_LISTS = """
    SELECT members.source, deal, members.value,
        (SELECT group_concat(other) FROM relations WHERE relations.deal = members.deal AND relation = 'part_of')
    FROM members JOIN sources ON sources.id = members.source WHERE package = ? AND publisher = ? ORDER BY deal
"""


def newest_headline(index: sqlite3.Connection, found: Conditions) -> NewestHeadline | None:
    """Return the newest package with a deal of a filter, or of all if there is none."""
    its_own = f" AND id IN (SELECT package FROM members WHERE deal IN (SELECT id FROM deals{found.where}))"  # noqa: S608 - a clause of `conditions`
    row = index.execute(_NEWEST.format(its_own if found.where else ""), found.bound).fetchone()
    if row is None:
        return None
    package, title, date, value, agreements = row
    source, publisher, *claim = index.execute(_CLAIM, (package,)).fetchone() or (None,) * 5
    items = _listed_items(index, package, source, publisher)
    comes_to = _list_total(items)
    stated = _claim_dollars(*claim) if source else None
    deals, own_deals = _count_members(index, package, found)
    return NewestHeadline(
        id=package,
        title=title,
        date=date,
        value=value,
        agreements=agreements,
        publisher=publisher,
        listed=len(items),
        list_valued=sum(item.usd is not None for item in items),
        list_usd=comes_to,
        gap_usd=None if stated is None or comes_to is None else stated - comes_to,
        deals=deals,
        own_deals=own_deals,
    )


def _listed_items(index: sqlite3.Connection, package: str, source: str | None, publisher: str | None) -> list[_Item]:
    """Return the list of a source, else those of its publisher as one."""
    rows = index.execute(_LISTS, (package, publisher)).fetchall()
    own = [row for row in rows if row[0] == source] or rows
    figures: dict[str, _Item] = {}
    for _, deal, value, wholes in own:
        item = _Item(deal, _dollars_as_written(value), frozenset((wholes or "").split(",")))
        if deal not in figures or figures[deal].usd is None:
            figures[deal] = item
    return list(figures.values())


def _list_total(items: list[_Item]) -> int | None:
    """Add the figures of a list; a deal within another that has a figure there adds nothing."""
    valued = {item.deal: item.usd for item in items if item.usd is not None}
    return sum(valued[item.deal] for item in items if item.deal in valued and not item.wholes & valued.keys()) or None


def _dollars_as_written(value: str | None) -> int | None:
    if value is None:
        return None
    from kzus.values.amounts import parse_value

    amount = parse_value(value)
    return amount.stated if amount.currency == "USD" else None


def _claim_dollars(currency: str, low: int, usd: str | None) -> int | None:
    return low if currency == "USD" else _dollars_as_written(usd)


def _count_members(index: sqlite3.Connection, package: str, found: Conditions) -> tuple[int, int]:
    """Return how many deals any source puts into a package, and how many of them a filter has."""
    in_it = found.also("id IN (SELECT deal FROM members WHERE package = ?)")
    (own,) = index.execute(f"SELECT count(*) FROM deals{in_it}", (*found.bound, package)).fetchone()  # noqa: S608 - as above
    (every,) = index.execute("SELECT members FROM packages WHERE id = ?", (package,)).fetchone()
    return every, own
