"""Tables for a person, fitted to the width of the terminal; the only module that draws with rich."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from kzus.output import cells
from kzus.output.sheet import Drawing, Note
from kzus.texts import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from rich.console import RenderableType

    from kzus.environment import Environment
    from kzus.output.sheet import Part, Sheet
    from kzus.query import Column

_WHOLE = frozenset(("money", "number", "share", "date", "id", "stage", "value", "sources"))
"""Kinds whose cells never wrap: half a number or id is a wrong one."""
_GAP = 2
_NARROWEST = 20


class _Column(NamedTuple):
    """One drawn column: the contract columns stacked in it and its cells as lines."""

    stack: tuple[Column, ...]
    lines: list[list[Text]]

    @property
    def is_whole(self) -> bool:
        return self.stack[0].kind in _WHOLE

    def widths(self) -> tuple[int, int]:
        """Return the width below which it reads badly and the one that takes it all."""
        first = max((cell_len(lines[0].plain) for lines in self.lines), default=0)
        under = [line.plain for lines in self.lines for line in lines[1:]]
        rest = max((cell_len(line) for line in under), default=0)
        heading = len(_heading(self.stack[0]))
        if self.is_whole:
            word = max((cell_len(word) for line in under for word in line.split()), default=0)
            return max(first, heading, word), max(first, heading, rest)
        is_whole_under = len(self.stack) > 1 and self.stack[1].kind in _WHOLE
        whole_under = max((cell_len(lines[1].plain) for lines in self.lines if lines[1:]), default=0) * is_whole_under
        longest = max(first, rest, heading)
        return max(heading, whole_under, min(longest, _NARROWEST)), longest


def console(env: Environment) -> Console:
    """Make the console that everything is drawn with: no markup, no highlighting, no guessing."""
    return Console(
        file=env.stdout,
        width=env.width,
        force_terminal=env.has_styles,
        color_system="standard" if env.has_styles else None,
        no_color=not env.has_colour,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )


def write(env: Environment, part: Part) -> None:
    """Draw one part of an answer; a table loses columns from the right until what stays can be read."""
    if (drawn := draw(part, env.width)) is not None:
        console(env).print(drawn)


def draw(part: Part, width: int) -> RenderableType | None:
    """Make what rich draws of a part, fitted to a width; nothing of a sheet without rows."""
    if isinstance(part, Note):
        return Text(visible(part.text), style="dim")
    if isinstance(part, Drawing):
        return part.draw(width)
    return _sheet(part, width) if part.rows else None


def _sheet(sheet: Sheet, width: int) -> Group:
    """Make a table; its sections are tables in the same columns."""
    every = [*sheet.rows, sheet.total] if sheet.total else list(sheet.rows)
    drawn = _columns(sheet, every)
    widths = fit([column.widths() for column in drawn], width)
    if not sheet.sections:
        return Group(_table(drawn, widths, range(len(every)), header=sheet.header))
    parts: list[RenderableType] = [_table(drawn, widths, (), header=True)] if sheet.header else []
    across = min(sum(widths) + _GAP * (len(widths) - 1), width)
    for heading, rows in groupby(range(len(every)), key=lambda at: sheet.sections[at]):
        parts += [_rule(heading, across), _table(drawn, widths, rows, header=False)]
    return Group(*parts)


def _table(drawn: Sequence[_Column], widths: Sequence[int], rows: Iterable[int], *, header: bool) -> Table:
    """Make a table of some of the rows, in columns that were fitted to all of them."""
    table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="bold", show_header=header)
    for column, each in zip(drawn, widths, strict=False):
        right = column.stack[0].kind in cells.RIGHT
        table.add_column(_heading(column.stack[0]), width=each, justify="right" if right else "left", overflow="fold")
    for at in rows:
        table.add_row(*(_joined(column.lines[at]) for column in drawn[: len(widths)]))
    return table


def _rule(heading: str, width: int) -> Text:
    text = Text().append(visible(heading), style="bold")
    room = width - text.cell_len - 1
    return text.append(f" {'─' * room}", style="dim") if room > 0 else text


def _columns(sheet: Sheet, rows: Sequence[tuple[Any, ...]]) -> list[_Column]:
    at = {column.name: place for place, column in enumerate(sheet.columns)}
    links = sheet.links() if any(column.kind == "sources" for column in sheet.columns) else {}
    return [
        _Column(
            tuple(sheet.columns[at[name]] for name in stack), [_lines(row, stack, sheet, at, links) for row in rows]
        )
        for stack in sheet.layout
    ]


def fit(wanted: Sequence[tuple[int, int]], width: int) -> list[int]:
    """Share a width among columns, given the least and most that each can use; the last ones leave first."""
    kept = list(wanted)
    while len(kept) > 1 and sum(least for least, _ in kept) + _GAP * (len(kept) - 1) > width:
        kept.pop()
    widths = [least for least, _ in kept]
    spare = width - sum(widths) - _GAP * (len(kept) - 1)
    for at, (least, most) in enumerate(kept):
        more = max(min(most - least, spare), 0)
        widths[at] += more
        spare -= more
    return [min(each, width) for each in widths]


def _lines(
    row: tuple[Any, ...],
    stack: Sequence[str],
    sheet: Sheet,
    at: Mapping[str, int],
    links: Mapping[str, str],
) -> list[Text]:
    first, *under = stack
    lines = [_cell(sheet.columns[at[first]].kind, row[at[first]], links)]
    for name in under:
        kind, cell = sheet.columns[at[name]].kind, row[at[name]]
        if cell is None or row[at[first]] is None:
            continue
        if kind != "match":
            lines.append(Text(cells.drawn(kind, cell), style="dim"))
        elif (bare := cell.strip("…").replace("‹", "").replace("›", "")) in row[at[first]]:
            lines[0] = _marked(cells.drawn(kind, row[at[first]].replace(bare, cell.strip("…"))))
        else:
            lines.append(_marked(cells.drawn(kind, cell)))
    return lines


def _cell(kind: str, cell: Any, links: Mapping[str, str]) -> Text:
    if kind == "sources" and cell:
        first, *others = cell.split(",")
        more = f" +{len(others)}" if others else ""
        text = Text(first)
        if cells.is_link(links.get(first)):
            text.stylize(f"link {links[first]}")
        return text.append(more, style="dim")
    shown = cells.drawn(kind, cell)
    if kind == "url" and cells.is_link(cell):
        return Text(shown, style=f"link {cell}")
    if kind == "match":
        return _marked(shown)
    return Text(shown, style=cells.STAGE_STYLES.get(str(cell), "") if kind == "stage" else "")


def _marked(shown: str) -> Text:
    """Set what stands between marks off by more than the marks."""
    before, *found = shown.split("‹")
    text = Text(before)
    for each in found:
        word, mark, after = each.partition("›")
        text.append(f"‹{word}{mark}", style="bold").append(after)
    return text


def _joined(lines: list[Text]) -> Text:
    return Text("\n").join(lines)


def _heading(column: Column) -> str:
    return cells.heading(column).upper()
