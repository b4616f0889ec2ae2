"""The environment of a command: its streams, and whether they are a terminal, how wide, with colour or not."""

# Annotations are evaluated here: Python compiles each that is text when it makes a NamedTuple, for every query.

import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from shutil import get_terminal_size
from typing import Any, NamedTuple, TextIO, cast

from kzus.errors import KzusError

WIDE, WIDEST = 100, 140
"""The widths of a terminal from which on an answer has more columns, and from which on it has all of them."""
_LARGEST = 10_000
"""Upper bound of columns and lines, so that COLUMNS can't fill the memory."""


class Environment(NamedTuple):
    """Streams and terminal of a command, as the process has them; only the pager asks for `FORCE_COLOR` by itself."""

    stdout: TextIO
    stderr: TextIO
    is_terminal: bool
    is_watched: bool
    width: int
    height: int
    has_styles: bool
    has_colour: bool
    pager: str = ""
    stdin: TextIO | None = None

    @classmethod
    def of_process(cls) -> "Environment":
        """Return the environment of this process; raises `KzusError` if stdout is closed.

        Variables such as `NO_COLOR`, `FORCE_COLOR`, `COLUMNS` and `KZUS_PAGER` are honoured.
        """
        sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - None if it is closed
        if sys.stdout is None:
            raise KzusError("can't write the answer: stdout is closed")
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):  # data is always UTF-8, also under LANG=C
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        variables = os.environ
        is_terminal = sys.stdout.isatty()
        has_styles = (is_terminal and not _is_dumb(variables)) or bool(variables.get("FORCE_COLOR"))
        width, height = (min(size, _LARGEST) for size in get_terminal_size())
        return cls(
            stdout=sys.stdout,
            stderr=cast("TextIO", _SafeStderr(sys.stderr)),
            is_terminal=is_terminal,
            is_watched=sys.stderr.isatty(),
            width=width,
            height=height,
            has_styles=has_styles,
            has_colour=has_styles and not variables.get("NO_COLOR"),
            pager=_pager(variables) if is_terminal else "",
            stdin=sys.stdin,
        )


def typed_arguments() -> list[str]:
    """Return the arguments of this process, decoded as UTF-8 even under LANG=C."""
    words = sys.argv[1:]
    # Then Python has decoded them so already.
    if sys.getfilesystemencoding() == "utf-8":
        return words
    return [word if word.isascii() else _as_utf_8(word) for word in words]


def _as_utf_8(word: str) -> str:
    try:
        return os.fsencode(word).decode("utf-8")
    except UnicodeDecodeError:  # typed in another encoding
        return word


class _SafeStderr:
    """A stderr that ignores write errors, because a message that can't be printed must not fail the answer."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        self.write("".join(lines))

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


class WriteDetector:
    """A stream that remembers whether anything was written to it."""

    def __init__(self, stream: TextIO) -> None:
        """Pass everything on to `stream`."""
        self._stream = stream
        self.has_written = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write, and remember it."""
        self.has_written = True
        return self._stream.write(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write, and remember it, if there is a line."""
        for line in lines:
            self.write(line)


def _is_dumb(variables: Mapping[str, str]) -> bool:
    return variables.get("TERM", "") in ("", "dumb", "unknown")


def _pager(variables: Mapping[str, str]) -> str:
    """Return the pager to use, or an empty string for none; a dumb terminal can't page."""
    if _is_dumb(variables):
        return ""
    named = variables.get("KZUS_PAGER", variables.get("PAGER", "less")).strip()
    return "" if named == "cat" else named
