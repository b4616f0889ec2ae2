"""Draws the card of `kzus brief` for a terminal: 23 lines at most, each cut where it is too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from kzus.query.lists.screens import STAGE_WORDS
from kzus.query.sums.groupings import FLOWS_IN_TOTAL, add_known
from kzus.query.sums.remarks import lent_amounts
from kzus.render import cells
from kzus.render.brief_words import coverage_sayings
from kzus.render.environment import WIDE, WIDEST
from kzus.render.terminal import chart
from kzus.render.terminal.brief_text import cut_between_words, direct_investment_line, draw_flows, headline_lines
from kzus.values.amounts import with_thousands
from kzus.values.text import many, visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from rich.console import RenderableType

    from kzus.query.brief.beside import Apart, BriefNotes
    from kzus.query.brief.brief import Brief, Development, LargestDeal
    from kzus.query.series import KeyIndicator
    from kzus.query.sums.kinds import Kind

_GUTTER = 10
"""The room of the headings, which stand in front of their lines to save some."""
_USUAL = 72
"""From this width on, there is a column for who pays whom; the dates come at `WIDE`, the ids at `WIDEST`."""
_DORMANT = {"trade": "bought", "investment": "invested", "grant": "given", "unclear": "of an unclear kind"}
_SHORT_KINDS = {
    "list price": "list price (*)", "the cost of a whole project": "project costs", "somebody's estimate": "estimates",
    "a ceiling": "ceilings",
}  # fmt: skip
_LONGEST_WHO = 28
_VENTURES = 2
_NOT_ABOVE = "not above: "
_LEAST = 10
"""The least width of a title."""
_MOST_POINTS = 12
_FEWEST_POINTS = 3
"""Sparklines of fewer points show no trend."""


def draw_brief(
    brief: Brief, notes: BriefNotes, width: int, *, lens: str = "", is_whole: bool = False
) -> RenderableType:
    """Draw a card for a width; `lens` is said beside its title, `is_whole` adds groups and indicators."""
    card = _card_lines(brief, notes, width, lens, is_whole=is_whole)
    return Group(*card, *(_more_lines(brief, width) if is_whole else ()))


def _card_lines(brief: Brief, notes: BriefNotes, width: int, lens: str, *, is_whole: bool) -> Iterator[RenderableType]:
    of = brief.subject
    under = f"  {of.kind} · {brief.title}{lens}" if of else lens
    yield _fitted(
        [[Text.assemble((visible(of.name if of else brief.title), "bold"), (visible(under), "dim"))]], width, cut=0
    )
    yield from draw_flows(brief.flows, width, is_whole=is_whole)
    lent = lent_amounts(brief.lent.firm_usd, brief.lent.pledge_usd)
    yield from _section("Lent" if lent else "Not USD", [_lent_beside(lent, notes.other_currency)], width)
    yield from _section("Of it", [_own(brief, notes.not_given_usd)], width)
    coverage = [*_coverage(brief, notes.apart, width - _GUTTER)]
    yield from _section("Deals", _with_list(coverage, brief, width - _GUTTER), width)
    if brief.headline:
        room = width - _GUTTER
        yield from _section("Headline", [*headline_lines(brief, brief.headline, room)], width)
    if brief.largest:
        yield _grid("Largest", [_deal_cells(deal, width) for deal in brief.largest], width, cut=2, right={0})
    if brief.latest:
        # The card itself is a contract for programs; only its drawing tells an update with its deal.
        latest = [each._replace(text=text) for each, text in zip(brief.latest, notes.latest, strict=True)]
        yield _grid("Latest", [_happening_cells(each, width) for each in latest], width, cut=1)
    investor, series = direct_investment_line(brief.direct_investment, width - _GUTTER)
    yield from _section(investor, [series], width)
    yield from _section("Ventures", [_ventures(brief, width - _GUTTER)], width)
    if of and notes.series:
        yield from _section("Series", [f"{notes.series} of figures: kzus indicators --sector {of.id}"], width)
    yield from _section("Facts", [_freshness(brief)], width)


def _lent_beside(lent: str, other_currency: str) -> str:
    """Say what is lent and what is stated in another currency, neither of which is in a flow."""
    if lent and other_currency:
        return f"{lent}; {other_currency}: not above"
    return f"{lent}, not above" if lent else f"{other_currency}, not counted" if other_currency else ""


def _own(brief: Brief, not_given_usd: int) -> str:
    if brief.own is None:
        return ""
    own = f"{cells.money(brief.own.own_usd)} alone on its side, {cells.money(brief.own.shared_usd)} shared"
    return f"{own}; {cells.money(not_given_usd)} of an umbrella in neither" if not_given_usd else own


def _coverage(brief: Brief, apart: Apart, room: int) -> Iterator[str]:
    """Say how many deals have a value, beside the kinds of money that are no price or above them, and what is dormant.

    Only a card of a subject has room for one more line.
    """
    sayings = coverage_sayings(brief.coverage, apart)
    kinds = _kinds(brief.not_prices, room - min(map(len, sayings), default=0))
    beside = [each for each in sayings if len(each) + len(kinds) <= room]
    above = [each for each in sayings if len(each) <= room]
    if brief.subject and above and above[:1] != beside[:1]:
        yield above[0]
        if brief.not_prices:
            yield _kinds(brief.not_prices, room + len("; ")).removeprefix("; ")
    else:
        yield "".join([*(beside or sayings[-2:])[:1], kinds])
    if brief.coverage.dormant:
        by_name = {name: [flow for flow in brief.flows if flow.flow == name] for name in FLOWS_IN_TOTAL}
        sums = {name: add_known(flow.dormant_usd for flow in flows) for name, flows in by_name.items()}
        amounts = [f"{cells.money(usd)} {_DORMANT[name]}" for name, usd in sums.items() if usd]
        amounts += [f"{cells.money(apart.dormant_lent_usd)} lent"] if apart.dormant_lent_usd else []
        worth = f"{' and '.join(amounts)}, not above" if amounts else "no value that counts"
        yield f"{many(brief.coverage.dormant, 'dormant pledge')} (no news in 36 months): {worth}"


def _with_list(lines: list[str], brief: Brief, room: int) -> list[str]:
    """Say of a sector or party how to list all its deals: behind the first line with room for it, else below."""
    if brief.subject is None or brief.coverage.deals <= len(brief.largest):
        return lines
    listed = f"all: kzus deals --{brief.subject.kind} {brief.subject.id}"
    for at, line in enumerate(lines):
        if len(line) + len(cells.BETWEEN) + len(listed) <= room:
            return [*lines[:at], f"{line}{cells.BETWEEN}{listed}", *lines[at + 1 :]]
    return [*lines, listed]


def _kinds(kinds: Sequence[Kind], room: int) -> str:
    """Say what isn't a price: of the two largest kinds what they are called and how much, where that has room."""
    told = [f"; {kind.describe()}{' (*)' * (kind.kind == 'list price')}" for kind in kinds[:1]]
    few = [f"{_SHORT_KINDS.get(kind.kind, kind.kind)} {cells.money(kind.usd)}" for kind in kinds[:2]]
    short = [f"; {few[0]}, {few[1]}"] if len(few) > 1 else []
    return next((each for each in (*short, *told) if len(each) <= room), "".join(told))


def _deal_cells(deal: LargestDeal, width: int) -> list[Text]:
    who = Text(visible(deal.who))
    who.truncate(max(_LONGEST_WHO, width // 4), overflow="ellipsis")
    lent = " lent" if deal.flow == "financing" else ""
    word = STAGE_WORDS.get(deal.stage, deal.stage)
    year = f" {deal.date[:4]}" if deal.stage == "completion" and width < WIDE else ""
    stage = Text(f"{word}{year}", style=cells.STAGE_STYLES.get(deal.stage, ""))
    row = [Text(_signed_amount(deal)), Text.assemble(stage, lent), Text(visible(deal.title))]
    return [*row, *[who] * (width >= _USUAL), *[Text(deal.date)] * (width >= WIDE), *_id_cell(deal.id, width)]


def _signed_amount(deal: LargestDeal) -> str:
    """Write what a deal counts, and what it states if that is more: `≤3.7bn`, `7bn*` for a list price."""
    stated = cells.signed_count(deal.amount_usd, deal.amount_usd, deal.value, deal.measure)
    return stated if deal.counted_usd == deal.amount_usd else f"{cells.money(deal.counted_usd)} of {stated}"


def _happening_cells(happening: Development, width: int) -> list[Text]:
    return [Text(happening.date), Text(visible(happening.text)), *_id_cell(happening.id, width)]


def _id_cell(i: str, width: int) -> list[Text]:
    return [Text(i, style="dim")] if width >= WIDEST else []


def _ventures(brief: Brief, room: int) -> str:
    """Name the costliest ventures, their titles cut where they don't fit beside one another."""
    shown = brief.ventures[:_VENTURES]
    amounts = [cells.money(venture.amount_usd) for venture in shown]
    apart = len(_NOT_ABOVE) + sum(len(f"{amount} , ") for amount in amounts)
    titles = cut_between_words([visible(venture.title) for venture in shown], room - apart)
    named = ", ".join(f"{amount} {title}" for amount, title in zip(amounts, titles, strict=True))
    return f"{_NOT_ABOVE}{named}" if named else ""


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
        rows = [[Text(cells.money(each.amount_usd)), Text(visible(each.title))] for each in brief.ventures]
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
    values = f"{visible(', '.join(map(with_thousands, indicator.values)))} {visible(indicator.unit)}"
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
