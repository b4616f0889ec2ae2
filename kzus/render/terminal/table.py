"""Tables for a person, fitted to the width of the terminal, and everything else that rich draws."""

from __future__ import annotations

import io
import re
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from kzus.render.cells import BETWEEN
from kzus.render.document import Drawing, Note, Page
from kzus.render.terminal import fit
from kzus.render.terminal.columns import DrawnColumn, build
from kzus.values.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from rich.console import RenderableType

    from kzus.query.listing import Column
    from kzus.render.document import Part, Sheet
    from kzus.render.environment import Environment

    _Columns = Sequence[tuple[DrawnColumn, int]]
    """Columns, each with the width that it has."""

_FILLING = re.compile("(?: |\x1b\\[[0-9;]*m)+$")
_INDENT = "  "
_LINE_END = Text("\n")
_TALL = 2.25
"""Rows of so many lines on average are set apart, or one can't tell where the next begins."""


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
        from kzus.render.terminal import pages

        return pages.draw(part, width, _sheet)
    return _sheet(part, width) if part.rows else None


def _sheet(sheet: Sheet, width: int) -> Group:
    """Make a table, fitted to a width; its sections are set apart by rules."""
    every = [*sheet.rows, sheet.total] if sheet.total else list(sheet.rows)
    drawn = _chosen(sheet, every, width)
    is_asked = len(sheet.layout) == len(sheet.columns) and not sheet.narrow
    widths = fit.fit([column.want() for column in drawn], width, is_asked=is_asked)
    columns = list(zip(drawn, widths, strict=False))
    styles = [""] * (len(every) - bool(sheet.total)) + ["bold"] * bool(sheet.total)
    lines = sum(max(column.height(at, each) for column, each in columns) for at in range(len(every)))
    parts: list[RenderableType] = list(_tables(sheet, columns, styles, width, is_tall=lines >= _TALL * len(every)))
    if is_asked and len(columns) < len(sheet.columns):
        parts.append(_left_out(sheet.columns[len(columns) :]))
    return Group(*parts)


def _tables(
    sheet: Sheet, columns: _Columns, styles: Sequence[str], width: int, *, is_tall: bool
) -> Iterable[RenderableType]:
    """Yield the table, or one below the rule of each section if there are any."""
    if not sheet.sections:
        yield _table(columns, range(len(styles)), styles, has_header=sheet.header, is_tall=is_tall)
        return
    if sheet.header:
        yield _table(columns, (), styles, has_header=True, is_tall=False)
    across = sum(each for _, each in columns) + fit.GAP * (len(columns) - 1)
    for count, (heading, group) in enumerate(groupby(enumerate(sheet.sections), key=itemgetter(1))):
        if count and is_tall:
            yield Text()
        yield _rule(heading, across, width)
        yield _table(columns, [at for at, _ in group], styles, has_header=False, is_tall=is_tall)


def _table(columns: _Columns, rows: Sequence[int], styles: Sequence[str], *, has_header: bool, is_tall: bool) -> Table:
    """Make a table of these rows; tall ones are set apart by empty lines."""
    table = Table(
        box=None, padding=(0, fit.GAP, 0, 0), pad_edge=False, show_header=has_header, header_style="bold"
    )  # fmt: skip
    for column, width in columns:
        table.add_column(_placed([Text(column.head)], column, width), width=width, overflow="fold")
    for at in rows:
        below = [Text()] * (is_tall and at != rows[-1])
        placed = (_placed([*column.texts(at, width), *below], column, width) for column, width in columns)
        table.add_row(*placed, style=styles[at])
    return table


def _placed(lines: Iterable[Text], column: DrawnColumn, width: int) -> Text:
    """Make a cell of lines, those of figures to the right: rich would drop the spaces that line up their scales."""
    texts = list(lines)
    if column.is_right(width):
        for each in texts:
            each.pad_left(max(width - each.cell_len, 0))
    return _LINE_END.join(texts)


def _chosen(sheet: Sheet, rows: Sequence[tuple[Any, ...]], width: int) -> list[DrawnColumn]:
    """Return the columns to draw: more of them where there is room, stacked higher where it is narrow."""
    drawn = build(sheet, sheet.layout, rows)
    wants = [column.want() for column in drawn]
    if fit.fits(wants, width):
        for column in build(sheet, sheet.extra, rows):
            wants.append(column.want())
            if not fit.has_room(wants, width):
                break
            drawn.append(column)
        return drawn
    if sheet.narrow:
        drawn = build(sheet, sheet.narrow, rows)
        if not fit.fits([column.want() for column in drawn[:2]], width):
            first, second, *others = sheet.narrow
            return build(sheet, [[name for stack in (second, first, *others) for name in stack]], rows)
    return drawn


def _rule(heading: str, across: int, width: int) -> Text:
    """Head a section with its name, what is said of it, below where there is no room, and a rule `across` it."""
    name, *rest = visible(heading).split(BETWEEN)
    text, at = Text().append(name, style="bold"), cell_len(name)
    for place, part in enumerate(rest):
        is_below = at + len(BETWEEN) + cell_len(BETWEEN.join(rest) if not place else part) > width
        text.append(f"\n{_INDENT}{part}" if is_below else f"{BETWEEN}{part}")
        at = cell_len(part) + (len(_INDENT) if is_below else at + len(BETWEEN))
    return text.append(f" {'─' * (across - at - 1)}" if across - at > 1 else "", style="dim")


def _left_out(columns: Sequence[Column]) -> Text:
    names = ", ".join(visible(column.name) for column in columns)
    return Text(f"no room for {names}: widen the terminal, or name fewer columns", style="dim")
