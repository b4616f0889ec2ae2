"""Tables for a person, fitted to the width of the terminal, and everything else that rich draws."""

from __future__ import annotations

import io
import re
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.console import Console, Group
from rich.text import Text

from kzus.output import cells, fit, marks
from kzus.output.grid import Grid, Row
from kzus.output.sheet import Drawing, Note, Page
from kzus.texts import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from rich.console import RenderableType

    from kzus.environment import Environment
    from kzus.output.sheet import Part, Sheet
    from kzus.query import Column

_WHOLE = frozenset(("money", "number", "share", "date", "id", "stage", "value", "sources", "cite"))
"""Kinds whose cells never wrap: half a number or id is a wrong one."""
_FILLING = re.compile("(?: |\x1b\\[[0-9;]*m)+$")
_LABEL = 16
"""A line of so few characters isn't worth a break."""
_BETWEEN = " · "
_INDENT = "  "
_PERCENT, _SHORTEST_BAR, _LONGEST_BAR = 5, 5, 24
"""What a share takes with its heading, and the least and most that its bar may take."""
_TALL = 2.25
"""Rows of so many lines on average are set apart, or one can't tell where the next begins."""


class _Column(NamedTuple):
    """One drawn column: the contract columns stacked in it and its cells as lines."""

    stack: tuple[Column, ...]
    lines: list[list[Text]]
    shares: list[float | None]
    head: str

    def want(self) -> fit.Want:
        first = [cell_len(lines[0].plain) for lines in self.lines]
        under = [line.plain for lines in self.lines for line in lines[1:]]
        head, unbroken = len(self.head), _longest_word(under)
        if self.shares:
            return fit.Want(_PERCENT, _PERCENT, _PERCENT, _PERCENT + 1 + _LONGEST_BAR)
        if self.stack[0].kind in _WHOLE:
            short = [len(line) for line in under if len(line) <= _LABEL]
            return fit.whole([head, *first, *short], unbroken)
        word = _longest_word(lines[0].plain for lines in self.lines)
        joined = max((cell_len(_BETWEEN.join(line.plain for line in lines[1:])) for lines in self.lines), default=0)
        return fit.text([head, *first, *map(cell_len, under)], word, max(head, unbroken), joined)

    def texts(self, at: int, width: int) -> list[Text]:
        """Return the lines of a cell; beside a share stands its bar, where there is room for one."""
        if not self.has_bars(width):
            return self.joined(at, width)
        percent, part = self.lines[at][0].plain.rjust(_PERCENT), self.shares[at]
        bar, _ = marks.bar(round((part or 0) * 10_000), 0, 10_000, width - _PERCENT - 1)
        return [Text(f"{percent} {bar}")]

    def is_right(self, width: int) -> bool:
        return self.stack[0].kind in cells.RIGHT and not self.has_bars(width)

    def has_bars(self, width: int) -> bool:
        return bool(self.shares) and width > _PERCENT + _SHORTEST_BAR

    def height(self, at: int, width: int) -> int:
        return sum(-(-cell_len(line.plain) // width) or 1 for line in self.joined(at, width))

    def joined(self, at: int, width: int) -> list[Text]:
        """Return the lines of a cell, those below the first on one line where they fit; a match has its own."""
        first, *under = self.lines[at]
        if self.stack[-1].kind == "match":
            return [first, *under]
        lines: list[Text] = []
        for line in under:
            if lines and lines[-1].cell_len + len(_BETWEEN) + line.cell_len <= width:
                lines[-1] = Text.assemble(lines[-1], (_BETWEEN, "dim"), line)
            else:
                lines.append(line)
        return [first, *lines]


def console(env: Environment) -> Console:
    """Make the console that everything is drawn with: no markup, no highlighting, no guessing."""
    return Console(
        file=env.stdout,
        width=env.width,
        force_terminal=env.has_styles,
        color_system="standard" if env.has_styles else None,
        no_color=not env.has_colour,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )


def write(env: Environment, part: Part) -> None:
    """Draw one part of an answer, without the spaces that fill its lines."""
    if (drawn := draw(part, env.width)) is not None:
        aside = io.StringIO()
        console(env._replace(stdout=aside)).print(drawn)
        lines = aside.getvalue().splitlines()
        env.stdout.writelines(_FILLING.sub(lambda tail: tail[0].replace(" ", ""), line) + "\n" for line in lines)


def draw(part: Part, width: int) -> RenderableType | None:
    """Make what rich draws of a part, fitted to a width; nothing of a sheet without rows."""
    if isinstance(part, Note):
        return Text(visible(part.text), style="dim")
    if isinstance(part, Drawing):
        return part.draw(width)
    if isinstance(part, Page):
        from kzus.output import pages

        return pages.draw(part, width, _sheet)
    return _sheet(part, width) if part.rows else None


def _sheet(sheet: Sheet, width: int) -> Group:
    """Make a table, fitted to a width; its sections are set apart by rules."""
    every = [*sheet.rows, sheet.total] if sheet.total else list(sheet.rows)
    drawn = _chosen(sheet, every, width)
    is_asked = len(sheet.layout) == len(sheet.columns)
    widths = fit.fit([column.want() for column in drawn], width, is_asked=is_asked)
    pairs = list(zip(drawn, widths, strict=False))
    columns = [(each, column.is_right(each)) for column, each in pairs]
    rows = [Row([column.texts(at, each) for column, each in pairs]) for at in range(len(every))]
    if sheet.total:
        rows[-1] = rows[-1]._replace(style="bold")
    lines = sum(max(column.height(at, each) for column, each in pairs) for at in range(len(every)))
    parts: list[RenderableType] = []
    if sheet.header:
        parts.append(Grid(columns, [Row([[Text(column.head)] for column, _ in pairs], "bold")]))
    parts += _sections(sheet, columns, rows, width, is_tall=lines >= _TALL * len(every))
    if is_asked and len(pairs) < len(sheet.columns):
        parts.append(_left_out(sheet.columns[len(pairs) :]))
    return Group(*parts)


def _sections(
    sheet: Sheet, columns: Sequence[tuple[int, bool]], rows: Sequence[Row], width: int, *, is_tall: bool
) -> Iterable[RenderableType]:
    """Yield the rows, under a rule for each section if there are any."""
    if not sheet.sections:
        yield Grid(columns, _spaced(rows, columns) if is_tall else rows)
        return
    across = sum(each for each, _ in columns) + fit.GAP * (len(columns) - 1)
    for count, (heading, group) in enumerate(groupby(zip(sheet.sections, rows, strict=True), key=itemgetter(0))):
        if count and is_tall:
            yield Text()
        yield _rule(heading, across, width)
        members = [row for _, row in group]
        yield Grid(columns, _spaced(members, columns) if is_tall else members)


def _spaced(rows: Sequence[Row], columns: Sequence[object]) -> list[Row]:
    """Set an empty row between all others."""
    empty = Row([()] * len(columns))
    return [each for row in rows for each in (row, empty)][:-1]


def _chosen(sheet: Sheet, rows: Sequence[tuple[Any, ...]], width: int) -> list[_Column]:
    """Return the columns to draw: more of them where there is room, stacked higher where it is narrow."""
    drawn = _columns(sheet, sheet.layout, rows)
    wants = [column.want() for column in drawn]
    if fit.fits(wants, width):
        for column in _columns(sheet, sheet.extra, rows):
            wants.append(column.want())
            if not fit.has_room(wants, width):
                break
            drawn.append(column)
        return drawn
    if sheet.narrow:
        drawn = _columns(sheet, sheet.narrow, rows)
        if not fit.fits([column.want() for column in drawn[:2]], width):
            first, second, *others = sheet.narrow
            return _columns(sheet, [[name for stack in (second, first, *others) for name in stack]], rows)
    return drawn


def _rule(heading: str, across: int, width: int) -> Text:
    """Head a section with its name, what is said of it, below where there is no room, and a rule `across` it."""
    name, *rest = visible(heading).split(_BETWEEN)
    text, at = Text().append(name, style="bold"), cell_len(name)
    for place, part in enumerate(rest):
        is_below = at + len(_BETWEEN) + cell_len(_BETWEEN.join(rest) if not place else part) > width
        text.append(f"\n{_INDENT}{part}" if is_below else f"{_BETWEEN}{part}")
        at = cell_len(part) + (len(_INDENT) if is_below else at + len(_BETWEEN))
    return text.append(f" {'─' * (across - at - 1)}" if across - at > 1 else "", style="dim")


def _left_out(columns: Sequence[Column]) -> Text:
    names = ", ".join(visible(column.name) for column in columns)
    return Text(f"no room for {names}: widen the terminal, or name fewer columns", style="dim")


def _columns(sheet: Sheet, layout: Sequence[Sequence[str]], rows: Sequence[tuple[Any, ...]]) -> list[_Column]:
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
        drawn.append(_Column(stack, lines, shares, cells.heading(first).upper() if sheet.header else ""))
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
