"""`kzus packages`: headline packages."""

from kzus.commands.base import command
from kzus.commands.desk import Desk
from kzus.commands.listed import answer
from kzus.listings.packages import PACKAGES
from kzus.query import Filter


@command(
    *PACKAGES.filters,
    columns=PACKAGES.columns,
    help="""
    List headline packages

    A package is what a headline says; it never enters a sum.

    $ kzus packages
    $ kzus deals --package washington-2025-11  # what is in one
    """,
)
def packages(desk: Desk, asked: Filter) -> None:
    """Print the list."""
    answer(desk, PACKAGES, asked)
