from __future__ import annotations

import io
import json
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kzus.app import main
from kzus.facts.check import load
from kzus.index.store import in_memory
from kzus.query.filters import Filter
from kzus.query.listing import fetch
from kzus.query.lists.entries import SEARCH
from kzus.render.environment import Environment
from kzus.values.names import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from conftest import Kzus

FIXTURE = Path(__file__).parent.parent / "facts.yaml"
KTZ = (
    "ktz\tparty\tKazakhstan Temir Zholy\tKTZ · ‹КТЖ›\n"
    "locomotives\tdeal\t300 locomotives\tKazakhstan Temir Zholy · KTZ · ‹КТЖ› · Wabtec\n"
    "locomotive-letter\tdeal\tLetter on locomotives\tKazakhstan Temir Zholy · KTZ · ‹КТЖ› · Wabtec\n"
    "loan\tdeal\tLoan for locomotives\tKazakhstan Temir Zholy · KTZ · ‹КТЖ› · Citibank · Citi\n"
    "visit\tevent\tVisit to New York\tKazakhstan Temir Zholy · KTZ · ‹КТЖ›\n"
)


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    return in_memory(load(FIXTURE.read_bytes(), FIXTURE.name))


def found(kzus: Kzus, *arguments: str) -> list[str]:
    done = kzus("search", *arguments, "-c", "id", "-q")
    assert (done.code, done.err) == (0, "")
    return done.out.split()


def test_a_pipe_gets_every_match_with_its_marks(kzus: Kzus) -> None:
    done = kzus("search", "КТЖ")

    assert (done.code, done.out, done.err) == (0, KTZ, "")


def test_json_has_the_columns_as_keys(kzus: Kzus) -> None:
    assert json.loads(kzus("search", "given", "up", "-f", "json").out) == [
        {
            "id": "plant",
            "kind": "deal",
            "title": "A plant that was given up",
            "match": "A plant that was ‹given› ‹up›",
        }
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        # whoever is called so stands first, by name, alias, a part or the start of it
        ("wabtec", "wabtec"),
        ("citi", "citibank"),
        ("temir zholy", "ktz"),
        ("samruk", "samruk"),
        ("trans*", "transport"),
        # then what a title says, before what is only said in passing
        ("grid", "grid"),
        ("visit new", "visit"),
    ],
)
def test_the_best_match_comes_first(kzus: Kzus, text: str, first: str) -> None:
    assert found(kzus, text)[0] == first


RANKED = """\
format: 2
title: T
as_of: 2026-06-30
sides: {kazakh: [KZ], american: [US]}
sectors: {air: {label: Air}}
sources: {page: {title: Boeing in the news, publisher: P, kind: news}}
parties:
  boeing: {name: Boeing, country: US, kind: company}
  global: {name: Boeing Global Services, country: US, kind: company}
  astana: {name: Air Astana, country: KZ, kind: company}
deals:
  plan: {PLAN title: Aircraft for Air Astana, values: [{value: 9bn USD, measure: planned, source: page}]}
  help: {PLAN title: Boeing helps, sources: page}
  small: {PLAN title: Some Boeing planes, values: [{value: 1m USD, measure: planned, source: page}]}
  large: {PLAN title: Many words about planes of Boeing, values: [{value: 2bn USD, measure: planned, source: page}]}
"""
PLAN = "instrument: contract, flow: trade, stage: pledge, date: 2025, date_kind: signed, sector: air, parties: boeing,"


def test_what_has_the_words_in_its_own_title_comes_first_deals_by_their_value(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    done = kzus("search", "boeing", "-c", "id", facts=fact_file(RANKED.replace("PLAN", PLAN)))

    assert done.out.split()[:3] == ["boeing", "large", "small"]
    assert sorted(done.out.split()[3:5]) == ["global", "help"]
    assert done.out.split()[5:] == ["plan", "page"]


NUCLEAR = """\
format: 2
title: T
as_of: 2026-06-30
sides: {kazakh: [KZ], american: [US]}
sectors: {air: {label: Nuclear air}}
sources: {page: {title: Nuclear page, publisher: P, kind: news}}
parties:
  boeing: {name: Nuclear, country: US, kind: company}
  center: {name: Nuclear Center, country: KZ, kind: company}
deals:
  reactor: {PLAN title: An agreement on a small nuclear reactor for Almaty, sources: page}
packages:
  visit: {title: Agreements of the visit for nuclear security and more, date: 2025, sources: page}
treaties:
  old: {title: Nuclear safety, signed: 1993, status: expired, sources: page}
  atoms: {title: Agreement on the peaceful uses of nuclear energy, signed: 1997, status: in force, sources: page}
indicators:
  heads: {title: Nuclear warheads, unit: pieces, observations: [{period: 1991, value: 1410, source: page}]}
events:
  sealed: {title: The tunnels of the old nuclear test site are sealed, date: 2000, sources: page}
"""


def test_what_is_agreed_and_happened_comes_before_what_is_only_called_so(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    ids = kzus("search", "nuclear", "-c", "id", facts=fact_file(NUCLEAR.replace("PLAN", PLAN))).out.split()

    assert ids[:4] == ["boeing", "reactor", "atoms", "old"]
    assert sorted(ids[4:6]) == ["sealed", "visit"]
    assert sorted(ids[6:9]) == ["air", "center", "heads"]
    assert ids[9:] == ["page"]


def test_a_title_outweighs_a_text_and_sources_come_last(kzus: Kzus) -> None:
    assert found(kzus, "new york") == ["new-york-2025", "visit", "locomotives", "akorda-2025"]
    assert found(kzus, "locomotives") == ["locomotives", "locomotive-letter", "loan"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("new-york-2025", ["new-york-2025"]),  # a hyphen joins what must stand together
        ("york-new", []),
        ("tenge bo", []),
        ("tenge bo*", ["tenge-bond"]),
        ("BOND", ["tenge-bond"]),
        ("doe, jane", ["visit"]),
        ("handed over", ["locomotives"]),
        ("tias", ["tax-treaty"]),
        ("kazakh statistics", ["trade"]),
        ("cites", []),  # a key is no word
        ("example.org", []),  # nor is an address
        ("ond", []),
        ("ктз", []),
    ],
)
def test_every_word_must_occur_whole_or_as_a_beginning(kzus: Kzus, text: str, expected: list[str]) -> None:
    assert found(kzus, *text.split()) == expected


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["-k", "deal"], ["locomotives"]),
        (["--kind", "events", "-k", "package"], ["new-york-2025", "visit"]),
        (["-k", "sector"], []),
    ],
)
def test_kinds_narrow_a_search(kzus: Kzus, kinds: list[str], expected: list[str]) -> None:
    assert found(kzus, "new york", *kinds) == expected


def test_an_unknown_kind_is_a_usage_error(kzus: Kzus) -> None:
    done = kzus("search", "x", "--kind", "prty")

    assert (done.code, done.out) == (2, "")
    assert done.err == "kzus: unknown kind 'prty' (did you mean 'party' or 'treaty'?)\n"


def test_a_search_needs_words(kzus: Kzus) -> None:
    done = kzus("search")

    assert (done.code, done.out) == (2, "")
    assert "Missing argument" in done.err


@pytest.mark.parametrize("words", [['"'], ["?!"], ["--", "-"], ["№", "…"]])
def test_punctuation_finds_nothing(kzus: Kzus, words: list[str]) -> None:
    done = kzus("search", *words)

    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("no matches · text")
    assert done.err.count("\n") == 1


def test_a_terminal_marks_a_match_in_the_title_or_below_it(kzus: Kzus) -> None:
    done = kzus("search", "visit", "new", "-n", "3", width=60)
    longer = kzus("search", "rail", "-k", "deal", "-n", "2", width=60)

    assert (done.code, done.err) == (0, "")
    assert [line.rstrip() for line in done.out.splitlines()] == [
        "KIND        TITLE",
        "DATE",
        "event       ‹Visit› to ‹New› York",
        "2025-09-22",
        "package     Agreements of the ‹visit› to ‹New› York",
        "2025-09-22",
        "source      ‹Visit› to ‹New› York",
        "2025-09-22",
        "3 matches · text visit new",
    ]
    assert [line.rstrip() for line in longer.out.splitlines()] == [
        "KIND             TITLE                 VALUE",
        "DATE             MATCH",
        "deal, under way  300 locomotives       4.2bn",
        "2025-09-22       ‹rail›",
        "deal, pledge     Loan for locomotives  1.6bn",
        "2025-09          ‹rail›",
        "2 matches · text rail · kind deal",
    ]


def test_no_heading_stands_over_what_no_match_has(kzus: Kzus) -> None:
    heads = {line: kzus("search", *line.split(), width=100).out.splitlines()[0].split() for line in ("visit", "wabtec")}

    assert heads == {"visit": ["KIND", "DATE", "TITLE"], "wabtec": ["KIND", "DATE", "TITLE", "VALUE", "MATCH"]}


@pytest.mark.parametrize("width", [100, 139, 140])
def test_a_wide_terminal_has_dates_and_leaves_match_empty_where_the_title_has_the_words(kzus: Kzus, width: int) -> None:
    done = kzus("search", "new york", "-n", "3", width=width)
    lines = [
        "KIND             DATE        TITLE                                    VALUE  MATCH         ID",
        "package          2025-09-22  Agreements of the visit to ‹New› ‹York›                       new-york-2025",
        "event            2025-09-22  Visit to ‹New› ‹York›                                         visit",
        "deal, under way  2025-09-22  300 locomotives                          4.2bn  ‹New› ‹York›  locomotives",
    ]

    assert [line.rstrip() for line in done.out.splitlines()] == [
        *(lines if width == 140 else [line[: line.rindex("  ")].rstrip() for line in lines]),
        "3 of 4 matches · text new york",
    ]


def test_a_treaty_has_its_status_where_a_deal_has_its_stage(kzus: Kzus) -> None:
    lines = kzus("search", "taxes", width=80).out.splitlines()

    assert lines[2].startswith("treaty, in force  Convention on ‹taxes›")
    assert kzus("search", "taxes", "-c", "kind").out == "treaty\n"


def test_a_terminal_with_styles_sets_marked_words_in_bold() -> None:
    out = io.StringIO()
    env = Environment(
        out,
        io.StringIO(),
        is_terminal=True,
        is_watched=True,
        width=80,
        height=24,
        has_styles=True,
        has_colour=False,
    )
    main(["search", "given", "--facts", str(FIXTURE)], env)

    assert "A plant that was \x1b[1m‹given›\x1b[0m up" in out.getvalue()


def test_a_terminal_shows_the_first_twenty_unless_told(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    sources = "".join(f"  s{at}: {{title: Page {at}, publisher: P, kind: news}}\n" for at in range(25))
    facts = fact_file(f"format: 2\ntitle: T\nas_of: 2026\nsectors: {{rail: {{label: Rail}}}}\nsources:\n{sources}")

    assert kzus("search", "page", width=80, facts=facts).out.splitlines()[-1] == (
        "20 of 25 matches · text page · all: -n 25"
    )
    assert kzus("search", "page", "-n", "30", width=80, facts=facts).out.splitlines()[-1].rstrip() == (
        "25 matches · text page"
    )
    assert len(kzus("search", "page", facts=facts).out.splitlines()) == 25
    assert len(kzus("search", "page", "-f", "json", width=80, facts=facts).out.splitlines()) == 27


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Қазақстан темір жолы", "ҚАЗАҚСТАН ТЕМІР ЖОЛЫ"),
        ("Әуе Ғарыш Ңұр Өріс Үлгі Һаваи Ілияс", "әуе ғарыш ңұр өріс үлгі һаваи ілияс"),
        ("ӘУЕ ҒАРЫШ ҢҰР ӨРІС ҮЛГІ ҺАВАИ ІЛИЯС", "Әуе Ғарыш Ңұр Өріс Үлгі Һаваи Ілияс"),
        ("Жайық Щучинск Ёлка Эльба", "жайық щучинск ёлка эльба"),
        ("Société Générale", "societe generale"),
        ("Şymkent Qazaqstan Ñur", "symkent qazaqstan nur"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_are_found_however_they_are_written(
    kzus: Kzus, fact_file: Callable[[str], Path], name: str, typed: str, form: Literal["NFC", "NFD"]
) -> None:
    other: Literal["NFC", "NFD"] = "NFD" if form == "NFC" else "NFC"
    facts = fact_file(
        "format: 2\ntitle: T\nas_of: 2026-01-01\nsectors: {rail: {label: Rail}}\n"
        "sources: {page: {title: Page, publisher: P, kind: news}}\nparties:\n"
        f"  one: {{name: One, country: KZ, kind: company, aliases: ['{unicodedata.normalize(form, name)}']}}\n"
    )

    assert kzus("search", unicodedata.normalize(other, typed), "-c", "id", facts=facts).out == "one\n"


@settings(deadline=None)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=4))
@example(['"'])
@example(["NEAR(", "AND", "title:", "^", "*", "-", "+", "\0", "'", "\ud800"])
def test_no_words_are_a_syntax_error(index: sqlite3.Connection, words: list[str]) -> None:
    answer = fetch(index, SEARCH, Filter(text=" ".join(words) or " "))

    assert answer.total == len(answer.rows)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=20).filter(lambda text: not text.startswith("-")))
@example('a"b')
@example("\x1f")
@example("\ud800")
@example("\x1b[31m")
@example("[bold]")
def test_any_text_is_answered(text: str) -> None:
    out, err = io.StringIO(), io.StringIO()
    env = Environment(
        out, err, is_terminal=True, is_watched=True, width=80, height=24, has_styles=False, has_colour=False
    )

    assert main(["search", text, "--facts", str(FIXTURE)], env) == (0 if text.strip() else 2)
    assert "\x1b" not in out.getvalue() + err.getvalue()


@settings(deadline=None)
@given(st.data())
def test_a_party_is_found_by_the_start_of_any_of_its_names(index: sqlite3.Connection, data: st.DataObject) -> None:
    name, party = data.draw(st.sampled_from(index.execute("SELECT name, id FROM names").fetchall()))
    typed = name[: data.draw(st.integers(1, len(name)))].strip()
    typed = data.draw(st.sampled_from([typed, typed.upper(), typed.replace(" ", "-")]))

    beginnings = " ".join(f"{word}*" for word in typed.split())
    ids = [row[0] for row in fetch(index, SEARCH, Filter(text=beginnings), columns=["id"]).rows]
    assert party in ids
    assert not (fold(typed) == name and party != ids[0])
