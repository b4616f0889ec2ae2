from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Kzus

FIXTURE = Path(__file__).parent.with_name("facts.yaml")
HANDED_OVER = (
    "2026-02\tdeal update\tlocomotives\tThe first ten were handed over.\timplementation\ttransport\twire-2025\n"
)
LOCOMOTIVES = "2025-09-22\tdeal signed\tlocomotives\t300 locomotives\tcommitment\ttransport\takorda-2025,wire-2025\n"
VISIT = "2025-09-22\tevent\tvisit\tVisit to New York\t\ttransport\takorda-2025\n"
LOAN = "2025-09\tdeal signed\tloan\tLoan for locomotives\tpledge\ttransport\takorda-2025\n"
EVERYTHING = (
    HANDED_OVER
    + "2026-01-15\tdeal signed\ttenge-bond\tA bond in tenge\tcommitment\tenergy\twire-2025\n"
    + "2025-11-06\tdeal signed\tgrid\tRenewal of the grid\tcommitment\tenergy\twire-2025\n"
    + "2025-11-06\tdeal signed\tgrid-west\tThe western part of the grid\timplementation\ttransport\twire-2025\n"
    + "2025-11\tdeal announced\tclinic\tA clinic\tpledge\thealth\tleaflet\n"
    + LOCOMOTIVES
    + VISIT
    + LOAN
    + "2024\tdeal announced\tlocomotive-letter\tLetter on locomotives\tpledge\ttransport\tleaflet\n"
    + "2023-05\tdeal announced\tplant\tA plant that was given up\tcancelled\tenergy\twire-2025\n"
    + "1996-12-30\ttreaty in force\ttax-treaty\tConvention on taxes\t\t\tleaflet\n"
    + "1993-10-24\ttreaty signed\ttax-treaty\tConvention on taxes\t\t\tleaflet\n"
)


def ids(kzus: Kzus, *arguments: str) -> list[str]:
    done = kzus("timeline", *arguments, "-c", "id")
    assert (done.code, done.err) == (0, "")
    return done.out.split()


def test_a_pipe_gets_deals_updates_events_and_treaties_newest_first(kzus: Kzus) -> None:
    done = kzus("timeline")

    assert (done.code, done.out, done.err) == (0, EVERYTHING, "")


def test_json_is_an_array_of_happenings_in_the_same_order(kzus: Kzus) -> None:
    found = json.loads(kzus("timeline", "--format", "json").out)

    assert len(found) == 12
    assert found[0] == {
        "date": "2026-02",
        "kind": "deal update",
        "id": "locomotives",
        "text": "The first ten were handed over.",
        "stage": "implementation",
        "sector": "transport",
        "sources": ["wire-2025"],
    }


def test_a_deal_has_the_stage_that_it_had_then(kzus: Kzus) -> None:
    assert kzus("timeline", "--stage", "implementation", "--sector", "rail").out == (
        HANDED_OVER
        + "2025-11-06\tdeal signed\tgrid-west\tThe western part of the grid\timplementation\ttransport\twire-2025\n"
        + LOCOMOTIVES
    )


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("--since 2026", ["locomotives", "tenge-bond"]),
        # a date that is known only to the month stays in wherever it may fall within the bounds
        ("--since 2025-09-30 --until 2025-11-05", ["clinic", "loan"]),
        ("--until 1995", ["tax-treaty"]),
        ("--sector energy", ["tenge-bond", "grid", "plant"]),
        ("--party КТЖ", ["locomotives", "locomotives", "visit", "loan", "locomotive-letter"]),
        ("--tag credit", ["loan"]),
        ("--instrument project", ["plant"]),
        ("--package new-york-2025", ["locomotives", "locomotives", "loan"]),
        ("--min 2bn", ["locomotives", "locomotives", "locomotive-letter"]),
        ("taxes", ["tax-treaty", "tax-treaty"]),
    ],
)
def test_filters_mean_what_they_mean_for_deals(kzus: Kzus, arguments: str, expected: list[str]) -> None:
    assert ids(kzus, *arguments.split()) == expected


def test_sort_flips_the_order_and_limit_cuts_it(kzus: Kzus) -> None:
    dates = kzus("timeline", "--sort", "date", "--limit", "3", "-c", "date,kind")

    assert dates.out == "1993-10-24\ttreaty signed\n1996-12-30\ttreaty in force\n2023-05\tdeal announced\n"


@pytest.mark.parametrize(
    ("arguments", "years"),
    [
        ("--since 2024", ["2026", "2025", "2024"]),
        ("--since 2024 --sort date", ["2024", "2025", "2026"]),
        ("--sort kind", []),
        ("--columns kind,text", []),
    ],
)
def test_years_are_set_apart_where_rows_are_in_their_order(kzus: Kzus, arguments: str, years: list[str]) -> None:
    lines = kzus("timeline", *arguments.split(), width=80).out.splitlines()

    assert [line.split()[0] for line in lines if "──" in line] == years


def test_through_one_source_only_what_it_says_happened(kzus: Kzus) -> None:
    done = kzus("timeline", "--source", "akorda-2025")

    # the stage of the file, which another source brought
    own = LOCOMOTIVES.replace(",wire-2025", "").replace("commitment", "implementation")
    assert done.out == own + VISIT + LOAN
    assert done.err == "the stage of 1 deal is the file's: no chosen source shows it\n"


def test_as_of_a_day_what_came_later_had_not_happened(kzus: Kzus) -> None:
    done = kzus("timeline", "--as-of", "2025-10")

    # nobody who had spoken is named for the commitment
    assert done.out == LOCOMOTIVES.replace(",wire-2025", "").replace("commitment", "pledge") + VISIT + LOAN
    assert done.err == "sources hidden as of 2025-10: 1 without a date\n"


def test_updates_of_one_day_stand_newest_first(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    facts = fact_file("""\
format: 2
title: One deal
as_of: 2026
sectors: {all: {label: All}}
sources: {page: {title: Page, publisher: Page, kind: news}}
parties: {us: {name: US, country: US, kind: government}}
deals:
  deal:
    title: Deal
    instrument: contract
    flow: trade
    stage: pledge
    date: 2025
    date_kind: signed
    sector: all
    parties: [us]
    updates:
      - {date: 2025-03-01, text: First., source: page}
      - {date: 2025-03-01, text: Second., source: page, stage: commitment}
    sources: [page]
""")

    assert kzus("timeline", "-c", "text,stage", facts=facts).out == "Second.\tcommitment\nFirst.\t\nDeal\tpledge\n"


def test_what_has_no_stage_has_an_empty_cell(kzus: Kzus) -> None:
    lines = kzus("timeline", "visit", width=100).out.splitlines()

    assert lines[-2:] == ["2025-09-22  event  Visit to New York", "1 happening · text visit"]


def test_a_screen_tells_an_update_with_its_deal_but_a_pipe_as_it_is(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    text = FIXTURE.read_text("utf-8")
    named = text.replace("text: The first ten", "text: Wabtec's first ten")
    long = text.replace("title: 300 locomotives", "title: Three hundred locomotives and their upkeep")

    screens = [kzus("timeline", width=100, facts=fact_file(each)).out for each in (text, named, long)]
    assert "300 locomotives: the first ten were handed over." in screens[0]
    assert "300 locomotives: Wabtec's first ten were handed over." in screens[1]
    assert "Three hundred…: the first ten were handed over." in screens[2]
    assert kzus("timeline", "-n", "1").out == HANDED_OVER


def test_a_narrow_screen_has_the_title_on_the_first_line_and_what_happened_on_the_second(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    text = FIXTURE.read_text("utf-8")
    title = "Three hundred locomotives and their upkeep for 30 years"
    staged, plain = text.replace("title: 300 locomotives", f"title: {title}"), ", stage: implementation}"

    screens = [
        kzus("timeline", "--since", "2026-02", width=80, facts=fact_file(each)).out.splitlines()
        for each in (staged, staged.replace(plain, "}"))
    ]
    assert screens[0][:5] == [
        "DATE         TITLE",
        "KIND         STAGE, TEXT",
        f"2026 {'─' * 63}",
        f"2026-02      {title}",
        "deal update  under way · The first ten were handed over.",
    ]
    assert screens[1][3:5] == [f"2026-02      {title}", "deal update  The first ten were handed over."]


def test_a_screen_says_how_to_turn_the_order_round(kzus: Kzus) -> None:
    foots = {
        line: kzus(*line.split(), width=80).out.splitlines()[-1]
        for line in (
            "timeline",
            "timeline taxes --until 1993",
            "timeline --sort date",
            "timeline -c date",
            "events",
        )
    }

    assert {line: "oldest first: --sort date" in foot for line, foot in foots.items()} == {
        "timeline": True,
        "timeline taxes --until 1993": False,
        "timeline --sort date": False,
        "timeline -c date": False,
        "events": False,
    }
