"""A lens: the facts as chosen sources tell them, or as they were known on a day.

It makes smaller facts of the facts. Whatever is asked of them is asked as ever, so that a stated or counted
value under a lens follows from what is visible, by the same rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kzus.facts.mentions import related
from kzus.facts.vocabulary import RELATIONS
from kzus.values.dates import is_after, last_day

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Mapping

    Entry = Mapping[str, Any]
    Entries = Mapping[str, Entry]

_STATED = ("deals", "packages", "treaties", "indicators", "events", "statements")
"""Collections whose entries are there only as far as a source states them."""
_HAPPENED = {"deals": "date", "packages": "date", "treaties": "signed", "events": "date", "statements": "date"}
"""The key of the day before which nobody could have known an entry."""
_NEEDED = {"indicators": "observations"}
"""Lists without which an entry says nothing."""


class Lens(NamedTuple):
    """What to look through; no sources mean any, no day means today."""

    sources: Collection[str] = ()
    as_of: str | None = None


def look(facts: Mapping[str, Any], lens: Lens) -> dict[str, Any]:
    """Return the facts that can be seen through a lens; every collection keeps its name and order."""
    seen = {i for i, source in facts.get("sources", {}).items() if _is_visible(i, source, lens)}
    kept = {kind: dict(_cut(facts.get(kind, {}), kind, seen, lens)) for kind in _STATED}
    deals = kept["deals"]
    kept["deals"] = {i: _related(deal, deals) for i, deal in deals.items()}
    packages = {i: _with_members(package, deals) for i, package in kept["packages"].items()}
    kept["packages"] = {i: package for i, package in packages.items() if any(_sources(package))}
    kept["sources"] = {i: source for i, source in facts.get("sources", {}).items() if i in seen}
    named = {party for kind in _STATED for entry in kept[kind].values() for party in entry.get("parties", ())}
    kept["parties"] = {i: party for i, party in facts.get("parties", {}).items() if i in named}
    return {**facts, **{kind: entries for kind, entries in kept.items() if kind in facts}}


def hidden(index: sqlite3.Connection, lens: Lens) -> str | None:
    """Say how many sources a day hides only because it isn't told, or not closely enough, when they were published."""
    if lens.as_of is None:
        return None
    rows = index.execute("SELECT id, published FROM sources")
    published = [day for name, day in rows if not lens.sources or name in lens.sources]
    undated = published.count(None)
    coarse = sum(_is_open(day, lens.as_of) for day in published if day)
    parts = [f"{undated} without a date"] * bool(undated) + [f"{coarse} dated too coarsely to tell"] * bool(coarse)
    return f"sources hidden as of {lens.as_of}: {', '.join(parts)}" if parts else None


def _is_open(day: str, as_of: str) -> bool:
    return not is_after(day, as_of) and last_day(day) > last_day(as_of)


def _is_visible(name: str, source: Entry, lens: Lens) -> bool:
    if lens.sources and name not in lens.sources:
        return False
    if lens.as_of is None:
        return True
    published = source.get("published")
    return published is not None and last_day(published) <= last_day(lens.as_of)


def _cut(entries: Entries, kind: str, seen: Collection[str], lens: Lens) -> Iterator[tuple[str, Entry]]:
    """Yield the entries that a visible source states, without what others say of them."""
    for name, entry in entries.items():
        if lens.as_of and is_after(entry.get(_HAPPENED.get(kind, ""), ""), lens.as_of):
            continue
        left = {key: _visible(value, key, seen, lens) for key, value in entry.items()}
        needed = _NEEDED.get(kind)
        is_stated = left[needed] if needed else any(_sources(left))
        if is_stated:
            yield name, _without_empty(left)


def _visible(value: Any, key: str, seen: Collection[str], lens: Lens) -> Any:
    if key in ("source", "sources", "stage_source"):
        return (
            [source for source in value if source in seen]
            if isinstance(value, list)
            else value
            if value in seen
            else []
        )
    if not isinstance(value, list):
        return value
    told = [item for item in value if not isinstance(item, dict) or "source" not in item or item["source"] in seen]
    if key == "updates" and lens.as_of:
        told = [update for update in told if not is_after(update["date"], lens.as_of)]
    return told


def _sources(entry: Entry) -> Iterator[str]:
    """Yield the sources that are left in an entry that has been cut."""
    yield from (entry[key] for key in ("source", "stage_source") if entry.get(key))
    yield from entry.get("sources", ())
    for value in entry.values():
        if isinstance(value, list):
            yield from (item["source"] for item in value if isinstance(item, dict) and "source" in item)


def _related(deal: Entry, deals: Entries) -> Entry:
    """Keep the relations to deals that can be seen as well."""
    links = {
        key: [item for item, other in zip(deal[key], related(deal, key), strict=True) if other in deals]
        for key in RELATIONS
        if key in deal
    }
    return _without_empty({**deal, **links})


def _with_members(package: Entry, deals: Entries) -> Entry:
    members = [member for member in package.get("members", ()) if member["deal"] in deals]
    return _without_empty({**package, "members": members})


def _without_empty(entry: Entry) -> Entry:
    return {key: value for key, value in entry.items() if value != []}
