from __future__ import annotations

import copy
import os
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

import pytest
from conftest import FIXTURE, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from kzus.export.files import as_json
from kzus.facts.check import load
from kzus.facts.lens import Lens, apply_lens
from kzus.index.atomic import atomic_write
from kzus.index.store import in_memory, stored

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FACTS: Any = load(FIXTURE.read_bytes(), "facts.yaml")
TEXT = st.characters(
    exclude_categories=["Cc", "Cs"], include_characters="\t\n\x85", exclude_characters="\ufeff\ufffe\uffff"
)
"""What a fact file can hold."""
SOURCES = sorted(FACTS["sources"])


def again(facts: Mapping[str, Any]) -> Any:
    """Export facts and read what came out as the fact file that it is."""
    with closing(in_memory(facts)) as index:
        return load(as_json(index).encode(), "export.json")


@pytest.mark.parametrize("path", [FIXTURE, ROOT / "facts.yaml"], ids=["fixture", "shipped"])
def test_an_export_reads_as_the_facts_that_were_exported(path: Path) -> None:
    facts = load(path.read_bytes(), path.name)

    assert again(facts) == facts


@settings(deadline=None, max_examples=200)
@given(st.text(TEXT, min_size=1).filter(lambda text: text.strip() == text))
def test_no_text_is_lost_on_the_way(text: str) -> None:
    facts = copy.deepcopy(FACTS)
    facts["title"] = facts["deals"]["loan"]["title"] = facts["statements"]["rails-matter"]["by"] = text
    facts["events"]["visit"]["people"] = [text, "A. Smith", f"{text} and {text}"]

    assert again(facts) == facts


@settings(deadline=None)
@given(st.sets(st.sampled_from(SOURCES)), st.sampled_from([None, "2024", "2025-10", "2025-11", "2026-06-30"]))
def test_what_a_lens_shows_is_a_sound_fact_file(sources: set[str], as_of: str | None) -> None:
    seen = apply_lens(FACTS, Lens(sources, as_of))

    assert again(seen) == {kind: entries for kind, entries in seen.items() if entries or kind in ("sectors", "sources")}


def test_facts_without_a_source_are_still_a_fact_file() -> None:
    facts = {"format": 2, "title": "Nothing", "as_of": "2026", "sectors": {}, "sources": {}}

    assert again(facts) == facts
    with closing(in_memory(facts)) as index:
        assert stored(index) == facts


def test_a_file_that_fails_half_way_leaves_the_old_one_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "facts.sqlite"
    target.write_text("old")
    with suppress(sqlite3.Error), atomic_write(target) as path:
        path.write_text("new")
        raise sqlite3.OperationalError

    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("facts.sqlite", "old")]


def test_a_file_that_is_done_takes_its_place(tmp_path: Path) -> None:
    target = tmp_path / "facts.sqlite"
    with atomic_write(target) as path:
        path.write_text("new")
        assert not target.exists()

    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("facts.sqlite", "new")]


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_a_file_is_nobody_elses_if_that_is_asked_for(tmp_path: Path) -> None:
    with atomic_write(tmp_path / "index", mode=0o600):
        pass

    assert (tmp_path / "index").stat().st_mode & 0o777 == 0o600


@settings(deadline=None)
@given(st.sets(st.sampled_from(SOURCES)), st.sampled_from([None, "2025-10", "2025-11"]))
def test_every_reference_of_the_tables_leads_somewhere(sources: set[str], as_of: str | None) -> None:
    with closing(in_memory(apply_lens(FACTS, Lens(sources, as_of)))) as index:
        assert index.execute("PRAGMA foreign_key_check").fetchall() == []


def test_every_reference_of_the_shipped_facts_leads_somewhere() -> None:
    with closing(in_memory(load((ROOT / "facts.yaml").read_bytes(), "facts.yaml"))) as index:
        assert index.execute("PRAGMA foreign_key_check").fetchall() == []
