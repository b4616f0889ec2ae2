"""The deals of a sum: what each adds, and what is left out of it."""

# Annotations are evaluated here: Python compiles each that is text when it makes a NamedTuple, for every query.

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from kzus.query.listing import Column
from kzus.query.lists.deals import DEALS
from kzus.query.sums.groupings import GROUPINGS
from kzus.query.sums.sum import whose

if TYPE_CHECKING:
    from kzus.query.filters import Conditions
    from kzus.query.sums.sum import Sum


NOT_GIVEN = "remainder of several parties"
"""Why a sum of a party leaves out what an umbrella states beside its parts."""


class LeftOut(NamedTuple):
    """A deal that adds less than it states to every column: what is left out, and why."""

    id: str
    left_usd: int | None
    reason: str


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


def read_left_out(index: sqlite3.Connection, added: "Sum") -> list[LeftOut]:
    """Return what a sum leaves out, the largest first."""
    found = added.conditions
    rows = index.execute(
        # The reason of a dormant loan is that it is lent, which leaves nothing out of others.
        f"SELECT id, left_usd, iif(rule = 'dormant', rule, reason) FROM deals{found.also('rule IS NOT NULL')}",  # noqa: S608 - a clause of `conditions`
        found.bound,
    )
    left = {row[0]: LeftOut._make(row) for row in rows}
    join, parties, *_ = whose((), found)
    if join:
        not_given = index.execute(
            f"SELECT id, amount_usd FROM deals{join}{found.also('NOT is_given')}",  # noqa: S608 - as above
            (*parties, *found.bound),
        )
        # In place of what a rule leaves out of it, not on top: no deal leaves out more than it states.
        left |= {name: LeftOut(name, amount, NOT_GIVEN) for name, amount in not_given}
    return sorted(left.values(), key=lambda each: (-(each.left_usd or 0), each.left_usd is None, each.id))


def read_not_given(index: sqlite3.Connection, found: "Conditions") -> int:
    """Return what umbrellas leave beside their parts that isn't given to the parties asked for, which have a part."""
    join, parties, *_ = whose((), found)
    if not join:
        return 0
    query = f"SELECT sum(counted_usd) FROM deals{join}{found.also('NOT is_given')}"  # noqa: S608 - as in `whose`
    (usd,) = index.execute(query, (*parties, *found.bound)).fetchone()
    return usd or 0
