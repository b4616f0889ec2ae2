"""Names and text in SQL: what stands in double quotes is a name, and hints are of the tables that a query names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kzus.query.sql import is_explain, without_quoted_text

if TYPE_CHECKING:
    from conftest import Kzus


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("""select "id" from "deals" """, "select `id` from `deals` "),
        ("""select 'a "b" c', "d""e", "f`g" """, """select 'a "b" c', `d"e`, `f``g` """),
        ("""select 'it''s "x"' -- "y"\n, "z" """, """select 'it''s "x"' -- "y"\n, `z` """),
        ("""/* "a" */ select [b "c"], `d "e"`""", """/* "a" */ select [b "c"], `d "e"`"""),
        ("""select "unclosed""", """select "unclosed"""),
        ("""/* unclosed "x" """, """/* unclosed "x" """),
        ("""select "" """, "select `` "),
    ],
)
def test_only_what_stands_in_double_quotes_is_written_anew(query: str, expected: str) -> None:
    assert without_quoted_text(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [("explain select 1", True), ("-- x\n /* y */ EXPLAIN select 1", True), ("select 'explain'", False), ("", False)],
)
def test_explain_is_the_first_word(query: str, expected: bool) -> None:  # noqa: FBT001 - of a table
    assert is_explain(query) is expected


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            """select count(*) from deals where "sectr" = 'transport'""",
            "no such column: sectr (did you mean 'sector'?); write text in single quotes: 'sectr'",
        ),
        (
            """select count(*) from deals where sector = "transport" """,
            "no such column: transport; write text in single quotes: 'transport'",
        ),
        (
            """select "O'Hara" from packages""",
            "no such column: O'Hara (there are: id, title, date, place, value, count, members, sources, note); "
            "write text in single quotes: 'O''Hara'",
        ),
        (
            """explain select "x" from meta""",
            "no such column: x (there are: key, value); write text in single quotes: 'x'",
        ),
        ("select entry from relations", "no such column: entry (there are: deal, relation, other, source, inferred)"),
        ("select d.amont_usd from deals d", "no such column: d.amont_usd (did you mean 'amount_usd'"),
        ("select entry from deals", "no such column: entry (it is a column of mentions, claims, quantities, dates)"),
        ("select 1; select 2", "the query is more than one statement; write one"),
        ("-- nothing", "the query asks for nothing; write one such as 'select id, title from deals'"),
    ],
)
def test_a_name_that_is_none_is_an_error_that_says_what_was_meant(kzus: Kzus, query: str, message: str) -> None:
    done = kzus("sql", query)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"kzus: {message}")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        (
            """select d."id" as "the id", "d"."sector" from "deals" as "d" where "id" = 'plant'""",
            "the id,sector\nplant,energy\n",
        ),
        ("""with "t x"("y") as (select 1) select "y" "z" from "t x" order by "z" """, "z\n1\n"),
        ("-- all of it\nselect 1 as n", "n\n1\n"),
        ('--all of it\r\nselect 1 as n -- "x"', "n\n1\n"),
        ("/* all\nof it */ select 1 as n", "n\n1\n"),
        ("select 1 as n;", "n\n1\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_first", [True, False])
def test_names_in_double_quotes_and_comments_are_taken(
    kzus: Kzus, query: str, shown: str, is_first: bool  # noqa: FBT001 - of a table
) -> None:  # fmt: skip
    done = kzus("sql", *((query, "-f", "csv") if is_first else ("-f", "csv", query)))

    assert (done.code, done.out, done.err) == (0, shown, "")


def test_an_option_that_is_none_stays_an_error(kzus: Kzus) -> None:
    done = kzus("sql", "--schem", "select 1")

    assert (done.code, done.out) == (2, "")
    assert "No such option: --schem" in done.err
