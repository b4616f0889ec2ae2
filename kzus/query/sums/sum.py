"""Sums over deals: each kind of money in a column of its own, split by how firm it is."""

# Annotations are evaluated here: Python compiles each that is text when it makes a NamedTuple, for every query.

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kzus.query.filters import conditions
from kzus.query.listing import Column
from kzus.query.lists.deals import DEALS
from kzus.query.sums.groupings import FLOWS_IN_TOTAL, GROUPINGS, pick_groupings

if TYPE_CHECKING:
    from kzus.query.filters import Conditions, Filter
    from kzus.query.sums.groupings import Grouping

    Key = tuple[str | None, ...]

_GROUP = (
    Column("group", "id", about="id or word of the group; nothing in the total"),
    Column("label", about="what the group is called"),
)
_GROUP_2 = (
    Column("group_2", "id", about="id or word of the second group"),
    Column("label_2", about="what that is called"),
)
_FIGURES = (
    Column("deals", "number", about="how many deals"),
    Column("valued", "number", about="how many of them have a published value, in any currency"),
    Column("pledge_usd", "sum", about="counted, promised and not firm; all amounts are whole U.S. dollars"),
    Column("firm_usd", "sum", about="counted at commitment, implementation or completion"),
    Column("total_usd", "sum", about="firm, pledged and dormant, without what is lent; null where no value is known"),
    Column("low_usd", "sum", about="the total if every lowest claim were true"),
    Column("high_usd", "sum", about="the total if every highest claim were true"),
    Column("share", "share", about="of the whole total, 0 to 1"),
    Column("dormant_usd", "sum", about="counted, pledges without news in the 36 months before the day of the facts"),
    Column("trade_usd", "sum", about="of the total: goods and services bought"),
    Column("investment_usd", "sum", about="of the total: equity, ventures, capital spending"),
    Column("grant_usd", "sum", about="of the total: aid, gifts, paid help"),
    Column("unclear_usd", "sum", about="of the total: of what kind the sources don't say"),
    Column("financing_firm_usd", "sum", about="lent or guaranteed, firm; in no total"),
    Column("financing_pledge_usd", "sum", about="lent or guaranteed, promised; in no total"),
)
_PARTY_FIGURES = (
    Column("own_usd", "sum", about="of its total: deals in which it stands alone on its side; null in the total"),
    Column("shared_usd", "sum", about="of its total: what one figure says of several parties; null in the total"),
)
_GIVEN = (
    # Of several parties that are asked for, it is enough that one is given what the deal adds.
    " JOIN (SELECT deal AS of_deal, max(is_given) AS is_given FROM shares WHERE party IN ({}) GROUP BY deal)"
    " AS given ON of_deal = deals.id"
)


class Cell(NamedTuple):
    """What the deals of one flow and one standing add in one group, in whole U.S. dollars.

    `is_alone` tells whether the party of the group stands alone on its side in them; it is 0 in any other group.
    """

    flow: str
    standing: str | None
    is_alone: int
    deals: int
    valued: int
    counted: int
    low: int
    high: int

    @property
    def is_in_total(self) -> bool:
        """Whether its money is part of the total."""
        return self.flow in FLOWS_IN_TOTAL


class Group(NamedTuple):
    """One row of a sum, in whole U.S. dollars; null is unknown, 0 is that no deal adds to it.

    `group_2` and `label_2` are for two groupings, `own_usd` and `shared_usd` for those by party.
    """

    group: str | None
    label: str
    deals: int
    valued: int
    pledge_usd: int | None
    firm_usd: int | None
    total_usd: int | None
    low_usd: int | None
    high_usd: int | None
    share: float | None
    dormant_usd: int | None
    trade_usd: int | None
    investment_usd: int | None
    grant_usd: int | None
    unclear_usd: int | None
    financing_firm_usd: int | None
    financing_pledge_usd: int | None
    own_usd: int | None
    shared_usd: int | None
    group_2: str | None = None
    label_2: str | None = None


class Sum(NamedTuple):
    """The groups of a sum in their order, and its total; `added_deals.read_left_out` says what it leaves out."""

    by: tuple[str, ...]
    columns: tuple[Column, ...]
    groups: list[Group]
    total: Group
    conditions: "Conditions"


def columns_of(by: str) -> tuple[Column, ...]:
    """Return the columns of a sum; raises `UnknownNameError` for an unknown grouping, `UsageError` for too many."""
    names = pick_groupings(by)
    return (*_GROUP, *(_GROUP_2 if len(names) > 1 else ()), *_FIGURES, *(_PARTY_FIGURES if "party" in names else ()))


def add_up(index: sqlite3.Connection, asked: "Filter", by: str = "sector") -> Sum:
    """Add up what the deals of a filter count, by one grouping or two with a comma between; raises as `columns_of`."""
    names = pick_groupings(by)
    groupings = [GROUPINGS[name] for name in names]
    found = conditions(index, DEALS.filters, asked)
    cells = _read_cells(index, groupings, found)
    if any(grouping.overlaps for grouping in groupings):
        # Rows that overlap have a deal twice, but the total counts it once.
        every = list(chain.from_iterable(_read_cells(index, [], found).values()))
    else:  # a partition adds up to its total
        every = list(chain.from_iterable(cells.values()))
    total = _group((), (), every, None)
    labels = [dict(index.execute(grouping.labels)) if grouping.labels else {} for grouping in groupings]
    groups = [
        _group(key, [_label(*each) for each in zip(key, groupings, labels, strict=True)], rows, total.total_usd)
        for key, rows in cells.items()
    ]
    return Sum(names, columns_of(by), _in_order(groups, groupings), total, found)


def _read_cells(
    index: sqlite3.Connection, groupings: "Sequence[Grouping]", found: "Conditions"
) -> "dict[Key, list[Cell]]":
    """Add up deals by group, flow and standing; the key has a name a grouping."""
    keys = [grouping.group for grouping in groupings]
    join, bound, given, alone = whose(groupings, found)
    chosen = (*keys, "flow", "standing", alone)
    # Grouped by place, since SQLite takes a constant such as the `0` of `alone` for the place of a column.
    places = ", ".join(str(at) for at in range(1, len(chosen) + 1))
    # What nobody knows adds 0; whether anything is known of a cell is told by how many deals are valued.
    sums = ", ".join(f"coalesce(sum(counted{end}_usd * {given}), 0)" for end in ("", "_low", "_high"))
    rows = index.execute(
        f"SELECT {', '.join(chosen)}, count(*), sum(is_valued), {sums}"  # noqa: S608 - names from the groupings
        f" FROM deals{join}{''.join(grouping.join for grouping in groupings)}{found.where} GROUP BY {places}",
        (*bound, *found.bound),
    )
    cells: defaultdict[Key, list[Cell]] = defaultdict(list)
    for row in rows:
        cells[row[: len(keys)]].append(Cell._make(row[len(keys) :]))
    return cells


def whose(groupings: "Sequence[Grouping]", found: "Conditions") -> tuple[str, Sequence[object], str, str]:
    """Return the SQL of whether what a deal adds is given to the parties that are asked for, and to one alone.

    An umbrella's remainder is not given to a party that has a part of it and doesn't stand alone on its side.
    """
    # A row of a party has what is given to that one, whichever parties are asked for.
    if GROUPINGS["party"] in groupings:
        return "", (), "coalesce(share.is_given, 1)", "coalesce(share.is_alone, 0)"
    if parties := found.meant.get("party"):
        return _GIVEN.format(", ".join("?" * len(parties))), parties, "given.is_given", "0"
    return "", (), "1", "0"


def _group(key: "Key", labels: Sequence[str], cells: Sequence[Cell], whole: int | None) -> Group:
    in_total = [cell for cell in cells if cell.is_in_total]
    # Unknown is not nothing: without a deal the sum is 0, with deals of which none has a value it is null.
    is_valued = any(cell.valued for cell in cells) or not cells
    total, low, high = (
        (
            sum(amounts) if is_valued else None
            for amounts in zip(*((cell.counted, cell.low, cell.high) for cell in in_total), strict=True)
        )
        # Loans or cooperation alone have nothing to add up, of which zip would make no sum at all.
        if in_total
        else (0 if is_valued else None,) * 3
    )
    if not key:
        whole = total
    return Group(
        group=key[0] if key else None,
        label=labels[0] if labels else "total",
        deals=sum(cell.deals for cell in cells),
        valued=sum(cell.valued for cell in cells),
        total_usd=total,
        low_usd=low,
        high_usd=high,
        share=total / whole if whole and total is not None else None,
        **{f"{standing}_usd": _total(in_total, standing=standing) for standing in ("pledge", "firm", "dormant")},
        **{f"{flow}_usd": _total(in_total, flow=flow) for flow in FLOWS_IN_TOTAL},
        financing_firm_usd=_total(cells, flow="financing", standing="firm"),
        financing_pledge_usd=_total(cells, flow="financing", standing="pledge"),
        # A deal that is one party's own may be shared for another, so the total has neither.
        own_usd=_total(cell for cell in in_total if cell.is_alone) if key else None,
        shared_usd=_total(cell for cell in in_total if not cell.is_alone) if key else None,
        group_2=key[1] if len(key) > 1 else None,
        label_2=labels[1] if len(labels) > 1 else None,
    )


def _total(cells: Iterable[Cell], *, flow: str = "", standing: str = "") -> int | None:
    """Add up cells of a flow, of a standing or of both: null if deals are there and none has a published value."""
    chosen = [cell for cell in cells if flow in ("", cell.flow) and standing in ("", cell.standing)]
    if chosen and not any(cell.valued for cell in chosen):
        return None
    return sum(cell.counted for cell in chosen)


def _label(name: str | None, grouping: "Grouping", labels: Mapping[str, str]) -> str:
    return grouping.none if name is None else labels.get(name, name)


def _in_order(groups: list[Group], groupings: "Sequence[Grouping]") -> list[Group]:
    """Sort groups as each grouping has it: by its words, by name, or the largest first; those without a name last."""
    # With two groupings a first group has several rows, which stay together: all of them make its size.
    sizes: defaultdict[str | None, int] = defaultdict(int)
    for group in groups:
        sizes[group.group] += group.total_usd or 0

    def place(grouping: "Grouping", name: str | None, size: int) -> tuple[bool, int, str]:
        if grouping.words:
            return (name is None, grouping.words.index(name) if name else 0, "")
        return (name is None and grouping.is_sorted, 0 if grouping.is_sorted else -size, name or "")

    def key(group: Group) -> tuple[tuple[bool, int, str], ...]:
        first = place(groupings[0], group.group, sizes[group.group])
        return (first, place(groupings[1], group.group_2, group.total_usd or 0)) if len(groupings) > 1 else (first,)

    return sorted(groups, key=key)
