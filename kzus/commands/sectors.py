"""`kzus sectors`: sectors."""

from kzus.commands.answer import answer
from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.query.filters import Filter
from kzus.query.lists.sectors import SECTORS


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
def sectors(session: Session, asked: Filter) -> None:
    """Print the list."""
    answer(session, SECTORS, asked)
