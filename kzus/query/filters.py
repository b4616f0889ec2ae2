"""What a person asks for, and the SQL that it becomes: names resolved, dates and amounts read, all values bound."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from kzus.errors import UnknownNameError, UsageError
from kzus.facts.vocabulary import FLOWS, INSTRUMENTS, KINDS, MEASURES, STAGES
from kzus.values.dates import parse_date
from kzus.values.names import fold, matching
from kzus.values.text import brief, quoted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from kzus.facts.lens import Lens

STANDINGS = {"firm": "firm", "pledged": "pledge", "dormant": "dormant"}
"""Filters without a value, each with the column of a sum whose deals it keeps."""


class Filter(NamedTuple):
    """Which rows are asked for; several names of one kind widen it, different kinds narrow it.

    Dates are ISO prefixes, bounds included; `min` and `max` are values as people write them.
    """

    text: str | None = None
    sector: Sequence[str] = ()
    party: Sequence[str] = ()
    flow: Sequence[str] = ()
    direction: Sequence[str] = ()
    instrument: Sequence[str] = ()
    stage: Sequence[str] = ()
    measure: Sequence[str] = ()
    tag: Sequence[str] = ()
    package: Sequence[str] = ()
    country: Sequence[str] = ()
    kind: Sequence[str] = ()
    firm: bool = False
    pledged: bool = False
    dormant: bool = False
    since: str | None = None
    until: str | None = None
    min: str | None = None
    max: str | None = None

    def active(self) -> dict[str, str]:
        """Return what is asked for, by the name of the filter, as it was given; nothing for one without a value."""
        given = self._asdict().items()
        return {
            name: "" if value is True else value if isinstance(value, str) else ", ".join(value)
            for name, value in given
            if value
        }


def option_names(filters: Iterable[str]) -> list[str]:
    """Return the names by which a person asks for these filters: one flag a standing."""
    return [name for each in filters for name in (STANDINGS if each == "standing" else (each,))]


class Conditions(NamedTuple):
    """A filter as SQL: the clause, the values bound to it, and what the filter means, its names resolved."""

    where: str = ""
    bound: Sequence[object] = ()
    meant: Mapping[str, Sequence[object]] = {}

    def also(self, condition: str) -> str:
        """Return the clause with one more condition."""
        return f"{self.where} AND {condition}" if self.where else f" WHERE {condition}"


def conditions(index: sqlite3.Connection, known: Mapping[str, str], asked: Filter) -> Conditions:
    """Turn a filter into SQL; `known` has that of each filter, with one `{}` for the placeholders of its values.

    Raises `UnknownNameError` for a name that the file lacks, `UsageError` for a date or an amount that is none.
    """
    meant = _meant(index, asked)
    clauses = [known[name].format(", ".join("?" * len(given))) for name, given in meant.items()]
    bound = [value for given in meant.values() for value in given]
    return Conditions(f" WHERE {' AND '.join(clauses)}" if clauses else "", bound, meant)


def _meant(index: sqlite3.Connection, asked: Filter) -> dict[str, list[object]]:
    """Return what each active filter binds; every value is checked before any query."""
    meant: dict[str, list[object]] = {}
    if asked.text:
        meant["text"] = [matching(asked.text)]
    for name, read in (("since", read_date), ("until", read_date), ("min", _read_dollars), ("max", _read_dollars)):
        if (given := getattr(asked, name)) is not None:
            meant[name] = [read(f"--{name}", given)]
    if standings := [standing for flag, standing in STANDINGS.items() if getattr(asked, flag)]:
        meant["standing"] = list(standings)
    for name in (*_COLLECTIONS, *_VOCABULARIES, *_WORDS_IN_USE, "direction", "kind"):
        if given := getattr(asked, name, None):
            meant[name] = list(dict.fromkeys(resolve(index, name, word) for word in dict.fromkeys(given)))
    return meant


_COLLECTIONS = {"sector": "sectors", "party": "parties"}
_VOCABULARIES = {"instrument": INSTRUMENTS, "stage": STAGES, "flow": FLOWS, "measure": MEASURES}
_WORDS_IN_USE = {
    "tag": "SELECT DISTINCT tag FROM deal_tags ORDER BY tag",
    "package": "SELECT id FROM packages ORDER BY id",
    "source": "SELECT id FROM sources ORDER BY id",
    "country": "SELECT DISTINCT country FROM parties WHERE country IS NOT NULL ORDER BY country",
}


def resolve(index: sqlite3.Connection, kind: str, name: str) -> str:
    """Find what a person means by the name of a sector, party, stage …; raises `UnknownNameError`.

    Sectors and parties go by id, name or alias, all others by what they are called in the fact file.
    """
    known: dict[str, str]
    if kind == "kind":
        known = {word: one for one, many in KINDS.items() for word in (one, many)}
    elif kind in _COLLECTIONS:
        rows = index.execute("SELECT name, id FROM names WHERE kind = ? ORDER BY name", (_COLLECTIONS[kind],))
        known = dict(rows)
    else:
        words = _VOCABULARIES.get(kind) or _words_in_use(index, kind)
        known = {fold(word): word for word in words}
    if fold(name) not in known:
        raise UnknownNameError(kind, name, (i if fold(i) == word else word for word, i in known.items()))
    return known[fold(name)]


def _words_in_use(index: sqlite3.Connection, kind: str) -> list[str]:
    if kind == "direction":
        return _directions(index)
    return [row[0] for row in index.execute(_WORDS_IN_USE[kind])]


def _directions(index: sqlite3.Connection) -> list[str]:
    """Return the directions that money may take between the sides of the fact file, whether any does or not."""
    import json

    row = index.execute("SELECT value FROM meta WHERE key = 'sides'").fetchone()
    firsts = [countries[0] for countries in json.loads(row[0]).values()] if row else []
    return [f"{one}-{other}" for one, other in permutations(firsts, 2)]


def read_lens(index: sqlite3.Connection, source: Iterable[str], as_of: str | None) -> Lens:
    """Read a lens as people write it; raises `UnknownNameError` and `UsageError`."""
    from kzus.facts.lens import Lens

    day = None if as_of is None else read_date("--as-of", as_of)
    return Lens([resolve(index, "source", name) for name in dict.fromkeys(source)], day)


def read_date(option: str, text: str) -> str:
    """Read the date given to an option; raises `UsageError`."""
    try:
        return parse_date(text)
    except ValueError as error:
        raise UsageError(f"{option}: {brief(str(error))}") from None


def _read_dollars(option: str, text: str) -> int:
    from kzus.values.amounts import parse_value

    try:
        value = parse_value(text, currency="USD")
    except ValueError as error:
        raise UsageError(f"{option}: {brief(str(error))}") from None
    if value.currency != "USD" or value.qualifier or value.low != value.high:
        raise UsageError(f"{option}: {quoted(text)} is not a single amount in USD; write it as in '1bn' or '250m USD'")
    return value.low
