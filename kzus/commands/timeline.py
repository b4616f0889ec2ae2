"""`kzus timeline`: what happened, in order."""

from kzus.commands.answer import answer
from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.query.filters import Filter
from kzus.query.lists.timeline import TIMELINE


@command(
    *TIMELINE.filters,
    columns=TIMELINE.columns,
    help="""
    List what happened, in order

    Deals, their updates, events and treaties, newest first; a date that is known only to the year or month
    stands below the days of it. STAGE is that which a deal had then. A filter on deals leaves events and
    treaties out; --stage asks for deals that are at that stage now, and shows how they came there.

    $ kzus timeline --since 2026
    $ kzus timeline -s rail --since 2025-09 --until 2025-11
    $ kzus timeline --party wabtec --sort date  # from the beginning
    """,
)
def timeline(session: Session, asked: Filter) -> None:
    """Print the list."""
    answer(session, TIMELINE, asked)
