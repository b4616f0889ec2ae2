"""What a renderer gets: tables, drawings, and what must be said beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from fractions import Fraction

    from rich.console import RenderableType

    from kzus.query.listing import Column


class Sheet(NamedTuple):
    """One table; `layout` names the contract columns stacked in each column that is drawn for a person.

    `total` is a last row set apart and `caption` what the table shows, both for a person only. `links` are
    asked for where sources are drawn, and give the address of each by its id. `sections` has a heading for
    each row; where it changes, a person sees it above the row. `narrow` is another layout, for a terminal
    on which the first can't be read, and `extra` what one that is wide enough has besides.
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


class Drawing(NamedTuple):
    """Anything that rich can draw, made for a width."""

    draw: Callable[[int], RenderableType]
    title: str = ""


class Bar(NamedTuple):
    """One line of a chart: where its two stretches begin and end, and what stands around them."""

    label: str
    shown: str
    full: tuple[Fraction | int, Fraction | int]
    pale: tuple[Fraction | int, Fraction | int]
    remark: tuple[str, ...] = ()
    link: str = ""


class Chart(NamedTuple):
    """Bars on one scale; `legend` says what the full and the pale stretches are."""

    title: str
    bars: Sequence[Bar]
    legend: tuple[str, str]


class Page(NamedTuple):
    """Everything known about one entry: plain fields by name, then tables, each under its heading.

    The first field may be a stage, which has its colour; a table's heading may have a remark.
    """

    title: str
    under: str
    fields: Sequence[tuple[str, str]]
    sections: Sequence[tuple[str, str, Sheet]]
    stage: str = ""


class Note(NamedTuple):
    """A line of text under what it speaks of."""

    text: str


Part = Sheet | Page | Drawing | Note


def title(parts: Sequence[Part]) -> str:
    """Return what a document of these parts is called."""
    named = (part.caption if isinstance(part, Sheet) else getattr(part, "title", "") for part in parts)
    return next((name for name in named if name), "kzus")
