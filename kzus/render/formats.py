"""The output formats, each with its renderer imported only when it is needed, and the table that they all lay out."""

# Annotations are evaluated here: Python compiles each that is text when it makes a NamedTuple, for every query.

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from kzus.query.listing import Column
    from kzus.query.lists.screens import Screen
    from kzus.render.document import Document, DocumentPart
    from kzus.render.environment import Environment

FORMATS = ("table", "tsv", "csv", "json", "jsonl", "yaml", "markdown", "html")
STRUCTURED = frozenset(("json", "jsonl", "yaml"))
"""Formats that can nest: entries keep their lists."""
ALIASES = {"md": "markdown"}
"""Other names of formats."""
FOR_PEOPLE = frozenset(("table", "markdown", "html"))
"""Formats for people, which have pages and charts as well as rows."""
DOCUMENTS = frozenset(("markdown", "html"))
"""Formats that are one document, and so can be written only when the command ends."""
RULE = "│"
"""The name of a column that is only a line between others on a terminal; a document has no such column."""


class DataTable(NamedTuple):
    """One table; `layout` names, for each drawn column, the columns of the answer that are stacked in it.

    `total` (a last row) and `caption` are for people only. `links` is called only where sources are drawn and
    returns the address of each by its id. `sections` has a heading for each row, which is drawn where it
    changes. `narrow` is the layout for a terminal too narrow for the first, `extra` has columns for a wide one.
    With `is_one_line` the first column is cut with `…` rather than that another is left out or a row takes two lines.
    `screen` replaces the layouts on a terminal. `is_chosen` says that its columns were asked for by name.
    """

    columns: "tuple[Column, ...]"
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
    screen: "Screen | None" = None
    is_chosen: bool = False

    @property
    def document_layout(self) -> list[Sequence[str]]:
        """The layout of a document: that of a terminal without lines between columns."""
        return [stack for stack in self.layout if stack[0] != RULE]


def write_rows(env: "Environment", table: DataTable, form: str) -> None:
    """Print a table in a format that is for programs."""
    from kzus.render import text

    text.WRITERS[form](env.stdout, table)


def write_to_terminal(env: "Environment", part: "DocumentPart") -> None:
    """Print one part of an answer on a terminal."""
    from kzus.render.terminal import draw

    draw.print_part(env, part)


def write_document(env: "Environment", document: "Document", form: str) -> None:
    """Print an answer as one document."""
    if form == "html":
        from kzus.render import html

        html.write_html(env.stdout, document)
    else:
        from kzus.render import markdown

        markdown.write_markdown(env.stdout, document)
