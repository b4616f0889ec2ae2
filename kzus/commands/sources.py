"""`kzus sources`: sources."""

from kzus.commands.answer import answer
from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.query.filters import Filter
from kzus.query.lists.sources import SOURCES


@command(
    *SOURCES.filters,
    columns=SOURCES.columns,
    help="""
    List sources

    Newest first, each with where it can be read.

    $ kzus sources --since 2026
    $ kzus sources --format csv
    """,
)
def sources(session: Session, asked: Filter) -> None:
    """Print the list."""
    answer(session, SOURCES, asked)
