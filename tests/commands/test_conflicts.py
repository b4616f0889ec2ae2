from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Kzus

FACTS = Path(__file__).parent.parent / "conflicts.yaml"
COLUMNS = "id kind title what unit period ratio basis value low high of source publisher published via note".split()
OF_CONFLICTS, OF_CLAIMS = COLUMNS[:8], COLUMNS[8:]
STATE, MINISTRY = "state-2025\tState Department\t2025-11-07", "ministry-2025\tForeign Ministry\t2025-11-08"
WIRE, BLOG = "wire-2025\tWire\t2025-12", "blog\tBlog\t"
GROWTH = "trade-growth\tindicator\tGrowth of trade\treading\t%\t"
TURBINES = "turbines\tdeal\tTurbines\tcount\tturbines delivered\t\t\tsame\t"
HARVESTERS = "harvesters\tdeal\tHarvesters\tvalue\tUSD\t\t2.0\tdifferent\t"
SIGNED = "harvesters\tdeal\tHarvesters\tdate\tsigned\t\t\tsame\t"
FARM = "wind-farm\tdeal\tWind farm\tvalue\tUSD\t\t1.4\tunclear\t"
HEADLINE = "washington-2025\tpackage\tAgreements of the visit to Washington\tvalue\tUSD\t\t1.28\tdifferent\t"
COUNT = "washington-2025\tpackage\tAgreements of the visit to Washington\tcount\tagreements\t\t1.03\tsame\t"
AIRCRAFT = "aircraft\tdeal\tAircraft\tcount\tJet-787 aircraft\t\t1.2\tsame\t"
CREDIT = "aircraft-finance\tdeal\tCredit for the aircraft\tvalue\tUSD\t\t1.05\tsame\t"
TRADE = "trade-volume\tindicator\tTrade volume\treading\tUSD\t2024\t1.03\tsame\t"
EVERYTHING = "".join(
    f"{line}\n"
    for line in (
        # below zero and above it there is no ratio, which is wider than any
        f"{GROWTH}2024\t\tdifferent\t4\t4\t4\tU.S. statistics\t{STATE}\t\t",
        f"{GROWTH}2024\t\tdifferent\t-2.5\t-2.5\t-2.5\tKazakh statistics\t{WIRE}\t\t",
        f"{GROWTH}2023/2024\t1.14\tsame\t12\t12\t12\t\t{BLOG}\t\t",
        f"{GROWTH}2023/2024\t1.14\tsame\t10.5\t10.5\t10.5\t\t{WIRE}\t\t",
        f"{TURBINES}12\t12\t12\t\t{BLOG}\t\t",
        f"{TURBINES}0\t0\t0\t\t{WIRE}\t\t",
        f"{HARVESTERS}3–5bn USD\t3000000000\t5000000000\tmachines to be bought\t{STATE}\t\t",
        f"{HARVESTERS}4bn USD\t4000000000\t4000000000\tMachines to be bought\t{WIRE}\tBlog\t",
        f"{HARVESTERS}2.5bn USD\t2500000000\t2500000000\tthe agreement\t{MINISTRY}\t\t",
        # a month that holds both days contradicts neither
        f"{SIGNED}2025-11-06\t\t\t\t{STATE}\t\t",
        f"{SIGNED}2025-11-07\t\t\t\t{MINISTRY}\t\tBy Astana's clock.",
        f"{FARM}700m USD\t700000000\t700000000\t\t{STATE}\t\t",
        f"{FARM}500m USD\t500000000\t500000000\tits turbines\t{BLOG}\t\t",
        # 'more than 9bn' is true of both
        f"{HEADLINE}11.5bn USD\t11500000000\t11500000000\tagreements and memoranda\t{WIRE}\t\t",
        f"{HEADLINE}9bn USD\t9000000000\t9000000000\tthe 29 agreements\t{STATE}\t\t",
        f"{COUNT}30\t30\t30\t\t{WIRE}\t\t",
        f"{COUNT}29\t29\t29\t\t{STATE}\t\t",
        f"{AIRCRAFT}18\t18\t18\t\t{STATE}\t\t",
        f"{AIRCRAFT}15\t15\t15\t\t{WIRE}\t\tFirm orders.",
        # in the source's own dollars; what is told in tenge alone is left aside
        f"{CREDIT}900m EUR\t1050000000\t1050000000\t\t{WIRE}\t\t",
        f"{CREDIT}1bn USD\t1000000000\t1000000000\t\t{MINISTRY}\t\t",
        # like with like, since one source tells the two statistics apart
        f"{TRADE}3.4bn\t3400000000\t3400000000\tU.S. statistics\t{WIRE}\t\t",
        f"{TRADE}3.3bn\t3300000000\t3300000000\tU.S. statistics\t{STATE}\t\t",
    )
)


def whats(kzus: Kzus, *arguments: str) -> list[str]:
    """Return the subject of each conflict and what it is about, in order."""
    done = kzus("conflicts", *arguments, "-f", "json", facts=FACTS)
    assert (done.code, done.err) == (0, "")
    return [f"{each['id']} {each['what']}" for each in json.loads(done.out)]


def test_a_pipe_gets_a_line_a_claim_the_widest_apart_first(kzus: Kzus) -> None:
    done = kzus("conflicts", facts=FACTS)

    assert (done.code, done.out, done.err) == (0, EVERYTHING, "")


def test_tsv_and_csv_by_name_start_with_the_columns(kzus: Kzus) -> None:
    assert kzus("conflicts", "-f", "tsv", facts=FACTS).out == "\t".join(COLUMNS) + "\n" + EVERYTHING
    assert kzus("conflicts", "-f", "csv", facts=FACTS).out.splitlines()[0] == ",".join(COLUMNS)


SCREENS = {
    60: """\
     VALUE  PUBLISHER                             PUBLISHED
Harvesters
  harvesters · value in USD · 2.00× · different basis ──────
 3–5bn USD  State Department                      2025-11-07
            state-2025 · machines to be bought
   4bn USD  Wire                                  2025-12
            wire-2025 · Machines to be bought
 2.5bn USD  Foreign Ministry                      2025-11-08
            ministry-2025 · the agreement
Harvesters · harvesters · date signed ──────────────────────
2025-11-06  State Department                      2025-11-07
            state-2025
2025-11-07  Foreign Ministry                      2025-11-08
            ministry-2025 · By Astana's clock.
Agreements of the visit to Washington
  washington-2025 · value in USD · 1.28× · different basis ─
11.5bn USD  Wire                                  2025-12
            wire-2025 · agreements and memoranda
   9bn USD  State Department                      2025-11-07
            state-2025 · the 29 agreements
3 of 5 conflicts · package washington-2025 · since
2025-11-06
""",
    80: """\
     VALUE  PUBLISHER         PUBLISHED   OF
Harvesters · harvesters · value in USD · 2.00× · different basis ─
 3–5bn USD  State Department  2025-11-07  machines to be bought
            state-2025
   4bn USD  Wire              2025-12     Machines to be bought
            wire-2025
 2.5bn USD  Foreign Ministry  2025-11-08  the agreement
            ministry-2025
Harvesters · harvesters · date signed ────────────────────────────
2025-11-06  State Department  2025-11-07  –
            state-2025
2025-11-07  Foreign Ministry  2025-11-08  –
            ministry-2025                 By Astana's clock.
Agreements of the visit to Washington
  washington-2025 · value in USD · 1.28× · different basis ───────
11.5bn USD  Wire              2025-12     agreements and memoranda
            wire-2025
   9bn USD  State Department  2025-11-07  the 29 agreements
            state-2025
3 of 5 conflicts · package washington-2025 · since 2025-11-06
""",
}


@pytest.mark.parametrize("width", SCREENS)
def test_a_terminal_has_a_section_a_conflict(kzus: Kzus, width: int) -> None:
    asked = ("--package", "washington-2025", "--since", "2025-11-06", "--limit", "3")
    done = kzus("conflicts", *asked, width=width, facts=FACTS)

    assert (done.code, done.out, done.err) == (0, SCREENS[width], "")


def test_json_is_one_object_a_conflict_with_its_claims(kzus: Kzus) -> None:
    (found,) = json.loads(kzus("conflicts", "harvesters", "--limit", "1", "-f", "json", facts=FACTS).out)
    claims = found.pop("claims")

    assert found == {
        "id": "harvesters",
        "kind": "deal",
        "title": "Harvesters",
        "what": "value",
        "unit": "USD",
        "period": None,
        "ratio": 2.0,
        "basis": "different",
    }
    assert [(claim["value"], claim["low"], claim["high"]) for claim in claims] == [
        ("3–5bn USD", 3_000_000_000, 5_000_000_000),
        ("4bn USD", 4_000_000_000, 4_000_000_000),
        ("2.5bn USD", 2_500_000_000, 2_500_000_000),
    ]
    assert claims[1] == {
        "value": "4bn USD",
        "low": 4_000_000_000,
        "high": 4_000_000_000,
        "of": "Machines to be bought",
        "source": "wire-2025",
        "publisher": "Wire",
        "published": "2025-12",
        "via": "Blog",
        "note": None,
    }


@pytest.mark.parametrize("format_", ["json", "jsonl"])
def test_the_keys_of_json_are_the_columns_in_their_order(kzus: Kzus, format_: str) -> None:
    text = kzus("conflicts", "-f", format_, facts=FACTS).out
    found: list[dict[str, Any]] = json.loads(text) if format_ == "json" else list(map(json.loads, text.splitlines()))

    assert len(found) == 11
    assert {tuple(each) for each in found} == {(*OF_CONFLICTS, "claims")}
    assert {tuple(claim) for each in found for claim in each["claims"]} == {tuple(OF_CLAIMS)}


def test_columns_cut_conflicts_and_claims_alike(kzus: Kzus) -> None:
    asked = ("conflicts", "--limit", "1", "harvesters", "--columns", "value,id,source")

    assert json.loads(kzus(*asked, "-f", "json", facts=FACTS).out) == [
        {
            "id": "harvesters",
            "claims": [
                {"value": "3–5bn USD", "source": "state-2025"},
                {"value": "4bn USD", "source": "wire-2025"},
                {"value": "2.5bn USD", "source": "ministry-2025"},
            ],
        }
    ]
    assert kzus(*asked, facts=FACTS).out == (
        "3–5bn USD\tharvesters\tstate-2025\n4bn USD\tharvesters\twire-2025\n2.5bn USD\tharvesters\tministry-2025\n"
    )
    assert json.loads(kzus("conflicts", "-n", "1", "-c", "ratio", "-f", "json", facts=FACTS).out) == [{"ratio": None}]


def test_limit_never_tears_a_conflict_apart(kzus: Kzus) -> None:
    assert kzus("conflicts", "--limit", "2", facts=FACTS).out == "".join(EVERYTHING.splitlines(keepends=True)[:4])
    assert kzus("conflicts", "--limit", "2", width=80, facts=FACTS).out.splitlines()[-1] == "2 of 11 conflicts"


def test_sorting_by_a_column_of_claims_sorts_within_each_conflict(kzus: Kzus) -> None:
    rows = kzus("conflicts", "visit", "--sort", "published", "-c", "what,published", facts=FACTS).out

    assert rows == "value\t2025-11-07\nvalue\t2025-12\ncount\t2025-11-07\ncount\t2025-12\n"


def test_sorting_by_a_column_of_conflicts_sorts_them_with_the_unknown_last(kzus: Kzus) -> None:
    lines = kzus("conflicts", "--sort", "ratio", "-c", "id,ratio", facts=FACTS).out.splitlines()

    assert list(dict.fromkeys(lines))[:3] == ["washington-2025\t1.03", "trade-volume\t1.03", "aircraft-finance\t1.05"]
    assert lines[-1].endswith("\t")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("--sector air", ["aircraft count", "aircraft-finance value"]),
        ("--party bank", ["aircraft-finance value"]),
        ("--tag aircraft", ["aircraft count"]),
        ("--stage implementation", ["turbines count"]),
        ("--instrument project --instrument contract", ["turbines count", "wind-farm value"]),
        # a package with its deals
        ("--package astana-2024", ["turbines count", "aircraft-finance value"]),
        (
            "--package washington-2025 --sector farming --sector aviation",
            ["harvesters value", "harvesters date", "aircraft count"],
        ),
        ("--package washington-2025 visit", ["washington-2025 value", "washington-2025 count"]),
        ("--since 2025-11-07", ["turbines count", "aircraft-finance value"]),
        ("--until 2024", ["trade-growth reading", "trade-growth reading", "wind-farm value", "trade-volume reading"]),
        # a reading of 2023 to 2024 is of both years
        ("--until 2023", ["trade-growth reading"]),
        ("--since 2024 --until 2024 growth", ["trade-growth reading", "trade-growth reading"]),
        # what is apart without bound is wider than any ratio, and a date has none
        ("--min-ratio 1.4", ["trade-growth reading", "turbines count", "harvesters value", "wind-farm value"]),
        ("--min-ratio 1.41", ["trade-growth reading", "turbines count", "harvesters value"]),
        ("--min-ratio 1 --sector farming", ["harvesters value"]),
    ],
)
def test_filters_choose_subjects(kzus: Kzus, arguments: str, expected: list[str]) -> None:
    assert whats(kzus, *arguments.split()) == expected


def test_a_ratio_is_compared_exactly(kzus: Kzus) -> None:
    assert whats(kzus, "--min-ratio", "1.4", "wind") == ["wind-farm value"]  # in floating point 1.4 * 500m > 700m
    assert whats(kzus, "--min-ratio", "1.4000001", "wind") == []


@pytest.mark.parametrize("ratio", ["0.5", "-1", "nan", "inf"])
def test_a_ratio_below_one_is_none(kzus: Kzus, ratio: str) -> None:
    done = kzus("conflicts", "--min-ratio", ratio, facts=FACTS)

    assert (done.code, done.out) == (2, "")
    assert done.err == f"kzus: --min-ratio: {ratio} is not the largest by the smallest; write 1 or more, as in 1.5\n"


def test_nothing_found_is_said_to_the_person_who_watches(kzus: Kzus) -> None:
    done = kzus("conflicts", "tractors", "--min-ratio", "2", width=80, facts=FACTS)

    assert (done.code, done.out, done.err) == (0, "", "no conflicts · text tractors · min-ratio 2\n")
    assert kzus("conflicts", "tractors", "-f", "json", facts=FACTS).out == "[]\n"


def test_through_one_source_nothing_contradicts(kzus: Kzus) -> None:
    assert whats(kzus, "--source", "wire-2025") == []
    assert whats(kzus, "--source", "wire-2025", "--source", "blog") == ["turbines count", "trade-growth reading"]


def test_as_of_a_day_only_those_who_had_spoken_contradict(kzus: Kzus) -> None:
    done = kzus("conflicts", "--as-of", "2025-11-08", "-c", "id,what", facts=FACTS)

    # the source that tells the two statistics of trade apart hadn't spoken yet
    assert list(dict.fromkeys(done.out.splitlines())) == [
        "harvesters\tvalue",
        "harvesters\tdate",
        "trade-volume\treading",
    ]
    assert done.err == "sources hidden as of 2025-11-08: 1 without a date\n"


def test_show_marks_the_same_conflicts(kzus: Kzus) -> None:
    lines = kzus("show", "harvesters", facts=FACTS).out.splitlines()
    (record,) = json.loads(kzus("show", "harvesters", "-f", "json", facts=FACTS).out)
    listed = json.loads(kzus("conflicts", "--sector", "farming", "-f", "json", facts=FACTS).out)

    assert [line for line in lines if "\tconflicts\t" in line] == [
        "harvesters\tconflicts\t3–5bn USD ≠ 4bn USD ≠ 2.5bn USD\tvalue in USD · 2.00× · different basis\t\t\t",
        "harvesters\tconflicts\t2025-11-06 ≠ 2025-11-07\tdate signed\t\t\t",
    ]
    known = {"id": "harvesters", "kind": "deal", "title": "Harvesters"}
    assert [known | conflict for conflict in record["conflicts"]] == listed


def test_show_names_every_day_that_a_source_gives(kzus: Kzus) -> None:
    lines = kzus("show", "harvesters", facts=FACTS).out.splitlines()

    assert [line for line in lines if line.split("\t")[1] == "dates"] == [
        "harvesters\tdates\t2025-11-06\t\tstate-2025\t2025-11-07\t",
        "harvesters\tdates\t2025-11-07\t\tministry-2025\t2025-11-08\tBy Astana's clock.",
        "harvesters\tdates\t2025-11\t\twire-2025\t2025-12\t",
        "harvesters\tdates\t2025-11-08\tannounced\tblog\t\t",
    ]


def test_what_nobody_disputes_has_no_conflicts(kzus: Kzus) -> None:
    (record,) = json.loads(kzus("show", "seeds", "-f", "json", facts=FACTS).out)

    assert "conflicts" not in record


def test_the_shipped_facts_disagree_where_the_press_did(kzus: Kzus) -> None:
    found = {line.split("\t")[0] for line in kzus("conflicts", facts=None).out.splitlines()}

    assert found >= {
        "john-deere-partnership", "air-astana-boeing-787", "cove-tau-ken-tungsten", "joby-memorandum",
        "pepsico-snack-plant", "washington-2025-11", "bilateral-trade",
    }  # fmt: skip


def test_a_part_as_large_as_its_umbrella_is_a_conflict_over_the_share(kzus: Kzus) -> None:
    lines = kzus("conflicts", "--party", "joby", "-c", "id,what,unit,ratio,value,source", facts=None).out.splitlines()

    assert lines == [
        "joby-memorandum\tshare\tUSD of electric-aviation-2025\t1.0\tabout 300m USD\tinform-cn-joby-2025-11-07",
        "joby-memorandum\tshare\tUSD of electric-aviation-2025\t1.0\tabout 300m USD\tfergana-2025-11",
    ]
