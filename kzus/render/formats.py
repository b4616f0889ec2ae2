"""The formats that an answer can be printed in; each renderer is imported when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzus.render.document import Part, Sheet
    from kzus.render.environment import Environment

FORMATS = ("table", "tsv", "csv", "json", "jsonl", "yaml", "markdown", "html")
OBJECTS = frozenset(("json", "jsonl", "yaml"))
"""Formats for entries as they are, lists and all."""
DRAWN = frozenset(("table", "html"))
"""Formats for a person, which hold pages and pictures as well as rows."""
WHOLE = frozenset(("html",))
"""Drawn formats that are one document, whatever a command says, and so are written at its end."""


def write_rows(env: Environment, sheet: Sheet, form: str) -> None:
    """Print a sheet in a format that isn't `DRAWN`."""
    from kzus.render import text as pipes

    pipes.WRITERS[form](env.stdout, sheet)


def write_drawn(env: Environment, part: Part) -> None:
    """Print one part of an answer as a person sees it on a terminal."""
    from kzus.render.terminal import table

    table.write(env, part)


def write_whole(env: Environment, parts: Sequence[Part]) -> None:
    """Print all parts of an answer as one document."""
    from kzus.render import html

    html.write(env.stdout, parts)
