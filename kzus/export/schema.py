"""The tables of the index as the comments in its CREATE TABLE statements describe them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kzus.query.sql import statements

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

_FOR_LOOKUP = frozenset(("meta", "names", "hidden_names", "search", "spellings"))
"""Tables without facts: `meta` describes the file, the others only serve lookup and search."""
_FOR_SEARCH = frozenset(("aliases", "words", "parties"))
"""Columns of `entries` that only repeat other tables, for the search."""


class TableColumn(NamedTuple):
    """A column; `kind` is its declared type, `key` its place in the primary key from 1, or 0."""

    name: str
    kind: str
    is_needed: bool
    key: int
    about: str


class FactTable(NamedTuple):
    """A table with facts; `references` has the column, table and column of each foreign key."""

    name: str
    about: str
    columns: Sequence[TableColumn]
    references: Sequence[tuple[str, str, str]]

    @property
    def primary_key(self) -> list[str]:
        """The names of the columns of its primary key, in their order."""
        return [column.name for column in sorted(self.columns, key=lambda column: column.key) if column.key]

    def rows(self, index: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
        """Yield its rows, sorted by its primary key."""
        return self.select(index, ", ".join(f'"{name}"' for name in self.primary_key))

    def select(self, index: sqlite3.Connection, order: str) -> Iterator[tuple[object, ...]]:
        """Yield its rows in the order of an SQL clause."""
        names = ", ".join(f'"{column.name}"' for column in self.columns)
        yield from index.execute(f"SELECT {names} FROM {self.name} ORDER BY {order}")  # noqa: S608 - names from the schema


def fact_tables(index: sqlite3.Connection) -> Iterator[FactTable]:
    """Yield the tables that hold facts, in the order of the schema."""
    for name, sql in statements(index).items():
        if sql.startswith("CREATE TABLE") and name not in _FOR_LOOKUP:
            # SQLite keeps a statement as it was written, comments and all.
            about = re.match(r"CREATE TABLE \w+ \( -- (.*)", sql)
            yield FactTable(name, about[1] if about else "", _table_columns(index, name, sql), _references(index, name))


def _table_columns(index: sqlite3.Connection, table: str, sql: str) -> list[TableColumn]:
    about = dict(re.findall(r'^ +"?(\w+)"? .* -- (.*)$', sql, re.MULTILINE))
    columns = index.execute('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (table,)).fetchall()
    return [
        # SQLite tells of a primary key that it is NOT NULL only in a table WITHOUT ROWID; here none is ever null.
        TableColumn(name, kind, bool(needed or key), key, about.get(name, ""))
        for name, kind, needed, key in columns
        if table != "entries" or name not in _FOR_SEARCH
    ]


def _references(index: sqlite3.Connection, table: str) -> list[tuple[str, str, str]]:
    return sorted(index.execute('SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)', (table,)))
