from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Kzus

FACTS = Path(__file__).parent.parent / "conflicts.yaml"
ITEMS = """\
new-york-2025	locomotives	300 locomotives	2025-09-22	implementation	4.2bn USD	4200000000	4200000000		akorda-2025
new-york-2025	loan	Loan for locomotives	2025-09	pledge	1.6bn USD	1600000000	0	finances locomotives	wire-2025
"""  # noqa: E501 - a line a member
GAP = "the items count 4.2bn (2 items, of which 4.2bn firm); of the headline of 5bn, 800m stand in no item\n"


@pytest.mark.parametrize("ids", [[], ["new-york-2025"]], ids=["the only one", "by id"])
def test_a_pipe_gets_a_line_a_member_and_the_gap_on_stderr(kzus: Kzus, ids: list[str]) -> None:
    done = kzus("headline", *ids)

    assert (done.code, done.out, done.err) == (0, ITEMS, GAP)


def test_json_is_one_document_whose_figures_add_up(kzus: Kzus) -> None:
    found = json.loads(kzus("headline", "washington-2025", "-f", "json", facts=FACTS).out)

    assert [found[key] for key in ("headline_usd", "pledge_usd", "firm_usd", "total_usd", "low_usd", "high_usd")] == [
        9_000_000_000, 7_000_000_000, 3_000_000_000, 10_000_000_000, 2_800_000_000, 12_500_000_000,
    ]  # fmt: skip
    assert found["gap_usd"] == found["headline_usd"] - found["total_usd"] == -1_000_000_000
    assert sum(item["counted_usd"] for item in found["items"]) == found["total_usd"]
    assert [value["gap_usd"] for value in found["values"]] == [-1_000_000_000, -1_000_000_000, 1_500_000_000]
    assert {item["id"]: item["listed_by"] for item in found["items"]} == {
        "aircraft": ["state-2025"],
        "harvesters": ["ministry-2025", "state-2025"],
        "wind-farm": ["ministry-2025"],
        "seeds": ["wire-2025"],
    }
    assert found["unlisted"] == ["turbines"]
    assert found["unlisted_parts"] == ["wind-farm-grid"]


def test_items_that_exceed_the_headline_are_told(kzus: Kzus) -> None:
    assert kzus("headline", "washington-2025", facts=FACTS).err.splitlines() == [
        "the items count 10bn (4 items, of which 3bn firm) and exceed the headline of 9bn by 1bn",
        "parts of items that no source lists count 200m more: wind-farm-grid",
        "of the same month, in no list: turbines",
    ]


def test_without_an_id_several_are_listed_with_their_gaps(kzus: Kzus) -> None:
    done = kzus("headline", "-c", "id,headline_usd,total_usd,gap_usd", facts=FACTS)

    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "washington-2025\t9000000000\t10000000000\t-1000000000\nastana-2024\t500000000\t630000000\t-130000000\n"
    )


def test_a_lens_sees_only_what_its_source_lists(kzus: Kzus) -> None:
    found = json.loads(kzus("headline", "--source", "wire-2025", "-f", "json", facts=FACTS).out)
    washington = next(each for each in found if each["id"] == "washington-2025")

    assert (washington["members"], washington["headline_usd"]) == (1, 11_500_000_000)


def test_a_headline_in_another_currency_has_the_dollars_that_its_source_gives(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    text = FACTS.read_text("utf-8").replace("9bn USD, of: the 29 agreements", "8bn EUR, usd: about 9.3bn USD")
    facts = fact_file(text.replace("more than 9bn USD", "4tn KZT"))
    found = json.loads(kzus("headline", "washington-2025", "-f", "json", facts=facts).out)

    assert (found["value"], found["headline_usd"], found["gap_usd"]) == ("8bn EUR", 9_300_000_000, -700_000_000)
    assert [value["gap_usd"] for value in found["values"]] == [-700_000_000, None, 1_500_000_000]
    assert "headline\tgap\t\t\t-700000000\t\n" in kzus("brief", facts=facts).out


def test_a_headline_without_dollars_has_no_gap(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    facts = fact_file(FACTS.read_text("utf-8").replace("0.5bn USD, source: wire-2025}", "5bn KZT, source: wire-2025}"))

    assert kzus("headline", "astana-2024", facts=facts).err == (
        "no headline in dollars; the items count 630m (3 items, of which 630m firm)\n"
    )


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("washington-2052", "did you mean 'washington-2025' or 'astana-2024'?"),
        ("harvesters", "there are: washington-2025, astana-2024"),
        ("", "there are: washington-2025, astana-2024"),
        ("nosuch", "there are: washington-2025, astana-2024"),
    ],
)
def test_what_is_no_package_fails_and_names_those_that_could_be_meant(kzus: Kzus, name: str, meant: str) -> None:
    done = kzus("headline", name, facts=FACTS)

    assert (done.code, done.out, done.err) == (1, "", f"kzus: unknown package '{name}' ({meant})\n")


def test_the_shipped_headline_of_washington_falls_short_of_its_items(kzus: Kzus) -> None:
    found = json.loads(kzus("headline", "washington-2025-11", "-f", "json", facts=None).out)

    assert found["headline_usd"] == 17_000_000_000
    assert {item["id"] for item in found["items"]} >= {"ktz-wabtec-locomotives", "air-astana-boeing-787"}
    assert found["gap_usd"] == 17_000_000_000 - sum(item["counted_usd"] for item in found["items"])


def test_json_lines_are_a_line(kzus: Kzus) -> None:
    done = kzus("headline", "-f", "jsonl")

    assert done.out.count("\n") == 1
    assert json.loads(done.out) == json.loads(kzus("headline", "-f", "json").out)
