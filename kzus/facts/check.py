"""A fact file, checked: either facts that hold together, or every problem in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from kzus.errors import FactFileError, Problem
from kzus.facts import reader
from kzus.facts.cross_check import cross_check
from kzus.facts.explain import explain, holds
from kzus.facts.model import Facts
from kzus.facts.vocabulary import SINGULAR
from kzus.values.codes import names
from kzus.values.text import brief

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kzus.facts.lint.rules import Finding
    from kzus.facts.reader import Fault, OnProgress, Path, Tree

_FACTS: TypeAdapter[Facts] = TypeAdapter(Facts)
_NEVER_EMPTY = {"enum", "const", "minLength"}
_FORMAT_1 = (
    "is '1', and this kzus reads 2: a deal has a `flow`, each value of a deal a `measure`, `preferred: true` is"
    " `rank: preferred`, `counts` of a package are `quantities`, money in `quantities` moves to `values`;"
    ' then write 2 (README, "Your own fact file")'
)


def load(data: bytes, name: str, on_progress: OnProgress | None = None) -> Facts:
    """Check the bytes of a fact file that the messages call `name`; `on_progress` hears how far it has come.

    Raises `FactFileError` with all problems, sorted by line.
    """
    tree = reader.read(data, on_progress=on_progress)
    if tree.root is None:
        raise FactFileError(name, sorted(tree.problems))
    if tree.root.get("format") == "1":
        # Alone, since every other complaint would only follow from the old format.
        raise FactFileError(name, locate(data, [(("format",), _FORMAT_1)]))
    faults = cross_check(tree.root)
    facts: Facts | None = None
    try:
        facts = _FACTS.validate_python(tree.root, context=_context(tree.root))
    except ValidationError as error:
        faults += explain(error, tree.root)
    if faults or tree.problems or facts is None:
        raise FactFileError(name, sorted({*tree.problems, *locate(data, faults)}))
    return facts


def locate(data: bytes, faults: Iterable[Fault | Finding]) -> list[Problem]:
    """Find the places of faults in the bytes of a fact file, sorted by line."""
    faults = list(faults)
    # Read again, only where there are faults: marks of everything would slow down every check.
    marked = reader.read(data, marked=(path for path, *_ in faults))
    return sorted({_locate(marked, *fault) for fault in faults})


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a fact file, for editors."""
    from kzus.facts.about import ABOUT, WHOLE

    schema = _FACTS.json_schema()
    for name, about in ABOUT.items():
        schema["$defs"][name] = {"description": about, **_without_description(schema["$defs"][name])}
    dialect = "https://json-schema.org/draft/2020-12/schema"
    schema = {"$schema": dialect, "description": WHOLE, **_without_description(schema)}
    _refuse_empty(schema)
    return schema


def _without_description(definition: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in definition.items() if key != "description"}


def _refuse_empty(node: Any) -> None:
    """Refuse empty texts, as the check does, wherever a text is neither one of a list nor of a pattern."""
    if isinstance(node, dict):
        types = node.get("type")
        is_text = "string" in types if isinstance(types, list) else types == "string"
        if is_text and not node.keys() & _NEVER_EMPTY:
            node["minLength"] = 1
        for inner in node.values():
            _refuse_empty(inner)
    elif isinstance(node, list):
        for inner in node:
            _refuse_empty(inner)


def _context(root: dict[str, Any]) -> dict[str, Any]:
    """Collect what validators look up: the ids of each collection, sound or not, and the file's day."""
    # Of faulty entries too, or whatever refers to one would be told as unknown.
    ids = {name: tuple(found) if isinstance(found := root.get(name), dict) else () for name in SINGULAR}
    as_of, sides = root.get("as_of"), root.get("sides")
    return {
        "ids": {name: dict.fromkeys(found) for name, found in ids.items()},
        "as_of": as_of if isinstance(as_of, str) else "",
        # Without sides each country is one, so any may be named.
        "sides": tuple(sides) if isinstance(sides, dict) else names("country"),
    }


def _locate(marked: Tree, path: Path, message: str, rule: str | None = None) -> Problem:
    """Find the place of a fault: the value if it is a scalar, else the key that it stands under."""
    place: Path = ()
    node = marked.root
    # What is missing has no place, nor has what stands only in the first of two keys that are the same.
    for step in path:
        if not holds(node, step):
            break
        node, place = node[step], (*place, step)
    mark = marked.nodes[place]
    if not isinstance(node, str) or node == "":
        mark = marked.keys.get(place, mark)
    return Problem(*mark, reader.print_path(path), brief(message), rule)
