"""Fits messages on stderr into the terminal of a person who watches; a log gets them unchanged."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kzus.values.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzus.render.environment import Environment

_HANGING_INDENT = " " * len("kzus: ")


def fit_lines(lines: Sequence[str], env: Environment | None, *, is_truncated: bool = False) -> str:
    """Fit lines into the terminal of a person, wrapped or truncated; a log gets them unchanged."""
    room = env.width if env and env.is_watched else sys.maxsize
    shorten = _truncate if is_truncated else _wrap
    return "".join(f"{line if len(line) <= room else shorten(line, room)}\n" for line in map(visible, lines))


def _truncate(line: str, room: int) -> str:
    return f"{line[: room - 1].rstrip()}…"


def _wrap(line: str, room: int) -> str:
    from textwrap import fill

    return fill(line, room, subsequent_indent=_HANGING_INDENT, break_long_words=False, break_on_hyphens=False)
