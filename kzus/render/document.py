"""The document model: the parts of an answer that every renderer takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzus.render.data_table import DataTable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

    from rich.console import RenderableType

DRAWING_WIDTH = 100
"""The width of a drawing in a document, in characters."""


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


class Section(NamedTuple):
    """A heading of a document with a table below it, if it has one, and sentences below that."""

    title: str
    sentences: Sequence[str] = ()
    table: DataTable | None = None


class Footnote(NamedTuple):
    """A line of text below the part that it belongs to."""

    text: str


DocumentPart = DataTable | Page | Drawing | Section | Footnote


class SourceReference(NamedTuple):
    """A source in the list at the end of a document: how it is cited, and where it can be read."""

    text: str
    url: str | None = None


def _no_references(_: Sequence[str]) -> Sequence[SourceReference]:
    return ()


class Document(NamedTuple):
    """An answer to hand on: a heading, a sentence of what was asked, the parts, and which facts they are from.

    `references` returns what the list at the end says of the sources of these ids; their numbers in the text
    are their places in it.
    """

    parts: Sequence[DocumentPart]
    title: str = ""
    asked: str = ""
    edition: str = ""
    references: Callable[[Sequence[str]], Sequence[SourceReference]] = _no_references

    @property
    def heading(self) -> str:
        """The heading: that of the only page or of a drawing, else the title."""
        named = [part.title for part in self.parts if isinstance(part, (Page, Drawing)) and part.title]
        return named[0] if len(named) == 1 else self.title

    @property
    def page_level(self) -> int:
        """The level of the headings of its pages: 1 if the heading of the document is that of its only page."""
        return 1 if sum(isinstance(part, Page) for part in self.parts) == 1 else 2


class SourceNumbers:
    """The numbers of the sources in a document, in the order in which they are first named."""

    def __init__(self) -> None:
        """Begin with 1."""
        self._numbers: dict[str, int] = {}

    def number(self, source: str) -> int:
        """Return the number of a source; a new one gets the next."""
        return self._numbers.setdefault(source, len(self._numbers) + 1)

    def linked(self, links: Mapping[str, str], link: Callable[[str, str], str], names: str) -> str:
        """Return the numbers of sources, ids with commas between, each as `link` writes a text and its address."""
        return " ".join(link(f"[{self.number(name)}]", links.get(name, "")) for name in names.split(","))

    @property
    def sources(self) -> list[str]:
        """The ids of the sources that have a number, in its order."""
        return list(self._numbers)
