"""Where indexes are kept: a folder that only the user can write to, or nowhere."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOT_XDG = ("darwin", "ios", "android")
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
# Without waiting for a writer of a pipe, and without following a link; Windows has neither flag.
_SAFE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_BINARY = getattr(os, "O_BINARY", 0)


def index_path(facts: Path) -> Path | None:
    """Return the place of the index of a fact file, named by an absolute path; none where no folder is known."""
    folder = _folder()
    # Without a home there is no such place, and one relative to wherever kzus is run would litter.
    return folder / f"{facts.stem}-{crc32(os.fsencode(facts)):08x}.sqlite" if folder.is_absolute() else None


def why_unsafe(folder: Path) -> str:
    """Return why somebody else could put a file into a folder; nothing if only the user can, or if it isn't there."""
    try:
        found = folder.stat()
    except OSError:
        return ""
    if not _is_users(found):
        return f"the cache folder '{folder}' belongs to another user"
    if _can_others_write(found):
        return f"other users can write to the cache folder '{folder}'"
    return ""


def open_own(path: Path) -> tuple[int, os.stat_result]:
    """Open a file for reading and return its descriptor and status.

    Raises `OSError` unless it is a regular file with one name that only the user can write to.
    """
    descriptor = os.open(path, os.O_RDONLY | _SAFE | _BINARY)
    found = os.fstat(descriptor)
    # kzus never gives a file a second name, so somebody else would have done it.
    if stat.S_ISREG(found.st_mode) and found.st_nlink == 1 and _is_users(found) and not _can_others_write(found):
        return descriptor, found
    os.close(descriptor)
    raise PermissionError(f"'{path}' is not the user's alone")


def write(index: Path, parts: Iterable[bytes | bytearray | memoryview], *, seconds: int, is_flushed: bool) -> None:
    """Write an index under a name of its own and move it into place, last changed at `seconds`.

    `is_flushed` waits until the disk has it. Raises `OSError`, and then leaves nothing behind. A killed process
    can't clean up after itself; the next one that writes to the folder does.
    """
    from kzus.index.atomic import ending_in_order

    # 0700 is what the XDG base directory specification asks for.
    index.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if why := why_unsafe(index.parent):
        raise PermissionError(why)
    _sweep(index.parent)
    path = index.with_name(_temporary(index.name))
    with ending_in_order():
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _SAFE | _BINARY, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                # Until it is closed, so that no other process takes it for one that was left behind.
                _lock(descriptor)
                file.writelines(parts)
                file.flush()
                if is_flushed:
                    os.fsync(descriptor)
            os.utime(path, (seconds, seconds))
            path.replace(index)
        finally:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    if named := os.environ.get("KZUS_CACHE_DIR"):
        return Path(os.path.abspath(os.path.expanduser(named)))  # noqa: PTH100, PTH111 - links on the way are the user's business
    if os.name == "posix" and sys.platform not in _NOT_XDG:
        # What platformdirs would say, without the time that importing it takes.
        return Path(os.path.expanduser(os.environ.get("XDG_CACHE_HOME", "").strip() or "~/.cache")) / "kzus"  # noqa: PTH111 - as above
    from platformdirs import user_cache_path

    return user_cache_path("kzus", appauthor=False)


def _is_users(found: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or found.st_uid == os.geteuid()


def _can_others_write(found: os.stat_result) -> bool:
    return hasattr(os, "geteuid") and bool(found.st_mode & _OTHERS_WRITE)


def _temporary(name: str) -> str:
    """Return a name that nothing else has, which ends in a checksum of itself: a proof that kzus made it."""
    own = f"{name}.{os.urandom(8).hex()}"
    return f"{own}-{_checksum(own)}.tmp"


def _checksum(name: str) -> str:
    return f"{crc32(os.fsencode(name)):08x}"


def _sweep(folder: Path) -> None:
    """Remove what killed processes have left: only names that kzus made, and only files that nobody writes."""
    import re

    # DOTALL, since the name of a fact file may hold a newline.
    ours = re.compile(r"(.+-[0-9a-f]{8}\.sqlite\.[0-9a-f]{16})-([0-9a-f]{8})\.tmp", re.DOTALL)
    for name in os.listdir(folder):  # noqa: PTH208 - names are what is compared
        found = ours.fullmatch(name)
        if found and found[2] == _checksum(found[1]):
            with suppress(OSError):
                _remove_if_left(folder / name)


def _remove_if_left(path: Path) -> None:
    descriptor, _ = open_own(path)
    try:
        # A file that was created just now may not be locked yet. Its index is not kept then; the answer is the same.
        if _lock(descriptor):
            path.unlink()
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Lock a file for as long as it is open, and return whether that is possible here."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock

        flock(descriptor, LOCK_EX | LOCK_NB)
    except (ImportError, OSError):
        return False
    return True
