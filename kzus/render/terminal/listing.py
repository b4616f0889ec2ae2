"""Lists for a terminal: a line a row on a wide one, two at most on a narrow one, cut rather than wrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Group
from rich.text import Text

from kzus.render import cells
from kzus.render.terminal import fit
from kzus.render.terminal.clusters import ELLIPSIS, cut
from kzus.render.terminal.columns import build_columns
from kzus.render.terminal.table import draw_sections, draw_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from kzus.query.listing import Column
    from kzus.query.lists.screens import Screen
    from kzus.render.data_table import DataTable
    from kzus.render.terminal.columns import DrawnColumn

WIDE, WIDEST = 100, 140
"""From these widths on, a row is one line, and ids are its last column."""
_HIT = "‹›"
_CUT_KINDS = frozenset(("text", "ids", "texts", "match"))
"""Kinds whose cells may be cut: half a number or date is a wrong one."""


def draw_list(table: DataTable, screen: Screen, width: int) -> RenderableType:
    """Draw a list for a width; where even two lines a row have no room, all is stacked in one column."""
    for layout in _layouts(screen, width):
        drawn = _build(table, layout)
        rooms = [_room(column) for column in drawn]
        if fit.across(room.least for room in rooms) <= width:
            widths = fit.share(rooms, width)
            cut_columns = [_cut(column, each) for column, each in zip(drawn, widths, strict=True)]
            styles = [""] * len(cut_columns[0].lines)
            return Group(*draw_sections(table, list(zip(cut_columns, widths, strict=True)), styles, width))
    first, second, *others = screen.narrow
    stack = [name for names in (second, first, *others) for name in names]
    return draw_table(table._replace(layout=[stack], extra=(), screen=None), width)


def _layouts(screen: Screen, width: int) -> Iterator[Sequence[Sequence[str]]]:
    """Yield the layouts for a width, the one with most columns first."""
    wide = [(name,) for name in screen.wide]
    if width >= WIDEST:
        yield [*wide, ("id",)]
    if width >= WIDE:
        yield wide
    yield screen.narrow


def _build(table: DataTable, layout: Sequence[Sequence[str]]) -> list[DrawnColumn]:
    """Make the columns of a layout; each name in a stack is a line of the heading."""
    drawn = build_columns(table, layout, list(table.rows))
    if not table.header:
        return drawn
    most = max(len(column.stack) for column in drawn)
    return [column._replace(under=_headings(column.stack[1:], most - 1)) for column in drawn]


def _headings(columns: Sequence[Column], lines: int) -> tuple[str, ...]:
    """Return so many lines of headings, empty where a column has none: rich sets fewer at the bottom."""
    return tuple(cells.heading(each).upper() for each in columns) + ("",) * (lines - len(columns))


def _room(column: DrawnColumn) -> fit.Room:
    """Return what a column needs, and the widths of what may be cut in it."""
    whole = [len(head) for head in (column.head, *column.under)]
    cuttable: list[int] = []
    first, under = (cuttable if each.kind in _CUT_KINDS else whole for each in (column.stack[0], column.stack[-1]))
    for lines in column.lines:
        first.append(cell_len(lines[0].plain))
        under.extend(cell_len(line.plain) for line in lines[1:])
    return fit.room(max(whole), cuttable)


def _cut(column: DrawnColumn, width: int) -> DrawnColumn:
    shorten = _cut_match if column.stack[-1].kind == "match" else cut
    return column._replace(lines=[[shorten(line, width) for line in lines] for lines in column.lines])


def _cut_match(line: Text, width: int) -> Text:
    """Cut a line so that the first of the words that were found stays, at its beginning if need be."""
    start, end = line.plain.find(_HIT[0]), line.plain.find(_HIT[1])
    if cell_len(line.plain[: end + 1]) >= width:
        word = line.plain.find(" ", max(len(line.plain) - width + 1, 0), start) + 1
        line = Text(ELLIPSIS).append_text(line[word or start :])
    return cut(line, width)
