"""`kzus events`: what happened."""

from kzus.commands.base import command
from kzus.commands.desk import Desk
from kzus.commands.listed import answer
from kzus.listings.events import EVENTS
from kzus.query import Filter


@command(
    *EVENTS.filters,
    columns=EVENTS.columns,
    help="""
    List what happened

    Newest first; deals have dates of their own.

    $ kzus events --since 2025-10
    $ kzus events --party ktz
    """,
)
def events(desk: Desk, asked: Filter) -> None:
    """Print the list."""
    answer(desk, EVENTS, asked)
