"""`kzus sectors`: sectors."""

from kzus.commands.base import command
from kzus.commands.desk import Desk
from kzus.commands.listed import answer
from kzus.listings.sectors import SECTORS
from kzus.query import Filter


@command(
    *SECTORS.filters,
    columns=SECTORS.columns,
    help="""
    List sectors

    In the order of the file, with the aliases that `--sector` takes as well.

    $ kzus sectors
    $ kzus sectors -c id,dac
    """,
)
def sectors(desk: Desk, asked: Filter) -> None:
    """Print the list."""
    answer(desk, SECTORS, asked)
