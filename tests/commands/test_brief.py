from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kzus.render.terminal import chart

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Kzus

LINES = """\
total\ttotal\tA small fixture\t\t5100000000\t8 deals
total\tfirm\t\t\t5100000000\t
total\tpledged\t\t\t0\t
headline\tnew-york-2025\tAgreements of the visit to New York\t2025-09-22\t\tabout 5bn USD
headline\tcounted\t\t\t4200000000\t2 deals
headline\tgap\t\t\t800000000\t
sector\ttransport\tTransport\t\t4600000000\t4 deals
sector\tenergy\tEnergy\t\t500000000\t3 deals
sector\thealth\tHealth\t\t0\t1 deal
largest\tlocomotives\t300 locomotives\t2025-09-22\t4200000000\timplementation
largest\tgrid\tRenewal of the grid\t2025-11-06\t500000000\tcommitment
largest\tgrid-west\tThe western part of the grid\t2025-11-06\t400000000\timplementation
latest\tlocomotives\tThe first ten were handed over.\t2026-02\t\timplementation
latest\ttenge-bond\tA bond in tenge\t2026-01-15\t\tcommitment
latest\tgrid\tRenewal of the grid\t2025-11-06\t\tcommitment
latest\tgrid-west\tThe western part of the grid\t2025-11-06\t\timplementation
latest\tclinic\tA clinic\t2025-11\t\tpledge
indicator\ttrade\tTrade in goods\t2020/2025\t\t13.5 USD
file\tas_of\t\t2026-06-30\t\t
file\tnewest_source\t\t2025-11\t\t
file\tentries\t\t\t\t23
file\tsources\t\t\t\t3
"""
SERIES = """
format: 2
title: Series
as_of: 2026-01-01
sectors: {trade: {label: Trade}}
sources: {wire: {title: Wire, publisher: Wire, kind: news, published: 2025}}
parties: {}
deals: {}
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


def test_a_pipe_gets_a_line_a_thing(kzus: Kzus) -> None:
    done = kzus("brief")

    assert (done.code, done.out, done.err) == (0, LINES, "")


def test_json_holds_the_whole_card(kzus: Kzus) -> None:
    card = json.loads(kzus("brief", "-f", "json").out)

    assert list(card) == [
        *("title", "subject", "total", "headline", "by", "groups"),
        *("largest", "latest", "indicators", "freshness"),
    ]
    assert card["headline"] == {
        "id": "new-york-2025",
        "title": "Agreements of the visit to New York",
        "date": "2025-09-22",
        "value": "about 5bn USD",
        "holds": "3 agreements",
        "deals": 2,
        "counted_usd": 4_200_000_000,
        "gap_usd": 800_000_000,
    }
    assert card["groups"] == json.loads(kzus("sum", "-f", "json").out)["groups"]
    assert card["freshness"] == {"as_of": "2026-06-30", "newest_source": "2025-11", "entries": 23, "sources": 3}


@pytest.mark.parametrize("name", ["transport", "rail", "Air Travel"])
def test_a_sector_has_a_card_of_its_own(kzus: Kzus, name: str) -> None:
    card = json.loads(kzus("brief", name, "-f", "json").out)

    assert card["subject"] == {"kind": "sector", "id": "transport", "name": "Transport"}
    assert (card["total"]["deals"], card["total"]["total_usd"], card["by"]) == (4, 4_600_000_000, "stage")
    assert (card["headline"]["counted_usd"], card["headline"]["gap_usd"]) == (4_200_000_000, None)
    assert [each["id"] for each in card["largest"]] == ["locomotives", "grid-west"]


def test_a_party_has_a_card_of_its_own(kzus: Kzus) -> None:
    card = json.loads(kzus("brief", "КТЖ", "-f", "json").out)

    assert card["subject"] == {"kind": "party", "id": "ktz", "name": "Kazakhstan Temir Zholy"}
    assert [each["id"] for each in card["latest"]] == [
        "locomotives",
        "locomotives",
        "visit",
        "loan",
        "locomotive-letter",
    ]
    assert (card["by"], card["indicators"]) == ("stage", [])


def test_a_party_in_several_sectors_has_them_as_bars(kzus: Kzus) -> None:
    card = json.loads(kzus("brief", "wabtec", "-f", "json").out)

    assert (card["by"], [group["group"] for group in card["groups"]]) == ("sector", ["transport", "energy"])


def test_a_headline_without_a_deal_of_the_subject_stays_away(kzus: Kzus) -> None:
    assert json.loads(kzus("brief", "energy", "-f", "json").out)["headline"] is None


def test_a_party_has_the_series_that_name_it(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    parties = (
        "parties: {shaper: {name: Shaped, country: KZ, kind: company}, us: {name: US, country: US, kind: government}}"
    )
    text = SERIES.replace("title: Few,", "title: Few for us, note: Not Shaped.,")
    facts = fact_file(text.replace("parties: {}", parties))

    card = json.loads(kzus("brief", "shaper", "-f", "json", facts=facts).out)
    assert [each["id"] for each in card["indicators"]] == ["shaped"]
    assert json.loads(kzus("brief", "us", "-f", "json", facts=facts).out)["indicators"] == []


def test_nobody_of_that_name(kzus: Kzus) -> None:
    done = kzus("brief", "wabtek")

    assert (done.code, done.out) == (2, "")
    assert done.err == "kzus: unknown sector or party 'wabtek' (did you mean 'wabtec'?)\n"


def test_a_name_of_two_asks_back(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    text = SERIES.replace("parties: {}", "parties: {bank: {name: Trade, country: KZ, kind: company}}")
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
    assert (
        "2025  Shaped  8bn, about 6bn USD  ▃▅▁█\n2025  Few     3, 4 USD            ▃▆█"
        in kzus("brief", width=80, facts=fact_file(SERIES)).out
    )


def test_a_lens_makes_a_smaller_card(kzus: Kzus) -> None:
    done = kzus("brief", "--source", "akorda-2025", width=80)

    assert done.out.splitlines()[-3:] == [
        "as of 2026-06-30 · newest source 2025-09-22 · 11 entries, 1 of them sources",
        "source akorda-2025",
        "the stage of 1 deal is the file's: no chosen source shows it",
    ]
    assert "TOTAL  4.2bn USD  firm 4.2bn · pledged 0 · 2 deals, 2 with a value" in done.out


@pytest.mark.parametrize("form", ["csv", "jsonl", "markdown", "yaml", "html"])
def test_every_format_has_the_card(kzus: Kzus, form: str) -> None:
    done = kzus("brief", "-f", form)

    assert (done.code, done.err) == (0, "")
    assert "Renewal of the grid" in done.out


@pytest.mark.parametrize("name", [None, "transport", "wabtec"])
def test_the_shipped_card_fits_a_screen_with_its_prompts(kzus: Kzus, name: str | None) -> None:
    out = kzus("brief", *([name] if name else []), width=80, facts=None).out

    assert out.count("\n") <= 38
    assert max(map(len, out.splitlines())) <= 80


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
