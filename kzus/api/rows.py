"""The rows of an answer in Python: typed, frozen, each field a column of the same name with the same meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from kzus.render import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kzus.query.listing import Column
    from kzus.query.sums.added_deals import LeftOut
    from kzus.query.sums.sum import Group

R = TypeVar("R")
_FEW, _FEWER = 50, 3
"""So many rows a notebook shows, and a prompt."""


class Rows(Sequence[R], Generic[R]):
    """Rows in order, and what their columns hold."""

    def __init__(self, columns: Sequence[Column], rows: Iterable[R]) -> None:
        """Keep the rows, and the columns that name their fields."""
        self.columns = tuple(columns)
        self._rows = tuple(rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[R]:
        return iter(self._rows)

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> Rows[R]: ...
    def __getitem__(self, at: int | slice) -> R | Rows[R]:
        # Rows also of Sums, since the total isn't that of the slice.
        return Rows(self.columns, self._rows[at]) if isinstance(at, slice) else self._rows[at]

    def __eq__(self, other: object) -> bool:
        return self._rows == other._rows if isinstance(other, Rows) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._rows)

    def __repr__(self) -> str:
        shown = [repr(row) for row in self._rows[:_FEWER]] + ["…"] * (len(self) > _FEWER)
        return f"<{len(self)} rows: {', '.join(shown)}>" if shown else "<no rows>"

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the objects that `--format json` prints, for `pandas.DataFrame` and others."""
        return [{column.name: _as_json(getattr(row, column.name)) for column in self.columns} for row in self]

    def _repr_html_(self) -> str:
        """Draw a table in a notebook, as a person sees it on a terminal."""
        from html import escape

        heads = "".join(f"<th>{escape(cells.heading(column))}</th>" for column in self.columns)
        lines = "".join(f"<tr>{''.join(self._html(row))}</tr>" for row in self._rows[:_FEW])
        more = f"<p>{len(self) - _FEW} more rows</p>" if len(self) > _FEW else ""
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>{more}"

    def _html(self, row: R) -> Iterator[str]:
        from html import escape

        for column in self.columns:
            cell = getattr(row, column.name)
            text = (
                cells.format_cell("text", ", ".join(cell) or None)
                if isinstance(cell, tuple)
                else cells.format_cell(column.kind, cell)
            )
            yield f'<td style="text-align:{"right" if column.kind in cells.RIGHT else "left"}">{escape(text)}</td>'


class Sums(Rows["Group"]):
    """The groups of a sum, with its `total` and the deals that it leaves out, each with the reason."""

    def __init__(
        self, columns: Sequence[Column], groups: Iterable[Group], total: Group, out: Sequence[LeftOut]
    ) -> None:
        """Keep the groups, their total, and what is left out of it."""
        super().__init__(columns, groups)
        self.total, self.left_out = total, tuple(out)


def _as_json(cell: object) -> object:
    return list(cell) if isinstance(cell, tuple) else cell


@dataclass(frozen=True, slots=True)
class Deal:
    """An agreement, with what it counts."""

    id: str
    title: str
    date: str
    date_kind: str
    sector: str
    tags: tuple[str, ...]
    instrument: str
    stage: str
    parties: tuple[str, ...]
    value: str | None
    amount_usd: int | None
    low_usd: int | None
    high_usd: int | None
    counted_usd: int | None
    reason: str | None
    sources: tuple[str, ...]
    place: str | None
    note: str | None
    flow: str
    direction: str | None
    stage_as_of: str | None
    payer: tuple[str, ...]
    payee: tuple[str, ...]
    measure: str | None
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """A deal, an update of one, an event or a treaty, on its day."""

    date: str
    kind: str
    id: str
    text: str
    stage: str | None
    sector: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """A headline that is said to hold many deals."""

    id: str
    title: str
    date: str | None
    place: str | None
    value: str | None
    count: str | None
    members: int
    sources: tuple[str, ...]
    note: str | None
    by: str | None


@dataclass(frozen=True, slots=True)
class Treaty:
    """An agreement between the two states under international law."""

    id: str
    title: str
    signed: str | None
    in_force: str | None
    citation: str | None
    status: str
    status_as_of: str | None
    sector: str | None
    sources: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A series of figures, with its latest reading."""

    id: str
    title: str
    unit: str
    sector: str | None
    period: str
    value: str
    basis: str | None
    observations: int
    sources: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day and is no deal."""

    id: str
    date: str
    title: str
    place: str | None
    people: tuple[str, ...]
    parties: tuple[str, ...]
    sector: str | None
    text: str | None
    sources: tuple[str, ...]
    note: str | None
    kind: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody says without a number."""

    id: str
    date: str | None
    by: str
    text: str
    sector: str | None
    sources: tuple[str, ...]
    via: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """A page or document that states something."""

    id: str
    title: str
    publisher: str
    kind: str
    published: str | None
    language: str | None
    url: str | None
    cites: tuple[str, ...]
    note: str | None
    retrieved: str | None
    archive: str | None
    via: str | None


@dataclass(frozen=True, slots=True)
class Party:
    """Someone who agrees."""

    id: str
    name: str
    country: str | None
    kind: str
    aliases: tuple[str, ...]
    deals: int
    note: str | None
    short: str | None
    succeeds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sector:
    """A field of the economy."""

    id: str
    label: str
    dac: str | None
    aliases: tuple[str, ...]
    deals: int
    note: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """An entry in which the words of a search occur."""

    id: str
    kind: str
    title: str
    match: str
