"""The entries of checked facts, collection by collection: what they refer to, and whose side a country is on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kzus.facts.vocabulary import RELATIONS, SINGULAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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


_REFERRING = frozenset(("sector", "parties", "succeeds", "sources", "source", "stage_source", "deal"))
_SOURCES = frozenset(("source", "stage_source"))


def targets(entry: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Return each id that an entry mentions, with the key that it stands under; every source under `sources`."""
    found: set[tuple[str, str]] = set()
    for key, value in entry.items():
        if key in _REFERRING:
            field = "sources" if key in _SOURCES else key
            found.update((field, name) for name in (value if isinstance(value, list) else (value,)))
        elif key in RELATIONS:
            found.update((key, other) for other in related(entry, key))
            found.update(("sources", item["source"]) for item in value if isinstance(item, dict) and "source" in item)
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, dict):
                    # Claims, updates, members and readings name sources and deals of their own.
                    found |= targets(item)
    return found


def related(deal: Mapping[str, Any], relation: str) -> list[str]:
    """Return the ids of the deals to which a deal has a relation, whoever says so."""
    return [other if isinstance(other, str) else other["deal"] for other in deal.get(relation, ())]


def reached(name: str, links: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the ids that links lead to from one, directly or over others."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        new = {*links.get(waiting.pop(), ())} - found
        found |= new
        waiting += new
    return found


def cited(entry: Mapping[str, Any]) -> list[str]:
    """Return every source of an entry once: those listed, then those of its claims, in file order."""
    found = dict.fromkeys([entry["source"]] if "source" in entry else entry.get("sources", ()))
    for key, items in entry.items():
        if key == "stage_source":
            found[items] = None
        elif isinstance(items, list):
            found |= {item["source"]: None for item in items if isinstance(item, dict) and "source" in item}
    return list(found)


def sides(facts: Mapping[str, Any]) -> dict[str, str]:
    """Return the side of each country that the file names, or each country of a party as its own side."""
    if "sides" in facts:
        return {country: side for side, countries in facts["sides"].items() for country in countries}
    homes = (party.get("country") for party in facts.get("parties", {}).values())
    return {country: country for country in homes if country}
