"""`kzus statements`: what is said without a number."""

from kzus.commands.base import command
from kzus.commands.desk import Desk
from kzus.commands.listed import answer
from kzus.listings.statements import STATEMENTS
from kzus.query import Filter


@command(
    *STATEMENTS.filters,
    columns=STATEMENTS.columns,
    help="""
    List what is said without a number

    Newest first, in the words of the file, with who says it.

    $ kzus statements --sector mining
    """,
)
def statements(desk: Desk, asked: Filter) -> None:
    """Print the list."""
    answer(desk, STATEMENTS, asked)
