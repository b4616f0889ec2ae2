"""Sections of a card: flows by direction, and the newest package beside the list of who claims it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzus.query.filters import conditions
from kzus.query.headlines.headline import headline, is_of_claim
from kzus.query.lists.deals import DEALS
from kzus.query.sums.groupings import FLOWS_IN_TOTAL
from kzus.query.sums.screen import side_name, what_investor_does
from kzus.query.sums.sum import add_up

if TYPE_CHECKING:
    import sqlite3

    from kzus.query.filters import Conditions, Filter

_VERBS = {"trade": "buy", "grant": "give", "unclear": "pay"}
_UNKNOWN_PAYER = {
    # A third country may take part in what is told.
    "trade": "Trade, with others or not told by whom",
    "investment": "Investment, with others or not told by whom",
    "grant": "Given, with others or not told by whom",
    "unclear": "Unclear what kind, with others or not told by whom",
}


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
        # Loans are in no total and have a line of their own; cooperation has no money.
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
    if flow == "investment":
        return what_investor_does(index, conditions(index, DEALS.filters, asked), direction)
    name, ending = side_name(index, direction.partition("-")[0])
    return f"{name} {_VERBS[flow]}{ending}"


class BriefList(NamedTuple):
    """A list of a package that has a sum, in its own figures; one that nobody claims to be of it is told apart."""

    source: str
    name: str
    agreements: int
    usd: int | None
    is_of_claim: bool


class NewestHeadline(NamedTuple):
    """The newest package: its claim, and the list of deals by the same source, else by the same publisher.

    `listed` is how many agreements that list names, without umbrellas of others, `list_without_sum` how many of them
    have no figure, alone or in an umbrella's, `list_valued` how many items have one. `list_usd` adds the list's own
    figures; nothing where it has none. `gap_usd` is the claim less that, a gap of the list and not of the truth.
    `deals` counts all members that any source names, `own_deals` those of the subject. `lists` are all with a sum. The
    claims of its `claimants` lie between `low_said_usd` and `high_said_usd`; `via` is whom the source of the claim
    names for it. `list_without_sum` is how many agreements of the list have no figure, alone or in an umbrella's.
    `list_named` is how many it names of those that its source claims, which are `list_of`. Of those that the first
    source counts, lists name `identified`, and `own_identified` are deals of the subject.
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
    lists: list[BriefList]
    low_said_usd: int | None
    high_said_usd: int | None
    claimants: int
    via: str | None
    list_without_sum: int
    list_named: int
    list_of: int | None
    claimed: int | None
    identified: int | None
    own_identified: int


_NEWEST = """
    SELECT packages.id, packages.count
    FROM packages WHERE (packages.value IS NOT NULL OR packages.count IS NOT NULL){} ORDER BY date DESC, id LIMIT 1
"""


def newest_headline(index: sqlite3.Connection, found: Conditions) -> NewestHeadline | None:
    """Return the newest package with a deal of a filter, or of all if there is none."""
    its_own = f" AND id IN (SELECT package FROM members WHERE deal IN (SELECT id FROM deals{found.where}))"  # noqa: S608 - a clause of `conditions`
    # Without a filter a package counts that has no member yet as well.
    row = index.execute(_NEWEST.format(its_own if found.where else ""), found.bound).fetchone()
    if row is None:
        return None
    package, agreements = row
    whole = headline(index, package)
    stated = whole.stated
    own = next((each for each in whole.lists if each.source == whole.list_source), None)
    own_deals = _own_members(index, package, found)
    return NewestHeadline(
        *(package, whole.title, whole.date, whole.value),
        # As it is written, which may be more than digits: `more than 20`.
        agreements=agreements,
        publisher=stated.publisher if stated else None,
        listed=own.agreements if own else 0,
        list_valued=own.valued if own else 0,
        list_usd=whole.list_usd,
        gap_usd=whole.list_gap_usd,
        deals=whole.members,
        own_deals=len(own_deals),
        lists=[
            BriefList(each.source, each.name, each.agreements, each.sum_usd, is_of_claim(each, whole))
            for each in whole.lists
            if each.sum_usd
        ],
        low_said_usd=whole.low_said_usd,
        high_said_usd=whole.high_said_usd,
        claimants=whole.claimants,
        via=stated.via if stated else None,
        list_without_sum=own.without_sum if own else 0,
        list_named=own.named if own else 0,
        list_of=next((said.number for said in whole.counts if own and said.list_source == own.source), None),
        claimed=whole.claimed,
        identified=whole.identified,
        own_identified=sum(item.is_identified and item.id in own_deals for item in whole.items),
    )


def _own_members(index: sqlite3.Connection, package: str, found: Conditions) -> set[str]:
    """Return the deals of a filter that any source puts into a package."""
    in_it = found.also("id IN (SELECT deal FROM members WHERE package = ?)")
    return {row[0] for row in index.execute(f"SELECT id FROM deals{in_it}", (*found.bound, package))}  # noqa: S608 - as above
