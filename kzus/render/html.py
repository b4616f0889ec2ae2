"""A document that needs nothing from outside: tables as tables, to paste into a text or a mail, in light and dark."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING

from kzus.render import cells
from kzus.render.colours import DARK, LIGHT, css_variables
from kzus.render.document import Drawing, Note, Page, title
from kzus.values.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any, TextIO

    from kzus.query.listing import Column
    from kzus.render.document import Part, Sheet

_STYLE = (
    f"""
:root{{color-scheme:light dark;{css_variables(LIGHT)}}}
@media screen and (prefers-color-scheme:dark){{:root{{{css_variables(DARK)}}}}}
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
_DRAWN = 100
"""How many characters wide a chart or the card is."""
_WHOLE = frozenset(("money", "number", "share", "date", "stage", "value", "cite"))
_PROSE = frozenset(("title", "text", "said"))


def write(out: TextIO, parts: Sequence[Part]) -> None:
    """Write one document of all parts."""
    out.write(
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{_text(title(parts))}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    for part in parts:
        out.writelines(line + "\n" for line in _part(part))
    out.write("</body>\n</html>\n")


def _part(part: Part) -> Iterator[str]:
    if isinstance(part, Note):
        yield f'<p class="note">{_text(part.text)}</p>'
    elif isinstance(part, Drawing):
        yield from _drawing(part)
    elif isinstance(part, Page):
        yield from _page(part)
    else:
        yield from _table(part)


def _page(page: Page) -> Iterator[str]:
    yield f'<article>\n<h1>{_text(page.title)}</h1>\n<p class="dim">{_text(page.under)}</p>\n<dl>'
    for name, value in page.fields:
        shown = _link(value, value)
        if name == "stage":
            look = cells.STAGE_STYLES.get(page.stage, "")
            shown = f'<span class="{look}">{_text(page.stage)}</span>{_text(value[len(page.stage) :])}'
        yield f"<dt>{_text(name)}</dt><dd>{shown}</dd>"
    yield "</dl>"
    for name, remark, sheet in page.sections:
        said = f' <small class="inline">{_text(remark)}</small>' if remark else ""
        yield f"<h2>{_text(name[:1].upper() + name[1:])}{said}</h2>"
        yield from _table(sheet)
    yield "</article>"


def _drawing(part: Drawing) -> Iterator[str]:
    from kzus.render import runs

    text = "\n".join("".join(_span(run) for run in line) for line in runs.lines(part, _DRAWN))
    yield f"<pre>{text}</pre>"


def _span(run: Any) -> str:
    text = _text(run.text)
    if run.link:
        return f'<a href="{escape(run.link)}">{text}</a>'
    return f'<span class="{run.look}">{text}</span>' if run.look else text


def _table(sheet: Sheet) -> Iterator[str]:
    """Yield a table with every column that a wide terminal has, stacked as there."""
    known = {column.name: column for column in sheet.columns}
    stacks = [[known[name] for name in stack] for stack in (*sheet.layout, *sheet.extra)]
    links = sheet.links() if any(column.kind == "sources" for column in sheet.columns) else {}
    yield "<table>"
    if sheet.caption:
        yield f"<caption>{_text(sheet.caption)}</caption>"
    if sheet.header:
        heads = (f'<th scope="col"{_class(stack[0])}>{_text(cells.heading(stack[0]))}</th>' for stack in stacks)
        yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    for heading, rows in groupby(zip_longest(sheet.rows, sheet.sections), key=itemgetter(1)):
        yield "<tbody>"
        if heading is not None:
            yield f'<tr><th scope="rowgroup" class="section" colspan="{len(stacks)}">{_text(heading)}</th></tr>'
        for row, _ in rows:
            yield _row(stacks, _record(sheet, row), links)
        yield "</tbody>"
    if sheet.total and sheet.rows:
        total = {name: "" if cell is None else cell for name, cell in _record(sheet, sheet.total).items()}
        yield f"<tfoot>{_row(stacks, total, links)}</tfoot>"
    yield "</table>"


def _record(sheet: Sheet, row: Sequence[Any]) -> dict[str, Any]:
    return dict(zip((column.name for column in sheet.columns), row, strict=True))


def _row(stacks: Iterable[Sequence[Column]], row: Mapping[str, Any], links: Mapping[str, str]) -> str:
    drawn = []
    for first, *under in stacks:
        shown = _cell(first.kind, row[first.name], links)
        if first.name == "title" and cells.is_link(row.get("url")):
            shown = f'<a href="{escape(row["url"])}">{shown}</a>'
        kinds = {column.name: column.kind for column in under}
        lines = [_cell(kinds[name], row[name], links) for name in cells.under(list(kinds), row)]
        drawn.append(f"<td{_class(first)}>{shown}{f'<small>{cells.BETWEEN.join(lines)}</small>' if lines else ''}</td>")
    return f"<tr>{''.join(drawn)}</tr>"


def _cell(kind: str, cell: Any, links: Mapping[str, str]) -> str:
    if cell is None:
        return f'<span class="dim">{cells.UNKNOWN}</span>'
    if cell == "":
        return ""
    if kind in ("ids", "sources"):
        return ", ".join(f'<span class="whole">{_link(name, links.get(name, ""))}</span>' for name in cell.split(","))
    shape = _SHAPES.get(kind)
    return shape(cell) if shape else _text(cells.drawn(kind, cell))


_SHAPES: dict[str, Callable[[Any], str]] = {
    "cite": lambda cell: _link(f"[{cell[0]}]", cell[1] or ""),
    "url": lambda cell: _link(cell, cell),
    "match": lambda cell: _HIT.sub(r"<mark>\1</mark>", _text(cells.drawn("match", cell))),
    "money": lambda cell: f'<data value="{cell}">{_text(cells.drawn("money", cell))}</data>',
    "stage": lambda cell: f'<span class="{cells.STAGE_STYLES.get(cell, "")}">{_text(cell)}</span>',
}


def _link(text: str, url: str) -> str:
    return f'<a href="{escape(url)}">{_text(text)}</a>' if cells.is_link(url) else _text(text)


def _class(column: Column) -> str:
    told = (("right", column.kind in cells.RIGHT), ("whole", column.kind in _WHOLE), ("prose", column.name in _PROSE))
    names = [name for name, holds in told if holds]
    return f' class="{" ".join(names)}"' if names else ""


def _text(text: str) -> str:
    """Write text from data: nothing in it is markup, and a control character shows as what it is."""
    return escape(visible(text))
