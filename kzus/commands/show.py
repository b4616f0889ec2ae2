"""`kzus show`: everything known about an entry."""

from typing import Annotated

import typer

from kzus.commands import complete
from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.errors import KzusError
from kzus.query import record as records
from kzus.query.filters import Filter
from kzus.query.listing import arrange
from kzus.query.lookup import by_words

ShownIds = Annotated[
    list[str],
    typer.Argument(
        help="Ids or names of any kind, the starts of them, or words of a title.",
        metavar="ID...",
        autocompletion=complete.ids("entries"),
    ),
]


@command(
    output=("format", "columns", "sort", "limit", "no_header"),
    columns=records.RECORD_COLUMNS,
    subject="What is known",
    help="""
    Print everything known about an id

    Every claim, quantity, relation and update with its source; in a pipe one line a fact, in JSON an
    array with one object an id. A name, the start of an id or words of a title will do if only one entry can
    be meant, else those that can are listed.

    $ kzus show ktz-wabtec-locomotives
    $ kzus show КТЖ  # by a name
    $ kzus show starlink trains  # by words of its title
    $ kzus show bilateral-trade  # a series with all its readings
    $ kzus show ktz-citibank-mandate -f json | jq '.[0].cited'
    """,
)
def show_command(session: Session, _: Filter, ids: ShownIds) -> None:
    """Print one page or record for each id."""
    names = session.check(records.RECORD_COLUMNS)
    found = [records.find_record(session.index, each) for each in _resolve_ids(session, ids)]
    if session.is_structured:
        session.print_objects(found)
    elif session.is_for_people and not names:
        session.print_pages([records.with_predecessors(session.index, each) for each in found])
    else:
        lines = [fact for record in found for fact in records.facts(record)]
        columns, rows = arrange(
            records.RECORD_COLUMNS, lines, names=names, sort=session.output.sort, limit=session.output.limit
        )
        session.print(columns, rows, [(column.name,) for column in columns])


def _resolve_ids(session: Session, ids: list[str]) -> list[str]:
    """Return the ids that are meant, each by one argument, or one by words of its title that stand unquoted."""
    try:
        return list(dict.fromkeys(session.named(name) for name in ids))
    except KzusError:
        # A single word has been looked up among titles already.
        if len(ids) == 1 or (found := by_words(session.facts.whole, " ".join(ids))) is None:
            raise
        return [found]
