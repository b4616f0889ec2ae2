"""The reply to a shell that asks for a completion."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress

from kzus.completion.grammar import read
from kzus.completion.line import complete
from kzus.completion.shells import SHELLS, answer, question
from kzus.environment import Environment
from kzus.errors import ExitCode, KzusError
from kzus.index import fact_file, open_index


def main() -> int:
    """Print what may stand at the cursor, and never an error; fail where the shell may offer files."""
    shell = os.environ["_KZUS_COMPLETE"].removeprefix("complete_").replace("powershell", "pwsh")
    if shell not in SHELLS:
        return ExitCode.FAILED
    with suppress(KzusError, sqlite3.Error, OSError, ValueError):
        found = complete(read(), *question(shell, os.environ), _index)
        if found is None:
            return ExitCode.FAILED
        stdout = Environment.of_process().stdout
        stdout.write(answer(shell, found))
        stdout.flush()
    return ExitCode.DONE


def _index(named: str | None) -> sqlite3.Connection:
    path = fact_file(named or os.environ.get("KZUS_FACTS"))
    if not path.is_file():  # a pipe is read by the command itself, and only once
        raise KzusError(f"nothing can be completed from '{path}'")
    return open_index(path)
