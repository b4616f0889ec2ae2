from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kzus.facts import model, model_claims
from kzus.facts.about import ABOUT, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Kzus

COLLECTIONS = "sectors sources parties deals packages treaties indicators events statements".split()


def test_the_schema_names_its_dialect_first(kzus: Kzus) -> None:
    done = kzus("schema")
    schema = json.loads(done.out)

    assert (done.code, done.err) == (0, "")
    assert next(iter(schema.items())) == ("$schema", "https://json-schema.org/draft/2020-12/schema")


def test_the_schema_describes_every_collection_and_refuses_other_keys(kzus: Kzus) -> None:
    schema = json.loads(kzus("schema").out)

    assert schema["type"] == "object"
    assert set(schema["properties"]) == {"format", "title", "version", "as_of", "sides", *COLLECTIONS}
    assert schema["additionalProperties"] is False


def test_the_schema_says_of_each_kind_what_its_model_says() -> None:
    models = {name: entry for module in (model, model_claims) for name, entry in vars(module).items() if name in ABOUT}

    assert {name: entry.__doc__ for name, entry in models.items()} == ABOUT
    assert model.Facts.__doc__ == WHOLE


def test_every_reference_leads_somewhere(kzus: Kzus) -> None:
    schema = json.loads(kzus("schema").out)
    references = set(references_in(schema))

    assert references
    assert references <= {f"#/$defs/{name}" for name in schema["$defs"]}


def test_every_key_has_a_description_for_the_editor(kzus: Kzus) -> None:
    schema = json.loads(kzus("schema").out)
    objects = {"": schema, **schema["$defs"]}
    silent = [
        f"{name}.{key}"
        for name, definition in objects.items()
        for key, value in definition.get("properties", {}).items()
        if not value.get("description")
    ]

    assert silent == []


def references_in(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(reference := node.get("$ref"), str):
            yield reference
        for value in node.values():
            yield from references_in(value)
    elif isinstance(node, list):
        for item in node:
            yield from references_in(item)
