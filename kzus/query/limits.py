"""What one question may take: so much time, and no more at once than SQLite can do."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from kzus.errors import KzusError, UsageError
from kzus.values.text import brief

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    _Row = TypeVar("_Row")

SECONDS = 60.0
"""Time for a question that names none; the slowest of a file of 20,000 deals takes a second."""
MOST_COLUMNS = 500
"""Names of columns in one list; SQLite takes 2,000 results or terms of an order, and a column may be two terms."""
_STEPS = 5_000
"""Steps of SQLite's machine between two looks at the clock; about a thirtieth of a millisecond."""
_TOO_MUCH = ("too many", "too large", "too big", "too complex", "stack overflow")
"""Words of SQLite's for a limit of its own, which have no error code in common."""


class Deadline:
    """The time at which SQLite gives up what it is doing."""

    def __init__(self, seconds: float = SECONDS, advice: str = "ask for less") -> None:
        """Give it so many seconds from now on; `advice` is what a person can do when they are over."""
        self.seconds, self._advice, self.is_stopped = seconds, advice, False
        self.begin()

    def begin(self) -> None:
        """Give it all its seconds from now on."""
        self._end = time.monotonic() + self.seconds

    def bind(self, index: sqlite3.Connection) -> sqlite3.Connection:
        """Have an index keep to it."""
        self.begin()
        index.set_progress_handler(self.is_over, _STEPS)  # SQLite stops when it returns true
        return index

    def is_over(self) -> bool:
        """Tell whether the time is over."""
        self.is_stopped = time.monotonic() > self._end
        return self.is_stopped

    def late(self) -> KzusError:
        """Return what to raise when it is over."""
        return KzusError(f"the query took more than {self.seconds:g} seconds; {self._advice}")

    def each(self, rows: Iterable[_Row]) -> Iterator[_Row]:
        """Yield rows, with all the time for each: a slow reader isn't a slow query."""
        for row in rows:
            yield row
            self.begin()

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Raise what a person can do something about in place of SQLite's own errors of time and size."""
        try:
            yield
        except sqlite3.Error as error:
            # Errors that Python's module raises by itself have no code.
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
                # Nobody but the clock stops a query, and the person at the keyboard.
                raise (self.late() if self.is_stopped else KeyboardInterrupt) from None
            if any(words in str(error) for words in _TOO_MUCH):
                raise UsageError(
                    f"this is more than SQLite can do at once ({brief(str(error))}); ask for less"
                ) from None
            raise
