"""`kzus sum`: how much, each kind of money for itself, and what is left out."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kzus.commands.base import ChartOption, command
from kzus.commands.session import Session
from kzus.query.filters import Filter
from kzus.query.listing import Column, arrange, pick, sort_items
from kzus.query.lists.deals import DEALS
from kzus.query.sums.groupings import FLOWS_IN_TOTAL, GROUPINGS, overlaps
from kzus.query.sums.sum import Group, Sum, add_up, columns_of
from kzus.render.environment import WIDE
from kzus.values.text import many

if TYPE_CHECKING:
    from kzus.query.sums.added_deals import Part
    from kzus.render.sums import SumTable

_PART_LAYOUT = (("group",), ("title", "id"), ("amount_usd",), ("counted_usd",), ("stage",), ("reason",))
_DOCUMENTS = ("json", "yaml")
"""Formats that hold the groups, the total and what is left out in one."""
By = Annotated[
    str,
    typer.Option(
        "--by",
        "-b",
        help=f"Group by {', '.join(GROUPINGS)}, or by two.",
        metavar="A[,B]",
    ),
]
Explain = Annotated[bool, typer.Option("--explain", help="List every deal, what it adds, and why.")]


def _part_columns() -> tuple[Column, ...]:
    from kzus.query.sums.added_deals import PART_COLUMNS

    return PART_COLUMNS


@command(
    *DEALS.filters,
    columns=(*columns_of("party,sector"),),
    parts=_part_columns,
    words={"by": tuple(GROUPINGS)},
    subject="What agreements add up to",
    help="""
    Add up what agreements count, by group

    Each kind of money has a column, loans stand apart, and no dollar is counted twice. `3/20` is how many
    deals have a stated value; – is unknown, and an empty cell has no deal.

    $ kzus sum
    $ kzus sum --by flow,stage  # how firm each kind of money is
    $ kzus sum --sector rail --by year --since 2020
    $ kzus sum --party wabtec --explain  # which deals, and why
    """,
)
def sum_command(
    session: Session,
    asked: Filter,
    chart: ChartOption = False,  # noqa: FBT002 - an option of the command line
    by: By = "sector",
    explain: Explain = False,  # noqa: FBT002 - as above
) -> None:
    """Print sums by group."""
    if chart:
        session.require_drawing()
    is_both = explain and (session.is_for_people or session.format in _DOCUMENTS)
    # Rows in a pipe are of one kind, so --explain has those of deals in place of groups.
    names = session.check(_part_columns() if explain and not is_both else columns_of(by))
    _tell_left_out(session, asked)
    found = add_up(session.index, asked, by)
    parts = _read_parts(session, found) if explain else []
    if session.format in _DOCUMENTS:
        session.print_document(_document(session, names, found, parts))
        return
    caption = f"{many(found.total.deals, 'deal')} by {' and '.join(found.by)}{session.described(asked)}"
    if chart:
        _draw_chart(session, found, caption)
    elif not explain or is_both:
        _print_groups(session, asked, names, found, caption)
    if explain:
        _print_parts(session, names, found, parts, is_both=is_both)
    if not found.groups:
        session.report_none("no deals" + session.described(asked))
        return
    for line in _remarks(session, found, explain=explain):
        session.footnote(line)


def _read_parts(session: Session, found: Sum) -> "list[Part]":
    from kzus.query.sums.added_deals import read_parts

    return read_parts(session.index, found)


def _tell_left_out(session: Session, asked: Filter) -> None:
    """Say which deals the words and amounts that are asked for leave out."""
    if asked.text or asked.min is not None or asked.max is not None:
        from kzus.commands.lists import tell_other_names, tell_uncounted

        tell_other_names(session, DEALS, asked)
        tell_uncounted(session, DEALS, asked)


def _remarks(session: Session, found: Sum, *, explain: bool) -> Iterable[str]:
    """Return what is said under a sum; rows in a pipe go without all but that they overlap."""
    if not explain and not session.is_for_people:
        return overlaps(found.by)
    from kzus.query.sums.remarks import long_remarks, short_remarks

    if explain:
        return long_remarks(session.index, found)
    return short_remarks(session.index, found, is_of_source=bool(session.facts.source))


def _print_groups(session: Session, asked: Filter, names: Sequence[str], found: Sum, caption: str) -> None:
    if names or not session.is_for_people:
        groups = _arranged(session, found)
        columns = tuple(pick(found.columns, name) for name in names) or found.columns
        total = _group_rows([found.total], columns)[0]
        if session.is_for_people:
            # Not for a pipe, which has no total: what draws takes a while to import.
            from kzus.render.sums import without_parties

            total = without_parties(total, columns)
        session.print(columns, _group_rows(groups, columns), total=total, caption=caption)
        return
    from kzus.query.sums.screen import groups_in_words
    from kzus.render.sums import build_by_flow

    found = groups_in_words(session.index, found)
    is_screen = session.format == "table"
    if len(found.by) > 1:
        table = _cross(session, asked, found)
    else:
        has_lent = not is_screen or session.env.width >= WIDE  # else what is lent has no room for a column
        table = build_by_flow(found, _arranged(session, found), has_lent=has_lent, has_rule=is_screen)
    session.print(table.columns, table.rows, total=table.total, caption=caption, is_one_line=True)


def _arranged(session: Session, found: Sum, groups: list[Group] | None = None) -> list[Group]:
    """Sort and cut the groups of a sum, or others that have its columns."""
    every = found.groups if groups is None else groups
    return sort_items(every, found.columns, session.output.sort, getattr)[: session.output.limit]


def _group_rows(groups: Sequence[Group], columns: Sequence[Column]) -> list[tuple[Any, ...]]:
    return [tuple(getattr(group, column.name) for column in columns) for group in groups]


def _cross(session: Session, asked: Filter, found: Sum) -> "SumTable":
    from kzus.query.sums.screen import groups_in_words
    from kzus.render.sums import FINANCING, Margins, build_cross

    down, across = (groups_in_words(session.index, add_up(session.index, asked, each)) for each in found.by)
    # Asked anew: cells of groups that overlap would count a deal several times.
    # Its rows are those of the first grouping, so what sorts and cuts rows is asked of these.
    margins = Margins(_arranged(session, found, down.groups), across.groups, found.total)
    shown = {margin.group for margin in margins.rows}
    groups = [group for group in found.groups if group.group in shown]
    flows = found.conditions.meant.get("flow") or (*FLOWS_IN_TOTAL, FINANCING)
    return build_cross(found, groups, margins, flows=[str(flow) for flow in flows])


def _print_parts(session: Session, names: Sequence[str], found: Sum, parts: "Sequence[Part]", *, is_both: bool) -> None:
    """Print the deals of a sum; where groups stand in front of them, the columns and the order are theirs."""
    if session.format == "table":
        _draw_parts(session, found, parts[: session.output.limit])
        return
    names, sort = ([], None) if is_both else (names, session.output.sort)
    columns, rows = arrange(_part_columns(), parts, names=names, sort=sort, limit=session.output.limit)
    session.print(columns, rows, None if names else _PART_LAYOUT)


def _draw_parts(session: Session, found: Sum, parts: "Sequence[Part]") -> None:
    """Draw the deals of a sum in the words and signs of a screen."""
    from kzus.query.sums.screen import PART_LINE, PART_SCREEN, part_lines, part_sections
    from kzus.render.cells import value_legend

    rows, sections = part_lines(session.index, parts), part_sections(session.index, found, parts)
    session.print(PART_LINE, rows, sections=sections, screen=PART_SCREEN)
    for line in value_legend(row[1] for row in rows):
        session.caption(line)


def _draw_chart(session: Session, found: Sum, caption: str) -> None:
    from kzus.render.sums import build_chart, chart_legend

    # Sorted or cut, years are no axis that could have gaps.
    is_by_time = found.by == ("year",) and not session.output.sort and session.output.limit is None
    has_flows = "flow" not in found.by and len(found.conditions.meant.get("flow", ())) != 1
    groups = _arranged(session, found)
    if chart := build_chart(groups, caption, is_by_time=is_by_time, has_flows=has_flows):
        session.draw_chart(chart)
        if signs := chart_legend(chart):
            session.footnote(f"{signs}.")


def _document(session: Session, names: Sequence[str], found: Sum, parts: "Sequence[Part]") -> dict[str, object]:
    from kzus.query.sums.added_deals import read_left_out

    shown = names or [column.name for column in found.columns]
    deals = {"deals": [part._asdict() for part in parts]} if parts else {}
    return {
        **session.facts.edition(),
        "groups": [{name: getattr(group, name) for name in shown} for group in _arranged(session, found)],
        "total": {name: getattr(found.total, name) for name in shown},
        "left_out": [left._asdict() for left in read_left_out(session.index, found)],
        **deals,
    }
