"""A headline package against the lists of its items: which source's list adds up to what that source says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzus.errors import UnknownIdError
from kzus.query.filters import Filter
from kzus.query.headlines.identified import identify
from kzus.query.headlines.items import MONTH, is_after_package, read_items
from kzus.query.headlines.lists import read_lists, read_umbrellas
from kzus.query.headlines.packages import same_publisher
from kzus.query.headlines.said import read_claims, read_counts, said_span
from kzus.query.sums.sum import Group, add_up

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from kzus.query.headlines.items import Item
    from kzus.query.headlines.lists import SourceList
    from kzus.query.headlines.said import Said


class UnlistedPart(NamedTuple):
    """A part of an item that no source lists, with what it counts on its own."""

    id: str
    counted_usd: int
    date: str


class Headline(NamedTuple):
    """A package with its items; amounts are whole U.S. dollars, counted as in any sum of the file.

    `gap_usd` is the stated headline less what all items count, whoever lists them; `list_gap_usd` is the stated
    headline less the list of whoever states it, in the figures of that list. `identified` is how many of the `claimed`
    agreements the lists of the sources in `identified_by` name, `named` how many agreements any list names; umbrellas
    of others are in neither. `unlisted` are living deals of its month and place, or of no known place, that no source
    lists; `unlisted_parts` are those within an item that count on their own in a total, which the item then doesn't.
    `low_said_usd` and `high_said_usd` are the least and the most that its `claimants`, all sources of a sum, say.
    """

    id: str
    title: str
    date: str | None
    value: str | None
    headline_usd: int | None
    members: int
    pledge_usd: int | None
    firm_usd: int | None
    total_usd: int | None
    low_usd: int | None
    high_usd: int | None
    gap_usd: int | None
    dormant_usd: int | None
    trade_usd: int | None
    investment_usd: int | None
    grant_usd: int | None
    unclear_usd: int | None
    financing_firm_usd: int | None
    financing_pledge_usd: int | None
    list_source: str | None
    list_usd: int | None
    list_gap_usd: int | None
    claimed: int | None
    identified: int | None
    values: tuple[Said, ...]
    counts: tuple[Said, ...]
    lists: tuple[SourceList, ...]
    items: tuple[Item, ...]
    unlisted: tuple[str, ...]
    unlisted_parts: tuple[UnlistedPart, ...]
    low_said_usd: int | None
    high_said_usd: int | None
    claimants: int
    named: int
    identified_by: tuple[str, ...]

    @property
    def stated(self) -> Said | None:
        """What is said of the package by whoever states its headline."""
        return next((said for said in self.values if said.is_stated), None)

    @property
    def by(self) -> str | None:
        """Who states its headline."""
        return self.stated.short_teller if self.stated else None


_SUM_FIELDS = tuple(name for name in Group._fields if name in Headline._fields and name.endswith("_usd"))


def is_of_claim(listed: SourceList, found: Headline) -> bool:
    """Tell whether a list is one of what its publisher claims of the package; other lists have no gap to a claim."""
    return bool(listed.named) and any(same_publisher(listed.publisher, said.publisher) for said in found.values)


def packages(index: sqlite3.Connection) -> list[str]:
    """Return the ids of all packages, newest first."""
    return [row[0] for row in index.execute("SELECT id FROM packages ORDER BY date DESC, id")]


def headline(index: sqlite3.Connection, package: str) -> Headline:
    """Set a package against the lists of its items; raises `UnknownIdError`."""
    found = index.execute("SELECT title, date, place, value FROM packages WHERE id = ?", (package,)).fetchone()
    if found is None:
        raise UnknownIdError(package, packages(index), "package")
    title, date, place, value = found
    umbrellas = read_umbrellas(index, package)
    lists = read_lists(index, package, umbrellas)
    # By `sum` itself, so that the package counts nothing otherwise than any other sum does.
    whole = add_up(index, Filter(package=(package,)), "flow").total
    values = tuple(read_claims(index, package, whole.total_usd or 0, lists))
    stated = next((each for each in values if each.is_stated), None)
    counts = tuple(read_counts(index, package, lists))
    named = identify(counts, lists, dict.fromkeys(deal for each in lists for deal in each.values), umbrellas)
    items = tuple(read_items(index, package, date, lists, umbrellas, named.deals))
    sums = {name: getattr(whole, name) for name in _SUM_FIELDS}
    said = said_span(values)
    return Headline(
        *(package, title, date, value),
        headline_usd=stated.amount_usd if stated else None,
        members=len(items),
        gap_usd=stated.gap_usd if stated else None,
        **sums,
        list_source=stated.list_source if stated else None,
        list_usd=stated.list_usd if stated else None,
        list_gap_usd=stated.list_gap_usd if stated else None,
        claimed=named.claimed,
        identified=len(named.deals) if counts else None,
        values=values,
        counts=counts,
        lists=tuple(lists),
        items=items,
        unlisted=tuple(_read_unlisted(index, package, date, place)),
        unlisted_parts=tuple(_read_unlisted_parts(index, package, date)),
        low_said_usd=said.low_usd,
        high_said_usd=said.high_usd,
        claimants=said.claimants,
        named=len(named.deals) + named.others,
        identified_by=named.by,
    )


_WITHIN = """
    WITH RECURSIVE within (deal) AS (
        SELECT deal FROM members WHERE package = ?
        UNION SELECT relations.deal FROM relations JOIN within ON other = within.deal WHERE relation = 'part_of'
    )
"""
_PARTS = """
    WITH RECURSIVE within (deal, item) AS (
        SELECT deal, deal FROM members WHERE package = ?
        UNION SELECT relations.deal, item FROM relations JOIN within ON other = within.deal WHERE relation = 'part_of'
    )
    SELECT parts.id, parts.counted_usd, parts.date, max(items.amount_usd IS NOT NULL)
    FROM within JOIN deals AS parts ON parts.id = within.deal JOIN deals AS items ON items.id = item
    WHERE parts.counted_usd > 0 AND parts.flow != 'financing'
        AND parts.id NOT IN (SELECT deal FROM members WHERE package = ?1)
    GROUP BY parts.id ORDER BY parts.counted_usd DESC, parts.id
"""
_UNLISTED = (
    _WITHIN + "SELECT id FROM deals WHERE id NOT IN within AND substr(date, 1, 7) = ?"  # noqa: S608 - as above
    # A package without a place asks for none; what is suspended, cancelled or lapsed has no standing.
    " AND (place IS NULL OR place = coalesce(?, place)) AND standing IS NOT NULL"
    " AND coalesce(rule, '') != 'superseded by another deal' ORDER BY counted_usd DESC, id"
)


def _read_unlisted_parts(index: sqlite3.Connection, package: str, date: str | None) -> Iterator[UnlistedPart]:
    for *part, lowers_item in index.execute(_PARTS, (package,)):
        found = UnlistedPart(*part)
        # What came of an item years later is no news of the package, unless it is why the item counts less.
        if lowers_item or not is_after_package(found.date, date):
            yield found


def _read_unlisted(index: sqlite3.Connection, package: str, date: str | None, place: str | None) -> list[str]:
    # Of a package that only has a year nobody knows the month.
    if not date or len(date) < MONTH:
        return []
    return [row[0] for row in index.execute(_UNLISTED, (package, date[:MONTH], place))]
