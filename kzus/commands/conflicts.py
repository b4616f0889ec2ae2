"""`kzus conflicts`: where sources disagree."""

from typing import TYPE_CHECKING, Annotated

import typer

from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.query.conflicts.conflicts import (
    CONFLICT_COLUMNS,
    CONFLICT_FILTERS,
    claim_rows,
    find_conflicts,
    group_of,
    ordered,
    with_columns,
    worst_first,
)
from kzus.query.filters import Filter
from kzus.query.listing import arrange

if TYPE_CHECKING:
    from kzus.query.conflicts.conflicts import Conflict

_DETAILS = "the claims: kzus show ID, or words of the title"
_CONFLICT_LAYOUT = (("value",), ("publisher", "source"), ("published",), ("of", "note"))
_GROUP_HEADS = (
    "Sources disagree, the widest apart first",
    "Figures of different deals that don't fit together",
    "Same figure, different thing",
)
"""The head of each group of conflicts."""
_GROUP_COUNTS = (
    "{} conflict{}",
    "deals that don't fit together {} time{}",
    "one figure for different things {} time{}",
)
"""How the conflicts of each group are counted."""
MinRatio = Annotated[
    float | None,
    typer.Option("--min-ratio", help="Only where the largest figure is so many times the smallest.", metavar="N"),
]


@command(
    *CONFLICT_FILTERS,
    columns=CONFLICT_COLUMNS,
    help="""
    List where sources disagree

    What can't both be true as worded: a value (of one measure, in dollars or a currency that they share), a count of
    one unit, a reading of one period, a date, or the stage on one day; the widest apart first. Amounts within 5
    percent agree if one is told as about so much or is the other one rounded; counts agree if they are equal. What a
    publisher later revises, what is deprecated and what measures a part is no conflict; show lists revisions.

    Figures of different deals that don't fit together are listed too: lent more than it pays for (living loans above
    the stated value), and the share of an umbrella (a part as large as the whole). Last the same figure, different
    thing (one number given for another measure or thing). In a pipe one line a claim, in JSON one object
    a conflict. --limit counts conflicts. The ratio is empty for dates, stages and where the smallest figure is 0.

    $ kzus conflicts --min-ratio 1.5
    $ kzus conflicts -s rail -f json | jq '.[].claims[].value'
    """,
)
def conflicts_command(session: Session, asked: Filter, min_ratio: MinRatio = None) -> None:
    """Print the conflicts."""
    names = session.check(CONFLICT_COLUMNS)
    every = find_conflicts(session.index, asked, min_ratio)
    found = ordered(every, session.output.sort, session.output.limit)
    where = session.described(asked) + (f" · min-ratio {min_ratio:g}" if min_ratio else "")
    if not every:
        session.report_none(f"no conflicts{where}")
    if session.is_structured:
        session.print_objects([with_columns(each, names) for each in found])
        return
    if session.format == "table" and not names:
        _draw_conflicts(session, every, where)
        return
    columns, rows = arrange(CONFLICT_COLUMNS, (row for each in found for row in claim_rows(each)), names=names)
    session.print(
        columns,
        rows,
        None if names else _CONFLICT_LAYOUT,
        caption=_count_line(every, found) + where,
        sections=[] if names else [_section_of(each) for each in found for _ in each["claims"]],
    )


def _section_of(conflict: "Conflict") -> str:
    from kzus.query.conflicts.words import describe

    return " · ".join((conflict["title"], conflict["id"], *describe(conflict)))


def _draw_conflicts(session: Session, every: "list[Conflict]", where: str) -> None:
    """Draw a line a conflict; what is none stands in groups of its own at the end."""
    from kzus.render.conflicts import CONFLICT_LINE, CONFLICT_SCREEN, SAME_SCREEN, conflict_line

    found = ordered(worst_first(every), session.output.sort, session.output.limit)
    *differing, alike = groups = _by_group(found)
    for drawn, screen in ((differing, CONFLICT_SCREEN), ([[], [], alike], SAME_SCREEN)):
        lines = [conflict_line(each) for group in drawn for each in group]
        if lines:
            heads = [head for head, group in zip(_GROUP_HEADS, drawn, strict=False) for _ in group]
            are_headed = any(groups[1:])
            session.print(CONFLICT_LINE, lines, [], sections=heads if are_headed else (), screen=screen)
    if found:
        session.caption(_count_line(every, found) + where)
        session.caption(_DETAILS)


def _by_group(found: "list[Conflict]") -> "list[list[Conflict]]":
    return [[each for each in found if group_of(each) == group] for group in range(len(_GROUP_HEADS))]


def _count_line(every: "list[Conflict]", found: "list[Conflict]") -> str:
    """Say how many conflicts are printed, and of how many where some are left out; what is none by itself."""
    told = []
    for counted, own, drawn in zip(_GROUP_COUNTS, _by_group(every), _by_group(found), strict=True):
        if drawn or (own and not found):
            number = f"{len(drawn)} of {len(own)}" if len(drawn) < len(own) else f"{len(own)}"
            told.append(counted.format(number, "" if len(own) == 1 else "s"))
    return "; ".join(told)
