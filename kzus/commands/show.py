"""`kzus show`: everything known about an entry."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import typer

from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.query import record as records
from kzus.query.filters import Filter
from kzus.query.lookup import named_ids

ShownIds = Annotated[
    list[str],
    typer.Argument(
        help="Ids or names of any kind, the starts of them, or words of a title.",
        metavar="ID...",
    ),
]


@command(
    output=("format", "columns", "sort", "limit", "no_header"),
    columns=records.RECORD_COLUMNS,
    ids={"ids": ("entries",)},
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
    if session.is_structured:
        session.require_whole("show", "whole entries")
    found = [records.find_record(session.index, each) for each in named_ids(session.facts.whole, ids)]
    if session.is_structured:
        session.print_objects(found)
    elif session.is_for_people and not session.output.is_of_lines:
        _print_pages(session, [records.with_predecessors(session.index, each) for each in found])
    else:
        lines = [fact for record in found for fact in records.facts(record)]
        session.print_arranged(records.RECORD_COLUMNS, lines, names)


def _print_pages(session: Session, entries: Iterable[Mapping[str, Any]]) -> None:
    """Print one page for each entry."""
    from kzus.query.related import related_entries
    from kzus.render.record import build_page, linked_ids

    for entry in entries:
        session.print_part(build_page(entry, related_entries(session.index, linked_ids(entry))))
