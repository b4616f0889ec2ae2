"""The file that an export writes: it takes the place of what was there only once it is complete."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kzus.errors import KzusError
from kzus.index.atomic import naming, replacing
from kzus.values.text import quoted

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
        path.write_text(text, "utf-8", newline="\n")
