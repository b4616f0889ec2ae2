"""All tables of the index as an SQLite file."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from kzus.errors import KzusError
from kzus.export.target import target_file
from kzus.index.store import copy

if TYPE_CHECKING:
    from pathlib import Path


def write_sqlite(index: sqlite3.Connection, target: Path | str, *, force: bool = False) -> None:
    """Write all tables to an SQLite file; raises `KzusError` if it exists, unless `force`, or can't be written."""
    with target_file(target, force=force) as path:
        try:
            copy(index, path)
        except sqlite3.Error as error:
            raise KzusError(f"can't write '{target}': {error}") from None
