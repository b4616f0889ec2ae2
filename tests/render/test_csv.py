from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from kzus.query.listing import Column
from kzus.render.data_table import DataTable
from kzus.render.formats import write_csv

if TYPE_CHECKING:
    from conftest import Kzus


def written(*cells: object, kinds: str = "text") -> str:
    out = io.StringIO()
    columns = tuple(Column(f"c{at}", kinds) for at in range(len(cells)))
    write_csv(out, DataTable(columns, [cells], [], header=False))
    return out.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "=",
        "-5–-2",
        "+7 (727) 1",
        "＝1+1",
        "＋1+1",
        "－2+3",
        "＠SUM(A1)",
        " =1",
        "\u00a0=1",
        "\u3000＝1",
        "\n=1",
        "\t",
        "'=1",
        "''+x",
        "' =1",
        "-infinity",
        "+nan",
        "-1_0",
        "-1.",
    ],
)
def test_text_that_a_spreadsheet_would_work_out_has_an_apostrophe(text: str) -> None:
    ((cell,),) = csv.reader(io.StringIO(written(text), newline=""))

    assert cell == "'" + text.replace("\r", "\n")


@pytest.mark.parametrize(
    "cell", ["-2", "+3.5", "-1e9", -2, 0, 4_200_000_000, 0.25, "2025-09-22", "a=b", "–", "", "'", "'tis", " a=b", "’=1"]
)
def test_numbers_dates_and_other_text_stay_as_they_are(cell: object) -> None:
    assert list(csv.reader(io.StringIO(written(cell)))) == [[str(cell)]]


def test_a_list_is_guarded_as_a_whole() -> None:
    assert written('["=1", "b"]', kinds="texts") == "'=1; b\n"


def test_commas_quotes_and_line_ends_are_quoted_as_in_rfc_4180() -> None:
    assert written("a,b", 'say "x"', "two\nlines", "plain") == '"a,b","say ""x""","two\nlines",plain\n'


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("\x1b[1m", "\\u001b[1m"),
        ("\x9b1m", "\\u009b1m"),
        ("a\x85b\u2028c", "a\\u0085b\\u2028c"),
        ("\u202eexe.\u2066\u200f", "\\u202eexe.\\u2066\\u200f"),
        ("\x00=1", "\\u0000=1"),
        ("\ufeff=1", "\\ufeff=1"),
        ("\x07\x08\x7f", "\\u0007\\u0008\\u007f"),
        ("a\rb\r\nc\nd", "a\nb\nc\nd"),
        ("a\tb", "a\tb"),
        ("C:\\u001b", "C:\\u001b"),
    ],
)
def test_what_a_terminal_would_obey_shows_as_what_it_is(text: str, cell: str) -> None:
    assert list(csv.reader(io.StringIO(written(text), newline=""), strict=True)) == [[cell]]


def test_what_sql_makes_is_shown(kzus: Kzus) -> None:
    done = kzus("sql", "select char(27)||'[1m' as a, '＝1' as \"＝b\"", "-f", "csv")

    assert (done.code, done.out, done.err) == (0, "a,'＝b\n\\u001b[1m,'＝1\n", "")
