"""The entries of checked facts, collection by collection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kzus.facts.vocabulary import SINGULAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Entries = Mapping[str, Mapping[str, Any]]

TITLES = {"sectors": "label", "parties": "name", "statements": "text"}
"""Which key of an entry names it, where that isn't its title."""


def collections(facts: Mapping[str, Any]) -> Iterator[tuple[str, Entries]]:
    """Yield each collection of the file by its name, in file order."""
    for name, entries in facts.items():
        if name in SINGULAR:
            yield name, entries


def all_entries(facts: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield each entry of the file with the name of its collection and its id, in file order."""
    for kind, found in collections(facts):
        for name, entry in found.items():
            yield kind, name, entry
