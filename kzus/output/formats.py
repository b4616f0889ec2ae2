"""The formats that an answer can be printed in; each renderer is imported when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kzus.environment import Environment
    from kzus.output.sheet import Sheet

FORMATS = ("table", "tsv", "csv", "json", "jsonl")


def write(env: Environment, sheet: Sheet, form: str) -> None:
    """Print a sheet in one of the `FORMATS`."""
    if form == "table":
        from kzus.output import table

        return table.write(env, sheet)
    from kzus.output import pipes

    return pipes.WRITERS[form](env.stdout, sheet)
