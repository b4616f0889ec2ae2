"""`kzus search`: full-text search."""

from typing import Annotated

import typer

from kzus.commands.base import command
from kzus.commands.lists import print_list
from kzus.commands.session import Session
from kzus.query.filters import Filter, join_words
from kzus.query.lists.entries import SEARCH

_DEFAULT_LIMIT = 20
"""The limit on a terminal where none is given."""
SearchWords = Annotated[
    list[str],
    typer.Argument(help="Words that must all occur in an entry; ai* is a beginning.", metavar="WORD..."),
]


@command(
    "kind",
    columns=SEARCH.columns,
    help="""
    Find where a word or name occurs

    In entries of every kind: what has the words in its title or names first, and of that deals by value, treaties,
    packages and events before all others; sources last. MATCH marks them ‹so›. A terminal shows the first 20.

    $ kzus search critical min*
    $ kzus search КТЖ --kind deal
    $ kzus search boeing -f tsv -c id
    """,
)
def search_command(session: Session, asked: Filter, words: SearchWords) -> None:
    """List the matches of words."""
    most = _DEFAULT_LIMIT if session.format == "table" and session.env.is_terminal else None
    print_list(session, SEARCH, asked._replace(text=join_words(words)), most=most)
