"""Draws the desk card for a terminal; each item has one line and is cut where it is too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Group
from rich.table import Table
from rich.text import Text

from kzus.render import cells
from kzus.render.terminal import chart
from kzus.values.amounts_print import print_amount
from kzus.values.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from kzus.query.brief import Brief, Deal, Happening, Headline
    from kzus.query.series import Indicator
    from kzus.query.sum import Group as Sums

_GROUPS = 7
_WIDE = 110
"""From this width on, ids are printed as well."""
_USUAL = 72
"""Below this width, dates are left out."""
_LONGEST_BAR_CELLS = 60
_LEAST = 10
"""The least width of a title."""
_MOST_POINTS = 12
_FEWEST_POINTS = 3
"""Sparklines of fewer points show no trend."""
_PERIOD = len("2025-11-06")


def draw_brief(brief: Brief, width: int) -> RenderableType:
    """Draw a card for a width."""
    return Group(*_card_lines(brief, width))


def _card_lines(brief: Brief, width: int) -> Iterator[RenderableType]:
    name = brief.subject.name if brief.subject else brief.title
    under = f"  {brief.subject.kind} · {visible(brief.title)}" if brief.subject else ""
    yield _joined(Text(visible(name), style="bold"), Text(under, style="dim"))
    yield ""
    yield _total_line(brief.total)
    if brief.headline:
        yield ""
        yield from _headline_lines(brief, brief.headline)
    if any((group.total_usd or 0) for group in brief.groups):
        yield ""
        yield _heading(f"by {brief.by}", f"{chart.FULL} firm  {chart.PALE} pledged")
        yield _bars(brief.groups, width)
    if brief.largest:
        yield ""
        yield _heading("largest deals", "by what they count")
        yield _deal_grid(brief.largest, width)
    if brief.latest:
        yield ""
        yield _heading("latest")
        yield _happening_grid(brief.latest, width)
    if brief.indicators:
        yield ""
        yield _heading("indicators", "latest readings")
        yield _indicator_grid(brief.indicators, width)
    fresh = brief.freshness
    newest = f" · newest source {fresh.newest_source}" if fresh.newest_source else ""
    yield ""
    yield Text(f"as of {fresh.as_of}{newest} · {fresh.entries} entries, {fresh.sources} of them sources", style="dim")


def _total_line(total: Sums) -> Text:
    deals = f"{total.deals} deal{'s' * (total.deals != 1)}, {total.valued} with a value"
    firm, pledged = (print_amount(usd or 0, places=1) for usd in (total.firm_usd, total.pledge_usd))
    split = f"firm {firm} · pledged {pledged}"
    head = Text(f"TOTAL  {print_amount((total.total_usd or 0), places=1)} USD", style="bold")
    return _joined(head, Text(f"  {split} · {deals}"))


def _headline_lines(brief: Brief, headline: Headline) -> Iterator[Text]:
    claim = " in ".join(visible(each) for each in (headline.value, headline.holds) if each)
    yield _joined(Text("HEADLINE", style="bold"), Text(f"  {claim}"))
    yield _joined(Text(visible(headline.title)), Text(f", {headline.date}" if headline.date else ""))
    whose = f" of {visible(brief.subject.name)}" if brief.subject else ""
    many = f"{headline.deals} deal{'s' * (headline.deals != 1)}"
    counted = f"{many}{whose} in it count{'s' * (headline.deals == 1)} {print_amount(headline.counted_usd, places=1)}"
    yield _joined(Text(counted + _gap(headline.gap_usd)))


def _gap(gap: int | None) -> str:
    if gap is None:
        return ""
    if not gap:
        return ", just what it claims"
    return f", {print_amount(abs(gap), places=1)} {'less' if gap > 0 else 'more'} than it claims"


def _bars(groups: Sequence[Sums], width: int) -> Table:
    valued = [group for group in groups if (group.total_usd or 0)]
    shown = valued if len(valued) <= _GROUPS else valued[: _GROUPS - 1]
    rest = valued[len(shown) :]
    labelled = [(visible(group.label), (group.firm_usd or 0), (group.pledge_usd or 0)) for group in shown]
    if rest:
        sums = (sum((group.firm_usd or 0) for group in rest), sum((group.pledge_usd or 0) for group in rest))
        labelled.append((f"{len(rest)} others", *sums))
    label = max(cell_len(name) for name, *_ in labelled)
    most = max(firm + pledged for _, firm, pledged in labelled)
    room = max(min(width - label - 2 - len("100.0bn") - 2, _LONGEST_BAR_CELLS), 1)
    rows = []
    for name, firm, pledged in labelled:
        full, pale = chart.draw_bar(firm, pledged, most, room)
        drawn = Text(full, style="green").append(pale, style="yellow")
        rows.append((Text(name), Text(print_amount(firm + pledged, places=1)), drawn))
    return _fitted_grid(rows, right={1}, cut=0, width=width)


def _deal_grid(deals: Sequence[Deal], width: int) -> Table:
    rows = []
    for deal in deals:
        row = [Text(print_amount(deal.counted_usd, places=1)), Text(visible(deal.title)), _styled_stage(deal.stage)]
        rows.append([*row, *[Text(deal.date)] * (width >= _USUAL), *_id_cell(deal.id, width)])
    return _fitted_grid(rows, right={0}, cut=1, width=width)


def _happening_grid(happenings: Sequence[Happening], width: int) -> Table:
    rows = [[Text(each.date), Text(visible(each.text)), *_id_cell(each.id, width)] for each in happenings]
    return _fitted_grid(rows, cut=1, width=width)


def _indicator_grid(found: Sequence[Indicator], width: int) -> Table:
    rows = []
    for each in found:
        points = each.points[-_MOST_POINTS:] if len(each.points) >= _FEWEST_POINTS else []
        line = Text(chart.sparkline([float(point.number) for point in points]), style="cyan")
        span = f"{points[0].period.rpartition('/')[2][:4]}–{points[-1].period.rpartition('/')[2][:4]}" if points else ""
        values = Text(f"{visible(', '.join(each.values))} {visible(each.unit)}")
        period = each.period if len(each.period) <= _PERIOD else each.period.rpartition("/")[2]
        row = [*[Text(period)] * (width >= _USUAL), Text(visible(each.title)), values, line]
        rows.append([*row, *([Text(span, style="dim"), *_id_cell(each.id, width)] if width >= _WIDE else [])])
    return _fitted_grid(rows, cut=int(width >= _USUAL), width=width)


def _id_cell(name: str, width: int) -> list[Text]:
    return [Text(name, style="dim")] if width >= _WIDE else []


def _fitted_grid(
    rows: Sequence[Sequence[Text]], *, cut: int, width: int, right: set[int] | frozenset[int] = frozenset()
) -> Table:
    """Make a table whose column `cut` is shortened where the others leave it no room."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    most = [max(row[at].cell_len for row in rows) for at in range(len(rows[0]))]
    others = sum(most) - most[cut] + 2 * (len(most) - 1)
    most[cut] = min(most[cut], max(width - others, _LEAST))
    for at, each in enumerate(most):
        table.add_column(width=each, no_wrap=True, overflow="ellipsis", justify="right" if at in right else "left")
    for row in rows:
        table.add_row(*row)
    return table


def _heading(text: str, legend: str = "") -> Text:
    return _joined(Text(text.upper(), style="bold"), Text(f"  {legend}".rstrip(), style="dim"))


def _styled_stage(stage: str) -> Text:
    return Text(stage, style=cells.STAGE_STYLES.get(stage, ""))


def _joined(*parts: Text) -> Text:
    return Text().join(parts)
