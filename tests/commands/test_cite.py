from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kzus import __version__

if TYPE_CHECKING:
    from conftest import Kzus

TESTS = Path(__file__).parent.parent
AKORDA = "Akorda, “Visit to New York”, 2025-09-22, https://example.org/akorda\n"
WIRE = "Wire, “Deals [bold]signed[/bold]”, 2025-11, https://example.org/wire?a=1\n"
LEAFLET = "Leaflet, “An undated leaflet”, n.d.\n"


def validate(document: object) -> None:
    """Check CSL-JSON against the part of its schema that kzus uses."""
    jsonschema = importlib.import_module("jsonschema")
    schema = json.loads((TESTS / "csl.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)


@pytest.mark.parametrize(
    ("names", "cited"),
    [
        (["loan"], AKORDA),
        (["locomotives"], AKORDA + WIRE),
        (["wire-2025"], WIRE),
        (["new-york-2025"], AKORDA + WIRE),
        (["tax-treaty"], LEAFLET),
        (["trade"], WIRE + LEAFLET),
        (["visit"], AKORDA),
        (["rails-matter"], WIRE),
        (["citibank"], AKORDA + WIRE),
        (["Citi"], AKORDA + WIRE),
        (["convention on"], LEAFLET),
        (["health"], LEAFLET),
        (["rails-matter", "loan", "locomotives"], WIRE + AKORDA),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("width", [None, 80])
def test_an_entry_of_any_kind_has_its_sources(kzus: Kzus, names: list[str], cited: str, width: int | None) -> None:
    done = kzus("cite", *names, width=width)

    assert (done.code, done.err) == (0, "")
    assert done.out == (cited.rstrip("\n").replace("\n", "\n\n") + "\n" if width else cited)


def test_without_an_id_kzus_and_its_facts_are_cited(kzus: Kzus) -> None:
    done = kzus("cite")

    assert (done.code, done.out, done.err) == (0, f"kzus {__version__}, “A small fixture”, 2026-06-30\n", "")


def test_bibtex_entries_stand_apart(kzus: Kzus) -> None:
    done = kzus("cite", "wire-2025", "leaflet", "--style", "bibtex")

    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "@online{wire-2025,\n"
        "  organization = {{Wire}},\n"
        "  title = {{Deals [bold]signed[/bold]}},\n"
        "  date = {2025-11},\n"
        "  url = {https://example.org/wire?a=1},\n"
        "}\n"
        "\n"
        "@misc{leaflet,\n"
        "  organization = {{Leaflet}},\n"
        "  title = {{An undated leaflet}},\n"
        "}\n"
    )


def test_bibtex_of_kzus_has_its_version_and_day(kzus: Kzus) -> None:
    assert kzus("cite", "--style", "bibtex").out == (
        "@misc{kzus,\n"
        "  organization = {{kzus}},\n"
        "  title = {{A small fixture}},\n"
        f"  version = {{{__version__}}},\n"
        "  date = {2026-06-30},\n"
        "}\n"
    )


def test_csl_json_is_an_array_of_items(kzus: Kzus) -> None:
    done = kzus("cite", "loan", "--style", "csl-json")

    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out) == [
        {
            "id": "akorda-2025",
            "type": "webpage",
            "title": "Visit to New York",
            "publisher": "Akorda",
            "issued": {"date-parts": [[2025, 9, 22]]},
            "URL": "https://example.org/akorda",
            "language": "en",
        }
    ]


def test_csl_json_of_every_source_and_of_kzus_keeps_to_the_schema(kzus: Kzus) -> None:
    sources = kzus("sources", "--columns", "id", facts=None).out.split()
    items = json.loads(kzus("cite", *sources, "--style", "csl-json", facts=None).out)

    assert len(items) == len(sources) > 100
    validate(items)
    validate(json.loads(kzus("cite", "--style", "csl-json", facts=None).out))


def test_a_lens_hides_sources(kzus: Kzus) -> None:
    assert kzus("cite", "locomotives", "--source", "wire-2025").out == WIRE


@pytest.mark.parametrize("style", ["text", "bibtex", "csl-json"])
def test_no_sources_is_no_failure(kzus: Kzus, style: str) -> None:
    done = kzus("cite", "health", "--source", "akorda-2025", "--style", style, width=80)

    told = "the stage of 1 deal is the file's: no chosen source shows it\n"
    assert (done.code, done.out) == (0, ("[]\n" if style == "csl-json" else "") + told)
    assert done.err == "no sources · source akorda-2025\n"


def test_an_unknown_id_fails_before_anything_is_printed(kzus: Kzus) -> None:
    done = kzus("cite", "loan", "lone")

    assert (done.code, done.out, done.err) == (1, "", "kzus: unknown id 'lone' (did you mean 'loan'?)\n")


def test_an_unknown_style_is_a_usage_error(kzus: Kzus) -> None:
    done = kzus("cite", "loan", "--style", "apa")

    assert (done.code, done.out) == (2, "")
    assert done.err == "kzus: unknown style 'apa' (there are: text, bibtex, csl-json)\n"
