"""The chart of a sum: firm and pledged money as one bar a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.render.cells import format_cell
from kzus.render.document import Chart, ChartBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzus.query.sum import Group


def build_chart(groups: Sequence[Group], title: str, *, is_by_time: bool) -> Chart | None:
    """Return the chart of groups in their order, none without a group; `is_by_time` says that they are all years."""
    if not groups:
        return None
    bars = [_bar(group) for group in groups]
    pale = "pledged, also dormant" if any(group.dormant_usd for group in groups) else "pledged"
    return Chart(title, _with_empty_years(bars) if is_by_time else bars, ("firm", pale))


def _bar(group: Group) -> ChartBar:
    firm, total = group.firm_usd or 0, group.total_usd or 0
    return ChartBar(group.label, format_cell("money", group.total_usd), (0, firm), (firm, total))


def _with_empty_years(bars: Sequence[ChartBar]) -> list[ChartBar]:
    """Put an empty bar in the place of each year without deals, so that the axis is one of time."""
    known = {int(bar.label): bar for bar in bars}
    years = range(min(known), max(known) + 1)
    return [known.get(year) or ChartBar(str(year), "", (0, 0), (0, 0)) for year in years]
