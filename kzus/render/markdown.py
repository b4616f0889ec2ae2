"""GitHub Markdown: one document, of which pandoc makes others."""

from __future__ import annotations

import re
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from kzus.render import cells
from kzus.render.document import DRAWING_WIDTH, Drawing, Footnote, Page, Section, SourceNumbers
from kzus.values.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any, TextIO

    from kzus.query.listing import Column
    from kzus.render.data_table import DataTable
    from kzus.render.document import Document, DocumentPart, SourceReference

_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\|*_`[]<>~$&"})
"""Characters that Markdown, or GitHub's dialect, interprets within a cell."""
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)
_NAME = re.compile(r"@(?=\w)|#(?=\d)|(?<=\bGH)-(?=\d)", re.IGNORECASE)
_NOTHING = "&#8203;"
"""A zero-width space; GitHub finds names of people and issues even after a backslash."""


_ADDRESSES = re.compile(r"\(<[^>]*>\)")
_NARROWEST, _WIDEST = 3, 40
"""Dashes below a heading; pandoc gives columns widths in proportion to them."""


_TELLING_UNKNOWN = frozenset(("sum", "money", "signed"))


def write_markdown(out: TextIO, document: Document) -> None:
    """Write a document: its heading, what was asked, its parts, its numbered sources, and which facts these are."""
    out.write("\n\n".join(block for block in _blocks(document) if block) + "\n")


def _blocks(document: Document) -> Iterator[str]:
    """Yield what has empty lines between it."""
    numbers = SourceNumbers()
    if document.heading:
        yield f"# {_escape_markdown(document.heading)}"
    yield _escape_markdown(document.asked)
    for part in document.parts:
        yield from _part_blocks(part, numbers, document.page_level)
    if references := document.references(numbers.sources):
        yield "## Sources"
        yield "\n".join(f"{at}. {_reference(each)}" for at, each in enumerate(references, start=1))
    if document.edition:
        yield f"---\n\n{_escape_markdown(document.edition)}"


def _reference(reference: SourceReference) -> str:
    text = _escape_markdown(reference.text)
    return f"{text}, {_hyperlink(reference.url, reference.url)}" if reference.url else text


def _part_blocks(part: DocumentPart, numbers: SourceNumbers, level: int) -> Iterator[str]:
    if isinstance(part, Footnote):
        yield _escape_markdown(part.text)
    elif isinstance(part, Drawing):
        yield _code_block(part)
    elif isinstance(part, Page):
        yield from _page_blocks(part, numbers, level)
    elif isinstance(part, Section):
        yield f"## {_escape_markdown(part.title)}"
        yield from _table_blocks(part.table, numbers, 2) if part.table else ()
        yield from map(_escape_markdown, part.sentences)
    else:
        yield from _table_blocks(part, numbers, 1)


def _code_block(part: Drawing) -> str:
    from kzus.render.terminal import draw

    lines = ("".join(run.text for run in line).rstrip() for line in draw.styled_lines(part, DRAWING_WIDTH))
    # Indented, because no text of a drawing can end such a block.
    return "\n".join(f"    {line}" if line else "" for line in lines).rstrip()


def _page_blocks(page: Page, numbers: SourceNumbers, level: int) -> Iterator[str]:
    if level > 1:
        yield f"{'#' * level} {_escape_markdown(page.title)}"
    yield _escape_markdown(page.under)
    yield "\n".join(f"- **{_escape_markdown(name)}:** {_field(value)}" for name, value in page.fields)
    for name, remark, table in page.sections:
        yield f"{'#' * (level + 1)} {_escape_markdown(name[:1].upper() + name[1:])}"
        yield _escape_markdown(remark)
        # A table of Markdown has a header, or it is none.
        yield from _table_blocks(table._replace(header=True), numbers, level + 1)


def _field(value: str) -> str:
    return _hyperlink(value, value) if cells.is_link(value) else _escape_markdown(value)


def _table_blocks(table: DataTable, numbers: SourceNumbers, level: int) -> Iterator[str]:
    """Yield a table, or one for each section below its heading, and its caption."""
    rows = list(table.rows)
    if table.sections:
        for heading, group in groupby(zip(rows, table.sections, strict=True), key=itemgetter(1)):
            yield f"{'#' * (level + 1)} {_escape_markdown(heading)}"
            yield _table_markup(table, [row for row, _ in group], numbers)
    else:
        yield _table_markup(table, rows, numbers)
    yield _escape_markdown(table.caption)


def _table_markup(table: DataTable, rows: Sequence[Sequence[Any]], numbers: SourceNumbers) -> str:
    """Return each column of the layout on its own, and the sources; figures to the right."""
    places = _places(table, rows)
    columns = [table.columns[place] for place in places]
    links = table.links() if any(column.kind == "sources" for column in columns) else {}
    shape = partial(_row_cells, table, places, sources=partial(numbers.linked, links, _hyperlink))
    lines = [[_escape_markdown(cells.heading(column)) if table.header else "" for column in columns], *map(shape, rows)]
    if table.last_row and rows:
        lines.append([f"**{cell}**" if cell else "" for cell in shape(table.last_row)])
    rule = (_rule(column, [line[at] for line in lines]) for at, column in enumerate(columns))
    return "\n".join(map(_table_line, [lines[0], list(rule), *lines[1:]]))


def _places(table: DataTable, rows: Sequence[Sequence[Any]]) -> list[int]:
    """Return the places of the columns to write: what stands below another only if it isn't empty everywhere."""
    at = {column.name: place for place, column in enumerate(table.columns)}
    return [
        at[name]
        for stack in table.document_layout
        for name in stack
        if name == stack[0] or any(row[at[name]] not in (None, "") for row in rows)
    ]


def _row_cells(
    table: DataTable, places: Sequence[int], row: Sequence[Any], *, sources: Callable[[str], str]
) -> list[str]:
    named = {column.name: cell for column, cell in zip(table.columns, row, strict=True)}
    return [
        _hyperlink(named["title"], str(named.get("url") or ""))
        if table.columns[place].name == "title" and named["title"]
        else _escaped_cell(table.columns[place].kind, row[place], sources)
        for place in places
    ]


def _rule(column: Column, texts: Sequence[str]) -> str:
    # Addresses are not seen in what pandoc makes of it, so they take no width.
    width = min(max(_NARROWEST, *(len(_ADDRESSES.sub("", text)) for text in texts)), _WIDEST)
    return "-" * (width - 1) + ":" if column.kind in cells.RIGHT else "-" * width


def _escaped_cell(kind: str, cell: Any, sources: Callable[[str], str]) -> str:
    if cell is None or cell == "":
        # An amount that nobody knows is said, as on a screen; any other empty cell says enough.
        return cells.UNKNOWN if cell is None and kind in _TELLING_UNKNOWN else ""
    if kind == "sources":
        return sources(cell)
    if kind == "cite":
        return _hyperlink(f"[{cell[0]}]", cell[1] or "")
    if kind == "url":
        return _hyperlink(cell, cell)
    return _escape_markdown(cells.format_cell(kind, cell))


def _hyperlink(text: str, url: str) -> str:
    shown = _escape_markdown(text)
    if not cells.is_link(url):
        return shown
    return f"[{shown}](<{url}>)"


def _escape_markdown(text: str) -> str:
    """Escape text so that nothing in it becomes markup, a mention, an issue or a link."""
    text = _ADDRESS.sub(r"\\\g<0>", visible(text).translate(_MARKS))
    return _NAME.sub(rf"\g<0>{_NOTHING}", text)


def _table_line(row: Iterable[str]) -> str:
    return f"| {' | '.join(row)} |"
