"""`kzus parties`: parties."""

from kzus.commands.base import command
from kzus.commands.desk import Desk
from kzus.commands.listed import answer
from kzus.listings.parties import PARTIES
from kzus.query import Filter


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
def parties(desk: Desk, asked: Filter) -> None:
    """Print the list."""
    answer(desk, PARTIES, asked)
