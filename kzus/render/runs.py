"""What rich draws, taken apart into runs of text of one look, for documents that have no terminal to obey codes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console

from kzus.render import cells
from kzus.render.terminal.table import draw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.segment import Segment

    from kzus.render.document import Part
_NAMES = dict(enumerate(("red", "green", "yellow", "blue", "magenta", "cyan"), start=1))
"""The colours of a terminal that are used, by their numbers there."""


class Run(NamedTuple):
    """Text of one look: the names of its style, and where it leads, if anywhere."""

    text: str
    look: str = ""
    link: str = ""


def lines(part: Part, width: int) -> Iterator[list[Run]]:
    """Yield what a part looks like at a width, line by line, without spaces at line ends."""
    console = Console(
        file=io.StringIO(), width=width, force_terminal=True, color_system="standard", no_color=False, markup=False,
        highlight=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    drawn = draw(part, width)
    if drawn is None:
        return
    for line in console.render_lines(drawn, pad=False):
        runs = [_run(segment) for segment in line if segment.text and not segment.control]
        while runs and not runs[-1].text.strip():
            runs.pop()
        if runs:
            runs[-1] = runs[-1]._replace(text=runs[-1].text.rstrip())
        yield runs


def _run(segment: Segment) -> Run:
    style = segment.style
    if style is None:
        return Run(segment.text)
    words = ["bold"] * bool(style.bold) + ["dim"] * bool(style.dim)
    if style.color and style.color.number in _NAMES:
        words.append(_NAMES[style.color.number])
    link = style.link if style.link and cells.is_link(style.link) else ""
    return Run(segment.text, " ".join(words), link)
