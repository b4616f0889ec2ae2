"""The rows that searching and looking up names need: entries with all their words, names, mentions."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from kzus.facts.entries import TITLES, all_entries, targets
from kzus.values.names import APOSTROPHES, INVISIBLE, composed, fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    Entry = Mapping[str, Any]
    Entries = Mapping[str, Entry]
    Row = dict[str, object]

_NAMED = ("sectors", "parties")
SEARCHED = ("title", "aliases", "words", "parties")
"""The columns that the full text is made of."""
_UNSEARCHED_KEYS = frozenset(
    "source sources stage_source url archive retrieved language accept flow payer payee measure rank"
    " part_of finances supersedes succeeds deal".split()
)
"""Keys whose text no search looks in: addresses, ids of others, and words by which half of all deals are found."""
_ABBREVIATION = r"(?:[^\W\d_]\.){2,}"  # U.S., which people also type without dots
_WORD = rf"{_ABBREVIATION}|[\w{APOSTROPHES}{INVISIBLE}]+"


def entry_rows(facts: Mapping[str, Any]) -> Iterator[Row]:
    """Yield every entry whole, with the texts that a search looks in."""
    # Once for each party, since most stand in many deals.
    called = {name: _called("parties", name, entry).values() for name, entry in facts.get("parties", {}).items()}
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for position, (kind, name, entry) in enumerate(all_entries(facts)):
        key = TITLES.get(kind, "title")
        texts = {
            "aliases": [*entry.get("aliases", ()), *([entry["short"]] if "short" in entry else ())],
            "words": _words(entry, {key, "aliases", "short", "sector", "parties", *_UNSEARCHED_KEYS}),
            "parties": [each for party in entry.get("parties", ()) for each in called.get(party, ())],
        }
        yield {
            "position": position,
            "id": name,
            "kind": kind,
            "title": composed(entry[key]),
            "body": encode(entry),
            **{column: composed(" · ".join(text)) for column, text in texts.items()},
        }


def _called(kind: str, name: str, entry: Entry) -> dict[str, str]:
    """Return what a sector or party is called, its id last, each under what it is folded to."""
    called: dict[str, str] = {}
    short = [entry["short"]] if "short" in entry else []
    for each in (entry[TITLES[kind]], *short, *entry.get("aliases", ()), name):
        called.setdefault(fold(each), each)
    return called


def _words(node: Entry, silent: Collection[str] = _UNSEARCHED_KEYS) -> list[str]:
    """Return every text of an entry that a person would look for, but for what stands under a `silent` key of it."""
    words: list[str] = []
    for key, value in node.items():
        if key not in silent:
            for item in value if isinstance(value, list) else (value,):
                if isinstance(item, str):
                    words.append(item)
                elif isinstance(item, dict):
                    words += _words(item)
    return words


def spelling_rows(entries: Iterable[Row]) -> Iterator[Row]:
    """Yield the words of entries that people also type otherwise, under what they are folded to.

    The full text itself keeps what is written, so that an answer shows it.
    """
    found = {
        word.strip(APOSTROPHES)
        for row in entries
        for column in SEARCHED
        for word in re.findall(_WORD, str(row[column]))
        # The full text folds case itself, so plain words need no row.
        if not (word.isascii() and word.isalnum())
    }
    for word in sorted(found):
        folded = fold(word.replace(".", ""))
        if folded and " " not in folded and folded != word:
            yield {"folded": folded, "spelling": word}


def name_rows(facts: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what a person may type for a sector or party."""
    for kind in _NAMED:
        for name, entry in facts.get(kind, {}).items():
            yield from ({"kind": kind, "name": called, "id": name} for called in _called(kind, name, entry))


def hidden_name_rows(facts: Mapping[str, Any], whole: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the names of what a lens hides, so that asking for one is no mistake."""
    for name, party in whole.get("parties", {}).items():
        if name not in facts.get("parties", {}):
            yield from ({"kind": "parties", "name": called, "id": name} for called in _called("parties", name, party))
    shown = _plain_names(facts)
    for kind, names in _plain_names(whole).items():
        for name in names:
            if name not in shown[kind]:
                yield {"kind": kind, "name": name, "id": name}


def _plain_names(facts: Mapping[str, Any]) -> dict[str, dict[str, None]]:
    """Return what goes by one name only: packages, and what is in use as a tag, a country or a person."""
    deals, parties, events = (facts.get(kind, {}).values() for kind in ("deals", "parties", "events"))
    return {
        "packages": dict.fromkeys(facts.get("packages", {})),
        "tags": dict.fromkeys(tag for deal in deals for tag in deal.get("tags", ())),
        "countries": dict.fromkeys(party["country"] for party in parties if "country" in party),
        "people": dict.fromkeys(person for event in events for person in event.get("people", ())),
    }


def mention_rows(facts: Mapping[str, Any]) -> Iterator[Row]:
    """Yield which entry mentions which, and under which key."""
    for _, name, entry in all_entries(facts):
        for field, target in targets(entry):
            yield {"entry": name, "field": field, "target": target}
