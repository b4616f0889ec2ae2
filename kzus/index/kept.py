"""The file that an index is kept in: believed only if it is the user's alone and as it was written."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from kzus.errors import DamagedIndexError, KzusError
from kzus.index.cache import index_path, open_own, write
from kzus.values.packaged import read_packaged

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEARCH = frozenset(("search_data", "search_idx", "search_docsize", "search_config"))
"""Tables that SQLite itself makes for the search."""
_KEPT_KIB = 400
"""SQLite's page cache in KiB; without this limit a query of a large index takes four times as much."""
SUMMED = 8 * 2**20
"""Bytes of an index up to which all of it is compared with its checksum; 0.4 ms a MiB."""
_AT_ONCE = 2**18
_LEAST_SQLITE = (3, 38)
"""The first SQLite with the operator `->>`; some systems come with an older one."""
_MOST_SWEPT = 100
"""Indexes that are looked at each time that one is written; each takes a third of a millisecond."""
# Two fields of SQLite's file header that are the application's own: user_version and application_id.
_TIME, _SUM, _HEAD = slice(60, 64), slice(68, 72), 72


class Index(sqlite3.Connection):
    """A connection that any thread may use, one at a time, and that closes itself where nobody needs it any more."""

    def __init__(self, database: str, *, is_uri: bool = False) -> None:
        """Open a database, which commits as it goes; raises `KzusError` if SQLite is too old."""
        if sqlite3.sqlite_version_info < _LEAST_SQLITE:
            least = ".".join(map(str, _LEAST_SQLITE))
            raise KzusError(
                f"the SQLite of this Python is {sqlite3.sqlite_version}, and kzus needs {least} or a later one;"
                " use a Python that comes with a newer SQLite"
            )
        super().__init__(database, isolation_level=None, check_same_thread=False, uri=is_uri)

    def __del__(self) -> None:
        # From 3.13 on, Python warns of a connection that nobody has closed.
        with suppress(sqlite3.ProgrammingError):  # it was never opened
            self.close()


@contextmanager
def reading() -> Iterator[None]:
    """Raise `DamagedIndexError` in place of any error of SQLite's: the questions are ours, so it is the index's."""
    try:
        yield
    except sqlite3.Error as error:
        raise DamagedIndexError(f"the index of the fact file can't be read: {error}") from error


def parse_body(text: str) -> dict[str, Any]:
    """Return an entry from its JSON in an index; raises `DamagedIndexError`."""
    import json

    try:
        found: dict[str, Any] = json.loads(text)
    except ValueError as error:
        raise DamagedIndexError(f"the index of the fact file can't be read: {error}") from None
    return found


def schema_text() -> str:
    """Return the statements that make the tables."""
    return read_packaged("index", "schema.sql")


def path_value(path: Path) -> str | bytes:
    """Return a path as an index stores it: as text, or as bytes where its name is no text."""
    name = os.fsencode(path)
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name


def open_kept(index: Path) -> Index | None:
    """Open a kept index read-only.

    None unless it is the user's alone, as it was written, and has the tables of this version and nothing else.
    """
    with suppress(OSError, ValueError, sqlite3.Error):
        descriptor, found = open_own(index)
        try:
            if _is_as_written(descriptor, found):
                connection = _open(index)
                # SQLite opens by name, so the name must still stand for the file that was looked at.
                if os.path.samestat(os.lstat(index), found) and _has_our_tables(connection):
                    return connection
        finally:
            os.close(descriptor)
    return None


def keep(index: Path, connection: sqlite3.Connection) -> None:
    """Write an index to its place; raises `OSError` or `sqlite3.Error` if that fails."""
    import time

    content = memoryview(connection.serialize())
    seconds = int(time.time()) // 2 * 2  # what every file system can store
    head = bytearray(content[:_HEAD])
    # The sum stands within what it sums, where it counts as 0.
    head[_TIME], head[_SUM] = _time(seconds), bytes(4)
    rest = content[_HEAD:]
    head[_SUM] = crc32(rest, crc32(head)).to_bytes(4, "big")
    # A large one is believed by its time, without a look at its bytes, so the disk must have them first.
    write(index, (head, rest), seconds=seconds, is_flushed=len(content) > SUMMED)
    _sweep_lost(index)


def _sweep_lost(index: Path) -> None:
    """Remove indexes of fact files that are gone; `index` was just written beside them."""
    import random
    import re

    named = re.compile(r".+-[0-9a-f]{8}\.sqlite", re.DOTALL)
    found = [name for name in os.listdir(index.parent) if named.fullmatch(name) and name != index.name]  # noqa: PTH208 - names are what is compared
    # At random, so that many runs look through a folder of any size.
    for name in random.sample(found, min(len(found), _MOST_SWEPT)):
        with suppress(OSError, ValueError, sqlite3.Error):
            if _is_of_a_lost_file(path := index.with_name(name)):
                path.unlink()


def _is_of_a_lost_file(index: Path) -> bool:
    """Tell whether a file is an index that kzus wrote, of any version, for a fact file that is no longer there."""
    descriptor, found = open_own(index)
    try:
        with closing(_open(index)) as connection:
            ((value,),) = connection.execute("SELECT value FROM meta WHERE key = 'path'")
        facts = Path(os.fsdecode(value if isinstance(value, bytes) else value.encode("utf-8")))
        # Another database may have such a table too; ours stands under a name made of that path, with its checksum.
        return index_path(facts) == index and _is_gone(facts) and _is_as_written(descriptor, found)
    finally:
        os.close(descriptor)


def _is_gone(path: Path) -> bool:
    """Tell whether nothing has this name; a folder that can't be looked into may hold it, and so may an archive."""
    try:
        path.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _open(index: Path) -> Index:
    # An index that stands in its place never changes, so there is nothing to lock; an answer reads a page once.
    connection = Index(f"{index.as_uri()}?mode=ro&immutable=1", is_uri=True)
    connection.execute(f"PRAGMA cache_size = -{_KEPT_KIB}")
    return connection


def _is_as_written(descriptor: int, found: os.stat_result) -> bool:
    """Tell whether nobody wrote to an index after kzus: by its checksum, or if it is large by the time of its change.

    A time costs nothing to read, but doesn't show what a failing disk changes.
    """
    with os.fdopen(descriptor, "rb", buffering=0, closefd=False) as file:
        head = bytearray(file.read(_HEAD))
        if len(head) < _HEAD:
            return False
        if found.st_size > SUMMED:
            # kzus sets the time to a whole second, which hardly any later change leaves.
            return found.st_mtime_ns % 10**9 == 0 and head[_TIME] == _time(found.st_mtime_ns // 10**9)
        expected = int.from_bytes(head[_SUM], "big")
        head[_SUM] = bytes(4)
        total = crc32(head)
        part = memoryview(bytearray(_AT_ONCE))
        while many := file.readinto(part):
            total = crc32(part[:many], total)
        return total == expected


def _time(seconds: int) -> bytes:
    return (seconds & 0xFFFFFFFF).to_bytes(4, "big")


def _has_our_tables(connection: sqlite3.Connection) -> bool:
    """Tell whether the tables are those of the schema, to the letter; a view or a trigger is in none of its lines."""
    schema = schema_text()
    made = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    ours = [sql for name, sql in made if not (name in _SEARCH and sql.startswith(f"CREATE TABLE '{name}'"))]
    return (
        len(made) - len(ours) == len(_SEARCH)
        and len(ours) == schema.count("\nCREATE ")
        and all(f"\n{sql};" in schema for sql in ours)
    )
