from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kzus.render.terminal import chart
from kzus.render.terminal.brief_text import cut_between_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Kzus

FACTS = Path(__file__).parent.parent / "brief.yaml"
LINES = """\
card\t\tA card to fill\t\t\t
flow\ttrade:KZ-US\tKazakhstan buys\t\t4000000000\tfirm
flow\ttrade:KZ-US\tKazakhstan buys\t\t7000000000\tpledged
flow\ttrade:KZ-US\tKazakhstan buys\t\t9000000000\tdormant
flow\ttrade:US-KZ\tAmericans buy\t\t\tfirm
flow\ttrade:\tTrade, with others or not told by whom\t\t300000000\tpledged
flow\tinvestment:US-KZ\tAmericans invest\t\t1500000000\tfirm
flow\tinvestment:KZ-US\tKazakhstan pays for stakes\t\t500000000\tfirm
flow\tgrant:US-KZ\tAmericans give\t\t5000000\tfirm
flow\tunclear:\tUnclear what kind, with others or not told by whom\t\t2000000000\tpledged
lent\tfirm\t\t\t0\t
lent\tpledged\t\t\t1600000000\t
coverage\tdeals\t\t\t\t10
coverage\tvalued\t\t\t\t9
coverage\tdormant\t\t\t\t1
not_price\ttrade\tlist price\t\t7000000000\t
not_price\ttrade\ta ceiling\t\t300000000\t
headline\twashington\tAgreements of Washington\t2025-11-07\t\tabout 17bn USD
headline\tlist\tWire\t\t7000000000\t2
headline\tgap\t\t\t10000000000\t
headline\tlist:wire-2025\tWire\t\t7000000000\t2
headline\tlist:list-2025\tMinistry\t\t4000000000\t1
largest\taircraft\tAircraft\t2025-11-06\t7000000000\tpledge
largest\tlocomotives\tLocomotives\t2025-09-22\t4000000000\tcommitment
largest\thub\tA hub\t2025-11-06\t2000000000\tpledge
largest\tloan\tLoan for locomotives\t2025-11\t1600000000\tpledge
latest\taircraft\tAircraft\t2025-11-06\t\tpledge
latest\thub\tA hub\t2025-11-06\t\tpledge
latest\tloan\tLoan for locomotives\t2025-11\t\tpledge
latest\tparts\tParts for nobody knows whom\t2025-11\t\tpledge
venture\tfield\tThe oil field\t\t48000000000\t48bn USD
sector\ttransport\tTransport\t\t20300000000\ttrade
sector\ttransport\tTransport\t\t5000000\tgrant
sector\ttransport\tTransport\t\t2000000000\tunclear
sector\toil\tOil\t\t2000000000\tinvestment
direct_investment\tstock\tU.S. direct investment in Kazakhstan, stock\t2021\t\tabout 40bn USD
direct_investment\tinflow\tU.S. direct investment in Kazakhstan, inflow of one year\t2022\t\t5.1bn USD
direct_investment\tinflow\tU.S. direct investment in Kazakhstan, inflow of one year\t2022\t\t6bn USD
direct_investment\tsince-2005\tU.S. direct investment since 2005\t2014\t\t14bn USD
indicator\tstock\tU.S. direct investment in Kazakhstan, stock\t2021\t\tabout 40bn USD
indicator\tinflow\tU.S. direct investment in Kazakhstan, inflow of one year\t2022\t\t5.1bn USD
indicator\tinflow\tU.S. direct investment in Kazakhstan, inflow of one year\t2022\t\t6bn USD
indicator\tall-countries\tDirect investment from all countries\t2022\t\t28bn USD
indicator\tsince-2005\tU.S. direct investment since 2005\t2014\t\t14bn USD
file\tversion\t\t\t\t2026.07.01
file\tas_of\t\t2026-06-30\t\t
file\tnewest_source\t\t2026-03\t\t
file\tentries\t\t\t\t28
file\tsources\t\t\t\t3
"""
CARD = """\
A card to fill
WHO PAYS WHOM IS TOLD       FIRM PLEDGED   OTHERS, OR NOT TOLD FIRM PLEDGED
Kazakhstan buys              4bn     7bn   Trade                       300m
Americans buy                  –           Unclear what kind            2bn
Americans invest           1.5bn
Kazakhstan pays for stakes  500m
Americans give                5m
Lent      1.6bn pledged, not above
Deals     9 of 10 have a stated value; list price (*) 7bn, ceilings 300m
          1 dormant pledge (no news in 36 months): 9bn bought, not above
Headline  about 17bn, 29 agreements, says Wire, 2025-11-07: washington
          its list: 2 of the 29, 1 without a sum, 7bn; gap 10bn
Largest    7bn* pledge      Aircraft             KTZ → Wabtec
            4bn commitment  Locomotives          KTZ → Wabtec
            2bn pledge      A hub                KTZ, Wabtec
          1.6bn pledge lent Loan for locomotives EXIM → KTZ
Latest    2025-11-06 Aircraft
          2025-11-06 A hub
          2025-11    Loan for locomotives
          2025-11    Parts for nobody knows whom
U.S. FDI  stock ~40bn (2021), inflow of one year 5.1bn/6bn (2022)
Ventures  not above: 48bn The oil field
Facts     version 2026.07.01 · as of 2026-06-30 · newest source 2026-03
"""
CARD_OF_A_PARTY = """\
Big Oil  party · A card to fill
WHO PAYS WHOM IS TOLD       FIRM PLEDGED
Americans invest           1.5bn
Kazakhstan pays for stakes  500m
Of it     500m alone on its side, 1.5bn shared
Deals     2 of 2 have a stated value
Largest   ~1.5bn under way The oil field        Big Oil, Small Oil → KazMun…
            500m done 2013 A stake in the field KazMunayGas → Big Oil
Latest    2013-07 A stake in the field
          1993-04 The oil field
Ventures  not above: 48bn The oil field
Facts     version 2026.07.01 · as of 2026-06-30 · newest source 2026-03
"""
CARD_OF_EARLIER = """\
A card to fill · as of 2025-10
WHO PAYS WHOM IS TOLD FIRM PLEDGED
Kazakhstan buys        4bn
Deals     1 of 1 has a stated value
Headline  5bn, says Ministry, 2025-09-22: Agreements of New York
          its list: 1 agreement, 4bn; 1bn not on it
Largest   4bn commitment Locomotives KTZ → Wabtec
Latest    2025-09-22 Locomotives
U.S. FDI  inflow of one year 6bn (2022)
Facts     version 2026.07.01 · as of 2025-10 · newest source 2025-09-22
"""
SERIES = """
format: 2
title: Series
as_of: 2026-01-01
sectors: {trade: {label: Trade}}
sources: {wire: {title: Wire, publisher: Wire, kind: news, published: 2025}}
indicators:
  few: {title: Few, unit: USD, sector: trade, observations: [
    {period: 2023, value: 1, source: wire}, {period: 2024, value: 2, source: wire},
    {period: 2025, value: 3, source: wire}, {period: 2025, value: 4, source: wire, basis: other},
    {period: 2024, value: 4, source: wire, basis: other}, {period: 2024, value: 5, source: wire, basis: third},
    {period: 2023, value: 4, source: wire, basis: other}]}
  shaped: {title: Shaped, unit: USD, observations: [
    {period: 2025, value: 8bn, source: wire}, {period: 2022, value: 2bn, source: wire},
    {period: 2025, value: about 6bn, source: wire}, {period: 2023-01/2023-08, value: 1bn, source: wire},
    {period: 2023, value: 4bn, source: wire}, {period: 2024, value: 0, source: wire}]}
"""


OTHER = "a list not said to be of it:"
ON_THE_WIRE = """\
      - {deal: aircraft, source: wire-2025, value: 7bn USD}
      - {deal: hub, source: wire-2025}
"""
KEYS = (
    "version as_of lens title subject flows lent own coverage not_prices headline largest latest direct_investment"
    " ventures by groups indicators freshness"
).split()


def test_a_card_leads_with_flows_by_direction_and_has_no_total(kzus: Kzus) -> None:
    done = kzus("brief", width=80, facts=FACTS)

    assert (done.code, done.out) == (0, CARD)


def test_a_pipe_gets_a_line_a_thing(kzus: Kzus) -> None:
    done = kzus("brief", facts=FACTS)

    assert (done.code, done.out, done.err) == (0, LINES, "")


def test_json_holds_the_whole_card(kzus: Kzus) -> None:
    card = json.loads(kzus("brief", "-f", "json", facts=FACTS).out)

    assert list(card) == KEYS
    assert (card["version"], card["as_of"], card["lens"], card["own"]) == ("2026.07.01", "2026-06-30", None, None)
    assert card["flows"][0] == {
        "flow": "trade",
        "direction": "KZ-US",
        "text": "Kazakhstan buys",
        "deals": 3,
        "valued": 3,
        "firm_usd": 4_000_000_000,
        "pledge_usd": 7_000_000_000,
        "dormant_usd": 9_000_000_000,
        "total_usd": 20_000_000_000,
    }
    assert card["lent"] == {"firm_usd": 0, "pledge_usd": 1_600_000_000}
    assert card["coverage"] == {"deals": 10, "valued": 9, "dormant": 1}
    assert card["headline"] == {
        "id": "washington",
        "title": "Agreements of Washington",
        "date": "2025-11-07",
        "value": "about 17bn USD",
        "agreements": "29",
        "publisher": "Wire",
        "listed": 2,
        "list_valued": 1,
        "list_usd": 7_000_000_000,
        "gap_usd": 10_000_000_000,
        "deals": 3,
        "own_deals": 3,
        "lists": [
            {"source": "wire-2025", "name": "Wire", "agreements": 2, "usd": 7_000_000_000, "is_of_claim": True},
            {"source": "list-2025", "name": "Ministry", "agreements": 1, "usd": 4_000_000_000, "is_of_claim": False},
        ],
        "low_said_usd": 17_000_000_000,
        "high_said_usd": 17_000_000_000,
        "claimants": 1,
        "via": None,
        "list_without_sum": 1,
        "list_named": 2,
        "list_of": 29,
        "claimed": 29,
        "identified": 2,
        "own_identified": 2,
    }
    assert card["ventures"] == [
        {
            "id": "field",
            "title": "The oil field",
            "value": "48bn USD",
            "amount_usd": 48_000_000_000,
            "of": "all partners",
            "source": "wire-2026",
        }
    ]
    assert card["groups"] == json.loads(kzus("sum", "-f", "json", facts=FACTS).out)["groups"]
    assert card["freshness"] == {"newest_source": "2026-03", "entries": 28, "sources": 3}


def test_a_party_has_what_is_its_own_and_what_it_shares(kzus: Kzus) -> None:
    done = kzus("brief", "big", "oil", width=80, facts=FACTS)

    assert (done.code, done.out) == (0, CARD_OF_A_PARTY)
    card = json.loads(kzus("brief", "big-oil", "-f", "json", facts=FACTS).out)
    assert card["subject"] == {"kind": "party", "id": "big-oil", "name": "Big Oil"}
    assert card["own"] == {"own_usd": 500_000_000, "shared_usd": 1_500_000_000}


def test_what_a_party_lends_is_in_no_flow(kzus: Kzus) -> None:
    card = json.loads(kzus("brief", "EXIM", "-f", "json", facts=FACTS).out)

    assert [(flow["text"], flow["firm_usd"], flow["pledge_usd"]) for flow in card["flows"]] == [
        ("Americans give", 5_000_000, 0)
    ]
    assert card["lent"] == {"firm_usd": 0, "pledge_usd": 1_600_000_000}


@pytest.mark.parametrize("name", ["transport", "TRANSPORT"])
def test_a_sector_has_a_card_of_its_own(kzus: Kzus, name: str) -> None:
    card = json.loads(kzus("brief", name, "-f", "json", facts=FACTS).out)

    assert card["subject"] == {"kind": "sector", "id": "transport", "name": "Transport"}
    assert (card["by"], card["own"], card["coverage"]["deals"]) == ("stage", None, 7)
    assert (card["headline"]["deals"], card["headline"]["own_deals"]) == (3, 3)


def test_a_lens_leads_with_the_newest_package_of_its_day(kzus: Kzus) -> None:
    done = kzus("brief", "--as-of", "2025-10", width=80, facts=FACTS)

    assert (done.code, done.out) == (0, CARD_OF_EARLIER)
    card = json.loads(kzus("brief", "--as-of", "2025-10", "-f", "json", facts=FACTS).out)
    assert (card["lens"]["as_of"], card["headline"]["id"], card["ventures"]) == ("2025-10", "new-york", [])


def test_the_largest_deals_are_neither_dormant_nor_dead(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    text = FACTS.read_text("utf-8").replace(
        "stage: commitment\n    stage_source: list", "stage: cancelled\n    stage_source: list"
    )
    card = json.loads(kzus("brief", "-f", "json", facts=fact_file(text)).out)

    assert [deal["id"] for deal in card["largest"]] == ["aircraft", "hub", "loan", "field"]


def test_all_prints_more_deals_groups_and_indicators(kzus: Kzus) -> None:
    lines = kzus("brief", "--all", width=80, facts=FACTS).out.splitlines()

    assert sum("→" in line for line in lines) == 6
    assert lines[lines.index("") :] == [
        "",
        "BY SECTOR   TRADE  INVESTMENT  GRANT  UNCLEAR",
        "Transport  20.3bn                 5m      2bn",
        "Oil             –         2bn",
        "",
        "WHAT WHOLE VENTURES COST, WHOEVER PAYS",
        "48bn The oil field",
        "",
        "INDICATORS, LATEST READINGS",
        "2021 U.S. direct investment in Kazakhstan, stock              about 40bn USD",
        "2022 U.S. direct investment in Kazakhstan, inflow of one year 5.1bn, 6bn USD",
        "2022 Direct investment from all countries                     28bn USD",
        "2014 U.S. direct investment since 2005                        14bn USD",
    ]


def test_sides_of_another_file_are_called_by_their_keys(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    text = FACTS.read_text("utf-8").replace("american: [US]", "german: [DE, US]")
    card = json.loads(kzus("brief", "-f", "json", facts=fact_file(text)).out)

    assert [flow["text"] for flow in card["flows"] if flow["direction"]] == [
        "Kazakhstan buys",
        "German side buys",
        "German side invests",
        "Kazakhstan pays for stakes",
        "German side gives",
    ]


@pytest.mark.parametrize(
    ("old", "new", "second"),
    [
        (
            "value: 7bn USD}",
            "value: 18bn USD}",
            f"its list: 2 of the 29, 1 without a sum, 18bn; 1bn above the claim; {OTHER} 4bn (Ministry)",
        ),
        (
            "value: 7bn USD}",
            "value: 17bn USD}",
            f"its list: 2 of the 29, 1 without a sum, 17bn, just as claimed; {OTHER} 4bn (Ministry)",
        ),
        (
            "wire-2025, value: 7bn USD}",
            "wire-2025}",
            f"its list: 2 of the 29, all without a sum; {OTHER} 4bn (Ministry)",
        ),
        (
            "about 17bn USD, source: wire",
            "17bn USD, source: list",
            f"its list: 1 agreement, 4bn; 13bn not on it; {OTHER} 7bn (Wire)",
        ),
        (ON_THE_WIRE, "", f"it gives no list; {OTHER} 4bn (Ministry)"),
        (
            ON_THE_WIRE,
            ON_THE_WIRE.replace("}", ", beside: true}"),
            "its list: 2 agreements beside the 29, 1 without a sum, 7bn; lists not said to be of it: 4bn (Ministry) to"
            " 7bn (Wire)",
        ),
    ],
)
def test_a_gap_is_that_of_a_list(kzus: Kzus, fact_file: Callable[[str], Path], old: str, new: str, second: str) -> None:
    text = FACTS.read_text("utf-8")
    assert old in text
    card = kzus("brief", width=140, facts=fact_file(text.replace(old, new))).out

    assert f"\n          {second}\n" in card


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_a_document_says_the_same_of_the_headline_as_the_screen(kzus: Kzus, form: str) -> None:
    card = kzus("brief", width=160, facts=None).out
    document = re.sub("<[^>]*>|\\\\", "", kzus("brief", "-f", form, facts=None).out)
    lists = next(line.strip() for line in card.splitlines() if " its list: " in line)

    assert "19.45bn (State)" in lists
    assert f"{lists[:1].upper()}{lists[1:]}." in document


@pytest.mark.parametrize(
    ("room", "drawn"),
    [
        (80, ["The field of the north (Deep) contract", "Expansion of the south (A and B)"]),
        (66, ["The field of the north (Deep)…", "Expansion of the south (A and B)"]),
        (50, ["The field of the north…", "Expansion of the south…"]),
        (25, ["The field…", "Expansion…"]),
        (1, ["The…", "Expansion…"]),
    ],
)
def test_titles_beside_one_another_are_cut_between_words(room: int, drawn: list[str]) -> None:
    titles = ["The field of the north (Deep) contract", "Expansion of the south (A and B)"]

    assert cut_between_words(titles, room) == drawn


@pytest.mark.parametrize("width", [60, 80, 100, 140, 200])
def test_what_is_lent_and_what_ventures_cost_is_said_alike_at_every_width(kzus: Kzus, width: int) -> None:
    card = kzus("brief", width=width, facts=FACTS).out

    assert "\nLent      1.6bn pledged, not above\n" in card
    assert "\nVentures  not above: 48bn The oil field\n" in card


def test_the_shipped_card_names_its_ventures_at_80_columns(kzus: Kzus) -> None:
    card = kzus("brief", width=80, facts=None).out

    assert "Ventures  not above: 55bn North Caspian (Kashagan)…, 48bn Tengiz expansion…\n" in card


def test_a_card_has_the_span_of_what_sources_say(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    claim = "{value: about 17bn USD, source: wire-2025}"
    facts = fact_file(FACTS.read_text("utf-8").replace(claim, f"{claim}, {{value: 20bn USD, source: list-2025}}"))
    card = kzus("brief", width=140, facts=facts).out

    assert "Headline  17–20bn, say 2 sources, 29 agreements, 2025-11-07: Agreements of Washington\n" in card
    lists = "2 of the 29, 1 without a sum, 7bn; lists from 4bn (Ministry) to 7bn (Wire)"
    assert f"\n          Wire's list: {lists}\n" in card


OF_AIRCRAFT = """\
    parties: [ktz, wabtec]
    values: [{value: 7bn USD, measure: list price, source: wire-2025}]
"""


@pytest.mark.parametrize(
    ("beside", "width", "end"),
    [
        ("}", 80, ", named as one of the 29"),
        (", beside: true}", 80, ", not named as one of the 29"),
        (", beside: true}", 74, ", not as one of the 29"),
        (", beside: true}", 60, ""),
    ],
)
def test_a_card_of_a_part_says_whether_its_deals_are_among_the_claimed(
    kzus: Kzus, fact_file: Callable[[str], Path], beside: str, width: int, end: str
) -> None:
    listed = ", source: wire-2025, value: 7bn USD"
    text = FACTS.read_text("utf-8").replace(f"{listed}}}", f"{listed}{beside}")
    text = text.replace("  wabtec: {name", "  pilots: {name: Pilots, country: KZ, kind: company}\n  wabtec: {name", 1)
    before, old, after = text.partition("  old-aircraft:")
    before = f"{before.removesuffix(OF_AIRCRAFT)}{OF_AIRCRAFT.replace('wabtec]', 'wabtec, pilots]')}"
    text = f"{before}{old}{after}"
    card = kzus("brief", "pilots", width=width, facts=fact_file(text)).out

    assert f"\n          1 of the 3 deals on its lists belongs here{end}\n" in card


def test_a_package_without_a_sum_says_so(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    text = FACTS.read_text("utf-8").replace("    values: [{value: about 17bn USD, source: wire-2025}]\n", "")
    card = kzus("brief", width=80, facts=fact_file(text)).out

    assert "Headline  29 agreements, 2025-11-07: Agreements of Washington\n" in card
    assert "\n          nobody gives a sum; 2 of 29 agreements are identified\n" in card


def test_a_part_on_the_list_of_its_whole_adds_nothing(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    text = FACTS.read_text("utf-8").replace(
        "{deal: hub, source: wire-2025}", "{deal: hub, source: wire-2025, value: 2bn USD}"
    )
    whole = text.replace("    title: A hub\n", "    title: A hub\n    part_of: aircraft\n")

    lists = [json.loads(kzus("brief", "-f", "json", facts=fact_file(each)).out)["headline"] for each in (text, whole)]
    assert [found["list_usd"] for found in lists] == [9_000_000_000, 7_000_000_000]


def test_a_party_has_the_series_that_name_it(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    parties = (
        "parties: {shaper: {name: Shaped, country: KZ, kind: company}, us: {name: US, country: US, kind: government}}\n"
    )
    text = SERIES.replace("title: Few,", "title: Few for us, note: Not Shaped.,")
    facts = fact_file(text + parties)

    card = json.loads(kzus("brief", "shaper", "-f", "json", facts=facts).out)
    assert [each["id"] for each in card["indicators"]] == ["shaped"]
    assert json.loads(kzus("brief", "us", "-f", "json", facts=facts).out)["indicators"] == []


def test_nobody_of_that_name(kzus: Kzus) -> None:
    done = kzus("brief", "wabtek")

    assert (done.code, done.out) == (2, "")
    assert done.err == "kzus: unknown sector or party 'wabtek' (did you mean 'wabtec'?)\n"


def test_a_name_of_two_asks_back(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    text = SERIES + "parties: {bank: {name: Trade, country: KZ, kind: company}}\n"
    done = kzus("brief", "Trade", facts=fact_file(text))

    assert (done.code, done.out) == (2, "")
    assert done.err == "kzus: 'Trade' is the sector 'trade' and the party 'bank'; write the id of one of them\n"
    for name, called in (("bank", "Trade"), ("trade", "Foreign trade")):
        facts = fact_file(text.replace("label: Trade}", "label: Foreign trade, aliases: [Trade]}"))
        assert kzus("brief", name, "-c", "text", "-n", "1", facts=facts).out == f"{called}\n"


def test_series_with_a_shape_come_first(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    card = json.loads(kzus("brief", "-f", "json", facts=fact_file(SERIES)).out)
    shaped, few = card["indicators"]

    assert (shaped["id"], shaped["values"], few["id"]) == ("shaped", ["8bn", "about 6bn"], "few")
    assert [(point["period"], point["number"]) for point in shaped["points"]] == [
        ("2022", "2000000000"), ("2023", "4000000000"), ("2024", "0"), ("2025", "8000000000")
    ]  # fmt: skip
    assert kzus("brief", "--all", width=80, facts=fact_file(SERIES)).out.endswith(
        "INDICATORS, LATEST READINGS\n2025 Shaped 8bn, about 6bn USD ▃▅▁█\n2025 Few    3, 4 USD           ▃▆█\n"
    )


@pytest.mark.parametrize("form", ["csv", "jsonl", "markdown", "yaml", "html"])
def test_every_format_has_the_card(kzus: Kzus, form: str) -> None:
    done = kzus("brief", "-f", form, facts=FACTS)

    assert (done.code, done.err) == (0, "")
    assert "Kazakhstan pays for stakes" in done.out


DOCUMENT = """\
# A small fixture

The most important figures, each kind of money for itself.

## Money

| What | Firm | Valued |
| -------------------------------------- | ----: | -----: |
| Trade, with others or not told by whom | 5.1bn | 5/5 |

Lent or guaranteed, in no figure above: 1.6bn pledged.

1 deal states 100bn KZT, not counted.

## Deals

7 of 8 deals have a stated value. 3 of these count nothing: cancelled, not in dollars, replaced.

Of trade 400m is a ceiling.

## Headline

Agreements of the visit to New York (new-york-2025): about 5bn, 3 agreements, says Akorda, 2025-09-22.

Its list: 1 of the 3, without a sum.

## Largest deals

| Value | Counted | Stage | Title | Flow | Who pays whom | Date | Sources |
| --------: | ------: | ---------- | ---------------------------- | ----- \
| -------------------------------- | ---------- | ------- |
| 4.2bn | 4.2bn | under way | 300 locomotives | trade | Kazakhstan Temir Zholy, Wabtec | 2025-09-22 | AKORDA |
| 1.6bn | 1.6bn | pledge | Loan for locomotives | lent | Kazakhstan Temir Zholy, Citibank | 2025-09 | AKORDA |
| 0.9–1.5bn | 500m | commitment | Renewal of the grid | trade | Samruk-Kazyna, Wabtec | 2025-11-06 | WIRE |
| ≤400m | 400m | under way | The western part of the grid | trade | Samruk-Kazyna, Wabtec | 2025-11-06 | WIRE |

## Latest

| Date | Text | Sources |
| ---------- | ---------------------------------------- | ------- |
| 2026-02 | 300 locomotives: The first ten were handed over. | WIRE |
| 2026-01-15 | A bond in tenge | WIRE |
| 2025-11-06 | Renewal of the grid | WIRE |
| 2025-11-06 | The western part of the grid | WIRE |

## Facts

Version 2026.07.01, as of 2026-06-30; the newest source is of 2025-11.

## Sources

"""


def test_a_document_is_a_card_of_sentences_and_small_tables(kzus: Kzus) -> None:
    done = kzus("brief", "-f", "markdown")
    numbers = {
        "AKORDA": "[\\[1\\]](<https://example.org/akorda>)",
        "WIRE": "[\\[2\\]](<https://example.org/wire?a=1>)",
    }
    expected = DOCUMENT.replace("AKORDA", numbers["AKORDA"]).replace("WIRE", numbers["WIRE"])

    assert (done.code, done.err) == (0, "")
    assert done.out[: len(expected)] == expected


def test_a_document_of_a_party_names_whose_card_it_is_and_with_all_its_groups(kzus: Kzus) -> None:
    done = kzus("brief", "wabtec", "--all", "-f", "html")

    assert (done.code, done.err) == (0, "")
    assert "<h1>Wabtec</h1>" in done.out
    assert "The most important figures of this party in A small fixture, each kind of money for itself." in done.out
    assert re.findall("<h2>(.*)</h2>", done.out) == [
        "Money", "Deals", "Headline", "Largest deals", "Latest", "By sector", "Facts", "Sources",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [80, 100, 160])
@pytest.mark.parametrize("name", [None, "transport", "wabtec"])
def test_the_shipped_card_has_23_lines_at_most(kzus: Kzus, name: str | None, width: int) -> None:
    lines = kzus("brief", *([name] if name else []), width=width, facts=None).out.splitlines()

    assert len(lines) <= 23
    assert max(map(len, lines)) <= width


@pytest.mark.parametrize(
    ("firm", "pledged", "drawn"),
    [
        (80, 0, ("██████████", "")),
        (40, 40, ("█████", "░░░░░")),
        (1, 0, ("▏", "")),
        (0, 1, ("", "░")),
        (79, 1, ("█████████", "░")),
        (0, 0, ("", "")),
    ],
)
def test_bars_show_what_there_is(firm: int, pledged: int, drawn: tuple[str, str]) -> None:
    assert chart.draw_bar(firm, pledged, 80, 10) == drawn


@pytest.mark.parametrize(
    ("numbers", "drawn"), [([], ""), ([0, 0], "▁▁"), ([1, 8, 4], "▂█▅"), ([5, 5], "██"), ([-4, 0, 4], "▁▅█")]
)
def test_sparklines_stand_on_zero(numbers: list[float], drawn: str) -> None:
    assert chart.sparkline(numbers) == drawn


def test_an_update_is_told_with_its_deal(kzus: Kzus) -> None:
    assert "\nLatest    2026-02    300 locomotives: the first ten were handed over.\n" in kzus("brief", width=80).out
    latest = json.loads(kzus("brief", "-f", "json").out)["latest"]
    assert latest[0]["text"] == "The first ten were handed over."


@pytest.mark.parametrize(
    ("lent", "line"),
    [
        ("pledge", "Lent      1.6bn pledged; 1 deal states 100bn KZT: not above"),
        ("cancelled", "Not USD   1 deal states 100bn KZT, not counted"),
    ],
)
def test_money_in_another_currency_is_named(kzus: Kzus, fact_file: Callable[[str], Path], lent: str, line: str) -> None:
    text = FACTS.with_name("facts.yaml").read_text("utf-8")
    text = text.replace("flow: financing\n    stage: pledge", f"flow: financing\n    stage: {lent}")

    assert f"\n{line}\n" in kzus("brief", width=80, facts=fact_file(text)).out


def test_what_counts_less_than_it_states_says_both(kzus: Kzus) -> None:
    assert "500m of 900m commitment" in kzus("brief", width=80).out


def test_what_an_umbrella_leaves_is_said_of_a_party_of_its_parts(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    text = FACTS.read_text("utf-8").replace("    title: A hub\n", "    title: A hub\n    part_of: field\n")
    text = text.replace("parties: [kmg, big-oil, small-oil]", "parties: [kmg, big-oil, small-oil, wabtec]")
    card = kzus("brief", "wabtec", width=80, facts=fact_file(text.replace("value: 2bn USD", "value: 1bn USD"))).out

    assert "shared; 500m of an umbrella in neither\n" in card


def test_where_not_all_series_have_room_the_newest_stand(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    text = FACTS.read_text("utf-8").replace(
        "inflow of one year", "inflow of one year, by the count of the national bank alone"
    )
    card = kzus("brief", width=80, facts=fact_file(text)).out

    assert "\nU.S. FDI  by the count of the national bank alone 5.1bn/6bn (2022)\n" in card


def test_the_card_of_a_part_says_how_to_list_all_its_deals(kzus: Kzus) -> None:
    listed = "all: kzus deals --party boeing"
    for width in (80, 140):
        lines = kzus("brief", "boeing", width=width, facts=None).out.splitlines()
        assert [line.rstrip().endswith(listed) for line in lines].count(True) == 1
        assert max(map(len, lines)) <= width
    assert "kzus deals" not in kzus("brief", width=140, facts=None).out
    assert "kzus deals" not in kzus("brief", "boeing", "-f", "md", facts=None).out


@pytest.mark.parametrize(
    ("width", "claim", "its_list"),
    [
        (
            60,
            "~17bn, 29 agreements, says Foreign Ministry: Agre…",
            "its list: 2 of the 29, 1 without a sum, 7bn\n",
        ),
        (
            80,
            "~17bn, 29 agreements, says Foreign Ministry (Wire): washington",
            "its list: 2 of the 29, 1 without a sum, 7bn; gap 10bn\n",
        ),
        (
            90,
            "about 17bn, 29 agreements, says Foreign Ministry (Wire), 2025-11-07: washington",
            "its list: 2 of the 29, 1 without a sum, 7bn; 10bn of the claim has no sum on it\n",
        ),
        (
            140,
            "about 17bn, 29 agreements, says Foreign Ministry (Wire), 2025-11-07: Agreements of Washington",
            "its list: 2 of the 29, 1 without a sum, 7bn; 10bn of the claim has no sum on it; a list not said to be of",
        ),
    ],
)
def test_a_headline_names_whom_the_claimant_names_and_who_passes_it_on_where_there_is_room(
    kzus: Kzus, fact_file: Callable[[str], Path], width: int, claim: str, its_list: str
) -> None:
    facts = fact_file(
        FACTS.read_text("utf-8").replace(
            "about 17bn USD, source: wire", "about 17bn USD, via: Foreign Ministry, source: wire"
        )
    )
    card = kzus("brief", width=width, facts=facts).out

    assert f"\nHeadline  {claim}\n          {its_list}" in card
    assert "says Foreign Ministry (Wire), 2025-11-07." in kzus("brief", "-f", "markdown", facts=facts).out


def with_more(text: str, *deals: str) -> str:
    """Add deals of the railway to the facts of a card, each by its id, stage and other keys."""
    lines = []
    for each in deals:
        name, stage, keys = each.split(" ", 2)
        lines.append(
            f"  {name}: {{title: More, instrument: memorandum, flow: trade, payer: ktz, payee: wabtec,"
            f" stage: {stage}, stage_source: wire-2025, date: 2019, date_kind: signed, sector: transport,"
            f" parties: [ktz, wabtec], {keys}}}"
        )
    return text.replace("packages:\n", "\n".join((*lines, "", "packages:\n")), 1)


UNCOUNTED = "x{} pledge values: [{{value: 1bn USD, measure: price, source: wire-2025, counts: false}}]"
LAPSED = "y{} lapsed values: [{{value: 1bn USD, measure: price, source: wire-2025}}]"
REPLACED = "z{0} commitment supersedes: w{0}, values: [{{value: 1m USD, measure: price, source: wire-2025}}]"
OLDER = "w{} commitment values: [{{value: 1m USD, measure: price, source: wire-2025}}]"
KIND = "list price (*) 7bn, ceilings 300m"
KIND_OF_KTZ = f"{KIND} · all: kzus deals --party ktz"


@pytest.mark.parametrize(
    ("deals", "name", "width", "lines"),
    [
        ([UNCOUNTED], "", 80, [f"9 of 11 have a stated value; {KIND}"]),
        ([UNCOUNTED], "", 100, [f"9 of 11 have a value, 1 only figures that don't count; {KIND}"]),
        ([UNCOUNTED], "", 140, [f"9 of 11 have a stated value, 1 only figures that don't count; {KIND}"]),
        ([UNCOUNTED], "ktz", 80, ["7 of 9 have a stated value, 1 only figures that don't count", KIND_OF_KTZ]),
        ([LAPSED], "", 80, [f"10 of 11 have a value (1 lapsed); {KIND}"]),
        ([LAPSED], "", 100, [f"10 of 11 have a stated value (1 lapsed); {KIND}"]),
        (
            [LAPSED, UNCOUNTED, REPLACED, OLDER],
            "",
            130,
            [f"12 of 14 have a value (2 count nothing: lapsed …), 1 only figures that don't count; {KIND}"],
        ),
        (
            [LAPSED, UNCOUNTED, REPLACED, OLDER],
            "",
            160,
            [
                "12 of 14 have a stated value (2 count nothing: lapsed, replaced), 1 only figures that don't count;"
                f" {KIND}"
            ],
        ),
        (
            [LAPSED, UNCOUNTED, REPLACED, OLDER],
            "ktz",
            80,
            ["10 of 12 have a stated value, 1 only figures that don't count", KIND_OF_KTZ],
        ),
    ],
)
def test_a_card_tells_values_that_count_nothing_and_figures_that_dont_count_where_there_is_room(
    kzus: Kzus, fact_file: Callable[[str], Path], deals: list[str], name: str, width: int, lines: list[str]
) -> None:
    facts = fact_file(with_more(FACTS.read_text("utf-8"), *(each.format(1) for each in deals)))
    card = [
        line.removeprefix("Deals").strip()
        for line in kzus("brief", *name.split(), width=width, facts=facts).out.splitlines()
    ]
    at = next(at for at, line in enumerate(card) if "a stated value" in line or "a value" in line)

    assert card[at : at + len(lines)] == lines
    assert "dormant" in card[at + len(lines)]


def test_a_document_tells_them_in_sentences(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    every = [each.format(1) for each in (LAPSED, UNCOUNTED, REPLACED, OLDER)]
    text = kzus("brief", "-f", "markdown", facts=fact_file(with_more(FACTS.read_text("utf-8"), *every))).out

    assert (
        "\n12 of 14 deals have a stated value. 2 of these count nothing: lapsed, replaced.\n\n"
        "1 deal has only figures that don't count.\n"
    ) in text


@pytest.mark.parametrize(
    ("values", "worth"),
    [
        ("values: [{value: 9bn USD, measure: price, source: wire-2025, counts: false}]", "no value that counts"),
        ("sources: wire-2025", "no value that counts"),
        ("values: [{value: 9bn USD, measure: price, source: wire-2025}]", "9bn bought, not above"),
    ],
)
def test_a_dormant_pledge_is_worth_what_counts(
    kzus: Kzus, fact_file: Callable[[str], Path], values: str, worth: str
) -> None:
    text = FACTS.read_text("utf-8").replace("values: [{value: 9bn USD, measure: price, source: wire-2025}]", values)

    assert f"1 dormant pledge (no news in 36 months): {worth}\n" in kzus("brief", width=80, facts=fact_file(text)).out


def test_what_was_to_be_lent_by_a_dormant_pledge_is_named(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    head, _, loan = FACTS.read_text("utf-8").partition("  loan:\n")
    text = f"{head}  loan:\n{loan.replace('2025-11', '2019', 1)}"
    card = kzus("brief", width=80, facts=fact_file(text)).out

    assert "2 dormant pledges (no news in 36 months): 9bn bought and 1.6bn lent, not above"[:69] in card


def test_a_card_of_a_sector_says_how_many_series_of_figures_it_has(kzus: Kzus) -> None:
    line = "\nSeries    1 of figures: kzus indicators --sector transport\n"

    assert line in kzus("brief", "transport", width=80).out
    assert "\nSeries" not in kzus("brief", "energy", width=80).out
    assert "\nSeries" not in kzus("brief", width=80).out
