"""Draws the desk card for a terminal: 23 lines at most, each cut where it is too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from kzus.query.groupings import FLOWS_IN_TOTAL
from kzus.query.lists.screens import STAGE_WORDS
from kzus.query.series import DIRECT_INVESTMENT
from kzus.query.sum_details import FLOW_NAMES
from kzus.render import cells
from kzus.render.terminal import chart
from kzus.render.terminal.flows import add_known, draw_flows
from kzus.values.amounts import print_amount
from kzus.values.text import visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from rich.console import RenderableType

    from kzus.query.brief import Brief, Development, LargestDeal
    from kzus.query.brief_sections import NewestHeadline
    from kzus.query.series import KeyIndicator
    from kzus.query.sum_details import Kind

_GUTTER = 10
"""The room of the headings, which stand in front of their lines to save some."""
_USUAL, _WIDE, _WIDEST = 72, 100, 140
"""From these widths on, there are columns for who pays whom, for coverage and dates, and for ids."""
_DORMANT = {"trade": "bought", "investment": "invested", "grant": "given", "unclear": "of an unclear kind"}
_LONGEST_WHO = 28
_VENTURES = 2
_LEAST = 10
"""The least width of a title."""
_MOST_POINTS = 12
_FEWEST_POINTS = 3
"""Sparklines of fewer points show no trend."""


def draw_brief(brief: Brief, width: int, *, lens: str = "", is_whole: bool = False) -> RenderableType:
    """Draw a card for a width; `lens` is said beside its title, `is_whole` adds groups and indicators."""
    return Group(*_card_lines(brief, width, lens, is_whole=is_whole), *(_more_lines(brief, width) if is_whole else ()))


def _card_lines(brief: Brief, width: int, lens: str, *, is_whole: bool) -> Iterator[RenderableType]:
    of = brief.subject
    under = f"  {of.kind} · {brief.title}{lens}" if of else lens
    yield _fitted(
        [[Text.assemble((visible(of.name if of else brief.title), "bold"), (visible(under), "dim"))]], width, cut=0
    )
    yield from draw_flows(brief.flows, width, is_whole=is_whole)
    yield from _section("Lent", [_lent(brief)], width)
    yield from _section("Of it", [_own(brief)], width)
    yield from _section("Deals", [*_coverage(brief)], width)
    if brief.headline:
        yield from _section("Headline", [*_headline(brief, brief.headline)], width)
    if brief.largest:
        yield _grid("Largest", [_deal_cells(deal, width) for deal in brief.largest], width, cut=2, right={0})
    if brief.latest:
        yield _grid("Latest", [_happening_cells(each, width) for each in brief.latest], width, cut=1)
    investor, series = _direct_investment(brief.direct_investment, width - _GUTTER)
    yield from _section(investor, [series], width)
    yield from _section("Ventures", [_ventures(brief, width - _GUTTER)], width)
    yield from _section("Facts", [_freshness(brief)], width)


def _lent(brief: Brief) -> str:
    lent = {"firm": brief.lent.firm_usd, "pledged": brief.lent.pledge_usd}
    amounts = [f"{'an unknown sum' if usd is None else _amount(usd)} {word}" for word, usd in lent.items() if usd != 0]
    return f"{', '.join(amounts)}, in no figure above" if amounts else ""


def _own(brief: Brief) -> str:
    if brief.own is None:
        return ""
    return f"{_amount(brief.own.own_usd)} its own, {_amount(brief.own.shared_usd)} shared with others on its side"


def _coverage(brief: Brief) -> Iterator[str]:
    valued = brief.coverage.valued
    stating = f"{valued} of {brief.coverage.deals} state{'s' * (valued == 1)} a sum that counts"
    yield "; ".join([stating, *map(_kind, brief.not_prices[:1])])
    if brief.coverage.dormant:
        by_name = {name: [flow for flow in brief.flows if flow.flow == name] for name in FLOWS_IN_TOTAL}
        sums = {name: add_known([flow.dormant_usd for flow in flows]) for name, flows in by_name.items()}
        amounts = [f"{_amount(usd)} {_DORMANT[name]}" for name, usd in sums.items() if usd]
        worth = f"{' and '.join(amounts)}, not above" if amounts else "no sum is stated"
        pledges = f"{brief.coverage.dormant} dormant pledge{'s' * (brief.coverage.dormant != 1)}"
        yield f"{pledges} (no news in 36 months): {worth}"


def _deals(number: int) -> str:
    return f"{number} deal{'s' * (number != 1)}"


def _kind(kind: Kind) -> str:
    mark = " (*)" if kind.kind == "list price" else ""
    return f"of {FLOW_NAMES.get(kind.flow, 'what is unclear')} {_amount(kind.usd)} is {kind.kind}{mark}"


def _headline(brief: Brief, headline: NewestHeadline) -> Iterator[str]:
    claim = ", ".join(each for each in (headline.value, _agreements(headline.agreements), headline.date) if each)
    yield f"{claim}: {headline.title}"
    if brief.subject:
        belong = "belongs" if headline.own_deals == 1 else "belong"
        yield f"{headline.own_deals} of the {headline.deals} deals on its lists {belong} here"
    elif not headline.publisher:
        yield f"nobody gives a sum; all lists name {_deals(headline.deals)}"
    elif not headline.listed:
        yield f"says {headline.publisher}, which gives no list; all lists name {_deals(headline.deals)}"
    else:
        valued = f", {headline.list_valued or 'none'} with a sum" if headline.list_valued < headline.listed else ""
        comes_to = f", {_amount(headline.list_usd)}" if headline.list_usd is not None else ""
        listed = f"{_deals(headline.listed)}{valued}{comes_to}"
        yield f"says {headline.publisher}; its list: {listed}{_gap(headline.gap_usd)}"


def _agreements(count: str | None) -> str:
    return f"{count} agreements" if count and count.isdecimal() else count or ""


def _gap(gap: int | None) -> str:
    if gap is None:
        return ""
    if not gap:
        return ", just as claimed"
    return f"; {_amount(gap)} not on it" if gap > 0 else f"; {_amount(-gap)} above the claim"


def _deal_cells(deal: LargestDeal, width: int) -> list[Text]:
    who = Text(visible(deal.who))
    who.truncate(max(_LONGEST_WHO, width // 4), overflow="ellipsis")
    lent = " lent" if deal.flow == "financing" else ""
    stage = Text(STAGE_WORDS.get(deal.stage, deal.stage), style=cells.STAGE_STYLES.get(deal.stage, ""))
    signed = cells.signed_count(deal.counted_usd, deal.amount_usd, deal.value, deal.measure)
    row = [Text(signed), Text.assemble(stage, lent), Text(visible(deal.title)), *[who] * (width >= _USUAL)]
    return [*row, *[Text(deal.date)] * (width >= _WIDE), *_id_cell(deal.id, width)]


def _happening_cells(happening: Development, width: int) -> list[Text]:
    return [Text(happening.date), Text(visible(happening.text)), *_id_cell(happening.id, width)]


def _id_cell(i: str, width: int) -> list[Text]:
    return [Text(i, style="dim")] if width >= _WIDEST else []


def _direct_investment(found: Sequence[KeyIndicator], room: int) -> tuple[str, str]:
    """Return whose direct investment it is, and as many series of it as one line has room for.

    A title without a comma has nothing that tells its series from the first.
    """
    if not found:
        return "", ""
    investor = _investor(found[0])
    text = ""
    for each in found:
        values = "/".join(value.replace("about ", "~") for value in each.values)
        series = f"{_tail(each)} {values} ({each.period})".strip()
        longer = f"{text}, {series}" if text else series
        if not text or (_investor(each) == investor and _tail(each) and len(longer) <= room):
            text = longer
    return f"{investor} FDI", text


def _investor(indicator: KeyIndicator) -> str:
    return indicator.title[: indicator.title.casefold().index(DIRECT_INVESTMENT)].strip()


def _tail(indicator: KeyIndicator) -> str:
    """Return what sets a series apart: what stands behind the comma of its title."""
    return indicator.title.rpartition(", ")[2] if ", " in indicator.title else ""


def _ventures(brief: Brief, room: int) -> str:
    """Name the costliest ventures, their titles cut so that all have the same room."""
    start = "in no figure above: "
    shown = brief.ventures[:_VENTURES]
    if not shown:
        return ""
    each_room = (room - len(start) - 2 * (len(shown) - 1)) // len(shown)
    drawn = []
    for venture in shown:
        text = Text(f"{_amount(venture.amount_usd)} {visible(venture.title)}")
        text.truncate(each_room, overflow="ellipsis")
        drawn.append(text.plain)
    return start + ", ".join(drawn)


def _freshness(brief: Brief) -> str:
    newest = brief.freshness.newest_source
    parts = (
        f"version {brief.version}" * bool(brief.version),
        f"as of {brief.as_of}",
        f"newest source {newest}" * bool(newest),
    )
    return cells.BETWEEN.join(filter(None, parts))


def _more_lines(brief: Brief, width: int) -> Iterator[RenderableType]:
    """Draw what `--all` adds: each kind of money by group, the ventures, and the readings of indicators."""
    names = [name for name in FLOWS_IN_TOTAL if any(getattr(group, f"{name}_usd") for group in brief.groups)]
    if names:
        yield ""
        yield _group_table(brief, names)
    if brief.ventures:
        yield ""
        yield Text("WHAT WHOLE VENTURES COST, WHOEVER PAYS", style="bold")
        rows = [[Text(_amount(each.amount_usd)), Text(visible(each.title))] for each in brief.ventures]
        yield _fitted(rows, width, cut=1, right={0})
    if brief.indicators:
        yield ""
        yield Text("INDICATORS, LATEST READINGS", style="bold")
        yield _fitted([_indicator_cells(each) for each in brief.indicators], width, cut=1)


def _group_table(brief: Brief, names: Sequence[str]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, overflow="ellipsis")
    for _ in names:
        table.add_column(justify="right", no_wrap=True)
    table.add_row(*(Text(name.upper(), style="bold") for name in (f"by {brief.by}", *names)))
    for group in brief.groups:
        amounts = [getattr(group, f"{name}_usd") for name in names]
        if any(amounts):
            table.add_row(Text(visible(group.label)), *(Text(cells.format_cell("sum", usd)) for usd in amounts))
    return table


def _indicator_cells(indicator: KeyIndicator) -> list[Text]:
    points = indicator.points[-_MOST_POINTS:] if len(indicator.points) >= _FEWEST_POINTS else []
    line = Text(chart.sparkline([float(point.number) for point in points]), style="cyan")
    values = f"{visible(', '.join(indicator.values))} {visible(indicator.unit)}"
    return [Text(indicator.period.rpartition("/")[2]), Text(visible(indicator.title)), Text(values), line]


def _section(heading: str, rows: Sequence[str], width: int) -> Iterator[Table]:
    if shown := [[Text(visible(row))] for row in rows if row]:
        yield _grid(heading, shown, width, cut=0)


def _grid(heading: str, rows: Sequence[Sequence[Text]], width: int, *, cut: int, right: Collection[int] = ()) -> Table:
    """Draw rows with their heading in front of the first; the column `cut` is shortened where there is no room."""
    headed = [[Text(heading if at == 0 else "", style="bold"), *row] for at, row in enumerate(rows)]
    return _fitted(headed, width, cut=cut + 1, right={at + 1 for at in right}, first=_GUTTER - 1)


def _fitted(
    rows: Sequence[Sequence[Text]], width: int, *, cut: int, right: Collection[int] = (), first: int = 0
) -> Table:
    """Make a table whose column `cut` is shortened where the others leave it no room."""
    table = Table.grid(padding=(0, 1, 0, 0))
    most = [max(row[at].cell_len for row in rows) for at in range(len(rows[0]))]
    most[0] = max(most[0], first)
    others = sum(most) - most[cut] + len(most) - 1
    most[cut] = min(most[cut], max(width - others, _LEAST))
    for at, each in enumerate(most):
        table.add_column(width=each, no_wrap=True, overflow="ellipsis", justify="right" if at in right else "left")
    for row in rows:
        table.add_row(*row)
    return table


def _amount(usd: int | None) -> str:
    return cells.UNKNOWN if usd is None else print_amount(usd, places=1)
