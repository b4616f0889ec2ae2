"""`kzus statements`: what is said without a number."""

from kzus.commands.answer import answer
from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.query.filters import Filter
from kzus.query.lists.statements import STATEMENTS


@command(
    *STATEMENTS.filters,
    columns=STATEMENTS.columns,
    help="""
    List what is said without a number

    Newest first, in the words of the file, with who says it.

    $ kzus statements --sector mining
    """,
)
def statements(session: Session, asked: Filter) -> None:
    """Print the list."""
    answer(session, STATEMENTS, asked)
