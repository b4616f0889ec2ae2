"""The process around a command: its streams, whether a person is watching, how wide, in colour or not."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


@dataclass(frozen=True, slots=True)
class Environment:
    """What a command knows of the world; nothing else asks the process."""

    stdout: TextIO
    stderr: TextIO
    is_terminal: bool
    is_watched: bool
    width: int
    has_styles: bool
    has_colour: bool

    @classmethod
    def of_process(cls) -> Environment:
        """Look at this process: `NO_COLOR`, `FORCE_COLOR`, `TERM` and `COLUMNS` are honoured."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):  # data is UTF-8 wherever it goes; LANG=C must not break it
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        variables = os.environ
        is_terminal = sys.stdout.isatty()
        has_styles = (is_terminal and variables.get("TERM", "dumb") != "dumb") or bool(variables.get("FORCE_COLOR"))
        return cls(
            stdout=sys.stdout,
            stderr=sys.stderr,
            is_terminal=is_terminal,
            is_watched=sys.stderr.isatty(),
            width=shutil.get_terminal_size().columns,
            has_styles=has_styles,
            has_colour=has_styles and not variables.get("NO_COLOR"),
        )
