"""Flows by direction: who buys, invests or gives how much, firm and pledged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from kzus.query.filters import conditions
from kzus.query.groupings import FLOWS_IN_TOTAL
from kzus.query.lists.deals import DEALS
from kzus.query.sum import add_up

if TYPE_CHECKING:
    import sqlite3

    from kzus.query.filters import Filter

_WHO = {"KZ": ("Kazakhstan", "s"), "US": ("Americans", "")}
"""What a side is called by its first country, and how a verb ends after it; any other is called by its key."""
_VERBS = {"trade": "buy", "investment": "invest", "grant": "give", "unclear": "pay"}
_UNKNOWN_PAYER = {
    "trade": "Trade, who pays isn't told",
    "investment": "Investment, who pays whom isn't told",
    "grant": "Given, from whom to whom isn't told",
    "unclear": "Unclear what kind, who pays isn't told",
}
_STAKES = "stake-purchase"
"""The tag of an investment that buys a stake from an owner."""


class Flow(NamedTuple):
    """One kind of money in one direction, and what it is called; amounts are null where deals publish no value.

    A flow without a direction has no `direction`: the sources don't tell who pays, or who is paid.
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
    row = index.execute("SELECT value FROM meta WHERE key = 'sides'").fetchone()
    codes = {countries[0]: side for side, countries in json.loads(row[0]).items()} if row else {}
    payer = direction.partition("-")[0]
    side = codes.get(payer, payer)
    name, ending = _WHO.get(payer) or (f"{side[:1].upper()}{side[1:]} side", "s")
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
