"""The columns of a table as they are drawn: what stands in each cell, and how much room it wants."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.text import Text

from kzus.render import cells
from kzus.render.terminal import fit, marks
from kzus.values.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from kzus.query.listing import Column
    from kzus.render.document import Sheet

_WHOLE = frozenset(("money", "number", "share", "date", "id", "stage", "value", "sources", "cite"))
"""Kinds whose cells never wrap: half a number or id is a wrong one."""
_LABEL = 16
"""A line of so few characters isn't worth a break."""
_PERCENT, _SHORTEST_BAR, _LONGEST_BAR = 5, 5, 24
"""What a share takes with its heading, and the least and most that its bar may take."""


class DrawnColumn(NamedTuple):
    """One drawn column: the contract columns stacked in it and its cells as lines."""

    stack: tuple[Column, ...]
    lines: list[list[Text]]
    shares: list[float | None]
    head: str

    def want(self) -> fit.Want:
        """Say how much room it wants."""
        first = [cell_len(lines[0].plain) for lines in self.lines]
        under = [line.plain for lines in self.lines for line in lines[1:]]
        head, unbroken = len(self.head), _longest_word(under)
        if self.shares:
            return fit.Want(_PERCENT, _PERCENT, _PERCENT, _PERCENT + 1 + _LONGEST_BAR)
        if self.stack[0].kind in _WHOLE:
            short = [len(line) for line in under if len(line) <= _LABEL]
            return fit.whole([head, *first, *short], unbroken)
        word = _longest_word(lines[0].plain for lines in self.lines)
        if self.stack[0].kind == "ids":
            unbroken = max(unbroken, word)
        beside = (cells.BETWEEN.join(line.plain for line in lines[1:]) for lines in self.lines)
        joined = max(map(cell_len, beside), default=0)
        return fit.text([head, *first, *map(cell_len, under)], word, max(head, unbroken), joined)

    def texts(self, at: int, width: int) -> list[Text]:
        """Return the lines of a cell; beside a share stands its bar, where there is room for one."""
        if not self.has_bars(width):
            return self.joined(at, width)
        percent, part = self.lines[at][0].plain.rjust(_PERCENT), self.shares[at]
        bar, _ = marks.bar(round((part or 0) * 10_000), 0, 10_000, width - _PERCENT - 1)
        return [Text(f"{percent} {bar}")]

    def is_right(self, width: int) -> bool:
        """Tell whether it stands to the right at a width, where figures do and bars don't."""
        return self.stack[0].kind in cells.RIGHT and not self.has_bars(width)

    def has_bars(self, width: int) -> bool:
        """Tell whether a width leaves room for the bars of shares."""
        return bool(self.shares) and width > _PERCENT + _SHORTEST_BAR

    def height(self, at: int, width: int) -> int:
        """Return about how many lines a cell takes at a width."""
        return sum(-(-cell_len(line.plain) // width) or 1 for line in self.joined(at, width))

    def joined(self, at: int, width: int) -> list[Text]:
        """Return the lines of a cell, those below the first on one line where they fit; a match has its own."""
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


def build(sheet: Sheet, layout: Sequence[Sequence[str]], rows: Sequence[tuple[Any, ...]]) -> list[DrawnColumn]:
    """Make the columns that a layout names, with a cell for each of the rows."""
    known = {column.name: column for column in sheet.columns}
    records = [dict(zip((column.name for column in sheet.columns), row, strict=True)) for row in rows]
    links = sheet.links() if any(column.kind == "sources" for column in sheet.columns) else {}
    drawn = []
    for names in layout:
        first, *under = stack = tuple(known[name] for name in names)
        heads = _heads(first, [record[first.name] for record in records], links)
        if sheet.total and records[-1][first.name] is None:
            heads[-1] = Text()  # a total has no more to say there, which isn't unknown
        if first.name == "title" and "url" in known:
            heads = [_linked(head, record["url"]) for head, record in zip(heads, records, strict=True)]
        lines = [[head, *_under(head, under, record)] for head, record in zip(heads, records, strict=True)]
        shares = [record[first.name] for record in records] if first.kind == "share" else []
        if shares and sheet.total:
            shares[-1] = None
        drawn.append(DrawnColumn(stack, lines, shares, cells.heading(first).upper() if sheet.header else ""))
    return drawn


def _heads(column: Column, every: Sequence[Any], links: Mapping[str, str]) -> list[Text]:
    if column.kind == "money":
        amounts = cells.aligned([cells.drawn("money", cell) for cell in every])
        return [Text(amount, style="" if cell else "dim") for amount, cell in zip(amounts, every, strict=True)]
    return [_cell(column.kind, cell, links) for cell in every]


def _under(head: Text, stack: Sequence[Column], row: Mapping[str, Any]) -> Iterable[Text]:
    """Yield the lines below the first; a match that stands in the first is marked there."""
    kinds = {column.name: column.kind for column in stack}
    for name in cells.under(list(kinds), row):
        kind, cell = kinds[name], row[name]
        if kind == "match":
            yield from _match(head, cells.drawn(kind, cell))
        else:
            yield Text(cells.drawn(kind, cell), style=cells.STAGE_STYLES.get(cell, "") if kind == "stage" else "dim")


def _match(head: Text, snippet: str) -> Iterable[Text]:
    bare = snippet.strip("…").replace("‹", "").replace("›", "")
    if bare in head.plain:
        marked = _marked(head.plain.replace(bare, snippet.strip("…")))
        head.plain, head.spans = marked.plain, [*head.spans, *marked.spans]
    else:
        yield _marked(snippet)


def _cell(kind: str, cell: Any, links: Mapping[str, str]) -> Text:
    if kind == "sources" and cell:
        first, *others = cell.split(",")
        more = f" +{len(others)}" if others else ""
        return _linked(Text(visible(first)), links.get(first)).append(more, style="dim")
    if kind == "match":
        return _marked(cells.drawn(kind, cell))
    if kind == "cite" and cell:
        return _linked(Text(f"[{cell[0]}]", style="dim"), cell[1])
    shown = Text(cells.drawn(kind, cell))
    if kind == "url":
        return _linked(shown, cell)
    if kind == "stage":
        shown.stylize(cells.STAGE_STYLES.get(cell, ""))
    return shown


def _linked(text: Text, url: str | None) -> Text:
    if cells.is_link(url):
        text.stylize(f"link {url}")
    return text


def _marked(shown: str) -> Text:
    """Set what stands between marks off by more than the marks."""
    before, *found = shown.split("‹")
    text = Text(before)
    for each in found:
        word, mark, after = each.partition("›")
        text.append(f"‹{word}{mark}", style="bold").append(after)
    return text


def _longest_word(lines: Iterable[str]) -> int:
    """Return the width of the longest word; an address may break anywhere."""
    return max((cell_len(word) for line in lines for word in line.split() if "://" not in word), default=0)
