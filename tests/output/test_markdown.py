from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kzus.query.listing import Column
from kzus.render.document import DataTable
from kzus.render.markdown import write_markdown

if TYPE_CHECKING:
    from conftest import Kzus

SUM = """\
| Sector | Trade | Firm | Lent | Valued |
| --- | ---: | ---: | ---: | ---: |
| Transport | 4.6bn | 4.6bn | 1.6bn | 4/4 |
| Energy | 500m | 500m |  | 3/3 |
| Health |  |  |  | 0/1 |
| **All sectors** | **5.1bn** | **5.1bn** | **1.6bn** | **7/8** |
"""
DEALS = """\
| Title | Value | Sources |
| --- | ---: | --- |
| Loan for locomotives | 1.6bn USD | [akorda-2025](<https://example.org/akorda>) |
| Letter on locomotives | 3bn USD | leaflet |
"""


def drawn(text: str) -> str:
    out = StringIO()
    write_markdown(out, DataTable((Column("text"),), [(text,)], [("text",)]))
    return out.getvalue()


def test_a_sum_is_a_github_table_with_its_total_and_notes_on_stderr(kzus: Kzus) -> None:
    done = kzus("sum", "--format", "markdown")

    assert (done.code, done.out) == (0, SUM)
    assert done.err == (
        "Lent, in no figure above: 1.6bn pledged.\nOf trade 400m is a ceiling; 1 of 8 state no sum. More: --explain\n"
    )


def test_an_unknown_sum_is_a_dash_and_none_is_empty(kzus: Kzus) -> None:
    done = kzus("sum", "-s", "health", "-c", "label,trade_usd,total_usd", "-f", "markdown")

    assert done.out.splitlines()[2] == "| Health |  | – |"


def test_sources_are_links_where_they_have_an_address(kzus: Kzus) -> None:
    done = kzus("deals", "--min", "1.6bn", "--max", "3bn", "-c", "title,value,sources", "-f", "markdown")

    assert (done.code, done.out, done.err) == (0, DEALS, "")


def test_the_columns_are_those_of_a_terminal_each_on_its_own(kzus: Kzus) -> None:
    done = kzus("deals", "-f", "markdown")

    assert done.out.splitlines()[0] == "| Date | Stage | Title | Id | Reason | Value | Counted | Sources |"
    assert {line.count(" | ") for line in done.out.splitlines()} == {7}


def test_without_a_header_its_cells_are_empty(kzus: Kzus) -> None:
    done = kzus("deals", "--no-header", "-n", "1", "-c", "id,date", "-f", "markdown")

    assert done.out == "|  |  |\n| --- | --- |\n| tenge-bond | 2026-01-15 |\n"


def test_nothing_found_is_a_table_without_rows(kzus: Kzus) -> None:
    done = kzus("deals", "--stage", "suspended", "-c", "id", "-f", "markdown")

    assert (done.code, done.out, done.err) == (0, "| Id |\n| --- |\n", "")


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
    write_markdown(out, DataTable((Column("sources", "sources"),), [("s",)], [("sources",)], links=lambda: {"s": url}))

    assert out.getvalue().splitlines()[2] == "| s |"


def test_a_heading_is_text_too() -> None:
    out = StringIO()
    write_markdown(out, DataTable((Column("a|@b"),), [], [("a|@b",)]))

    assert out.getvalue() == "| A\\|@&#8203;b |\n| --- |\n"
