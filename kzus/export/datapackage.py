"""A Frictionless data package, version 1: one CSV file for each table, and a manifest."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kzus import __version__
from kzus.errors import KzusError
from kzus.export.files import target_file
from kzus.export.folder import DATA, MANIFEST, write_folder
from kzus.export.schema import fact_tables
from kzus.index.atomic import followed, naming
from kzus.render import csvtext
from kzus.values.dates import PATTERN
from kzus.values.text import quoted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from kzus.export.schema import FactTable, TableColumn

    Described = dict[str, Any]

LICENCE = {"name": "MIT", "title": "MIT License", "path": "https://opensource.org/license/mit"}
"""The licence of the facts that come with kzus; that of another fact file is unknown."""
_GUARDED = (
    "Text that a spreadsheet would work out has an apostrophe in front; "
    "replace what matches the pattern of textGuard, and it is the true text."
)
_TYPES: dict[str, Described] = {
    # The type `date` of Frictionless takes whole days only, and here a year or a month may stand.
    "DATE TEXT": {"type": "string", "constraints": {"pattern": PATTERN}},
    "LIST TEXT": {"type": "array"},
    "JSON TEXT": {"type": "object"},
    "DECIMAL TEXT": {"type": "number"},
    "URL TEXT": {"type": "string", "format": "uri"},
    "INTEGER": {"type": "integer"},
    "FLAG INTEGER": {"type": "boolean", "trueValues": ["1"], "falseValues": ["0"]},
}
"""The field of each declared column type; any other type is a string."""


def write_datapackage(
    index: sqlite3.Connection, folder: Path | str, *, force: bool = False, licence: dict[str, str] | None = None
) -> None:
    """Write a data package to a folder, new or empty; raises `KzusError` if it isn't, unless `force`.

    Files of the same names are replaced, all others stay. The package is the old or the new one at every moment.
    """
    shown = Path(folder)
    with naming(shown):
        real = followed(shown)
        if real.exists():
            if not real.is_dir():
                raise KzusError(f"{quoted(shown)} is not a folder; name one to write to")
            if not force and any(real.iterdir()):
                raise KzusError(f"{quoted(shown)} is not empty; name another, or write into it with --force")
    write_folder(real, dict(files(index, licence=licence)), shown)


def write_zip(
    index: sqlite3.Connection, target: Path | str, *, force: bool = False, licence: dict[str, str] | None = None
) -> None:
    """Write a data package to one ZIP file; raises `KzusError` if it exists, unless `force`, or can't be written."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    with target_file(target, force=force) as path, ZipFile(path, "w") as package:
        for name, content in files(index, licence=licence):
            # ZipInfo has a fixed time, so that the same facts are the same bytes.
            package.writestr(ZipInfo(name), content, ZIP_DEFLATED)


def files(index: sqlite3.Connection, *, licence: Described | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield the path and content of each file of the package, the manifest last."""
    resources = []
    for table in fact_tables(index):
        content = _csv(index, table)
        resources.append(_resource(table, content))
        yield resources[-1]["path"], content
    manifest = {**_head(index, licence), "resources": resources}
    yield MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()


def _head(index: sqlite3.Connection, licence: Described | None) -> Described:
    facts = dict(index.execute("SELECT key, value FROM meta"))
    described = f"What was known on {facts['as_of']}, every figure with its source, from kzus {__version__}."
    return {
        "profile": "tabular-data-package",
        "name": "kzus",
        "title": facts["title"],
        "description": f"{described} {_GUARDED}",
        "textGuard": {"pattern": csvtext.GUARD, "replacement": ""},
        "version": facts.get("version", __version__),
        **({"licenses": [licence]} if licence else {}),
    }


def _resource(table: FactTable, content: bytes) -> Described:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{DATA}/{table.name}.csv",
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        # The specification takes a hash without the name of its algorithm for MD5.
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": _schema(table),
    }


def _schema(table: FactTable) -> Described:
    return {
        "fields": [_field_descriptor(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": table.primary_key,
        "foreignKeys": [
            {"fields": [field], "reference": {"resource": other, "fields": [its]}}
            for field, other, its in table.references
        ],
    }


def _field_descriptor(column: TableColumn) -> Described:
    typed = _type(column)
    limits = {**typed.get("constraints", {}), **({"required": True} if column.is_needed else {})}
    described = {"description": column.about} if column.about else {}
    return {"name": column.name, **typed, **described, **({"constraints": limits} if limits else {})}


def _type(column: TableColumn) -> Described:
    return _TYPES.get(column.kind, {"type": "string"})


def _csv(index: sqlite3.Connection, table: FactTable) -> bytes:
    numbers = [_type(column)["type"] in ("integer", "number") for column in table.columns]
    out = io.StringIO()
    writer = csvtext.writer(out)
    writer.writerow(column.name for column in table.columns)
    for row in table.rows(index):
        writer.writerow(
            cell if is_number or not isinstance(cell, str) else csvtext.inert(cell)
            for cell, is_number in zip(row, numbers, strict=True)
        )
    return out.getvalue().encode()
