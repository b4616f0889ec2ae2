"""The two states that a comparison has, and what of their difference only pages without a sure date make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kzus.facts.lens import apply_lens, effective
from kzus.facts.vocabulary import KINDS
from kzus.index.store import in_memory, stored
from kzus.query.diff import deal_states, diff, state_sums, sum_changes
from kzus.values.text import many

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from kzus.facts.lens import Lens
    from kzus.query.diff import Difference

    Facts = Mapping[str, Any]

READING_ORDER = ("deal", "treaty", "package", "event", "indicator", "statement", "party", "sector")
"""The kinds of entries as a reader wants them; sources are counted apart."""
_MOST_NAMED = 12


class ComparedSide(NamedTuple):
    """A state of the facts: as a file has them, or as they were published by the day of a lens.

    `open_facts` has what may have been published by that day as well.
    """

    facts: Facts
    open_facts: Facts
    connection: sqlite3.Connection
    day: str | None = None


class Comparison(NamedTuple):
    """What differs between two sides; `sums` is what that does to the sums of each flow.

    `unsure` is what wouldn't differ if pages counted as well that may have been published by the day: those without
    a date, and those of 2025 for a day in 2025. `order` has the sure and the unsure in file order.
    """

    old: ComparedSide
    new: ComparedSide
    order: Sequence[Difference]
    sure: Sequence[Difference]
    unsure: Sequence[Difference]
    sums: Sequence[Difference]


def side_of(index: sqlite3.Connection, lens: Lens | None = None) -> ComparedSide:
    """Return the state that an index has, or what a lens with a day leaves of it."""
    facts = stored(index)
    found = lens and effective(lens, facts["as_of"])
    # A day at or after that of the file hides nothing, so it is no lens.
    if not found or found.as_of is None:
        return ComparedSide(facts, facts, index)
    seen = apply_lens(facts, found)
    return ComparedSide(seen, apply_lens(facts, found._replace(takes_open=True)), in_memory(seen), found.as_of)


def compare(old: ComparedSide, new: ComparedSide) -> Comparison:
    """Compare two states of the facts."""
    order = diff(old.facts, new.facts)
    # What differs even if every page counts that may have been published by the day is sure to be new.
    known = {_row_key(each) for each in diff(old.open_facts, new.open_facts)} if old.day or new.day else None
    sure = [each for each in order if known is None or _row_key(each) in known]
    unsure = [each for each in order if known is not None and _row_key(each) not in known]
    return Comparison(old, new, order, sure, unsure, sum_changes(old.connection, new.connection))


def older_changes(found: Comparison) -> dict[tuple[str, str], int]:
    """Return which part of the change of a sum only pages make that may be older, by flow and column."""
    if not (found.old.day or found.new.day):
        return {}
    old, new = (state_sums(deal_states(side.open_facts)) for side in (found.old, found.new))
    changes = {(str(each.id), str(each.field)): (each.new or 0) - (each.old or 0) for each in found.sums}
    # The change less what it would be if all those pages counted.
    parts = {key: usd - (new[key] - old[key]) for key, usd in changes.items()}
    return {key: usd for key, usd in parts.items() if usd}


def _row_key(each: Difference) -> tuple[object, ...]:
    """Return what makes a difference the same; the value of a field isn't, since older pages may give another."""
    # An item of a list has no name to be known by, so it is compared with all that it says.
    is_whole = each.field is None or isinstance(each.old or each.new, dict)
    return each.row() if is_whole else (each.kind, each.id, each.field)


def is_day(each: Difference, found: Comparison) -> bool:
    """Tell whether a difference is only that of the days that were asked for."""
    return each.field == "as_of" and bool(found.old.day or found.new.day)


def open_dates_remark(found: Comparison, *, is_naming: bool) -> str | None:
    """Say which pages may be older than the day, and what rests on them; `is_naming` adds the ids of the entries."""
    pages = [_published_day(found, str(each.id)) for each in found.unsure if each.kind == "source"]
    undated, day = pages.count(None), _last_day(found)
    counts = (
        (undated, f"source has no date and counts as of {day}", f"sources have no date and count as of {day}"),
        (
            _count_absent(found),
            "source has no date and is on neither side",
            "sources have no date and are on neither side",
        ),
        (len(pages) - undated, "source is dated too coarsely to tell", "sources are dated too coarsely to tell"),
    )
    parts = [many(*each) for each in counts if each[0]]
    return "; ".join(filter(None, (*parts, _resting(found.unsure, is_naming=is_naming)))) or None


def _published_day(found: Comparison, source: str) -> str | None:
    sides = (found.old.open_facts, found.new.open_facts)
    return next((side["sources"][source].get("published") for side in sides if source in side["sources"]), None)


def _count_absent(found: Comparison) -> int:
    """Count the sources without a date that two days leave out of both sides."""
    left_out = [side.open_facts["sources"].keys() - side.facts["sources"].keys() for side in found[:2]]
    return sum(_published_day(found, name) is None for name in left_out[0] & left_out[1])


def _last_day(found: Comparison) -> str:
    return str((found.new if found.old.day else found.old).facts["as_of"])


def _resting(unsure: Sequence[Difference], *, is_naming: bool) -> str:
    """Say how many entries and other differences rest on such pages."""
    entries = {kind: [each.id for each in unsure if each.kind == kind and each.field is None] for kind in READING_ORDER}
    whole = {(kind, name) for kind, ids in entries.items() for name in ids}
    others = sum(each.field is not None and (each.kind, each.id) not in whole for each in unsure)
    counts = [many(len(ids), kind, KINDS[kind]) for kind, ids in entries.items() if ids]
    counts += [many(others, "other change")] if others else []
    names = [str(name) for ids in entries.values() for name in ids]
    named = f" ({', '.join(names[:_MOST_NAMED])}{', …' * (len(names) > _MOST_NAMED)})" if is_naming and names else ""
    return f"what rests on such sources may be older: {', '.join(counts)}{named}" if counts else ""
