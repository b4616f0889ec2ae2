"""The output formats, each with its renderer imported only when it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kzus.render.data_table import DataTable
    from kzus.render.document import Document, DocumentPart
    from kzus.render.environment import Environment

FORMATS = ("table", "tsv", "csv", "json", "jsonl", "yaml", "markdown", "html")
STRUCTURED = frozenset(("json", "jsonl", "yaml"))
"""Formats that can nest: entries keep their lists."""
ALIASES = {"md": "markdown"}
"""Other names of formats."""
FOR_PEOPLE = frozenset(("table", "markdown", "html"))
"""Formats for people, which have pages and charts as well as rows."""
DOCUMENTS = frozenset(("markdown", "html"))
"""Formats that are one document, and so can be written only when the command ends."""


def write_rows(env: Environment, table: DataTable, form: str) -> None:
    """Print a table in a format that is for programs."""
    from kzus.render import text

    text.WRITERS[form](env.stdout, table)


def write_to_terminal(env: Environment, part: DocumentPart) -> None:
    """Print one part of an answer on a terminal."""
    from kzus.render.terminal import draw

    draw.print_part(env, part)


def write_document(env: Environment, document: Document, form: str) -> None:
    """Print an answer as one document."""
    if form == "html":
        from kzus.render import html

        html.write_html(env.stdout, document)
    else:
        from kzus.render import markdown

        markdown.write_markdown(env.stdout, document)
