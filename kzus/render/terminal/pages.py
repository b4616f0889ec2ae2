"""How a page is drawn on a terminal: a grid of fields, then tables under their headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kzus.render import cells
from kzus.values.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import RenderableType

    from kzus.render.document import Page, Sheet

_INDENT = 2


def draw(page: Page, width: int, draw_sheet: Callable[[Sheet, int], RenderableType]) -> Group:
    """Draw a page; `draw_sheet` draws its tables, narrower by the indent that sets them off."""
    parts: list[RenderableType] = [Text(visible(page.title), style="bold"), Text(page.under, style="dim")]
    if page.fields:
        parts.append(Padding(_grid(page), (1, 0, 0, 0)))
    for name, remark, sheet in page.sections:
        heading = Text.assemble((name.upper(), "bold"), (f"  {remark}" if remark else "", "dim"))
        parts.append(Padding(heading, (1, 0, 0, 0)))
        parts.append(Padding(draw_sheet(sheet, width - _INDENT), (0, 0, 0, _INDENT)))
    return Group(*parts)


def _grid(page: Page) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in page.fields:
        text = Text(visible(value))
        if name == "stage":
            text.stylize(cells.STAGE_STYLES.get(page.stage, ""), 0, len(page.stage))
        if cells.is_link(value):
            text.stylize(f"link {value}")
        grid.add_row(name, text)
    return grid
