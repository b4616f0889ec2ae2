"""A table of an answer: its rows, how each kind of format lays them out, and the options of its output."""

# Annotations are evaluated here: Python compiles each that is text when it makes a NamedTuple, for every query.

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from kzus.query.listing import Column
    from kzus.query.lists.screens import Screen

RULE = "│"
"""The name of a column that is only a line between others on a terminal; a document has no such column."""


class Output(NamedTuple):
    """The output options; without a format, a terminal gets a table and a pipe TSV."""

    format: str | None = None
    columns: str | None = None
    sort: str | None = None
    limit: int | None = None
    no_header: bool = False

    @property
    def is_of_lines(self) -> bool:
        """Whether an option is about columns or lines, which a page, a card or a whole entry in JSON doesn't have."""
        return bool(self.columns or self.sort or self.no_header or self.limit is not None)


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
    def last_row(self) -> tuple[Any, ...] | None:
        """The total, blank in a column that has none; an amount that nobody knows stays unknown."""
        if self.total is None:
            return None
        kinds = [column.kind for column in self.columns]
        return tuple(
            "" if cell is None and kind not in ("money", "sum") else cell
            for cell, kind in zip(self.total, kinds, strict=True)
        )

    @property
    def document_layout(self) -> list[Sequence[str]]:
        """The layout of a document: that of a terminal without lines between columns."""
        return [stack for stack in self.layout if stack[0] != RULE]
