"""A bar on stderr for work that takes a person's time; nothing for what is quick or for a program."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from kzus.render.environment import Environment

_PATIENCE = 1.0
"""Seconds before a bar is shown."""


class Bar:
    """A progress bar that begins when the work has taken a second; call it with what is done and how far."""

    def __init__(self, env: Environment) -> None:
        """Stand by on the stderr of `env`, if a person is watching it."""
        self._env, self._since = env, monotonic()
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, work: str, done: int, of: int) -> None:
        """Tell that so much of a kind of work is done."""
        if not self._env.is_watched or monotonic() - self._since < _PATIENCE:
            return
        if self._bar is None:
            self._bar = self._begin()
        if work not in self._tasks:
            self._tasks[work] = self._bar.add_task(work, total=of)
        self._bar.update(self._tasks[work], completed=done, total=of)

    def end(self) -> None:
        """Take the bar away, if there is one."""
        if self._bar:
            self._bar.stop()

    def _begin(self) -> Progress:
        from rich.console import Console
        from rich.progress import Progress

        console = Console(file=self._env.stderr, force_terminal=True, no_color=not self._env.has_colour)
        bar = Progress(console=console, transient=True)
        bar.start()
        return bar
