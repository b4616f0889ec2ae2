"""Nothing, in every form that YAML has for it, at every key: the check and the schema refuse it."""

from __future__ import annotations

import copy
import json
from importlib import import_module
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import pytest
import yaml

from kzus.errors import FactFileError
from kzus.facts.check import json_schema, load
from kzus.facts.model import Facts
from kzus.facts.template import new_fact_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kzus.facts.reader import Path

FORMS: tuple[Any, ...] = (None, "", [], {})


class EditorLoader(yaml.SafeLoader):
    """Types scalars as an editor does, by YAML 1.2: a date is text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [each for each in resolvers if each[0] != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
SOUND = new_fact_file("KZ,US", "2026-06-30")
ROOT = yaml.load(SOUND, EditorLoader)  # noqa: S506 - a safe loader
SCHEMA: Any = import_module("jsonschema").Draft202012Validator(json_schema())


def paths(node: Any, kind: Any = Facts, path: Path = ()) -> Iterator[Path]:
    """Yield the path to every key that an entry of the file has or may have, and to every item of a list."""
    if isinstance(node, list):
        for at, inner in enumerate(node):
            yield (*path, at)
            yield from paths(inner, get_args(kind)[0], (*path, at))
    elif isinstance(node, dict):
        keys = get_type_hints(kind) if hasattr(kind, "__required_keys__") else dict.fromkeys(node, get_args(kind)[-1])
        for key, inner in keys.items():
            yield (*path, key)
            if key in node:
                yield from paths(node[key], inner, (*path, key))


def changed(path: Path, form: Any) -> dict[str, Any]:
    root: dict[str, Any] = copy.deepcopy(ROOT)
    node: Any = root
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = form
    return root


def messages(text: str) -> list[str]:
    with pytest.raises(FactFileError) as refused:
        load(text.encode(), "own.yaml")
    return [problem.message for problem in refused.value.problems]


def test_the_check_and_the_schema_take_the_same_file() -> None:
    assert load(SOUND.encode(), "own.yaml")["deals"]
    assert [error.message for error in SCHEMA.iter_errors(ROOT)] == []


@pytest.mark.parametrize("path", [("title",), ("deals", "wind-framework", "place"), ("sectors", "energy", "label")])
def test_a_text_of_one_letter_is_taken_by_both(path: Path) -> None:
    root = changed(path, "X")
    assert load(json.dumps(root | {"format": "2"}).encode(), "own.yaml")
    assert SCHEMA.is_valid(root)


@pytest.mark.parametrize("form", FORMS, ids=repr)
def test_nothing_is_refused_at_every_place(form: Any) -> None:
    places = list(paths(ROOT))
    assert len(places) > 300
    for path in places:
        root = changed(path, form)
        if form == {} and path in (("sectors",), ("sources",)):  # a file may have none yet, but says so
            continue
        assert any(each.startswith("is empty; ") for each in messages(json.dumps(root))), path
        assert not SCHEMA.is_valid(root), path


@pytest.mark.parametrize("form", ["null", "Null", "NULL", "~", "", '""', "''", "[]", "{}"])
@pytest.mark.parametrize("key", ["title", "as_of", "place", "tags", "values", "payer", "sector", "period", "counts"])
def test_every_form_of_nothing_is_told_by_the_same_words(form: str, key: str) -> None:
    if key in ("title", "as_of"):
        text = "".join(
            f"{key}: {form}\n" if line.startswith(f"{key}:") else line for line in SOUND.splitlines(keepends=True)
        )
    else:
        text = SOUND.replace("    finances: wind-turbines", f"    finances: wind-turbines\n    {key}: {form}", 1)
    if key == "counts":
        text = SOUND.replace("counts: false", f"counts: {form}", 1)
    assert "is empty; leave the key out" in messages(text)
