"""The index: a SQLite copy of a checked fact file that a query opens instead of reading YAML.

It is a build product. A command trusts it only after comparing the fact file's stamp or content, and
builds it anew whenever it is missing, stale, damaged or somebody else's.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from kzus import __version__
from kzus.index.cache import index_path, why_unsafe
from kzus.index.fact_file import FactFile, absolute
from kzus.index.kept import Index, keep, open_kept, parse_body, path_value, schema_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from kzus.facts.lens import Lens
    from kzus.facts.reader import OnProgress

FORMAT = "28"
"""Raised whenever the tables or what is computed into them change, so that old indexes are rebuilt."""
_REQUIRED = ("sectors", "sources")
"""Collections that a fact file has even if nothing is in them."""
_META = frozenset(("title", "as_of"))
"""What questions ask of `meta`."""


def open_index(
    facts: Path,
    on_progress: OnProgress | None = None,
    *,
    remark: Callable[[str], object] | None = None,
    is_rebuilt: bool = False,
) -> sqlite3.Connection:
    """Open the index of a fact file read-only, building it first if need be, of which `on_progress` hears.

    `is_rebuilt` builds it in any case. If it can't be kept in the user's cache folder, it lives in memory; `remark`
    hears why if the folder isn't safe. Raises `FactFileError` with every problem of a faulty fact file.
    """
    file = FactFile.at(absolute(facts))
    index = _place(file.path, remark) if file.can_come_again else None
    current = None if is_rebuilt else index
    # By its stamp alone at first: the fact file needn't be read then.
    if current and (found := _open_if_current(current, file, None)):
        return found
    content = file.read()
    digest = _digest(content)
    meta = {"format": FORMAT, "path": path_value(file.path), "digest": digest, "stamp": file.stamp or ""}
    if current and (found := _open_if_current(current, file, digest)):
        return _stamped(current, found, meta) if file.stamp else found
    # Only a build imports the reader and the model, which take longer than an answer.
    from kzus.facts.check import load

    built = _fill(":memory:", load(content, str(facts), on_progress), meta, on_progress)
    if index:
        # A cache that is full or read-only is no failure: what was built answers.
        with suppress(OSError, sqlite3.Error):
            keep(index, built)
    # Not from the file, which somebody else may have replaced since: what was built is what answers.
    return built


def stored(index: sqlite3.Connection) -> dict[str, Any]:
    """Return the checked facts that an index was built from, to the letter."""
    facts: dict[str, Any] = {
        "format": 2,
        **dict(index.execute("SELECT key, value FROM meta WHERE key IN ('title', 'version', 'as_of')")),
        **{key: parse_body(value) for key, value in index.execute("SELECT key, value FROM meta WHERE key = 'sides'")},
    }
    for kind, name, text in index.execute("SELECT kind, id, body FROM entries ORDER BY position"):
        facts.setdefault(kind, {})[name] = parse_body(text)
    return {**facts, **{kind: facts.get(kind, {}) for kind in _REQUIRED}}


def with_lens(index: sqlite3.Connection, lens: Lens) -> sqlite3.Connection:
    """Return an index, in memory, of what can be seen through a lens."""
    from kzus.facts.lens import apply_lens

    whole = stored(index)
    return _fill(":memory:", apply_lens(whole, lens), {}, whole=whole)


def in_memory(facts: Mapping[str, Any]) -> sqlite3.Connection:
    """Return an index of checked facts that no file holds."""
    return _fill(":memory:", facts, {})


def copy(index: sqlite3.Connection, path: Path) -> None:
    """Write an index of the same facts to a file, without a trace of this machine; raises `sqlite3.Error`."""
    from kzus.index.atomic import signals_held

    written = _fill(os.fspath(path), stored(index), {"format": FORMAT, "kzus": __version__})
    with signals_held():  # what a signal raises would be lost where Python takes the connection away
        written.close()
        del written


def forget(facts: Path) -> None:
    """Remove the index of a fact file, so that the next query builds it anew."""
    if index := _place(absolute(facts), None):
        with suppress(OSError):
            index.unlink()


def _digest(content: bytes) -> str:
    from hashlib import blake2b

    return blake2b(content, digest_size=20).hexdigest()


def _place(facts: Path, remark: Callable[[str], object] | None) -> Path | None:
    """Return where the index of a fact file is kept; none, and a remark, where others could write to it as well."""
    index = index_path(facts)
    why = index and why_unsafe(index.parent)
    if why and remark:
        remark(f"{why}, so the index is built for each answer; name a folder of your own in KZUS_CACHE_DIR")
    return None if why else index


def _open_if_current(index: Path, file: FactFile, digest: str | None) -> sqlite3.Connection | None:
    """Open an index if it was built from this very file, by the stamp of the file or by the digest of its content."""
    if digest is None and file.stamp is None:
        return None
    if not (connection := open_kept(index)):
        return None
    try:
        meta = dict(connection.execute("SELECT key, value FROM meta"))
    except sqlite3.Error:
        return None
    # The path is compared too: the name of an index has only a checksum of it, which two paths may share.
    same = meta.get("digest") == digest if digest else meta.get("stamp") == file.stamp
    if same and meta.get("format") == FORMAT and meta.get("path") == path_value(file.path) and meta.keys() >= _META:
        return connection
    connection.close()
    return None


def _stamped(index: Path, found: sqlite3.Connection, meta: dict[str, str | bytes]) -> sqlite3.Connection:
    """Give the index of a file that was only touched its new stamp, so that the next query needn't read the file."""
    with suppress(OSError, sqlite3.Error):
        # Not in its place, where other processes have it open as a file that never changes.
        copied = Index(":memory:")
        found.backup(copied)
        copied.execute("UPDATE meta SET value = ? WHERE key = 'stamp'", (meta["stamp"],))
        keep(index, copied)
    return found


def _fill(
    database: str,
    facts: Mapping[str, Any],
    meta: dict[str, str | bytes],
    on_progress: OnProgress | None = None,
    whole: Mapping[str, Any] | None = None,
) -> sqlite3.Connection:
    import json

    from kzus.index.conflicts import conflict_rows
    from kzus.index.tables import table_rows

    connection = Index(database)
    # Nothing to protect: until it is whole, nobody reads it. Rows come in the order of the
    # facts, not of each table's key, so pages are written once only if they can all stay in memory (KiB).
    connection.executescript(
        "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;"
    )
    connection.executescript(schema_text())
    connection.execute("BEGIN")
    meta |= {key: facts[key] for key in ("title", "version", "as_of") if key in facts}
    if "sides" in facts:
        meta["sides"] = json.dumps(facts["sides"], ensure_ascii=False)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    for table, rows in table_rows(facts, whole):
        _insert(
            connection, table, _with_progress(rows, facts, on_progress) if on_progress and table == "entries" else rows
        )
    # Last, because they are found by asking the other tables.
    _insert(connection, "conflicts", conflict_rows(connection))
    connection.execute("INSERT INTO search (search) VALUES ('rebuild')")
    connection.execute("COMMIT")
    # What lives in memory isn't opened read-only, as a kept index is.
    connection.execute("PRAGMA query_only = ON")
    return connection


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Insert rows by the names of their columns; a row may lack some, which are null then."""
    columns = [row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join(f":{name}" for name in columns)
    missing = dict.fromkeys(columns)
    connection.executemany(
        f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608 - our own names
        ({**missing, **row} for row in rows),
    )


def _with_progress(
    rows: Iterable[Mapping[str, object]], facts: Mapping[str, Any], on_progress: OnProgress
) -> Iterator[Mapping[str, object]]:
    size = sum(len(entries) for entries in facts.values() if isinstance(entries, dict))
    for at, row in enumerate(rows, start=1):
        on_progress("indexing", at, size)
        yield row
