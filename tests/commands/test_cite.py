from __future__ import annotations

import importlib
import json
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import DIGEST

from kzus import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Kzus

TESTS = Path(__file__).parent.parent
NOTE = f"as in kzus, facts 2026.07.01, digest {DIGEST}"
AKORDA = f"Akorda, “Visit to New York”, 2025-09-22, https://example.org/akorda, {NOTE}\n"
WIRE = f"Wire, “Deals [bold]signed[/bold]”, 2025-11, https://example.org/wire?a=1, {NOTE}\n"
LEAFLET = f"Leaflet, “An undated leaflet”, n.d., {NOTE}\n"
SOURCES = """
sources:
  analysis: {title: T, publisher: P, kind: analysis, published: 2025-09-30, url: https://example.org/1}
  news-old: {title: T, publisher: P, kind: news, published: 2025-08, url: https://example.org/2}
  news-late: {title: T, publisher: P, kind: news, published: 2025-12, url: https://example.org/3}
  news: {title: T, publisher: P, kind: news, published: 2025-09, url: https://example.org/4}
  news-offline: {title: T, publisher: P, kind: news, published: 2025-09-22}
  undated: {title: T, publisher: P, kind: news, url: https://example.org/5}
  academic: {title: T, publisher: P, kind: academic, published: 2026, url: https://example.org/6}
  dataset: {title: T, publisher: P, kind: dataset}
  filing: {title: T, publisher: P, kind: filing, url: https://example.org/7}
  company: {title: T, publisher: P, kind: company, published: 2025-09-23}
  company-stated: {title: T, publisher: P, kind: company}
  official: {title: T, publisher: P, kind: official}
sectors: {rail: {label: Rail}}
parties: {ktz: {name: KTZ, kind: company, country: KZ}}
"""
DEAL = """
deals:
  deal:
    {title: T, instrument: contract, flow: trade, stage: pledge, date: 2025-09-22, date_kind: signed, sector: rail,
     parties: [ktz], values: [{value: 1bn USD, measure: price, source: company-stated}],
     sources: [analysis, news-old, news-late, news, news-offline, undated, academic, dataset, filing, company,
               official]}
"""
BEST_FIRST = """official company-stated company filing dataset news news-late news-old news-offline academic analysis
undated""".split()


def validate(document: object) -> None:
    """Check CSL-JSON against the part of its schema that kzus uses."""
    jsonschema = importlib.import_module("jsonschema")
    schema = json.loads((TESTS / "csl.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)


@pytest.mark.parametrize(
    ("names", "all_cited"),
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
def test_an_entry_of_any_kind_has_its_sources(kzus: Kzus, names: list[str], all_cited: str, width: int | None) -> None:
    done = kzus("cite", *names, "--all", width=width)

    assert (done.code, done.err) == (0, "")
    assert done.out == (all_cited.rstrip("\n").replace("\n", "\n\n") + "\n" if width else all_cited)


@pytest.mark.parametrize(
    ("names", "best", "more"),
    [
        (["loan"], AKORDA, ""),
        (["locomotives"], AKORDA, "300 locomotives (deal): 1 of 2 sources; all: --all\n"),
        (["300", "locomotives"], AKORDA, "300 locomotives (deal): 1 of 2 sources; all: --all\n"),
        (["wabtec"], AKORDA, "Wabtec (party): 1 of 3 sources; all: --all; a deal: kzus cite locomotives\n"),
        (["rail"], AKORDA, "Transport (sector): 1 of 3 sources; all: --all; a deal: kzus cite locomotives\n"),
        (["health"], LEAFLET, ""),
        (["rails-matter", "locomotives"], WIRE + AKORDA, ""),
        (["locomotives", "new-york-2025", "trade"], AKORDA + WIRE, "2 of 3 sources; all: --all\n"),
    ],
    ids=str,
)
def test_each_id_has_its_best_source(kzus: Kzus, names: list[str], best: str, more: str) -> None:
    done = kzus("cite", *names)

    assert (done.code, done.out, done.err) == (0, best, "")
    assert kzus("cite", *names, width=80).err == more


def test_the_facts_themselves_have_no_more_sources(kzus: Kzus) -> None:
    done = kzus("cite", width=80)

    assert (done.code, done.out.count("kzus, “"), done.err) == (0, 1, "")


def test_the_best_source_is_first(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    facts = fact_file(f"format: 2\ntitle: T\nas_of: 2026-06-30\n{SOURCES}{DEAL}")
    done = kzus("cite", "deal", "--all", "--style", "csl-json", facts=facts)

    assert [each["id"] for each in json.loads(done.out)] == BEST_FIRST


@pytest.mark.parametrize(
    ("date", "first"),
    [
        # what was published on its first day is no older than an event of several days
        ("2025-09-22/2025-09-25", "on-the-day before-its-end after before"),
        ("2025-09-22", "on-the-day before-its-end after before"),
        ("2025-09", "on-the-day before-its-end after before"),
        ("2025-09-23/2025-09-25", "before-its-end after before on-the-day"),
    ],
)
def test_of_an_event_the_earliest_source_since_it_began_is_first(
    kzus: Kzus, fact_file: Callable[[str], Path], date: str, first: str
) -> None:
    days = {"on-the-day": "2025-09-22", "before-its-end": "2025-09-24", "after": "2025-09-26", "before": "2025-08"}
    sources = "\n".join(
        f"  {name}: {{title: T, publisher: P, kind: news, published: {day}}}" for name, day in days.items()
    )
    facts = fact_file(
        f"format: 2\ntitle: T\nas_of: 2026-06-30\nsectors: {{rail: {{label: Rail}}}}\nsources:\n{sources}\nevents:\n"
        f"  visit: {{title: V, date: {date}, kind: visit, sector: rail, sources: [{', '.join(days)}]}}\n"
    )
    done = kzus("cite", "visit", "--all", "--style", "csl-json", facts=facts)

    assert [item["id"] for item in json.loads(done.out)] == first.split()


def test_facts_without_a_version_have_their_digest(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    facts = fact_file(f"format: 2\ntitle: T\nas_of: 2026-06-30\n{SOURCES}{DEAL}")
    digest = blake2b(facts.read_bytes(), digest_size=20).hexdigest()[:12]

    assert kzus("cite", "official", facts=facts).out == f"P, “T”, n.d., as in kzus, facts, digest {digest}\n"
    assert kzus("cite", facts=facts).out == f"kzus, “T”, 2026-06-30, kzus {__version__}, digest {digest}\n"


def test_when_a_page_was_read_is_told(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    text = (TESTS / "facts.yaml").read_text("utf-8")
    facts = fact_file(text.replace("published: 2025-11,", "published: 2025-11, retrieved: 2026-05-01,"))
    done = kzus("cite", "wire-2025", facts=facts)

    assert "https://example.org/wire?a=1, accessed 2026-05-01, as in kzus" in done.out


def test_without_an_id_kzus_and_its_facts_are_cited(kzus: Kzus) -> None:
    done = kzus("cite")

    assert (done.code, done.out, done.err) == (
        0,
        f"kzus, “A small fixture”, version 2026.07.01, 2026-06-30, kzus {__version__}, digest {DIGEST}\n",
        "",
    )


def test_bibtex_entries_stand_apart(kzus: Kzus) -> None:
    done = kzus("cite", "wire-2025", "leaflet", "--style", "bibtex")

    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "@online{wire-2025,\n"
        "  organization = {{Wire}},\n"
        "  title = {{Deals [bold]signed[/bold]}},\n"
        "  date = {2025-11},\n"
        "  url = {https://example.org/wire?a=1},\n"
        f"  note = {{{NOTE}}},\n"
        "}\n"
        "\n"
        "@misc{leaflet,\n"
        "  organization = {{Leaflet}},\n"
        "  title = {{An undated leaflet}},\n"
        f"  note = {{{NOTE}}},\n"
        "}\n"
    )


def test_bibtex_of_kzus_has_its_version_and_day(kzus: Kzus) -> None:
    assert kzus("cite", "--style", "bibtex").out == (
        "@misc{kzus,\n"
        "  organization = {{kzus}},\n"
        "  title = {{A small fixture}},\n"
        "  version = {2026.07.01},\n"
        "  date = {2026-06-30},\n"
        f"  note = {{kzus {__version__}, digest {DIGEST}}},\n"
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
            "note": NOTE,
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
