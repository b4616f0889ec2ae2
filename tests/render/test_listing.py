from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conftest import FIXTURE
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from kzus.render.terminal import fit
from kzus.render.terminal.fit import clusters, cut
from kzus.render.terminal.listing import _cut_payment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Kzus

LISTS = "deals packages treaties indicators events statements sources parties sectors timeline".split()
WIDTHS = (60, 66, 73, 80, 99, 100, 119, 139, 140, 160, 200)
TABLE = """\
format: 2
title: T
as_of: 2026-06-30
sides: {kazakh: [KZ], american: [US]}
sectors: {rail: {label: Rail}}
sources: {s: {title: S, publisher: P, kind: news, published: 2026-01-01}}
parties:
  ktz: {name: Kazakhstan Temir Zholy, short: KTZ, country: KZ, kind: state company}
  citi: {name: Citibank, country: US, kind: company}
  exim: {name: Export-Import Bank of the United States, short: EXIM, country: US, kind: government}
  air: {name: Air Astana, country: KZ, kind: company}
  boeing: {name: Boeing, country: US, kind: company}
deals:
  loan:
    {title: Financing for the renewal of the whole fleet of locomotives, instrument: mandate, flow: financing,
    stage: pledge, date: 2025-11, date_kind: signed, sector: rail, parties: [ktz, citi, exim], payer: [citi, exim],
    payee: ktz, values: [{value: about 1.6bn USD, measure: principal, source: s}]}
  aircraft:
    {title: Up to 15 aircraft, instrument: contract, flow: trade, stage: commitment, stage_source: s,
    date: 2025-10, date_kind: signed, sector: rail, parties: [air, boeing], payer: air, payee: boeing,
    values: [{value: 7bn USD, measure: list price, source: s}]}
  trains:
    {title: Internet on trains, instrument: memorandum, flow: cooperation, stage: pledge, date: 2025-09-17,
    date_kind: signed, sector: rail, parties: [ktz, boeing], sources: s}
  parts:
    {title: Parts, instrument: contract, flow: trade, stage: completion, stage_source: s, date: 2025,
    date_kind: signed, sector: rail, parties: [ktz, boeing], payee: boeing,
    values: [{value: up to 3.7bn USD, measure: price, source: s}]}
  old:
    {title: Letter of old, instrument: letter of intent, flow: grant, stage: pledge, date: 2019, date_kind: signed,
    sector: rail, parties: [ktz, exim], payer: exim, payee: ktz,
    values: [{value: at least 9m EUR, measure: grant, source: s}]}
"""
AT_80 = """\
DATE        TITLE                                                          VALUE
STAGE       WHO PAYS WHOM                                                   FLOW
2025-11     Financing for the renewal of the whole fleet of locomotives   ~1.6bn
pledge      Citibank, EXIM → KTZ                                            lent
2025-10     Up to 15 aircraft                                               7bn*
commitment  Air Astana → Boeing                                           bought
2025-09-17  Internet on trains                                                 –
pledge      KTZ, Boeing
2025        Parts                                                         ≤3.7bn
done        – → Boeing                                                     trade
2019        Letter of old                                                ≥9m EUR
dormant     EXIM → KTZ                                                     given
5 deals · 10.7bn firm trade, 1.6bn pledged lending
* list price, before discounts
"""
AT_100 = """\
DATE        STAGE       TITLE                                    VALUE  FLOW    WHO PAYS WHOM
2025-11     pledge      Financing for the renewal of the who…   ~1.6bn  lent    Citibank, EXIM → KTZ
2025-10     commitment  Up to 15 aircraft                         7bn*  bought  Air Astana → Boeing
2025-09-17  pledge      Internet on trains                           –          KTZ, Boeing
2025        done        Parts                                   ≤3.7bn  trade   – → Boeing
2019        dormant     Letter of old                          ≥9m EUR  given   EXIM → KTZ
5 deals · 10.7bn firm trade, 1.6bn pledged lending
* list price, before discounts
"""


TREATIES = """\
format: 2
title: T
as_of: 2026-06-30
sectors: {tax: {label: Tax}}
sources: {s: {title: S, publisher: P, kind: news}}
treaties:
  fatca:
    {title: Agreement on international tax compliance, signed: 2017-09-11, in_force: 2022-04-05, status: in force,
    citation: Bulletin of treaties 2022, sector: tax, sources: s}
  statement: {title: Joint statement, signed: 2019-09, status: signed, sector: tax, sources: s}
  plan: {title: Cooperation plan of five years, signed: 2013, status: expired, sources: s}
  visas: {title: Arrangement on visas, signed: 2012, status: expired, sources: s}
"""


@pytest.fixture
def facts(fact_file: Callable[[str], Path]) -> Path:
    return fact_file(TABLE)


@pytest.mark.parametrize(("width", "drawn"), [(80, AT_80), (100, AT_100)])
def test_deals_are_drawn_a_line_each_or_two_where_it_is_narrow(kzus: Kzus, facts: Path, width: int, drawn: str) -> None:
    done = kzus("deals", width=width, facts=facts)

    assert (done.code, done.out, done.err) == (0, drawn, "")


@pytest.mark.parametrize(("width", "has_ids"), [(139, False), (140, True)])
def test_ids_are_the_last_column_of_a_wide_terminal(kzus: Kzus, facts: Path, width: int, *, has_ids: bool) -> None:
    lines = kzus("deals", width=width, facts=facts).out.splitlines()

    assert lines[0].endswith("  ID") is has_ids
    assert [line.split()[-1] for line in lines[1:6]] == (
        ["loan", "aircraft", "trains", "parts", "old"] if has_ids else ["KTZ", "Boeing", "Boeing", "Boeing", "KTZ"]
    )


@pytest.mark.parametrize("command", LISTS)
def test_a_list_is_never_longer_where_the_terminal_is_wider(kzus: Kzus, command: str) -> None:
    rows = len(json.loads(kzus(command, "-f", "json", facts=None).out))
    drawn = {width: kzus(command, width=width, facts=None).out.splitlines() for width in WIDTHS}
    heights = [len(lines) for lines in drawn.values()]
    years = sum("──" in line for line in drawn[100])

    assert heights == sorted(heights, reverse=True)
    assert all(max(map(cell_len, lines)) <= width for width, lines in drawn.items())
    assert all(len(lines) <= 2 * rows + 7 + years for width, lines in drawn.items() if width >= 80)
    assert all(rows + 2 + years <= len(lines) <= rows + 4 + years for width, lines in drawn.items() if width >= 100)


def test_treaties_say_how_many_are_in_force(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    treaties = fact_file(TREATIES)
    whole, some, one, none = (
        kzus("treaties", *arguments.split(), width=100, facts=treaties)
        for arguments in ("", "-n 1", "statement", "nothing")
    )

    assert whole.out.splitlines()[-1] == "4 treaties, 1 in force, 2 expired, 1 signed"
    assert some.out.splitlines()[-1] == "1 of 4 treaties · all 4: 1 in force, 2 expired, 1 signed"
    assert one.out.splitlines()[-1] == "1 treaty, 1 signed · text statement"
    assert (none.out, none.err) == ("", "no treaties · text nothing\n")


def test_no_date_of_a_treaty_stands_alone_at_the_right_edge(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    assert kzus("treaties", width=60, facts=fact_file(TREATIES)).out == (
        "SIGNED      TITLE                                   STATUS\n"
        "IN FORCE    CITATION\n"
        "2019-09     Joint statement                         signed\n"
        "2017-09-11  Agreement on international tax compli…  in force\n"
        "2022-04-05  Bulletin of treaties 2022\n"
        "2013        Cooperation plan of five years          expired\n"
        "2012        Arrangement on visas                    expired\n"
        "4 treaties, 1 in force, 2 expired, 1 signed\n"
    )


def test_spare_columns_come_one_by_one_where_most_titles_stay_whole(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    long = TREATIES.replace("Agreement on", "Agreement on " + "very " * 8).replace("plan of", "plan of " + "many " * 8)
    treaties = fact_file(long.replace("  plan:", "  plan-of-cooperation-in-everything:"))
    heads = {width: kzus("treaties", width=width, facts=treaties).out.splitlines()[0] for width in range(139, 190)}
    spare = [sum(name in head for name in ("SECTOR", "CITATION")) for head in heads.values()]

    assert spare == sorted(spare)
    assert set(spare) == {0, 1, 2}
    assert heads[189].split()[-3:] == ["SECTOR", "CITATION", "ID"]


@pytest.mark.parametrize(("citations", "has_column"), [("LSS", True), ("LS", True), ("LLS", False), ("L-", False)])
def test_a_spare_column_that_is_mostly_cut_is_left_out(
    kzus: Kzus, fact_file: Callable[[str], Path], citations: str, *, has_column: bool
) -> None:
    written = {"L": f"citation: {'Long ' * 20},", "S": "citation: TIAS 1,", "-": ""}
    treaties = "".join(
        f"  t-{at}: {{title: {'T' * 50}, signed: 1993, {written[each]} status: signed, sources: s}}\n"
        for at, each in enumerate(citations)
    )
    page = "sources: {s: {title: S, publisher: P, kind: news, published: 2026-01-01}}"
    facts = fact_file(f"format: 2\ntitle: T\nas_of: 2026\nsectors: {{x: {{label: X}}}}\n{page}\ntreaties:\n{treaties}")
    head, *rows = kzus("treaties", width=150, facts=facts).out.splitlines()

    assert ("CITATION" in head) is has_column
    assert "SECTOR" in head
    assert any("Long" in row for row in rows) is has_column


def test_a_list_of_some_deals_says_what_all_of_them_add_up_to(kzus: Kzus, facts: Path) -> None:
    lines = kzus("deals", "-n", "1", width=80, facts=facts).out.splitlines()

    assert lines[-1] == "1 of 5 deals · all 5: 10.7bn firm trade, 1.6bn pledged lending"


def test_sums_that_find_no_room_in_a_line_have_another(kzus: Kzus, facts: Path) -> None:
    drawn = [kzus("deals", width=width, facts=facts).out.splitlines() for width in (50, 49, 28, 27)]
    feet = [lines[next(at for at, line in enumerate(lines) if line.startswith("5 deals")) :] for lines in drawn]

    assert feet == [
        ["5 deals · 10.7bn firm trade, 1.6bn pledged lending", "* list price, before discounts"],
        ["5 deals · 10.7bn firm trade,", "1.6bn pledged lending", "* list price, before discounts"],
        ["5 deals · 10.7bn firm trade,", "1.6bn pledged lending", "* list price, before", "discounts"],
        ["5 deals", "10.7bn firm trade,", "1.6bn pledged lending", "* list price, before", "discounts"],
    ]


def test_a_list_without_values_has_no_sums(kzus: Kzus, facts: Path) -> None:
    assert kzus("deals", "trains", width=80, facts=facts).out.splitlines()[-1] == "1 deal"


def test_columns_of_a_terminal_are_not_in_the_pipe(kzus: Kzus, facts: Path) -> None:
    done = kzus("deals", "old", "-c", "stage,flow,value,measure", "-f", "tsv", "--no-header", facts=facts)

    assert done.out == "pledge\tgrant\tat least 9m EUR\tgrant\n"


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("plain text", 10, "plain text"),
        ("plain text", 9, "plain te…"),
        ("plain text", 7, "plain…"),
        ("👨‍👩‍👧👨‍👩‍👧", 3, "👨‍👩‍👧…"),
        ("👨‍👩‍👧👨‍👩‍👧", 2, "…"),
        ("🇰🇿🇺🇸", 4, "🇰🇿🇺🇸"),
        ("🇰🇿🇺🇸", 3, "🇰🇿…"),
        ("🇰🇿🇺🇸", 2, "…"),
        ("👍🏽👍🏽", 3, "👍🏽…"),
        ("cafe\u0301s", 4, "caf…"),
        ("cafe\u0301s!", 5, "cafe\u0301…"),
        ("क्षित्रिय", 4, "क्षि…"),
        ("क्षित्रिय", 3, "क्षि…"),
        ("тенге және доллар", 9, "тенге жә…"),
        ("中国", 3, "中…"),
    ],
)
def test_text_is_cut_between_characters_as_a_reader_sees_them(text: str, width: int, expected: str) -> None:
    assert cut(Text(text), width).plain == expected


@given(st.text(max_size=12), st.integers(1, 20))
def test_a_cut_text_fits_and_is_the_beginning_of_the_whole(text: str, width: int) -> None:
    shortened = cut(Text(text), width).plain

    assert cell_len(shortened) <= width
    assert shortened == Text(text).plain or Text(text).plain.startswith(shortened.removesuffix("…").rstrip())


@given(st.text())
def test_clusters_cover_the_text(text: str) -> None:
    ends = list(clusters(text))

    assert ends == sorted(set(ends))
    assert (ends[-1] if ends else 0) == len(text)


@given(
    st.lists(st.tuples(st.integers(1, 10), st.lists(st.integers(1, 60), max_size=8)), min_size=1, max_size=5),
    st.integers(100, 300),
)
def test_room_is_shared_until_nothing_is_cut(columns: list[tuple[int, list[int]]], width: int) -> None:
    rooms = [fit.room(whole, cuttable) for whole, cuttable in columns]
    least, widths, wider = (
        fit.across(room.least for room in rooms),
        fit.share(rooms, width),
        fit.share(rooms, width + 1),
    )

    assert fit.across(widths) <= max(width, least)
    assert all(has <= more for has, more in zip(widths, wider, strict=True))
    if fit.across(widths) < width:
        assert all(has >= max([whole, *cuttable]) for has, (whole, cuttable) in zip(widths, columns, strict=True))


@pytest.mark.parametrize(
    ("written", "width", "expected"),
    [
        ("Citibank, EXIM → KTZ", 20, "Citibank, EXIM → KTZ"),
        ("Citibank, EXIM → KTZ", 19, "Citibank, EX… → KTZ"),
        ("Kazaeronavigatsia → Leidos", 17, "Kazaero… → Leidos"),
        ("Kazaeronavigatsia → Leidos", 16, "Kazaero… → Leid…"),
        ("KTZ → Export-Import Bank", 12, "KTZ → Export…"[:11] + "…"),
        ("– → Boeing", 9, "– → Boei…"),
        ("KTZ, Astana Diesel Service", 12, "KTZ, Astana…"),
        ("哈萨克斯坦铁路公司 → Wabtec", 19, "哈萨克斯… → Wabtec"),
    ],
)
def test_who_pays_is_cut_before_who_is_paid(written: str, width: int, expected: str) -> None:
    drawn = _cut_payment(Text(written), width)

    assert drawn.plain == expected
    assert drawn.cell_len <= width


def test_who_is_paid_has_room_beside_a_long_title(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    other = fact_file(TABLE.replace("name: Air Astana", "name: Air Astana of Almaty").replace(
        "Up to 15 aircraft", "Up to 15 aircraft of the family that flies to the other end of the world"))  # fmt: skip
    lines = kzus("deals", width=100, facts=other).out.splitlines()

    assert lines[2].endswith(" Air Astana of A… → Boeing")


@pytest.mark.parametrize(("known", "mark"), [("2022", "†"), ("2023-06-30", ""), ("2023-06-29", "†"), ("2023-06", "")])
def test_what_is_firm_and_not_heard_of_has_a_mark(
    kzus: Kzus, fact_file: Callable[[str], Path], known: str, mark: str
) -> None:
    """From when on is the rule by which a pledge is dormant: 36 months before the day of the file, 2026-06-30."""
    text = FIXTURE.read_text("utf-8").replace("date: 2026-01-15", f"date: {known}")
    lines = kzus("deals", "bond", width=100, facts=fact_file(text)).out.splitlines()

    assert f"  commitment{mark}  " in lines[1]
    assert lines[2:] == ["1 deal", *["† no news in 3 years"] * bool(mark)]
    assert kzus("deals", "bond", "-c", "stage", facts=fact_file(text)).out == "commitment\n"
