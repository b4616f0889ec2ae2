"""A fact file, checked: either facts that hold together, or every problem in one go."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from kzus.errors import FactFileError, Problem, unknown
from kzus.facts import reader
from kzus.facts.cross_check import cross_check
from kzus.facts.fields import NotListedError
from kzus.facts.model import COLLECTIONS, Facts
from kzus.facts.vocabulary import COUNTRIES
from kzus.values.text import brief

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kzus.facts.lint.rules import Finding
    from kzus.facts.reader import Fault, Path, Told, Tree

_hints = cache(get_type_hints)
_FACTS: TypeAdapter[Facts] = TypeAdapter(Facts)
_FORMAT_1 = (
    "is '1', and this kzus reads 2: a deal has a `flow`, each value of a deal a `measure`, `preferred: true` is"
    " `rank: preferred`, `counts` of a package are `quantities`, money in `quantities` moves to `values`;"
    ' then write 2 (README, "Your own fact file")'
)


def load(data: bytes, name: str, told: Told | None = None) -> Facts:
    """Check the bytes of a fact file that the messages call `name`; `told` hears how far it has come.

    Raises `FactFileError` with all problems, sorted by line.
    """
    tree = reader.read(data, told=told)
    if tree.root is None:
        raise FactFileError(name, sorted(tree.problems))
    if tree.root.get("format") == "1":
        raise FactFileError(name, locate(data, [(("format",), _FORMAT_1)]))
    faults = cross_check(tree.root)
    facts: Facts | None = None
    try:
        facts = _FACTS.validate_python(tree.root, context=_context(tree.root))
    except ValidationError as error:
        advise = _Advice()
        faults += [_fault(found, advise, tree.root) for found in error.errors(include_url=False)]
    if faults or tree.problems or facts is None:
        raise FactFileError(name, sorted({*tree.problems, *locate(data, faults)}))
    return facts


def locate(data: bytes, faults: Iterable[Fault | Finding]) -> list[Problem]:
    """Find the places of faults in the bytes of a fact file, sorted by line."""
    faults = list(faults)
    marked = reader.read(data, marked=(path for path, *_ in faults))
    return sorted({_locate(marked, *fault) for fault in faults})


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a fact file, for editors."""
    from kzus.facts.about import ABOUT, WHOLE

    schema = _FACTS.json_schema()
    for name, about in ABOUT.items():
        schema["$defs"][name] = {"description": about, **_without_description(schema["$defs"][name])}
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "description": WHOLE, **_without_description(schema)}


def _without_description(definition: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in definition.items() if key != "description"}


def _context(root: dict[str, Any]) -> dict[str, Any]:
    """Collect what validators look up: the ids of each collection, sound or not, and the file's day."""
    ids = {name: tuple(found) if isinstance(found := root.get(name), dict) else () for name in COLLECTIONS}
    as_of, sides = root.get("as_of"), root.get("sides")
    return {
        "ids": {name: dict.fromkeys(found) for name, found in ids.items()},
        "as_of": as_of if isinstance(as_of, str) else "",
        "sides": tuple(sides) if isinstance(sides, dict) else COUNTRIES,
    }


class _Advice:
    """Says what may be meant by an unknown word, until that has taken as long as a person would wait."""

    def __init__(self) -> None:
        self._left = 100_000

    def __call__(self, kind: str, name: str, known: Collection[str]) -> str:
        if self._left < len(known):
            return f"unknown {kind} '{name}'"
        self._left -= len(known)
        return unknown(kind, name, known)


def _fault(error: Any, advise: _Advice, root: Any) -> Fault:
    """Say what pydantic found in the words of the file."""
    path: Path = tuple(error["loc"])
    given, kind = error["input"], error["type"]
    if path[-1:] == ("[key]",):
        path = path[:-1]
    elif (given == "" and kind != "extra_forbidden") or kind == "too_short":
        return _written(path, root), "is empty; leave the key out"
    path, message = _complaint(path, given, kind, error, advise)
    return _written(path, root), message


def _written(path: Path, root: Any) -> Path:
    """Return a path as the file has it: a bare id stands for a list of one."""
    written: list[str | int] = []
    for step in path:
        if isinstance(step, int) and not isinstance(root, list):
            continue
        written.append(step)
        root = root[step] if _holds(root, step) else None
    return tuple(written)


def _complaint(path: Path, given: Any, kind: str, error: Any, advise: _Advice) -> Fault:
    if kind == "missing":
        return path[:-1], f"the key '{path[-1]}' is missing"
    if kind == "extra_forbidden":
        return path, advise("key", str(path[-1]), _keys_at(path[:-1]))
    if kind == "literal_error" and isinstance(given, str):
        return path, advise(str(path[-1]).replace("_", " "), given, _words_at(path))
    if kind == "value_error":
        reason = error["ctx"]["error"]
        return path, advise(*reason.args) if isinstance(reason, NotListedError) else str(reason)
    if kind == "string_pattern_mismatch":
        return path, f"'{given}' doesn't have the form {error['ctx']['pattern']}"
    return path, f"{_EXPECTED.get(kind, error['msg'])}, found {_found(given)}"


_EXPECTED = {
    "string_type": "expected text",
    "literal_error": "expected text",
    "list_type": "expected a list",
    "dict_type": "expected a mapping",
    "typed_dict_type": "expected a mapping",
}


def _found(given: Any) -> str:
    if isinstance(given, str):
        return f"'{given}'"
    return "an empty list" if given == [] else "a list" if isinstance(given, list) else "a mapping"


def _type_at(path: Path) -> Any:
    """Follow a path through the model to the type that stands there."""
    found: Any = Facts
    for step in path:
        is_collection = get_origin(found) in (dict, list)
        found = get_args(found)[-1] if is_collection else _hints(found).get(str(step))
    return found


def _keys_at(path: Path) -> list[str]:
    return list(_hints(_type_at(path)))


def _words_at(path: Path) -> list[str]:
    found = _type_at(path)
    return [str(word) for word in get_args(found)] if get_origin(found) is Literal else []


def _locate(marked: Tree, path: Path, message: str, rule: str | None = None) -> Problem:
    """Find the place of a fault: the value if it is a scalar, else the key that it stands under."""
    place: Path = ()
    node = marked.root
    # What is missing has no place, nor has what stands only in the first of two keys that are the same.
    for step in path:
        if not _holds(node, step):
            break
        node, place = node[step], (*place, step)
    mark = marked.nodes[place]
    if not isinstance(node, str) or node == "":
        mark = marked.keys.get(place, mark)
    return Problem(*mark, reader.print_path(path), brief(message), rule)


def _holds(node: Any, step: str | int) -> bool:
    return (isinstance(node, dict) and step in node) or (
        isinstance(node, list) and isinstance(step, int) and step < len(node)
    )
