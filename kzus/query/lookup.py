"""Which entry a person means: by its id, by what it is called, or by the start of either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.errors import AmbiguousNameError, UnknownIdError
from kzus.facts.vocabulary import SINGULAR
from kzus.values.names import composed, fold, matching

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    Found = list[tuple[str, str, str]]

_ENTRIES = (
    "SELECT id, kind, title FROM entries WHERE kind = coalesce(?, kind) AND {} ORDER BY kind = 'sources', position"
)


def named(index: sqlite3.Connection, name: str, kind: str | None = None) -> str:
    """Return the id of the entry that a person means by `name`, of one `kind` only if that is given.

    An id goes before a name, what is written in full before what is only begun, and what sectors and parties
    are called before titles. Raises `AmbiguousNameError` with the candidates, `UnknownIdError` with near ids.
    """
    for found in _candidates(index, name, kind):
        if len(found) == 1:
            return found[0][0]
        if found:
            raise AmbiguousNameError(name, [(i, SINGULAR[kind], title) for i, kind, title in found])
    rows = index.execute("SELECT id FROM entries UNION SELECT name FROM names ORDER BY 1")
    known = {fold(row[0]): row[0] for row in rows}
    raise UnknownIdError(name, known.values())


def _candidates(index: sqlite3.Connection, name: str, kind: str | None) -> Iterator[Found]:
    """Yield those who may be meant, the surest first."""
    given, folded = composed(name), fold(name)
    slug = folded.replace(" ", "-")

    def find(condition: str, *bound: str) -> Found:
        return index.execute(_ENTRIES.format(condition), (kind, *bound)).fetchall()

    yield find("id = ?", given)
    yield find("id = ?", slug)
    yield find("id IN (SELECT id FROM names WHERE name = ?)", folded)
    if not slug:
        return
    titled = find(
        "position IN (SELECT rowid FROM search WHERE search MATCH ?)", f"{{title aliases id}}: ({matching(name)})"
    )
    yield [entry for entry in titled if fold(entry[2]) == folded]
    yield find("id >= ? AND id < ? || '{'", slug, slug)  # the sign after z
    yield find("id IN (SELECT id FROM names WHERE instr(' ' || name, ' ' || ?))", folded)
    yield titled
