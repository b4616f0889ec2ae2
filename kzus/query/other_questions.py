"""Questions beside the one that was asked: of words that are also names, and of figures that don't count."""

from __future__ import annotations

import re
from shlex import join
from typing import TYPE_CHECKING, Any, NamedTuple

from kzus.query.filters import STANDING_WORDS, Filter, conditions, option_names, resolve, vocabulary_word
from kzus.query.words import read_words
from kzus.values.dates import month_number
from kzus.values.names import fold
from kzus.values.text import brief, many, quoted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from kzus.query.listing import Listing
    from kzus.query.words import Word

_FILTER_OF = {"sectors": "sector", "parties": "party"}
_NAME_KINDS = frozenset(_FILTER_OF.values())
_VOCABULARIES = ("instrument", "stage", "flow")
_ALIKE = {"stage": ("stage", *STANDING_WORDS)}
"""Filters of which one is enough to know what was asked."""
_TIMES = {4: "year", 7: "month"}
_YEAR = re.compile(r"(?:19|20)\d\d")
_TIME = re.compile(rf"{_YEAR.pattern}(?:-(?:0[1-9]|1[0-2]))?")
_NAME_AND_YEAR = 2
_MOST_READINGS, _MOST_NAMED = 3, 3
_SHORTEST_NOUN = 4


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
    lines = [line for phrase in whole for line in _remarks_on(index, listing, asked, phrase, [])]
    # Where all words together are a name, none of them is read by itself.
    if not lines:
        for at, end in _phrases(words):
            # The other words stay a question to the full text beside the filter.
            rest = (*typed[:at], *typed[end:])
            lines += _remarks_on(index, listing, asked, " ".join(typed[at:end]), rest)
    return lines[:_MOST_READINGS]


def _phrases(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield where each word begins and ends, a month with its year as one; beginnings of words are left out."""
    at = 0
    while at < len(words):
        end = at + 1 + bool(_month(" ".join(word.typed for word in words[at : at + 2])))
        if not any(word.is_beginning for word in words[at:end]):
            yield at, end
        at = end


def _remarks_on(
    index: sqlite3.Connection, listing: Listing, asked: Filter, phrase: str, rest: Sequence[str]
) -> Iterator[str]:
    for reading in _readings(index, phrase):
        is_known = set(reading.filters) <= set(option_names(listing.filters))
        # Whoever gave that filter already knows of it, and a list may have none such.
        if is_known and not any(getattr(asked, name) for name in _ALIKE.get(reading.kind, reading.filters)):
            other = asked._replace(text=" ".join(rest) or None, **reading.filters)
            if rows := _other_rows(index, listing, asked, other, is_fewer_told=reading.kind not in _NAME_KINDS):
                dormant = _dormant_part(index, listing, other) if reading.kind == "stage" else ""
                yield f"{quoted(phrase)} is also {_reading_line(listing, reading, rest, rows, dormant)}"


def _reading_line(listing: Listing, reading: _Reading, rest: Sequence[str], rows: int, dormant: str) -> str:
    """Say what a phrase also is, how many rows it has then, and what to write; other words are kept in both."""
    noun = listing.singular if rows == 1 else listing.plural or listing.name
    kind = f"{'an' if reading.kind[0] in 'aeio' else 'a'} {reading.kind}"
    kept = " ".join(rest)
    has = f"; with {quoted(kept)} it has {rows}" if kept else f", with {rows}"
    return f"{kind}{has} {noun}{dormant}: {brief(join(rest))}{' ' * bool(kept)}{reading.options}"


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
        # Firm, pledged and dormant have flags of their own, which say the same as the stage of that name.
        if (word := vocabulary_word(kind, name)) in STANDING_WORDS:
            yield _Reading(kind, f"--{word}", {str(word): True})
        elif word:
            yield _Reading(kind, f"--{kind} {word.replace(' ', '-')}", {kind: (word,)})
    if time := phrase if _TIME.fullmatch(phrase) else _month(phrase):
        yield _Reading(_TIMES[len(time)], f"--since {time} --until {time}", {"since": time, "until": time})


def _month(phrase: str) -> str:
    """Return the month that an English name or its short form means beside a year: `2025-11`; nothing of another."""
    words = phrase.split(" ")
    for name, year in zip(words, reversed(words), strict=True) if len(words) == _NAME_AND_YEAR else ():
        number = month_number(name.casefold().strip(".,"))
        if number and _YEAR.fullmatch(year):
            return f"{year}-{number:02}"
    return ""


def _other_rows(
    index: sqlite3.Connection, listing: Listing, asked: Filter, other: Filter, *, is_fewer_told: bool
) -> int:
    """Return how many rows another question has, 0 where all of them are in the answer.

    With `is_fewer_told` fewer are told too: whoever writes a year or a stage doesn't mean what only mentions it.
    """
    rows, missing, shown = _count_other_rows(index, listing, asked, other)
    return rows if missing or (is_fewer_told and rows != shown) else 0


def _count_other_rows(
    index: sqlite3.Connection, listing: Listing, asked: Filter, other: Filter
) -> tuple[int, int, int]:
    """Return how many rows another question has, how many of them the answer lacks, and how many that has."""
    given, more = (conditions(index, listing.filters, each) for each in (asked, other))
    query = (
        f"SELECT count(*), total(id NOT IN (SELECT id FROM {listing.name}{given.where})),"  # noqa: S608 - our own names
        f" (SELECT count(*) FROM {listing.name}{given.where}) FROM {listing.name}{more.where}"
    )
    rows, missing, shown = index.execute(query, (*given.bound, *given.bound, *more.bound)).fetchone()
    return rows, int(missing), shown


def sector_remark(index: sqlite3.Connection, names: Sequence[str]) -> str:
    """Name the other sectors that are called by the name of one that is asked for, since none is part of another."""
    meant = {resolve(index, "sector", name): name for name in names}
    labels = dict(index.execute("SELECT id, label FROM sectors ORDER BY position"))
    called: dict[str, list[str]] = {one: [] for one in labels if one not in meant}
    for one, name in index.execute("SELECT id, name FROM names WHERE kind = 'sectors'"):
        called.get(one, []).append(f" {name} ")
    words = [f" {fold(word)} " for one, name in meant.items() for word in (labels.get(one, name), name)]
    others = [one for one, every in called.items() if any(word in name for word in words for name in every)]
    if len(others) == 1:
        return f"{labels[others[0]]} is a sector of its own: --sector {others[0]}"
    listed = ", ".join(f"{labels[one]} (--sector {one})" for one in others)
    return f"Sectors of their own: {listed}" if others else ""


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


def number_remark(index: sqlite3.Connection, listing: Listing, asked: Filter) -> str:
    """Say how many more rows have a word in its plural or singular, because a word is looked for as it is written."""
    words = read_words(asked.text or "")
    told = []
    for word in words:
        for other in () if word.is_beginning else _other_numbers(word.typed):
            text = " ".join(other if each is word else each.typed for each in words)
            _, missing, _ = _count_other_rows(index, listing, asked, asked._replace(text=text))
            told += [f"{missing} more with {quoted(other)}"] if missing else []
    return ", ".join(told)


def _other_numbers(word: str) -> Iterator[str]:
    """Yield the plural of an English word, or the singular of one; neither need be a word."""
    if len(word) < _SHORTEST_NOUN or not word.isascii() or not word.isalpha():
        return
    if word.endswith("ies"):
        yield f"{word[:-3]}y"
    elif word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
    elif word.endswith("y"):
        yield f"{word[:-1]}ies"
    else:
        yield f"{word}s"


def unclear_remark(index: sqlite3.Connection, listing: Listing, asked: Filter) -> str:
    """Say how many others there are that may be in force, as far as anybody tells."""
    found = conditions(index, listing.filters, asked._replace(in_force=False))
    query = f"SELECT sum(status = 'unclear'), sum(status = 'signed') FROM {listing.name}{found.where}"  # noqa: S608 - our own names
    unclear, signed = index.execute(query, found.bound).fetchone()
    told = []
    if unclear:
        verb, they = ("is", "it is") if unclear == 1 else ("are", "they are")
        told.append(f"{unclear} more {verb} unclear: no source tells whether {they} in force")
    if signed:
        others = many(signed, "other") if unclear else f"{signed} more"
        told.append(f"of {others} only the signing is told")
    return "; ".join(told)


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
