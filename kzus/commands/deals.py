"""`kzus deals`: which agreements."""

from kzus.commands.base import command
from kzus.commands.desk import Desk
from kzus.listings.deals import DEALS
from kzus.query import Filter


@command(*DEALS.filters)
def deals(desk: Desk, asked: Filter) -> None:
    """List agreements

    Newest first, each with the value that it states and what it counts in a sum.

    $ kzus deals --sector transport
    """
    desk.answer(DEALS, asked)
