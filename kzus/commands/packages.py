"""`kzus packages`: headline packages."""

from kzus.commands.answer import answer
from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.query.filters import Filter
from kzus.query.lists.packages import PACKAGES


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
def packages(session: Session, asked: Filter) -> None:
    """Print the list."""
    answer(session, PACKAGES, asked)
