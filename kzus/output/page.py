"""The page that a terminal shows of one entry: its fields, then its claims, relations and sources."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kzus.output import cells
from kzus.records import facts
from kzus.texts import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import RenderableType

    from kzus.records import Fact

_NAMES = ("title", "name", "label")
_MONEY = ("amount_usd", "low_usd", "high_usd", "counted_usd")


def draw(record: Mapping[str, Any], _: int) -> RenderableType:
    """Make the page of one record."""
    heading = Text(visible(next((record[name] for name in _NAMES if name in record), record["id"])), style="bold")
    under = Text(f"{record['id']} · {record['type']}", style="dim")
    return Group(heading, under, *_parts(record))


def _parts(record: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Yield the plain fields as one grid, then each list of claims or relations under its name."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    sections: list[RenderableType] = []
    silent = {*_NAMES, "type", "sources", "source"}
    if record.get("low_usd") == record.get("high_usd"):
        silent |= {"low_usd", "high_usd"}
    shown = [fact for fact in facts(record) if fact.field not in silent]
    shown.sort(key=lambda fact: fact.field == "note")
    numbers = {source["id"]: at for at, source in enumerate(record.get("cited", ()), start=1)}
    for field, found in groupby(shown, key=lambda fact: fact.field):
        lines = list(found)
        if field == "cited":
            sections.append(_sources(lines))
        elif lines[0].detail is None and lines[0].source is None:
            if lines[0].value is not None:
                grid.add_row(_named(field), _values(field, lines))
        else:
            sections.append(_section(field, lines, numbers))
    if grid.row_count:
        yield Padding(grid, (1, 0, 0, 0))
    yield from sections


def _values(field: str, lines: list[Fact]) -> Text:
    if field in _MONEY:
        return Text(cells.drawn("money", lines[0].value))
    text = ", ".join(visible(str(line.value)) for line in lines)
    return Text(text, style=cells.STAGE_STYLES.get(text, "") if field == "stage" else "")


def _section(field: str, lines: list[Fact], numbers: Mapping[str, int]) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    for _ in range(2):
        table.add_column(overflow="fold")
    table.add_column(style="dim", no_wrap=True)
    table.add_column(style="dim", no_wrap=True)
    for line in lines:
        said = Text(visible(line.detail or ""))
        if line.note:
            said.append(f"{'; ' if line.detail else ''}{visible(line.note)}", style="dim")
        number = f"[{numbers[line.source]}]" if line.source else ""
        table.add_row(Text(visible(str(line.value))), said, Text(line.date or ""), Text(number))
    return _titled(field, table)


def _sources(lines: list[Fact]) -> RenderableType:
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for at, line in enumerate(lines, start=1):
        text = Text(visible(f"{line.value}, {line.date or 'no date'}"))
        if line.detail:
            text.append("\n").append(line.detail, style=f"dim link {line.detail}")
        table.add_row(f"[{at}]", text)
    return _titled("sources", table)


def _titled(field: str, table: Table) -> RenderableType:
    return Padding(Group(Text(_named(field).upper(), style="bold"), Padding(table, (0, 0, 0, 2))), (1, 0, 0, 0))


def _named(field: str) -> str:
    return field.replace("_usd", "").replace("amount", "stated").replace("_", " ")
