from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kzus.facts.check import load
from kzus.index.store import in_memory
from kzus.query.words import full_text_query, read_words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Kzus

FACTS = """
format: 2
title: T
as_of: 2026-01-01
sectors: {mining: {label: Mining, aliases: [uranium]}, air: {label: Air}}
sources: {s: {title: Page, publisher: P, kind: news}}
parties:
  uz: {name: Uzbekistan, country: UZ, kind: government, aliases: [Oʻzbekiston]}
  boeing: {name: Boeing, country: US, kind: company, aliases: [Боинг]}
  ktz: {name: Қазақстан темір жолы, short: KTZ, country: KZ, kind: company}
deals:
  tungsten: {title: A tungsten mine for critical minerals, instrument: project, flow: unclear, stage: pledge,
    date: 2025, date_kind: announced, sector: mining, parties: [ktz], sources: s}
  jets: {title: "Boeing's aircraft of the U.S. and of air co\u00adoperation", instrument: contract, flow: trade,
    stage: pledge, date: 2025, date_kind: announced, sector: air, parties: [uz, boeing], part_of: tungsten, sources: s}
  ai: {title: An AI centre, instrument: project, flow: unclear, stage: pledge, date: 2024, date_kind: announced,
    sector: air, parties: [uz], note: President Tokayev opened it., sources: s}
"""


@pytest.fixture
def facts(fact_file: Callable[[str], Path]) -> Path:
    return fact_file(FACTS)


@pytest.fixture
def index() -> sqlite3.Connection:
    return in_memory(load(FACTS.encode(), "facts.yaml"))


def found(kzus: Kzus, facts: Path, *words: str) -> list[str]:
    done = kzus("deals", *words, "-c", "id", "-q", facts=facts)
    assert (done.code, done.err) == (0, "")
    return done.out.split()


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("AI", "ai"),  # neither air nor aircraft
        ("ai*", "jets ai"),
        ("uranium", ""),  # what its sector is also called
        ("Mining", ""),
        ("tungsten", "tungsten"),  # not what is only part of it
        ("critical minerals", "tungsten"),
        ("minerals critical", "tungsten"),
        ("critical aircraft", ""),
        ("boeing", "jets"),  # of Boeing's
        ("boeing’s", "jets"),
        ("us", "jets"),  # of U.S.
        ("U.S.", "jets"),
        ("cooperation", "jets"),  # with a soft hyphen
        ("o'zbekiston", "jets ai"),
        ("OʼZBEKISTON", "jets ai"),
        ("ozbek*", "jets ai"),
        ("казакстан", "tungsten"),
        ("ҚАЗАҚСТАН ТЕМІР", "tungsten"),
        ("ktz", "tungsten"),
        ("critical—minerals", "tungsten"),
    ],
)
def test_a_word_is_whole_and_any_spelling_of_it_will_do(kzus: Kzus, facts: Path, words: str, ids: str) -> None:
    assert found(kzus, facts, *words.split()) == ids.split()


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("Boing", " (did you mean boeing or боинг?)"),
        ("tokaev", " (did you mean tokayev?)"),
        ("Токаев", " (did you mean tokayev?)"),
        ("boing tungsen", " (did you mean boeing or боинг for boing, tungsten for tungsen?)"),
        ("boeing tungsten", " (each word occurs, but not together)"),
        ("qqqqq", ""),
        ("?!", ""),
    ],
)
def test_nothing_found_names_the_nearest_words_that_occur(kzus: Kzus, facts: Path, words: str, hint: str) -> None:
    done = kzus("deals", words, facts=facts)

    assert (done.code, done.out, done.err) == (0, "", f"no deals · text {words}{hint}\n")


def test_only_words_that_occur_in_the_list_are_named(kzus: Kzus, facts: Path) -> None:
    assert kzus("parties", "tokaev", facts=facts).err == "no parties · text tokaev\n"
    assert kzus("search", "tokaev", facts=facts).err == "no matches · text tokaev (did you mean tokayev?)\n"


def test_every_list_can_say_where_words_occur(kzus: Kzus, facts: Path) -> None:
    assert kzus("deals", "ai", "-c", "id,match", facts=facts).out == "ai\tAn ‹AI› centre\n"
    assert kzus("deals", "o'zbekiston", "-c", "match", "-n", "1", facts=facts).out == (
        "Uzbekistan · ‹Oʻzbekiston› · uz · Boeing · Боинг\n"
    )
    assert kzus("timeline", "ai", "-c", "match", facts=facts).out == "An ‹AI› centre\n"
    assert kzus("deals", "-c", "match", "-n", "1", "-f", "json", facts=facts).out == '[\n  {"match": null}\n]\n'


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("boeing", '"boeing"'),
        ("critical  min*", '"critical" AND "min"*'),
        ("787-9", '("787 9" OR "787-9")'),
        ('"a" OR zz*', '"a" AND "or" AND "zz"*'),
        ("a\0b", '"a" AND "b"'),
        ("a A a", '"a"'),
        ("", '""'),
        (' " ?! * ', '""'),
    ],
)
def test_nothing_that_is_typed_is_syntax_of_a_search(index: sqlite3.Connection, text: str, query: str) -> None:
    assert full_text_query(index, text) == query


def test_a_word_that_comes_again_is_one_word() -> None:
    assert [word.typed for word in read_words("Rail rail RAIL* rail")] == ["Rail", "RAIL*"]
