"""A picture of an answer: text and bars as a terminal has them, on the reader's own ground, light or dark."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from rich.cells import cell_len

from kzus.output.colours import COLOURS, DARK, LIGHT
from kzus.output.runs import Run, lines
from kzus.output.sheet import Note, Sheet, title
from kzus.texts import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from kzus.output.sheet import Part

WIDTH = 140
"""How many characters a picture is wide at most, wherever it is made."""
READ = 100
"""How many of them a page, a chart or a note takes."""
_SIZE, _CELL, _LINE, _EDGE = 14, 8.4, 20, 16
_FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
_BARS = {"█": 1.0, "▉": 7 / 8, "▊": 6 / 8, "▋": 5 / 8, "▌": 4 / 8, "▍": 3 / 8, "▎": 2 / 8, "▏": 1 / 8}
_PALE = "░"


def write(out: TextIO, parts: Sequence[Part]) -> None:
    """Write one picture of all parts, one under the other."""
    out.write(picture(parts) + "\n")


def picture(parts: Sequence[Part]) -> str:
    """Return an SVG that needs nothing from outside: no font, no script, no other file."""
    drawn: list[list[Run]] = []
    for at, part in enumerate(parts):
        if at and not isinstance(part, Note):
            drawn.append([])
        drawn += lines(part, WIDTH if isinstance(part, Sheet) else READ)
        if isinstance(part, Sheet) and part.caption:
            drawn += lines(Note(part.caption), READ)
    columns = max((sum(cell_len(run.text) for run in line) for line in drawn), default=0)
    width, height = round(columns * _CELL + 2 * _EDGE), len(drawn) * _LINE + 2 * _EDGE
    body = "\n".join(_line(line, _EDGE + at * _LINE) for at, line in enumerate(drawn) if line)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="kzus" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img">\n'
        f"<title>{escape(visible(title(parts)))}</title>\n<style>\n{_style()}\n</style>\n"
        f'<rect class="page" width="{width}" height="{height}" rx="6"/>\n{body}\n</svg>'
    )


def _line(line: list[Run], top: int) -> str:
    drawn: list[str] = []
    at = 0
    for run in line:
        drawn += _drawn(run, _EDGE + at * _CELL, top)
        at += cell_len(run.text)
    return "".join(drawn)


def _drawn(run: Run, left: float, top: int) -> Iterator[str]:
    """Yield a run as text or, if it is a bar, as what the characters stand for."""
    look = f' class="{run.look}"' if run.look else ""
    text = run.text.strip()
    if not text:
        return
    if set(text) <= {*_BARS, _PALE}:
        yield from _bars(run.text, look, left, top)
        return
    left += cell_len(run.text[: len(run.text) - len(run.text.lstrip())]) * _CELL
    length = cell_len(text) * _CELL
    shown = f'<text x="{left:.1f}" y="{top + _SIZE}" textLength="{length:.1f}"{look}>{escape(text)}</text>'
    yield f'<a href="{escape(run.link)}">{shown}</a>' if run.link else shown


def _bars(text: str, look: str, left: float, top: int) -> Iterator[str]:
    """Yield the full and the pale stretch of a bar; the pale one has an outline, to be told apart without colour."""
    full = sum(_BARS.get(mark, 0) for mark in text) * _CELL
    pale = text.count(_PALE) * _CELL
    left += (len(text) - len(text.lstrip())) * _CELL
    place = f'y="{top + 3}" height="{_LINE - 6}"'
    if full:
        yield f'<rect x="{left:.1f}" {place} width="{full:.1f}"{look or _class("text")}/>'
    if pale:
        yield f'<rect x="{left + full + 0.5:.1f}" {place} width="{pale - 1:.1f}"{_class("pale")}/>'


def _class(name: str) -> str:
    return f' class="{name}"'


def _style() -> str:
    light, dark = _rules(LIGHT), _rules(DARK)
    return (
        f".kzus text{{font:{_SIZE}px {_FONT};white-space:pre}}.kzus .bold{{font-weight:bold}}\n"
        f"{light}\n@media screen and (prefers-color-scheme:dark){{{dark}}}"
    )


def _rules(ground: int) -> str:
    """Colour by classes, not variables: a mail program or an editor may know no more."""
    tones = {name: pair[ground] for name, pair in COLOURS.items()}
    text = f".kzus text{{fill:{tones['text']}}}.kzus .pale{{fill:{tones['text']};fill-opacity:.2}}"
    return text + "".join(f".kzus .{name}{{fill:{tone}}}" for name, tone in tones.items())
