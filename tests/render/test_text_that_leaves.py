"""A fact file full of texts that mean harm: every command shows them harmlessly, in every format, and loses nothing."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import fuzz
import pytest
import yaml
from asked import IDS, LINES, OF_ROWS
from fuzz import URLS

from kzus.facts.check import load
from kzus.render.csvtext import GUARD
from kzus.render.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Kzus, Outcome


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    path = tmp_path / "hostile.json"
    path.write_text(fuzz.hostile(), "utf-8")
    return path


def ask(kzus: Kzus, hostile: Path, *words: str, width: int | None = None, has_colour: bool = False) -> Outcome:
    done = kzus(*words, facts=hostile, width=width, has_colour=has_colour)
    assert done.code == 0, done.err
    assert list(fuzz.unsafe(done.err, "")) == []
    return done


def unescaped(field: str) -> str:
    """Read a field of TSV back, as the README says it is written."""
    return re.sub(
        r"\\(u([0-9a-f]{4})|.)",
        lambda at: chr(int(at[2], 16)) if at[2] else {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}[at[1]],
        field,
    )


@pytest.mark.parametrize(
    ("width", "has_colour"), [(80, False), (80, True), (None, False)], ids=["plain", "styled", "pipe"]
)
@pytest.mark.parametrize("words", LINES, ids=" ".join)
def test_a_terminal_gets_nothing_to_obey(
    kzus: Kzus, hostile: Path, words: list[str], width: int | None, *, has_colour: bool
) -> None:
    done = ask(kzus, hostile, *words, width=width, has_colour=has_colour)
    out = fuzz.STYLING.sub("", done.out) if has_colour else done.out

    assert list(fuzz.unsafe(out, "" if width else "tsv")) == []


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("words", OF_ROWS, ids=" ".join)
def test_a_format_is_read_back(kzus: Kzus, hostile: Path, words: list[str], form: str) -> None:
    out = ask(kzus, hostile, *words, "-f", form).out

    assert list(fuzz.unsafe(out, form)) == []
    assert fuzz.unreadable(out, form) == ""


@pytest.mark.parametrize("words", OF_ROWS, ids=" ".join)
def test_formats_say_the_same(kzus: Kzus, hostile: Path, words: list[str]) -> None:
    exact = json.loads(ask(kzus, hostile, *words, "-f", "json").out)

    assert yaml.safe_load(ask(kzus, hostile, *words, "-f", "yaml").out) == exact
    if isinstance(exact, dict):
        return
    lines = ask(kzus, hostile, *words, "-f", "jsonl").out.split("\n")[:-1]
    assert [json.loads(line) for line in lines] == exact
    if words[0] in ("show", "conflicts"):  # other rows than in JSON
        return
    written = [[_joined(cell) for cell in row.values()] for row in exact]
    rows = [line.split("\t") for line in ask(kzus, hostile, *words, "-f", "tsv").out.split("\n")[1:-1]]
    assert [[unescaped(cell) for cell in row] for row in rows] == written
    _, *table = csv.reader(io.StringIO(ask(kzus, hostile, *words, "-f", "csv").out, newline=""), strict=True)
    assert [[_unguarded(cell) for cell in row] for row in table] == [[_spread(cell) for cell in row] for row in written]


def _joined(cell: Any) -> str:
    if isinstance(cell, list):
        return ("," if all(re.fullmatch("[a-z0-9-]+", each) for each in cell) else "; ").join(cell)
    return "" if cell is None else str(cell)


def _unguarded(cell: str) -> str:
    assert not cell.startswith(("=", "@", "\t", "\r", "＝", "＋", "－", "＠")), "a spreadsheet would work it out"
    return re.sub(GUARD, "", cell)


def _spread(text: str) -> str:
    """Write a text as a cell of CSV has it, by the book."""
    text = re.sub("\r\n?", "\n", text)
    return fuzz.UNSAFE.sub(lambda found: found[0] if found[0] == "\t" else f"\\u{ord(found[0]):04x}", text)


@pytest.mark.parametrize("name", IDS)
def test_json_is_exact(kzus: Kzus, hostile: Path, name: str) -> None:
    facts: Any = load(hostile.read_bytes(), "hostile.json")
    (entry,) = (entries[name] for entries in facts.values() if isinstance(entries, dict) and name in entries)
    (shown,) = json.loads(ask(kzus, hostile, "show", name, "-f", "json").out)

    texts = {key: value for key, value in entry.items() if isinstance(value, (str, list)) and key != "stage"}
    assert {key: shown[key] for key in texts} == texts


def test_what_is_exported_is_the_same_file_again(kzus: Kzus, hostile: Path, tmp_path: Path) -> None:
    facts: Any = load(hostile.read_bytes(), "hostile.json")

    assert load(ask(kzus, hostile, "export", "json").out.encode(), "again.json") == facts
    ask(kzus, hostile, "export", "datapackage", str(tmp_path / "package"))
    with (tmp_path / "package/data/sources.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file, strict=True))
    assert {row["id"]: _unguarded(row["title"]) for row in table} == {
        name: each["title"] for name, each in facts["sources"].items()
    }
    ask(kzus, hostile, "export", "sqlite", str(tmp_path / "facts.sqlite"))
    with closing(sqlite3.connect(tmp_path / "facts.sqlite")) as index:
        assert dict(index.execute("SELECT id, url FROM sources")) == {
            n: each["url"] for n, each in facts["sources"].items()
        }


@pytest.mark.parametrize("words", [line for line in OF_ROWS if line[0] != "sql"], ids=" ".join)
def test_a_document_says_what_is_written_and_leads_to_the_web_alone(
    kzus: Kzus, hostile: Path, words: list[str]
) -> None:
    links, text = fuzz.page(ask(kzus, hostile, *words, "-f", "html").out)

    assert set(links) <= set(URLS)
    assert not any(mark in link for mark in '<>"\\^`{|}\u202e' for link in links)
    exact = json.loads(ask(kzus, hostile, *words, "-f", "json").out)
    titles = [row["title"] for row in exact if "title" in row] if isinstance(exact, list) else []
    assert [title for title in titles if _visible(title) not in text] == []


def _visible(text: str) -> str:
    """Write a text as a terminal or document has it, by the book."""
    text = re.sub("[\t\n\r\x85\u2028\u2029]+", " ", text)
    return fuzz.UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def test_bibtex_and_csl_hold_together(kzus: Kzus, hostile: Path) -> None:
    bibtex = ask(kzus, hostile, "cite", *IDS, "--all", "--style", "bibtex").out
    depth = 0
    for sign in bibtex:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0
    items = json.loads(ask(kzus, hostile, "cite", *IDS, "--all", "--style", "csl-json").out)
    facts: Any = load(hostile.read_bytes(), "hostile.json")
    assert {item["id"]: item["title"] for item in items} == {n: each["title"] for n, each in facts["sources"].items()}


@pytest.mark.parametrize("words", [line for line in OF_ROWS if line[0] != "show"], ids=" ".join)
def test_a_line_of_markdown_is_a_row(kzus: Kzus, hostile: Path, words: list[str]) -> None:
    lines = ask(kzus, hostile, *words, "-f", "markdown").out.split("\n")[:-1]

    tables = "\n".join(lines).split("\n\n")
    for table in tables:
        bars = {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in table.split("\n")}
        assert len(bars) == 1


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//x.y", "HTTPS:x.y", "ftp://x.y"]
)
def test_an_address_off_the_web_is_refused(kzus: Kzus, tmp_path: Path, url: str) -> None:
    path = tmp_path / "own.json"
    path.write_text(fuzz.hostile().replace(json.dumps(URLS[1]), json.dumps(url)), "utf-8")
    done = kzus("check", str(path))

    assert (done.code, done.out) == (1, "")
    assert f"sources.wire-2025.url: '{url}' is not a web address" in done.err
