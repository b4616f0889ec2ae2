"""`kzus events`: what happened."""

from kzus.commands.answer import answer
from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.query.filters import Filter
from kzus.query.lists.events import EVENTS


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
def events(session: Session, asked: Filter) -> None:
    """Print the list."""
    answer(session, EVENTS, asked)
