"""`kzus indicators`: series of figures, as a list or as charts."""

from typing import TYPE_CHECKING

from kzus.commands.base import ChartOption, command
from kzus.commands.lists import print_list, report_none
from kzus.commands.session import Session
from kzus.query.filters import Filter
from kzus.query.listing import fetch
from kzus.query.lists.entries import INDICATORS
from kzus.render.document import Chart, ChartBar
from kzus.values.amounts import with_thousands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kzus.query.series import Series


@command(
    *INDICATORS.filters,
    columns=INDICATORS.every_column,
    help="""
    List series of figures

    Each with its latest reading; `kzus show ID` has all of them, --chart draws them. With --chart, a WORD
    may be an id, else words as ever, and every series found is drawn.

    $ kzus indicators trade
    $ kzus indicators -s mining -c title,period,value,unit
    $ kzus indicators bilateral-trade --chart
    """,
)
def indicators_command(session: Session, asked: Filter, chart: ChartOption = False) -> None:  # noqa: FBT002 - an option of the command line
    """Print the list."""
    if chart:
        _draw_series(session, asked)
    else:
        print_list(session, INDICATORS, asked)


def _draw_series(session: Session, asked: Filter) -> None:
    from kzus.query.series import find_series

    session.require_drawing()
    session.check(INDICATORS.every_column)
    found = fetch(
        session.index, INDICATORS, asked, columns=["id"], sort=session.output.sort, limit=session.output.limit
    )
    ids = [str(row[0]) for row in found.rows]
    # Words find an id in other series as well, but the id itself means one.
    for series in find_series(session.index, [asked.text] if asked.text in ids else ids):
        session.draw_chart(_series_chart(series, session.links()))
    if not ids:
        report_none(session, INDICATORS, asked)


def _series_chart(series: "Series", links: "Mapping[str, str]") -> Chart:
    """Make a chart with one bar for each reading; only the first bar of a period is labelled."""
    bars: list[ChartBar] = []
    period = ""
    for reading in series.readings:
        remark = tuple(part for part in (reading.basis, reading.source) if part)
        label = "" if reading.period == period else reading.period
        bars.append(
            ChartBar(label, with_thousands(reading.value), *reading.stretches, remark, links.get(reading.source, ""))
        )
        period = reading.period
    has_ranges = any(reading.low != reading.high for reading in series.readings)
    return Chart(f"{series.title}, {series.unit}", bars, ("at least", "at most") if has_ranges else ("", ""))
