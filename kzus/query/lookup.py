"""What a person means by a name: which entry, by its id, what it is called or the start of either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.errors import AmbiguousNameError, KzusError, UnknownIdError
from kzus.facts.vocabulary import SINGULAR
from kzus.values.names import composed, fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

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
            raise _ambiguous(name, found, _what_an_id_is(index, name, kind))
    rows = index.execute("SELECT id FROM entries UNION SELECT name FROM names ORDER BY 1")
    # By what they are folded to, so that the same name isn't suggested twice.
    known = {fold(row[0]): row[0] for row in rows}
    raise UnknownIdError(name, known.values(), start=_what_an_id_is(index, name, kind))


def _what_an_id_is(index: sqlite3.Connection, name: str, kind: str | None) -> str:
    """Say to somebody who types a bare number what an id looks like."""
    is_number = kind is None and name.strip().isdecimal()
    deal = best_known_deal(index, "id NOT GLOB '*[0-9]*'") if is_number else ""
    return f"an id is a word such as {deal}; " if deal else ""


def best_known_deal(index: sqlite3.Connection, condition: str, *bound: str) -> str:
    """Return the id of the deal that most sources tell of, empty if there is none; `condition` is our own SQL."""
    query = f"SELECT id FROM deals WHERE {condition} ORDER BY length(sources) - length(replace(sources, ',', '')) DESC"  # noqa: S608
    row = index.execute(f"{query}, rowid LIMIT 1", bound).fetchone()
    return str(row[0]) if row else ""


def named_ids(index: sqlite3.Connection, names: Sequence[str]) -> list[str]:
    """Return the ids that are meant, each by one name, or one by words of its title that stand unquoted."""
    try:
        return list(dict.fromkeys(named(index, name) for name in names))
    except KzusError:
        if len(names) == 1 or (found := by_words(index, " ".join(names))) is None:
            raise
        return [found]


def _candidates(index: sqlite3.Connection, name: str, kind: str | None) -> Iterator[Found]:
    """Yield those who may be meant, the surest first."""
    given, folded = composed(name), fold(name)  # an id as it was typed goes before all else
    slug = folded.replace(" ", "-")  # an id may be typed with spaces or in capitals

    def find(condition: str, *bound: str) -> Found:
        return index.execute(_ENTRIES.format(condition), (kind, *bound)).fetchall()

    yield find("id = ?", given)
    yield find("id = ?", slug)
    yield find("id IN (SELECT id FROM names WHERE name = ?)", folded)
    if not slug:  # every id begins with nothing
        return
    from kzus.query.words import full_text_query

    titled = _titled(index, full_text_query(index, name, are_beginnings=True), kind)
    # A whole title goes before all that only begins so.
    yield [entry for entry in titled if fold(entry[2]) == folded]
    begun = find("id >= ? AND id < ? || '{'", slug, slug)  # the sign after z
    called = find("id IN (SELECT id FROM names WHERE instr(' ' || name, ' ' || ?))", folded)
    # Listed with all others, for an unsure start of an id would hide the entries whose titles have the word.
    if len(begun) > 1:
        yield list(dict.fromkeys((*begun, *called, *_without_sources(titled))))
    yield from (begun, called, _without_sources(titled))


def by_words(index: sqlite3.Connection, words: str) -> str | None:
    """Return the id of the one entry in whose title all words stand whole; none if there is no such entry.

    Raises `AmbiguousNameError` with the candidates. Sources count only where nothing else has the words.
    """
    from kzus.query.words import full_text_query

    found = _without_sources(_titled(index, full_text_query(index, words), None))
    if len(found) > 1:
        raise _ambiguous(words, found)
    return found[0][0] if found else None


def _titled(index: sqlite3.Connection, query: str, kind: str | None = None) -> Found:
    """Return the entries, of one `kind` if given, whose title, other names or id answer a query of the full text."""
    condition = "position IN (SELECT rowid FROM search WHERE search MATCH ?)"
    return index.execute(_ENTRIES.format(condition), (kind, f"{{title aliases id}}: ({query})")).fetchall()


def _without_sources(found: Found) -> Found:
    return [entry for entry in found if entry[1] != "sources"] or found


def _ambiguous(name: str, found: Found, start: str = "") -> AmbiguousNameError:
    return AmbiguousNameError(name, [(i, SINGULAR[kind], title) for i, kind, title in found], start)
