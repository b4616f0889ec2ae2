"""A headline package against its members: does it add up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kzus.errors import UnknownIdError
from kzus.facts.vocabulary import FIRM_STAGES
from kzus.query.listing import Column
from kzus.values.amounts_print import print_amount

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence


class Said(NamedTuple):
    """What one source says of a package: a value with its gap to the items, or a number of agreements."""

    said: str
    of: str | None
    source: str
    publisher: str
    published: str | None
    gap_usd: int | None


class Item(NamedTuple):
    """A member of a package: what it states and counts, and which sources put it there."""

    id: str
    title: str
    date: str
    stage: str
    value: str | None
    amount_usd: int | None
    counted_usd: int
    reason: str | None
    listed_by: str


class Part(NamedTuple):
    """A part of an item that no source lists, with what it counts on its own."""

    id: str
    counted_usd: int


class Headline(NamedTuple):
    """A package with its items; amounts are whole U.S. dollars, counted as in any total of the file.

    `gap_usd` is the stated headline less the items: above zero, it holds what no item shows; below, the items
    exceed it. `unlisted` are deals of its month and place, or of no known place, that no source lists;
    `unlisted_parts` are those within an item that count on their own, which the item then doesn't.
    """

    id: str
    title: str
    date: str | None
    value: str | None
    headline_usd: int | None
    members: int
    pledge_usd: int
    firm_usd: int
    total_usd: int
    low_usd: int
    high_usd: int
    gap_usd: int | None
    values: tuple[Said, ...]
    counts: tuple[Said, ...]
    items: tuple[Item, ...]
    unlisted: tuple[str, ...]
    unlisted_parts: tuple[Part, ...]


SAID_COLUMNS = (
    Column("said", "value", about="a value or a number of agreements, as written"),
    Column("of", about="what it measures"),
    Column("source", "sources", about="id of the source"),
    Column("publisher", about="who published it"),
    Column("published", "date", about="when"),
    Column("gap_usd", "money", about="the value less what the items count"),
)
ITEM_COLUMNS = (
    Column("package", "id", about="id of the package"),
    Column("id", "id", about="of the member"),
    Column("title", about="what it is"),
    Column("date", "date", about="when it was signed or announced"),
    Column("stage", "stage", about="how firm it is now"),
    Column("value", "value", about="the stated value, as written"),
    Column("amount_usd", "money", about="the stated value in U.S. dollars"),
    Column("counted_usd", "money", about="what it adds to any total"),
    Column("reason", about="why it adds less than it states"),
    Column("listed_by", "sources", about="ids of the sources that put it into the package"),
)
LIST_COLUMNS = (
    Column("id", "id", about="of the package"),
    Column("title", about="what it is called"),
    Column("date", "date", about="when it was announced"),
    Column("value", "value", about="the stated headline, as written"),
    Column("headline_usd", "money", about="the stated headline in U.S. dollars"),
    Column("members", "number", about="deals that a source lists"),
    Column("pledge_usd", "money", about="what members at the stage of a pledge count"),
    Column("firm_usd", "money", about="what members at a firm stage count"),
    Column("total_usd", "money", about="what all members count"),
    Column("low_usd", "money", about="the least that they come to"),
    Column("high_usd", "money", about="the most"),
    Column("gap_usd", "money", about="the headline less the total; below zero the items exceed it"),
)


def packages(index: sqlite3.Connection) -> list[str]:
    """Return the ids of all packages, newest first."""
    return [row[0] for row in index.execute("SELECT id FROM packages ORDER BY date DESC, id")]


def headline(index: sqlite3.Connection, package: str) -> Headline:
    """Set a package against its members; raises `UnknownIdError`."""
    found = index.execute("SELECT title, date, place, value FROM packages WHERE id = ?", (package,)).fetchone()
    if found is None:
        raise UnknownIdError(package, packages(index), "package")
    title, date, place, value = found
    items = [Item(*row) for row in index.execute(_ITEMS, (package,))]
    firm = sum(item.counted_usd for item in items if item.stage in FIRM_STAGES)
    total = sum(item.counted_usd for item in items)
    low, high = index.execute(_EXTREMES, (package,)).fetchone()
    values = tuple(_said(index, package, total))
    stated = next((_dollars(*claim) for claim in index.execute(_STATED, (package,))), None)
    return Headline(
        *(package, title, date, value, stated, len(items)),
        *(total - firm, firm, total, low, high, None if stated is None else stated - total),
        values,
        tuple(_counts(index, package)),
        tuple(items),
        tuple(_unlisted(index, package, date, place)),
        tuple(Part(*row) for row in index.execute(_PARTS, (package,))),
    )


def document(found: Headline) -> dict[str, Any]:
    """Return a headline as plain objects, its lists as lists of them."""
    rows: dict[str, Sequence[Any]] = {"values": found.values, "counts": found.counts, "items": found.items}
    plain = {name: [row._asdict() for row in rows_of] for name, rows_of in rows.items()}
    for item in plain["items"]:
        item["listed_by"] = item["listed_by"].split(",")
    parts = [part.id for part in found.unlisted_parts]
    return {**found._asdict(), **plain, "unlisted": list(found.unlisted), "unlisted_parts": parts}


def notes(found: Headline) -> list[str]:
    """Say in lines whether the headline adds up, and which deals of the time nobody lists."""
    items = f"{found.members} items, of which {print_amount(found.firm_usd)} firm"
    total = print_amount(found.total_usd)
    lines = [f"no headline in dollars; the items count {total} ({items})"]
    if found.headline_usd is not None and found.gap_usd is not None:
        head = f"the headline of {print_amount(found.headline_usd)}"
        gap = print_amount(abs(found.gap_usd))
        lines = [
            f"the items count {total} ({items}) and exceed {head} by {gap}"
            if found.gap_usd < 0
            else f"the items count {total} ({items}); of {head}, {gap} stand in no item"
            if found.gap_usd
            else f"the items count {total} ({items}), just as {head}"
        ]
    if found.unlisted_parts:
        more = print_amount(sum(part.counted_usd for part in found.unlisted_parts))
        named = ", ".join(part.id for part in found.unlisted_parts)
        lines.append(f"parts of items that no source lists count {more} more: {named}")
    if found.unlisted:
        lines.append(f"of the same month, in no list: {', '.join(found.unlisted)}")
    return lines


_STATED = "SELECT currency, low, usd FROM claims WHERE entry = ? AND is_stated"
_WITHIN = """
    WITH RECURSIVE within (deal) AS (
        SELECT deal FROM members WHERE package = ?
        UNION SELECT relations.deal FROM relations JOIN within ON other = within.deal WHERE relation = 'part_of'
    )
"""
_PARTS = (
    _WITHIN + "SELECT id, counted_usd FROM deals WHERE counted_usd > 0 AND id IN within"  # noqa: S608 - a clause of ours
    " AND id NOT IN (SELECT deal FROM members WHERE package = ?1) ORDER BY counted_usd DESC, id"
)
_UNLISTED = (
    _WITHIN + "SELECT id FROM deals WHERE id NOT IN within AND substr(date, 1, 7) = ?"  # noqa: S608 - as above
    " AND (place IS NULL OR place = coalesce(?, place)) ORDER BY counted_usd DESC, id"
)
_ITEMS = """
    SELECT deals.id, title, date, stage, value, amount_usd, counted_usd, reason, group_concat(members.source)
    FROM members JOIN deals ON deals.id = members.deal WHERE package = ?
    GROUP BY deals.id ORDER BY counted_usd DESC, amount_usd DESC, deals.id
"""
_EXTREMES = """
    SELECT coalesce(sum(counted_low_usd), 0), coalesce(sum(counted_high_usd), 0)
    FROM deals WHERE id IN (SELECT deal FROM members WHERE package = ?)
"""


def _dollars(currency: str, low: int, usd: str | None) -> int | None:
    """Return what a claim states in dollars: its own, or those that its source gives beside another currency."""
    if currency == "USD" or usd is None:
        return low if currency == "USD" else None
    from kzus.values.amounts import parse_value

    return parse_value(usd).stated


def _said(index: sqlite3.Connection, package: str, total: int) -> Iterator[Said]:
    rows = index.execute(
        "SELECT value, of, source, publisher, published, currency, low, usd"
        " FROM claims JOIN sources ON id = source WHERE entry = ? ORDER BY claims.position",
        (package,),
    )
    for value, of, source, publisher, published, *amount in rows:
        dollars = _dollars(*amount)
        yield Said(value, of, source, publisher, published, None if dollars is None else dollars - total)


def _counts(index: sqlite3.Connection, package: str) -> list[Said]:
    rows = index.execute(
        "SELECT count || ' ' || unit, NULL, source, publisher, published, NULL"
        " FROM quantities JOIN sources ON id = source WHERE entry = ? ORDER BY quantities.position",
        (package,),
    )
    return [Said(*row) for row in rows]


def _unlisted(index: sqlite3.Connection, package: str, date: str | None, place: str | None) -> list[str]:
    if not date or len(date) < len("2025-11"):
        return []
    return [row[0] for row in index.execute(_UNLISTED, (package, date[:7], place))]
