"""Who refers to whom: the ids of other entries that stand in an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_REFERRING = frozenset(("sector", "parties", "part_of", "finances", "supersedes", "sources", "source", "deal"))


def targets(entry: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Return each id that an entry mentions, with the key that it stands under; every source under `sources`."""
    found: set[tuple[str, str]] = set()
    for key, value in entry.items():
        if key in _REFERRING:
            field = "sources" if key == "source" else key
            found.update((field, name) for name in (value if isinstance(value, list) else (value,)))
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, dict):
                    found |= targets(item)
    return found


def cited(entry: Mapping[str, Any]) -> list[str]:
    """Return every source of an entry once: those listed, then those of its claims, in file order."""
    found = dict.fromkeys([entry["source"]] if "source" in entry else entry.get("sources", ()))
    for items in entry.values():
        if isinstance(items, list):
            found |= {item["source"]: None for item in items if isinstance(item, dict) and "source" in item}
    return list(found)
