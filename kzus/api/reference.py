"""kzus in Python: the questions of the command line, answered with objects."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from operator import index as index_of
from threading import Lock
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

from kzus.api import rows
from kzus.api.rows import R, Rows, Sums
from kzus.errors import DamagedIndexError, KzusError, UnknownNameError, UsageError
from kzus.index.kept import reading
from kzus.index.store import open_index, with_lens
from kzus.query import record as records
from kzus.query.filters import FLAGS, Filter, join_words, option_names, read_lens
from kzus.query.limits import Deadline
from kzus.query.listing import fetch, sort_items
from kzus.query.lists.deals import DEALS, PACKAGES, TIMELINE
from kzus.query.lists.entries import (
    EVENTS,
    INDICATORS,
    PARTIES,
    SEARCH,
    SECTORS,
    SOURCES,
    STATEMENTS,
    TREATIES,
)
from kzus.query.sums.added_deals import read_left_out
from kzus.query.sums.sum import add_up
from kzus.render import cells
from kzus.values.text import brief

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path
    from typing import Self, Unpack

    from kzus.query.listing import Listing

T = TypeVar("T")
_OF_OUTPUT = ("sort", "limit")
_SINGLE = frozenset(("since", "until", "min", "max"))
"""Filters that take one value; all others take names."""


class Shown(TypedDict, total=False):
    """In which order and how many: `sort="-date,title"`, `limit=10`."""

    sort: str
    limit: int


class Dated(Shown, total=False):
    """Between which days, both included: `2025`, `2025-11` or `2025-11-06`."""

    since: str | int | date
    until: str | int | date


class Topical(Dated, total=False):
    """In which sectors, by id, name or alias."""

    sector: str | Sequence[str]


class Attended(Topical, total=False):
    """With which parties, by id, name or alias."""

    party: str | Sequence[str]


class OfDeals(Attended, total=False):
    """Every filter that a deal can answer; amounts are written as values, `1bn`, or are whole dollars."""

    flow: str | Sequence[str]
    direction: str | Sequence[str]
    measure: str | Sequence[str]
    country: str | Sequence[str]
    firm: bool
    pledged: bool
    dormant: bool
    instrument: str | Sequence[str]
    stage: str | Sequence[str]
    tag: str | Sequence[str]
    package: str | Sequence[str]
    min: str | int
    max: str | int


class Sought(Shown, total=False):
    """In entries of which kinds, such as deal or party."""

    kind: str | Sequence[str]


class OfTreaties(Attended, total=False):
    """Every filter that a treaty can answer."""

    in_force: bool


class OfEvents(Attended, total=False):
    """Every filter that an event can answer; a person by any part of the name."""

    kind: str | Sequence[str]
    person: str | Sequence[str]


class OfSources(Dated, total=False):
    """Every filter that a source can answer."""

    kind: str | Sequence[str]


class OfParties(Shown, total=False):
    """Every filter that a party can answer."""

    kind: str | Sequence[str]
    country: str | Sequence[str]


class Reference:
    """A fact file, opened for questions.

    Filters are those of the command line: a name or several, of which any will do; different filters narrow.
    `text` must occur. What can't be meant or done raises `kzus.errors.KzusError`. Any thread may ask; they take turns.
    """

    def __init__(self, facts: Path, source: Sequence[str] = (), as_of: str | None = None) -> None:
        """Open `facts`; see `kzus.open`."""
        self._facts, self._source, self._as_of = facts, source, as_of
        self._turn = Lock()
        self._index: sqlite3.Connection | None = None
        try:
            self._index = self._open()
        except DamagedIndexError:
            self._index = self._open(is_rebuilt=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<kzus reference on {self._facts}>"

    def close(self) -> None:
        """Let go of the index; nothing can be asked after that."""
        with self._turn:
            if self._index:
                self._index.close()
            self._index = None

    def deals(self, text: str | None = None, **asked: Unpack[OfDeals]) -> Rows[rows.Deal]:
        """Return agreements, newest first."""
        return self._list(DEALS, rows.Deal, text, asked)

    def sum(self, by: str = "sector", text: str | None = None, **asked: Unpack[OfDeals]) -> Sums:
        """Add up what agreements count, by one grouping such as sector, flow or party, or two: `sector,stage`.

        `sort` and `limit` are those of groups.
        """
        asked_for, (sort, limit) = _filter(DEALS, text, asked), _sort_option(asked)

        def answer(index: sqlite3.Connection) -> Sums:
            found = add_up(index, asked_for, _as_text("by", by))
            groups = sort_items(found.groups, found.columns, sort, getattr)[:limit]
            return Sums(found.columns, groups, found.total, read_left_out(index, found))

        return self._answer(answer)

    def show(self, name: str) -> dict[str, Any]:
        """Return everything known about an id of any kind; raises `UnknownIdError`."""
        return self._answer(lambda index: records.find_record(index, _as_text("name", name)))

    def search(self, text: str, **asked: Unpack[Sought]) -> Rows[rows.Match]:
        """Return entries of every kind in which words occur, best match first; `ai*` is a beginning."""
        return self._list(SEARCH, rows.Match, _as_text("text", text), asked)

    def timeline(self, text: str | None = None, **asked: Unpack[OfDeals]) -> Rows[rows.Happening]:
        """Return what happened, newest first: deals, their updates, events and treaties."""
        return self._list(TIMELINE, rows.Happening, text, asked)

    def packages(self, text: str | None = None, **asked: Unpack[Dated]) -> Rows[rows.Package]:
        """Return headline packages, newest first."""
        return self._list(PACKAGES, rows.Package, text, asked)

    def treaties(self, text: str | None = None, **asked: Unpack[OfTreaties]) -> Rows[rows.Treaty]:
        """Return treaties, newest first."""
        return self._list(TREATIES, rows.Treaty, text, asked)

    def indicators(self, text: str | None = None, **asked: Unpack[Topical]) -> Rows[rows.Indicator]:
        """Return series of figures, by title."""
        return self._list(INDICATORS, rows.Indicator, text, asked)

    def events(self, text: str | None = None, **asked: Unpack[OfEvents]) -> Rows[rows.Event]:
        """Return what happened and is no deal, newest first."""
        return self._list(EVENTS, rows.Event, text, asked)

    def statements(self, text: str | None = None, **asked: Unpack[Topical]) -> Rows[rows.Statement]:
        """Return what is said without a number, newest first."""
        return self._list(STATEMENTS, rows.Statement, text, asked)

    def sources(self, text: str | None = None, **asked: Unpack[OfSources]) -> Rows[rows.Source]:
        """Return sources, newest first."""
        return self._list(SOURCES, rows.Source, text, asked)

    def parties(self, text: str | None = None, **asked: Unpack[OfParties]) -> Rows[rows.Party]:
        """Return parties, by name."""
        return self._list(PARTIES, rows.Party, text, asked)

    def sectors(self, text: str | None = None, **asked: Unpack[Shown]) -> Rows[rows.Sector]:
        """Return sectors, in the order of the fact file."""
        return self._list(SECTORS, rows.Sector, text, asked)

    def _list(self, listing: Listing, row: Callable[..., R], text: str | None, asked: Mapping[str, Any]) -> Rows[R]:
        asked_for, (sort, limit) = _filter(listing, text, asked), _sort_option(asked)
        found = self._answer(lambda index: fetch(index, listing, asked_for, sort=sort, limit=limit))
        kinds = [column.kind for column in found.columns]
        return Rows(found.columns, (row(*map(_python_value, kinds, cells_of)) for cells_of in found.rows))

    def _answer(self, question: Callable[[sqlite3.Connection], T]) -> T:
        """Ask the index, and once more of a new one if it turns out to be damaged."""
        with self._turn:
            if self._index is None:
                raise KzusError("this reference is closed; open another with kzus.open()")
            try:
                return self._ask(question, self._index)
            except DamagedIndexError:
                self._index.close()
                self._index = self._open(is_rebuilt=True)
                return self._ask(question, self._index)

    def _ask(self, question: Callable[[sqlite3.Connection], T], index: sqlite3.Connection) -> T:
        deadline = Deadline()
        with reading(), deadline.explaining():
            return question(deadline.bind(index))

    def _open(self, *, is_rebuilt: bool = False) -> sqlite3.Connection:
        with reading():
            index = open_index(self._facts, is_rebuilt=is_rebuilt)
            if not self._source and self._as_of is None:
                return index
            try:
                # What is seen through a lens has an index of its own, in memory.
                return with_lens(index, read_lens(index, self._source, self._as_of))
            finally:
                index.close()


def _filter(listing: Listing, text: str | None, given: Mapping[str, Any]) -> Filter:
    """Take filters as Python has them: one name or several, days and amounts as what they are."""
    given = {name: value for name, value in given.items() if name not in _OF_OUTPUT}
    for name in given:
        # A TypedDict is for type checkers: at run time any keyword comes through.
        if name not in (known := option_names(listing.filters)):
            raise UnknownNameError("filter", name, (each for each in known if each != "text"))
    taken: dict[str, Any] = {}
    for name, value in given.items():
        if name in FLAGS:
            taken[name] = bool(value)
        elif name in _SINGLE:
            taken[name] = None if value is None else str(value)
        else:
            # A text is a sequence too, of letters, and one name is meant.
            several = value if isinstance(value, Iterable) and not isinstance(value, str) else (value,)
            taken[name] = () if value is None else tuple(_as_text(name, each) for each in several)
    return Filter(None if text is None else join_words([_as_text("text", text)]), **taken)


def _sort_option(asked: Mapping[str, Any]) -> tuple[str | None, int | None]:
    """Return by which columns an answer is sorted, and how many rows it has at most; raises `UsageError`."""
    sort, limit = asked.get("sort"), asked.get("limit")
    try:
        most = None if limit is None else index_of(limit)
    except TypeError:
        raise UsageError(f"limit: {brief(repr(limit))} is no whole number; write 0 or more") from None
    if most is not None and most < 0:
        raise UsageError(f"limit: {most} is negative; write 0 or more")
    # SQLite counts no further, and no answer has so many rows.
    return None if sort is None else _as_text("sort", sort), None if most is None else min(most, sys.maxsize)


def _as_text(name: str, value: object) -> str:
    """Return what must be a text; raises `UsageError`, since a type checker isn't always asked."""
    if not isinstance(value, str):
        raise UsageError(f"{name}: {brief(repr(value))} is no text; write it in quotes")
    return value


def _python_value(kind: str, cell: object) -> object:
    shaped = cells.json_value(kind, cell)
    return tuple(shaped) if isinstance(shaped, list) else shaped
