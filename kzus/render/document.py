"""The document model: the parts of an answer that every renderer takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from fractions import Fraction

    from rich.console import RenderableType

    from kzus.query.listing import Column


class DataTable(NamedTuple):
    """One table; `layout` names, for each drawn column, the columns of the answer that are stacked in it.

    `total` (a last row) and `caption` are for people only. `links` is called only where sources are drawn and
    returns the address of each by its id. `sections` has a heading for each row, which is drawn where it
    changes. `narrow` is the layout for a terminal too narrow for the first, `extra` has columns for a wide one.
    With `is_one_line` the first column is cut with `…` rather than that another is left out or a row takes two lines.
    """

    columns: tuple[Column, ...]
    rows: Iterable[tuple[Any, ...]]
    layout: Sequence[Sequence[str]]
    total: tuple[Any, ...] | None = None
    caption: str = ""
    links: Callable[[], Mapping[str, str]] = dict
    header: bool = True
    sections: Sequence[str] = ()
    narrow: Sequence[Sequence[str]] = ()
    extra: Sequence[Sequence[str]] = ()
    is_one_line: bool = False


class Drawing(NamedTuple):
    """Anything else that rich can draw; `draw` makes it for a width."""

    draw: Callable[[int], RenderableType]
    title: str = ""


class ChartBar(NamedTuple):
    """One line of a chart: a label, the amount as text, where the full and the pale part begin and end, a remark."""

    label: str
    shown: str
    full: tuple[Fraction | int, Fraction | int]
    pale: tuple[Fraction | int, Fraction | int]
    remark: tuple[str, ...] = ()
    link: str = ""


class Chart(NamedTuple):
    """Bars on one scale; `legend` names the full and the pale part."""

    title: str
    bars: Sequence[ChartBar]
    legend: tuple[str, str]


class Page(NamedTuple):
    """The page of one entry: fields by name, then sections of heading, remark and table.

    `stage` repeats that of the fields, because it has a colour.
    """

    title: str
    under: str
    fields: Sequence[tuple[str, str]]
    sections: Sequence[tuple[str, str, DataTable]]
    stage: str = ""


class Footnote(NamedTuple):
    """A line of text below the part that it belongs to."""

    text: str


DocumentPart = DataTable | Page | Drawing | Footnote


def title(parts: Sequence[DocumentPart]) -> str:
    """Return the title of a document of these parts."""
    named = (part.caption if isinstance(part, DataTable) else getattr(part, "title", "") for part in parts)
    return next((name for name in named if name), "kzus")
