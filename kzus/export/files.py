"""Exports all facts: as JSON, which is a fact file again, as an SQLite file, or as a data package."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kzus.errors import KzusError
from kzus.index import store as indexes
from kzus.index.atomic import followed, naming, replacing
from kzus.values.text import quoted, unicode_escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

LICENCE = {"name": "MIT", "title": "MIT License", "path": "https://opensource.org/license/mit"}
"""The licence of the facts that come with kzus; that of another fact file is unknown."""


def as_json(index: sqlite3.Connection) -> str:
    """Return the facts as JSON, which is also YAML, so the result is a fact file with the same content."""
    return unicode_escaped(json.dumps(indexes.stored(index), ensure_ascii=False, indent=2)) + "\n"


def write_json(index: sqlite3.Connection, target: Path | str, *, force: bool = False) -> None:
    """Write the facts as JSON to a file; raises `KzusError` if it exists, unless `force`, or can't be written."""
    write_text(as_json(index), target, force=force)


def write_text(text: str, target: Path | str, *, force: bool = False) -> None:
    """Write a text to a file whole or not at all; raises `KzusError` as `write_json` does."""
    with _target_file(target, force=force) as path:
        path.write_text(text, "utf-8", newline="\n")


def write_sqlite(index: sqlite3.Connection, target: Path | str, *, force: bool = False) -> None:
    """Write all tables to an SQLite file; raises `KzusError` as `write_json` does."""
    with _target_file(target, force=force) as path:
        try:
            indexes.copy(index, path)
        except sqlite3.Error as error:
            raise KzusError(f"can't write '{target}': {error}") from None


def write_datapackage(
    index: sqlite3.Connection, folder: Path | str, *, force: bool = False, licence: dict[str, str] | None = None
) -> None:
    """Write a data package to a folder, new or empty; raises `KzusError` if it isn't, unless `force`.

    Files of the same names are replaced, all others stay. The package is the old or the new one at every moment.
    """
    from kzus.export import folder as datafolder
    from kzus.export.datapackage import files

    shown = Path(folder)
    with naming(shown):
        real = followed(shown)
        if real.exists():
            if not real.is_dir():
                raise KzusError(f"{quoted(shown)} is not a folder; name one to write to")
            if not force and any(real.iterdir()):
                raise KzusError(f"{quoted(shown)} is not empty; name another, or write into it with --force")
    datafolder.write_folder(real, dict(files(index, licence=licence)), shown)


@contextmanager
def _target_file(target: Path | str, *, force: bool) -> Iterator[Path]:
    """Give a temporary file to write to, which replaces `target` once it is complete."""
    path = Path(target)
    with naming(target):
        if path.exists():
            if not path.is_file():
                raise KzusError(f"{quoted(target)} is not a file; name one to write")
            if not force:
                raise KzusError(f"{quoted(target)} exists; name another, or replace it with --force")
        if os.path.basename(target) in ("", os.curdir, os.pardir):  # noqa: PTH119 - a Path has no slash at its end
            raise KzusError(f"{quoted(target)} names a folder; name a file to write")
        with replacing(path) as temporary:
            yield temporary
