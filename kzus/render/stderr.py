"""What a person who watches stderr sees: messages that fit the terminal, and the progress of work that takes long."""

from __future__ import annotations

import sys
from time import monotonic
from typing import TYPE_CHECKING

from kzus.values.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.progress import Progress, TaskID

    from kzus.render.environment import Environment

_HANGING_INDENT = " " * len("kzus: ")
_SECONDS_BEFORE_BAR = 1.0
"""Seconds before a bar is shown."""


def fit_lines(lines: Sequence[str], env: Environment | None, *, is_truncated: bool = False) -> str:
    """Fit lines into the terminal of a person, wrapped or truncated; a log gets them unchanged."""
    room = env.width if env and env.is_watched else sys.maxsize
    shorten = _truncate if is_truncated else _wrap
    return "".join(f"{line if len(line) <= room else shorten(line, room)}\n" for line in map(visible, lines))


def _truncate(line: str, room: int) -> str:
    return f"{line[: room - 1].rstrip()}…"


def _wrap(line: str, room: int) -> str:
    from textwrap import fill

    # An id, a path or a command must stay whole, to be copied.
    return fill(line, room, subsequent_indent=_HANGING_INDENT, break_long_words=False, break_on_hyphens=False)


class ProgressBar:
    """A progress bar that appears when the work has taken a second; call it to report progress."""

    def __init__(self, env: Environment) -> None:
        """Show progress on the stderr of `env`, if a person is watching it."""
        self._env, self._since = env, monotonic()
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, work: str, done: int, of: int) -> None:
        """Report that `done` steps of a kind of `work` are done."""
        # A log needs no bar, and quick work is done before anybody could read it.
        if not self._env.is_watched or monotonic() - self._since < _SECONDS_BEFORE_BAR:
            return
        if self._bar is None:
            self._bar = self._begin()
        if work not in self._tasks:
            self._tasks[work] = self._bar.add_task(work, total=of)
        self._bar.update(self._tasks[work], completed=done, total=of)

    def end(self) -> None:
        """Remove the bar, if there is one."""
        if self._bar:
            self._bar.stop()

    def _begin(self) -> Progress:
        from rich.console import Console
        from rich.progress import Progress

        console = Console(file=self._env.stderr, force_terminal=True, no_color=not self._env.has_colour)
        bar = Progress(console=console, transient=True)
        bar.start()
        return bar
