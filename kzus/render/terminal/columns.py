"""The columns of a drawn table: the text of each cell, and how much width each column needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.text import Text

from kzus.render import cells
from kzus.render.terminal import fit
from kzus.render.terminal.chart import draw_bar
from kzus.values.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from kzus.query.listing import Column
    from kzus.render.data_table import DataTable

_UNBREAKABLE_KINDS = frozenset(
    ("money", "sum", "coverage", "number", "share", "date", "id", "stage", "value", "sources", "cite")
)
"""Kinds whose cells never wrap, because half a number or id is a wrong one."""
_AMOUNTS = ("money", "sum")
_LABEL = 16
"""Lines of up to so many characters are never broken."""
_PERCENT, _SHORTEST_BAR, _LONGEST_BAR = 5, 5, 24
"""The width of a share with its heading, and the shortest and longest bar beside it."""


class DrawnColumn(NamedTuple):
    """One drawn column: the columns of the answer that are stacked in it, and the lines of its cells.

    `head` is its heading, `under` has further lines of that.
    """

    stack: tuple[Column, ...]
    lines: list[list[Text]]
    shares: list[float | None]
    head: str
    under: tuple[str, ...] = ()

    def want(self) -> fit.Want:
        """Return the widths that the column needs."""
        first = [cell_len(lines[0].plain) for lines in self.lines]
        under = [line.plain for lines in self.lines for line in lines[1:]]
        head, unbroken = len(self.head), _longest_word(under)
        if self.shares:
            return fit.Want(_PERCENT, _PERCENT, _PERCENT, _PERCENT + 1 + _LONGEST_BAR)
        if self.stack[0].kind in _UNBREAKABLE_KINDS:
            # Longer lines below a figure may wrap, and don't make its column wide.
            short = [len(line) for line in under if len(line) <= _LABEL]
            return fit.want_unbroken([head, *first, *short], unbroken)
        word = _longest_word(lines[0].plain for lines in self.lines)
        # An id is whole or not there, so none of its words breaks.
        if self.stack[0].kind == "ids":
            unbroken = max(unbroken, word)
        beside = (cells.BETWEEN.join(line.plain for line in lines[1:]) for lines in self.lines)
        joined = max(map(cell_len, beside), default=0)
        return fit.want_text([head, *first, *map(cell_len, under)], word, max(head, unbroken), joined)

    def texts(self, at: int, width: int) -> list[Text]:
        """Return the lines of a cell; a share has its bar beside it, where there is room."""
        if not self.has_bars(width):
            return self.joined(at, width)
        percent, part = self.lines[at][0].plain.rjust(_PERCENT), self.shares[at]
        bar, _ = draw_bar(round((part or 0) * 10_000), 0, 10_000, width - _PERCENT - 1)
        return [Text(f"{percent} {bar}")]

    def is_right(self, width: int) -> bool:
        """Tell whether cells are aligned to the right at a width: figures are, bars aren't."""
        return self.stack[0].kind in cells.RIGHT and not self.has_bars(width)

    def has_bars(self, width: int) -> bool:
        """Tell whether a width leaves room for the bars of shares."""
        return bool(self.shares) and width > _PERCENT + _SHORTEST_BAR

    def height(self, at: int, width: int) -> int:
        """Return about how many lines a cell takes at a width."""
        # An empty line takes a line as well, and a column without a heading or a text has a width of 0.
        return sum(-(-cell_len(line.plain) // max(width, 1)) or 1 for line in self.joined(at, width))

    def joined(self, at: int, width: int) -> list[Text]:
        """Return the lines of a cell, those below the first joined where they fit; a match keeps its own line."""
        first, *under = self.lines[at]
        if self.stack[-1].kind == "match":
            return [first, *under]
        lines: list[Text] = []
        for line in under:
            if lines and lines[-1].cell_len + len(cells.BETWEEN) + line.cell_len <= width:
                lines[-1] = Text.assemble(lines[-1], (cells.BETWEEN, "dim"), line)
            else:
                lines.append(line)
        return [first, *lines]


def build_columns(
    table: DataTable, layout: Sequence[Sequence[str]], rows: Sequence[tuple[Any, ...]]
) -> list[DrawnColumn]:
    """Make the columns that a layout names, with a cell for each of the rows."""
    known = {column.name: column for column in table.columns}
    records = [dict(zip((column.name for column in table.columns), row, strict=True)) for row in rows]
    links = table.links() if any(column.kind == "sources" for column in table.columns) else {}
    drawn = []
    for names in layout:
        first, *under = stack = tuple(known[name] for name in names)
        # All amounts of a stack together, so that their scales stand under one another in both lines.
        amounts = _aligned_amounts(stack, records)
        heads = _first_lines(first, [record[first.name] for record in records], links, amounts.get(first.name))
        if first.name == "title" and "url" in known:
            heads = [_add_link(head, record["url"]) for head, record in zip(heads, records, strict=True)]
        lines = [
            [head, *_lines_below(head, under, record, {name: cells[at] for name, cells in amounts.items()})]
            for at, (head, record) in enumerate(zip(heads, records, strict=True))
        ]
        shares = [record[first.name] for record in records] if first.kind == "share" else []
        # The bar of a total would be full, and say nothing.
        if shares and table.total:
            shares[-1] = None
        drawn.append(DrawnColumn(stack, lines, shares, cells.heading(first).upper() if table.header else ""))
    return drawn


def _aligned_amounts(stack: Sequence[Column], records: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the amounts of the columns of money in a stack, with their scales under one another."""
    names = {column.name: column.kind for column in stack if column.kind in _AMOUNTS}
    every = [cells.format_cell(kind, record[name]) for name, kind in names.items() for record in records]
    aligned = cells.align_scales(every)
    return {name: aligned[at * len(records) : (at + 1) * len(records)] for at, name in enumerate(names)}


def _first_lines(
    column: Column, every: Sequence[Any], links: Mapping[str, str], amounts: Sequence[str] | None
) -> list[Text]:
    if amounts is not None:
        return [Text(amount, style="" if cell else "dim") for amount, cell in zip(amounts, every, strict=True)]
    return [_styled_cell(column.kind, cell, links) for cell in every]


def _lines_below(
    head: Text, stack: Sequence[Column], row: Mapping[str, Any], amounts: Mapping[str, str]
) -> Iterable[Text]:
    """Yield the lines below the first; a match that occurs in the first line is marked there instead."""
    kinds = {column.name: column.kind for column in stack}
    for name in cells.columns_below(list(kinds), row):
        kind, cell = kinds[name], row[name]
        if kind == "match":
            yield from _match_lines(head, cells.format_cell(kind, cell))
        else:
            shown = amounts.get(name) or cells.format_cell(kind, cell)
            yield Text(shown, style=cells.stage_style(cell) if kind == "stage" else "dim")


def _match_lines(head: Text, snippet: str) -> Iterable[Text]:
    bare = snippet.strip("…").replace("‹", "").replace("›", "")
    if bare in head.plain:
        marked = _styled_hits(head.plain.replace(bare, snippet.strip("…")))
        # In place, because the head already is the first line of its cell.
        head.plain, head.spans = marked.plain, [*head.spans, *marked.spans]
    else:
        yield _styled_hits(snippet)


def _styled_cell(kind: str, cell: Any, links: Mapping[str, str]) -> Text:
    if kind == "sources" and cell:
        first, *others = cell.split(",")
        more = f" +{len(others)}" if others else ""
        return _add_link(Text(visible(first)), links.get(first)).append(more, style="dim")
    if kind in ("match", "marked"):
        return _styled_hits(cells.format_cell(kind, cell))
    if kind == "cite" and cell:
        return _add_link(Text(f"[{cell[0]}]", style="dim"), cell[1])
    shown = Text(cells.format_cell(kind, cell))
    if kind == "url":
        return _add_link(shown, cell)
    if kind == "stage":
        shown.stylize(cells.stage_style(cell))
    return shown


def _add_link(text: Text, url: str | None) -> Text:
    if cells.is_link(url):
        text.stylize(f"link {url}")
    return text


def _styled_hits(shown: str) -> Text:
    """Print in bold what stands between the marks of a hit."""
    before, *found = shown.split("‹")
    text = Text(before)
    for each in found:
        word, mark, after = each.partition("›")
        text.append(f"‹{word}{mark}", style="bold").append(after)
    return text


def _longest_word(lines: Iterable[str]) -> int:
    """Return the width of the longest word; an address may break anywhere."""
    return max((cell_len(word) for line in lines for word in line.split() if "://" not in word), default=0)
