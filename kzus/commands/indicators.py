"""`kzus indicators`: series of figures."""

from kzus.commands.base import command
from kzus.commands.desk import Desk
from kzus.listings.indicators import INDICATORS
from kzus.query import Filter


@command(*INDICATORS.filters)
def indicators(desk: Desk, asked: Filter) -> None:
    """List series of figures

    Each with its latest reading; `kzus show ID` has all of them.

    $ kzus indicators trade
    """
    desk.answer(INDICATORS, asked)
