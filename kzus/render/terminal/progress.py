"""A progress bar on stderr for work that takes longer than a second."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from kzus.render.environment import Environment

_SECONDS_BEFORE_BAR = 1.0
"""Seconds before a bar is shown."""


class ProgressBar:
    """A progress bar that appears when the work has taken a second; call it to report progress."""

    def __init__(self, env: Environment) -> None:
        """Show progress on the stderr of `env`, if a person is watching it."""
        self._env, self._since = env, monotonic()
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, work: str, done: int, of: int) -> None:
        """Report that `done` steps of a kind of `work` are done."""
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
