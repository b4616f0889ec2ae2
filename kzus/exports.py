"""Everything to take away: JSON that is a fact file again, an SQLite file that explains itself, a data package."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kzus import index as indexes
from kzus.aside import aside
from kzus.errors import KzusError
from kzus.texts import quoted, unicode_escaped

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

LICENCE = {"name": "MIT", "title": "MIT License", "path": "https://opensource.org/license/mit"}
"""Of the facts that come with kzus; whose another fact file is, kzus can't know."""


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


def write_datapackage(
    index: sqlite3.Connection, folder: Path, *, force: bool = False, licence: dict[str, str] | None = None
) -> None:
    """Write a data package to a folder, new or empty; raises `KzusError` if it isn't, unless `force`.

    Files of the same names are replaced, all others stay.
    """
    from kzus.datapackage import files

    with _told(folder):
        if folder.exists():
            if not folder.is_dir():
                raise KzusError(f"{quoted(folder)} is not a folder; name one to write to")
            if not force and any(folder.iterdir()):
                raise KzusError(f"{quoted(folder)} is not empty; name another, or write into it with --force")
        folder.mkdir(exist_ok=True)
        for name, content in files(index, licence=licence):
            target = folder / name
            target.parent.mkdir(exist_ok=True)
            with aside(target) as path:
                path.write_bytes(content)


@contextmanager
def _written(target: Path, *, force: bool) -> Iterator[Path]:
    """Give a file to write to that takes the place of `target` once it is whole."""
    with _told(target):
        if target.exists():
            if not target.is_file():
                raise KzusError(f"{quoted(target)} is not a file; name one to write")
            if not force:
                raise KzusError(f"{quoted(target)} exists; name another, or replace it with --force")
        with aside(Path(os.path.realpath(target))) as path:  # a link stays a link
            yield path


@contextmanager
def _told(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise KzusError(f"can't write {quoted(target)}: {error.strerror}") from None
