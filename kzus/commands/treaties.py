"""`kzus treaties`: treaties."""

from kzus.commands.base import command
from kzus.commands.desk import Desk
from kzus.commands.listed import answer
from kzus.listings.treaties import TREATIES
from kzus.query import Filter


@command(
    *TREATIES.filters,
    columns=TREATIES.columns,
    help="""
    List treaties

    Newest first, each with where it is printed and what has become of it.

    $ kzus treaties --since 2000
    $ kzus treaties tax
    """,
)
def treaties(desk: Desk, asked: Filter) -> None:
    """Print the list."""
    answer(desk, TREATIES, asked)
