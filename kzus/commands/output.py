"""The output options of a command."""

# Annotations are evaluated here: Python compiles each that is text when it makes a NamedTuple, for every query.

from typing import Annotated, NamedTuple

import typer

from kzus.errors import UnknownNameError, UsageError
from kzus.render.formats import FORMATS

All = Annotated[bool, typer.Option("--all", help="Print all there is, instead of the most important.")]
Force = Annotated[bool, typer.Option("--force", help="Replace what exists.")]


class Output(NamedTuple):
    """The output options; without a format, a terminal gets a table and a pipe TSV."""

    format: str | None = None
    columns: str | None = None
    sort: str | None = None
    limit: int | None = None
    no_header: bool = False


class CommandDone(Exception):  # noqa: N818 - not an error
    """Raised to end a command early, when its options alone were the question: `--columns help`."""


def find_format(named: str) -> str:
    """Return the format that people call so; raises `UnknownNameError`, and `UsageError` for one that was dropped."""
    from kzus.query.common_names import common_name

    if named == "svg":
        raise UsageError("there is no format 'svg' any more; write '--format html', which any browser shows")
    if (form := common_name("format", named.lower())) not in FORMATS:
        raise UnknownNameError("format", named, FORMATS)
    return form
