"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TERMINATED = 128 + signal.SIGTERM


@contextmanager
def aside(target: Path, mode: int = 0o666) -> Iterator[Path]:
    """Give an empty file beside `target` to write to, and move it into its place once that is done.

    Raises `OSError`, and then leaves nothing behind; so does a process that is told to end. One that is
    killed can't clean up after itself: the next one does.
    """
    path = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    _sweep(target)
    with _ending_in_order():
        try:
            path.unlink(missing_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
            yield path
            path.replace(target)
        finally:
            path.unlink(missing_ok=True)


def _sweep(target: Path) -> None:
    """Remove what processes that are no more have left beside a target."""
    for left in target.parent.glob(f"{target.name}.*.tmp"):
        owner = left.name.removesuffix(".tmp").rpartition(".")[2]
        if owner.isascii() and owner.isdigit() and not _is_running(int(owner)):
            with suppress(OSError):
                left.unlink()


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """Let a request to end unwind the stack; signals are the main thread's to handle."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(*_: Any) -> None:
    raise SystemExit(_TERMINATED)
