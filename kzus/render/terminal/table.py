"""Tables for a terminal, fitted to its width."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, TypeGuard

from rich.cells import cell_len
from rich.console import Group
from rich.table import Table
from rich.text import Text

from kzus.render.cells import BETWEEN, is_link
from kzus.render.terminal import fit
from kzus.render.terminal.columns import DrawnColumn, build_columns
from kzus.render.terminal.fit import cut
from kzus.values.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from rich.console import RenderableType

    from kzus.query.listing import Column
    from kzus.render.data_table import DataTable

    _Columns = Sequence[tuple[DrawnColumn, int]]
    """Columns, each with the width that it has."""

_REMARK_INDENT = "  "
_LINE_END = Text("\n")
_TALL = 2.25
"""From so many lines a row on average, an empty line separates rows; else nobody sees where the next begins."""


def draw_table(table: DataTable, width: int) -> Group:
    """Draw a table for a width; a rule heads each of its sections."""
    every = [*table.rows, table.last_row] if table.last_row else list(table.rows)
    if table.is_one_line:
        return Group(_draw_one_line(table, every, width))
    drawn = _choose_columns(table, every, width)
    # Rows may differ only in a column that has no room, and would look like one row printed twice.
    if table.extra and len(drawn) < len(table.layout) + len(table.extra):
        table, drawn = _without_doubles(table, drawn)
        every = list(table.rows)
    is_asked = len(table.layout) == len(table.columns) and not table.narrow
    widths = fit.fit([column.want() for column in drawn], width, is_asked=is_asked)
    columns = list(zip(drawn, widths, strict=False))
    styles = [""] * (len(every) - bool(table.total)) + ["bold"] * bool(table.total)
    lines = sum(max(column.height(at, each) for column, each in columns) for at in range(len(every)))
    is_tall = lines >= _TALL * len(every)
    if addresses := _take_long_addresses(columns):
        parts = list(_draw_around_addresses(columns, addresses, styles, is_tall=is_tall))
    else:
        parts = list(draw_sections(table, columns, styles, width, is_tall=is_tall))
    if is_asked and len(columns) < len(table.columns):
        parts.append(missing_columns_note(table.columns[len(columns) :]))
    return Group(*parts)


def unbroken(text: Text) -> Text:
    """Make a line that nothing breaks but the terminal, so that an address in it can be copied."""
    text.no_wrap, text.overflow = True, "ignore"
    return text


def is_unbroken(part: object) -> TypeGuard[Text]:
    """Tell whether a part is a line that may be wider than the terminal."""
    return isinstance(part, Text) and part.overflow == "ignore"


def _take_long_addresses(columns: _Columns) -> dict[int, list[Text]]:
    """Take out of the lines of each row the addresses that are wider than their column, indented as that is."""
    taken: dict[int, list[Text]] = {}
    indent = 0
    for column, width in columns:
        for at, lines in enumerate(column.lines):
            long = [line for line in lines[1:] if line.cell_len > width and is_link(line.plain)]
            # In place, so that the rows that are drawn below no longer have them.
            lines[:] = [line for line in lines if line not in long]
            for line in long:
                line.pad_left(indent)
                taken.setdefault(at, []).append(unbroken(line))
        indent += width + fit.GAP
    return taken


def _draw_around_addresses(
    columns: _Columns, addresses: Mapping[int, list[Text]], styles: Sequence[str], *, is_tall: bool
) -> Iterable[RenderableType]:
    """Yield rows with long addresses below those that they belong to; such a table has no heading and no sections."""
    waiting: list[int] = []
    for at in range(len(styles)):
        waiting.append(at)
        # A table of rich holds rows alone, so it ends in front of an address, and another begins behind it.
        if at in addresses or at == len(styles) - 1:
            yield _draw_rows(columns, waiting, styles, has_header=False, is_tall=is_tall)
            yield from addresses.get(at, ())
            yield from [Text()] * (is_tall and at < len(styles) - 1)
            waiting = []


def _draw_one_line(table: DataTable, rows: Sequence[tuple[Any, ...]], width: int) -> Table:
    """Draw a row a line: the first column is cut where the others leave it too little."""
    drawn = build_columns(table, table.layout, rows)
    widths, gap = fit.fit_one_line([column.want() for column in drawn], width)
    for lines in drawn[0].lines:
        lines[0] = cut(lines[0], widths[0])
    styles = [""] * (len(rows) - bool(table.total)) + ["bold"] * bool(table.total)
    columns = list(zip(drawn, widths, strict=False))
    return _draw_rows(columns, range(len(rows)), styles, has_header=table.header, is_tall=False, gap=gap)


def draw_sections(
    table: DataTable,
    columns: _Columns,
    styles: Sequence[str],
    width: int,
    *,
    is_tall: bool = False,
    is_cut: bool = False,
) -> Iterable[RenderableType]:
    """Yield the whole table, or a heading and a table for each section."""
    draw = partial(_draw_rows, columns, styles=styles, is_cut=is_cut)
    if not table.sections:
        yield draw(range(len(styles)), has_header=table.header, is_tall=is_tall)
        return
    if table.header:
        yield draw((), has_header=True, is_tall=False)
    across = sum(each for _, each in columns) + fit.GAP * (len(columns) - 1)
    for count, (heading, group) in enumerate(groupby(enumerate(table.sections), key=itemgetter(1))):
        if count and is_tall:
            yield Text()
        yield _section_rule(heading, across, width)
        yield draw([at for at, _ in group], has_header=False, is_tall=is_tall)


def _draw_rows(
    columns: _Columns,
    rows: Sequence[int],
    styles: Sequence[str],
    *,
    has_header: bool,
    is_tall: bool,
    gap: int = fit.GAP,
    is_cut: bool = False,
) -> Table:
    """Draw these rows; empty lines separate tall ones.

    With `is_cut` no cell is wider than its column, so that the gap may be a part of that: rich draws padding slowly.
    """
    padding = 0 if is_cut else gap
    table = Table(
        box=None, padding=(0, padding, 0, 0), pad_edge=False, show_header=has_header, header_style="bold"
    )  # fmt: skip
    for column, width in columns:
        heading = _align_lines(list(map(Text, (column.head, *column.under))), column, width)
        is_last = column is columns[-1][0]
        table.add_column(heading, width=width if is_last else width + gap - padding, overflow="fold")
    for at in rows:
        empty_line = [Text()] * (is_tall and at != rows[-1])
        lines = (_align_lines([*column.texts(at, width), *empty_line], column, width) for column, width in columns)
        table.add_row(*lines, style=styles[at])
    return table


def _align_lines(lines: Sequence[Text], column: DrawnColumn, width: int) -> Text:
    """Make a cell of lines, those of figures to the right: rich would drop the spaces that line up their scales."""
    if column.is_right(width):
        for each in lines:
            each.pad_left(max(width - each.cell_len, 0))
    return lines[0] if len(lines) == 1 else _LINE_END.join(lines)


def _choose_columns(table: DataTable, rows: Sequence[tuple[Any, ...]], width: int) -> list[DrawnColumn]:
    """Return the columns to draw: more of them where there is room, stacked higher where it is narrow."""
    drawn = build_columns(table, table.layout, rows)
    wants = [column.want() for column in drawn]
    if fit.fits(wants, width):
        # Extra columns come in their order, until one would leave too little for most cells of the others.
        for column in build_columns(table, table.extra, rows):
            wants.append(column.want())
            if not fit.has_room(wants, width):
                break
            drawn.append(column)
        return drawn
    if table.narrow:
        drawn = build_columns(table, table.narrow, rows)
        # The first two are what a row is about; without room for both, all is stacked in one column.
        if not fit.fits([column.want() for column in drawn[:2]], width):
            first, second, *others = table.narrow
            return build_columns(table, [[name for stack in (second, first, *others) for name in stack]], rows)
    return drawn


def _without_doubles(table: DataTable, drawn: Sequence[DrawnColumn]) -> tuple[DataTable, list[DrawnColumn]]:
    """Keep the first of rows that only a column tells apart for which there is no room."""
    rows = list(table.rows)
    looks = [tuple(line.plain for column in drawn for line in column.lines[at]) for at in range(len(rows))]
    kept = [at for at, look in enumerate(looks) if look not in looks[:at]]
    columns = [column._replace(lines=[column.lines[at] for at in kept]) for column in drawn]
    return table._replace(rows=[rows[at] for at in kept]), columns


def _section_rule(heading: str, across: int, width: int) -> Text:
    """Head a section with its name, what is said of it, below where there is no room, and a rule `across` it."""
    name, *rest = visible(heading).split(BETWEEN)
    text, at = Text().append(name, style="bold"), cell_len(name)
    for place, part in enumerate(rest):
        is_below = at + len(BETWEEN) + cell_len(BETWEEN.join(rest) if not place else part) > width
        text.append(f"\n{_REMARK_INDENT}{part}" if is_below else f"{BETWEEN}{part}")
        at = cell_len(part) + (len(_REMARK_INDENT) if is_below else at + len(BETWEEN))
    return text.append(f" {'─' * (across - at - 1)}" if across - at > 1 else "", style="dim")


def missing_columns_note(columns: Sequence[Column]) -> Text:
    """Name the columns that find no room."""
    names = ", ".join(visible(column.heading or column.name) for column in columns)
    return Text(f"no room for {names}: widen the terminal, or name fewer columns", style="dim")
