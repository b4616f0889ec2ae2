"""GitHub Markdown tables with the columns that a terminal shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kzus.render import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, TextIO

    from kzus.render.document import DataTable

_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\|*_`[]<>~$&"})
"""Characters that Markdown, or GitHub's dialect, interprets within a cell."""
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)
_NAME = re.compile(r"@(?=\w)|#(?=\d)|(?<=\bGH)-(?=\d)", re.IGNORECASE)
_NOTHING = "&#8203;"
"""A zero-width space; GitHub finds names of people and issues even after a backslash."""


def write_markdown(out: TextIO, table: DataTable) -> None:
    """Write each column of the layout on its own, and the sources; figures to the right."""
    at = {column.name: place for place, column in enumerate(table.columns)}
    extra = [stack for stack in table.extra if any(table.columns[at[name]].kind == "sources" for name in stack)]
    places = [at[name] for stack in (*table.layout, *extra) for name in stack]
    columns = [table.columns[place] for place in places]
    out.write(_table_line(_escape_markdown(cells.heading(column)) if table.header else "" for column in columns))
    out.write(_table_line("---:" if column.kind in cells.RIGHT else "---" for column in columns))
    links = table.links() if any(column.kind == "sources" for column in columns) else {}
    out.writelines(_table_line(_row_cells(table, row, places, links)) for row in table.rows)
    if table.total and table.rows:
        total = _row_cells(table, table.total, places, links)
        out.write(_table_line(f"**{cell}**" if cell else "" for cell in total))


def _row_cells(table: DataTable, row: Sequence[Any], places: Sequence[int], links: Mapping[str, str]) -> Iterator[str]:
    return (_escaped_cell(table.columns[place].kind, row[place], links) for place in places)


def _escaped_cell(kind: str, cell: Any, links: Mapping[str, str]) -> str:
    if cell is None or cell == "":
        return cells.UNKNOWN if kind == "sum" else ""
    if kind == "sources":
        return ", ".join(_hyperlink(name, links.get(name, "")) for name in cell.split(","))
    if kind == "url":
        return _hyperlink(cell, cell)
    return _escape_markdown(cells.format_cell(kind, cell))


def _hyperlink(text: str, url: str) -> str:
    shown = _escape_markdown(text)
    if not cells.is_link(url):
        return shown
    return f"[{shown}](<{url.replace('<', '%3C').replace('>', '%3E').replace('|', '%7C')}>)"


def _escape_markdown(text: str) -> str:
    """Escape text so that nothing in it becomes markup, a mention, an issue or a link."""
    text = _ADDRESS.sub(r"\\\g<0>", text.translate(_MARKS))
    return _NAME.sub(rf"\g<0>{_NOTHING}", text)


def _table_line(row: Iterable[str]) -> str:
    return f"| {' | '.join(row)} |\n"
