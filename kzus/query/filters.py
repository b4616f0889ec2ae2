"""What a person asks for, and the SQL that it becomes: names resolved, dates and amounts read, all values bound."""

# Annotations are evaluated here: Python compiles each that is text when it makes a NamedTuple, for every query.

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from kzus.errors import UnknownNameError, UsageError, hint
from kzus.facts.vocabulary import FLOWS, INSTRUMENTS, KINDS, MEASURES, STAGES
from kzus.values.names import fold
from kzus.values.text import brief, quoted

if TYPE_CHECKING:
    from kzus.facts.lens import Lens

STANDINGS = {"firm": "firm", "pledged": "pledge", "dormant": "dormant"}
"""Filters without a value, each with the column of a sum whose deals it keeps."""
FLAGS = (*STANDINGS, "in_force")
"""Every filter without a value."""
STANDING_WORDS = tuple(STANDINGS)
"""Those of the flags that `--stage` takes as well."""


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
    person: Sequence[str] = ()
    in_force: bool = False
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
            name.replace("_", " "): "" if value is True else value if isinstance(value, str) else ", ".join(value)
            for name, value in given
            if value
        }


def option_names(filters: Iterable[str]) -> list[str]:
    """Return the names by which a person asks for these filters: one flag a standing."""
    return [name for each in filters for name in (STANDINGS if each == "standing" else (each,))]


def join_words(words: Sequence[str]) -> str | None:
    """Join words that must all occur; raises `UsageError` for an empty one, which would answer with everything."""
    for word in words:
        if not word.strip():  # as a script's empty variable
            raise UsageError(f"{quoted(word)} is no word to look for; write one, or leave it out")
    return " ".join(words) or None


class Conditions(NamedTuple):
    """A filter as SQL: the clause, the values bound to it, and what the filter means, its names resolved."""

    where: str = ""
    bound: Sequence[object] = ()
    meant: Mapping[str, Sequence[object]] = {}

    def also(self, condition: str) -> str:
        """Return the clause with one more condition."""
        return f"{self.where} AND {condition}" if self.where else f" WHERE {condition}"


def conditions(
    index: sqlite3.Connection, known: Mapping[str, str], asked: Filter, kinds: Mapping[str, str] | None = None
) -> Conditions:
    """Turn a filter into SQL; `known` has that of each filter, with `{}` wherever the placeholders of its values stand.

    `kinds` has the words of `--kind` with what each means. Raises `UnknownNameError` for a name that the file lacks,
    `UsageError` for a date or an amount that is none.
    """
    meant = _filter_values(index, asked, kinds or KIND_WORDS)
    clauses = [known[name].replace("{}", ", ".join("?" * len(given))) for name, given in meant.items()]
    # The stage has its values in two places of its SQL; a date or an amount has a bare `?` in place of `{}`.
    bound = [value for name, given in meant.items() for value in given * max(1, known[name].count("{}"))]
    return Conditions(f" WHERE {' AND '.join(clauses)}" if clauses else "", bound, meant)


def _filter_values(index: sqlite3.Connection, asked: Filter, kinds: Mapping[str, str]) -> dict[str, list[object]]:
    """Return what each active filter binds; every value is checked before any query."""
    meant: dict[str, list[object]] = {}
    if asked.text:
        # Only a question with words needs it, and each import makes every command slower.
        from kzus.query.words import full_text_query

        meant["text"] = [full_text_query(index, asked.text)]
    for name, read in (("since", read_date), ("until", read_date), ("min", read_dollars), ("max", read_dollars)):
        # An empty one, as from an empty variable of a script, is an error: left out, it would answer with everything.
        if (given := getattr(asked, name)) is not None:
            meant[name] = [read(f"--{name}", given)]
    if standings := [standing for flag, standing in STANDINGS.items() if getattr(asked, flag)]:
        meant["standing"] = list(standings)
    if asked.in_force:
        meant["in_force"] = ["in force"]
    for name in (*_COLLECTIONS, *VOCABULARIES, *_WORDS_IN_USE, "direction"):
        if given := getattr(asked, name, None):
            # Two names of one sector are one value, and a word that is repeated is looked up once.
            meant[name] = list(dict.fromkeys(resolve(index, name, word) for word in dict.fromkeys(given)))
    if asked.kind:
        meant["kind"] = list(dict.fromkeys(_resolve_word("kind", word, kinds) for word in asked.kind))
    if asked.person:
        meant["person"] = list(dict.fromkeys(each for name in asked.person for each in _people(index, name)))
    return meant


# Names that a lens hides are known too: to ask for one finds nothing, and is no mistake.
_KNOWN_NAMES = (
    "SELECT name, id FROM names WHERE kind = :kind UNION ALL SELECT name, id FROM hidden_names WHERE kind = :kind"
    " ORDER BY name"
)
_COLLECTIONS = {"sector": "sectors", "party": "parties"}
VOCABULARIES = {"instrument": INSTRUMENTS, "stage": (*STAGES, *STANDING_WORDS), "flow": FLOWS, "measure": MEASURES}
_WORDS_IN_USE = {
    "tag": "SELECT tag FROM deal_tags UNION SELECT name FROM hidden_names WHERE kind = 'tags' ORDER BY 1",
    "package": "SELECT id FROM packages UNION SELECT name FROM hidden_names WHERE kind = 'packages' ORDER BY 1",
    "source": "SELECT id FROM sources ORDER BY id",
    "country": "SELECT country FROM parties WHERE country IS NOT NULL UNION"
    " SELECT name FROM hidden_names WHERE kind = 'countries' ORDER BY 1",
}
_PEOPLE = (
    "SELECT value FROM events, json_each(people) UNION SELECT name FROM hidden_names WHERE kind = 'people' ORDER BY 1"
)
KIND_WORDS = {word: one for one, many in KINDS.items() for word in (one, many)}
"""The words of `--kind` where it tells the collections apart."""


def resolve(index: sqlite3.Connection, kind: str, name: str) -> str:
    """Find what a person means by the name of a sector, party, stage …; raises `UnknownNameError`.

    Sectors and parties go by id, name or alias, all others by what they are called in the fact file, and
    vocabularies by what people call their words.
    """
    if kind in _COLLECTIONS:
        rows = index.execute(_KNOWN_NAMES, {"kind": _COLLECTIONS[kind]})
        return _resolve_word(kind, name, dict(rows))
    words = VOCABULARIES.get(kind) or _words_in_use(index, kind)
    return _resolve_word(kind, name, {fold(word): word for word in words})


def vocabulary_word(kind: str, name: str) -> str | None:
    """Return the word of a vocabulary that people mean by a folded name, if it is one."""
    return _find_word(kind, name, {fold(word): word for word in VOCABULARIES[kind]})


def _resolve_word(kind: str, name: str, known: Mapping[str, str]) -> str:
    """Find a word among those `known` by what each is folded to; raises `UnknownNameError`."""
    folded = fold(name)
    if (found := _find_word(kind, folded, known)) is not None:
        return found
    from kzus.query.common_names import refuse_several

    refuse_several(kind, folded)
    raise UnknownNameError(kind, name, (i if fold(i) == word else word for word, i in known.items()))


def _find_word(kind: str, folded: str, known: Mapping[str, str]) -> str | None:
    """Find a word by its name or by what people call it; one in the plural is the same word."""
    if folded in known:
        return known[folded]
    from kzus.query.common_names import common_name

    for each in (folded, folded.removesuffix("s")):
        meant = fold(common_name(kind, each))
        if meant in known:
            return known[meant]
    return None


def _people(index: sqlite3.Connection, name: str) -> list[str]:
    """Return the people of events in whose names all words of `name` stand; raises `UnknownNameError`."""
    everybody = [row[0] for row in index.execute(_PEOPLE)]
    words = set(fold(name).split())
    found = [person for person in everybody if words and words <= set(fold(person).replace(",", " ").split())]
    if not found:
        # A surname alone is only suggested where it is near; a list of all has each person once, by the whole name.
        surnames = (part for person in everybody for part in person.replace(",", " ").split())
        every = dict.fromkeys((*everybody, *surnames))
        raise UnknownNameError("person", name, every if "did you mean" in hint(name, every) else everybody)
    return found


def inclusions(index: sqlite3.Connection, parties: Iterable[str]) -> list[str]:
    """Say of each party asked for which others it includes, because it took their place."""
    meant = dict.fromkeys(resolve(index, "party", name) for name in parties)
    return [line for party in meant if (line := _inclusion(party, predecessors(index, party)))]


def _inclusion(party: str, others: Sequence[str]) -> str:
    return f"{party} includes {' and '.join(others)}, whose place it took" if others else ""


def predecessors(index: sqlite3.Connection, party: str) -> list[str]:
    """Return those whose place a party took, itself or through others, the nearest first."""
    found: dict[str, None] = {}
    waiting = [party]
    while waiting:
        row = index.execute("SELECT succeeds FROM parties WHERE id = ?", (waiting.pop(0),)).fetchone()
        succeeds = row[0] if row else ""  # a lens may hide it
        new = [each for each in (succeeds or "").split(",") if each and each not in found]
        found |= dict.fromkeys(new)
        waiting += new
    return list(found)


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


def read_lens(index: sqlite3.Connection, source: Iterable[str], as_of: str | None) -> "Lens":
    """Read a lens as people write it; raises `UnknownNameError` and `UsageError`."""
    from kzus.facts.lens import Lens

    day = None if as_of is None else read_date("--as-of", as_of)
    return Lens([resolve(index, "source", name) for name in dict.fromkeys(source)], day)


def read_date(option: str, text: str) -> str:
    """Read the date given to an option; raises `UsageError`."""
    from kzus.values.dates import parse_date

    try:
        return parse_date(text)
    except ValueError as error:
        raise UsageError(f"{option}: {brief(str(error))}") from None


# The scale is lazy (`*?`), or `5 dollars` would have dollars for a scale.
_AMOUNT = r"(?i)(?:(?:US)?\$|USD)? ?(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?) ?([a-z]*?)(?: ?(?:USD|dollars?))?"
_OF_A_FILE = ("; write a number, a scale", "`quantities`")
"""What is said only of a value in a fact file, which may be a range, and in any currency."""


def read_dollars(option: str, text: str) -> int:
    """Read a number of dollars as people write it; other than in a fact file, `$1.5B` is as good as `1.5bn USD`."""
    import re

    from kzus.values.amounts import parse_value
    from kzus.values.numbers import SCALE_WORDS

    match = re.fullmatch(_AMOUNT, text.strip())
    scale = {"": "", **SCALE_WORDS}.get(match[2].lower()) if match else None
    usual = text if match is None or scale is None else f"{match[1].replace(',', '')}{scale}"
    unclear = f"{option}: {quoted(text)} is not a single amount in USD; write it as in '1bn' or '250m USD'"
    try:
        value = parse_value(usual, currency="USD")
    except ValueError as error:
        is_for_a_file = any(advice in str(error) for advice in _OF_A_FILE)
        raise UsageError(unclear if is_for_a_file else f"{option}: {brief(str(error))}") from None
    # A bound is one amount: `about 1bn` and `1–2bn` are values of the grammar, but say nothing sure to compare with.
    if value.currency != "USD" or value.qualifier or value.low != value.high:
        raise UsageError(unclear)
    return value.low
