"""Sums over deals, split by stage, with everything that they leave out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzus.codes import FIRM_STAGES, INSTRUMENTS, STAGES
from kzus.errors import UnknownNameError
from kzus.listings.deals import DEALS
from kzus.query import Column, conditions

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from kzus.query import Filter


class Grouping(NamedTuple):
    """A way to group deals: the SQL of a deal's group and, if it isn't the group, of its label.

    `overlaps` says that a deal may stand in several groups, so that the rows don't add up to the total.
    """

    group: str
    label: str | None = None
    join: str = ""
    overlaps: bool = False


GROUPINGS: Mapping[str, Grouping] = {
    "sector": Grouping("sector", "(SELECT label FROM sectors WHERE id = deals.sector)"),
    "stage": Grouping("stage"),
    "instrument": Grouping("instrument"),
    "party": Grouping(
        "party",
        "(SELECT name FROM parties WHERE id = party)",
        " LEFT JOIN deal_parties ON deal = deals.id",
        overlaps=True,
    ),
    "year": Grouping("substr(date, 1, 4)"),
    "month": Grouping("substr(date, 1, 7)"),
    "tag": Grouping("tag", None, " LEFT JOIN deal_tags ON deal = deals.id", overlaps=True),
}
COLUMNS = (
    Column("group", "id"),
    Column("label"),
    Column("deals", "number"),
    Column("valued", "number"),
    Column("pledge_usd", "money"),
    Column("firm_usd", "money"),
    Column("total_usd", "money"),
    Column("low_usd", "money"),
    Column("high_usd", "money"),
    Column("share", "share"),
)


class Group(NamedTuple):
    """One row of a sum, in whole U.S. dollars; `share` is that of the total, to four places."""

    group: str | None
    label: str
    deals: int
    valued: int
    pledge_usd: int
    firm_usd: int
    total_usd: int
    low_usd: int
    high_usd: int
    share: float | None


class LeftOut(NamedTuple):
    """A deal that adds less than it states, what it states, and why."""

    id: str
    amount_usd: int | None
    reason: str


class Sum(NamedTuple):
    """The groups of a sum, largest first, its total, and what it leaves out."""

    by: str
    groups: list[Group]
    total: Group
    left_out: list[LeftOut]


def total(index: sqlite3.Connection, asked: Filter, by: str) -> Sum:
    """Add up what the deals of a filter count, by group; raises `UnknownNameError` for an unknown grouping."""
    if by not in GROUPINGS:
        raise UnknownNameError("grouping", by, GROUPINGS)
    grouping = GROUPINGS[by]
    where, bound = conditions(index, DEALS.filters, asked)
    (whole,) = _sums(index, "NULL", "'total'", f"{where}", bound, None)
    label = grouping.label or grouping.group
    groups = _sums(index, grouping.group, label, f"{grouping.join}{where} GROUP BY 1", bound, whole.total_usd)
    left_out = index.execute(
        f"SELECT id, amount_usd, reason FROM deals{where}{' AND' if where else ' WHERE'} reason IS NOT NULL"  # noqa: S608 - as below
        " ORDER BY amount_usd IS NULL, amount_usd DESC, id",
        bound,
    )
    return Sum(by, sorted(groups, key=_KEYS.get(by, _largest_first)), whole, [LeftOut(*row) for row in left_out])


def explain(total: Sum) -> list[str]:
    """Say in lines what a sum leaves out: reason, then the ids with what they state."""
    from kzus.values import print_amount

    by_reason: dict[str, list[str]] = {}
    for out in total.left_out:
        stated = f" ({print_amount(out.amount_usd)})" if out.amount_usd else ""
        by_reason.setdefault(out.reason, []).append(out.id + stated)
    lines = [f"left out, {reason}: {', '.join(ids)}" for reason, ids in by_reason.items()]
    if GROUPINGS[total.by].overlaps:
        lines.append(f"a deal may have more than one {total.by}: rows overlap, the total counts each deal once")
    return lines


def _sums(
    index: sqlite3.Connection, group: str, label: str, rest: str, bound: list[object], whole: int | None
) -> list[Group]:
    firm = ", ".join(f"'{stage}'" for stage in sorted(FIRM_STAGES))
    query = (
        f"SELECT {group}, {label}, count(*), count(amount_usd),"  # noqa: S608 - names from the table above
        f" coalesce(sum(counted_usd) FILTER (WHERE stage NOT IN ({firm})), 0),"
        f" coalesce(sum(counted_usd) FILTER (WHERE stage IN ({firm})), 0), coalesce(sum(counted_usd), 0),"
        f" coalesce(sum(counted_low_usd), 0), coalesce(sum(counted_high_usd), 0) FROM deals{rest}"
    )
    groups = []
    for name, shown, *numbers in index.execute(query, bound):
        deals, valued, pledge, firm_sum, added, low, high = numbers
        of = added if whole is None else whole
        share = (added * 10_000 + of // 2) // of / 10_000 if of else None
        groups.append(Group(name, shown or "(none)", deals, valued, pledge, firm_sum, added, low, high, share))
    return groups


def _largest_first(group: Group) -> tuple[int, str]:
    return -group.total_usd, group.group or ""


_KEYS = {
    "stage": lambda group: STAGES.index(group.group),
    "instrument": lambda group: (-group.total_usd, INSTRUMENTS.index(group.group)),
    "year": lambda group: group.group,
    "month": lambda group: group.group,
}
