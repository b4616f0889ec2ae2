"""Bar charts, bars and sparklines of plain characters, which can be read without colour and in a pipe."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len
from rich.console import Group
from rich.table import Table
from rich.text import Text

from kzus.render import cells
from kzus.render.terminal import fit
from kzus.values.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from kzus.render.document import Chart, ChartBar

FULL, PALE = "█", "░"
_EIGHTHS = " ▏▎▍▌▋▊▉"
_LEVELS = "▁▂▃▄▅▆▇█"
_BAR_STYLES = {FULL: "green", PALE: "yellow"}
_SIDES: tuple[Literal["left", "right"], ...] = ("left", "right", "left", "left")
_SHORTEST_BAR = 10
"""A shorter bar shows nothing: the remarks beside it are dropped first."""
_LONGEST_LABEL = 32


def draw_chart(chart: Chart, width: int) -> Group:
    """Draw a chart for a width: label, amount, bar and, where there is room, a remark."""
    widths = _widths(chart.bars, width)
    table = Table(
        box=None, padding=(0, fit.GAP, 0, 0), pad_edge=False, header_style="", show_header=any(chart.legend)
    )  # fmt: skip
    heads = (Text(), Text(), _legend(chart), Text())
    for head, justify, each in zip(heads, _SIDES, widths, strict=False):
        table.add_column(head, width=each, justify=justify, overflow="fold")
    # Zero is always on the scale, or bars would show a ratio that isn't there.
    low = min((min(0, *bar.full, *bar.pale) for bar in chart.bars), default=0)
    high = max((max(0, *bar.full, *bar.pale) for bar in chart.bars), default=0)
    amounts = cells.align_scales([bar.shown for bar in chart.bars])
    for bar, amount in zip(chart.bars, amounts, strict=True):
        drawn = [Text(visible(bar.label)), Text(visible(amount)), _stretch(bar, low, high, widths[2])]
        table.add_row(*drawn, *(_remark(bar, each) for each in widths[3:]))
    return Group(Text(visible(chart.title), style="bold"), table)


def _widths(bars: Sequence[ChartBar], width: int) -> list[int]:
    """Return the widths of label, amount, bar and, if there is room for it, remark."""
    label = min(_longest(bar.label for bar in bars), _LONGEST_LABEL, width // 3)
    amount, remark = _longest(bar.shown for bar in bars), _longest(cells.BETWEEN.join(bar.remark) for bar in bars)
    word = _longest(word for bar in bars for part in bar.remark for word in part.split())
    room = width - label - amount - 2 * fit.GAP
    remark = min(remark, max(word, min(room // 2, room - fit.GAP - _SHORTEST_BAR)))
    bar = room - remark - fit.GAP
    return [label, amount, bar, remark] if remark and bar >= _SHORTEST_BAR else [label, amount, max(room, 1)]


def _remark(bar: ChartBar, width: int) -> Text:
    joined = cells.BETWEEN.join(bar.remark)
    text = visible(joined) if cell_len(joined) <= width else "\n".join(map(visible, bar.remark))
    return Text(text, style=f"dim link {bar.link}" if cells.is_link(bar.link) else "dim")


def _longest(texts: Iterable[str]) -> int:
    return max(map(cell_len, texts), default=0)


def _stretch(bar: ChartBar, low: Fraction | int, high: Fraction | int, width: int) -> Text:
    """Draw both parts of a bar on a scale from `low` to `high`; a part that isn't zero has at least one cell."""
    start, end = min(*bar.full, *bar.pale), max(*bar.full, *bar.pale)
    # Only bars from zero on can use eighths of a cell: blocks fill a cell from its left.
    if not low:
        full, pale = draw_bar(bar.full[1], bar.pale[1] - bar.pale[0], high, width)
        return Text(full, style=_BAR_STYLES[FULL]).append(pale, style=_BAR_STYLES[PALE])
    if start == end:
        return Text()
    first, last = (round((each - low) * width / (high - low)) for each in (start, end))
    # A bar at the right end must leave itself a cell.
    first = min(first, width - 1)
    many = max(last - first, 1)
    glyphs = [(FULL, bar.full[1] - bar.full[0], bar.full[0]), (PALE, bar.pale[1] - bar.pale[0], bar.pale[0])]
    (near, size, _), (far, rest, _) = sorted(glyphs, key=itemgetter(2))
    cut = round(many * size / (size + rest))
    # Each part that is something gets a cell, if there are two.
    if size and rest and many > 1:
        cut = min(max(cut, 1), many - 1)
    text = Text(" " * first)
    return text.append(near * cut, style=_BAR_STYLES[near]).append(far * (many - cut), style=_BAR_STYLES[far])


def _legend(chart: Chart) -> Text:
    text = Text()
    for glyph, name in zip((FULL, PALE), chart.legend, strict=True):
        if name:
            text.append(f"{glyph} ", style=_BAR_STYLES[glyph]).append(f"{name}  ")
    return text


def draw_bar(firm: int | Fraction, pledged: int | Fraction, most: int | Fraction, width: int) -> tuple[str, str]:
    """Return the full and the pale part of a bar; `most` takes the whole width.

    A part that isn't zero has at least one character.
    """
    if not most:
        return "", ""
    if not pledged:
        eighths = max(firm * width * 8 // most, bool(firm))
        return FULL * (eighths // 8) + _EIGHTHS[eighths % 8].strip(), ""
    whole_cells = max(
        (firm * width + most // 2) // most, bool(firm)
    )  # no eighths: the pale part must follow without a gap
    # A cell is left for the pale part.
    full = FULL * min(whole_cells, width - 1)
    return full, PALE * max((firm + pledged) * width // most - len(full), 1)


def sparkline(numbers: Sequence[float]) -> str:
    """Return one character for each number, as high as it lies above zero, or above the lowest if that is negative."""
    low = min((0.0, *numbers))
    span = max((low, *numbers)) - low
    if not span:
        return _LEVELS[0] * len(numbers)
    return "".join(_LEVELS[min(int((number - low) / span * 8), 7)] for number in numbers)
