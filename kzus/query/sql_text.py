"""The text of SQL: the statements that made the tables, and the names in a query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kzus.errors import hint

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

_TOKEN = re.compile(
    r"""(?P<text>'(?:[^']|'')*')|"(?P<quoted>(?:[^"]|"")*)"|`(?P<backquoted>(?:[^`]|``)*)`|\[(?P<bracketed>[^]]*)\]"""
    r"""|(?P<comment>--[^\n]*|/\*.*?(?:\*/|\Z))|(?P<word>[^\W\d]\w*)""",
    re.DOTALL,
)
_NAMES = ("word", "quoted", "backquoted", "bracketed")


def schema(index: sqlite3.Connection) -> str:
    """Return the statements that made the tables, with the comments in them."""
    return "\n\n".join(f"{sql};" for sql in statements(index).values())


def statements(index: sqlite3.Connection) -> dict[str, str]:
    """Return what made each table and index, by its name, without the tables that SQLite keeps a search in."""
    made = index.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
    searches = tuple(f"{name}_" for name, sql in made if sql.startswith("CREATE VIRTUAL"))
    return {name: sql for name, sql in made if not name.startswith(searches)}


def without_quoted_text(query: str) -> str:
    """Write names in double quotes with backquotes, in which SQLite takes no word for text.

    In double quotes it takes a name that it doesn't know for text, unless it was built otherwise. Python can turn
    that off from 3.12 on only.
    """

    def rewrite(found: re.Match[str]) -> str:
        name = found["quoted"]
        return found[0] if name is None else "`{}`".format(name.replace('""', '"').replace("`", "``"))

    return _TOKEN.sub(rewrite, query)


def is_explain(query: str) -> bool:
    """Tell whether a query asks how another would be answered."""
    first = next((found for found in _TOKEN.finditer(query) if found.lastgroup != "comment"), None)
    return bool(first and first[0].casefold() == "explain")


def meant(index: sqlite3.Connection, query: str, message: str) -> str:
    """Say which table or column could have been meant by one that isn't there, and how text is written."""
    what, _, name = message.partition(": ")
    tables = [made for made, sql in statements(index).items() if not sql.startswith("CREATE INDEX")]
    if what == "no such table":
        return hint(name, tables)
    if what != "no such column":
        return ""
    if any(found["quoted"] == name for found in _TOKEN.finditer(query)):
        text = name.replace('""', '"').replace("'", "''")
        return f"{_column_hint(index, tables, query, name)}; write text in single quotes: '{text}'"
    return _column_hint(index, tables, query, name)


def _column_hint(index: sqlite3.Connection, tables: Sequence[str], query: str, name: str) -> str:
    """Say which column could have been meant, of the tables that the query names; all of one table, if none is near."""
    columns = {table: _columns(index, table) for table in tables}
    asked = _asked(query, tables) or list(tables)
    name = name.rpartition(".")[2]
    found = hint(name, dict.fromkeys(column for table in asked for column in columns[table]))
    others = [table for table in tables if name in columns[table] and table not in asked]
    return found or (f" (it is a column of {', '.join(others)})" if others else "")


def _columns(index: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in index.execute(f'PRAGMA table_info("{table}")')]


def _asked(query: str, tables: Sequence[str]) -> list[str]:
    """Return the tables that a query names."""
    words = {name.casefold() for name in _names(query)}
    return [table for table in tables if table in words]


def _names(query: str) -> Iterator[str]:
    for found in _TOKEN.finditer(query):
        if found.lastgroup in _NAMES:
            yield found[found.lastgroup]
