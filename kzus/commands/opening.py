"""The facts that a command answers from: the index of a fact file, and what the lens leaves of it."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kzus.index.store import open_index, with_lens
from kzus.query.filters import read_lens
from kzus.query.limits import Deadline

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from kzus.facts.lens import Hidden, Lens
    from kzus.facts.reader import OnProgress
    from kzus.render.environment import Environment


class OpenedFacts:
    """A fact file, whose index is opened when it is first asked."""

    def __init__(
        self,
        path: Path,
        env: Environment,
        warn: Callable[[str], object],
        *,
        source: Sequence[str] | None = None,
        as_of: str | None = None,
        is_rebuilt: bool = False,
    ) -> None:
        """Open the fact file at `path`; `env` shows the progress of long work, `warn` hears what is to be mended.

        `source` and `as_of` are the lens. `is_rebuilt` says that the index was damaged and is built anew.
        """
        self.path, self._env, self._warn = path, env, warn
        self.source, self.as_of = source or (), as_of
        self._is_rebuilt = is_rebuilt
        self.hidden: Hidden | None = None
        self.deadline = Deadline()

    @cached_property
    def whole(self) -> sqlite3.Connection:
        """The index without the lens."""
        with self.progress() as on_progress:
            found = open_index(self.path, on_progress, remark=self._warn, is_rebuilt=self._is_rebuilt)
            return self.deadline.bind(found)

    @property
    def is_opened(self) -> bool:
        """Whether anything was asked of them."""
        # Where `cached_property` keeps what it has made; to ask for it would open the index.
        return "whole" in vars(self)

    @cached_property
    def index(self) -> sqlite3.Connection:
        """The index with the lens applied if there is one; `hidden` is what the lens hides then."""
        if self.lens is None:
            return self.whole
        from kzus.facts.lens import hidden

        seen = with_lens(self.whole, self.lens)
        self.hidden = hidden(self.whole, seen, self.lens)
        return self.deadline.bind(seen)

    @cached_property
    def lens(self) -> Lens | None:
        """The lens that was asked for; none where it shows the whole file, as a day in the future does."""
        if not self.source and self.as_of is None:
            return None
        from kzus.facts.lens import effective

        asked = read_lens(self.whole, self.source, self.as_of)
        # A day at or after that of the file hides nothing, and is no lens.
        (as_of,) = self.whole.execute("SELECT value FROM meta WHERE key = 'as_of'").fetchone()
        found = effective(asked, as_of)
        return found if found.sources or found.as_of else None

    def edition(self) -> dict[str, Any]:
        """Return what a document says of the facts: their version, how far they reach, and the lens."""
        known = dict(self.whole.execute("SELECT key, value FROM meta WHERE key IN ('version', 'as_of')"))
        return {"version": known.get("version"), "as_of": known["as_of"], "lens": self._lens_document()}

    def _lens_document(self) -> dict[str, Any] | None:
        """Return the lens and what it hides, as an answer in JSON names them; none without a lens."""
        if self.lens is None or self.index is self.whole or self.hidden is None:
            return None
        return {"source": list(self.lens.sources), "as_of": self.lens.as_of, "hidden": self.hidden._asdict()}

    @contextmanager
    def progress(self) -> Iterator[OnProgress | None]:
        """Give a callback that shows the progress of long work, if a person is watching stderr."""
        if not self._env.is_watched:
            yield None
            return
        from kzus.render.stderr import ProgressBar

        bar = ProgressBar(self._env)
        try:
            yield bar
        finally:
            bar.end()
