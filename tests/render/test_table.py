from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzus.render import cells
from kzus.render.terminal import fit
from kzus.render.terminal.fit import Want
from kzus.values.amounts import with_thousands

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Kzus

FIXTURE = Path(__file__).parent.parent / "facts.yaml"
ASKED = {
    "deals": "title,date,counted_usd",
    "treaties": "title,signed,citation",
    "indicators": "title,period,value",
    "events": "date,title,text",
    "statements": "date,text,by",
}
WIDTHS = (60, 67, 80, 93, 100, 120, 140, 170, 200)
WANTS = st.lists(
    st.tuples(*[st.integers(0, 30)] * 4).map(lambda steps: Want(*(1 + sum(steps[: at + 1]) for at in range(4)))),
    min_size=1,
    max_size=8,
)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("command", ASKED)
def test_no_word_number_date_or_id_is_broken_without_saying_so(kzus: Kzus, command: str, width: int) -> None:
    done = kzus(command, "-c", ASKED[command], width=width, facts=None)
    whole = json.loads(kzus(command, "-f", "json", facts=None).out)

    lines = done.out.splitlines()
    assert max(map(len, lines)) <= width
    rows = lines[1 : next(at for at, line in enumerate(lines) if line.startswith(f"{len(whole)} "))]
    found = {word for word in " ".join(rows).split() if not word.endswith("…")}
    assert found <= _words(whole) | _amounts(whole)


def _words(value: Any) -> set[str]:
    """Return every word that a table of these objects may hold."""
    if isinstance(value, dict):
        return set().union(*map(_words, value.values()))
    if isinstance(value, list):
        words = set().union(*map(_words, value)) if value else set()
        return words | {f"{word}," for word in words} | {f"{word};" for word in words} | {f"+{len(value) - 1}"}
    shown = {cells.UNKNOWN, "·", *map(str, range(1990, 2030)), "─" * 0}
    return {*str(value).split(), *with_thousands(str(value)).split(), *shown} | {"─" * many for many in range(200)}


def _amounts(objects: list[dict[str, Any]]) -> set[str]:
    numbers = {cell for each in objects for name, cell in each.items() if name.endswith("_usd") and cell is not None}
    return {cells.format_cell("money", number) for number in numbers}


@pytest.mark.parametrize("width", WIDTHS)
def test_the_important_columns_stay(kzus: Kzus, width: int) -> None:
    head, *_ = kzus("deals", width=width, facts=None).out.splitlines()

    assert {"DATE", "TITLE", "VALUE"} <= set(head.split())


def test_below_that_all_is_stacked_in_one_column(kzus: Kzus) -> None:
    lines = kzus("deals", "-t", "credit", width=26).out.splitlines()

    assert lines == [
        "TITLE",
        "Loan for locomotives",
        "Kazakhstan Temir Zholy,",
        "Citibank",
        "2025-09 · pledge · 1.6bn",
        "lent",
        "1 deal",
        "1.6bn pledged lending",
    ]


def test_scales_stand_under_one_another(kzus: Kzus) -> None:
    done = kzus("deals", "-c", "amount_usd", "--sort", "-amount_usd", width=80)

    assert done.out.splitlines()[:7] == ["STATED", " 4.2bn", "   3bn", " 1.6bn", " 900m", " 400m", " 250m"]


def test_columns_that_find_no_room_are_named(kzus: Kzus) -> None:
    asked = "id,date,value,stage,title,sources,low_usd,high_usd,place"
    lines = kzus("deals", "-n", "1", "-c", asked, width=40).out.splitlines()

    assert lines == [
        "ID          DATE            VALUE",
        "SOURCES     LOW              HIGH",
        "tenge-bond  2026-01-15  100bn KZT",
        "wire-2025",
        "no room for stage, title, place: widen",
        "the terminal, or name fewer columns",
        "1 of 8 deals",
    ]


def test_columns_that_were_asked_for_are_a_line_each_or_two_where_it_is_narrow(kzus: Kzus) -> None:
    asked = ("-c", "title,date,place,note,value")
    rows = len(json.loads(kzus("deals", "-f", "json", facts=None).out))
    drawn = {width: kzus("deals", *asked, width=width, facts=None).out.splitlines() for width in (80, 100, 160)}

    assert rows + 2 < len(drawn[80]) <= 2 * (rows + 1) + 1
    assert len(drawn[100]) == len(drawn[160]) == rows + 2
    assert all(len(line) <= width for width, lines in drawn.items() for line in lines)


def test_a_column_alone_is_read_in_full(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    note = "A note of many words that says what else must be known, and says it in full"
    facts = fact_file(FIXTURE.read_text("utf-8").replace("note: No value is known.", f"note: {note}"))
    alone, beside = (kzus("deals", "clinic", "-c", names, width=40, facts=facts).out for names in ("note", "id,note"))

    assert " ".join(alone.split()) == f"NOTE {note} 1 deal · text clinic"
    assert "clinic  A note of many words that says…\n" in beside


def test_a_long_note_leaves_room_for_the_title(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    title, note = "A clinic in the west of the country", "very " * 20 + "long"
    text = FIXTURE.read_text("utf-8").replace("title: A clinic\n", f"title: {title}\n")
    facts = fact_file(text.replace("note: No value is known.", f"note: {note}"))

    assert f"\n{title}  very very" in kzus("deals", "country", "-c", "title,note", width=80, facts=facts).out


@pytest.mark.parametrize(("width", "shown"), [(48, True), (47, False)])
def test_an_id_in_a_list_is_whole_or_not_there(
    kzus: Kzus, fact_file: Callable[[str], Path], width: int, *, shown: bool
) -> None:
    facts = fact_file(FIXTURE.read_text("utf-8").replace("citibank", "deutsche-bank-luxembourg"))
    lines = kzus("deals", "-c", "id,parties", width=width, facts=facts).out.splitlines()
    parties = "ktz, deutsche-bank-luxembourg" if shown else "ktz, …"

    assert f"loan               {parties}" in lines


def test_an_id_in_an_answer_of_sql_is_whole(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    facts = fact_file(FIXTURE.read_text("utf-8").replace("locomotive-letter", "locomotive-letter-of-intent-2024"))
    out = kzus("sql", "select id, title, place, reason from deals", width=60, facts=facts).out

    assert "\nlocomotive-letter-of-intent-2024 " in out


@pytest.mark.parametrize("width", [60, 67, 80])
def test_a_series_has_its_reading_however_long_periods_are(kzus: Kzus, width: int) -> None:
    assert "VALUE" in kzus("indicators", width=width, facts=None).out.splitlines()[0].split()


def test_rows_of_several_lines_are_set_apart(kzus: Kzus) -> None:
    narrow, wide = (kzus("events", "-c", "text", width=width, facts=None).out.splitlines() for width in (60, 400))

    assert "" in narrow
    assert "" not in wide


@given(WANTS, st.integers(1, 200), st.booleans())
def test_columns_take_no_more_than_there_is_and_no_less_than_they_need(
    wants: list[Want],
    width: int,
    is_asked: bool,  # noqa: FBT001 - of a law
) -> None:
    widths = fit.fit(wants, width, is_asked=is_asked)

    assert 1 <= len(widths) <= len(wants)
    assert sum(widths) + fit.GAP * (len(widths) - 1) <= width
    if len(widths) > 1:
        assert all(want.tight <= each <= want.most for want, each in zip(wants, widths, strict=False))


@given(WANTS, st.integers(1, 200))
def test_nothing_is_left_over_while_a_column_wants_it(wants: list[Want], width: int) -> None:
    widths = fit.fit(wants, width)
    spare = width - sum(widths) - fit.GAP * (len(widths) - 1)

    assert spare == 0 or all(each == min(want.most, width) for want, each in zip(wants, widths, strict=False))


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (["4.2bn", "150m", "0", "–"], ["4.2bn", "150m ", "0  ", "–  "]),
        (["1k", "20"], ["1k", "20 "]),
        ([], []),
        (["up to 3m", "about 2bn"], ["up to 3m ", "about 2bn"]),
    ],
)
def test_amounts_are_padded_behind_their_scale(amounts: list[str], expected: list[str]) -> None:
    assert cells.align_scales(amounts) == expected


@pytest.mark.parametrize(
    ("variables", "looks"),
    [
        ({"TERM": "xterm"}, "colour bold link"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "bold link"),
        ({"TERM": "dumb"}, ""),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, "colour bold link"),
    ],
)
def test_a_real_terminal_gets_what_its_variables_say(variables: dict[str, str], looks: str) -> None:
    codes = {"colour": "\x1b[32m", "bold": "\x1b[1m", "link": "\x1b]8;"}
    kept = {name: value for name, value in os.environ.items() if name != "TERM"}
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "kzus", "deals", "-t", "rail", "--facts", str(FIXTURE), "-c", "id,stage,sources"]
    subprocess.run(command, stdout=slave, env={**kept, "COLUMNS": "44", **variables}, check=True)
    os.close(slave)
    text = os.read(master, 10_000).decode()
    os.close(master)

    assert " ".join(look for look, code in codes.items() if code in text) == looks
    assert re.sub("\x1b(\\[[0-9;]*m|]8;[^\x1b]*\x1b\\\\)", "", text).splitlines() == [
        "ID           STAGE           SOURCES",
        "locomotives  implementation  akorda-2025 +1",
        "loan         pledge          akorda-2025",
        "2 deals · tag rail",
    ]
