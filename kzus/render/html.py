"""HTML: one self-contained document, in light and dark, whose tables can be pasted into a text or a mail."""

from __future__ import annotations

import re
from functools import partial
from html import escape
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING

from kzus.render import cells
from kzus.render.document import DRAWING_WIDTH, Drawing, Footnote, Page, Section, SourceNumbers
from kzus.render.html_style import STYLE
from kzus.values.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any, TextIO

    from kzus.query.listing import Column
    from kzus.render.data_table import DataTable
    from kzus.render.document import Document, DocumentPart

_HIT_PATTERN = re.compile("‹([^‹›]*)›")
_MANY_COLUMNS = 9
"""More columns have less room between them."""
_NO_WRAP_KINDS = frozenset(("money", "sum", "number", "coverage", "share", "date", "stage", "value", "signed", "cite"))
_PROSE = frozenset(("title", "text", "said"))


def write_html(out: TextIO, document: Document) -> None:
    """Write a document: its heading, what was asked, its parts, its numbered sources, and which facts these are."""
    out.write(
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        # Nothing is loaded and no script runs, whatever text of a fact file stands in it.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{_escape_text(document.heading or 'kzus')}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    )
    out.writelines(line + "\n" for line in _document_markup(document))
    out.write("</body>\n</html>\n")


def _document_markup(document: Document) -> Iterator[str]:
    numbers = SourceNumbers()
    if document.heading:
        yield f"<h1>{_escape_text(document.heading)}</h1>"
    if document.asked:
        yield f'<p class="dim">{_escape_text(document.asked)}</p>'
    for part in document.parts:
        yield from _part_markup(part, numbers, document.page_level)
    if references := document.references(numbers.sources):
        yield '<h2>Sources</h2>\n<ol class="sources">'
        for text, url in references:
            address = f", {_anchor(url, url)}" if url else ""
            yield f"<li>{_escape_text(text)}{address}</li>"
        yield "</ol>"
    if document.edition:
        yield f'<footer class="note">{_escape_text(document.edition)}</footer>'


def _part_markup(part: DocumentPart, numbers: SourceNumbers, level: int) -> Iterator[str]:
    if isinstance(part, Footnote):
        yield f'<p class="note">{_escape_text(part.text)}</p>'
    elif isinstance(part, Drawing):
        yield from _drawing_markup(part)
    elif isinstance(part, Page):
        yield from _page_markup(part, numbers, level)
    elif isinstance(part, Section):
        yield f"<h2>{_escape_text(part.title)}</h2>"
        yield from _html_table(part.table, numbers) if part.table else ()
        yield from (f"<p>{_escape_text(sentence)}</p>" for sentence in part.sentences)
    else:
        yield from _html_table(part, numbers)


def _page_markup(page: Page, numbers: SourceNumbers, level: int) -> Iterator[str]:
    yield "<article>"
    if level > 1:
        yield f"<h{level}>{_escape_text(page.title)}</h{level}>"
    yield f'<p class="dim">{_escape_text(page.under)}</p>\n<dl>'
    for name, value in page.fields:
        shown = _anchor(value, value)
        if name == "stage":
            style = cells.STAGE_STYLES.get(page.stage, "")
            shown = f'<span class="{style}">{_escape_text(page.stage)}</span>{_escape_text(value[len(page.stage) :])}'
        yield f"<dt>{_escape_text(name)}</dt><dd>{shown}</dd>"
    yield "</dl>"
    for name, remark, table in page.sections:
        said = f' <small class="inline">{_escape_text(remark)}</small>' if remark else ""
        yield f"<h{level + 1}>{_escape_text(name[:1].upper() + name[1:])}{said}</h{level + 1}>"
        yield from _html_table(table, numbers)
    yield "</article>"


def _drawing_markup(part: Drawing) -> Iterator[str]:
    from kzus.render.terminal import draw

    text = "\n".join("".join(_span(run) for run in line) for line in draw.styled_lines(part, DRAWING_WIDTH))
    yield f"<pre>{text}</pre>"


def _span(run: Any) -> str:
    text = _escape_text(run.text)
    if run.link:
        return f'<a href="{escape(run.link)}">{text}</a>'
    return f'<span class="{run.style}">{text}</span>' if run.style else text


def _html_table(table: DataTable, numbers: SourceNumbers) -> Iterator[str]:
    """Yield a table with the stacking of a terminal."""
    known = {column.name: column for column in table.columns}
    stacks = [[known[name] for name in stack] for stack in table.document_layout]
    links = table.links() if any(column.kind == "sources" for column in table.columns) else {}
    shape = partial(_row_markup, stacks, is_labelled=table.header, sources=partial(numbers.linked, links, _anchor))
    looks = [name for name, holds in (("bare", not table.header), ("dense", len(stacks) > _MANY_COLUMNS)) if holds]
    yield f'<table class="{" ".join(looks)}">' if looks else "<table>"
    if table.caption:
        yield f"<caption>{_escape_text(table.caption)}</caption>"
    if table.header:
        heads = (f'<th scope="col"{_class(stack[0])}>{_escape_text(cells.heading(stack[0]))}</th>' for stack in stacks)
        yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    # Without sections all rows have None for a heading, and make one body.
    for heading, rows in groupby(zip_longest(table.rows, table.sections), key=itemgetter(1)):
        yield "<tbody>"
        if heading is not None:
            yield f'<tr><th scope="rowgroup" class="section" colspan="{len(stacks)}">{_escape_text(heading)}</th></tr>'
        for row, _ in rows:
            yield shape(_by_name(table, row))
        yield "</tbody>"
    if table.last_row and table.rows:
        yield f"<tfoot>{shape(_by_name(table, table.last_row))}</tfoot>"
    yield "</table>"


def _by_name(table: DataTable, row: Sequence[Any]) -> dict[str, Any]:
    return dict(zip((column.name for column in table.columns), row, strict=True))


def _row_markup(
    stacks: Iterable[Sequence[Column]], row: Mapping[str, Any], *, is_labelled: bool, sources: Callable[[str], str]
) -> str:
    drawn = []
    for first, *under in stacks:
        shown = _cell_markup(first.kind, row[first.name], sources)
        if first.name == "title" and cells.is_link(row.get("url")):
            shown = f'<a href="{escape(row["url"])}">{shown}</a>'
        kinds = {column.name: column.kind for column in under}
        lines = [_cell_markup(kinds[name], row[name], sources) for name in cells.columns_below(list(kinds), row)]
        below = f"<small>{cells.BETWEEN.join(lines)}</small>" if lines else ""
        # On a narrow screen, where a row is a block, the label stands in front of its cell.
        label = f' data-label="{escape(cells.heading(first))}"' if is_labelled and shown else ""
        drawn.append(f"<td{_class(first)}{label}>{shown}{below}</td>")
    return f"<tr>{''.join(drawn)}</tr>"


def _cell_markup(kind: str, cell: Any, sources: Callable[[str], str]) -> str:
    if cell is None:
        return f'<span class="dim">{cells.UNKNOWN}</span>'
    if cell == "":
        return ""
    if kind == "sources":
        return sources(cell)
    if kind == "ids":
        return ", ".join(f'<span class="whole">{_escape_text(name)}</span>' for name in cell.split(","))
    shape = _MARKUP_BY_KIND.get(kind)
    return shape(cell) if shape else _escape_text(cells.format_cell(kind, cell))


_MARKUP_BY_KIND: dict[str, Callable[[Any], str]] = {
    "cite": lambda cell: _anchor(f"[{cell[0]}]", cell[1] or ""),
    "url": lambda cell: _anchor(cell, cell),
    "match": lambda cell: _HIT_PATTERN.sub(r"<mark>\1</mark>", _escape_text(cells.format_cell("match", cell))),
    "money": lambda cell: f'<data value="{cell}">{_escape_text(cells.format_cell("money", cell))}</data>',
    "sum": lambda cell: f'<data value="{cell}">{_escape_text(cells.format_cell("sum", cell))}</data>',
    "stage": lambda cell: f'<span class="{cells.stage_style(cell)}">{_escape_text(cell)}</span>',
}


def _anchor(text: str, url: str) -> str:
    return f'<a href="{escape(url)}">{_escape_text(text)}</a>' if cells.is_link(url) else _escape_text(text)


def _class(column: Column) -> str:
    conditions = {
        "right": column.kind in cells.RIGHT,
        "whole": column.kind in _NO_WRAP_KINDS,
        "prose": column.name in _PROSE,
        "refs": column.kind == "sources",
    }
    names = [name for name, holds in conditions.items() if holds]
    return f' class="{" ".join(names)}"' if names else ""


def _escape_text(text: str) -> str:
    """Escape text from data: no markup in it takes effect, and control characters become visible."""
    return escape(visible(text))
