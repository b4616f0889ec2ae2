"""`kzus parties`: parties."""

from kzus.commands.answer import answer
from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.query.filters import Filter
from kzus.query.lists.parties import PARTIES


@command(
    *PARTIES.filters,
    columns=PARTIES.columns,
    help="""
    List parties

    By name, with the aliases that `--party` takes as well.

    $ kzus parties boeing
    $ kzus parties --sort -deals --limit 10  # who stands in most deals
    """,
)
def parties(session: Session, asked: Filter) -> None:
    """Print the list."""
    answer(session, PARTIES, asked)
