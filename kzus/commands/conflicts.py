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

    Two more kinds are listed: the same figure, different thing (one number given for another measure or thing), and
    lent more than it pays for (living loans above the stated value). In a pipe one line a claim, in JSON one object
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
    many = f"{len(found)} of {len(every)}" if len(found) < len(every) else f"{len(every)}"
    session.print(
        columns,
        rows,
        [(name,) for name in names] or _CONFLICT_LAYOUT,
        caption=f"{many} conflict{'s' * (len(every) != 1)}{where}",
        sections=[] if names else [_section_of(each) for each in found for _ in each["claims"]],
    )


def _section_of(conflict: "Conflict") -> str:
    from kzus.query.conflicts.words import describe

    return " · ".join((conflict["title"], conflict["id"], *describe(conflict)))


def _draw_conflicts(session: Session, every: "list[Conflict]", where: str) -> None:
    """Draw a line a conflict; what is none stands in a group of its own at the end."""
    from kzus.facts.vocabulary import SAME
    from kzus.query.conflicts.screen import CONFLICT_LINE, CONFLICT_SCREEN, conflict_line

    found = ordered(worst_first(every), session.output.sort, session.output.limit)
    real, alike = ([each for each in found if (each["what"] == SAME) is is_alike] for is_alike in (False, True))
    groups = {"Sources disagree, the widest apart first": real, "Same figure, different thing": alike}
    session.print(
        CONFLICT_LINE,
        [conflict_line(each) for each in (*real, *alike)],
        [(column.name,) for column in CONFLICT_LINE],
        caption=_count_line(every, real, alike) + where,
        sections=[name for name, group in groups.items() for _ in group] if alike else (),
        screen=CONFLICT_SCREEN,
    )
    if found:
        session.caption(_DETAILS)


def _count_line(every: "list[Conflict]", real: "list[Conflict]", alike: "list[Conflict]") -> str:
    """Say how many conflicts are drawn, and of how many where some are left out."""
    drawn = len(real) + len(alike)
    if drawn < len(every):
        return f"{drawn} of {len(every)} conflicts"
    told = [f"{len(real)} conflict{'s' * (len(real) != 1)}"] if real or not alike else []
    told += [f"one figure for different things {len(alike)} time{'s' * (len(alike) != 1)}"] if alike else []
    return "; ".join(told)
