from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from conftest import FIXTURE

from kzus.errors import KzusError, UsageError
from kzus.facts.check import load
from kzus.index.store import copy, in_memory
from kzus.query import limits, sql

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FACTS: Any = load(FIXTURE.read_bytes(), "facts.yaml")
ENDLESS = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT {} FROM t"


@pytest.fixture(params=["memory", "file"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """An index that could be written to: in memory, and in a file."""
    with closing(in_memory(FACTS)) as memory:
        if request.param == "memory":
            yield memory
            return
        copy(memory, tmp_path / "index.sqlite")
    with closing(sqlite3.connect(tmp_path / "index.sqlite")) as file:
        yield file


def rows(index: sqlite3.Connection, query: str, seconds: float = 10) -> list[tuple[object, ...]]:
    return list(sql.run(index, query, seconds=seconds).rows)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT count(*) FROM deals", [(8,)]),
        ("SELECT id FROM sectors ORDER BY position", [("transport",), ("energy",), ("health",)]),
        ("WITH x AS (SELECT 1 AS a) SELECT a, NULL FROM x", [(1, None)]),
        ("VALUES (1, 'a'), (2.5, '')", [(1, "a"), (2.5, "")]),
        ("SELECT value FROM parties, json_each(aliases) WHERE parties.id = 'ktz'", [("KTZ",), ("КТЖ",)]),
        ("SELECT name FROM pragma_table_info('meta')", [("key",), ("value",)]),
        ("PRAGMA table_info(meta)", [(0, "key", "TEXT", 1, None, 1), (1, "value", "TEXT", 1, None, 0)]),
        ("PRAGMA Table_Info(meta)", [(0, "key", "TEXT", 1, None, 1), (1, "value", "TEXT", 1, None, 0)]),
        ("SELECT name FROM PRAGMA_TABLE_INFO('meta')", [("key",), ("value",)]),
        ("SELECT x'00ff', 9e999, -9e999, CAST(x'ff41' AS TEXT)", [("X'00ff'", "Inf", "-Inf", "\\xffA")]),
        ("SELECT 1 WHERE 0", []),
        ("EXPLAIN QUERY PLAN SELECT 1", [(1, 0, 0, "SCAN CONSTANT ROW")]),
    ],
)
def test_what_reads_is_answered(index: sqlite3.Connection, query: str, expected: list[Any]) -> None:
    found = rows(index, query)

    assert [row[-1:] for row in found] == [row[-1:] for row in expected]
    assert len(found) == len(expected)
    if not query.startswith(("EXPLAIN", "PRAGMA")):
        assert found == expected


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM deals",
        "INSERT INTO meta VALUES ('a', 'b')",
        "UPDATE deals SET counted_usd = 0",
        "REPLACE INTO meta VALUES ('title', 'b')",
        "UPDATE deals SET title = 'x' RETURNING id",
        "WITH x AS (SELECT 1) INSERT INTO meta SELECT 1, 2 FROM x",
        "DROP TABLE deals",
        "DROP INDEX deals_by_sector",
        "ALTER TABLE deals RENAME TO d",
        "ALTER TABLE deals ADD COLUMN x",
        "CREATE TABLE x (a)",
        "CREATE TEMP TABLE x (a)",
        "CREATE VIEW x AS SELECT 1",
        "CREATE TEMP VIEW x AS SELECT 1",
        "CREATE TRIGGER x AFTER INSERT ON meta BEGIN SELECT 1; END",
        "CREATE INDEX x ON deals (title)",
        "CREATE VIRTUAL TABLE x USING fts5(a)",
        "ATTACH '{folder}/other' AS other",
        "DETACH main",
        "VACUUM",
        "VACUUM INTO '{folder}/other'",
        "BEGIN",
        "COMMIT",
        "SAVEPOINT x",
        "ANALYZE",
        "REINDEX",
        "PRAGMA writable_schema = ON",
        "PRAGMA query_only = OFF",
        "PRAGMA QUERY_ONLY = OFF",
        "PRAGMA journal_mode = WAL",
        "PRAGMA user_version = 7",
        "PRAGMA temp_store_directory = '{folder}'",
        "PRAGMA database_list",
        "UPDATE sqlite_master SET sql = ''",
        "DELETE FROM sqlite_master",
        "SELECT load_extension('{folder}/x')",
        "SELECT LOAD_EXTENSION('{folder}/x')",
        "SELECT fts3_tokenizer('simple')",
        "SELECT FTS3_Tokenizer('x', x'0000000000000000')",
        "SELECT sqlite_log(1, 'x')",
    ],
)
def test_what_would_do_more_is_refused(index: sqlite3.Connection, tmp_path: Path, query: str) -> None:
    before = list(index.iterdump())
    files = sorted(tmp_path.iterdir())
    with pytest.raises(UsageError, match=r"only reads|may not be modified|not authorized|authorization denied"):
        rows(index, query.format(folder=tmp_path))
    index.set_authorizer(None)

    assert list(index.iterdump()) == before
    assert sorted(tmp_path.iterdir()) == files


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELEC 1", 'near "SELEC": syntax error'),
        ("SELECT * FROM deal", "no such table: deal (did you mean 'deals' or 'deal_tags'?)"),
        ("SELECT secter FROM deals", "no such column: secter (did you mean 'sector'?)"),
        ("SELECT d.secter FROM deals d", "no such column: d.secter (did you mean 'sector'?)"),
        ("SELECT zzzzzzzz FROM deals", "no such column: zzzzzzzz; kzus sql --schema prints what there is"),
        ("SELECT nosuch(1)", "no such function: nosuch"),
        ("SELECT 1; SELECT 2", "the query is more than one statement; write one"),
        ("SELECT zeroblob(200000000)", "string or blob too big"),
        ("SELECT '\udcff'", "the query is not UTF-8"),
        ("-- nothing", "the query asks for nothing; write one such as 'select id, title from deals'"),
        (" ", "the query asks for nothing; write one such as 'select id, title from deals'"),
    ],
)
def test_what_cannot_be_meant_is_told_in_the_words_of_sqlite(
    index: sqlite3.Connection, query: str, message: str
) -> None:
    with pytest.raises(UsageError) as refused:
        rows(index, query)

    assert str(refused.value) == message


def test_an_error_of_a_later_row_is_told_as_well(index: sqlite3.Connection) -> None:
    found = sql.run(index, "SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT abs(-9223372036854775808)", seconds=10)

    assert next(found.rows) == (1,)
    with pytest.raises(UsageError, match=r"^integer overflow$"):
        next(found.rows)


@pytest.mark.parametrize("asked", ["count(*)", "n"])
def test_a_query_without_end_is_stopped(index: sqlite3.Connection, asked: str) -> None:
    with pytest.raises(KzusError) as late:
        for _ in sql.run(index, ENDLESS.format(asked), seconds=0.05).rows:
            pass

    assert type(late.value) is KzusError
    assert str(late.value) == "the query took more than 0.05 seconds; ask for less, or give it more with --timeout"


@pytest.mark.parametrize("steps", [1, 2**30], ids=["SQLite looks at the clock", "it never does"])
def test_time_is_that_of_the_work_of_sqlite_and_not_of_who_reads_its_rows(
    index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    now = 0.0

    def work(seconds: float) -> float:
        nonlocal now
        now += seconds
        return now

    monkeypatch.setattr("kzus.query.limits.time.monotonic", lambda: now)
    monkeypatch.setattr(limits, "_STEPS", steps)
    index.create_function("work", 1, work)
    found = sql.run(index, ENDLESS.format("work(3)"), seconds=10)
    work(1000)
    # Python asks SQLite for a row more than it gives
    assert next(found.rows) == (3,)
    work(1000)
    assert next(found.rows) == (1006,)
    work(1000)
    # SQLite has worked for 9 seconds, and would for 12
    with pytest.raises(KzusError, match=r"^the query took more than 10 seconds; ask for less, or give it more"):
        next(found.rows)


def test_whoever_takes_the_last_row_late_has_all(index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("kzus.query.limits.time.monotonic", lambda: now)
    found = sql.run(index, "SELECT 1", seconds=10)
    assert next(found.rows) == (1,)
    now = 1000
    assert list(found.rows) == []


def test_an_interrupt_from_elsewhere_is_the_persons(index: sqlite3.Connection) -> None:
    found = sql.run(index, ENDLESS.format("n"), seconds=10)
    next(found.rows)
    index.set_progress_handler(lambda: True, 1)

    with pytest.raises(KeyboardInterrupt):
        list(found.rows)


def test_columns_of_one_name_are_told_apart(index: sqlite3.Connection) -> None:
    found = sql.run(index, "SELECT id, id, 1 AS id_2, id FROM meta, deals LIMIT 1", seconds=10)

    assert found.columns == ("id", "id_2", "id_2_2", "id_3")


def test_damage_is_passed_on(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4096)
    with closing(sqlite3.connect(path)) as index, pytest.raises(sqlite3.DatabaseError):
        sql.run(index, "SELECT * FROM deals", seconds=10)


def test_the_schema_makes_the_same_tables_again(index: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(":memory:")) as other:
        other.executescript(sql.schema(index))
        assert sql.schema(other) == sql.schema(index)
        tables = {row[0] for row in other.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}

    assert {"deals", "claims", "sources"} < tables


_TABLES = ", ".join("a{1}(x) AS (SELECT p.x FROM a{0} p, a{0} q)".format(at - 1, at) for at in range(1, 30))  # noqa: S608 - a query is what is tried
BOMBS = {
    "columns": f"SELECT {', '.join(['hex(zeroblob(4000000))'] * 40)}",
    "a sort": ENDLESS.format("randomblob(1000000)") + " ORDER BY 1",
    "tables of tables": f"WITH a0(x) AS (VALUES (1)), {_TABLES} SELECT count(*) FROM a29",  # noqa: S608 - a query is what is tried
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_query_that_would_take_all_memory_is_stopped(name: str) -> None:
    command = [sys.executable, "-m", "kzus", "sql", "--timeout", "60", BOMBS[name]]
    environment = {**os.environ, "KZUS_FACTS": str(FIXTURE)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode in (1, 2), done.stdout) == (True, "")
    told = r"kzus: (the query took more than 128 MB of memory; ask for less|string or blob too big)"
    assert re.fullmatch(told, done.stderr.splitlines()[-1])


@pytest.mark.parametrize("query", ["SELECT hex(zeroblob(1000000000))", "SELECT zeroblob(10000001)"])
def test_a_cell_that_would_take_all_memory_is_refused(index: sqlite3.Connection, query: str) -> None:
    with pytest.raises(UsageError, match=r"^string or blob too big$"):
        rows(index, query)


def test_many_columns_of_one_name_are_soon_told_apart(index: sqlite3.Connection) -> None:
    found = sql.run(index, "SELECT " + ", ".join("1" * 2000), seconds=10)

    assert (found.columns[0], found.columns[1999]) == ("1", "1_2000")
