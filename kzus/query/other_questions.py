"""Questions beside the one that was asked: of words that are also names, and of figures that don't count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from kzus.query.filters import STANDING_WORDS, Filter, conditions, option_names, resolve, vocabulary_word
from kzus.query.words import read_words
from kzus.values.names import fold
from kzus.values.text import quoted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from kzus.query.listing import Listing

_FILTER_OF = {"sectors": "sector", "parties": "party"}
_NAME_KINDS = frozenset(_FILTER_OF.values())
_VOCABULARIES = ("instrument", "stage", "flow")
_ALIKE = {"stage": ("stage", *STANDING_WORDS)}
"""Filters of which one is enough to know what was asked."""
_TIMES = {4: "year", 7: "month"}
_TIME = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")
_MOST_READINGS, _MOST_NAMED = 3, 3


class _Reading(NamedTuple):
    """What a word also is, with the options that ask for it."""

    kind: str
    options: str
    filters: dict[str, Any]


def name_remarks(index: sqlite3.Connection, listing: Listing, asked: Filter) -> list[str]:
    """Say of words that are also names how many rows have that name, where the words leave some of these out."""
    words = read_words(asked.text or "")
    typed = [word.typed for word in words]
    whole = [" ".join(typed)] if len(typed) > 1 and not any(word.is_beginning for word in words) else []
    lines = [line for phrase in whole for line in _remarks_on(index, listing, asked, phrase, "")]
    if not lines:
        for at, word in enumerate(words):
            if not word.is_beginning:
                rest = " ".join((*typed[:at], *typed[at + 1 :]))
                lines += _remarks_on(index, listing, asked, word.typed, rest)
    return lines[:_MOST_READINGS]


def _remarks_on(index: sqlite3.Connection, listing: Listing, asked: Filter, phrase: str, rest: str) -> Iterator[str]:
    for reading in _readings(index, phrase):
        is_known = set(reading.filters) <= set(option_names(listing.filters))
        if is_known and not any(getattr(asked, name) for name in _ALIKE.get(reading.kind, reading.filters)):
            other = asked._replace(text=rest or None, **reading.filters)
            if rows := _other_rows(index, listing, asked, other, is_fewer_told=reading.kind not in _NAME_KINDS):
                noun = listing.singular if rows == 1 else listing.plural or listing.name
                article = "an" if reading.kind[0] in "aeio" else "a"
                found = f"{rows} {noun}{_dormant_part(index, listing, other) if reading.kind == 'stage' else ''}"
                yield f"{quoted(phrase)} is also {article} {reading.kind}, with {found}: {reading.options}"


def _dormant_part(index: sqlite3.Connection, listing: Listing, asked: Filter) -> str:
    """Say how many deals of a question are dormant, since a list calls these so in place of pledges."""
    if listing.name != "deals":
        return ""
    found = conditions(index, listing.filters, asked)
    query = f"SELECT total(coalesce(standing = 'dormant', 0)), count(*) FROM deals{found.where}"  # noqa: S608 - a clause of `conditions`
    dormant, every = index.execute(query, found.bound).fetchone()
    if not dormant:
        return ""
    return f", {dormant:.0f} of them dormant" if every > 1 else ", dormant"


def _readings(index: sqlite3.Connection, phrase: str) -> Iterator[_Reading]:
    name = fold(phrase)
    for kind, one in index.execute("SELECT kind, id FROM names WHERE name = ? ORDER BY kind DESC", (name,)):
        yield _Reading(_FILTER_OF[kind], f"--{_FILTER_OF[kind]} {one}", {_FILTER_OF[kind]: (one,)})
    for kind in _VOCABULARIES:
        if (word := vocabulary_word(kind, name)) in STANDING_WORDS:
            yield _Reading(kind, f"--{word}", {str(word): True})
        elif word:
            yield _Reading(kind, f"--{kind} {word.replace(' ', '-')}", {kind: (word,)})
    if _TIME.fullmatch(phrase):
        yield _Reading(_TIMES[len(phrase)], f"--since {phrase} --until {phrase}", {"since": phrase, "until": phrase})


def _other_rows(
    index: sqlite3.Connection, listing: Listing, asked: Filter, other: Filter, *, is_fewer_told: bool
) -> int:
    """Return how many rows another question has, 0 where all of them are in the answer.

    With `is_fewer_told` fewer are told too: whoever writes a year or a stage doesn't mean what only mentions it.
    """
    given, more = (conditions(index, listing.filters, each) for each in (asked, other))
    query = (
        f"SELECT count(*), total(id NOT IN (SELECT id FROM {listing.name}{given.where})),"  # noqa: S608 - our own names
        f" (SELECT count(*) FROM {listing.name}{given.where}) FROM {listing.name}{more.where}"
    )
    rows, missing, shown = index.execute(query, (*given.bound, *given.bound, *more.bound)).fetchone()
    return int(rows) if missing or (is_fewer_told and rows != shown) else 0


def sector_remarks(index: sqlite3.Connection, names: Sequence[str]) -> list[str]:
    """Say which other sectors have the name of one that is asked for in their label, since none is part of another."""
    meant = {resolve(index, "sector", name): name for name in names}
    labels = dict(index.execute("SELECT id, label FROM sectors ORDER BY position"))
    return [
        f"{label} is a sector of its own: --sector {other}"
        for other, label in labels.items()
        if other not in meant
        and any(
            f" {fold(word)} " in f" {fold(label)} "
            for one, name in meant.items()
            for word in (labels.get(one, name), name)
        )
    ]


def uncounted_remark(index: sqlite3.Connection, listing: Listing, asked: Filter) -> str:
    """Say which deals are left out although they publish a figure in the range asked for: one that doesn't count."""
    given = conditions(index, listing.filters, asked)
    others = conditions(index, listing.filters, asked._replace(min=None, max=None))
    low, high = (next(iter(given.meant.get(name, ())), None) for name in ("min", "max"))
    query = (
        f"SELECT entry, max(low) FROM claims WHERE entry IN (SELECT id FROM deals{others.where})"  # noqa: S608 - our own names
        f" AND entry NOT IN (SELECT id FROM deals{given.where})"
        " AND NOT counts AND rank != 'deprecated' AND currency = 'USD'"
        " AND low BETWEEN coalesce(?, low) AND coalesce(?, low) GROUP BY entry ORDER BY 2 DESC, 1"
    )
    found = [row[0] for row in index.execute(query, (*others.bound, *given.bound, low, high))]
    return _uncounted_line(found, low, high) if found else ""


def _uncounted_line(found: Sequence[str], low: Any, high: Any) -> str:
    figures = "deals have figures" if len(found) > 1 else "deal has a figure"
    counted = "don't" if len(found) > 1 else "doesn't"
    line = f"{len(found)} more {figures} {_range(low, high)} that {counted} count"
    if len(found) > _MOST_NAMED:
        return f"{line}; the largest: {', '.join(found[:_MOST_NAMED])}"
    return f"{line}: {', '.join(found)}"


def _range(low: Any, high: Any) -> str:
    from kzus.values.numbers import print_amount

    if high is None:
        return f"of {print_amount(low)} or more"
    upper = print_amount(high)
    return f"of up to {upper}" if low is None else f"from {print_amount(low)} to {upper}"
