from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Kzus

FACTS = Path(__file__).parent.parent / "conflicts.yaml"
HARVESTERS = """\
harvesters	deal	Harvesters	value	USD		2.0	different	3–5bn USD	3000000000	5000000000	machines to be bought	state-2025	State Department	2025-11-07\t\t
harvesters	deal	Harvesters	value	USD		2.0	different	4bn USD	4000000000	4000000000	Machines to be bought	wire-2025	Wire	2025-12	Blog\t
harvesters	deal	Harvesters	value	USD		2.0	different	2.5bn USD	2500000000	2500000000	the agreement	ministry-2025	Foreign Ministry	2025-11-08\t\t
harvesters	deal	Harvesters	date	signed			same	2025-11-06				state-2025	State Department	2025-11-07\t\t
harvesters	deal	Harvesters	date	signed			same	2025-11-07				ministry-2025	Foreign Ministry	2025-11-08		By Astana's clock.
"""  # noqa: E501 - a line a claim


def subjects(out: str) -> list[str]:
    return list(dict.fromkeys(line.split("\t")[0] + " " + line.split("\t")[3] for line in out.splitlines()))


def test_a_pipe_gets_a_line_a_claim_the_largest_first(kzus: Kzus) -> None:
    done = kzus("conflicts", "--sector", "farming", facts=FACTS)

    assert (done.code, done.out, done.err) == (0, HARVESTERS, "")


def test_the_subject_whose_claims_lie_widest_apart_comes_first(kzus: Kzus) -> None:
    assert subjects(kzus("conflicts", facts=FACTS).out) == [
        "trade-growth reading",
        "turbines count",
        "harvesters value",
        "harvesters date",
        "wind-farm value",
        "washington-2025 value",
        "washington-2025 count",
        "aircraft count",
        "aircraft-finance value",
        "trade-volume reading",
    ]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--min-ratio", "1.3"], ["trade-growth reading", "turbines count", "harvesters value", "wind-farm value"]),
        (["--party", "airline"], ["aircraft count", "aircraft-finance value"]),
        (["--package", "washington-2025", "--min-ratio", "1.25"],
         ["harvesters value", "wind-farm value", "washington-2025 value"]),
        (["--source", "state-2025", "--source", "ministry-2025"],
         ["harvesters value", "harvesters date", "trade-volume reading"]),
        (["--as-of", "2025-11-07"], []),
        (["--limit", "1"], ["trade-growth reading"]),
    ],
)  # fmt: skip
def test_filters_lenses_and_bounds_narrow_it(kzus: Kzus, arguments: list[str], found: list[str]) -> None:
    assert subjects(kzus("conflicts", *arguments, facts=FACTS).out) == found


def test_json_has_an_object_a_conflict_with_its_claims(kzus: Kzus) -> None:
    (found,) = json.loads(kzus("conflicts", "--party", "airline", "--min-ratio", "1.1", "-f", "json", facts=FACTS).out)

    assert {key: value for key, value in found.items() if key != "claims"} == {
        "id": "aircraft", "kind": "deal", "title": "Aircraft", "what": "count", "unit": "Jet-787 aircraft",
        "period": None, "ratio": 1.2, "basis": "same",
    }  # fmt: skip
    said = [(claim["value"], claim["source"]) for claim in found["claims"]]
    assert said == [("18", "state-2025"), ("15", "wire-2025")]


@pytest.mark.parametrize("ratio", ["0.5", "-1", "nan", "inf"])
def test_a_ratio_below_one_is_a_usage_error(kzus: Kzus, ratio: str) -> None:
    done = kzus("conflicts", "--min-ratio", ratio, facts=FACTS)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("kzus: --min-ratio: ")


def test_nothing_found_is_no_failure(kzus: Kzus) -> None:
    assert [kzus("conflicts", "--sector", "health", "-f", form).out for form in ("tsv", "json")][1] == "[]\n"


def test_show_marks_the_same_conflicts(kzus: Kzus) -> None:
    (shown,) = json.loads(kzus("show", "harvesters", "-f", "json", facts=FACTS).out)
    conflicts = json.loads(kzus("conflicts", "--sector", "farming", "-f", "json", facts=FACTS).out)
    apart = ("id", "kind", "title")

    assert shown["conflicts"] == [{k: v for k, v in each.items() if k not in apart} for each in conflicts]


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
