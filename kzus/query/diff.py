"""What changed between two states of the facts: entries, fields, claims, and what each flow adds up to."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from kzus.facts.entries import TITLES
from kzus.facts.vocabulary import SINGULAR
from kzus.query.filters import Filter
from kzus.query.listing import Column
from kzus.query.sum import add_up

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

    Entry = Mapping[str, Any]

SUM_KIND = "sum"
_HEAD = ("title", "version", "as_of", "sides")
_SUM_COLUMNS = ("firm_usd", "pledge_usd", "dormant_usd", "financing_firm_usd", "financing_pledge_usd")
_FIRST_KEYS = ("value", "count", "text", "deal", "period", "date")
"""Keys that say what an item of a list is, the first that it has."""


class Change(NamedTuple):
    """One difference: an entry or an item that came or went, or a field that has another value."""

    change: str
    kind: str
    id: str | None
    title: str
    field: str | None
    old: str | None
    new: str | None


DIFF_COLUMNS = (
    Column("change", about="added, removed or changed"),
    Column("kind", about="what it is: deal, source …; sum for what the deals of a flow add up to; file"),
    Column("id", "id", about="id of the entry, or the flow of a sum"),
    Column("title", about="what it is called"),
    Column("field", about="the key, or the column of a sum; nothing for a whole entry"),
    Column("old", about="what was there"),
    Column("new", about="what is there now"),
)


def diff(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Return the changes from one state of checked facts to another: of the file, then entry by entry in file order."""
    return [*_head_changes(old, new), *_entry_changes(old, new)]


def sum_changes(old: sqlite3.Connection, new: sqlite3.Connection) -> list[Change]:
    """Return how the sums of each flow differ between two indexes, in whole U.S. dollars."""
    sums = [{group.group: group for group in add_up(index, Filter(), "flow").groups} for index in (old, new)]
    changes = []
    for flow in dict.fromkeys([*sums[0], *sums[1]]):
        for column in _SUM_COLUMNS:
            before, after = (getattr(side[flow], column) if flow in side else 0 for side in sums)
            if before != after:
                shown = (None if amount is None else str(amount) for amount in (before, after))
                changes.append(Change("changed", SUM_KIND, flow, str(flow), column, *shown))
    return changes


def _head_changes(old: Entry, new: Entry) -> Iterator[Change]:
    for key in _HEAD:
        if old.get(key) != new.get(key):
            yield Change("changed", "file", None, str(new["title"]), key, _shown(old.get(key)), _shown(new.get(key)))


def _entry_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for collection, kind in SINGULAR.items():
        before, after = old.get(collection, {}), new.get(collection, {})
        for name in (*after, *(gone for gone in before if gone not in after)):
            title = (after.get(name) or before[name])[TITLES.get(collection, "title")]
            if name not in before:
                yield Change("added", kind, name, title, None, None, None)
            elif name not in after:
                yield Change("removed", kind, name, title, None, None, None)
            elif before[name] != after[name]:
                for change, field, *values in _field_changes(before[name], after[name]):
                    yield Change(change, kind, name, title, field, *values)


def _field_changes(old: Entry, new: Entry) -> Iterator[tuple[str, str, str | None, str | None]]:
    for key in dict.fromkeys([*new, *old]):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if _holds_items(before) or _holds_items(after):
            yield from _item_changes(key, before or [], after or [])
        else:
            change = "added" if before is None else "removed" if after is None else "changed"
            yield change, key, _shown(before), _shown(after)


def _holds_items(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _item_changes(key: str, old: list[Any], new: list[Any]) -> Iterator[tuple[str, str, str | None, str | None]]:
    """Yield claims, updates and other items that came or went; one with another word is both."""
    before, after = (Counter(map(_encoded, items)) for items in (old, new))
    yield from (("removed", key, _item(text), None) for text in (before - after).elements())
    yield from (("added", key, None, _item(text)) for text in (after - before).elements())


def _encoded(item: Any) -> str:
    return json.dumps(item, ensure_ascii=False)


def _item(text: str) -> str:
    """Say what an item of a list is, with its source."""
    item = json.loads(text)
    if not isinstance(item, dict):
        return str(item)
    first = next((key for key in _FIRST_KEYS if key in item), next(iter(item)))
    rest = ", ".join(f"{key}: {_shown(value)}" for key, value in item.items() if key != first)
    return f"{item[first]} ({rest})" if rest else str(item[first])


def _shown(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return _encoded(value)
