"""GitHub's tables, for a brief or an issue: what a terminal would show, to paste."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kzus.render import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, TextIO

    from kzus.render.document import Sheet

_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\|*_`[]<>~$&"})
"""What Markdown, or GitHub's reading of it, would obey within a cell."""
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)
_NAME = re.compile(r"@(?=\w)|#(?=\d)|(?<=\bGH)-(?=\d)", re.IGNORECASE)
_NOTHING = "&#8203;"
"""A space of no width: GitHub looks for people and issues after a backslash has had its effect."""


def write(out: TextIO, sheet: Sheet) -> None:
    """Write the columns that a person looks at, each on its own, and who says so; figures to the right."""
    at = {column.name: place for place, column in enumerate(sheet.columns)}
    extra = [stack for stack in sheet.extra if any(sheet.columns[at[name]].kind == "sources" for name in stack)]
    places = [at[name] for stack in (*sheet.layout, *extra) for name in stack]
    columns = [sheet.columns[place] for place in places]
    out.write(_line(_inert(cells.heading(column)) if sheet.header else "" for column in columns))
    out.write(_line("---:" if column.kind in cells.RIGHT else "---" for column in columns))
    links = sheet.links() if any(column.kind == "sources" for column in columns) else {}
    out.writelines(_line(_drawn(sheet, row, places, links)) for row in sheet.rows)
    if sheet.total and sheet.rows:
        drawn = _drawn(sheet, sheet.total, places, links)
        out.write(_line(f"**{cell}**" if cell else "" for cell in drawn))


def _drawn(sheet: Sheet, row: Sequence[Any], places: Sequence[int], links: Mapping[str, str]) -> Iterator[str]:
    return (_cell(sheet.columns[place].kind, row[place], links) for place in places)


def _cell(kind: str, cell: Any, links: Mapping[str, str]) -> str:
    if cell is None or cell == "":
        return ""
    if kind == "sources":
        return ", ".join(_link(name, links.get(name, "")) for name in cell.split(","))
    if kind == "url":
        return _link(cell, cell)
    return _inert(cells.drawn(kind, cell))


def _link(text: str, url: str) -> str:
    shown = _inert(text)
    if not cells.is_link(url):
        return shown
    return f"[{shown}](<{url.replace('<', '%3C').replace('>', '%3E').replace('|', '%7C')}>)"


def _inert(text: str) -> str:
    """Write text that is only text: no markup, and neither a person, nor an issue, nor a link."""
    text = _ADDRESS.sub(r"\\\g<0>", text.translate(_MARKS))
    return _NAME.sub(rf"\g<0>{_NOTHING}", text)


def _line(row: Iterable[str]) -> str:
    return f"| {' | '.join(row)} |\n"
