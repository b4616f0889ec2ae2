"""Where what a command has to say comes together: a terminal's text, or the parts of a document, until all is said."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from kzus.render.document import Note
from kzus.render.formats import WHOLE, write_drawn, write_whole

if TYPE_CHECKING:
    from kzus.render.document import Part
    from kzus.render.environment import Environment


class Press:
    """Holds back what is drawn on a terminal, which may need a pager, and the parts of a document; a pipe flows."""

    def __init__(self, env: Environment) -> None:
        """Print into `env`; whatever else writes must use the environment of the press, so that all is in order."""
        self._outside = env
        self.env = env._replace(stdout=io.StringIO()) if env.is_terminal else env
        self._parts: list[Part] = []
        self._is_begun = False

    def put(self, part: Part, form: str) -> None:
        """Take one part of an answer, set apart from those before it unless it is a note on them."""
        if form in WHOLE:
            self._parts.append(part)
            return
        if self._is_begun and not isinstance(part, Note):
            self.env.stdout.write("\n")
        self._is_begun = True
        write_drawn(self.env, part)

    def finish(self, form: str) -> None:
        """Hand over what was held back, through the pager if it is longer than the screen."""
        if self._parts:
            write_whole(self.env, self._parts)
        if not self._outside.is_terminal:
            return
        text, env = self.env.stdout.getvalue(), self._outside  # type: ignore[attr-defined]
        if env.pager and form == "table" and text.count("\n") >= env.height:
            from kzus.render.terminal.pager import page

            env.stdout.flush()
            if page(text, env.pager):
                return
        env.stdout.write(text)
