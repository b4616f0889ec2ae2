"""Tables for a person, fitted to the width of the terminal, and everything else that rich draws."""

from __future__ import annotations

import io
import re
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console, Group
from rich.text import Text

from kzus.output import fit
from kzus.output.cells import BETWEEN
from kzus.output.columns import DrawnColumn, build
from kzus.output.grid import Grid, Row
from kzus.output.sheet import Drawing, Note, Page
from kzus.texts import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from rich.console import RenderableType

    from kzus.environment import Environment
    from kzus.output.sheet import Part, Sheet
    from kzus.query import Column

_FILLING = re.compile("(?: |\x1b\\[[0-9;]*m)+$")
_INDENT = "  "
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
        from kzus.output import pages

        return pages.draw(part, width, _sheet)
    return _sheet(part, width) if part.rows else None


def _sheet(sheet: Sheet, width: int) -> Group:
    """Make a table, fitted to a width; its sections are set apart by rules."""
    every = [*sheet.rows, sheet.total] if sheet.total else list(sheet.rows)
    drawn = _chosen(sheet, every, width)
    is_asked = len(sheet.layout) == len(sheet.columns) and not sheet.narrow
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
