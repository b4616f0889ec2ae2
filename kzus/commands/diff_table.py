"""A table of `kzus diff` for people, and the words that its tables share."""

from typing import Any, NamedTuple

from kzus.query.listing import Column
from kzus.query.lists.screens import Screen
from kzus.render.cells import BLANK, UNKNOWN

DiffRow = tuple[Any, ...]
ID, WHY = Column("id", "id"), Column("why")
_COMPACT = 80
_WITH_REASONS = 120
"""From this width on, a column says why a deal counts other than it states."""


class DiffTable(NamedTuple):
    """A table to print, with the heading of each row; the last column is the id, one in front of it may be `WHY`.

    `narrow` says which columns a narrow screen stacks, `compact` the same from 80 columns on.
    """

    columns: tuple[Column, ...]
    narrow: tuple[tuple[str, ...], ...]
    rows: list[DiffRow]
    headings: list[str]
    compact: tuple[tuple[str, ...], ...] = ()

    @property
    def layout(self) -> tuple[tuple[str, ...], ...]:
        """A column each, without the id, and without reasons where there are none."""
        has_reasons = WHY in self.columns and any(row[self.columns.index(WHY)] != BLANK for row in self.rows)
        return tuple((each.name,) for each in self.columns if each != ID and (has_reasons or each != WHY))

    def screen(self, width: int) -> Screen:
        """Return how a terminal of this width draws it."""
        narrow = self.compact if self.compact and width >= _COMPACT else self.narrow
        left_out = WHY.name if width < _WITH_REASONS else ""
        return Screen(tuple(name for (name,) in self.layout if name != left_out), narrow)


def arrow(old: str, new: str) -> str:
    """Write what was and is, once where it is the same."""
    return new if old == new else f"{old.strip() or UNKNOWN} → {new.strip() or UNKNOWN}"
