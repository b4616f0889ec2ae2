"""The fact file: which one a command reads, and what tells whether it has changed."""

# Annotations are evaluated here: Python compiles each that is text when it makes a NamedTuple, for every query.

import os
import stat
import time
from errno import EISDIR
from pathlib import Path
from typing import NamedTuple

from kzus.errors import KzusError
from kzus.values.packaged import ARCHIVE, read_archived
from kzus.values.text import file_name, quoted

_SETTLED_NS = 2_000_000_000  # FAT tells time in steps of two seconds
_HEAD = 4096
"""Bytes within which a fact file names its version and day."""
LARGEST = 256 * 2**20
"""Upper bound in bytes, ten times a file of 20,000 deals, so that an endless pipe can't fill memory."""
_PATIENCE = 5
_OF_THIS_PROCESS = ("/dev/std", "/dev/fd/", "/proc/")
"""How paths begin that name another file in each process."""


class FactFile(NamedTuple):
    """A fact file and the stamp that its last change left; no stamp if that may have been just now.

    An index of it is worth keeping only if it `can_come_again`: what is piped in has no name of its own.
    """

    path: Path
    stamp: str | None
    can_come_again: bool = True

    @classmethod
    def at(cls, path: Path) -> "FactFile":
        """Look at a fact file; raises `KzusError` if it isn't there or isn't a file."""
        try:
            found = (_archive_of(path) or path).stat()
        except (OSError, ValueError) as error:
            raise _unreadable(path, _reason(error)) from None
        if not stat.S_ISREG(found.st_mode) and not _is_piped_in(path, found.st_mode):
            is_folder = stat.S_ISDIR(found.st_mode)
            raise _unreadable(
                path, os.strerror(EISDIR) if is_folder else "it is no file; name one, or pipe it in as '-'"
            )
        # A clock tick is as fine as a file system tells time: within one, a second change would leave
        # the same stamp. ctime catches a change whose author put the old mtime back.
        changed = max(found.st_mtime_ns, found.st_ctime_ns)
        if not stat.S_ISREG(found.st_mode) or str(path).startswith(_OF_THIS_PROCESS):
            return cls(path, None, can_come_again=False)
        if not changed < time.time_ns() - _SETTLED_NS:
            return cls(path, None)
        numbers = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        return cls(path, ":".join(map(str, numbers)))

    def read(self) -> bytes:
        """Return its bytes as they are between two changes; raises `KzusError` if they can't be had."""
        try:
            if _archive_of(self.path):
                return read_archived(self.path)
            # An editor may be saving it: what was read is whole if nothing changed meanwhile.
            for _ in range(_PATIENCE):
                with self.path.open("rb") as file:
                    before = os.fstat(file.fileno())
                    content = file.read(LARGEST + 1)
                    after = os.fstat(file.fileno())
                if len(content) > LARGEST:
                    raise _unreadable(self.path, f"it has more than {LARGEST >> 20} MiB; is this a fact file?")
                if _last_change(before) == _last_change(after):
                    return content
        except OSError as error:
            raise _unreadable(self.path, _reason(error)) from None
        raise _unreadable(self.path, "it keeps changing; try again")


def fact_file(named: str | None = None) -> Path:
    """Return the fact file that was named, `-` for standard input, else the one that comes with kzus."""
    if named == "-":
        return Path("/dev/stdin")
    if named is not None:
        return Path(file_name(named))
    if ARCHIVE:
        return ARCHIVE / __package__.split(".")[0] / "facts.yaml"
    package = Path(__file__).parent.parent
    # A wheel has it in the package (`force-include` in pyproject.toml), a checkout beside it.
    shipped = package / "facts.yaml"
    return shipped if os.path.exists(shipped) else package.parent / "facts.yaml"  # noqa: PTH110 - ten times faster


def shipped_edition() -> str:
    """Say which version of the facts comes with kzus, from the head of the file alone; nothing if it can't be read."""
    import re

    try:
        with fact_file().open("rb") as file:
            head = file.read(_HEAD).decode("utf-8", "replace")
    except OSError:
        return ""
    version, as_of = (re.search(rf"(?m)^{key}: *([\d.-]+) *(?:#|$)", head) for key in ("version", "as_of"))
    return f", facts {version[1]} as of {as_of[1]}" if version and as_of else ""


def absolute(facts: Path) -> Path:
    """Return the whole path of a fact file; raises `KzusError` if the folder that it is relative to is gone."""
    try:
        return Path(os.path.abspath(facts))  # noqa: PTH100 - resolve() would look at every link on the way
    except OSError as error:
        raise _unreadable(facts, _reason(error)) from None


def _archive_of(path: Path) -> Path | None:
    """Return the archive that a file stands in, if it is that of kzus."""
    return ARCHIVE if ARCHIVE in path.parents else None


def _unreadable(path: Path, why: str) -> KzusError:
    return KzusError(f"can't read the fact file {quoted(path)}: {why}")


def _reason(error: OSError | ValueError) -> str:
    return str(error.strerror if isinstance(error, OSError) else error)


def _is_piped_in(path: Path, mode: int) -> bool:
    """Tell a pipe that this process was handed from one in the file system, which may never have a writer."""
    return stat.S_ISFIFO(mode) and str(path).startswith(("/dev/", "/proc/"))


def _last_change(found: os.stat_result) -> tuple[int, int, int]:
    # A pipe changes by being read, and can't be read twice.
    piped = stat.S_ISFIFO(found.st_mode)
    return (0, 0, 0) if piped else (found.st_size, found.st_mtime_ns, found.st_ctime_ns)
