"""Buffers the output of one command until it ends, and pages what is longer than the screen."""

from __future__ import annotations

import io
import os
import re
from typing import TYPE_CHECKING

from kzus.render.document import Footnote
from kzus.render.formats import DOCUMENTS, write_document, write_to_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kzus.render.document import Document, DocumentPart
    from kzus.render.environment import Environment

_LESS_OPTIONS = {"LESS": "FRX", "LESSCHARSET": "utf-8"}
"""As git has it: quit if all fits on the screen, keep colours and links, leave the text on the screen."""
_WITH_COLOUR = frozenset("less bat batcat delta moar moor most ov".split())
"""Pagers that show colours; less only if it is told to, whatever LESS says."""
_LINKS = 566
"""The version of less from which on it shows links."""
_STYLE = re.compile("\x1b\\[[0-9;]*m")
_LINK = re.compile("\x1b]8;[^\x1b]*\x1b\\\\")


class Buffer:
    """Buffers text for a terminal, which may need a pager, and the parts of a document; a pipe isn't buffered."""

    def __init__(self, env: Environment) -> None:
        """Buffer output for `env`; whatever else is printed must go to the buffer's own `env`, to keep the order."""
        self._target = env
        self.env = env._replace(stdout=io.StringIO()) if env.is_terminal else env
        self._parts: list[DocumentPart] = []
        self._has_parts = False

    def add(self, part: DocumentPart, form: str) -> None:
        """Add one part of an answer, after an empty line unless it is a note on the part before."""
        if form in DOCUMENTS:
            self._parts.append(part)
            return
        if self._has_parts and not isinstance(part, Footnote):
            self.env.stdout.write("\n")
        self._has_parts = True
        write_to_terminal(self.env, part)

    def finish(self, form: str, make_document: Callable[[Sequence[DocumentPart]], Document]) -> None:
        """Print what was buffered, through the pager if it is longer than the screen.

        `make_document` adds to the parts of a document what isn't a part of the answer.
        """
        if self._parts:
            write_document(self.env, make_document(self._parts), form)
        if not self._target.is_terminal:
            return
        text, env = self.env.stdout.getvalue(), self._target  # type: ignore[attr-defined]
        # As many lines as the screen are too many: the shell's prompt takes one.
        if env.pager and form == "table" and text.count("\n") >= env.height:
            # The pager writes into the terminal by itself, behind what is already on its way.
            env.stdout.flush()
            if show_in_pager(text, env.pager):
                return
        env.stdout.write(text)


def show_in_pager(text: str, pager: str) -> bool:
    """Show text in a pager until the person quits it; `False` if there is no such pager."""
    import shlex
    import signal
    import subprocess

    try:
        program, *options = shlex.split(pager, posix=os.name != "nt")
        command = [os.path.expanduser(program), *options]  # noqa: PTH111 - a Path would look for it in this folder
        command, text = _fitted_command(command, text)
        # What the person has set for less wins.
        process = subprocess.Popen(  # noqa: S603 - the user chose this program
            command, stdin=subprocess.PIPE, env={**_LESS_OPTIONS, **os.environ}
        )
    except (OSError, ValueError):
        return False
    # Ctrl-C is for the pager, which keeps running; so must we.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process.communicate(text.encode("utf-8", "backslashreplace"))  # no error if the pager is quit early
    finally:
        signal.signal(signal.SIGINT, before)
    return True


def _fitted_command(command: list[str], text: str) -> tuple[list[str], str]:
    """Return the command of a pager so that it shows colours, and the text without what it can't show."""
    name = os.path.basename(command[0]).removesuffix(".exe")  # noqa: PTH119 - of a str
    if "\x1b" not in text or (name not in _WITH_COLOUR and not os.environ.get("FORCE_COLOR")):
        return command, _LINK.sub("", _STYLE.sub("", text))
    if name != "less":
        return command, text
    # Asked only where there are links, since it starts less once more.
    has_links = "\x1b]8;" not in text or _version_of_less(command[0]) >= _LINKS
    return [command[0], "-R", *command[1:]], text if has_links else _LINK.sub("", text)


def _version_of_less(program: str) -> int:
    """Return the version of less, 0 where it tells none."""
    import subprocess

    done = subprocess.run([program, "--version"], capture_output=True, text=True, errors="replace", check=False)  # noqa: S603 - the user chose it
    found = re.match(r"less (\d+)", done.stdout)
    return int(found[1]) if found else 0
