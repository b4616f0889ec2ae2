"""A document that needs nothing from outside: tables as tables, to paste into a text or a mail, in light and dark."""

from __future__ import annotations

from html import escape
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING

from kzus.output import cells
from kzus.output.colours import DARK, LIGHT, css_variables
from kzus.output.sheet import Drawing, Note, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, TextIO

    from kzus.output.sheet import Part

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
.right{text-align:right}.whole{white-space:nowrap}
small{display:block;color:var(--dim);font-size:.85em}
a{color:var(--blue)}.note,.dim{color:var(--dim)}.bold{font-weight:600}
.red{color:var(--red)}.green{color:var(--green)}.yellow{color:var(--yellow)}
.magenta{color:var(--magenta)}.cyan{color:var(--cyan)}.blue{color:var(--blue)}
pre{font:14px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-x:auto}
svg{max-width:100%;height:auto}
@media print{body{margin:0}a{color:inherit}thead{display:table-header-group}tr{break-inside:avoid}}
"""
)
_WHOLE = frozenset(("money", "number", "share", "date", "stage", "value", "sources"))


def write(out: TextIO, parts: Sequence[Part]) -> None:
    """Write one document of all parts."""
    title = next((part.caption for part in parts if isinstance(part, Sheet) and part.caption), "kzus")
    title = next((part.title for part in parts if isinstance(part, Drawing) and part.title), title)
    out.write(
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    for part in parts:
        out.writelines(line + "\n" for line in _part(part))
    out.write("</body>\n</html>\n")


def _part(part: Part) -> Iterator[str]:
    if isinstance(part, Note):
        yield f'<p class="note">{escape(part.text)}</p>'
    elif isinstance(part, Drawing):
        yield from _drawing(part)
    else:
        yield from _table(part)


def _drawing(part: Drawing) -> Iterator[str]:
    from kzus.output import runs, svg

    if part.is_picture:
        yield f"<figure>{svg.picture([part])}</figure>"
        return
    text = "\n".join("".join(_span(run) for run in line) for line in runs.lines(part, svg.WIDTH))
    yield f"<pre>{text}</pre>"


def _span(run: Any) -> str:
    text = escape(run.text)
    if run.link:
        return f'<a href="{escape(run.link)}">{text}</a>'
    return f'<span class="{run.look}">{text}</span>' if run.look else text


def _table(sheet: Sheet) -> Iterator[str]:
    at = {column.name: place for place, column in enumerate(sheet.columns)}
    stacks = [[at[name] for name in stack] for stack in sheet.layout]
    firsts = [sheet.columns[stack[0]] for stack in stacks]
    links = sheet.links() if any(column.kind == "sources" for column in sheet.columns) else {}
    yield "<table>"
    if sheet.caption:
        yield f"<caption>{escape(sheet.caption)}</caption>"
    if sheet.header:
        heads = (f'<th scope="col"{_class(column.kind)}>{escape(cells.heading(column))}</th>' for column in firsts)
        yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    for heading, rows in groupby(zip_longest(sheet.rows, sheet.sections), key=itemgetter(1)):
        yield "<tbody>"
        if heading is not None:
            yield f'<tr><th scope="rowgroup" class="section" colspan="{len(stacks)}">{escape(heading)}</th></tr>'
        for row, _ in rows:
            yield _row(sheet, stacks, row, links)
        yield "</tbody>"
    if sheet.total and sheet.rows:
        yield f"<tfoot>{_row(sheet, stacks, sheet.total, links)}</tfoot>"
    yield "</table>"


def _row(sheet: Sheet, stacks: Iterable[Sequence[int]], row: Sequence[Any], links: Mapping[str, str]) -> str:
    drawn = []
    for first, *under in stacks:
        kind = sheet.columns[first].kind
        lines = [_cell(kind, row[first], links)]
        if row[first] is not None:
            kinds = ((sheet.columns[place].kind, row[place]) for place in under)
            lines += [f"<small>{_cell(each, cell, links)}</small>" for each, cell in kinds if cell is not None]
        drawn.append(f"<td{_class(kind)}>{''.join(lines)}</td>")
    return f"<tr>{''.join(drawn)}</tr>"


def _cell(kind: str, cell: Any, links: Mapping[str, str]) -> str:
    shown = escape(cells.drawn(kind, cell))
    if cell is None or cell == "":
        return f'<span class="dim">{shown}</span>'
    if kind == "sources":
        return "<br>".join(_link(name, links.get(name, "")) for name in cell.split(","))
    if kind == "url":
        return _link(cell, cell)
    if kind == "stage":
        return f'<span class="{cells.STAGE_STYLES.get(cell, "")}">{shown}</span>'
    if kind == "money":
        return f'<data value="{cell}">{shown}</data>'
    return shown


def _link(text: str, url: str) -> str:
    return f'<a href="{escape(url)}">{escape(text)}</a>' if cells.is_link(url) else escape(text)


def _class(kind: str) -> str:
    names = [name for name, kinds in (("right", cells.RIGHT), ("whole", _WHOLE)) if kind in kinds]
    return f' class="{" ".join(names)}"' if names else ""
