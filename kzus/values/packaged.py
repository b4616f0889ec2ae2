"""Reads files that come with kzus, also out of an archive that Python runs it from."""

import os
from pathlib import Path
from typing import Any

_LOADER: Any = __spec__.loader
ARCHIVE: Path | None = Path(os.path.abspath(_LOADER.archive)) if hasattr(_LOADER, "archive") else None  # noqa: PTH100 - resolve() would look at every link on the way
"""The archive that Python runs kzus from, if it is one."""
_PACKAGE = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - as below


def read_packaged(*path: str) -> str:
    """Return the text of a file by its path below the package.

    `importlib.resources` would do the same, but takes longer to import than a query to answer.
    """
    return str(_LOADER.get_data(os.path.join(_PACKAGE, *path)), "utf-8")  # noqa: PTH118 - a loader takes a str


def read_archived(path: Path) -> bytes:
    """Return the bytes of a file in the archive; raises `OSError` if it has no such file."""
    # The loader may know the archive by another name, so it gets the path within it.
    content: bytes = _LOADER.get_data(os.fspath(path.relative_to(ARCHIVE or "")))
    return content
