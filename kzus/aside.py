"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def aside(target: Path, mode: int = 0o666) -> Iterator[Path]:
    """Give an empty file beside `target` to write to, and move it into its place once that is done.

    Raises `OSError`, and then leaves nothing behind.
    """
    path = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    try:
        yield path
        path.replace(target)
    finally:
        path.unlink(missing_ok=True)
