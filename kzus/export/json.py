"""All facts as JSON, which is a fact file again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kzus.export.target import target_file
from kzus.index.store import stored
from kzus.values.text import unicode_escaped

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path


def as_json(index: sqlite3.Connection) -> str:
    """Return the facts as JSON, which is also YAML, so the result is a fact file with the same content."""
    return unicode_escaped(json.dumps(stored(index), ensure_ascii=False, indent=2)) + "\n"


def write_json(index: sqlite3.Connection, target: Path | str, *, force: bool = False) -> None:
    """Write the facts as JSON to a file; raises `KzusError` if it exists, unless `force`, or can't be written."""
    text = as_json(index)
    with target_file(target, force=force) as path:
        path.write_text(text, "utf-8", newline="\n")
