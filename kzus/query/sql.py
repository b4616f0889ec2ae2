"""SQL on the index, for questions that no command asks: it can read, and nothing else, and not for ever.

Also the schema as SQL, and what a query means that names what there isn't.
"""

from __future__ import annotations

import re
import sqlite3
import threading
import time
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from kzus.errors import KzusError, UsageError, hint
from kzus.query.limits import Deadline
from kzus.values.text import brief

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Row = tuple[object, ...]

_READING = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE))
_PRAGMAS = frozenset(
    # What they tell is in the file anyway; full text search asks for the last one itself.
    """collation_list compile_options foreign_key_list function_list index_info index_list index_xinfo module_list
    pragma_list table_info table_list table_xinfo data_version""".split()
)
_FORBIDDEN = frozenset(  # functions, and tables that are functions
    # They run code, take an address in memory for code, write to a log, or reach files and programs. Not every SQLite
    # has each of them: some come with its shell, or with a build that has its extensions in it.
    "load_extension fts3_tokenizer sqlite_log readfile writefile edit lsmode fsdir zipfile sqlite_dbpage".split()
)
_LOST = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR))
"""Errors of the file, which are no fault of the query."""
_LONGEST = 10_000_000
"""Bytes that one cell may have: a slip with `zeroblob` or `printf` must not take all memory."""
_MEMORY = 128 << 20
"""Bytes that SQLite may take for a query, beside an index that lives in memory."""
_GRACE = 1.0
"""Seconds that SQLite has after its time to look at the clock by itself."""
_TOKEN = re.compile(
    r"""(?P<text>'(?:[^']|'')*')|"(?P<quoted>(?:[^"]|"")*)"|`(?P<backquoted>(?:[^`]|``)*)`|\[(?P<bracketed>[^]]*)\]"""
    r"""|(?P<comment>--[^\n]*|/\*.*?(?:\*/|\Z))|(?P<word>[^\W\d]\w*)""",
    re.DOTALL,
)
_NAMES = ("word", "quoted", "backquoted", "bracketed")
_SCHEMA_HINT = "; kzus sql --schema prints what there is"


class Found(NamedTuple):
    """What a query gives: the names of its columns, each once, and its rows as they come."""

    columns: tuple[str, ...]
    rows: Iterator[Row]


def run(
    index: sqlite3.Connection, query: str, *, seconds: float, stuck: Callable[[KzusError], object] | None = None
) -> Found:
    """Run one query, for which SQLite may work so many seconds at most until its last row is taken.

    Cells are text, numbers or None: bytes are written as in SQL, `X'00ff'`. The rows raise as well. Raises
    `UsageError` with SQLite's words, and what could have been meant, and `KzusError` when time or memory is over.
    A single step of SQLite's, which nothing can stop, is told to `stuck`, in a thread of its own.
    """
    clock = _Clock(seconds)
    _limit_memory(index)
    if stuck:
        threading.Thread(target=clock.watch, args=(stuck,), daemon=True).start()
    # Bytes that a query makes text of, as by CAST, needn't be UTF-8, at which Python would fail.
    index.text_factory = _text
    index.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    index.execute("PRAGMA query_only = ON")  # an index in memory can be written to
    index.set_authorizer(_authorize)
    clock.bind(index)
    try:
        # Run only so that an unknown name in double quotes fails; the query itself keeps its names of columns.
        if (strict := without_quoted_text(query)) != query:
            index.execute(strict if is_explain(query) else f"EXPLAIN {strict}").close()  # there is no EXPLAIN EXPLAIN
        cursor = index.execute(query)
    except (sqlite3.Error, sqlite3.Warning, UnicodeEncodeError, MemoryError) as error:
        # Or the watch would end the process while the error is told.
        clock.pause()
        raise _explained(error, index, clock, query) from None
    clock.pause()
    if cursor.description is None:
        # So has a query of nothing but comments.
        raise UsageError("the query asks for nothing; write one such as 'select id, title from deals'")
    return Found(_once_each(column[0] for column in cursor.description), _rows(cursor, index, clock, query))


class _Clock(Deadline):
    """The deadline of the work that SQLite has with a query, and a watch over it where it doesn't keep to that."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds, "ask for less, or give it more with --timeout")
        self._is_paused, self._paused_at = False, 0.0

    def watch(self, stuck: Callable[[KzusError], object]) -> None:
        """Tell when SQLite hasn't even asked for the time in a second after its end, as within one function."""
        while self._is_paused or time.monotonic() < self._end + _GRACE:
            time.sleep(_GRACE / 4)
        stuck(self.late())

    def pause(self) -> None:
        """Take note that SQLite isn't at work, however late it is."""
        self._is_paused, self._paused_at = True, time.monotonic()

    def go_on(self) -> None:
        """Take note that SQLite is at work again; the pause takes nothing of its time."""
        # First the later end, which the watch must know once there is no pause.
        self._end += time.monotonic() - self._paused_at
        self._is_paused = False


def _rows(cursor: sqlite3.Cursor, index: sqlite3.Connection, clock: _Clock, query: str) -> Iterator[Row]:
    try:
        clock.go_on()
        for row in cursor:
            clock.pause()  # also while whoever reads a row is slow
            if clock.is_over():  # rows that come quickly never end a query without end
                raise clock.late()
            yield tuple(map(_cell, row))
            clock.go_on()
    except (sqlite3.Error, sqlite3.Warning, MemoryError) as error:
        raise _explained(error, index, clock, query) from None
    finally:
        clock.pause()


def _limit_memory(index: sqlite3.Connection) -> None:
    """Let SQLite take so much and no more; that holds for the whole process, and can only ever be lowered."""
    (pages,), (size,) = (index.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
    index.execute(f"PRAGMA hard_heap_limit = {_MEMORY + pages * size}")
    index.execute("PRAGMA temp_store = MEMORY")  # or a sort would fill the disk


def _authorize(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    if action in _READING:
        name = second if action == sqlite3.SQLITE_FUNCTION else first
        return sqlite3.SQLITE_DENY if name and name.lower() in _FORBIDDEN else sqlite3.SQLITE_OK
    # SQLite tells of every virtual table that it sets up, and json_each is one, as of an update of its schema. One
    # that a person writes it refuses by itself.
    is_set_up = action == sqlite3.SQLITE_UPDATE and first == "sqlite_master"
    is_asked = action == sqlite3.SQLITE_PRAGMA and (first or "").lower() in _PRAGMAS
    return sqlite3.SQLITE_OK if is_set_up or is_asked else sqlite3.SQLITE_DENY


def _explained(error: Exception, index: sqlite3.Connection, clock: _Clock, query: str) -> BaseException:
    """Return what to raise in place of an error of SQLite's."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without the details of an extended code
    # Passed on as it is: the command builds a damaged index anew and asks again.
    if code in _LOST:
        return error
    if code == sqlite3.SQLITE_INTERRUPT:
        # Nobody but the clock stops a query, and the person at the keyboard.
        return clock.late() if clock.is_stopped else KeyboardInterrupt()
    if code == sqlite3.SQLITE_NOMEM or isinstance(error, MemoryError):
        return KzusError(f"the query took more than {_MEMORY >> 20} MB of memory; ask for less")
    if code == sqlite3.SQLITE_AUTH:
        return UsageError("the query would change, attach or set something; kzus sql only reads")
    return UsageError(_usage(error, index, query))


def _usage(error: Exception, index: sqlite3.Connection, query: str) -> str:
    """Say what is wrong with a query."""
    if isinstance(error, UnicodeEncodeError):
        return "the query is not UTF-8"
    if "one statement" in str(error):
        return "the query is more than one statement; write one"
    return f"{brief(str(error))}{meant(index, query, str(error))}"


def _cell(cell: object) -> object:
    if isinstance(cell, bytes):
        return f"X'{cell.hex()}'"  # as SQL writes bytes, which JSON has not
    if isinstance(cell, float) and cell - cell != 0:  # infinite: no number that JSON has
        return "Inf" if cell > 0 else "-Inf"
    return cell


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "backslashreplace")


def _once_each(names: Iterator[str]) -> tuple[str, ...]:
    """Number names that come again, so that each column is found by its own."""
    given: dict[str, None] = {}
    numbers: dict[str, Iterator[int]] = {}
    for name in names:
        others = (f"{name}_{number}" for number in numbers.setdefault(name, count(2)))
        given[name if name not in given else next(other for other in others if other not in given)] = None
    return tuple(given)


def schema(index: sqlite3.Connection) -> str:
    """Return the statements that made the tables, with the comments in them."""
    return "\n\n".join(f"{sql};" for sql in statements(index).values())


def statements(index: sqlite3.Connection) -> dict[str, str]:
    """Return what made each table and index, by its name, without the tables that SQLite keeps a search in."""
    made = index.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
    searches = tuple(f"{name}_" for name, sql in made if sql.startswith("CREATE VIRTUAL"))
    return {name: sql for name, sql in made if not name.startswith(searches)}


def without_quoted_text(query: str) -> str:
    """Write names in double quotes with backquotes, in which SQLite takes no word for text.

    In double quotes it takes a name that it doesn't know for text, unless it was built otherwise. Python can turn
    that off from 3.12 on only.
    """

    def rewrite(found: re.Match[str]) -> str:
        name = found["quoted"]
        return found[0] if name is None else "`{}`".format(name.replace('""', '"').replace("`", "``"))

    return _TOKEN.sub(rewrite, query)


def is_explain(query: str) -> bool:
    """Tell whether a query asks how another would be answered."""
    first = next((found for found in _TOKEN.finditer(query) if found.lastgroup != "comment"), None)
    return bool(first and first[0].casefold() == "explain")


def meant(index: sqlite3.Connection, query: str, message: str) -> str:
    """Say which table or column could have been meant by one that isn't there, and how text is written."""
    what, _, name = message.partition(": ")
    tables = [made for made, sql in statements(index).items() if not sql.startswith("CREATE INDEX")]
    if what == "no such table":
        return hint(name, tables) or _SCHEMA_HINT
    if what != "no such column":
        return ""
    if any(found["quoted"] == name for found in _TOKEN.finditer(query)):
        text = name.replace('""', '"').replace("'", "''")
        return f"{_column_hint(index, tables, query, name)}; write text in single quotes: '{text}'"
    return _column_hint(index, tables, query, name) or _SCHEMA_HINT


def _column_hint(index: sqlite3.Connection, tables: Sequence[str], query: str, name: str) -> str:
    """Say which column could have been meant, of the tables that the query names; all of one table, if none is near."""
    columns = {table: _columns(index, table) for table in tables}
    asked = _asked(query, tables) or list(tables)
    name = name.rpartition(".")[2]
    found = hint(name, dict.fromkeys(column for table in asked for column in columns[table]))
    others = [table for table in tables if name in columns[table] and table not in asked]
    return found or (f" (it is a column of {', '.join(others)})" if others else "")


def _columns(index: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in index.execute(f'PRAGMA table_info("{table}")')]


def _asked(query: str, tables: Sequence[str]) -> list[str]:
    """Return the tables that a query names."""
    words = {name.casefold() for name in _names(query)}
    return [table for table in tables if table in words]


def _names(query: str) -> Iterator[str]:
    for found in _TOKEN.finditer(query):
        if found.lastgroup in _NAMES:
            yield found[found.lastgroup]
