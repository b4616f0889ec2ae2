"""Shell completion: what Tab offers for the options of a command, as callables for Typer's `autocompletion=`.

They return values without help texts, because Typer imports rich to print those, which takes too long for Tab.
File names are left to the shell, which completes them wherever kzus offers nothing.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

import typer

from kzus.commands import FACTS_IN_FRONT
from kzus.errors import KzusError
from kzus.facts.vocabulary import KINDS
from kzus.index.fact_file import FactFile, fact_file
from kzus.index.store import open_index
from kzus.query.filters import FLAGS, VOCABULARIES
from kzus.query.listing import Column
from kzus.render.formats import FORMATS
from kzus.values.names import fold

Complete = Callable[[typer.Context, str], list[str]]
_IDS_BEGINNING = "SELECT id FROM {0} WHERE id >= ?1 AND id < ?1 || '{{' ORDER BY id"
"""The ids of a table with a prefix; `{` is the character after z."""
_NAMES_BEGINNING = "SELECT name FROM names WHERE kind IN ({}) AND substr(name, 1, length(?1)) = ?1 ORDER BY name"
_TAGS_BEGINNING = "SELECT DISTINCT tag FROM deal_tags WHERE substr(tag, 1, length(?1)) = ?1 ORDER BY tag"

_VOCABULARY_OF = {
    # Flags have options of their own.
    **{name: [word for word in words if word not in FLAGS] for name, words in VOCABULARIES.items()},
    "kind": tuple(KINDS),
    "format": FORMATS,
}
_TABLES_OF = {"sector": ("sectors",), "party": ("parties",), "package": ("packages",), "source": ("sources",)}


def add_completions(function: Any) -> None:
    """Give each parameter of a command that Tab can complete its callable; `function` is what `command` returns."""
    every, parts, own_words, own_ids = function.offered
    offers = {
        "tag": tags,
        "columns": columns(every, parts),
        "sort": columns(every, parts, is_sort=True),
        **{name: words(each) for name, each in {**_VOCABULARY_OF, **own_words}.items()},
        **{name: ids(*tables) for name, tables in {**_TABLES_OF, **own_ids}.items()},
    }
    # Commands share options but not their columns, so an option is given its callable anew for each command.
    for name in function.__signature__.parameters.keys() & offers.keys():
        (option,) = function.__signature__.parameters[name].annotation.__metadata__
        option.autocompletion = offers[name]


def words(every: Sequence[str]) -> Complete:
    """Complete a word of a vocabulary, with hyphens for spaces, because hyphens need no quotes."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:  # noqa: ARG001 - Typer's signature
        return [word for each in every if (word := each.replace(" ", "-")).startswith(incomplete)]

    return complete


def ids(*tables: str) -> Complete:
    """Complete an id of the tables; if none matches, a name or alias."""
    named = [table for table in ("sectors", "parties") if table in tables or "entries" in tables]

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        found = [word for table in tables for word in _look_up(ctx, _IDS_BEGINNING.format(table), incomplete)]
        if found or not incomplete:
            return found
        begun = fold(incomplete)
        kinds = ", ".join(f"'{table}'" for table in named)
        # Of another length, what is typed can't be gone on with letter by letter.
        names = _look_up(ctx, _NAMES_BEGINNING.format(kinds), begun) if len(begun) == len(incomplete) else ()
        return [incomplete + name[len(begun) :].replace(" ", "-") for name in names]

    return complete


def tags(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete a tag."""
    return list(_look_up(ctx, _TAGS_BEGINNING, incomplete))


def columns(
    every: Sequence[Column], parts: Callable[[], Sequence[Column]] | None = None, *, is_sort: bool = False
) -> Complete:
    """Complete the last of several comma-separated columns; those that `parts` returns after --explain."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        before, comma, begun = incomplete.rpartition(",")
        sign = "-" * (is_sort and begun.startswith("-"))
        given = [name.removeprefix("-") for name in before.split(",")]
        names = [column.name for column in (parts() if parts and ctx.params.get("explain") else every)]
        if not is_sort and not comma:
            names.append("help")
        return [f"{before}{comma}{sign}{name}" for name in names if name not in given]

    return complete


def _look_up(ctx: typer.Context, query: str, begun: str) -> Iterator[str]:
    """Yield the matches in the index of the fact file in use; nothing if the file is faulty."""
    # Nobody reads a message between two Tabs, and it would break the line that is typed.
    with suppress(KzusError, sqlite3.Error, OSError, ValueError):
        path = fact_file(ctx.meta.get(FACTS_IN_FRONT, ctx.params.get("facts")))
        if FactFile.at(path).can_come_again:  # a pipe can be read only once, by the command itself
            yield from (row[0] for row in open_index(path).execute(query, (begun,)))
