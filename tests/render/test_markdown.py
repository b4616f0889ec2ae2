from __future__ import annotations

import re
import shutil
import subprocess
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from conftest import DIGEST, FIXTURE
from hypothesis import example, given
from hypothesis import strategies as st

from kzus import __version__
from kzus.query.listing import Column
from kzus.render.data_table import DataTable
from kzus.render.document import Document, SourceReference
from kzus.render.markdown import write_markdown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Kzus

EDITION = f"---\n\nA small fixture, version 2026.07.01, as of 2026-06-30, digest {DIGEST}; kzus {__version__}.\n"
SUM = f"""\
# What agreements add up to

What agreements add up to by sector.

| Sector | Trade | Firm | Lent | Valued |
| --------------- | --------: | --------: | --------: | ------: |
| Transport | 4.6bn | 4.6bn | 1.6bn | 4/4 |
| Energy | 500m | 500m |  | 3/3 |
| Health |  |  |  | 0/1 |
| **All sectors** | **5.1bn** | **5.1bn** | **1.6bn** | **7/8** |

8 deals by sector

In no total: lent 1.6bn pledged; 1 deal states 100bn KZT.

In no total: 250m of 1 cancelled deal.

Of trade 400m is a ceiling.

1 of 8 has no figure. More: --explain

{EDITION}"""
DEALS = f"""\
# Deals

Deals of at least 1.6bn, of at most 3bn.

| Title | Value | Sources |
| --------------------- | --------: | ------- |
| Loan for locomotives | 1.6bn USD | [\\[1\\]](<https://example.org/akorda>) |
| Letter on locomotives | 3bn USD | \\[2\\] |

2 deals

## Sources

1. Akorda, “Visit to New York”, 2025-09-22, [https\\://example.org/akorda](<https://example.org/akorda>)
2. Leaflet, “An undated leaflet”, n.d.

{EDITION}"""
PAGE = f"""\
# Convention on taxes

What is known about tax-treaty. As told by leaflet.

tax-treaty · treaty

- **signed:** 1993-10-24
- **in force:** 1996-12-30
- **citation:** TIAS 00-000
- **status:** in force

## Sources

| Source | Title | Id |
| ------ | --------------------------- | ------- |
| \\[1\\] | Leaflet: An undated leaflet | leaflet |

{EDITION}"""
TIMELINE = """\
# Timeline

Timeline in rail, from 2025-10 on.

## 2026

| Date | Kind | Text | Stage | Sources |
| ------- | ----------- | ---------------------------------------- | --------- | ------- |
| 2026-02 | deal update | 300 locomotives: the first ten were handed over. | under way | [\\[1\\]](<WIRE>) |

## 2025

| Date | Kind | Text | Stage | Sources |
| ---------- | ----------- | ---------------------------- | --------- | ------- |
| 2025-11-06 | deal signed | The western part of the grid | under way | [\\[1\\]](<WIRE>) |

2 happenings

## Sources

1. Wire, “Deals \\[bold\\]signed\\[/bold\\]”, 2025-11, [https\\://example.org/wire?a=1](<WIRE>)

"""


def drawn(text: str) -> str:
    out = StringIO()
    write_markdown(out, Document([DataTable((Column("text"),), [(text,)], [("text",)])]))
    return out.getvalue()


def test_a_sum_is_a_document_with_its_total_and_notes(kzus: Kzus) -> None:
    done = kzus("sum", "--format", "markdown")

    assert (done.code, done.out, done.err) == (0, SUM, "")


@pytest.mark.parametrize("name", ["markdown", "md"])
def test_sources_are_numbers_with_a_list_at_the_end(kzus: Kzus, name: str) -> None:
    done = kzus("deals", "--min", "1.6bn", "--max", "3bn", "-c", "title,value,sources", "-f", name)

    assert (done.code, done.out, done.err) == (0, DEALS, "")


def test_a_page_has_its_fields_as_a_list_and_its_sections_as_tables(kzus: Kzus) -> None:
    done = kzus("show", "tax-treaty", "--source", "leaflet", "-f", "markdown")

    assert (done.code, done.out, done.err) == (0, PAGE, "")


def test_the_day_of_a_lens_is_in_the_sentence(kzus: Kzus) -> None:
    done = kzus("deals", "grid", "--as-of", "2025-12", "-n", "1", "-f", "md")

    assert done.out.splitlines()[2] == "Deals with the words “grid”. As published by 2025-12."


def test_sections_are_headings_with_a_table_each(kzus: Kzus) -> None:
    done = kzus("timeline", "-s", "rail", "--since", "2025-10", "-f", "markdown")

    assert (done.code, done.err) == (0, "")
    assert done.out == TIMELINE.replace("WIRE", "https://example.org/wire?a=1") + EDITION


def test_several_pages_have_a_heading_above_theirs(kzus: Kzus) -> None:
    done = kzus("show", "visit", "rails-matter", "-f", "markdown")

    assert re.findall("^#.*", done.out, re.MULTILINE) == [
        "# What is known", "## Visit to New York", "### Parties", "### Sources", "## Rails matter.", "### Sources",
    ]  # fmt: skip


def test_a_chart_is_a_block_as_it_stands(kzus: Kzus) -> None:
    done = kzus("sum", "--chart", "-f", "markdown")
    block = done.out.split("\n\n")[2]

    assert {line[:4] for line in block.splitlines() if line} == {"    "}
    assert "Transport" in block


def test_a_list_has_the_columns_of_the_widest_terminal_and_its_foot(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    listed = FIXTURE.read_text("utf-8").replace(
        "{value: 3bn USD, measure: price", "{value: 3bn USD, measure: list price"
    )
    done = kzus("deals", "-t", "rail", "--max", "3bn", "-f", "markdown", facts=fact_file(listed))

    assert (done.code, done.err) == (0, "")
    assert done.out.split("\n\n")[2:5] == [
        "| Date | Stage | Title | Value | Flow | Who pays whom | Sources |\n"
        "| ------- | ------ | -------------------- | ----: | ---- | -------------------------------- | ------- |\n"
        "| 2025-09 | pledge | Loan for locomotives | 1.6bn | lent | Kazakhstan Temir Zholy, Citibank |"
        " [\\[1\\]](<https://example.org/akorda>) |",
        "1 deal · 1.6bn pledged lending",
        "## Sources",
    ]


def test_a_list_price_has_its_mark_and_the_line_that_says_so(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    listed = FIXTURE.read_text("utf-8").replace("measure: price", "measure: list price")
    done = kzus("deals", "-n", "1", "grid", "-f", "markdown", facts=fact_file(listed))

    assert "| 0.9–1.5bn\\* |" in done.out
    assert "\n\n1 of 2 deals · all 2: 900m firm trade\n\n\\* list price, before discounts\n\n" in done.out


def test_a_title_links_to_where_it_can_be_read(kzus: Kzus) -> None:
    done = kzus("sources", "--until", "2025-09", "-f", "markdown")

    assert "| 2025-09-22 | [Visit to New York](<https://example.org/akorda>) | Akorda | official |" in done.out


def test_without_a_header_its_cells_are_empty(kzus: Kzus) -> None:
    done = kzus("deals", "--no-header", "-n", "1", "-c", "id,date", "-f", "markdown")

    assert "\n\n|  |  |\n| ---------- | ---------- |\n| tenge-bond | 2026-01-15 |\n\n" in done.out


def test_nothing_found_is_a_table_without_rows(kzus: Kzus) -> None:
    done = kzus("deals", "--stage", "suspended", "-c", "id", "-f", "markdown")

    assert (done.code, done.err) == (0, "no deals · stage suspended\n")
    assert done.out == (f"# Deals\n\nDeals at the stage suspended.\n\n| Id |\n| --- |\n\n0 deals\n\n{EDITION}")


def test_what_needs_no_facts_says_nothing_of_them(kzus: Kzus, tmp_path: Path) -> None:
    done = kzus("timeline", "-c", "help", "-f", "markdown", facts=tmp_path / "none.yaml")

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("| Column | Meaning |\n| ------- | ---")
    assert "digest" not in done.out


def test_the_same_wherever_it_is_printed(kzus: Kzus) -> None:
    first, *others = (kzus("sum", "-f", "markdown", width=width).out for width in (None, 60, 140))

    assert others == [first, first]


@pytest.mark.skipif(not shutil.which("pandoc"), reason="needs pandoc")
@pytest.mark.parametrize("command", ["deals", "show locomotives", "sum", "timeline", "sum --chart"])
def test_pandoc_makes_word_of_it(kzus: Kzus, tmp_path: Path, command: str) -> None:
    file = tmp_path / "answer.docx"
    text = kzus(*command.split(), "-f", "markdown").out
    subprocess.run(["pandoc", "-f", "gfm", "-o", str(file)], input=text, text=True, check=True, timeout=60)
    back = subprocess.run(
        ["pandoc", "-f", "docx", "-t", "plain", "--wrap", "none", str(file)],
        capture_output=True, text=True, check=True, timeout=60,
    ).stdout  # fmt: skip

    assert back.splitlines()[0] == text.splitlines()[0].removeprefix("# ")
    assert f"digest {DIGEST}" in back
    assert ("[1]" in back) == ("[1" in text)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a|b", "a\\|b"),
        ("a\nb\r\nc", "a b c"),
        ("a\\|b", "a\\\\\\|b"),
        ("<b>*x*</b> & [y](z)", "\\<b\\>\\*x\\*\\</b\\> \\& \\[y\\](z)"),
        ("`code` _it_ ~no~ $1$", "\\`code\\` \\_it\\_ \\~no\\~ \\$1\\$"),
        ("\x1b[31m", "\\\\u001b\\[31m"),
        ("@octocat, a@b.cz", "@&#8203;octocat, a@&#8203;b.cz"),
        ("#1 GH-2 kz/us#3 gh-4", "#&#8203;1 GH-&#8203;2 kz/us#&#8203;3 gh-&#8203;4"),
        ("https://x.y HTTP://x.y ftp://x", "https\\://x.y HTTP\\://x.y ftp\\://x"),
        ("www.x.y WWW.x", "www\\.x.y WWW\\.x"),
        ("C# @ # 5: 3 a-1 GHz-1", "C# @ # 5: 3 a-1 GHz-1"),
    ],
)
def test_what_markdown_would_obey_is_text(text: str, cell: str) -> None:
    assert drawn(text).splitlines()[2] == f"| {cell} |"


@given(st.text())
@example("|")
@example("\\|")
@example("\u2028\x85")
def test_any_text_is_one_cell_of_one_line(text: str) -> None:
    _, _, *rows = drawn(text).split("\n")

    assert len(rows) == 2
    assert rows[1] == ""
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", rows[0])) == 2


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a/b", "https://a/ b", "https://a/>x", 'https://a/"x'])
def test_an_address_that_isnt_of_the_web_is_text(url: str) -> None:
    out = StringIO()
    table = DataTable((Column("sources", "sources"),), [("s",)], [("sources",)], links=lambda: {"s": url})
    write_markdown(out, Document([table]))

    assert out.getvalue().splitlines()[2] == "| \\[1\\] |"


def test_an_address_that_turns_text_around_shows_it() -> None:
    out = StringIO()
    reference = SourceReference("Wire", "https://example.org/\u202e")
    table = DataTable((Column("sources", "sources"),), [("wire",)], [("sources",)])
    write_markdown(out, Document([table], references=lambda _: [reference]))

    assert out.getvalue().splitlines()[-1] == "1. Wire, https\\://example.org/\\\\u202e"


def test_a_heading_is_text_too() -> None:
    out = StringIO()
    write_markdown(out, Document([DataTable((Column("a|@b"),), [], [("a|@b",)])]))

    assert out.getvalue() == "| A\\|@&#8203;b |\n| ------------ |\n"
