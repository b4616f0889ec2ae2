"""`kzus brief`: the desk card: the most important figures on one page."""

from functools import partial
from typing import Annotated

import typer

from kzus.commands import complete
from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.query.brief import Brief, subject
from kzus.query.brief import brief as gather
from kzus.query.brief_rows import COLUMNS, document, lines
from kzus.query.filters import Filter
from kzus.query.listing import arrange
from kzus.render.document import DataTable

Name = Annotated[
    str | None,
    typer.Argument(
        help="A sector or party by id, name or alias; all of it unless given.",
        metavar="[NAME]",
        show_default=False,
        autocompletion=complete.ids("sectors", "parties"),
    ),
]


@command(
    columns=COLUMNS,
    subject="The most important figures",
    help="""
    Print the desk card: totals, largest deals, latest developments

    The newest headline against what its deals count, bars by sector, or by stage within a sector, the largest
    deals, the latest developments, key indicators and how fresh the file is. JSON and YAML hold it whole;
    a pipe gets a line a thing, of the section that it stands in.

    $ kzus brief
    $ kzus brief transport  # the card of a sector
    $ kzus brief wabtec  # of a party
    $ kzus brief --as-of 2025-10  # as it was known then
    """,
)
def brief_command(session: Session, _: Filter, name: Name = None) -> None:
    """Print the card of everything, of a sector or of a party."""
    names = session.check(COLUMNS)
    found = gather(session.index, subject(session.index, name) if name else None)
    if session.format in ("json", "yaml"):
        session.print_document(document(found))
    elif session.is_for_people and not names:
        from kzus.render.terminal.brief import draw_brief

        name = found.subject.name if found.subject else found.title
        session.draw(partial(draw_brief, found), name, tables=[_as_table(found)])
        if lens := session.described(Filter()):
            session.caption(lens.removeprefix(" · "))
    else:
        columns, rows = arrange(
            COLUMNS, lines(found), names=names, sort=session.output.sort, limit=session.output.limit
        )
        session.print(columns, rows, [(column.name,) for column in columns])


def _as_table(found: Brief) -> DataTable:
    """Return the card as one table, for a document."""
    every = list(lines(found))
    columns = COLUMNS[1:]
    sections = [line.section.capitalize() for line in every]
    return DataTable(columns, [line[1:] for line in every], [(column.name,) for column in columns], sections=sections)
