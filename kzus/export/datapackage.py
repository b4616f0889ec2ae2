"""The files of a Frictionless data package, version 1: one CSV file for each table, and a manifest.

The schemas are read from the CREATE TABLE statements and the comments in them.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from typing import TYPE_CHECKING, Any

from kzus import __version__
from kzus.query.sql_text import statements
from kzus.render import csvtext
from kzus.values.dates import PATTERN

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    Described = dict[str, Any]

MANIFEST, DATA = "datapackage.json", "data"
_GUARDED = (
    "Text that a spreadsheet would work out has an apostrophe in front; "
    "replace what matches the pattern of textGuard, and it is the true text."
)
_LEFT_OUT = frozenset(("meta", "names", "search"))
"""Tables without facts: `meta` is in the manifest, the others only serve lookup and search."""
_FOR_SEARCH = frozenset(("aliases", "words", "parties", "sector"))
"""Columns of `entries` that only repeat other tables, for the search."""
_TYPES: dict[str, Described] = {
    "DATE TEXT": {"type": "string", "constraints": {"pattern": PATTERN}},
    "LIST TEXT": {"type": "array"},
    "JSON TEXT": {"type": "object"},
    "DECIMAL TEXT": {"type": "number"},
    "URL TEXT": {"type": "string", "format": "uri"},
    "INTEGER": {"type": "integer"},
    "FLAG INTEGER": {"type": "boolean", "trueValues": ["1"], "falseValues": ["0"]},
}
"""The field of each declared column type; any other type is a string."""


def files(index: sqlite3.Connection, *, licence: Described | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield the path and content of each file of the package, the manifest last."""
    resources = []
    for table, sql in statements(index).items():
        if sql.startswith("CREATE TABLE") and table not in _LEFT_OUT:
            schema = _schema(index, table, sql)
            content = _csv(index, table, schema)
            resources.append(_resource(table, sql, schema, content))
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
        "version": __version__,
        **({"licenses": [licence]} if licence else {}),
    }


def _resource(table: str, sql: str, schema: Described, content: bytes) -> Described:
    about = re.match(r"CREATE TABLE \w+ \( -- (.*)", sql)
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "path": f"{DATA}/{table}.csv",
        "description": about[1] if about else "",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def _schema(index: sqlite3.Connection, table: str, sql: str) -> Described:
    """Describe the columns and foreign keys of a table."""
    about = dict(re.findall(r'^ +"?(\w+)"? .* -- (.*)$', sql, re.MULTILINE))
    columns = index.execute('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (table,)).fetchall()
    kept = [column for column in columns if table != "entries" or column[0] not in _FOR_SEARCH]
    references = index.execute('SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)', (table,)).fetchall()
    return {
        "fields": [_field(name, kind, bool(needed or key), about.get(name)) for name, kind, needed, key in kept],
        "missingValues": [""],
        "primaryKey": [name for name, *_, key in sorted(kept, key=lambda column: int(column[3])) if key],
        "foreignKeys": [
            {"fields": [field], "reference": {"resource": other, "fields": [its]}}
            for field, other, its in sorted(references)
        ],
    }


def _field(name: str, kind: str, is_needed: bool, about: str | None) -> Described:  # noqa: FBT001 - read from the table
    typed = _TYPES.get(kind, {"type": "string"})
    limits = {**typed.get("constraints", {}), **({"required": True} if is_needed else {})}
    described = {"description": about} if about else {}
    return {"name": name, **typed, **described, **({"constraints": limits} if limits else {})}


def _csv(index: sqlite3.Connection, table: str, schema: Described) -> bytes:
    names = [field["name"] for field in schema["fields"]]
    chosen, order = (", ".join(f'"{name}"' for name in some) for some in (names, schema["primaryKey"]))
    numbers = [field["type"] in ("integer", "number") for field in schema["fields"]]
    out = io.StringIO()
    writer = csvtext.writer(out)
    writer.writerow(names)
    for row in index.execute(f"SELECT {chosen} FROM {table} ORDER BY {order}"):  # noqa: S608 - names from the schema
        writer.writerow(
            cell if is_number or not isinstance(cell, str) else csvtext.inert(cell)
            for cell, is_number in zip(row, numbers, strict=True)
        )
    return out.getvalue().encode()
