"""The words that an option or argument takes, from the vocabulary and from the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FILES = frozenset(("facts", "check.file", "export.target"))
"""Parameters that take a file, for the shell to complete."""
_SECTORS, _PARTIES = ("sectors", "label"), ("parties", "name")
_ENTRIES = (("entries", "title"),)
IDS: Mapping[str, Sequence[tuple[str, str]]] = {
    "sector": (_SECTORS,),
    "party": (_PARTIES,),
    "package": (("packages", "title"),),
    "source": (("sources", "title"),),
    "brief.name": (_SECTORS, _PARTIES),
    "show.ids": _ENTRIES,
    "cite.ids": _ENTRIES,
    "open.name": _ENTRIES,
    "indicators.text": (("indicators", "title"),),
}
"""Parameters that take ids: of which tables, and the column that says what an id stands for."""
COLUMNS = frozenset(("columns", "sort"))
"""Parameters that take columns of their command."""


class Choice(NamedTuple):
    """A word that may stand at the cursor, and what it stands for."""

    word: str
    about: str = ""


def key(command: str, parameter: str) -> str:
    """Return under which name a parameter stands above: its own, unless its command has another use for that."""
    own = f"{command}.{parameter}"
    return own if own in IDS or own in FILES else parameter


def words(every: Iterable[str], begun: str) -> Iterator[Choice]:
    """Yield the words of a vocabulary that begin so, with hyphens for spaces, which need no quotes."""
    return (Choice(word) for each in every if (word := each.replace(" ", "-")).startswith(begun))


def ids(index: sqlite3.Connection, name: str, begun: str) -> Iterator[Choice]:
    """Yield the ids that a parameter takes and that begin so; `{` is the sign after z."""
    for table, about in IDS[name]:
        query = f"SELECT id, {about} FROM {table} WHERE id >= ? AND id < ? || '{{' ORDER BY id"  # noqa: S608 - our own names
        yield from (Choice(*row) for row in index.execute(query, (begun, begun)))


def tags(index: sqlite3.Connection, begun: str) -> Iterator[Choice]:
    """Yield the tags that begin so."""
    query = "SELECT tag, count(*) FROM deal_tags WHERE tag >= ? AND tag < ? || '{' GROUP BY tag ORDER BY tag"
    for tag, deals in index.execute(query, (begun, begun)):
        yield Choice(tag, f"{deals} deal{'s' * (deals != 1)}")


def columns(every: Iterable[tuple[str, str]], written: str, *, is_sort: bool) -> Iterator[Choice]:
    """Yield lists of columns that begin as written: what stands before the last comma, and one more."""
    before, comma, begun = written.rpartition(",")
    sign = "-" * (is_sort and begun.startswith("-"))
    given = [name.removeprefix("-") for name in before.split(",")]
    for name, about in every:
        if name.startswith(begun.removeprefix(sign)) and name not in given:
            yield Choice(f"{before}{comma}{sign}{name}", about)
    if not is_sort and not comma and "help".startswith(begun):
        yield Choice("help", "say what each column holds")
