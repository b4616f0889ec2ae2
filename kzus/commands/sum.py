"""`kzus sum`: how much, by group, and what is left out."""

from collections.abc import Sequence
from typing import Annotated

import typer

from kzus.commands import complete
from kzus.commands.base import ChartOption, command
from kzus.commands.session import Session
from kzus.query.filters import Filter
from kzus.query.listing import arrange
from kzus.query.lists.deals import DEALS
from kzus.query.sum import COLUMNS, GROUPINGS, PART_COLUMNS, Group, Part, Sum, left_out, notes, parts, total
from kzus.render import cells
from kzus.render.document import Chart, ChartBar

_CORE = (("label",), ("total_usd",), ("firm_usd",), ("pledge_usd",), ("share",))
LAYOUT = (*_CORE, ("low_usd",), ("high_usd",), ("deals",), ("valued",))
NARROW = (*_CORE, ("deals",))
PART_LAYOUT = (("group",), ("title", "id"), ("amount_usd",), ("counted_usd",), ("stage",), ("reason",))
DOCUMENTS = ("json", "yaml")
"""Formats that hold the groups, the total and what is left out in one."""
By = Annotated[
    str,
    typer.Option(
        "--by",
        "-b",
        help=f"Group by {', '.join(GROUPINGS)}.",
        metavar="GROUPING",
        autocompletion=complete.words(tuple(GROUPINGS)),
    ),
]
Explain = Annotated[bool, typer.Option("--explain", help="List every deal with what it states, what it adds, and why.")]


@command(
    *DEALS.filters,
    columns=COLUMNS,
    parts=PART_COLUMNS,
    help="""
    Add up what agreements count, by group

    No dollar is counted twice; what is left out is listed with its reason. LOW and HIGH are the extremes over
    all that sources claim. With --explain a pipe gets the deals instead of the groups.

    $ kzus sum
    $ kzus sum --by stage  # how firm it is
    $ kzus sum --sector rail --by year --since 2020
    $ kzus sum --party wabtec --explain  # which deals, and why
    """,
)
def sum(  # noqa: A001 - the command's name
    session: Session,
    asked: Filter,
    by: By = "sector",
    explain: Explain = False,  # noqa: FBT002 - an option of the command line
    chart: ChartOption = False,  # noqa: FBT002 - as above
) -> None:
    """Print totals by group."""
    if chart:
        session.require_drawing("--chart")
    is_both = explain and (session.is_for_people or session.format in DOCUMENTS)
    names = session.check(PART_COLUMNS if explain and not is_both else COLUMNS)
    found = total(session.index, asked, by)
    deals = parts(session.index, asked, by) if explain else []
    if session.format in DOCUMENTS:
        told = {"deals": [deal._asdict() for deal in deals]} if explain else {}
        session.print_document(_document(session, names, found, asked) | told)
        return
    if chart:
        _draw(session, found, session.described(asked))
    elif not explain or is_both:
        _print_groups(session, names, found, session.described(asked))
    if explain:
        _print_parts(session, [] if is_both else names, deals)
    if not found.groups:
        session.remark("no deals" + session.described(asked))
        return
    for line in notes(session.index, asked, by):
        session.footnote(line)


def _print_groups(session: Session, names: Sequence[str], found: Sum, where: str) -> None:
    columns, rows = arrange(COLUMNS, found.groups, names=names, sort=session.output.sort, limit=session.output.limit)
    _, (whole,) = arrange(COLUMNS, [found.total], names=names)
    layout = [(name,) for name in names] or LAYOUT
    narrow = () if names else NARROW
    session.print(columns, rows, layout, total=whole, narrow=narrow, caption=f"{_many(found)} by {found.by}{where}")


def _print_parts(session: Session, names: Sequence[str], deals: Sequence[Part]) -> None:
    sort = session.output.sort if names else None
    columns, rows = arrange(PART_COLUMNS, deals, names=names, sort=sort, limit=session.output.limit)
    session.print(columns, rows, [(name,) for name in names] or PART_LAYOUT)


def _draw(session: Session, found: Sum, where: str) -> None:
    """Draw firm and pledged money as one bar a group."""
    _, rows = arrange(COLUMNS, found.groups, sort=session.output.sort, limit=session.output.limit)
    groups = [Group(*row) for row in rows]  # type: ignore[arg-type]
    bars = [
        ChartBar(
            group.label, cells.drawn("money", group.total_usd), (0, group.firm_usd), (group.firm_usd, group.total_usd)
        )
        for group in groups
    ]
    if bars:
        whole = cells.drawn("money", found.total.total_usd)
        session.draw_chart(Chart(f"{whole} in {_many(found)} by {found.by}{where}", bars, ("firm", "pledge")))


def _many(found: Sum) -> str:
    return f"{found.total.deals} deal{'s' * (found.total.deals != 1)}"


def _document(session: Session, names: Sequence[str], found: Sum, asked: Filter) -> dict[str, object]:
    columns, rows = arrange(COLUMNS, found.groups, names=names, sort=session.output.sort, limit=session.output.limit)
    shown, whole = [column.name for column in columns], found.total._asdict()
    return {
        "groups": [dict(zip(shown, row, strict=True)) for row in rows],
        "total": {name: whole[name] for name in shown},
        "left_out": [
            {"id": out.id, "amount_usd": out.amount_usd, "reason": out.reason} for out in left_out(session.index, asked)
        ],
    }
