from __future__ import annotations

import csv
import io

import pytest

from kzus.output.pipes import write_csv
from kzus.output.sheet import Sheet
from kzus.query import Column


def written(*cells: object, kinds: str = "text") -> str:
    out = io.StringIO()
    columns = tuple(Column(f"c{at}", kinds) for at in range(len(cells)))
    write_csv(out, Sheet(columns, [cells], [], header=False))
    return out.getvalue()


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "=", "-5–-2", "+7 (727) 1"]
)
def test_text_that_a_spreadsheet_would_work_out_has_an_apostrophe(text: str) -> None:
    ((cell,),) = csv.reader(io.StringIO(written(text), newline=""))

    assert cell == f"'{text}"


@pytest.mark.parametrize(
    "cell", ["-2", "+3.5", "-1e9", -2, 0, 4_200_000_000, 0.25, "2025-09-22", "a=b", "–", "", "'=1"]
)
def test_numbers_dates_and_other_text_stay_as_they_are(cell: object) -> None:
    assert list(csv.reader(io.StringIO(written(cell)))) == [[str(cell)]]


def test_a_list_is_guarded_as_a_whole() -> None:
    assert written('["=1", "b"]', kinds="texts") == "'=1; b\n"


def test_commas_quotes_and_line_ends_are_quoted_as_in_rfc_4180() -> None:
    assert written("a,b", 'say "x"', "two\nlines", "plain") == '"a,b","say ""x""","two\nlines",plain\n'
