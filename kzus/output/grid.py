"""Rows of cells in columns of given widths. What rich's own table does besides takes three times as long."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment

from kzus.output.fit import GAP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, ConsoleOptions
    from rich.style import Style
    from rich.text import Text

_END = Segment.line()


class Row(NamedTuple):
    """One row: per cell its lines, wrapped where they are drawn, and the style of them all."""

    cells: Sequence[Sequence[Text]]
    style: str = ""


class Grid(NamedTuple):
    """Something that rich draws: rows in columns, each with its width and whether it stands to the right."""

    columns: Sequence[tuple[int, bool]]
    rows: Sequence[Row]

    def __rich_console__(self, console: Console, _: ConsoleOptions) -> Iterator[Segment]:
        """Yield the segments of all rows, without any behind the last cell that has something in it."""
        for row in self.rows:
            base = console.get_style(row.style) if row.style else None
            stacks = [
                [line for text in lines for line in _lines(console, text, width, base)]
                for lines, (width, _) in zip(row.cells, self.columns, strict=True)
            ]
            for at in range(max(map(len, stacks), default=1) or 1):
                yield from self._line([stack[at] if at < len(stack) else (0, []) for stack in stacks])
                yield _END

    def _line(self, line: Sequence[tuple[int, list[Segment]]]) -> Iterator[Segment]:
        filling = 0
        for (taken, segments), (width, is_right) in zip(line, self.columns, strict=True):
            free = max(width - taken, 0)
            if segments:
                if before := filling + free * is_right:
                    yield Segment(" " * before)
                yield from segments
                filling = GAP + free * (not is_right)
            else:
                filling += GAP + width


def _lines(console: Console, text: Text, width: int, base: Style | None) -> Iterator[tuple[int, list[Segment]]]:
    """Yield the lines that a text takes, each with its width."""
    taken = cell_len(text.plain)
    if taken <= width:
        yield taken, _segments(console, text, base)
        return
    for line in text.wrap(console, width, overflow="fold"):
        line.rstrip()
        yield line.cell_len, _segments(console, line, base)


def _segments(console: Console, text: Text, base: Style | None) -> list[Segment]:
    if not text.plain:
        return []
    if not text.spans and not base:
        return [Segment(text.plain, console.get_style(text.style) if text.style else None)]
    found = list(text.render(console))
    return [Segment(each.text, base + each.style if each.style else base) for each in found] if base else found
