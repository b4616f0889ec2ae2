"""Everything to take away: JSON that is a fact file again, and an SQLite file that explains itself."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kzus import index as indexes
from kzus.aside import aside
from kzus.errors import KzusError
from kzus.texts import unicode_escaped

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator


def as_json(index: sqlite3.Connection) -> str:
    """Return the facts as JSON; JSON is YAML, so it is a fact file that says the same."""
    return unicode_escaped(json.dumps(indexes.stored(index), ensure_ascii=False, indent=2)) + "\n"


def write_json(index: sqlite3.Connection, target: Path, *, force: bool = False) -> None:
    """Write the facts as JSON to a file; raises `KzusError` if it exists, unless `force`, or can't be written."""
    text = as_json(index)
    with _written(target, force=force) as path:
        path.write_text(text, "utf-8", newline="\n")


def write_sqlite(index: sqlite3.Connection, target: Path, *, force: bool = False) -> None:
    """Write all tables to an SQLite file; raises `KzusError` as `write_json` does."""
    with _written(target, force=force) as path:
        indexes.copy(index, path)


@contextmanager
def _written(target: Path, *, force: bool) -> Iterator[Path]:
    """Give a file to write to that takes the place of `target` once it is whole."""
    if target.exists():
        if not target.is_file():
            raise KzusError(f"'{target}' is not a file; name one to write")
        if not force:
            raise KzusError(f"'{target}' exists; name another, or replace it with --force")
    try:
        with aside(Path(os.path.realpath(target))) as path:  # a link stays a link
            yield path
    except OSError as error:
        raise KzusError(f"can't write '{target}': {error.strerror}") from None
