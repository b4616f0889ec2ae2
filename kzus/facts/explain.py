"""What pydantic finds, in the words of the fact file: where it is, what is wrong and what to write instead."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, NotRequired, get_args, get_origin, get_type_hints

from kzus.errors import unknown
from kzus.facts.entries import TITLES
from kzus.facts.fields import NotListedError, is_slug
from kzus.facts.model import Facts
from kzus.facts.vocabulary import KINDS
from kzus.values.names import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pydantic import ValidationError

    from kzus.facts.reader import Fault, Path

# A file may have thousands of faults, and each would evaluate the annotations of the model anew.
_hints = cache(get_type_hints)
_EMPTY: tuple[Any, ...] = ("", [], {})
_TYPE_WORDS = {
    "string_type": "text",
    "literal_error": "text",
    "list_type": "a list",
    "dict_type": "a mapping",
    "typed_dict_type": "a mapping",
}
_MEANT = {
    what: {word: meant for meant, words in table.items() for word in words.split(", ")}
    for what, table in {
        "instrument": {
            "memorandum": "mou, memorandum of understanding, memo", "letter of intent": "loi, letter of interest",
            "loan agreement": "loan, credit, credit agreement", "grant agreement": "grant", "agreement": "treaty, deal",
            "guarantee": "guaranty", "exchange of notes": "notes, exchanged notes", "contract": "order, purchase",
        },
        "flow": {
            "trade": "purchase, sale, sales, export, exports, order, contract", "investment": "equity, fdi, venture",
            "financing": "loan, loans, credit, guarantee, lending", "grant": "aid, gift, donation, assistance",
            "cooperation": "none, no money", "unclear": "unknown, other, mixed",
        },
        "measure": {
            "principal": "loan, credit, amount", "price": "contract, contract value", "spent": "paid",
            "planned": "investment, plan, target, announced", "project cost": "total cost, project",
            "estimate": "estimated",
        },
        "stage": {
            "pledge": "announced, planned, promised, proposed, dormant",
            "commitment": "signed, agreed, committed, firm",
            "implementation": "active, ongoing, under way, in progress, started", "completion": "done, finished",
            "suspended": "paused, stalled, on hold", "cancelled": "canceled, terminated", "lapsed": "expired",
        },
        "date kind": {"signed": "signature, signing, concluded", "announced": "reported, published"},
        "status": {"in force": "active, effective", "signed": "not in force", "replaced": "superseded"},
    }.items()
}  # fmt: skip
"""What people write for a word of a vocabulary.

These are guesses for a person to confirm; a query takes `common_names` without asking, which so hold none.
"""


def explain(error: ValidationError, root: dict[str, Any]) -> list[Fault]:
    """Return a fault for each thing that pydantic found in the plain tree of a file."""
    advice = _Advice(root)
    return [_fault(found, advice) for found in error.errors(include_url=False)]


def holds(node: Any, step: str | int) -> bool:
    """Tell whether a mapping has a key, or a list an item."""
    return (isinstance(node, dict) and step in node) or (
        isinstance(node, list) and isinstance(step, int) and step < len(node)
    )


class _Advice:
    """Says what may be meant by an unknown word, until that has taken as long as a person would wait."""

    def __init__(self, root: dict[str, Any]) -> None:
        self.root, self._left = root, 100_000

    def __call__(self, kind: str, name: str, known: Collection[str]) -> str:
        if self._left < len(known):
            return f"unknown {kind} '{name}'"
        self._left -= len(known)
        # From what is sure to a guess: an id of another kind, a name, a similar spelling.
        return self._of_other_kind(kind, name) or self._by_name(kind, name) or unknown(kind, name, known)

    def of_words(self, what: str, word: str, known: Collection[str]) -> str:
        """Say which word of a vocabulary is meant by another."""
        meant = _MEANT.get(what, {}).get(fold(word))
        return f"unknown {what} '{word}' (did you mean '{meant}'?)" if meant in known else self(what, word, known)

    def _of_other_kind(self, kind: str, name: str) -> str | None:
        """Find an entry of that id among those of another kind."""
        if kind not in KINDS:
            return None
        other = next((one for one, many in KINDS.items() if holds(self.root.get(many), name)), None)
        return other and f"'{name}' is the id of a {other}; write that of a {kind}"

    def _by_name(self, kind: str, name: str) -> str | None:
        """Find the entry that has the word for a name rather than for its id."""
        entries = self.root.get(KINDS[kind]) if kind in KINDS else None
        for entry_id, entry in entries.items() if isinstance(entries, dict) else ():
            if (
                isinstance(entry, dict)
                and is_slug(entry_id)
                and fold(name) in map(fold, _known_names(entry, KINDS[kind]))
            ):
                return f"unknown {kind} '{name}'; write the id '{entry_id}'"
        return None


def _known_names(entry: Mapping[str, Any], collection: str) -> Iterator[str]:
    aliases = entry.get("aliases")
    found = [entry.get(TITLES.get(collection, "title")), entry.get("short")]
    yield from (name for name in found + (aliases if isinstance(aliases, list) else []) if isinstance(name, str))


def _fault(error: Any, advise: _Advice) -> Fault:
    path: Path = tuple(error["loc"])
    given, kind = error["input"], error["type"]
    if path[-1:] == ("[key]",):
        # Pydantic's last step for a fault in a key; those before it lead to the key already.
        path = path[:-1]
    elif path and given in _EMPTY and kind != "extra_forbidden":
        # Of a missing key pydantic gives the mapping that lacks it.
        path = _written(path[:-1] if kind == "missing" else path, advise.root)
        if path:
            return path, "is empty; take it out" if isinstance(path[-1], int) else "is empty; leave the key out"
    path, message = _complaint(path, given, kind, error, advise)
    return _written(path, advise.root), message


def _written(path: Path, root: Any) -> Path:
    """Return a path as the file has it: a bare id stands for a list of one."""
    written: list[str | int] = []
    for step in path:
        if isinstance(step, int) and not isinstance(root, list):
            continue
        written.append(step)
        root = root[step] if holds(root, step) else None
    return tuple(written)


def _complaint(path: Path, given: Any, kind: str, error: Any, advise: _Advice) -> Fault:
    if kind == "missing":
        return path[:-1], f"the key '{path[-1]}' is missing"
    if kind == "extra_forbidden":
        message = advise("key", str(path[-1]), list(_hints(_type_at(path[:-1]))))
        # Within braces a comma ends a text, and what follows is a key with nothing: {of: steel, zinc}.
        return path, message if given or len(path) == 1 else f"{message}; put a text that has a comma in quotes"
    if kind == "literal_error" and isinstance(given, str):
        return path, advise.of_words(str(path[-1]).replace("_", " "), given, _words_at(path))
    if kind == "value_error":
        reason = error["ctx"]["error"]
        return path, advise(*reason.args) if isinstance(reason, NotListedError) else str(reason)
    example = _example(path, given, kind)
    return path, f"expected {_TYPE_WORDS[kind]}{example and f', as in {example}'}, found {_describe_given(given)}"


def _describe_given(given: Any) -> str:
    if isinstance(given, str):
        return f"'{given}'"
    return "a list" if isinstance(given, list) else "a mapping"


def _example(path: Path, given: Any, kind: str) -> str:
    """Write what stands where something of another type was found, with what was found in it."""
    expected = _type_at(path)
    if kind == "list_type":
        inner = get_args(expected)[0]
        return f"[{_mapping(inner, '…') if hasattr(inner, '__required_keys__') else given}]"
    if kind == "dict_type" and len(path) == 1 and (inner := get_args(expected)):
        return f"'{path[0]}: {{an-id: {_mapping(inner[-1], '…')}}}'" if hasattr(inner[-1], "__required_keys__") else ""
    if hasattr(expected, "__required_keys__"):
        return _mapping(expected, given if isinstance(given, str) else "…")
    return ""


def _mapping(entry: Any, text: str) -> str:
    """Write an entry with the keys that it must have, and the text under the first of them."""
    keys = [key for key, hint in _hints(entry, include_extras=True).items() if not _is_optional(hint)]
    return "{" + ", ".join(f"{key}: {text if at == 0 else '…'}" for at, key in enumerate(keys)) + "}"


def _is_optional(hint: Any) -> bool:
    return get_origin(get_args(hint)[0] if get_origin(hint) is Annotated else hint) is NotRequired


def _type_at(path: Path) -> Any:
    """Follow a path through the model to the type that stands there."""
    found: Any = Facts
    for step in path:
        # The last argument is the type of what a collection holds: of dict[Slug, Deal] the deal.
        is_collection = get_origin(found) in (dict, list)
        found = get_args(found)[-1] if is_collection else _hints(found).get(str(step))
    return found


def _words_at(path: Path) -> list[str]:
    found = _type_at(path)
    return [str(word) for word in get_args(found)] if get_origin(found) is Literal else []
