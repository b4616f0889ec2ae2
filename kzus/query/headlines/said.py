"""What sources say of a package, each beside its own list of items."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzus.query.headlines.packages import claimant, same_publisher, short_name
from kzus.values.amounts import parse_value
from kzus.values.numbers import print_range

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from kzus.query.headlines.lists import SourceList


class Said(NamedTuple):
    """What one source says of a package, a value or a number of agreements, beside its list of items.

    `gap_usd` is the value less what all items count. The list is that of the same source, else of the same publisher;
    `list_usd` is what it comes to as far as it is a list of what is claimed, `list_gap_usd` the value less that; a list
    of which nothing is has no gap. `list_items` is how many agreements it names, `list_named` how many of the claimed.
    `via` is whom the source itself names.
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
    list_named: int | None = None

    @property
    def teller(self) -> str:
        """Who says so, with whoever passes it on."""
        return claimant(self.publisher, self.via)

    @property
    def short_teller(self) -> str:
        """Who says so, with whoever passes it on by a short name."""
        return claimant(self.publisher, self.via, is_short=True)

    @property
    def speaker(self) -> str:
        """Who says so, without whoever passes it on."""
        return self.via or short_name(self.publisher)


class SaidSpan(NamedTuple):
    """Between which sums in dollars the claims of a package lie, and how many sources claim one; no deprecated one."""

    low_usd: int | None
    high_usd: int | None
    claimants: int


_VALUES = """
    SELECT value, of, source, publisher, published, is_stated, rank, claims.via, currency, low, usd
    FROM claims JOIN sources ON id = source WHERE entry = ? ORDER BY claims.position
"""
_COUNTS = """
    SELECT count || ' ' || unit, source, publisher, published, low, quantities.via
    FROM quantities JOIN sources ON id = source WHERE entry = ? ORDER BY quantities.position
"""


def _dollars(currency: str, low: int, usd: str | None) -> int | None:
    """Return what a claim states in dollars: its own, or those that its source gives beside another currency."""
    if currency == "USD" or usd is None:
        return low if currency == "USD" else None
    return parse_value(usd).stated


def read_claims(index: sqlite3.Connection, package: str, total: int, lists: Sequence[SourceList]) -> Iterator[Said]:
    """Yield what sources say that a package is worth, each beside its list."""
    for value, of, source, publisher, published, is_stated, rank, via, *amount in index.execute(_VALUES, (package,)):
        usd = _dollars(*amount)
        gap = None if usd is None else usd - total
        said = Said(value, of, source, publisher, published, gap, usd, bool(is_stated), rank, via=via)
        yield _compared(said, lists)


def said_span(values: Sequence[Said]) -> SaidSpan:
    """Return between which sums claims lie."""
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


def read_counts(index: sqlite3.Connection, package: str, lists: Sequence[SourceList]) -> Iterator[Said]:
    """Yield how many agreements sources count, each beside its list."""
    for count, source, publisher, published, low, via in index.execute(_COUNTS, (package,)):
        yield _compared(Said(count, None, source, publisher, published, None, number=low, via=via), lists)


def _compared(said: Said, lists: Sequence[SourceList]) -> Said:
    """Add the list of the same source, else the first of the same publisher."""
    own = [each for each in lists if each.source == said.source]
    # Lists come with the most items first, so of several by one publisher it is the longest.
    own += [each for each in lists if same_publisher(each.publisher, said.publisher)]
    if not own:
        return said
    beside = own[0]
    # What is told beside the claim can't fall short of it.
    has_gap = said.amount_usd is not None and beside.named_usd is not None
    return said._replace(
        list_source=beside.source,
        list_usd=beside.named_usd if beside.named else beside.sum_usd,
        list_gap_usd=(said.amount_usd or 0) - (beside.named_usd or 0) if has_gap else None,
        list_items=beside.agreements,
        list_named=beside.named,
    )
