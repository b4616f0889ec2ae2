"""`kzus indicators`: series of figures."""

from kzus.commands.base import command
from kzus.commands.desk import Desk
from kzus.listings.indicators import INDICATORS
from kzus.query import Filter


@command(*INDICATORS.filters, columns=INDICATORS.columns)
def indicators(desk: Desk, asked: Filter) -> None:
    """List series of figures

    Each with its latest reading; `kzus show ID` has all of them.

    $ kzus indicators trade
    $ kzus indicators --sector mining -c title,period,value,unit
    """
    desk.answer(INDICATORS, asked)
