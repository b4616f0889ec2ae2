"""The deals of a sum, with what each adds, and which rows of a sum overlap."""

# Annotations are evaluated here: Python compiles each that is text when it makes a NamedTuple, for every query.

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kzus.query.listing import Column
from kzus.query.lists.deals import DEALS
from kzus.query.sums.groupings import GROUPINGS
from kzus.query.sums.sum import whose

if TYPE_CHECKING:
    from kzus.query.sums.sum import Sum


def overlaps(found: "Sum") -> Iterator[str]:
    """Say for each grouping of which a deal may have several that rows overlap."""
    for name in found.by:
        if GROUPINGS[name].overlaps:
            yield f"A deal may have more than one {name}: rows overlap, and the total counts each deal once."


class Part(NamedTuple):
    """One deal of a sum, in the group that it is added to."""

    group: str | None
    id: str
    title: str
    flow: str
    stage: str
    amount_usd: int | None
    counted_usd: int | None
    reason: str | None


PART_COLUMNS = (
    Column("group", "id", about="the group that it is added to"),
    *(column for name in Part._fields for column in DEALS.columns if column.name == name),
)


def read_parts(index: sqlite3.Connection, found: "Sum") -> list[Part]:
    """Return every deal of a sum with its group, in the order of the groups, the largest first in each."""
    grouping = GROUPINGS[found.by[0]]
    join, bound, given, _ = whose((grouping,), found.conditions)
    rows = index.execute(
        f"SELECT {grouping.group}, id, title, flow, stage, amount_usd, counted_usd * {given}, reason"  # noqa: S608 - names from the groupings
        f" FROM deals{join}{grouping.join}{found.conditions.where}",
        (*bound, *found.conditions.bound),
    )
    # By two groupings a group stands in several rows; reversed, the place of its first row is the one that is kept.
    places = {group.group: at for at, group in reversed(list(enumerate(found.groups)))}
    return sorted(
        map(Part._make, rows), key=lambda part: (places.get(part.group, -1), -(part.counted_usd or 0), part.id)
    )
