"""The desk card: what there is to know at a glance of the whole file, of a sector or of a party."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from kzus.errors import UnknownNameError, UsageError
from kzus.query.filters import Filter, resolve
from kzus.query.headline import headline, packages
from kzus.query.listing import ask
from kzus.query.lists.deals import DEALS
from kzus.query.lists.timeline import TIMELINE
from kzus.query.series import Indicator, indicators
from kzus.query.sum import add_up
from kzus.values.text import quoted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from kzus.query.listing import Listing
    from kzus.query.sum import Group

FEW = 5
"""How many deals and happenings a card shows."""
_KINDS = {"sector": ("sectors", "label"), "party": ("parties", "name")}


class Subject(NamedTuple):
    """What a card is of, if not of the whole file: a sector or a party."""

    kind: str
    id: str
    name: str

    def filter(self) -> Filter:
        """Return the question for what belongs to it."""
        return Filter(sector=(self.id,)) if self.kind == "sector" else Filter(party=(self.id,))


class Headline(NamedTuple):
    """The newest package: what it claims, and what those of its deals that a card is of count.

    `gap_usd` is what of the claim no deal of the package accounts for, below zero if they count more; it is
    unknown where the claim is, and on the card of a sector or party, to which no package belongs.
    """

    id: str
    title: str
    date: str | None
    value: str | None
    holds: str | None
    deals: int
    counted_usd: int
    gap_usd: int | None


class Deal(NamedTuple):
    """One of the largest deals, by what it counts."""

    id: str
    title: str
    date: str
    stage: str
    counted_usd: int


class Happening(NamedTuple):
    """One of the latest developments."""

    date: str
    kind: str
    id: str
    text: str
    stage: str | None


class Freshness(NamedTuple):
    """How new the file is, and how much it holds; a lens makes it smaller."""

    as_of: str
    newest_source: str | None
    entries: int
    sources: int


class Brief(NamedTuple):
    """A whole card; `by` says what the groups are."""

    title: str
    subject: Subject | None
    total: Group
    headline: Headline | None
    by: str
    groups: list[Group]
    largest: list[Deal]
    latest: list[Happening]
    indicators: list[Indicator]
    freshness: Freshness


def subject(index: sqlite3.Connection, name: str) -> Subject:
    """Find the sector or party that a person means; raises `UnknownNameError`, or `UsageError` if it is both."""
    found = {}
    for kind in _KINDS:
        with suppress(UnknownNameError):
            found[kind] = resolve(index, kind, name)
    if not found:
        known = (row[0] for row in index.execute("SELECT name FROM names ORDER BY name"))
        raise UnknownNameError("sector or party", name, known)
    if len(found) > 1 and name not in found.values():
        told = " and ".join(f"the {kind} '{i}'" for kind, i in found.items())
        raise UsageError(f"{quoted(name)} is {told}; write the id of one of them")
    kind, i = next(((kind, i) for kind, i in found.items() if i == name), next(iter(found.items())))
    table, called = _KINDS[kind]
    return Subject(kind, i, index.execute(f"SELECT {called} FROM {table} WHERE id = ?", (i,)).fetchone()[0])  # noqa: S608 - our own names


def brief(index: sqlite3.Connection, of: Subject | None = None) -> Brief:
    """Gather a card of a subject, else of the whole file."""
    meta = dict(index.execute("SELECT key, value FROM meta"))
    asked = of.filter() if of else Filter()
    by = "sector"
    found = add_up(index, asked, by)
    if of and (of.kind == "sector" or len(found.groups) == 1):
        by = "stage"
        found = add_up(index, asked, by)
    return Brief(
        meta["title"],
        of,
        found.total,
        _headline(index, asked),
        by,
        found.groups,
        _largest(index, asked),
        [Happening._make(row) for row in _first(index, TIMELINE, asked, Happening._fields)],
        indicators(index, asked),
        _freshness(index, meta["as_of"]),
    )


def _headline(index: sqlite3.Connection, asked: Filter) -> Headline | None:
    for package in packages(index):
        counted = None if asked == Filter() else add_up(index, asked._replace(package=(package,)), "stage").total
        if counted and not counted.deals:
            continue
        found = headline(index, package)
        if found.values or found.counts:
            holds = found.counts[0].said if found.counts else None
            head = (package, found.title, found.date, found.value, holds)
            if counted:
                return Headline(*head, counted.deals, counted.total_usd or 0, None)
            return Headline(*head, found.members, found.total_usd or 0, found.gap_usd)
    return None


def _largest(index: sqlite3.Connection, asked: Filter) -> list[Deal]:
    rows = _first(index, DEALS, asked, Deal._fields, sort="-counted_usd")
    return [deal for deal in map(Deal._make, rows) if deal.counted_usd]


def _first(
    index: sqlite3.Connection, listing: Listing, asked: Filter, columns: Sequence[str], sort: str | None = None
) -> list[tuple[object, ...]]:
    return ask(index, listing, asked, columns=columns, sort=sort, limit=FEW).rows


def _freshness(index: sqlite3.Connection, as_of: str) -> Freshness:
    newest, sources = index.execute("SELECT max(published), count(*) FROM sources").fetchone()
    (entries,) = index.execute("SELECT count(*) FROM entries").fetchone()
    return Freshness(as_of, newest, entries, sources)
