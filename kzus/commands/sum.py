"""`kzus sum`: how much, by group, and what is left out."""

from collections.abc import Sequence
from typing import Annotated

import typer

from kzus.commands.base import command
from kzus.commands.desk import Desk
from kzus.listings.deals import DEALS
from kzus.query import Column, Filter, arrange
from kzus.totals import COLUMNS, GROUPINGS, PART_COLUMNS, Sum, left_out, notes, parts, total

LAYOUT = (
    ("label",),
    ("total_usd",),
    ("firm_usd",),
    ("pledge_usd",),
    ("share",),
    ("deals",),
    ("valued",),
    ("low_usd",),
    ("high_usd",),
)
PART_LAYOUT = (("group",), ("title", "id"), ("amount_usd",), ("counted_usd",), ("stage",), ("reason",))
DOCUMENTS = ("json", "yaml")
"""Formats that hold the groups, the total and what is left out in one."""
By = Annotated[str, typer.Option("--by", "-b", help=f"Group by {', '.join(GROUPINGS)}.", metavar="GROUPING")]
Explain = Annotated[bool, typer.Option("--explain", help="List every deal with what it states, what it adds, and why.")]


@command(*DEALS.filters, columns=COLUMNS, parts=PART_COLUMNS)
def sum(desk: Desk, asked: Filter, by: By = "sector", explain: Explain = False) -> None:  # noqa: A001, FBT002 - the command's name and option
    """Add up what agreements count, by group

    No dollar is counted twice; what is left out is listed with its reason. FIRM is commitment,
    implementation and completion; LOW and HIGH are the extremes over all that sources claim.
    With --explain a pipe gets the deals instead of the groups; a terminal and JSON get both.

    $ kzus sum
    $ kzus sum --by stage  # how firm it is
    $ kzus sum --sector rail --by year --since 2020
    $ kzus sum --party wabtec --explain  # which deals, and why
    """
    is_both = explain and (desk.is_drawn or desk.format in DOCUMENTS)
    names = desk.check(PART_COLUMNS if explain and not is_both else COLUMNS)
    found = total(desk.index, asked, by)
    deals = parts(desk.index, asked, by) if explain else []
    if desk.format in DOCUMENTS:
        desk.print_document(
            _document(desk, names, found, asked) | ({"deals": [deal._asdict() for deal in deals]} if explain else {})
        )
        return
    if not explain or is_both:
        _print(desk, names, COLUMNS, found.groups, LAYOUT, whole=found.total)
    if explain:
        _print(desk, [] if is_both else names, PART_COLUMNS, deals, PART_LAYOUT)
    if not found.groups:
        desk.remark("no deals" + desk.described(asked))
        return
    for line in notes(desk.index, asked, by):
        desk.footnote(line)


def _print(
    desk: Desk,
    names: Sequence[str],
    columns: tuple[Column, ...],
    rows: Sequence[tuple[object, ...]],
    layout: Sequence[Sequence[str]],
    *,
    whole: tuple[object, ...] | None = None,
) -> None:
    sort = desk.output.sort if names or columns is COLUMNS else None
    shown, arranged = arrange(columns, rows, names=names, sort=sort, limit=desk.output.limit)
    total_row = arrange(columns, [whole], names=names)[1][0] if whole else None
    desk.print(shown, arranged, [(name,) for name in names] or layout, total=total_row)


def _document(desk: Desk, names: Sequence[str], found: Sum, asked: Filter) -> dict[str, object]:
    columns, rows = arrange(COLUMNS, found.groups, names=names, sort=desk.output.sort, limit=desk.output.limit)
    shown, whole = [column.name for column in columns], found.total._asdict()
    return {
        "groups": [dict(zip(shown, row, strict=True)) for row in rows],
        "total": {name: whole[name] for name in shown},
        "left_out": [
            {"id": out.id, "amount_usd": out.amount_usd, "reason": out.reason} for out in left_out(desk.index, asked)
        ],
    }
