"""The longer parts of the card of `kzus brief`: the headline beside its lists, direct investment, and who pays whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from kzus.query.series import DIRECT_INVESTMENT
from kzus.query.sums.groupings import FLOWS_IN_TOTAL, add_known
from kzus.render import cells
from kzus.render.brief_words import headline_claims, headline_lists
from kzus.render.environment import WIDE
from kzus.render.terminal.fit import ELLIPSIS
from kzus.values.dates import end_of_period
from kzus.values.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzus.query.brief.brief import Brief
    from kzus.query.brief.sections import Flow, NewestHeadline
    from kzus.query.series import KeyIndicator

    Row = tuple[str, Sequence[Flow]]

_MOST = 5
_LEAST_TITLE = 40
"""The least room for the title of a package; where it has less, its id stands there."""
_BETWEEN = 3
_JOINING_WORDS = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"))
_UNTOLD = {"trade": "Trade", "investment": "Investment", "grant": "Given", "unclear": "Unclear what kind"}


def headline_lines(brief: Brief, headline: NewestHeadline, room: int) -> Iterator[str]:
    """Say what the newest package claims, and what lists come to in so many words as there is room for."""
    claims = headline_claims(headline)
    least = min(len(headline.title), _LEAST_TITLE)
    # A title that is cut short tells less than the id, which the next question takes.
    named = ((headline.title, least), (headline.id, len(headline.id)))
    fitting = (f"{each}: {name}" for each in claims for name, need in named if len(each) + len(": ") + need <= room)
    yield next(fitting, f"{claims[-1]}: {headline.title}")
    sayings = headline_lists(headline, is_of_subject=brief.subject is not None)
    # The longest that fits; where none does, the shortest is cut.
    yield next((each for each in sayings if len(each) <= room), sayings[-1])


def direct_investment_line(found: Sequence[KeyIndicator], room: int) -> tuple[str, str]:
    """Return whose direct investment it is, and its series; where not all have room, the newest of them.

    A title without a comma has nothing that tells its series from the first.
    """
    if not found:
        return "", ""
    investor = _investor(found[0])
    own = [found[0], *(each for each in found[1:] if _investor(each) == investor and _tail(each))]
    text = ", ".join(map(_series_text, own))
    if len(text) > room:
        newest = sorted(own, key=lambda each: end_of_period(each.period), reverse=True)
        text = _series_text(newest[0])
        for each in newest[1:]:
            longer = f"{text}, {_series_text(each)}"
            text = longer if len(longer) <= room else text
    return f"{investor} FDI", text


def _series_text(indicator: KeyIndicator) -> str:
    values = "/".join(value.replace("about ", "~") for value in indicator.values)
    return f"{_tail(indicator)} {values} ({indicator.period})".strip()


def _investor(indicator: KeyIndicator) -> str:
    return indicator.title[: indicator.title.casefold().index(DIRECT_INVESTMENT)].strip()


def _tail(indicator: KeyIndicator) -> str:
    """Return what sets a series apart: what stands behind the comma of its title."""
    return indicator.title.rpartition(", ")[2] if ", " in indicator.title else ""


def cut_between_words(titles: Sequence[str], room: int) -> list[str]:
    """Take words off the ends of titles, the longest first, until all fit into a room beside one another."""
    shown, words = list(titles), [title.split() for title in titles]
    # Each title keeps its first word, also where that is too long.
    while sum(map(cell_len, shown)) > room and any(len(each) > 1 for each in words):
        at = max((at for at, each in enumerate(words) if len(each) > 1), key=lambda at: cell_len(shown[at]))
        words[at].pop()
        while len(words[at]) > 1 and _is_left_open(words[at]):
            words[at].pop()
        shown[at] = f"{' '.join(words[at])}{ELLIPSIS}"
    return shown


def _is_left_open(words: Sequence[str]) -> bool:
    """Tell whether words end in one that goes with the next, or within brackets."""
    text = " ".join(words)
    return words[-1] in _JOINING_WORDS or text.count("(") > text.count(")")


def draw_flows(flows: Sequence[Flow], width: int, *, is_whole: bool = False) -> Iterator[Table]:
    """Draw flows with what is firm and pledged; beside one another where there is room, five lines at most each.

    `is_whole` draws all of them.
    """
    living = [flow for flow in flows if flow.firm_usd != 0 or flow.pledge_usd != 0]
    # Who buys, invests or gives is only said of money whose kind and direction are told.
    told: list[Row] = [(flow.text, [flow]) for flow in living if flow.direction and flow.flow != "unclear"]
    untold = [flow for flow in living if not flow.direction or flow.flow == "unclear"]
    by_name = {name: [flow for flow in untold if flow.flow == name] for name in FLOWS_IN_TOTAL}
    others: list[Row] = [(_UNTOLD[name], found) for name, found in by_name.items() if found]
    beside_it = "Others, or not told" if told else "With others, or who pays whom isn't told"
    grids = [
        _flow_grid(heading, rows if is_whole else _shorten(rows), width)
        for heading, rows in (("Who pays whom is told", told), (beside_it, others))
        if rows
    ]
    if sum(needed for _, needed in grids) + _BETWEEN * (len(grids) - 1) > width:
        yield from (grid for grid, _ in grids)
    elif grids:
        beside = Table.grid(padding=(0, _BETWEEN, 0, 0))
        beside.add_row(*(grid for grid, _ in grids))
        yield beside


def _shorten(rows: Sequence[Row]) -> list[Row]:
    """Leave out what is beyond the most lines, and say so."""
    if len(rows) <= _MOST:
        return list(rows)
    return [*rows[: _MOST - 1], (f"{len(rows) - _MOST + 1} more: --all", [])]


def _flow_grid(heading: str, rows: Sequence[Row], width: int) -> tuple[Table, int]:
    """Return a table of flows and the width that it needs."""
    names = ("firm", "pledged", *(["valued"] if width >= WIDE else []))
    drawn = [[heading.upper(), *(name.upper() for name in names)]]
    drawn += [[visible(text), *_figures(flows)[: len(names)]] for text, flows in rows]
    table = Table.grid(padding=(0, 1, 0, 0))
    for at in range(len(drawn[0])):
        table.add_column(justify="right" if at else "left", no_wrap=True, overflow="ellipsis")
    for at, row in enumerate(drawn):
        table.add_row(*(Text(cell, style="" if at else "bold") for cell in row))
    columns = list(zip(*drawn, strict=True))
    return table, sum(max(map(cell_len, column)) for column in columns) + len(columns) - 1


def _figures(flows: Sequence[Flow]) -> list[str]:
    if not flows:
        return ["", "", ""]
    amounts = (add_known(flow.firm_usd for flow in flows), add_known(flow.pledge_usd for flow in flows))
    valued = f"{sum(flow.valued for flow in flows)}/{sum(flow.deals for flow in flows)}"
    return [*(cells.format_cell("sum", usd) for usd in amounts), valued]
