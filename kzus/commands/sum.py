"""`kzus sum`: how much, by group, and what is left out."""

from typing import Annotated

import typer

from kzus.commands.base import command
from kzus.commands.desk import Desk
from kzus.listings.deals import DEALS
from kzus.query import Filter, arrange
from kzus.totals import COLUMNS, GROUPINGS, Sum, explain, total

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
By = Annotated[str, typer.Option("--by", "-b", help=f"Group by {', '.join(GROUPINGS)}.", metavar="GROUPING")]


@command(*DEALS.filters)
def sum(desk: Desk, asked: Filter, by: By = "sector") -> None:  # noqa: A001 - the command's name
    """Add up what agreements count, by group

    No dollar is counted twice; what is left out is listed with its reason. FIRM is commitment,
    implementation and completion; LOW and HIGH are the extremes over all that sources claim.

    $ kzus sum --by stage
    """
    names = desk.check(COLUMNS)
    found = total(desk.index, asked, by)
    columns, rows = arrange(COLUMNS, found.groups, names=names, sort=desk.output.sort, limit=desk.output.limit)
    if desk.format == "json":
        desk.print_document(_document(columns, rows, found))
        return
    _, (whole,) = arrange(COLUMNS, [found.total], names=names)
    desk.print(columns, rows, [(name,) for name in names] or LAYOUT, total=whole)
    if not found.groups:
        desk.remark("no deals" + desk.described(asked))
        return
    for line in explain(found):
        desk.footnote(line)


def _document(columns: tuple[object, ...], rows: list[tuple[object, ...]], found: Sum) -> dict[str, object]:
    names = [column.name for column in columns]  # type: ignore[attr-defined]
    whole = found.total._asdict()
    return {
        "groups": [dict(zip(names, row, strict=True)) for row in rows],
        "total": {name: whole[name] for name in names},
        "left_out": [out._asdict() for out in found.left_out],
    }
