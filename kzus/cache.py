"""Where indexes are kept: a folder of the user's own, or nowhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from zlib import crc32

_NOT_XDG = ("darwin", "ios", "android")


def index_path(facts: Path) -> Path | None:
    """Return the place of the index of a fact file, named by an absolute path; none where no folder can be told."""
    folder = _folder()
    # Without a home there is no such place, and one relative to wherever kzus is run would litter.
    return folder / f"{facts.stem}-{crc32(os.fsencode(facts)):08x}.sqlite" if folder.is_absolute() else None


def is_own(path: Path) -> bool:
    """Tell whether a file is there and the user's own: another's index may say whatever they like."""
    try:
        owner = path.stat().st_uid
    except OSError:
        return False
    return not hasattr(os, "getuid") or owner == os.getuid()


def _folder() -> Path:
    if named := os.environ.get("KZUS_CACHE_DIR"):
        return Path(os.path.abspath(named))  # noqa: PTH100 - links on the way are the user's business
    if os.name == "posix" and sys.platform not in _NOT_XDG:
        # What platformdirs would say, without the time that importing it takes.
        return Path(os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.expanduser("~/.cache")) / "kzus"  # noqa: PTH111 - as above
    from platformdirs import user_cache_path

    return user_cache_path("kzus", appauthor=False)
