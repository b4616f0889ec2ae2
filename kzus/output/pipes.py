"""The formats for programs: tab- and comma-separated lines, JSON and JSON lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.output import cells
from kzus.texts import escaped, unicode_escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, TextIO

    from kzus.query import Column


def write_tsv(out: TextIO, columns: tuple[Column, ...], rows: Iterable[tuple[Any, ...]], *, header: bool) -> None:
    """Write one line a row; fields are escaped so that a line is a row, whatever the text holds."""
    if header:
        out.write("\t".join(column.name for column in columns) + "\n")
    kinds = [column.kind for column in columns]
    for row in rows:
        fields = (escaped(cells.plain(kind, cell)) for kind, cell in zip(kinds, row, strict=True))
        out.write("\t".join(fields) + "\n")


def write_csv(out: TextIO, columns: tuple[Column, ...], rows: Iterable[tuple[Any, ...]], *, header: bool) -> None:
    """Write RFC 4180 with newlines alone as line ends."""
    import csv

    writer = csv.writer(out, lineterminator="\n")
    if header:
        writer.writerow(column.name for column in columns)
    kinds = [column.kind for column in columns]
    writer.writerows([cells.plain(kind, cell) for kind, cell in zip(kinds, row, strict=True)] for row in rows)


def records(columns: tuple[Column, ...], rows: Iterable[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """Turn rows into objects whose keys are the columns, in their order."""
    for row in rows:
        yield {column.name: cells.structured(column.kind, cell) for column, cell in zip(columns, row, strict=True)}


def write_json(out: TextIO, objects: Iterable[object]) -> None:
    """Write an array with one object a line; an empty one is `[]`."""
    first = True
    for line in _dumped(objects):
        out.write(("[\n  " if first else ",\n  ") + line)
        first = False
    out.write("[]\n" if first else "\n]\n")


def write_jsonl(out: TextIO, objects: Iterable[object]) -> None:
    """Write one object a line."""
    out.writelines(line + "\n" for line in _dumped(objects))


def write_document(out: TextIO, document: object) -> None:
    """Write one JSON value over several lines."""
    import json

    out.write(unicode_escaped(json.dumps(document, ensure_ascii=False, indent=2)) + "\n")


def _dumped(objects: Iterable[object]) -> Iterator[str]:
    import json

    return (unicode_escaped(json.dumps(item, ensure_ascii=False)) for item in objects)
