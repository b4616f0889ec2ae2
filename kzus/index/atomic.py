"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import signal
import stat
import threading
from contextlib import contextmanager
from errno import EPERM
from typing import TYPE_CHECKING, Any

from kzus.errors import KzusError
from kzus.values.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TERMINATED = 128 + signal.SIGTERM
# Never into a file or through a link that is there already; Windows has no O_NOFOLLOW.
_EXCLUSIVE = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
_LONGEST_NAME = 50
"""Characters of a temporary name that are the target's, which may have all 255 bytes that a file system takes."""


@contextmanager
def atomic_write(target: Path, mode: int = 0o666) -> Iterator[Path]:
    """Give an empty file beside `target` to write to, and move it into its place once that is done.

    Raises `OSError`, and then leaves nothing behind; so does a process that is told to end. One that is
    killed leaves the temporary file: nobody but the killed process could prove that it was its own.
    """
    path = temporary(target)
    is_own = True
    with ending_in_order():
        try:
            try:
                os.close(os.open(path, _EXCLUSIVE, mode))
            except FileExistsError:
                # It is somebody else's, and must not be removed below.
                is_own = False
                raise
            yield path
            path.replace(target)
        finally:
            if is_own:
                path.unlink(missing_ok=True)


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a file to write to as `atomic_write` does; it gets the owner and mode of the file that it replaces.

    A link stays a link: what it leads to is replaced. Raises `OSError`.
    """
    target = followed(target)
    is_there = os.path.lexists(target)
    # The old file may be secret: until the new one has its mode, nobody else may read it.
    with atomic_write(target, 0o600 if is_there else 0o666) as path:
        yield path
        if is_there:
            keep_owner_and_mode(target, path)


def followed(path: Path) -> Path:
    """Return what a path leads to, over all links; raises `OSError` for links that lead in a circle."""
    # Before Python 3.13 resolve() raises RuntimeError, and no OSError, for such a circle.
    real = path.__class__(os.path.realpath(path))
    if real.is_symlink():
        real.stat()  # raises
    return real


def temporary(target: Path) -> Path:
    """Return a name beside `target` that no other process can have chosen."""
    return target.with_name(f"{target.name[:_LONGEST_NAME]}.{os.urandom(8).hex()}.tmp")


def keep_owner_and_mode(old: Path, new: Path) -> None:
    """Give a file or folder the owner and mode of the one that it is to replace; raises `OSError` if it can't be."""
    was, made = old.stat(), new.stat()
    if hasattr(os, "chown") and (was.st_uid, was.st_gid) != (made.st_uid, made.st_gid):
        try:
            os.chown(new, was.st_uid, was.st_gid)
        except PermissionError:
            raise PermissionError(EPERM, "its owner and group can't be kept; name another") from None
    # After chown, which clears the bits for setuid and setgid.
    new.chmod(stat.S_IMODE(was.st_mode))


@contextmanager
def naming(shown: object) -> Iterator[None]:
    """Turn an `OSError` into a `KzusError` that names the file as the user knows it."""
    try:
        yield
    except OSError as error:
        raise KzusError(f"can't write {quoted(shown)}: {error.strerror}") from None


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Let a request to end unwind the stack; signals are the main thread's to handle."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _end_process)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def signals_held() -> Iterator[None]:
    """Let a request to end or to interrupt wait until a step is done that must not stop half way."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_process(*_: Any) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second request must not end the cleaning up
    raise SystemExit(_TERMINATED)
