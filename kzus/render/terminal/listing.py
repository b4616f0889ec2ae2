"""Lists for a terminal: a line a row on a wide one, two at most on a narrow one, cut rather than wrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Group
from rich.text import Text

from kzus.render import cells
from kzus.render.environment import WIDE, WIDEST
from kzus.render.terminal import fit
from kzus.render.terminal.columns import build_columns
from kzus.render.terminal.fit import ELLIPSIS, cut
from kzus.render.terminal.table import draw_sections, draw_table, missing_columns_note

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from rich.console import RenderableType

    from kzus.query.listing import Column
    from kzus.query.lists.screens import Screen
    from kzus.render.data_table import DataTable
    from kzus.render.terminal.columns import DrawnColumn

    _Spare = list[tuple[DrawnColumn, fit.Room]]

_HIT_MARKS = "‹›"
_ARROW = " → "
_LEAST_WIDTHS = {"payment": 25, "figures": 40}
"""The least width of who pays whom and of who says what, which a title could take instead."""
_LEAST_PAYER = 8
_CUT_KINDS = frozenset(("text", "ids", "texts", "match", "marked", "url", "payment", "figures"))
"""Kinds whose cells may be cut: half a number or date is a wrong one."""


_CALLED = {"title", "name", "label", "text"}
"""The columns of what an entry is called."""


def draw_list(table: DataTable, screen: Screen, width: int, *, indent: int = 0) -> RenderableType:
    """Draw a list for a width; where even two lines a row have no room, all is stacked in one column.

    The whole width decides on the columns, and they share what an indent leaves of it.
    """
    blank = _blank_columns(table)
    layouts, width = [_without(layout, blank) for layout in _layouts(screen, width)], width - indent
    for layout in layouts:
        drawn = _build(table, layout)
        rooms = [_room(column) for column in drawn]
        if fit.across(room.least for room in rooms) <= width:
            spare = _spare_columns(table, screen, rooms, width) if layout[-1] == ("id",) else []
            widths, spare = _share_with_telling(rooms, spare, width)
            columns = zip([*drawn, *(column for column, _ in spare)], widths, strict=True)
            return _draw_cut(table, _with_id_last(list(columns), len(spare)), width)
    # Where all is one column, what an entry is called comes first.
    stacks = sorted(screen.narrow, key=lambda names: not _CALLED & {*names})
    stack = [name for names in stacks for name in names]
    return draw_table(table._replace(layout=[stack], extra=(), screen=None), width)


def _blank_columns(table: DataTable) -> frozenset[str]:
    """Return the names of columns of which no cell says anything, and so whose headings would name nothing."""
    rows = [*table.rows, table.total] if table.total else list(table.rows)
    return frozenset(
        column.name for at, column in enumerate(table.columns) if all(row[at] == cells.BLANK for row in rows)
    )


def _without(layout: Sequence[Sequence[str]], blank: Collection[str]) -> list[Sequence[str]]:
    """Return a layout without blank columns; one whose first column is blank keeps its place."""
    kept = [(first, *(name for name in under if name not in blank)) for first, *under in layout]
    return [stack for stack in kept if len(stack) > 1 or stack[0] not in blank]


def draw_chosen(table: DataTable, width: int) -> RenderableType:
    """Draw the columns that were asked for, on as many lines as a list; those that find no room are named.

    A column alone may take as many lines as its texts need, because somebody wants to read them.
    """
    if len(table.layout) == 1:
        return draw_table(table, width)
    columns = _fitted_columns(table, table.layout, width)
    if len(columns) < len(table.layout) and width < WIDE:
        # Two columns a stack: a row takes two lines at most.
        half = -(-len(table.columns) // 2)
        columns = _fitted_columns(table, [[each.name for each in table.columns[at::half]] for at in range(half)], width)
    drawn = _draw_cut(table, columns, width)
    shown = [each for column, _ in columns for each in column.stack]
    missing = [each for each in table.columns if each not in shown]
    return Group(drawn, missing_columns_note(missing)) if missing else drawn


def _fitted_columns(table: DataTable, layout: Sequence[Sequence[str]], width: int) -> list[tuple[DrawnColumn, int]]:
    """Return the columns of a layout with their widths; the last are left out until the others have room."""
    drawn = _build(table, layout)
    rooms = [_room(column) for column in drawn]
    while len(rooms) > 1 and fit.across(room.least for room in rooms) > width:
        rooms.pop()
    widths = fit.share(rooms, width, is_even=True)
    return list(zip(drawn, _widen_bars(drawn, widths, width), strict=False))


def _draw_cut(table: DataTable, columns: Sequence[tuple[DrawnColumn, int]], width: int) -> Group:
    """Draw columns at their widths, each cell cut to that."""
    styles = [""] * len(list(table.rows)) + ["bold"] * bool(table.total)
    cut_columns = [(_cut(column, each), each) for column, each in columns]
    return Group(*draw_sections(table, cut_columns, styles, width, is_cut=True))


def _layouts(screen: Screen, width: int) -> Iterator[Sequence[Sequence[str]]]:
    """Yield the layouts for a width, the one with most columns first."""
    wide = [(name,) for name in screen.wide]
    # A wider layout without room falls back to the next, so that each width has one.
    if width >= WIDEST:
        yield [*wide, ("id",)]
    # Below it a row takes two lines.
    if width >= WIDE:
        yield wide
    yield screen.narrow


def _spare_columns(table: DataTable, screen: Screen, rooms: Sequence[fit.Room], width: int) -> _Spare:
    """Return the spare columns that leave most cells of the others whole."""
    found: _Spare = []
    for column in _build(table, [(name,) for name in screen.spare]) if screen.spare else []:
        room = _room(column, is_spare=True)
        taken = sum(each.least + fit.GAP for each in (*(room for _, room in found), room))
        if not fit.are_mostly_whole(rooms, width - taken, len(column.lines)):
            break
        found.append((column, room))
    return found


def _share_with_telling(rooms: Sequence[fit.Room], spare: _Spare, width: int) -> tuple[list[int], _Spare]:
    """Share a width with the spare columns, without those of which more than half would be cut: they tell nothing."""
    widths = fit.share_with_spare(rooms, [room for _, room in spare], width)
    own = widths[len(rooms) :]
    kept = [each for each, has in zip(spare, own, strict=True) if not _is_mostly_cut(each[0], has)]
    return (widths, spare) if len(kept) == len(spare) else _share_with_telling(rooms, kept, width)


def _is_mostly_cut(column: DrawnColumn, width: int) -> bool:
    told = [lines[0] for lines in column.lines if lines[0].plain not in (cells.UNKNOWN, cells.BLANK)]
    return 2 * sum(line.cell_len > width for line in told) > len(told)


def _with_id_last(columns: list[tuple[DrawnColumn, int]], spare: int) -> list[tuple[DrawnColumn, int]]:
    """Return the columns with the spare ones, which are the last, in front of the id."""
    at = len(columns) - spare - 1
    return [*columns[:at], *columns[at + 1 :], columns[at]] if spare else columns


def _build(table: DataTable, layout: Sequence[Sequence[str]]) -> list[DrawnColumn]:
    """Make the columns of a layout; each name in a stack is a line of the heading."""
    drawn = build_columns(table, layout, [*table.rows, table.last_row] if table.last_row else list(table.rows))
    if not table.header:
        return drawn
    most = max(len(column.stack) for column in drawn)
    return [column._replace(under=_heading_lines(column.stack[1:], most - 1)) for column in drawn]


def _widen_bars(drawn: Sequence[DrawnColumn], widths: list[int], width: int) -> list[int]:
    """Give the bars of shares what all columns leave."""
    for at, column in enumerate(drawn[: len(widths)]):
        widths[at] += min(max(width - fit.across(widths), 0), max(column.want().most - widths[at], 0)) * bool(
            column.shares
        )
    return widths


def _heading_lines(columns: Sequence[Column], lines: int) -> tuple[str, ...]:
    """Return so many lines of headings, empty where a column has none: rich sets fewer at the bottom."""
    return tuple(cells.heading(each).upper() for each in columns) + ("",) * (lines - len(columns))


def _room(column: DrawnColumn, *, is_spare: bool = False) -> fit.Room:
    """Return what a column needs, and the widths of what may be cut in it."""
    whole = [len(head) for head in (column.head, *column.under)]
    cuttable: list[int] = []
    for lines in column.lines:
        for kind, line in _by_kind(column, lines):
            (cuttable if kind in _CUT_KINDS else whole).append(cell_len(line.plain))
            # The first id must fit, since cutting ends behind it at the earliest.
            if kind == "ids":
                whole.append(cell_len(_cut_ids(line, 0).plain))
    whole.append(min(max(cuttable, default=0), _LEAST_WIDTHS.get(column.stack[0].kind, 0)))
    return fit.room(max(whole), cuttable, is_spare=is_spare)


def _by_kind(column: DrawnColumn, lines: Sequence[Text]) -> Iterator[tuple[str, Text]]:
    """Yield the lines of a cell, each with the kind of its column; what stands below the first is of one column."""
    yield column.stack[0].kind, lines[0]
    yield from ((column.stack[-1].kind, line) for line in lines[1:])


def _cut(column: DrawnColumn, width: int) -> DrawnColumn:
    shorten = {"match": _cut_match, "ids": _cut_ids, "payment": _cut_payment}
    lines = [[shorten.get(kind, cut)(line, width) for kind, line in _by_kind(column, cell)] for cell in column.lines]
    return column._replace(lines=lines)


def _cut_ids(line: Text, width: int) -> Text:
    """Cut a line between ids behind the first, since half an id is another."""
    if line.cell_len <= width or ", " not in line.plain:
        return line
    end = line.plain.rfind(", ", 0, max(width, 0))
    return line[: (end if end > 0 else line.plain.index(", ")) + 2].append(ELLIPSIS)


def _cut_match(line: Text, width: int) -> Text:
    """Cut a line so that the first of the words that were found stays, at its beginning if need be."""
    start, end = line.plain.find(_HIT_MARKS[0]), line.plain.find(_HIT_MARKS[1])
    # A hit near the beginning is seen anyway; only what lies behind the cut is moved to the front.
    if line.cell_len > width and cell_len(line.plain[: end + 1]) >= width:
        word = line.plain.find(" ", max(len(line.plain) - width + 1, 0), start) + 1
        line = Text(ELLIPSIS).append_text(line[word or start :])
    return cut(line, width)


def _cut_payment(line: Text, width: int) -> Text:
    """Cut who pays before who is paid, as far as a few of its letters stay."""
    payer, arrow, payee = line.plain.partition(_ARROW)
    if not arrow or line.cell_len <= width:
        return cut(line, width)
    room = max(width - cell_len(arrow + payee), min(_LEAST_PAYER, cell_len(payer)))
    kept = cut(line[: len(payer)], room)
    return cut(kept.append_text(line[len(payer) :]), width)
