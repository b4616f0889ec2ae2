"""The output formats: rows for programs are written here, what draws or makes a document is imported when needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.errors import UnknownNameError, UsageError
from kzus.values.text import escaped, spread, unicode_escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any, TextIO

    from kzus.render.data_table import DataTable
    from kzus.render.document import Document, DocumentPart
    from kzus.render.environment import Environment

FORMATS = ("table", "tsv", "csv", "json", "jsonl", "yaml", "markdown", "html")
STRUCTURED = frozenset(("json", "jsonl", "yaml"))
"""Formats that can nest: entries keep their lists."""
_OTHER_NAMES = {"md": "markdown", "yml": "yaml", "ndjson": "jsonl", "htm": "html", "txt": "table"}
"""What people also call formats."""
FOR_PEOPLE = frozenset(("table", "markdown", "html"))
"""Formats for people, which have pages and charts as well as rows."""
DOCUMENTS = frozenset(("markdown", "html"))
"""Formats that are one document, and so can be written only when the command ends."""
_BATCH_ROWS, _BATCH_SIZE = 128, 1_000_000
"""Rows, and about how many characters, that are written at once."""


def find_format(named: str) -> str:
    """Return the format that people call so; raises `UnknownNameError`, and `UsageError` for one that was dropped."""
    form = _OTHER_NAMES.get(named.lower(), named.lower())
    if form in FORMATS:
        return form
    if named == "svg":
        raise UsageError("there is no format 'svg' any more; write '--format html', which any browser shows")
    raise UnknownNameError("format", named, FORMATS)


def write_rows(env: Environment, table: DataTable, form: str) -> None:
    """Print a table in a format that is for programs."""
    _WRITERS[form](env.stdout, table)


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


def write_tsv(out: TextIO, table: DataTable) -> None:
    """Write one line a row; fields are escaped so that a line is a row, whatever the text holds."""
    if table.header:
        out.write("\t".join(escaped(column.name) for column in table.columns) + "\n")
    rows: list[list[str]] = []
    lines: list[str] = []
    size = 0
    for row in _plain_rows(table):
        rows.append(row)
        lines.append("\t".join(row))
        size += len(lines[-1])
        if len(rows) == _BATCH_ROWS or size >= _BATCH_SIZE:
            out.write(_escaped(rows, lines))
            rows, lines, size = [], [], 0
    if rows:
        out.write(_escaped(rows, lines))


def _escaped(rows: Sequence[Sequence[str]], joined: Sequence[str]) -> str:
    """Return the lines of rows; `joined` has them already joined."""
    lines = "\n".join(joined)
    if _needs_no_escape(lines, tabs=len(rows) * (len(rows[0]) - 1), breaks=len(rows) - 1):
        return lines + "\n"
    return "".join("\t".join(map(escaped, row)) + "\n" for row in rows)


def _needs_no_escape(lines: str, tabs: int, breaks: int) -> bool:
    """Tell whether no field needs escaping; ten times as fast as escaping, and almost always true."""
    if "\\" in lines or lines.count("\t") != tabs or lines.count("\n") != breaks:
        return False
    # Tabs and breaks are no fault here: their number has shown that none is within a field.
    return lines.replace("\t", "").replace("\n", "").isprintable()


def write_csv(out: TextIO, table: DataTable) -> None:
    """Write CSV; neither a spreadsheet nor a terminal executes anything in a cell."""
    from kzus.render import csvtext

    def csv_cell(text: str) -> str:
        return csvtext.inert(text if text.isprintable() else spread(text))

    writer = csvtext.writer(out)
    if table.header:
        writer.writerow(csv_cell(column.name) for column in table.columns)
    writer.writerows(map(csv_cell, row) for row in _plain_rows(table))


def records(table: DataTable) -> Iterator[dict[str, Any]]:
    """Turn rows into objects whose keys are the columns, in their order."""
    from kzus.render import cells

    for row in table.rows:
        cells_of = zip(table.columns, row, strict=True)
        yield {column.name: cells.json_value(column.kind, cell) for column, cell in cells_of}


def write_objects(out: TextIO, objects: Iterable[object]) -> None:
    """Write a JSON array with one object a line; an empty one is `[]`."""
    # Written as rows come, so that no answer is too long for the memory.
    first = True
    for line in _dumped(objects):
        out.write(("[\n  " if first else ",\n  ") + line)
        first = False
    out.write("[]\n" if first else "\n]\n")


def write_lines(out: TextIO, objects: Iterable[object]) -> None:
    """Write one JSON object a line."""
    out.writelines(line + "\n" for line in _dumped(objects))


def write_value(out: TextIO, value: object, form: str) -> None:
    """Write one value as YAML, as one line of JSON, or in any other format as indented JSON."""
    if form == "jsonl":
        write_lines(out, [value])
    elif form == "yaml":
        write_yaml(out, value)
    else:
        write_indented(out, value)


def write_entries(out: TextIO, entries: Sequence[object], form: str) -> None:
    """Write entries in a format that can nest: as a list, or one a line."""
    writers = {"jsonl": write_lines, "yaml": write_yaml}
    writers.get(form, write_objects)(out, entries)


def write_yaml(out: TextIO, value: object) -> None:
    """Write one value as YAML."""
    from kzus.render import yaml

    yaml.dump_yaml(out, value)


def write_indented(out: TextIO, document: object) -> None:
    """Write one JSON value over several lines."""
    import json

    out.write(unicode_escaped(json.dumps(document, ensure_ascii=False, indent=2)) + "\n")


def _plain_rows(table: DataTable) -> Iterator[list[str]]:
    texts = [at for at, column in enumerate(table.columns) if column.kind == "texts"]
    # Only lists of texts need more than `str`, and few answers have any.
    if texts:
        from kzus.render.cells import plain_text
    for row in table.rows:
        shaped = ["" if cell is None else str(cell) for cell in row]
        for at in texts:
            shaped[at] = plain_text("texts", row[at])
        yield shaped


def _dumped(objects: Iterable[object]) -> Iterator[str]:
    import json

    return (unicode_escaped(json.dumps(item, ensure_ascii=False)) for item in objects)


_WRITERS: dict[str, Callable[[TextIO, DataTable], None]] = {
    "tsv": write_tsv,
    "csv": write_csv,
    "json": lambda out, table: write_objects(out, records(table)),
    "jsonl": lambda out, table: write_lines(out, records(table)),
    "yaml": lambda out, table: write_yaml(out, list(records(table))),
}
