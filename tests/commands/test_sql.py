from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from conftest import FIXTURE

from kzus.app import main
from kzus.render.environment import Environment

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Kzus

QUERY = "select id, amount_usd, note from deals where sector = 'energy' order by id"
ENDLESS = "with recursive t(n) as (select 1 union all select n + 1 from t) select {} from t"


def test_a_pipe_gets_lines(kzus: Kzus) -> None:
    done = kzus("sql", QUERY)

    assert (done.code, done.err) == (0, "")
    assert done.out == "grid\t900000000\t\nplant\t250000000\t\ntenge-bond\t\t\n"


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("tsv", "id\tamount_usd\nplant\t250000000\n"),
        ("csv", "id,amount_usd\nplant,250000000\n"),
        ("json", '[\n  {"id": "plant", "amount_usd": 250000000}\n]\n'),
        ("jsonl", '{"id": "plant", "amount_usd": 250000000}\n'),
        ("yaml", "- id: plant\n  amount_usd: 250000000\n"),
    ],
)
def test_every_format_names_columns_as_the_query_does(kzus: Kzus, form: str, shown: str) -> None:
    done = kzus("sql", "select id, amount_usd from deals where id = 'plant'", "-f", form)

    assert (done.code, done.out, done.err) == (0, shown, "")


def test_markdown_says_what_was_asked(kzus: Kzus) -> None:
    done = kzus("sql", "select id, amount_usd from deals where id = 'plant'", "-f", "markdown")

    assert done.out.startswith(
        "# The answer\n\nThe answer to select id, amount\\_usd from deals where id = 'plant'.\n\n"
        "| Id | Stated |\n| ----- | -----: |\n| plant | 250m |\n\n1 row\n\n---\n\nA small fixture, "
    )


def test_a_document_has_the_row(kzus: Kzus) -> None:
    done = kzus("sql", "select 'Samruk & co' as name, 12 as deals", "-f", "html")

    assert (done.code, done.err) == (0, "")
    assert "Samruk &amp; co" in done.out


def test_a_terminal_gets_a_table(kzus: Kzus) -> None:
    done = kzus("sql", "select id, amount_usd, 1.5 as half_of_it, x'00' from deals where id = 'plant'", width=80)

    assert (done.code, done.err) == (0, "")
    assert [line.rstrip() for line in done.out.splitlines()] == [
        "ID     STATED  HALF OF IT  X'00'",
        "plant    250m         1.5  X'00'",
        "1 row",
    ]


@pytest.mark.parametrize(("form", "shown"), [("json", "[]\n"), ("jsonl", ""), ("tsv", "a\n"), (None, "")])
def test_nothing_found_is_no_failure(kzus: Kzus, form: str | None, shown: str) -> None:
    done = kzus("sql", "select 1 as a where 0", *(("-f", form) if form else ()))

    assert (done.code, done.out, done.err) == (0, shown, "")


def test_nothing_found_is_told_to_a_person(kzus: Kzus) -> None:
    done = kzus("sql", "select 1 as a where 0", width=80)

    assert (done.code, done.out, done.err) == (0, "", "no rows\n")


def test_a_limit_and_no_header_as_everywhere(kzus: Kzus) -> None:
    done = kzus("sql", ENDLESS.format("n"), "-n", "2", "-f", "csv", "--no-header")

    assert (done.code, done.out, done.err) == (0, "1\n2\n", "")


def test_a_table_ends_where_nobody_would_read_on(kzus: Kzus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzus.commands.sql._MOST_DRAWN_ROWS", 2)
    done = kzus("sql", "select id from sectors order by position", width=80)

    assert [line.rstrip() for line in done.out.splitlines()] == [
        "ID",
        "transport",
        "energy",
        "2 rows",
        "only the first 2 rows; write -f tsv, csv, json or jsonl for all",
    ]
    assert len(kzus("sql", "select id from sectors", "-f", "tsv").out.splitlines()) == 4


def test_a_name_of_a_column_cannot_break_a_line(kzus: Kzus) -> None:
    query = "select 1 as 'a\tb\nc\x1b[31m'"

    assert kzus("sql", query, "-f", "tsv").out == "a\\tb\\nc\\u001b[31m\n1\n"
    assert kzus("sql", query, width=80).out.splitlines()[0].rstrip() == "A B C\\U001B[31M"


@pytest.mark.parametrize("lens", [(), ("--source", "wire-2025"), ("--as-of", "2025-10-01")])
def test_a_lens_asks_a_smaller_index(kzus: Kzus, lens: tuple[str, ...]) -> None:
    counted = kzus("sql", "select count(*) from deals", *lens)

    assert counted.out == f"{len(kzus('deals', *lens).out.splitlines())}\n"
    assert kzus("sql", "delete from deals", *lens).code == 2


def test_a_query_may_come_from_stdin(capsys: pytest.CaptureFixture[str]) -> None:
    out = io.StringIO()
    env = Environment.of_process()._replace(stdout=out, stdin=io.StringIO("select 1 as one\n;\n"))

    assert main(["sql", "-", "-f", "csv", "--facts", str(FIXTURE)], env) == 0
    assert (out.getvalue(), *capsys.readouterr()) == ("one\n1\n", "", "")


def test_the_schema_explains_the_tables(kzus: Kzus) -> None:
    done = kzus("sql", "--schema")

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("CREATE TABLE meta (")
    assert "CREATE TABLE deals (" in done.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "write either a query or --schema, which shows what can be asked for"),
        (("select 1", "--schema"), "write either a query or --schema, which shows what can be asked for"),
        (("select 1", "--timeout", "0"), "--timeout: 0 is no time; write seconds, such as 10 or 0.5"),
        (("select 1", "--timeout", "nan"), "--timeout: nan is no time; write seconds, such as 10 or 0.5"),
        (("select 1", "-n", "-1"), "--limit: -1 is negative; write 0 or more"),
        (("select * from dealz",), "no such table: dealz (did you mean 'deals'?)"),
        (("drop table deals",), "the query would change, attach or set something; kzus sql only reads"),
        (("select 1 from",), "incomplete input"),
    ],
)
@pytest.mark.parametrize("width", [None, 80])
def test_what_cannot_be_meant_is_a_usage_error(
    kzus: Kzus, arguments: tuple[str, ...], message: str, width: int | None
) -> None:
    done = kzus("sql", *arguments, width=width)

    assert (done.code, done.out, done.err) == (2, "", f"kzus: {message}\n")


def test_too_slow_a_query_fails(kzus: Kzus) -> None:
    done = kzus("sql", ENDLESS.format("count(*)"), "--timeout", "0.05")

    assert (done.code, done.out) == (1, "")
    assert done.err == ("kzus: the query took more than 0.05 seconds; ask for less, or give it more with --timeout\n")


def test_a_damaged_index_is_built_anew(kzus: Kzus, cache: Path) -> None:
    assert kzus("sql", "select count(*) from deals").out == "8\n"
    (index,) = cache.glob("*.sqlite")
    size = index.stat().st_size
    with index.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))

    assert kzus("sql", "select count(*) from deals").out == "8\n"


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_ctrl_c_stops_a_query_at_once(cache: Path) -> None:
    environment = {**os.environ, "KZUS_CACHE_DIR": str(cache), "KZUS_FACTS": str(FIXTURE)}
    command = [sys.executable, "-m", "kzus", "sql", ENDLESS.format("max(n)"), "--timeout", "60"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 30
        while not any(cache.glob("*.sqlite")) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)

    assert (process.returncode, out, err) == (130, b"", b"")


def test_rows_are_printed_as_they_come() -> None:
    environment = {**os.environ, "KZUS_FACTS": str(FIXTURE)}
    command = [sys.executable, "-m", "kzus", "sql", ENDLESS.format("n"), "--timeout", "60"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert [process.stdout.readline() for _ in range(3)] == [b"1\n", b"2\n", b"3\n"]
        process.stdout.close()

        assert (process.wait(timeout=30), process.stderr.read()) == (0, b"")


def test_a_slow_reader_is_no_slow_query() -> None:
    """Two seconds are more than the query has, and than the watch gives SQLite beyond that."""
    query = f"{ENDLESS.format('n, hex(zeroblob(500))')} limit 300"
    line = f'{sys.executable} -m kzus sql "{query}" --timeout 0.5 | (sleep 2; wc -l)'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        env={**os.environ, "KZUS_FACTS": str(FIXTURE), "PYTHONPATH": str(FIXTURE.parent.parent)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "300", "")


def test_json_of_every_row_is_read_back(kzus: Kzus) -> None:
    assert json.loads(kzus("sql", "select id, position from sectors order by position", "-f", "json").out) == [
        {"id": "transport", "position": 0},
        {"id": "energy", "position": 1},
        {"id": "health", "position": 2},
    ]


def test_a_column_that_has_no_room_is_named_harmlessly(kzus: Kzus) -> None:
    done = kzus("sql", "select 'a long text' as a, 2 as \"\x1b[31m\"", width=8)

    assert done.out.startswith("A\na long\ntext\nno room\nfor\n\\u001b[3\n1m:\nwiden\n")


def test_a_step_without_end_ends_the_process() -> None:
    """Nothing stops SQLite within a function, not even its own limits."""
    query = "select instr(zeroblob(9000000), zeroblob(4000000) || x'01')"
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "kzus", "sql", query, "--timeout", "0.1"],
        env={**os.environ, "KZUS_FACTS": str(FIXTURE), "PYTHONPATH": str(FIXTURE.parent.parent)},
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr == (
        b"kzus: the query took more than 0.1 seconds; ask for less, or give it more with --timeout\n"
    )
    assert time.monotonic() - start < 30


@pytest.mark.parametrize("form", ["tsv", "csv", "json", "jsonl"])
def test_long_rows_are_streamed_whole(kzus: Kzus, form: str) -> None:
    done = kzus("sql", ENDLESS.format("n, hex(zeroblob(n * 1000))") + " limit 300", "-f", form)

    assert done.code == 0
    assert done.out.count("hex(") == (1 if form in ("tsv", "csv") else 300)
    assert sum(len(digits) for digits in done.out.split("n") if digits) > 300 * 301 * 1000


def test_what_is_too_much_to_draw_is_told(kzus: Kzus) -> None:
    long = kzus("sql", "select hex(zeroblob(3000000)) as a", "-f", "table")
    wide = kzus("sql", "select " + ", ".join("1" * 201), "-f", "html")
    many = kzus("sql", ENDLESS.format("hex(zeroblob(1000000)) as a") + " limit 9", "-f", "yaml")

    assert (long.code, long.out, wide.code, wide.out) == (1, "", 1, "")
    assert long.err == (
        "kzus: a row of more than 4,000,000 characters is too long for table;"
        " write -f tsv, csv, json or jsonl for all\n"
    )
    assert wide.err == "kzus: 201 columns are too many to draw; write -f tsv, csv, json or jsonl for all\n"
    assert (many.code, many.out.count("a: ")) == (0, 2)
    assert many.err == "only the first 2 rows; write -f tsv, csv, json or jsonl for all\n"


def test_a_query_without_end_on_stdin_is_refused() -> None:
    line = f"yes | {sys.executable} -m kzus sql -"
    done = subprocess.run(
        ["bash", "-c", line],
        env={**os.environ, "KZUS_FACTS": str(FIXTURE), "PYTHONPATH": str(FIXTURE.parent.parent)},
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"kzus: the query on stdin is longer than 1,000,000 characters; is it a query?\n"


@pytest.mark.parametrize("command", [".tables", " .schema deals"])
def test_a_command_of_the_shell_of_sqlite_says_what_to_write(kzus: Kzus, command: str) -> None:
    done = kzus("sql", command)

    assert (done.code, done.out) == (2, "")
    assert done.err == f"kzus: '{command.strip()}' is a command of the sqlite3 shell; write kzus sql --schema\n"


@pytest.mark.parametrize("arguments", [["select '' as x", "--no-header"], ["select '' as \"\""]])
def test_a_column_without_a_heading_and_text_is_drawn_empty(kzus: Kzus, arguments: list[str]) -> None:
    done = kzus("sql", *arguments, width=80)

    assert (done.code, done.out.strip()) == (0, "1 row")
