"""Sums over deals, split by stage, with everything that they leave out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzus.codes import FIRM_STAGES, INSTRUMENTS, STAGES
from kzus.errors import UnknownNameError
from kzus.listings.deals import DEALS
from kzus.omissions import LeftOut, explain, left_out
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
    Column("group", "id", about="id or word of the group; nothing in the total"),
    Column("label", about="what the group is called"),
    Column("deals", "number", about="how many deals"),
    Column("valued", "number", about="how many of them have a published value"),
    Column("pledge_usd", "money", about="counted, and not firm yet"),
    Column("firm_usd", "money", about="counted at commitment, implementation or completion"),
    Column("total_usd", "money", about="pledge_usd and firm_usd"),
    Column("low_usd", "money", about="the total if every lowest claim were true"),
    Column("high_usd", "money", about="the total if every highest claim were true"),
    Column("share", "share", about="of the whole total, 0 to 1"),
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


class Part(NamedTuple):
    """One deal of a sum, in the group that it is added to."""

    group: str | None
    id: str
    title: str
    stage: str
    amount_usd: int | None
    counted_usd: int
    reason: str | None


PART_COLUMNS = (
    Column("group", "id", about="the group that it is added to"),
    *(column for column in DEALS.columns if column.name in Part._fields),
)


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
    return Sum(by, sorted(groups, key=_KEYS.get(by, _largest_first)), whole, left_out(index, where, bound))


def notes(total: Sum) -> list[str]:
    """Say in lines what a sum leaves out, and whether its rows overlap."""
    lines = explain(total.left_out)
    if GROUPINGS[total.by].overlaps:
        lines.append(f"a deal may have more than one {total.by}: rows overlap, the total counts each deal once")
    return lines


def parts(index: sqlite3.Connection, asked: Filter, by: str) -> list[Part]:
    """Return every deal of a sum with its group and what it states and adds, in the order of the groups."""
    grouping = GROUPINGS[by]
    where, bound = conditions(index, DEALS.filters, asked)
    query = (
        f"SELECT {grouping.group}, id, title, stage, amount_usd, counted_usd, reason FROM deals{grouping.join}{where}"  # noqa: S608 - names from the table above
    )
    return sorted(
        map(Part._make, index.execute(query, bound)), key=lambda part: (part.group or "", -part.counted_usd, part.id)
    )


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
