from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import FIXTURE

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Kzus

KEYS = (
    "group label deals valued pledge_usd firm_usd total_usd low_usd high_usd share dormant_usd trade_usd investment_usd"
    " grant_usd unclear_usd financing_firm_usd financing_pledge_usd"
).split()
M = 10**6
FLOWS = KEYS[11:15]
STANDINGS = ["pledge_usd", "firm_usd", "dormant_usd"]
ADDED = [key for key in KEYS[2:] if key != "share"]
PARTITIONS = ["sector", "flow", "direction", "stage", "measure", "instrument", "year", "month"]
OVERLAPPING = ["party", "country", "tag", "package"]
FILTERS = [
    "",
    "--sector transport",
    "--stage pledge",
    "--party wabtec --party ktz",
    "--since 2025-09 --until 2025-11-06",
    "--min 300m",
    "--package new-york-2025",
    "--stage suspended",
    "--flow trade --firm",
    "--dormant",
    "--measure price --country US",
    "grid",
]

SECTORS = (
    "transport\tTransport\t4\t4\t0\t4600000000\t4600000000\t4000000000\t4600000000\t0.9019607843137255"
    "\t0\t4600000000\t0\t0\t0\t0\t1600000000\n"
    "energy\tEnergy\t3\t3\t0\t500000000\t500000000\t500000000\t1100000000\t0.09803921568627451"
    "\t0\t500000000\t0\t0\t0\t0\t0\n"
    "health\tHealth\t1\t0\t0\t0\t\t\t\t\t0\t0\t0\t0\t0\t0\t0\n"
)
FACTS = Path(__file__).parent.with_name("facts.yaml")
SHORT = (
    "In no total: lent 1.6bn pledged; 1 deal states 100bn KZT.\n"
    "In no total: 250m of 1 cancelled deal.\n"
    "Of trade 400m is a ceiling.\n"
    "1 of 8 has no figure. More: --explain\n"
)
LONG = (
    "In no total: lent 1.6bn pledged.\n"
    "Of trade 400m is a ceiling.\n"
    "Left out, superseded by another deal (1, 3bn): locomotive-letter (locomotives) 3bn.\n"
    "Left out, remainder after its parts (1, 400m): grid 400m.\n"
    "Left out, cancelled (1, 250m): plant 250m.\n"
    "Left out, no published value (1): clinic.\n"
    "Left out, stated in another currency (1): tenge-bond (KZT).\n"
)
MONEY = """\
format: 2
title: Own
version: 2026.07.01
as_of: 2026-06-30
sides: {kazakh: [KZ], american: [US]}
sectors: {trade: {label: Trade}}
sources: {page: {title: Page, publisher: P, kind: news, published: 2026}}
parties:
  ktz: {name: KTZ, country: KZ, kind: company}
  samruk: {name: Samruk, country: KZ, kind: fund}
  ge: {name: GE, country: US, kind: company}
  heir: {name: Heir, country: US, kind: company, succeeds: ge}
deals:
"""


@pytest.fixture
def own(fact_file: Callable[[str], Path]) -> Callable[..., Path]:
    """Write a file of deals, each by its id and the keys in which it differs from a contract of this year."""

    def write(**deals: str) -> Path:
        usual = {
            "title": "T", "instrument": "contract", "flow": "trade", "stage": "commitment", "date": "2026-02-01",
            "date_kind": "signed", "sector": "trade", "parties": "[ktz, ge]", "sources": "[page]",
        }  # fmt: skip
        lines = []
        for name, told in deals.items():
            differing = dict(part.split(": ", 1) for part in told.split("; ") if part)
            if worth := differing.pop("worth", None):
                values = (f"{{value: {each}, measure: price, source: page}}" for each in worth.split(" or "))
                differing["values"] = f"[{', '.join(values)}]"
            keys = ", ".join(f"{key}: {value}" for key, value in (usual | differing).items())
            lines.append(f"  {name}: {{{keys}}}\n")
        return fact_file(MONEY + "".join(lines))

    return write


def figures(kzus: Kzus, facts: Path, *words: str) -> dict[str, Any]:
    """Return what isn't 0 of the total of a sum."""
    done = kzus("sum", *words, "-f", "json", facts=facts)
    assert (done.code, done.err) == (0, "")
    return {
        key: cell
        for key, cell in json.loads(done.out)["total"].items()
        if cell != 0 and key not in {"group", "label", "share"}
    }


def document(kzus: Kzus, *arguments: str) -> Any:
    done = kzus("sum", *arguments, "--format", "json")
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def test_a_sum_is_by_sector_and_rows_in_a_pipe_go_without_remarks(kzus: Kzus) -> None:
    done = kzus("sum")

    assert (done.code, done.out, done.err) == (0, SECTORS, "")


def test_what_is_lent_and_what_kind_of_figures_it_adds_stand_under_a_sum(kzus: Kzus) -> None:
    assert kzus("sum", width=80).out.endswith("8 deals by sector\n" + SHORT)


def test_explain_says_the_rest(kzus: Kzus) -> None:
    assert kzus("sum", "--explain").err == LONG


@pytest.mark.parametrize(
    ("deals", "expected"),
    [
        (
            {
                "loan": "flow: financing; finances: order; worth: 9bn USD",
                "order": "worth: 1m USD",
            },
            {"deals": 2, "valued": 2, "firm_usd": M, "total_usd": M, "low_usd": M, "high_usd": M, "trade_usd": M,
             "financing_firm_usd": 9000 * M},
        ),
        (
            {
                "loan": "flow: financing; finances: order; worth: 4bn USD",
                "order": "stage: pledge; worth: 5bn USD",
            },
            {"deals": 2, "valued": 2, "pledge_usd": 5000 * M, "total_usd": 5000 * M, "low_usd": 5000 * M,
             "high_usd": 5000 * M, "trade_usd": 5000 * M, "financing_firm_usd": 4000 * M},
        ),
        (
            {"old": "worth: 6bn USD", "new": "supersedes: old"},
            {"deals": 2, "valued": 1, "firm_usd": 6000 * M, "total_usd": 6000 * M, "low_usd": 6000 * M,
             "high_usd": 6000 * M, "trade_usd": 6000 * M},
        ),
        (
            {"umbrella": "worth: 10bn USD", "part": "part_of: umbrella; worth: 8bn USD or 2bn USD"},
            {"deals": 2, "valued": 2, "firm_usd": 10_000 * M, "total_usd": 10_000 * M, "low_usd": 4000 * M,
             "high_usd": 10_000 * M, "trade_usd": 10_000 * M},
        ),
        (
            {"loan": "flow: financing; finances: order; worth: 7m USD", "order": "stage: cancelled; worth: 9m USD"},
            {"deals": 2, "valued": 2, "financing_firm_usd": 7 * M},
        ),
        (
            {
                "letter": "stage: pledge; worth: 100m USD",
                "memorandum": "stage: pledge; supersedes: letter",
                "contract": "supersedes: memorandum; worth: 90m USD",
            },
            {"deals": 3, "valued": 2, "firm_usd": 90 * M, "total_usd": 90 * M, "low_usd": 90 * M, "high_usd": 90 * M,
             "trade_usd": 90 * M},
        ),
        (
            {"order": "worth: 5m EUR"},
            {"deals": 1, "valued": 1},
        ),
        (
            {"order": ""},
            {"deals": 1, "firm_usd": None, "total_usd": None, "low_usd": None, "high_usd": None, "trade_usd": None},
        ),
        (
            {"order": "worth: up to 5m USD"},
            {"deals": 1, "valued": 1, "firm_usd": 5 * M, "total_usd": 5 * M, "high_usd": 5 * M, "trade_usd": 5 * M},
        ),
        (  # the day of the facts is 2026-06-30, and 36 months before it 2023-06-30
            {"known": "stage: pledge; date: 2023-06-30; worth: 1m USD",
             "forgotten": "stage: pledge; date: 2023-06-29; worth: 2m USD",
             "lent": "flow: financing; stage: pledge; date: 2023-06-29; worth: 4m USD"},
            {"deals": 3, "valued": 3, "pledge_usd": M, "dormant_usd": 2 * M, "total_usd": 3 * M, "low_usd": 3 * M,
             "high_usd": 3 * M, "trade_usd": 3 * M},
        ),
        (
            {"a": "worth: 1m USD", "b": "flow: investment; worth: 2m USD", "c": "flow: grant; worth: 4m USD",
             "d": "flow: unclear; worth: 8m USD", "e": "flow: financing; stage: pledge; worth: 16m USD"},
            {"deals": 5, "valued": 5, "firm_usd": 15 * M, "total_usd": 15 * M, "low_usd": 15 * M, "high_usd": 15 * M,
             "trade_usd": M, "investment_usd": 2 * M, "grant_usd": 4 * M, "unclear_usd": 8 * M,
             "financing_pledge_usd": 16 * M},
        ),
    ],
    ids=["loan above order", "loan for a pledge", "successor without value", "umbrella", "loan for a cancelled order",
         "passed on", "euro", "unknown", "ceiling", "dormant by a day", "flows"],
)  # fmt: skip
def test_a_total_counted_by_hand(
    kzus: Kzus, own: Callable[..., Path], deals: dict[str, str], expected: dict[str, Any]
) -> None:
    assert figures(kzus, own(**deals)) == expected


def test_a_dormant_loan_is_in_no_column_and_left_out(kzus: Kzus, own: Callable[..., Path]) -> None:
    facts = own(lent="flow: financing; stage: pledge; date: 2023-06-29; worth: 4m USD")
    found = json.loads(kzus("sum", "-f", "json", facts=facts).out)

    assert found["left_out"] == [{"id": "lent", "left_usd": 4 * M, "reason": "dormant"}]


PARTIES = {
    "umbrella": "parties: [ktz, samruk, ge]; worth: 10m USD",
    "part": "parties: [samruk, ge]; part_of: umbrella; worth: 3m USD",
}


def test_a_remainder_is_given_to_who_stands_alone_and_never_to_who_shares_and_has_a_part(
    kzus: Kzus, own: Callable[..., Path]
) -> None:
    facts = own(**PARTIES)

    # of the remainder of 7m: GE stands alone, KTZ shares its side and has no part, Samruk has one
    assert kzus("sum", "--by", "party", "-c", "group,total_usd,own_usd,shared_usd", facts=facts).out == (
        f"ge\t{10 * M}\t{10 * M}\t0\nheir\t{10 * M}\t{10 * M}\t0\n"
        f"ktz\t{7 * M}\t0\t{7 * M}\nsamruk\t{3 * M}\t{3 * M}\t0\n"
    )
    assert figures(kzus, facts, "--party", "samruk")["total_usd"] == 3 * M
    left = json.loads(kzus("sum", "--party", "samruk", "-f", "json", facts=facts).out)["left_out"]
    assert left == [{"id": "umbrella", "left_usd": 10 * M, "reason": "remainder of several parties"}]


def test_no_more_is_left_out_of_a_dormant_loan_than_it_states(kzus: Kzus, own: Callable[..., Path]) -> None:
    lent = "flow: financing; stage: pledge; date: 2023-06-29"
    facts = own(**{name: f"{lent}; {about}" for name, about in PARTIES.items()})
    left = json.loads(kzus("sum", "--party", "samruk", "-f", "json", facts=facts).out)["left_out"]

    assert left == [
        {"id": "umbrella", "left_usd": 10 * M, "reason": "remainder of several parties"},
        {"id": "part", "left_usd": 3 * M, "reason": "dormant"},
    ]


def test_the_total_of_parties_is_nobodys_own(kzus: Kzus) -> None:
    total = document(kzus, "--by", "party")["total"]

    assert [*total] == [*KEYS, "own_usd", "shared_usd"]
    assert (total["own_usd"], total["shared_usd"]) == (None, None)


def test_a_cross_table_has_an_object_a_cell(kzus: Kzus) -> None:
    found = document(kzus, "--by", "sector,stage")

    assert [*found["groups"][0]] == ["group", "label", "group_2", "label_2", *KEYS[2:]]
    assert [(cell["group"], cell["group_2"], cell["total_usd"]) for cell in found["groups"]] == [
        ("transport", "pledge", 0),
        ("transport", "implementation", 4600 * M),
        ("energy", "commitment", 500 * M),
        ("energy", "cancelled", 0),
        ("health", "pledge", None),
    ]
    sums = {key: sum(cell[key] or 0 for cell in found["groups"]) for key in ADDED}
    assert sums == {key: found["total"][key] for key in ADDED}


def test_both_groupings_of_a_cell_are_called_by_their_names(kzus: Kzus) -> None:
    cells = document(kzus, "--by", "sector,party")["groups"]

    assert {(cell["label"], cell["label_2"]) for cell in cells if cell["group"] == "transport"} == {
        ("Transport", "Kazakhstan Temir Zholy"),
        ("Transport", "Wabtec"),
        ("Transport", "Citibank"),
        ("Transport", "Samruk-Kazyna"),
    }


@pytest.mark.parametrize("width", [73, 80, 100, 160])
def test_a_drawn_sum_has_a_line_a_row_and_its_coverage_last(kzus: Kzus, own: Callable[..., Path], width: int) -> None:
    facts = own(**{f"d{at}": f"flow: {flow}; stage: {stage}; date: {date}; worth: 123.4m USD"
                   for at, (flow, stage, date) in enumerate(
                       [("trade", "pledge", "2020"), ("investment", "pledge", "2026"), ("grant", "commitment", "2026"),
                        ("unclear", "commitment", "2026"), ("financing", "commitment", "2026")])})  # fmt: skip
    text = facts.read_text("utf-8").replace("label: Trade}", "label: A sector with a rather long name}")
    facts.write_text(text, "utf-8")
    head, row, total, *rest = kzus("sum", width=width, facts=facts).out.splitlines()
    lent = ["LENT"] if width >= 100 else []

    assert head.split() == [
        "SECTOR",
        "TRADE",
        "INVESTED",
        "GIVEN",
        "UNCLEAR",
        "│",
        "FIRM",
        "PLEDGED",
        "DORMANT",
        *lent,
        "VALUED",
    ]
    assert row.startswith("A sector with a rather long name " if width == 160 else "A sec")
    assert ("…" in row) is (width != 160)
    assert (row.split()[-1], total.split()[-1]) == ("5/5", "5/5")
    assert len(max((head, row, total), key=len)) <= width
    assert "no room" not in "".join(rest)


def test_a_drawn_cross_table_names_a_group_once_and_keeps_flows_apart(kzus: Kzus) -> None:
    lines = kzus("sum", "--by", "sector,stage", width=80).out.splitlines()

    assert [line.rstrip() for line in lines[:6]] == [
        "SECTOR       FLOW   PLEDGE  COMMITMENT  UNDER WAY  ALL STAGES",
        "Transport    trade                          4.6bn       4.6bn",
        "             lent    1.6bn                              1.6bn",
        "Energy       trade                500m                  500m",
        "All sectors  trade                500m      4.6bn       5.1bn",
        "             lent    1.6bn                              1.6bn",
    ]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (
            ["--by", "sector,flow"],
            ["SECTOR       TRADE   LENT", "Transport    4.6bn  1.6bn", "Energy       500m",
             "All sectors  5.1bn  1.6bn"],
        ),
        (
            ["--by", "flow,sector"],
            ["FLOW   TRANSPORT  ENERGY  ALL SECTORS", "trade      4.6bn    500m        5.1bn",
             "lent       1.6bn                1.6bn"],
        ),
        (
            ["--by", "sector,year", "--flow", "trade"],
            ["SECTOR        2025  ALL YEARS", "Transport    4.6bn      4.6bn", "Energy       500m       500m",
             "All sectors  5.1bn      5.1bn"],
        ),
    ],
)  # fmt: skip
def test_flows_are_never_added_up_in_a_margin(kzus: Kzus, words: list[str], lines: list[str]) -> None:
    drawn = [line.rstrip() for line in kzus("sum", *words, width=80).out.splitlines()]

    assert drawn[: len(lines)] == lines


@pytest.mark.parametrize(
    ("options", "first"),
    [
        ([], ["Transport", "Energy", "All"]),
        (["--sort", "label"], ["Energy", "Transport", "All"]),
        (["--sort", "total"], ["Energy", "Transport", "All"]),
        (["--sort", "-deals", "-n", "1"], ["Transport", "All"]),
        (["-n", "1"], ["Transport", "All"]),
    ],
)
def test_rows_of_a_cross_table_are_sorted_and_cut(kzus: Kzus, options: list[str], first: list[str]) -> None:
    lines = kzus("sum", "--by", "sector,stage", "-f", "table", *options).out.splitlines()

    assert [line.split()[0] for line in lines[1:] if line[0] != " "] == first


def test_a_row_of_a_cross_table_that_is_cut_has_all_its_columns(kzus: Kzus) -> None:
    lines = [line.rstrip() for line in kzus("sum", "--by", "sector,stage", "-n", "1", width=80).out.splitlines()]

    assert lines[:5] == [
        "SECTOR       FLOW   PLEDGE  UNDER WAY  ALL STAGES",
        "Transport    trade              4.6bn       4.6bn",
        "             lent    1.6bn                  1.6bn",
        "All sectors  trade              4.6bn       5.1bn",
        "             lent    1.6bn                  1.6bn",
    ]


def test_groups_across_may_be_called_as_any_other_column(kzus: Kzus, own: Callable[..., Path]) -> None:
    tags = "tags: [wind, sector, flow, cite]"
    facts = own(a=f"{tags}; worth: 1m USD", b=f"{tags}; worth: 2m USD; flow: grant", c="worth: 4m USD")
    done = kzus("sum", "--by", "sector,tag", width=100, facts=facts)

    assert [line.rstrip() for line in done.out.splitlines()][:5] == [
        "SECTOR       FLOW   (NONE)  CITE  FLOW  SECTOR  WIND  ALL TAGS",
        "Trade        trade      4m    1m    1m      1m    1m        5m",
        "             given            2m    2m      2m    2m        2m",
        "All sectors  trade      4m    1m    1m      1m    1m        5m",
        "             given            2m    2m      2m    2m        2m",
    ]
    document = kzus("sum", "--by", "sector,tag", "-f", "markdown", facts=facts).out
    assert "| Trade | trade | 4m | 1m | 1m | 1m | 1m | 5m |" in document


def test_groups_across_that_are_called_alike_have_their_ids(kzus: Kzus, own: Callable[..., Path]) -> None:
    facts = own(a="worth: 1m USD", b="worth: 2m USD")
    packages = (f"  {each}-2025: {{title: Visit, members: [{{deal: {each}, source: page}}]}}\n" for each in "ab")
    facts.write_text(facts.read_text("utf-8") + "packages:\n" + "".join(packages), "utf-8")
    done = kzus("sum", "--by", "sector,package", width=100, facts=facts)

    assert [line.rstrip() for line in done.out.splitlines()][:2] == [
        "SECTOR       FLOW   VISIT (B-2025)  VISIT (A-2025)  ALL PACKAGES",
        "Trade        trade              2m              1m            3m",
    ]


def test_every_figure_of_a_sum_is_drawn_as_what_it_is(kzus: Kzus) -> None:
    done = kzus("sum", "-c", "group,label,deals,valued,pledge_usd,firm_usd,low_usd,high_usd,share", width=140)

    assert [line.rstrip() for line in done.out.splitlines()][:5] == [
        "GROUP      LABEL      DEALS  VALUED  PLEDGED   FIRM    LOW   HIGH  SHARE",
        "transport  Transport      4       4           4.6bn    4bn  4.6bn    90% █████████████████████▋",
        "energy     Energy         3       3           500m   500m   1.1bn    10% ██▎",
        "health     Health         1       0                    –      –        –",
        "           total          8       7           5.1bn  4.5bn  5.7bn   100%",
    ]


def test_tsv_by_name_has_a_header(kzus: Kzus) -> None:
    assert kzus("sum", "--format", "tsv").out == "\t".join(KEYS) + "\n" + SECTORS


def test_csv_is_the_tsv_with_commas(kzus: Kzus) -> None:
    assert kzus("sum", "--format", "csv").out == (",".join(KEYS) + "\n" + SECTORS).replace("\t", ",")


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("sector", ["transport\t4\t4600000000", "energy\t3\t500000000", "health\t1\t"]),
        ("stage", ["pledge\t3\t0", "commitment\t2\t500000000", "implementation\t2\t4600000000", "cancelled\t1\t0"]),
        (
            "instrument",
            [
                "memorandum\t1\t",
                "letter of intent\t1\t0",
                "mandate\t1\t0",
                "agreement\t2\t900000000",
                "contract\t2\t4200000000",
                "project\t1\t0",
            ],
        ),
        ("party", ["wabtec\t4\t5100000000", "ktz\t3\t4200000000", "samruk\t5\t900000000", "citibank\t2\t0"]),
        ("year", ["2023\t1\t0", "2024\t1\t0", "2025\t5\t5100000000", "2026\t1\t0"]),
        # a deal of which only the year is known stands under its year
        ("month", ["2023-05\t1\t0", "2024\t1\t0", "2025-09\t2\t4200000000", "2025-11\t3\t900000000", "2026-01\t1\t0"]),
        ("flow", ["trade\t5\t5100000000", "investment\t1\t0", "financing\t1\t0", "cooperation\t1\t"]),
        ("direction", ["\t8\t5100000000"]),
        ("measure", ["price\t7\t5100000000", "\t1\t"]),
        ("country", ["KZ\t8\t5100000000", "US\t6\t5100000000"]),
        ("package", ["new-york-2025\t2\t4200000000", "\t6\t900000000"]),
        ("tag", ["rail\t2\t4200000000", "\t6\t900000000", "credit\t1\t0"]),
    ],
)
def test_each_grouping_has_its_groups_in_its_order(kzus: Kzus, by: str, groups: list[str]) -> None:
    done = kzus("sum", "--by", by, "--columns", "group,deals,total_usd")

    assert (done.code, done.out.splitlines()) == (0, groups)


def test_a_group_without_a_name_is_labelled_none(kzus: Kzus) -> None:
    done = kzus("sum", "--by", "tag", "--columns", "group,label")

    assert (done.code, done.out) == (0, "rail\trail\n\t(none)\ncredit\tcredit\n")


def test_json_is_one_object_of_the_edition_groups_total_and_what_is_left_out(kzus: Kzus) -> None:
    found = document(kzus, "--sector", "transport", "--stage", "implementation", "--stage", "pledge")
    figures = {
        "deals": 4, "valued": 4, "pledge_usd": 0, "firm_usd": 4600 * M, "total_usd": 4600 * M, "low_usd": 4000 * M,
        "high_usd": 4600 * M, "share": 1.0, "dormant_usd": 0, "trade_usd": 4600 * M, "investment_usd": 0,
        "grant_usd": 0, "unclear_usd": 0, "financing_firm_usd": 0, "financing_pledge_usd": 1600 * M,
    }  # fmt: skip

    assert found == {
        "version": "2026.07.01",
        "as_of": "2026-06-30",
        "lens": None,
        "groups": [{"group": "transport", "label": "Transport", **figures}],
        "total": {"group": None, "label": "total", **figures},
        "left_out": [
            {"id": "locomotive-letter", "left_usd": 3_000_000_000, "reason": "superseded by locomotives"},
        ],
    }
    assert [[*found], [*found["total"]]] == [["version", "as_of", "lens", "groups", "total", "left_out"], KEYS]


def test_jsonl_is_one_group_a_line_with_the_keys_of_the_contract(kzus: Kzus) -> None:
    done = kzus("sum", "--format", "jsonl")
    groups = [json.loads(line) for line in done.out.splitlines()]

    assert groups == document(kzus)["groups"]
    assert [list(group) for group in groups] == [KEYS] * 3
    assert done.err == ""


def test_everything_left_out_is_listed_largest_first(kzus: Kzus) -> None:
    assert document(kzus)["left_out"] == [
        {"id": "locomotive-letter", "left_usd": 3_000_000_000, "reason": "superseded by locomotives"},
        {"id": "grid", "left_usd": 400_000_000, "reason": "remainder after its parts"},
        {"id": "plant", "left_usd": 250_000_000, "reason": "cancelled"},
        {"id": "clinic", "left_usd": None, "reason": "no published value"},
        {"id": "tenge-bond", "left_usd": None, "reason": "stated in KZT"},
    ]


@pytest.mark.parametrize("by", [*PARTITIONS, *OVERLAPPING])
@pytest.mark.parametrize("arguments", FILTERS)
def test_the_total_is_what_the_listed_deals_count_however_grouped(kzus: Kzus, by: str, arguments: str) -> None:
    deals = json.loads(kzus("deals", *arguments.split(), "-f", "json").out)
    total = document(kzus, *arguments.split(), "--by", by)["total"]

    added = sum(deal["counted_usd"] or 0 for deal in deals if deal["flow"] != "financing")
    assert (total["total_usd"] or 0) == added
    assert sum(total[name] or 0 for name in FLOWS) == sum(total[name] or 0 for name in STANDINGS) == added
    assert total["deals"] == len(deals)
    assert total["valued"] == sum(deal["counted_usd"] is not None for deal in deals)


@pytest.mark.parametrize("facts", ["fixture", "shipped"])
@pytest.mark.parametrize("by", PARTITIONS)
@pytest.mark.parametrize("arguments", FILTERS)
def test_a_partition_adds_up_to_the_total(kzus: Kzus, by: str, arguments: str, facts: str) -> None:
    command = ("sum", *arguments.split(), "--by", by, "--format", "json")
    if facts == "shipped":
        if "wabtec" in arguments or "new-york" in arguments:
            pytest.skip("names ids of the fixture")
        found = json.loads(kzus(*command, facts=None).out)
    else:
        found = json.loads(kzus(*command).out)

    sums = {key: sum(group[key] or 0 for group in found["groups"]) for key in ADDED}
    assert sums == {key: found["total"][key] or 0 for key in ADDED}


@pytest.mark.parametrize(
    ("by", "added", "total"),
    [
        ("party", 10_200_000_000, 5_100_000_000),  # each counted deal has two parties
        ("tag", 5_100_000_000, 5_100_000_000),  # the one deal with two tags counts nothing
    ],
)
def test_rows_that_may_overlap_say_so_and_the_total_counts_once(kzus: Kzus, by: str, added: int, total: int) -> None:
    found = document(kzus, "--by", by)

    assert sum(group["total_usd"] or 0 for group in found["groups"]) == added
    assert found["total"]["total_usd"] == total
    assert kzus("sum", "--by", by).err == (
        f"A deal may have more than one {by}: rows overlap, and the total counts each deal once.\n"
    )


@pytest.mark.parametrize("by", PARTITIONS)
def test_a_partition_doesnt_speak_of_overlap(kzus: Kzus, by: str) -> None:
    assert kzus("sum", "--by", by).err == ""


def test_shares_are_of_the_total_of_what_is_asked_for(kzus: Kzus) -> None:
    assert kzus("sum", "--by", "stage", "--sector", "energy", "-c", "group,share").out == (
        "commitment\t1.0\ncancelled\t0.0\n"
    )


def test_a_total_of_nothing_has_no_shares(kzus: Kzus) -> None:
    assert kzus("sum", "--sector", "health", "-c", "group,total_usd,share").out == "health\t\t\n"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--sort", "group"], ["energy", "health", "transport"]),
        (["--sort", "-group"], ["transport", "health", "energy"]),
        (["--sort", "deals"], ["health", "energy", "transport"]),
        (["--limit", "1"], ["transport"]),
        (["--sort", "deals", "--limit", "2"], ["health", "energy"]),
        (["--limit", "0"], []),
    ],
)
def test_output_options_arrange_the_groups(kzus: Kzus, arguments: list[str], expected: list[str]) -> None:
    assert kzus("sum", "-c", "group", *arguments).out.split() == expected


def test_a_limit_cuts_groups_and_never_the_total(kzus: Kzus) -> None:
    found = document(kzus, "--limit", "1", "--columns", "group,total_usd")

    assert found["groups"] == [{"group": "transport", "total_usd": 4_600_000_000}]
    assert found["total"] == {"group": None, "total_usd": 5_100_000_000}
    assert len(found["left_out"]) == 5


def test_nothing_found_is_an_empty_answer(kzus: Kzus) -> None:
    done = kzus("sum", "--stage", "suspended")

    assert (done.code, done.out, done.err) == (0, "", "no deals · stage suspended\n")


def test_nothing_found_in_json_has_no_groups_and_a_total_of_zero(kzus: Kzus) -> None:
    found = document(kzus, "--stage", "suspended", "-c", "deals,total_usd,share")

    assert found == {
        "version": "2026.07.01",
        "as_of": "2026-06-30",
        "lens": None,
        "groups": [],
        "total": {"deals": 0, "total_usd": 0, "share": None},
        "left_out": [],
    }


def test_nothing_found_is_said_to_the_person_who_watches(kzus: Kzus) -> None:
    done = kzus("sum", "--stage", "suspended", width=80)

    assert (done.code, done.out, done.err) == (0, "", "no deals · stage suspended\n")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--by", "sectr"], "unknown grouping 'sectr' (did you mean 'sector'?)"),
        (["--by", "x"], "unknown grouping 'x' (there are: sector, flow, direction, stage, measure, instrument, year,"
         " month, party, country, tag, package)"),
        (["--by", "sector,stage,flow"], "--by: 3 groupings are too many; write one or two, as in --by sector,stage"),
        (["--by", "flow,flow"], "--by: flow stands twice; name two different groupings"),
        (["--columns", "labell"], "unknown column 'labell' (did you mean 'label'?)"),
        (["--sector", "helth"], "unknown sector 'helth' (did you mean 'health'?)"),
        (["--min", "1,5bn"], "--min: '1,5bn' is not in the form of a value; write '1.5bn'"),
    ],
)  # fmt: skip
def test_what_cant_be_meant_is_a_usage_error(kzus: Kzus, arguments: list[str], complaint: str) -> None:
    done = kzus("sum", *arguments)

    assert (done.code, done.out, done.err) == (2, "", f"kzus: {complaint}\n")


@pytest.mark.parametrize("width", range(28, 160, 11))
def test_no_width_breaks_a_number(kzus: Kzus, width: int) -> None:
    done = kzus("sum", "--columns", "label,total_usd,share", width=width)

    rows = [line.split()[:3] for line in done.out.splitlines()[:5]]  # without the bar of the share
    assert rows == [
        ["LABEL", "TOTAL", "SHARE"],
        ["Transport", "4.6bn", "90%"],
        ["Energy", "500m", "10%"],
        ["Health", "–", "–"],
        ["total", "5.1bn", "100%"],
    ]


def test_a_drawn_share_is_a_whole_percentage(kzus: Kzus) -> None:
    done = kzus("sum", "--by", "instrument", "--columns", "label,share", width=30)

    assert [re.findall(r"\d+%|–", line)[0] for line in done.out.splitlines()[1:6]] == ["–", "0%", "0%", "18%", "82%"]


def test_the_shipped_facts_add_the_locomotives_once_and_no_loan(kzus: Kzus) -> None:
    found = json.loads(kzus("sum", "--tag", "rail", "--since", "2025-09", "-f", "json", facts=None).out)

    assert found["total"]["trade_usd"] == 4_200_000_000
    assert found["total"]["financing_pledge_usd"] > 0


EXPLAINED = """\
transport	locomotives	300 locomotives	trade	implementation	4200000000	4200000000\t
transport	loan	Loan for locomotives	financing	pledge	1600000000	1600000000	lent, in no total
transport	grid-west	The western part of the grid	trade	implementation	400000000	400000000\t
transport	locomotive-letter	Letter on locomotives	trade	pledge	3000000000	0	superseded by locomotives
energy	grid	Renewal of the grid	trade	commitment	900000000	500000000	remainder after its parts
energy	plant	A plant that was given up	investment	cancelled	250000000	0	cancelled
energy	tenge-bond	A bond in tenge	trade	commitment		0	stated in KZT
"""


def test_explain_lists_every_deal_with_what_it_states_and_adds_and_why(kzus: Kzus) -> None:
    done = kzus("sum", "--explain", "--sector", "transport", "--sector", "energy")

    assert (done.code, done.out) == (0, EXPLAINED)


@pytest.mark.parametrize("columns", [[], ["-c", "group,id,reason"]])
def test_the_deals_of_a_sum_in_a_pipe_are_sorted_as_asked(kzus: Kzus, columns: list[str]) -> None:
    asked = ("sum", "--explain", *columns, "--sort=-id", "-n", "3")
    ids = ["tenge-bond", "plant", "locomotives"]

    assert [line.split("\t")[1] for line in kzus(*asked).out.splitlines()] == ids
    assert [line.split(",")[1] for line in kzus(*asked, "-f", "csv").out.splitlines()] == ["id", *ids]
    assert [json.loads(line)["id"] for line in kzus(*asked, "-f", "jsonl").out.splitlines()] == ids


def test_the_order_of_groups_is_not_that_of_the_deals_below_them(kzus: Kzus) -> None:
    usual, other = (kzus("sum", "--explain", *sort, "-f", "markdown").out for sort in ([], ["--sort", "-label"]))

    assert usual != other
    assert usual.partition("| Group")[2] == other.partition("| Group")[2] != ""


def test_groups_are_sorted_by_name_as_in_a_telephone_book(kzus: Kzus, own: Callable[..., Path]) -> None:
    facts = own(**{f"d{at}": f"worth: {at}m USD; sector: s{at}" for at in range(1, 5)})
    labels = ("{label: Zinc}", "{label: aviation}", "{label: Épices}", "{label: Farming}")
    sectors = ", ".join(f"s{at}: {label}" for at, label in enumerate(labels, 1))
    facts.write_text(facts.read_text("utf-8").replace("trade: {label: Trade}", sectors), "utf-8")

    up, down = (kzus("sum", "--sort", sort, "-c", "label", facts=facts).out.split() for sort in ("label", "-label"))
    assert up == ["aviation", "Épices", "Farming", "Zinc"] == down[::-1]
    first = [line.split()[0] for line in kzus("sum", "--sort", "label", width=100, facts=facts).out.splitlines()]
    assert first[1:5] == up


def test_explain_adds_the_deals_to_the_document(kzus: Kzus) -> None:
    plain, explained = (json.loads(kzus("sum", "-f", "json", *more).out) for more in ([], ["--explain"]))

    assert explained.pop("deals")[0] == {
        "group": "transport",
        "id": "locomotives",
        "title": "300 locomotives",
        "flow": "trade",
        "stage": "implementation",
        "amount_usd": 4_200_000_000,
        "counted_usd": 4_200_000_000,
        "reason": None,
    }
    assert explained == plain


def test_explain_shows_a_terminal_the_groups_and_then_the_deals(kzus: Kzus) -> None:
    lines = kzus("sum", "--explain", "--sector", "health", width=100).out.splitlines()

    assert [line.split()[0] for line in lines if line] == [
        "SECTOR", "Health", "All", "1", "TITLE", "Health", "A", "Left",
    ]  # fmt: skip


def test_explain_is_a_line_a_deal_or_two_where_it_is_narrow(kzus: Kzus) -> None:
    narrow, wide = (kzus("sum", "--explain", width=width).out.splitlines() for width in (60, 100))

    assert narrow[7:13] == [
        "TITLE                            STATED  STAGE",
        "REASON                          COUNTED  FLOW",
        "Transport ─────────────────────────────────────────",
        "300 locomotives                   4.2bn  under way",
        "                                  4.2bn  trade",
        "Loan for locomotives              1.6bn  pledge",
    ]
    assert [wide[7], *wide[9:11]] == [
        "TITLE                            STATED  COUNTED  FLOW      STAGE       REASON",
        "300 locomotives                   4.2bn    4.2bn  trade     under way",
        "Loan for locomotives              1.6bn    1.6bn  lent      pledge      lent, in no total",
    ]


def test_a_filter_that_cuts_a_part_from_its_umbrella_counts_nothing_twice(kzus: Kzus) -> None:
    days = ["--since", "2025-11", "--until", "2025"]
    asked = (["--party", "samruk", *days], ["--sector", "energy", *days], ["--sector", "transport", *days])
    whole, umbrella, part = (json.loads(kzus("sum", "-f", "json", *each).out)["total"]["total_usd"] for each in asked)
    assert (whole, umbrella, part) == (900_000_000, 500_000_000, 400_000_000)


def test_a_long_list_of_what_is_left_out_is_cut_short(kzus: Kzus, tmp_path: Path) -> None:
    deal = (
        "{title: T, instrument: memorandum, flow: trade, stage: pledge, date: 2025, date_kind: signed, sector: health,"
        " parties: [samruk], sources: [leaflet]}"
    )
    path = tmp_path / "many.yaml"
    facts = Path(__file__).parent.with_name("facts.yaml").read_text("utf-8")
    path.write_text(facts.replace("deals:\n", "deals:\n" + "".join(f"  x{at}: {deal}\n" for at in range(7))), "utf-8")

    assert "Left out, no published value (8): clinic, x0, x1, x2, x3, x4 and 2 more.\n" in (
        kzus("sum", "--explain", facts=path).err
    )


PARTS = """\
TITLE                            STATED  COUNTED  FLOW      STAGE       REASON
Transport ───────────────────────────────────────────────────────────────────────────────────────
300 locomotives                   4.2bn    4.2bn  trade     under way
Loan for locomotives              1.6bn    1.6bn  lent      pledge      lent, in no total
The western part of the grid      ≤400m    400m   trade     under way
Letter on locomotives               3bn      0    trade     pledge      superseded by locomotives
Energy ──────────────────────────────────────────────────────────────────────────────────────────
Renewal of the grid           0.9–1.5bn    500m   trade     commitment  remainder after its parts
A plant that was given up          250m      0    invested  cancelled   cancelled
A bond in tenge               100bn KZT      0    trade     commitment  stated in KZT
Health ──────────────────────────────────────────────────────────────────────────────────────────
A clinic                              –      –              pledge      no published value
"""


def test_explain_has_the_signs_and_words_of_a_screen(kzus: Kzus) -> None:
    screen = "".join(f"{line.rstrip()}\n" for line in kzus("sum", "--explain", width=100).out.splitlines())

    assert PARTS in screen


def test_explain_marks_list_prices(kzus: Kzus) -> None:
    lines = kzus("sum", "--explain", width=100, facts=FACTS.with_name("brief.yaml")).out.splitlines()

    assert next(line for line in lines if line.startswith("Aircraft  ")).split()[1:5] == [
        "7bn*",
        "7bn",
        "bought",
        "pledge",
    ]
    assert "* list price, before discounts" in [line.rstrip() for line in lines]


def test_directions_are_told_in_words(kzus: Kzus) -> None:
    facts = FACTS.with_name("brief.yaml")
    lines = kzus("sum", "--by", "direction", width=100, facts=facts).out.splitlines()

    assert [line.partition("  ")[0] for line in lines[1:4]] == [
        "Kazakhstan pays",
        "other, not told",
        "Americans pay",
    ]
    groups = json.loads(kzus("sum", "--by", "direction", "-f", "json", facts=FACTS.with_name("brief.yaml")).out)[
        "groups"
    ]
    assert [group["label"] for group in groups][::2] == ["KZ-US", "US-KZ"]


def test_money_in_other_currencies_only_is_named(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    text = FACTS.read_text("utf-8")
    two = text.replace("250m USD", "5m EUR")
    three = two.replace("value: 3bn USD", "value: up to 3bn EUR")

    told = [kzus("sum", width=80, facts=fact_file(each)).out.splitlines() for each in (text, two, three)]
    assert [next(line.rstrip() for line in lines if "KZT" in line) for lines in told] == [
        "In no total: lent 1.6bn pledged; 1 deal states 100bn KZT.",
        "In no total: lent 1.6bn pledged; 2 deals state 100bn KZT and 5m EUR.",
        "In no total: lent 1.6bn pledged; 3 deals state money in KZT, EUR.",
    ]
    alone = kzus("sum", "--sector", "energy", width=80, facts=fact_file(text)).out
    assert "In no total: 1 deal states 100bn KZT; 250m of 1 cancelled deal." in alone


def test_a_total_of_which_nothing_is_known_is_unknown_and_not_blank(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    untold = fact_file(FIXTURE.read_text("utf-8").replace("flow: cooperation", "flow: grant"))
    drawn = kzus("sum", "--sector", "health", width=80, facts=untold).out.splitlines()

    assert [line.split() for line in drawn[:3]] == [
        ["SECTOR", "GIVEN", "│", "PLEDGED", "VALUED"],
        ["Health", "–", "│", "–", "0/1"],
        ["All", "sectors", "–", "│", "–", "0/1"],
    ]
