from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import time
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kzus.errors import FactFileError, KzusError
from kzus.facts.check import json_schema, load
from kzus.index.cache import index_path
from kzus.index.fact_file import FactFile
from kzus.index.store import in_memory, open_index, stored
from kzus.index.tables import table_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Kzus

FIXTURE = Path(__file__).parent.parent / "facts.yaml"
is_root = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """A fact file that was changed long enough ago for its stamp to be trusted."""
    path = tmp_path / "own.yaml"
    shutil.copy(FIXTURE, path)
    age(path)
    return path


def age(path: Path) -> None:
    """Pretend that ctime, which nothing can set, lies in the past as well."""
    long_ago = time.time() - 3600
    os.utime(path, (long_ago, long_ago))


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzus.index.fact_file._SETTLED_NS", -(10**12))


def place(facts: Path) -> Path:
    found = index_path(facts)
    assert found is not None
    return found


def titles(facts: Path) -> list[str]:
    connection = open_index(facts)
    try:
        return [row[0] for row in connection.execute("SELECT title FROM deals ORDER BY id")]
    finally:
        connection.close()


def built(facts: Path) -> tuple[int, int]:
    """Say which file the index is, so that a test sees whether it was replaced."""
    found = place(facts).stat()
    return found.st_ino, found.st_mtime_ns


def test_the_index_is_built_once_and_holds_the_facts_to_the_letter(facts: Path) -> None:
    first = titles(facts)
    before = built(facts)

    assert titles(facts) == first
    assert built(facts) == before
    assert stored(open_index(facts))["deals"]["grid-west"]["part_of"] == ["grid"]


def test_it_is_the_users_alone_and_opened_for_reading_only(facts: Path) -> None:
    connection = open_index(facts)

    assert stat.S_IMODE(place(facts).stat().st_mode) == 0o600
    assert stat.S_IMODE(place(facts).parent.stat().st_mode) == 0o700
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM deals")


def test_a_change_of_the_same_size_and_time_is_seen(facts: Path) -> None:
    titles(facts)
    found = facts.stat()
    facts.write_text(facts.read_text("utf-8").replace("title: A clinic", "title: B clinic"), "utf-8")
    os.utime(facts, ns=(found.st_atime_ns, found.st_mtime_ns))

    assert "B clinic" in titles(facts)


def test_a_file_that_changed_just_now_is_read_and_not_trusted_by_its_stamp(
    facts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kzus.index.fact_file._SETTLED_NS", 10**15)
    titles(facts)
    before = built(facts)
    reads: list[Path] = []
    read = FactFile.read

    def note_and_read(file: FactFile) -> bytes:
        reads.append(file.path)
        return read(file)

    monkeypatch.setattr(FactFile, "read", note_and_read)

    titles(facts)
    assert (reads, built(facts)) == ([facts], before)


def test_a_file_that_was_only_touched_is_read_once_more_and_then_no_longer(
    facts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles(facts)
    os.utime(facts)
    titles(facts)
    monkeypatch.setattr(FactFile, "read", lambda _: pytest.fail("read although its stamp is known"))

    assert titles(facts)


def test_two_fact_files_in_turn_each_keep_their_index(facts: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / "own.yaml"
    other.write_text(facts.read_text("utf-8").replace("title: A clinic", "title: Another clinic"), "utf-8")
    before = titles(facts), titles(other), built(facts), built(other)

    assert (titles(facts), titles(other), built(facts), built(other)) == before
    assert "Another clinic" in titles(other)
    assert "Another clinic" not in titles(facts)


def damaged(how: str, whole: bytes) -> bytes:
    half = len(whole) // 2
    return {
        "empty": b"",
        "text": b"not an index",
        "cut": whole[:half],
        "header only": whole[:100],
        "garbage after a valid header": whole[:100] + bytes(len(whole) - 100),
    }[how]


@pytest.mark.parametrize("how", ["empty", "text", "cut", "header only", "garbage after a valid header"])
def test_a_damaged_index_is_built_anew(facts: Path, how: str) -> None:
    expected = titles(facts)
    index = place(facts)
    index.write_bytes(damaged(how, index.read_bytes()))

    assert titles(facts) == expected
    assert titles(facts) == expected


def test_an_index_cut_anywhere_is_built_anew(facts: Path) -> None:
    expected = titles(facts)
    index = place(facts)
    whole = index.read_bytes()
    for length in range(0, len(whole), len(whole) // 9):
        index.write_bytes(whole[: length + 1])
        assert titles(facts) == expected


@pytest.mark.parametrize(("key", "value"), [("format", "999"), ("path", "/elsewhere.yaml"), ("digest", "0")])
def test_an_index_of_another_format_file_or_content_is_built_anew(facts: Path, key: str, value: str) -> None:
    titles(facts)
    connection = sqlite3.connect(place(facts))
    connection.execute("UPDATE meta SET value = ? WHERE key = ?", (value, key))
    connection.execute("UPDATE meta SET value = '' WHERE key = 'stamp'")
    connection.execute("UPDATE deals SET title = 'foreign'")
    connection.commit()
    connection.close()

    assert "foreign" not in titles(facts)


def test_a_link_in_place_of_the_index_is_replaced_and_its_target_left_alone(facts: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious", "utf-8")
    place(facts).parent.mkdir(parents=True)
    place(facts).symlink_to(victim)

    assert titles(facts)
    assert victim.read_text("utf-8") == "precious"
    assert not place(facts).is_symlink()


def a_file(folder: Path) -> None:
    folder.write_text("in the way", "utf-8")


def a_dangling_link(folder: Path) -> None:
    folder.symlink_to(folder.parent / "nowhere" / "at all")


def a_folder_in_place_of_the_index(folder: Path) -> None:
    (folder / place(folder.parent / "own.yaml").name).mkdir(parents=True)


@pytest.mark.parametrize("obstacle", [a_file, a_dangling_link, a_folder_in_place_of_the_index])
def test_where_no_cache_can_be_written_the_index_lives_in_memory(
    facts: Path, cache: Path, obstacle: Callable[[Path], None]
) -> None:
    obstacle(cache)
    assert "A clinic" in titles(facts)


@pytest.mark.skipif(is_root, reason="root may write anywhere")
def test_a_read_only_cache_is_left_alone(facts: Path, cache: Path) -> None:
    cache.mkdir(mode=0o500)
    assert "A clinic" in titles(facts)
    assert list(cache.iterdir()) == []


@pytest.mark.skipif(not is_root, reason="only root can give a file away")
def test_another_users_index_is_not_believed(facts: Path) -> None:
    titles(facts)
    connection = sqlite3.connect(place(facts))
    connection.execute("UPDATE deals SET title = 'foreign'")
    connection.commit()
    connection.close()
    os.chown(place(facts), 65534, 65534)

    assert "foreign" not in titles(facts)


def test_without_a_home_nothing_is_written_anywhere(
    facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("KZUS_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    monkeypatch.chdir(tmp_path)

    assert "A clinic" in titles(facts)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["own.yaml"]


def test_a_faulty_file_leaves_the_old_index_whole(facts: Path) -> None:
    titles(facts)
    before = built(facts)
    facts.write_text("format: 2\n", "utf-8")

    with pytest.raises(FactFileError):
        open_index(facts)
    assert built(facts) == before


@pytest.mark.parametrize("path", ["nowhere.yaml", "a\0b.yaml", "x" * 5000])
def test_a_file_that_cant_be_there_is_said_to_be_unreadable(tmp_path: Path, path: str) -> None:
    with pytest.raises(KzusError, match="can't read the fact file"):
        open_index(tmp_path / path)


def test_relations_ranks_and_ranges_of_days_reach_the_tables(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    text = FIXTURE.read_text("utf-8")
    for old, new in (
        ("supersedes: locomotive-letter", "supersedes: {deal: locomotive-letter, source: wire-2025}"),
        ("part_of: grid\n", "part_of: [{deal: grid, inferred: true}]\n"),
        ("date: 2025-09-22, place: New York, people", "date: 2025-09-22/2025-09-25, place: New York, people"),
        ("[{value: 3bn USD, measure: price, source: leaflet}]",
         "[{value: 60bn USD, measure: price, source: leaflet, rank: deprecated, because: a slip},"
         " {value: 1bn USD, measure: price, source: leaflet, counts: false},"
         " {value: 2bn USD, measure: price, source: leaflet}]"),
        ("[{value: 250m USD, measure: price, source: wire-2025}]",
         "[{value: 250m USD, measure: price, source: wire-2025, counts: false}]"),
    ):  # fmt: skip
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    facts = fact_file(text)

    def rows(query: str) -> list[str]:
        return kzus("sql", query, facts=facts).out.splitlines()

    assert rows("SELECT deal, relation, other FROM relations ORDER BY 1") == [
        "grid-west\tpart_of\tgrid", "loan\tfinances\tlocomotives", "locomotives\tsupersedes\tlocomotive-letter",
    ]  # fmt: skip
    assert (
        rows("SELECT date FROM events UNION ALL SELECT date FROM timeline WHERE kind = 'event'") == ["2025-09-22"] * 2
    )
    assert rows("SELECT value, low_usd, high_usd FROM deals WHERE id = 'locomotive-letter'") == [
        "2bn USD\t2000000000\t2000000000"
    ]
    assert rows("SELECT value, amount_usd FROM deals WHERE id = 'plant'") == ["\t"]
    assert rows("SELECT is_stated FROM claims WHERE entry = 'locomotive-letter' ORDER BY position") == ["0", "0", "1"]
    assert "locomotives\tsupersedes\tlocomotive-letter\t\twire-2025\t\t" in kzus("show", "locomotives", facts=facts).out
    assert "grid-west\tpart_of\tgrid\tinferred\t\t\t" in kzus("show", "grid-west", facts=facts).out


WITHOUT_COLUMN = {"accept", "source", "sources"}
"""Keys of entries that stand in `entries`, `mentions` or, as `sources`, in another form."""


@cache
def columns_of(table: str) -> set[str]:
    with closing(in_memory(load(FIXTURE.read_bytes(), "facts.yaml"))) as index:
        return {row[0] for row in index.execute("SELECT name FROM pragma_table_info(?)", (table,))}


@pytest.mark.parametrize("kind", ["sectors", "sources", "parties", "treaties", "events", "statements", "deals"])
def test_every_key_of_an_entry_has_a_column(kind: str) -> None:
    schema = json_schema()
    (entry,) = schema["properties"][kind]["patternProperties"].values()
    keys = schema["$defs"][entry["$ref"].rpartition("/")[2]]["properties"]
    in_tables_of_their_own = {"values", "quantities", "dates", "updates", "part_of", "finances", "supersedes"}
    elsewhere = (
        {"stage_source", *in_tables_of_their_own} if kind == "deals" else {"parties"} if kind == "treaties" else set()
    )

    assert {*keys} - columns_of(kind) - WITHOUT_COLUMN - elsewhere == set()


def test_a_row_is_filled_in_by_the_names_of_its_columns() -> None:
    facts = load(FIXTURE.read_bytes(), "facts.yaml")
    facts["sources"]["leaflet"] = {"via": "V", "note": "N", **facts["sources"]["leaflet"], "archive": "https://a.org"}
    with closing(in_memory(facts)) as index:
        row = index.execute(
            "SELECT title, publisher, via, note, url, archive FROM sources WHERE id = 'leaflet'"
        ).fetchone()

    assert row == ("An undated leaflet", "Leaflet", "V", "N", None, "https://a.org")


def test_what_no_column_takes_is_known() -> None:
    facts = load(FIXTURE.read_bytes(), "facts.yaml")
    lost = {(table, key) for table, rows in table_rows(facts) for row in rows for key in row.keys() - columns_of(table)}

    assert lost == {
        ("sectors", "sources"), ("sources", "sources"), ("parties", "sources"), ("statements", "source"),
        ("statements", "until"),
    }  # fmt: skip
