"""`kzus brief`: a card with the most important figures on one screen."""

from functools import partial
from typing import Annotated

import typer

from kzus.commands import complete
from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.query.brief import BRIEF_COLUMNS, FEW, MANY, Brief, brief_document, lines, make_brief
from kzus.query.filters import Filter
from kzus.query.listing import arrange
from kzus.query.lookup import subject
from kzus.render.data_table import DataTable

Name = Annotated[
    list[str] | None,
    typer.Argument(
        help="A sector or party by id, name or alias; all of it unless given.",
        metavar="[NAME]",
        show_default=False,
        autocompletion=complete.ids("sectors", "parties"),
    ),
]
All = Annotated[bool, typer.Option("--all", help="Print all there is, instead of the most important.")]


@command(
    columns=BRIEF_COLUMNS,
    subject="The most important figures",
    help="""
    Print the desk card: the most important figures

    Each kind of money stands for itself, from whom to whom, firm and pledged; loans are in no other figure. Then
    the newest package and the list of whoever claims it, the largest deals that aren't dormant, what happened last,
    and what no sum holds: direct investment and what whole ventures cost. JSON and YAML hold it whole.

    $ kzus brief
    $ kzus brief transport  # the card of a sector
    $ kzus brief john deere  # of a party
    $ kzus brief --as-of 2025-10  # from what was published by then
    """,
)
def brief_command(
    session: Session,
    _: Filter,
    name: Name = None,
    is_whole: All = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Print the card of everything, of a sector or of a party."""
    names = session.check(BRIEF_COLUMNS)
    of = subject(session.index, " ".join(name)) if name else None
    found = make_brief(session.index, of, most=MANY if is_whole else FEW)
    if session.format in ("json", "yaml"):
        session.print_document({**session.facts.edition(), **brief_document(found)})
    elif session.is_for_people and not names:
        from kzus.render.terminal.brief import draw_brief

        lens = session.described(Filter())
        title = found.subject.name if found.subject else found.title
        session.draw(partial(draw_brief, found, lens=lens, is_whole=is_whole), title, tables=[_as_table(found)])
    else:
        columns, rows = arrange(
            BRIEF_COLUMNS, lines(found), names=names, sort=session.output.sort, limit=session.output.limit
        )
        session.print(columns, rows, [(column.name,) for column in columns])


def _as_table(found: Brief) -> DataTable:
    """Return the card as one table, for a document."""
    every = list(lines(found))
    columns = BRIEF_COLUMNS[1:]
    sections = [line.section.capitalize() for line in every]
    return DataTable(columns, [line[1:] for line in every], [(column.name,) for column in columns], sections=sections)
