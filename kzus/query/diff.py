"""What changed between two states of the facts: entries, fields, claims, and what each flow adds up to."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from kzus.facts.entries import TITLES
from kzus.facts.vocabulary import SINGULAR
from kzus.index.deals import deal_rows
from kzus.query.filters import Filter
from kzus.query.listing import Column
from kzus.query.sums.sum import add_up

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

    Entry = Mapping[str, Any]

FILE_KIND, SUM_KIND = "file", "sum"
FIRST_STAGE = "stage_before_updates"
"""The field of the stage that a deal itself has, where it changes in another way than the stage of today."""
_HEAD_KEYS = ("title", "version", "as_of", "sides")
_SUM_COLUMNS = ("firm_usd", "pledge_usd", "dormant_usd", "financing_firm_usd", "financing_pledge_usd")
_SUM_OF: Mapping[tuple[bool, str | None], str] = {
    (False, "firm"): "firm_usd", (False, "pledge"): "pledge_usd", (False, "dormant"): "dormant_usd",
    (True, "firm"): "financing_firm_usd", (True, "pledge"): "financing_pledge_usd",
}  # fmt: skip
"""The column of a deal by whether it lends, and by its standing; a dormant loan is in none."""
_FIRST_KEYS = ("value", "count", "text", "deal", "period", "date")
"""Keys that say what an item of a list is, the first that it has."""


class Difference(NamedTuple):
    """One difference, its values as the facts have them; an item of a list is on one side only."""

    change: str
    kind: str
    id: str | None
    title: str
    field: str | None = None
    old: Any = None
    new: Any = None

    def row(self) -> Change:
        """Return it as a row, its values in words."""
        is_items = self.kind != FILE_KIND
        # The sides of a file are an object too, but no item of a list.
        told = (_item(each) if is_items and isinstance(each, dict) else _shown(each) for each in self[5:])
        return Change(*self[:5], *told)


class Change(NamedTuple):
    """A difference as a row: an entry or an item that came or went, or a field that has another value."""

    change: str
    kind: str
    id: str | None
    title: str
    field: str | None
    old: str | None
    new: str | None


class DealState(NamedTuple):
    """A deal as a sum takes it: the stage of today, and what it counts beside what it states."""

    title: str
    date: str
    flow: str
    direction: str | None
    stage: str
    standing: str | None
    counted_usd: int | None
    amount_usd: int | None
    value: str | None
    measure: str | None
    reason: str | None


DIFF_COLUMNS = (
    Column("change", about="added, removed or changed"),
    Column("kind", about="what it is: deal, source …; sum for what the deals of a flow add up to; file"),
    Column("id", "id", about="id of the entry, or the flow of a sum"),
    Column("title", about="what it is called"),
    Column("field", about="the key, or the column of a sum; nothing for a whole entry; stage is that of today"),
    Column("old", about="what was there"),
    Column("new", about="what is there now"),
)


def diff(old: Entry, new: Entry) -> list[Difference]:
    """Return what differs between two states of checked facts: of the file, then entry by entry in file order."""
    return [*_head_changes(old, new), *_entry_changes(old, new)]


def sum_changes(old: sqlite3.Connection, new: sqlite3.Connection) -> list[Difference]:
    """Return how the sums of each flow differ between two indexes, in whole U.S. dollars."""
    sums = [{group.group: group for group in add_up(index, Filter(), "flow").groups} for index in (old, new)]
    changes = []
    for flow in dict.fromkeys([*sums[0], *sums[1]]):
        for column in _SUM_COLUMNS:
            # A flow that no deal feeds has 0, one whose deals state nothing null; the two differ, as everywhere.
            before, after = (getattr(side[flow], column) if flow in side else 0 for side in sums)
            if before != after:
                changes.append(Difference("changed", SUM_KIND, flow, str(flow), column, before, after))
    return changes


def deal_states(facts: Entry) -> dict[str, DealState]:
    """Return each deal as a sum takes it."""
    rows, _ = deal_rows(facts)
    return {str(row["id"]): DealState._make(row.get(name) for name in DealState._fields) for row in rows}


def state_sums(states: Mapping[str, DealState]) -> Counter[tuple[str, str]]:
    """Add what deals count by flow and column, as `sum_changes` has them."""
    sums: Counter[tuple[str, str]] = Counter()
    for state in states.values():
        if column := _SUM_OF.get((state.flow == "financing", state.standing)):
            sums[state.flow, column] += state.counted_usd or 0
    return sums


def _head_changes(old: Entry, new: Entry) -> Iterator[Difference]:
    for key in _HEAD_KEYS:
        if old.get(key) != new.get(key):
            yield Difference("changed", FILE_KIND, None, str(new["title"]), key, old.get(key), new.get(key))


def _entry_changes(old: Entry, new: Entry) -> Iterator[Difference]:
    states = deal_states(old), deal_states(new)
    for collection, kind in SINGULAR.items():
        before, after = old.get(collection, {}), new.get(collection, {})
        # In the order of the new file; what is gone has no place in it and comes last.
        for name in (*after, *(gone for gone in before if gone not in after)):
            title = (after.get(name) or before[name])[TITLES.get(collection, "title")]
            # An entry that came or went is one line, and none for each of its fields.
            bodies = (before[name], after[name]) if name in before and name in after else ({}, {})
            if name not in before or name not in after:
                yield Difference("added" if name in after else "removed", kind, name, title)
            changes = (
                _deal_changes(*bodies, *(each.get(name) for each in states))
                if kind == "deal"
                else _field_changes(*bodies)
            )
            yield from (Difference(change, kind, name, title, field, *values) for change, field, *values in changes)


def _deal_changes(
    before: Entry, after: Entry, old: DealState | None, new: DealState | None
) -> Iterator[tuple[str, str, Any, Any]]:
    """Yield the changes of a deal; its `stage` is that of today, which an update may have brought."""
    states = list(_state_changes(old, new))
    for change, field, *values in _field_changes(before, after):
        # The file has the stage before updates: told as such only where the stage of today changes otherwise.
        if field != "stage":
            yield change, field, *values
        elif ("stage", *values) not in states:
            yield change, FIRST_STAGE, *values
    yield from (("changed", *state) for state in states)


def _state_changes(old: DealState | None, new: DealState | None) -> Iterator[tuple[str, Any, Any]]:
    """Yield what makes the sums differ: of a deal on both sides its stage and standing, of any deal what it counts."""
    if old and new:
        for field in ("stage", "standing"):
            if getattr(old, field) != getattr(new, field):
                yield field, getattr(old, field), getattr(new, field)
    before, after = (each and each.counted_usd for each in (old, new))
    # A deal that came or went and counts nothing changes no sum.
    if before != after and ((old and new) or before or after):
        yield "counted_usd", before, after


def _field_changes(old: Entry, new: Entry) -> Iterator[tuple[str, str, Any, Any]]:
    for key in dict.fromkeys([*new, *old]):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if _holds_items(before) or _holds_items(after):
            yield from _item_changes(key, before or [], after or [])
        else:
            change = "added" if before is None else "removed" if after is None else "changed"
            yield change, key, before, after


def _holds_items(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _item_changes(key: str, old: list[Any], new: list[Any]) -> Iterator[tuple[str, str, Any, Any]]:
    """Yield claims, updates and other items that came or went; one with another word is both."""
    # Counted as text, because an item may stand twice and an object can't be hashed.
    before, after = (Counter(map(_encoded, items)) for items in (old, new))
    yield from (("removed", key, json.loads(text), None) for text in (before - after).elements())
    yield from (("added", key, None, json.loads(text)) for text in (after - before).elements())


def _encoded(item: Any) -> str:
    return json.dumps(item, ensure_ascii=False)


def _item(item: Entry) -> str:
    """Say what an item of a list is, with its source."""
    first = next((key for key in _FIRST_KEYS if key in item), next(iter(item)))
    rest = ", ".join(f"{key}: {_shown(value)}" for key, value in item.items() if key != first)
    return f"{item[first]} ({rest})" if rest else str(item[first])


def _shown(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return _encoded(value)
