"""A headline package against the lists of its items: which source's list adds up to what that source says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzus.errors import UnknownIdError
from kzus.query.filters import Filter
from kzus.query.headlines.packages import agreements, read_lists, read_umbrellas, same_publisher
from kzus.query.sums.sum import Group, add_up
from kzus.values.amounts import parse_value
from kzus.values.numbers import print_range

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from kzus.query.headlines.packages import SourceList


class Said(NamedTuple):
    """What one source says of a package, a value or a number of agreements, beside its list of items.

    `gap_usd` is the value less what all items count. The list is that of the same source, else of the same publisher;
    `list_gap_usd` is the value less what that list comes to, `list_items` how many agreements it names. `via` is whom
    the source itself names.
    """

    said: str
    of: str | None
    source: str
    publisher: str
    published: str | None
    gap_usd: int | None
    amount_usd: int | None = None
    is_stated: bool = False
    rank: str = "normal"
    list_source: str | None = None
    list_usd: int | None = None
    list_gap_usd: int | None = None
    list_items: int | None = None
    number: int | None = None
    via: str | None = None


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


class SaidSpan(NamedTuple):
    """Between which sums in dollars the claims of a package lie, and how many sources claim one; no deprecated one."""

    low_usd: int | None
    high_usd: int | None
    claimants: int


class UnlistedPart(NamedTuple):
    """A part of an item that no source lists, with what it counts on its own."""

    id: str
    counted_usd: int


class Headline(NamedTuple):
    """A package with its items; amounts are whole U.S. dollars, counted as in any sum of the file.

    `gap_usd` is the stated headline less what all items count, whoever lists them; `list_gap_usd` is the stated
    headline less the list of whoever states it, in the figures of that list. `identified` are the items without
    umbrellas of others. `unlisted` are living deals of its month and place, or of no known place, that no source
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
    identified: int
    values: tuple[Said, ...]
    counts: tuple[Said, ...]
    lists: tuple[SourceList, ...]
    items: tuple[Item, ...]
    unlisted: tuple[str, ...]
    unlisted_parts: tuple[UnlistedPart, ...]
    low_said_usd: int | None
    high_said_usd: int | None
    claimants: int


_SUM_FIELDS = tuple(name for name in Group._fields if name in Headline._fields and name.endswith("_usd"))
MONTH = len("2025-11")
"""Characters of a date as far as the month."""


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
    items = list(_items(index, package, date, lists, umbrellas))
    # By `sum` itself, so that the package counts nothing otherwise than any other sum does.
    whole = add_up(index, Filter(package=(package,)), "flow").total
    values = tuple(_read_claims(index, package, whole.total_usd or 0, lists))
    stated = next((each for each in values if each.is_stated), None)
    counts = tuple(_counts(index, package, lists))
    sums = {name: getattr(whole, name) for name in _SUM_FIELDS}
    said = _said_span(values)
    return Headline(
        *(package, title, date, value),
        headline_usd=stated.amount_usd if stated else None,
        members=len(items),
        gap_usd=stated.gap_usd if stated else None,
        **sums,
        list_source=stated.list_source if stated else None,
        list_usd=stated.list_usd if stated else None,
        list_gap_usd=stated.list_gap_usd if stated else None,
        claimed=counts[0].number if counts else None,
        identified=len(agreements((item.id for item in items), umbrellas)),
        values=values,
        counts=counts,
        lists=tuple(lists),
        items=tuple(items),
        unlisted=tuple(_read_unlisted(index, package, date, place)),
        unlisted_parts=tuple(UnlistedPart(*row) for row in index.execute(_PARTS, (package,))),
        low_said_usd=said.low_usd,
        high_said_usd=said.high_usd,
        claimants=said.claimants,
    )


_WITHIN = """
    WITH RECURSIVE within (deal) AS (
        SELECT deal FROM members WHERE package = ?
        UNION SELECT relations.deal FROM relations JOIN within ON other = within.deal WHERE relation = 'part_of'
    )
"""
_PARTS = (
    _WITHIN + "SELECT id, counted_usd FROM deals WHERE counted_usd > 0 AND flow != 'financing' AND id IN within"  # noqa: S608 - a clause of ours
    " AND id NOT IN (SELECT deal FROM members WHERE package = ?1) ORDER BY counted_usd DESC, id"
)
_UNLISTED = (
    _WITHIN + "SELECT id FROM deals WHERE id NOT IN within AND substr(date, 1, 7) = ?"  # noqa: S608 - as above
    # A package without a place asks for none; what is suspended, cancelled or lapsed has no standing.
    " AND (place IS NULL OR place = coalesce(?, place)) AND standing IS NOT NULL"
    " AND coalesce(rule, '') != 'superseded by another deal' ORDER BY counted_usd DESC, id"
)
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
_VALUES = """
    SELECT value, of, source, publisher, published, is_stated, rank, claims.via, currency, low, usd
    FROM claims JOIN sources ON id = source WHERE entry = ? ORDER BY claims.position
"""
_COUNTS = """
    SELECT count || ' ' || unit, source, publisher, published, low
    FROM quantities JOIN sources ON id = source WHERE entry = ? ORDER BY quantities.position
"""


def _items(
    index: sqlite3.Connection,
    package: str,
    date: str | None,
    lists: Sequence[SourceList],
    umbrellas: Mapping[str, frozenset[str]],
) -> Iterator[Item]:
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


def _dollars(currency: str, low: int, usd: str | None) -> int | None:
    """Return what a claim states in dollars: its own, or those that its source gives beside another currency."""
    if currency == "USD" or usd is None:
        return low if currency == "USD" else None
    return parse_value(usd).stated


def _read_claims(index: sqlite3.Connection, package: str, total: int, lists: Sequence[SourceList]) -> Iterator[Said]:
    for value, of, source, publisher, published, is_stated, rank, via, *amount in index.execute(_VALUES, (package,)):
        usd = _dollars(*amount)
        gap = None if usd is None else usd - total
        said = Said(value, of, source, publisher, published, gap, usd, bool(is_stated), rank, via=via)
        yield _compared(said, lists)


def _said_span(values: Sequence[Said]) -> SaidSpan:
    # What is deprecated enters nothing, and what gives no dollars lies nowhere between dollars.
    claims = [said for said in values if said.rank != "deprecated" and said.amount_usd is not None]
    ends = [end for said in claims for end in _ends_in_dollars(said)]
    return SaidSpan(min(ends, default=None), max(ends, default=None), len({said.source for said in claims}))


def said_range(value: str | None, low_usd: int | None, high_usd: int | None) -> str | None:
    """Return between which sums claims lie, in words; nothing where all say what is stated, or nobody says a sum."""
    if value is None or low_usd is None or high_usd is None:
        return None
    stated = parse_value(value)
    ends = (stated.low, stated.high) if stated.currency == "USD" else (low_usd, low_usd)
    return None if (low_usd, high_usd) == ends else print_range(low_usd, high_usd)


def _ends_in_dollars(said: Said) -> tuple[int, int]:
    """Return the ends of a claim in dollars; of one in another currency what its source gives in dollars."""
    value, usd = parse_value(said.said), said.amount_usd or 0
    return (value.low, value.high) if value.currency == "USD" else (usd, usd)


def _counts(index: sqlite3.Connection, package: str, lists: Sequence[SourceList]) -> Iterator[Said]:
    for count, source, publisher, published, low in index.execute(_COUNTS, (package,)):
        yield _compared(Said(count, None, source, publisher, published, None, number=low), lists)


def _compared(said: Said, lists: Sequence[SourceList]) -> Said:
    """Add the list of the same source, else the first of the same publisher."""
    own = [each for each in lists if each.source == said.source]
    # Lists come with the most items first, so of several by one publisher it is the longest.
    own += [each for each in lists if same_publisher(each.publisher, said.publisher)]
    if not own:
        return said
    beside = own[0]
    has_gap = said.amount_usd is not None and beside.sum_usd is not None
    return said._replace(
        list_source=beside.source,
        list_usd=beside.sum_usd,
        list_gap_usd=(said.amount_usd or 0) - (beside.sum_usd or 0) if has_gap else None,
        list_items=beside.agreements,
    )


def _read_unlisted(index: sqlite3.Connection, package: str, date: str | None, place: str | None) -> list[str]:
    # Of a package that only has a year nobody knows the month.
    if not date or len(date) < MONTH:
        return []
    return [row[0] for row in index.execute(_UNLISTED, (package, date[:MONTH], place))]
