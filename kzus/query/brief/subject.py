"""What a card is of, if not of the whole file."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from kzus.errors import UnknownNameError, UsageError
from kzus.query.filters import Filter, resolve
from kzus.values.text import quoted

if TYPE_CHECKING:
    import sqlite3

_KINDS = {"sector": ("sectors", "label"), "party": ("parties", "name")}


class Subject(NamedTuple):
    """A sector or a party that a card is of."""

    kind: str
    id: str
    name: str

    def filter(self) -> Filter:
        """Return the question for what belongs to it."""
        return Filter(sector=(self.id,)) if self.kind == "sector" else Filter(party=(self.id,))


def find_subject(index: sqlite3.Connection, name: str) -> Subject:
    """Find the sector or party that a person means; raises `UnknownNameError`, or `UsageError` if it is both."""
    found = {}
    for kind in _KINDS:
        with suppress(UnknownNameError):
            found[kind] = resolve(index, kind, name)
    if not found:
        known = (row[0] for row in index.execute("SELECT name FROM names ORDER BY name"))
        raise UnknownNameError("sector or party", name, known)
    # Who types the id itself means that one, whatever else is called so.
    if len(found) > 1 and name not in found.values():
        both = " and ".join(f"the {kind} '{i}'" for kind, i in found.items())
        raise UsageError(f"{quoted(name)} is {both}; write the id of one of them")
    kind, i = next(((kind, i) for kind, i in found.items() if i == name), next(iter(found.items())))
    table, called = _KINDS[kind]
    row = index.execute(f"SELECT {called} FROM {table} WHERE id = ?", (i,)).fetchone()  # noqa: S608 - our own names
    return Subject(kind, i, row[0] if row else i)  # a lens may hide it
