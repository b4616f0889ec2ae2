"""`kzus treaties`: treaties."""

from kzus.commands.base import command
from kzus.commands.desk import Desk
from kzus.commands.listed import answer
from kzus.listings.treaties import TREATIES
from kzus.query import Filter


@command(*TREATIES.filters, columns=TREATIES.columns)
def treaties(desk: Desk, asked: Filter) -> None:
    """List treaties

    Newest first, each with where it is printed and what has become of it.

    $ kzus treaties --since 2000
    $ kzus treaties tax
    """
    answer(desk, TREATIES, asked)
