"""`kzus sources`: sources."""

from kzus.commands.answer import answer
from kzus.commands.base import command
from kzus.commands.session import Desk
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
def sources(desk: Desk, asked: Filter) -> None:
    """Print the list."""
    answer(desk, SOURCES, asked)
