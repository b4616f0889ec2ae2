"""The file that an export writes, in full or not at all, and the exports that are one: SQLite, and JSON."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kzus.errors import KzusError
from kzus.index.atomic import naming, replacing
from kzus.index.store import copy, stored
from kzus.values.text import quoted, unicode_escaped

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def target_file(target: Path | str, *, force: bool) -> Iterator[Path]:
    """Give a temporary file to write to, which replaces `target` once it is complete.

    Raises `KzusError` if the target exists, unless `force`, or can't be written.
    """
    path = Path(target)
    with naming(target):
        if path.exists():
            # A device or a pipe would be replaced by a file.
            if not path.is_file():
                raise KzusError(f"{quoted(target)} is not a file; name one to write")
            if not force:
                raise KzusError(f"{quoted(target)} exists; name another, or replace it with --force")
        if os.path.basename(target) in ("", os.curdir, os.pardir):  # noqa: PTH119 - a Path has no slash at its end
            raise KzusError(f"{quoted(target)} names a folder; name a file to write")
        with replacing(path) as temporary:
            yield temporary


def write_text(text: str, target: Path | str, *, force: bool = False) -> None:
    """Write text to a file; raises `KzusError` if it exists, unless `force`, or can't be written."""
    with target_file(target, force=force) as path:
        # The same bytes on every system: Windows would end lines otherwise.
        path.write_text(text, "utf-8", newline="\n")


def write_sqlite(index: sqlite3.Connection, target: Path | str, *, force: bool = False) -> None:
    """Write all tables to an SQLite file; raises `KzusError` if it exists, unless `force`, or can't be written."""
    with target_file(target, force=force) as path:
        try:
            copy(index, path)
        except sqlite3.Error as error:
            raise KzusError(f"can't write '{target}': {error}") from None


def as_json(index: sqlite3.Connection) -> str:
    """Return the facts as JSON, which is also YAML, so the result is a fact file with the same content."""
    return unicode_escaped(json.dumps(stored(index), ensure_ascii=False, indent=2)) + "\n"


def write_json(index: sqlite3.Connection, target: Path | str, *, force: bool = False) -> None:
    """Write the facts as JSON to a file; raises `KzusError` if it exists, unless `force`, or can't be written."""
    write_text(as_json(index), target, force=force)
