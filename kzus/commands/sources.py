"""`kzus sources`: sources."""

from kzus.commands.base import command
from kzus.commands.desk import Desk
from kzus.commands.listed import answer
from kzus.listings.sources import SOURCES
from kzus.query import Filter


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
