"""`kzus treaties`: treaties."""

from kzus.commands.answer import answer
from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.query.filters import Filter
from kzus.query.lists.treaties import TREATIES


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
def treaties(session: Session, asked: Filter) -> None:
    """Print the list."""
    answer(session, TREATIES, asked)
