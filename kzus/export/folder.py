"""Writes a data package so that at every moment the old or the new one is complete, even if the process is killed.

If the folder holds nothing else, a new folder is written beside it and the two are exchanged in one atomic step.
This is impossible if the folder has other files, which must stay untouched, if it is the current folder or a
mount point, if its parent isn't writable, or if the system has no atomic exchange. Then the manifest decides,
because it names the files of the tables and can be replaced atomically: first it names copies of the new tables
in a temporary folder, then the tables are replaced, then it names the tables.
"""

from __future__ import annotations

import ctypes
import json
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from kzus.index.atomic import ending_in_order, keep_owner_and_mode, naming, replacing, signals_held, temporary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Files = Mapping[str, bytes]

MANIFEST, DATA = "datapackage.json", "data"
"""The manifest of a package, and the folder of its tables."""
_EXCHANGE, _CURRENT_FOLDER = 2, -100
"""RENAME_EXCHANGE and AT_FDCWD of Linux."""


def write_folder(folder: Path, files: Files, shown: Path) -> None:
    """Write the files of a package to a folder; `shown` is its path in messages.

    Files of the same names are replaced, all others stay. A request to end waits until all is written,
    which is in memory already. Raises `KzusError`.
    """
    with ending_in_order(), signals_held(), naming(shown):
        if not (_can_be_exchanged(folder, files) and _exchange_whole(folder, files, shown)):
            _write_within(folder, files, shown)


def _can_be_exchanged(folder: Path, files: Files) -> bool:
    """Tell whether a folder is missing, or surely holds files of a package only, and this process is not in it."""
    if not folder.exists():
        return True
    here = Path(os.path.realpath("."))
    # A mount point can't be renamed; who stands in the folder would stay in the old one, which is removed.
    if os.path.ismount(folder) or folder in (here, *here.parents):
        return False
    data = folder / DATA
    try:
        # No glob(), which finds nothing in a folder that can't be read.
        found = [*folder.iterdir(), *(data.iterdir() if data.is_dir() else ())]
    except PermissionError:  # a folder may be written to without being read
        return False
    return (
        # Files of others would go with the old folder, and links would become files.
        {*found} <= {*(folder / name for name in files), data}
        and not any(path.is_symlink() or path.is_dir() != (path == data) for path in found)
        and all(os.access(path, os.W_OK) for path in (folder, data) if path.exists())
    )


def _exchange_whole(folder: Path, files: Files, shown: Path) -> bool:
    """Write a new folder and exchange it for the old one; false if that is impossible here."""
    with _folder_beside(folder, files, shown) as new:
        if new is None:
            return False
        is_there = folder.exists()
        try:
            if is_there:
                keep_owner_and_mode(folder, new)
            _write_new(new, files, folder, shown)
        except PermissionError:  # the owner of the folder can't be kept
            return False
        if is_there:
            # The old folder has the temporary name then, under which it is removed.
            return _exchange_folders(new, folder)
        with naming(shown):
            new.replace(folder)
        return True


@contextmanager
def _folder_beside(folder: Path, files: Files, shown: Path) -> Iterator[Path | None]:
    """Make a folder beside another; none if the parent isn't writable."""
    new = temporary(folder)
    is_own = True
    try:
        try:
            new.mkdir()
        except OSError as error:
            is_own = not isinstance(error, FileExistsError)
            if not folder.exists():
                with naming(shown):
                    raise
            yield None
        else:
            yield new
    finally:
        if is_own:
            _remove(new, folder, files)


def _remove(old: Path, folder: Path, files: Files) -> None:
    """Remove the files of a package and their folders; files of anybody else are moved to `folder`."""
    with suppress(OSError):
        for name in files:
            (old / name).unlink(missing_ok=True)
        # Somebody may have put them there between the check and the exchange.
        for path in [*(old / DATA).glob("*"), *old.glob("*")]:
            if path != old / DATA:
                path.rename(folder / path.relative_to(old))
        (old / DATA).rmdir()
    with suppress(OSError):
        old.rmdir()


def _write_new(new: Path, files: Files, old: Path, shown: Path) -> None:
    (new / DATA).mkdir()
    with suppress(FileNotFoundError):
        keep_owner_and_mode(old / DATA, new / DATA)
    for name, content in files.items():
        with naming(shown / name):
            (new / name).write_bytes(content)
            with suppress(FileNotFoundError):
                keep_owner_and_mode(old / name, new / name)


def _exchange_folders(one: Path, other: Path) -> bool:
    """Exchange two folders atomically; false if the system can't."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # no Linux, or an old one
        return False
    return bool(rename(_CURRENT_FOLDER, os.fsencode(one), _CURRENT_FOLDER, os.fsencode(other), _EXCHANGE) == 0)


def _write_within(folder: Path, files: Files, shown: Path) -> None:
    """Write into an existing folder; the manifest names complete tables at every moment."""
    tables = {name: content for name, content in files.items() if name != MANIFEST}
    with naming(shown / DATA):
        (folder / DATA).mkdir(exist_ok=True)
    for name in tables:
        # A folder in the place of a table must be found before anything is replaced.
        if (folder / name).is_dir():
            with naming(shown / name):
                (folder / name).write_bytes(b"")  # raises
    with _copies(folder) as copies:
        for name, content in tables.items():
            (copies / Path(name).name).write_bytes(content)
        _replace_file(folder, MANIFEST, _naming_tables_in(copies.name, files[MANIFEST]), shown)
        for name, content in tables.items():
            _replace_file(folder, name, content, shown)
        _replace_file(folder, MANIFEST, files[MANIFEST], shown)


@contextmanager
def _copies(folder: Path) -> Iterator[Path]:
    """Make a temporary folder in another; it is removed unless the manifest names files in it."""
    path = temporary(folder / DATA)
    path.mkdir()
    try:
        yield path
    finally:
        manifest = folder / MANIFEST
        # The name is random, so only a manifest that names its files has it.
        if not (manifest.is_file() and path.name.encode() in manifest.read_bytes()):
            rmtree(path, ignore_errors=True)


def _naming_tables_in(name: str, manifest: bytes) -> bytes:
    described = json.loads(manifest)
    for resource in described["resources"]:
        resource["path"] = f"{name}/{Path(resource['path']).name}"
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()


def _replace_file(folder: Path, name: str, content: bytes, shown: Path) -> None:
    with naming(shown / name), replacing(folder / name) as path:
        path.write_bytes(content)
