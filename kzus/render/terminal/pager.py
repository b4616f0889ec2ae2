"""A pager for what is longer than the screen, as git has it."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess

_FOR_LESS = {"LESS": "FRX", "LESSCHARSET": "utf-8"}
"""Leave when all fits on the screen, keep colours and links, leave the text standing."""


def page(text: str, pager: str) -> bool:
    """Show text in a pager until the person leaves it; `False` if there is no such pager."""
    try:
        process = subprocess.Popen(  # noqa: S603 - the person's own choice of program
            shlex.split(pager, posix=os.name != "nt"), stdin=subprocess.PIPE, env={**_FOR_LESS, **os.environ}
        )
    except (OSError, ValueError):
        return False
    # Ctrl-C is the pager's to obey: it stays, and so must we.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process.communicate(text.encode("utf-8", "backslashreplace"))  # which minds no pager that is left early
    finally:
        signal.signal(signal.SIGINT, before)
    return True
