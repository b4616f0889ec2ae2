"""Everything that rich draws, as text for a terminal or as runs of styled text for an HTML document."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kzus.render import cells
from kzus.render.document import Drawing, Footnote, Page, Section
from kzus.render.environment import WIDE
from kzus.render.terminal.fit import GAP
from kzus.render.terminal.listing import draw_chosen, draw_list
from kzus.render.terminal.table import draw_table, is_unbroken, unbroken
from kzus.values.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from rich.console import RenderableType
    from rich.segment import Segment

    from kzus.render.data_table import DataTable
    from kzus.render.document import DocumentPart
    from kzus.render.environment import Environment

_FILLING = re.compile("(?: |\x1b\\[[0-9;]*m)+$")
_SECTION_INDENT = 2
_COLOUR_NAMES = dict(enumerate(("red", "green", "yellow", "blue", "magenta", "cyan"), start=1))
"""The terminal colours in use, by their ANSI numbers."""


def _new_console(out: TextIO, width: int, *, has_styles: bool = True, has_colour: bool = True) -> Console:
    """Make the console that everything is drawn with; rich must interpret nothing in the text."""
    return Console(
        file=out,
        width=width,
        # Else rich would ask the environment, which kzus has done already, once for all.
        force_terminal=has_styles,
        color_system="standard" if has_styles else None,
        no_color=not has_colour,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )


def print_part(env: Environment, part: DocumentPart) -> None:
    """Print one part of an answer, without the spaces at the ends of lines that rich fills them with."""
    if (drawn := draw_part(part, env.width)) is not None:
        out = io.StringIO()
        console = _new_console(out, env.width, has_styles=env.has_styles, has_colour=env.has_colour)
        console.print(drawn, crop=not isinstance(part, Page))  # which may have addresses wider than the terminal
        lines = out.getvalue().splitlines()
        # Only the spaces: the escape codes among them end styles, which would run on.
        env.stdout.writelines(_FILLING.sub(lambda tail: tail[0].replace(" ", ""), line) + "\n" for line in lines)


def draw_part(part: DocumentPart, width: int) -> RenderableType | None:
    """Draw one part of an answer for a width; nothing for a table without rows, and a section is of documents only."""
    if isinstance(part, Footnote):
        return Text(visible(part.text), style="dim")
    if isinstance(part, Drawing):
        return part.draw(width)
    if isinstance(part, Page):
        return _draw_page(part, width)
    if isinstance(part, Section) or not part.rows:
        return None
    if part.screen:
        return draw_list(part, part.screen, width)
    return draw_chosen(part, width) if part.is_chosen else draw_table(part, width)


def _draw_page(page: Page, width: int) -> Group:
    """Draw a page: its fields, then its tables, indented below their headings."""
    parts: list[RenderableType] = [Text(visible(page.title), style="bold"), Text(page.under, style="dim")]
    if page.fields:
        parts += [Text(), *_draw_fields(page, width)]
    for name, remark, table in page.sections:
        heading = Text.assemble((name.upper(), "bold"), (f"  {remark}" if remark else "", "dim"))
        parts += [Text(), heading, *_draw_section(table, width)]
    return Group(*parts)


def _draw_section(table: DataTable, width: int) -> Iterator[RenderableType]:
    """Draw a table of a page, on a wide terminal a line a row if it can be."""
    if table.screen and width >= WIDE:
        drawn = [draw_list(table, table.screen, width, indent=_SECTION_INDENT)]
    else:
        drawn = draw_table(table, width - _SECTION_INDENT).renderables
    for part in drawn:
        # Padding would break an address that is wider than the terminal.
        if is_unbroken(part):
            part.pad_left(_SECTION_INDENT)
            yield part
        else:
            yield Padding(part, (0, 0, 0, _SECTION_INDENT))


def _draw_fields(page: Page, width: int) -> Iterator[RenderableType]:
    """Draw the fields of a page; an address that is too long stands whole behind its name."""
    room = max(cell_len(name) for name, _ in page.fields) + GAP
    grid = _new_grid(room)
    for name, value in page.fields:
        text = _field_text(page, name, value)
        # The grid would fold the address at its width, and nobody could copy or click it.
        if cells.is_link(value) and room + text.cell_len > width:
            yield grid
            yield unbroken(Text.assemble((name.ljust(room), "dim"), text))
            grid = _new_grid(room)
        else:
            grid.add_row(name, text)
    yield grid


def _new_grid(room: int) -> Table:
    """Make a grid of names and values; all grids of a page have the same room for the names."""
    grid = Table.grid(padding=(0, GAP, 0, 0))
    grid.add_column(style="dim", no_wrap=True, min_width=room - GAP)
    grid.add_column(overflow="fold")
    return grid


def _field_text(page: Page, name: str, value: str) -> Text:
    text = Text(visible(value))
    if name == "stage":
        text.stylize(cells.STAGE_STYLES.get(page.stage, ""), 0, len(page.stage))
    if cells.is_link(value):
        text.stylize(f"link {value}")
    return text


class StyledRun(NamedTuple):
    """Text of one style; `link` is an address, if it has one."""

    text: str
    style: str = ""
    link: str = ""


def styled_lines(part: DocumentPart, width: int) -> Iterator[list[StyledRun]]:
    """Yield the lines of a part that is drawn for a width, each as styled runs without spaces at its end."""
    drawn = draw_part(part, width)
    if drawn is None:
        return
    for line in _new_console(io.StringIO(), width).render_lines(drawn, pad=False):
        runs = [_styled_run(segment) for segment in line if segment.text and not segment.control]
        while runs and not runs[-1].text.strip():
            runs.pop()
        if runs:
            runs[-1] = runs[-1]._replace(text=runs[-1].text.rstrip())
        yield runs


def _styled_run(segment: Segment) -> StyledRun:
    style = segment.style
    if style is None:
        return StyledRun(segment.text)
    words = ["bold"] * bool(style.bold) + ["dim"] * bool(style.dim)
    if style.color and style.color.number in _COLOUR_NAMES:
        words.append(_COLOUR_NAMES[style.color.number])
    link = style.link if style.link and cells.is_link(style.link) else ""
    return StyledRun(segment.text, " ".join(words), link)
