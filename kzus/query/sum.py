"""Sums over deals, split by stage, with everything that they leave out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzus.errors import UnknownNameError
from kzus.facts.vocabulary import FIRM_STAGES, INSTRUMENTS, STAGES
from kzus.query import left_out as omissions
from kzus.query.listing import Column, conditions
from kzus.query.lists.deals import DEALS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from kzus.query.left_out import LeftOut
    from kzus.query.listing import Filter


class Grouping(NamedTuple):
    """A way to group deals: the SQL of a deal's group and, if groups are ids, of what each is called.

    `overlaps` says that a deal may stand in several groups, so that the rows don't add up to the total.
    """

    group: str
    labels: str = ""
    join: str = ""
    overlaps: bool = False


GROUPINGS: Mapping[str, Grouping] = {
    "sector": Grouping("sector", "SELECT id, label FROM sectors"),
    "stage": Grouping("stage"),
    "instrument": Grouping("instrument"),
    "party": Grouping(
        "party",
        "SELECT id, name FROM parties",
        " LEFT JOIN deal_parties ON deal = deals.id",
        overlaps=True,
    ),
    "year": Grouping("substr(date, 1, 4)"),
    "month": Grouping("substr(date, 1, 7)"),
    "tag": Grouping("tag", "", " LEFT JOIN deal_tags ON deal = deals.id", overlaps=True),
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
    """The groups of a sum, largest first, and its total."""

    by: str
    groups: list[Group]
    total: Group


def total(index: sqlite3.Connection, asked: Filter, by: str) -> Sum:
    """Add up what the deals of a filter count, by group; raises `UnknownNameError` for an unknown grouping."""
    if by not in GROUPINGS:
        raise UnknownNameError("grouping", by, GROUPINGS)
    grouping = GROUPINGS[by]
    where, bound = conditions(index, DEALS.filters, asked)
    figures = _figures(index, grouping.group, f"{grouping.join}{where} GROUP BY 1", bound)
    # Groups that don't overlap are a partition, which sums to its total.
    every = _figures(index, "NULL", where, bound).values() if grouping.overlaps else figures.values()
    whole = [sum(column) for column in zip(*every, strict=True)] or [0] * 6
    labels = dict(index.execute(grouping.labels)) if grouping.labels else {}
    groups = [_group(name, labels.get(name, name) or "(none)", row, whole) for name, row in figures.items()]
    return Sum(by, sorted(groups, key=_KEYS.get(by, _largest_first)), _group(None, "total", whole, whole))


def left_out(index: sqlite3.Connection, asked: Filter) -> list[LeftOut]:
    """Return the deals of a filter that add less than they state, the largest first."""
    return omissions.left_out(index, *conditions(index, DEALS.filters, asked))


def notes(index: sqlite3.Connection, asked: Filter, by: str) -> list[str]:
    """Say in lines what a sum leaves out, and whether its rows overlap."""
    lines = omissions.explain(index, *conditions(index, DEALS.filters, asked))
    if GROUPINGS[by].overlaps:
        lines.append(f"a deal may have more than one {by}: rows overlap, the total counts each deal once")
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


def _figures(
    index: sqlite3.Connection, group: str, rest: str, bound: Sequence[object]
) -> dict[str | None, Sequence[int]]:
    """Return deals, valued, firm, total, low and high of each group."""
    firm = ", ".join(f"'{stage}'" for stage in sorted(FIRM_STAGES))
    rows = index.execute(
        f"SELECT {group}, count(*), count(amount_usd), coalesce(sum(counted_usd) FILTER (WHERE stage IN ({firm})), 0),"  # noqa: S608 - names from the table above
        f" sum(counted_usd), sum(counted_low_usd), sum(counted_high_usd) FROM deals{rest}",
        bound,
    )
    return {name: figures for name, *figures in rows if figures[0]}


def _group(name: str | None, label: str, figures: Sequence[int], whole: Sequence[int]) -> Group:
    deals, valued, firm, added, low, high = figures
    of = whole[3]
    share = (added * 10_000 + of // 2) // of / 10_000 if of else None
    return Group(name, label, deals, valued, added - firm, firm, added, low, high, share)


def _largest_first(group: Group) -> tuple[int, str]:
    return -group.total_usd, group.group or ""


_KEYS = {
    "stage": lambda group: STAGES.index(group.group),
    "instrument": lambda group: (-group.total_usd, INSTRUMENTS.index(group.group)),
    "year": lambda group: group.group,
    "month": lambda group: group.group,
}
