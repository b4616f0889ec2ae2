"""Sections of a card: flows by direction, and the newest package beside the list of who claims it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzus.query.filters import conditions
from kzus.query.lists.deals import DEALS
from kzus.query.sums.groupings import FLOWS_IN_TOTAL
from kzus.query.sums.screen import side_name
from kzus.query.sums.sum import add_up

if TYPE_CHECKING:
    import sqlite3

    from kzus.query.filters import Conditions, Filter

_VERBS = {"trade": "buy", "investment": "invest", "grant": "give", "unclear": "pay"}
_UNKNOWN_PAYER = {
    "trade": "Trade, who pays whom isn't wholly told",
    "investment": "Investment, who pays whom isn't wholly told",
    "grant": "Given, from whom to whom isn't wholly told",
    "unclear": "Unclear what kind, who pays whom isn't wholly told",
}
_STAKES = "stake-purchase"
"""The tag of an investment that buys a stake from an owner."""


class Flow(NamedTuple):
    """One kind of money in one direction, and what it is called; amounts are null where deals publish no value.

    A flow has no `direction` where the sources don't tell who pays, or who is paid.
    """

    flow: str
    direction: str | None
    text: str
    deals: int
    valued: int
    firm_usd: int | None
    pledge_usd: int | None
    dormant_usd: int | None
    total_usd: int | None


def read_flows(index: sqlite3.Connection, asked: Filter) -> list[Flow]:
    """Return the flows of a filter's deals, those with a direction first in each kind of money; loans stand apart."""
    rows = []
    for group in add_up(index, asked, "flow,direction").groups:
        flow, direction = group.group, group.group_2
        if flow in FLOWS_IN_TOTAL:
            text = _describe_flow(index, asked, flow, direction) if direction else _UNKNOWN_PAYER[flow]
            amounts = (group.firm_usd, group.pledge_usd, group.dormant_usd, group.total_usd)
            rows.append(Flow(flow, direction, text, group.deals, group.valued, *amounts))
    return sorted(rows, key=_flow_order)


def _flow_order(flow: Flow) -> tuple[int, bool, int, str]:
    """Return where a flow stands: by its kind, those with a direction first, the largest of them in front."""
    return FLOWS_IN_TOTAL.index(flow.flow), flow.direction is None, -(flow.total_usd or 0), flow.direction or ""


def _describe_flow(index: sqlite3.Connection, asked: Filter, flow: str, direction: str) -> str:
    """Say in words who does what: `Kazakhstan buys`."""
    name, ending = side_name(index, direction.partition("-")[0])
    if flow == "investment" and _is_for_stakes(index, asked, direction):
        return f"{name} pay{ending} for stakes"
    return f"{name} {_VERBS[flow]}{ending}"


def _is_for_stakes(index: sqlite3.Connection, asked: Filter, direction: str) -> bool:
    """Tell whether more than half of an investment buys stakes from their owners."""
    found = conditions(index, DEALS.filters, asked)
    (is_for_stakes,) = index.execute(
        "SELECT 2 * sum(counted_usd * (id IN (SELECT deal FROM deal_tags WHERE tag = ?))) > sum(counted_usd)"  # noqa: S608 - a clause of `conditions`
        f" FROM deals{found.also('''flow = 'investment' AND direction = ?''')}",
        (_STAKES, *found.bound, direction),
    ).fetchone()
    return bool(is_for_stakes)


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
