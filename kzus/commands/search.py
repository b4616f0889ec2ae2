"""`kzus search`: where a word or name occurs."""

from typing import Annotated

import typer

from kzus.commands.answer import answer
from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.query.filters import Filter
from kzus.query.lists.search import SEARCH

FEW = 20
"""How many matches a person is shown who doesn't say how many."""
Words = Annotated[list[str], typer.Argument(help="Words that must occur, or the starts of them.", metavar="TEXT...")]


@command(
    "kind",
    columns=SEARCH.columns,
    help="""
    Find where a word or name occurs

    In entries of every kind, the best match first, sources last; MATCH marks it ‹so›. A terminal shows
    the first 20.

    $ kzus search critical min
    $ kzus search КТЖ --kind deal
    $ kzus search boeing -f tsv -c id
    """,
)
def search(session: Session, asked: Filter, words: Words) -> None:
    """List the matches of words."""
    if session.format == "table" and session.env.is_terminal and session.output.limit is None:
        session.output = session.output._replace(limit=FEW)
    answer(session, SEARCH, asked._replace(text=" ".join(words) or " "))  # no words are found nowhere
