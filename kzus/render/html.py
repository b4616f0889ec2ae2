"""HTML: one self-contained document, in light and dark, whose tables can be pasted into a text or a mail."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING

from kzus.render import cells
from kzus.render.document import Drawing, Footnote, Page, title
from kzus.values.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any, TextIO

    from kzus.query.listing import Column
    from kzus.render.document import DataTable, DocumentPart

COLOURS = {
    "text": ("#1f2328", "#e6edf3"),
    "dim": ("#59636e", "#9aa4ae"),
    "red": ("#b3202b", "#ff7b72"),
    "green": ("#1a7f37", "#3fb950"),
    "yellow": ("#8a5d00", "#d8a02c"),
    "magenta": ("#7a3fd0", "#c297ff"),
    "cyan": ("#0f6e75", "#39c5cf"),
    "blue": ("#0a5bc4", "#6cb0ff"),
    "line": ("#d1d9e0", "#3d444d"),
    "band": ("#f6f8fa", "#151b23"),
    "page": ("#ffffff", "#0d1117"),
}
"""Each colour on a light and on a dark background; text has a contrast of at least 4.5."""


def _css_variables(ground: int) -> str:
    """Return the colours for a light (0) or dark (1) background as variables of a style sheet."""
    return ";".join(f"--{name}:{tones[ground]}" for name, tones in COLOURS.items())


_STYLE = (
    f"""
:root{{color-scheme:light dark;{_css_variables(0)}}}
@media screen and (prefers-color-scheme:dark){{:root{{{_css_variables(1)}}}}}
"""
    """
body{margin:1.5rem;background:var(--page);color:var(--text);font:15px/1.45 system-ui,"Segoe UI",Roboto,sans-serif}
table{border-collapse:collapse;font-variant-numeric:tabular-nums lining-nums;margin:0 0 .75rem}
caption{caption-side:bottom;text-align:left;color:var(--dim);padding:.5rem .6rem}
th,td{padding:.35rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
thead th{border-bottom:2px solid var(--line);white-space:nowrap}
tbody tr:nth-child(even){background:var(--band)}
.section{padding-top:1rem;border-bottom:2px solid var(--line)}
tfoot td{font-weight:600;border-top:2px solid var(--line)}
.right{text-align:right}.whole{white-space:nowrap}.prose{min-width:18rem}
small{display:block;color:var(--dim);font-size:.85em}
.inline{display:inline;font-weight:normal}mark{background:none;color:inherit;font-weight:600;text-decoration:underline}
h1{font-size:1.4rem;margin:0}h1+p{margin:.2rem 0 1rem}h2{font-size:1rem;margin:1.5rem 0 .25rem}
article+article{margin-top:3rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:0;max-width:60rem}
dt{color:var(--dim)}dd{margin:0}
a{color:var(--blue)}.note,.dim{color:var(--dim)}.bold{font-weight:600}
.red{color:var(--red)}.green{color:var(--green)}.yellow{color:var(--yellow)}
.magenta{color:var(--magenta)}.cyan{color:var(--cyan)}.blue{color:var(--blue)}
pre{font:14px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-x:auto}
@media print{body{margin:0}a{color:inherit}thead{display:table-header-group}tr{break-inside:avoid}}
"""
)
_HIT = re.compile("‹([^‹›]*)›")
_DRAWING_WIDTH = 100
"""The width of a chart or of the desk card, in characters."""
_NO_WRAP_KINDS = frozenset(("money", "sum", "coverage", "number", "share", "date", "stage", "value", "cite"))
_PROSE = frozenset(("title", "text", "said"))


def write_html(out: TextIO, parts: Sequence[DocumentPart]) -> None:
    """Write all parts as one document."""
    out.write(
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{_escape_text(title(parts))}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    for part in parts:
        out.writelines(line + "\n" for line in _part_markup(part))
    out.write("</body>\n</html>\n")


def _part_markup(part: DocumentPart) -> Iterator[str]:
    if isinstance(part, Footnote):
        yield f'<p class="note">{_escape_text(part.text)}</p>'
    elif isinstance(part, Drawing):
        yield from _drawing_markup(part)
    elif isinstance(part, Page):
        yield from _page_markup(part)
    else:
        yield from _table_markup(part)


def _page_markup(page: Page) -> Iterator[str]:
    yield f'<article>\n<h1>{_escape_text(page.title)}</h1>\n<p class="dim">{_escape_text(page.under)}</p>\n<dl>'
    for name, value in page.fields:
        shown = _anchor(value, value)
        if name == "stage":
            style = cells.STAGE_STYLES.get(page.stage, "")
            shown = f'<span class="{style}">{_escape_text(page.stage)}</span>{_escape_text(value[len(page.stage) :])}'
        yield f"<dt>{_escape_text(name)}</dt><dd>{shown}</dd>"
    yield "</dl>"
    for name, remark, table in page.sections:
        said = f' <small class="inline">{_escape_text(remark)}</small>' if remark else ""
        yield f"<h2>{_escape_text(name[:1].upper() + name[1:])}{said}</h2>"
        yield from _table_markup(table)
    yield "</article>"


def _drawing_markup(part: Drawing) -> Iterator[str]:
    from kzus.render.terminal import draw

    text = "\n".join("".join(_span(run) for run in line) for line in draw.styled_lines(part, _DRAWING_WIDTH))
    yield f"<pre>{text}</pre>"


def _span(run: Any) -> str:
    text = _escape_text(run.text)
    if run.link:
        return f'<a href="{escape(run.link)}">{text}</a>'
    return f'<span class="{run.style}">{text}</span>' if run.style else text


def _table_markup(table: DataTable) -> Iterator[str]:
    """Yield a table with the columns and stacking of a wide terminal."""
    known = {column.name: column for column in table.columns}
    stacks = [[known[name] for name in stack] for stack in (*table.layout, *table.extra)]
    links = table.links() if any(column.kind == "sources" for column in table.columns) else {}
    yield "<table>"
    if table.caption:
        yield f"<caption>{_escape_text(table.caption)}</caption>"
    if table.header:
        heads = (f'<th scope="col"{_class(stack[0])}>{_escape_text(cells.heading(stack[0]))}</th>' for stack in stacks)
        yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    for heading, rows in groupby(zip_longest(table.rows, table.sections), key=itemgetter(1)):
        yield "<tbody>"
        if heading is not None:
            yield f'<tr><th scope="rowgroup" class="section" colspan="{len(stacks)}">{_escape_text(heading)}</th></tr>'
        for row, _ in rows:
            yield _row_markup(stacks, _by_name(table, row), links)
        yield "</tbody>"
    if table.total and table.rows:
        total = {name: "" if cell is None else cell for name, cell in _by_name(table, table.total).items()}
        yield f"<tfoot>{_row_markup(stacks, total, links)}</tfoot>"
    yield "</table>"


def _by_name(table: DataTable, row: Sequence[Any]) -> dict[str, Any]:
    return dict(zip((column.name for column in table.columns), row, strict=True))


def _row_markup(stacks: Iterable[Sequence[Column]], row: Mapping[str, Any], links: Mapping[str, str]) -> str:
    drawn = []
    for first, *under in stacks:
        shown = _cell_markup(first.kind, row[first.name], links)
        if first.name == "title" and cells.is_link(row.get("url")):
            shown = f'<a href="{escape(row["url"])}">{shown}</a>'
        kinds = {column.name: column.kind for column in under}
        lines = [_cell_markup(kinds[name], row[name], links) for name in cells.columns_below(list(kinds), row)]
        drawn.append(f"<td{_class(first)}>{shown}{f'<small>{cells.BETWEEN.join(lines)}</small>' if lines else ''}</td>")
    return f"<tr>{''.join(drawn)}</tr>"


def _cell_markup(kind: str, cell: Any, links: Mapping[str, str]) -> str:
    if cell is None:
        return f'<span class="dim">{cells.UNKNOWN}</span>'
    if cell == "":
        return ""
    if kind in ("ids", "sources"):
        return ", ".join(f'<span class="whole">{_anchor(name, links.get(name, ""))}</span>' for name in cell.split(","))
    shape = _MARKUP_BY_KIND.get(kind)
    return shape(cell) if shape else _escape_text(cells.format_cell(kind, cell))


_MARKUP_BY_KIND: dict[str, Callable[[Any], str]] = {
    "cite": lambda cell: _anchor(f"[{cell[0]}]", cell[1] or ""),
    "url": lambda cell: _anchor(cell, cell),
    "match": lambda cell: _HIT.sub(r"<mark>\1</mark>", _escape_text(cells.format_cell("match", cell))),
    "money": lambda cell: f'<data value="{cell}">{_escape_text(cells.format_cell("money", cell))}</data>',
    "sum": lambda cell: f'<data value="{cell}">{_escape_text(cells.format_cell("sum", cell))}</data>',
    "stage": lambda cell: f'<span class="{cells.STAGE_STYLES.get(cell, "")}">{_escape_text(cell)}</span>',
}


def _anchor(text: str, url: str) -> str:
    return f'<a href="{escape(url)}">{_escape_text(text)}</a>' if cells.is_link(url) else _escape_text(text)


def _class(column: Column) -> str:
    conditions = {
        "right": column.kind in cells.RIGHT,
        "whole": column.kind in _NO_WRAP_KINDS,
        "prose": column.name in _PROSE,
    }
    names = [name for name, holds in conditions.items() if holds]
    return f' class="{" ".join(names)}"' if names else ""


def _escape_text(text: str) -> str:
    """Escape text from data: no markup in it takes effect, and control characters become visible."""
    return escape(visible(text))
