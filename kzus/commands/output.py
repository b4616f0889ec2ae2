"""The output options of a command."""

from __future__ import annotations

from typing import NamedTuple


class Output(NamedTuple):
    """The output options; without a format, a terminal gets a table and a pipe TSV."""

    format: str | None = None
    columns: str | None = None
    sort: str | None = None
    limit: int | None = None
    no_header: bool = False


class CommandDone(Exception):  # noqa: N818 - not an error
    """Raised to end a command early, when its options alone were the question: `--columns help`."""
