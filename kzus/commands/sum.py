"""`kzus sum`: totals by group, and which deals are left out."""

from collections.abc import Sequence
from typing import Annotated

import typer

from kzus.commands import complete
from kzus.commands.base import ChartOption, command
from kzus.commands.session import Session
from kzus.query.listing import Filter, arrange
from kzus.query.lists.deals import DEALS
from kzus.query.sum import COLUMNS, GROUPINGS, PART_COLUMNS, Group, Part, Sum, left_out, notes, parts, total
from kzus.render import cells
from kzus.render.document import Chart, ChartBar

_FIRST_COLUMNS = (("label",), ("total_usd",), ("firm_usd",), ("pledge_usd",), ("share",))
_GROUP_LAYOUT = (*_FIRST_COLUMNS, ("low_usd",), ("high_usd",), ("deals",), ("valued",))
_NARROW_GROUP_LAYOUT = (*_FIRST_COLUMNS, ("deals",))
_DEAL_LAYOUT = (("group",), ("title", "id"), ("amount_usd",), ("counted_usd",), ("stage",), ("reason",))
_DOCUMENT_FORMATS = ("json", "yaml")
"""Formats whose answer is one value with groups, total and what is left out."""
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
def sum_command(
    session: Session,
    asked: Filter,
    by: By = "sector",
    explain: Explain = False,  # noqa: FBT002 - an option of the command line
    chart: ChartOption = False,  # noqa: FBT002 - as above
) -> None:
    """Print totals by group."""
    if chart:
        session.require_drawing("--chart")
    is_both = explain and (session.is_for_people or session.format in _DOCUMENT_FORMATS)
    names = session.check(PART_COLUMNS if explain and not is_both else COLUMNS)
    found = total(session.index, asked, by)
    deals = parts(session.index, asked, by) if explain else []
    if session.format in _DOCUMENT_FORMATS:
        explained = {"deals": [deal._asdict() for deal in deals]} if explain else {}
        session.print_document(_sum_document(session, names, found, asked) | explained)
        return
    if chart:
        _draw_groups(session, found, session.described(asked))
    elif not explain or is_both:
        _print_groups(session, names, found, session.described(asked))
    if explain:
        _print_deals(session, [] if is_both else names, deals)
    if not found.groups:
        session.remark("no deals" + session.described(asked))
        return
    for line in notes(session.index, asked, by):
        session.footnote(line)


def _print_groups(session: Session, names: Sequence[str], found: Sum, where: str) -> None:
    columns, rows = arrange(COLUMNS, found.groups, names=names, sort=session.output.sort, limit=session.output.limit)
    _, (whole,) = arrange(COLUMNS, [found.total], names=names)
    layout = [(name,) for name in names] or _GROUP_LAYOUT
    narrow = () if names else _NARROW_GROUP_LAYOUT
    session.print(
        columns, rows, layout, total=whole, narrow=narrow, caption=f"{_deal_count(found)} by {found.by}{where}"
    )


def _print_deals(session: Session, names: Sequence[str], deals: Sequence[Part]) -> None:
    sort = session.output.sort if names else None
    columns, rows = arrange(PART_COLUMNS, deals, names=names, sort=sort, limit=session.output.limit)
    session.print(columns, rows, [(name,) for name in names] or _DEAL_LAYOUT)


def _draw_groups(session: Session, found: Sum, where: str) -> None:
    """Draw one bar for each group, of firm and pledged money."""
    _, rows = arrange(COLUMNS, found.groups, sort=session.output.sort, limit=session.output.limit)
    groups = [Group(*row) for row in rows]  # type: ignore[arg-type]
    bars = [
        ChartBar(
            group.label,
            cells.format_cell("money", group.total_usd),
            (0, group.firm_usd),
            (group.firm_usd, group.total_usd),
        )
        for group in groups
    ]
    if bars:
        whole = cells.format_cell("money", found.total.total_usd)
        session.draw_chart(Chart(f"{whole} in {_deal_count(found)} by {found.by}{where}", bars, ("firm", "pledge")))


def _deal_count(found: Sum) -> str:
    return f"{found.total.deals} deal{'s' * (found.total.deals != 1)}"


def _sum_document(session: Session, names: Sequence[str], found: Sum, asked: Filter) -> dict[str, object]:
    columns, rows = arrange(COLUMNS, found.groups, names=names, sort=session.output.sort, limit=session.output.limit)
    shown, whole = [column.name for column in columns], found.total._asdict()
    return {
        "groups": [dict(zip(shown, row, strict=True)) for row in rows],
        "total": {name: whole[name] for name in shown},
        "left_out": [
            {"id": out.id, "amount_usd": out.amount_usd, "reason": out.reason} for out in left_out(session.index, asked)
        ],
    }
