from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

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
CREDIT = "aircraft-finance\tdeal\tCredit for the aircraft\tvalue\tUSD\t\t1.06\tsame\t"
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
        f"{CREDIT}900m EUR\t1060000000\t1060000000\t\t{WIRE}\t\t",
        f"{CREDIT}1bn USD\t1000000000\t1000000000\t\t{MINISTRY}\t\t",
        # like with like, since one source tells the two statistics apart
        f"{TRADE}3.4bn\t3400000000\t3400000000\tU.S. statistics\t{WIRE}\t\t",
        f"{TRADE}3.3bn\t3300000000\t3300000000\tU.S. statistics\t{STATE}\t\t",
    )
)


def whats(kzus: Kzus, *arguments: str) -> list[str]:
    """Return the subject of each conflict and what it is about, in order."""
    done = kzus("conflicts", *arguments, "-f", "json", facts=FACTS)
    assert done.code == 0
    return [f"{each['id']} {each['what']}" for each in json.loads(done.out)]


def test_a_pipe_gets_a_line_a_claim_the_widest_apart_first(kzus: Kzus) -> None:
    done = kzus("conflicts", facts=FACTS)

    assert (done.code, done.out, done.err) == (0, EVERYTHING, "")


def test_tsv_and_csv_by_name_start_with_the_columns(kzus: Kzus) -> None:
    assert kzus("conflicts", "-f", "tsv", facts=FACTS).out == "\t".join(COLUMNS) + "\n" + EVERYTHING
    assert kzus("conflicts", "-f", "csv", facts=FACTS).out.splitlines()[0] == ",".join(COLUMNS)


SCREENS = {
    60: """\
APART  TITLE, ABOUT
       WHO SAYS WHAT
2.00×  Harvesters · value · different basis
       3–5bn (State Department) ≠ 2.5bn (Foreign Ministry)…
1.28×  Agreements of the visit to Washington · value · diff…
       11.5bn (Wire) ≠ 9bn (State Department)
1.20×  Aircraft · count of Jet-787 aircraft
       18 (State Department) ≠ 15 (Wire)
3 of 5 conflicts · package washington-2025 · since
2025-11-06
the claims: kzus show ID, or words of the title
""",
    100: """\
APART  TITLE                       WHO SAYS WHAT                             ABOUT
2.00×  Harvesters                  3–5bn (State Department) ≠ 2.5bn (Forei…  value · different basis
1.28×  Agreements of the visit t…  11.5bn (Wire) ≠ 9bn (State Department)    value · different basis
1.20×  Aircraft                    18 (State Department) ≠ 15 (Wire)         count of Jet-787 aircr…
3 of 5 conflicts · package washington-2025 · since 2025-11-06
the claims: kzus show ID, or words of the title
""",
}


@pytest.mark.parametrize("width", SCREENS)
def test_a_terminal_has_two_lines_a_conflict_and_one_from_100_columns_on(kzus: Kzus, width: int) -> None:
    asked = ("--package", "washington-2025", "--since", "2025-11-06", "--limit", "3")
    done = kzus("conflicts", *asked, width=width, facts=FACTS)

    assert (done.code, "".join(f"{line.rstrip()}\n" for line in done.out.splitlines()), done.err) == (
        0,
        SCREENS[width],
        "",
    )


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
    assert kzus("conflicts", "--limit", "2", width=80, facts=FACTS).out.splitlines()[-2] == "2 of 11 conflicts"


def test_sorting_by_a_column_of_claims_sorts_within_each_conflict(kzus: Kzus) -> None:
    rows = kzus("conflicts", "visit", "--sort", "published", "-c", "what,published", facts=FACTS).out

    assert rows == "value\t2025-11-07\nvalue\t2025-12\ncount\t2025-11-07\ncount\t2025-12\n"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("visit --package washington-2025 --sort value", ["9bn USD", "11.5bn USD"]),
        ("harvesters --sort value", ["2.5bn USD", "3–5bn USD", "4bn USD"]),
        ("harvesters --sort=-value", ["4bn USD", "3–5bn USD", "2.5bn USD"]),
        # by dollars, in which they are compared
        ("aircraft-finance --sort value", ["1bn USD", "900m EUR"]),
        ("growth --until 2023 --sort value", ["10.5", "12"]),
        ("turbines --sort value", ["0", "12"]),
    ],
)
def test_claims_are_sorted_by_amount(kzus: Kzus, asked: str, expected: list[str]) -> None:
    done = kzus("conflicts", *asked.split(), "-n", "1", "-c", "value", facts=FACTS)

    assert done.out.splitlines() == expected


def test_names_in_conflicts_are_sorted_as_in_a_telephone_book(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    head = HEAD.replace("publisher: B,", "publisher: álpha,").replace("publisher: C,", "publisher: ZETA,")
    said = values(*(claim(f"{at}bn", source) for at, source in enumerate(("a1", "b", "c"), 1)))
    facts = fact_file(head + deal("x", said) + deal("Y", said).replace("  Y:", "  y:") + deal("z", said))

    assert kzus("conflicts", "-n", "1", "--sort", "publisher", "-c", "publisher", facts=facts).out.split() == [
        "A",
        "álpha",
        "ZETA",
    ]
    titles = kzus("conflicts", "--sort=-title", "-c", "title", facts=facts).out.split()
    assert list(dict.fromkeys(titles)) == ["Z", "Y", "X"]


def test_sorting_by_a_column_of_conflicts_sorts_them_with_the_unknown_last(kzus: Kzus) -> None:
    lines = kzus("conflicts", "--sort", "ratio", "-c", "id,ratio", facts=FACTS).out.splitlines()

    assert list(dict.fromkeys(lines))[:3] == ["washington-2025\t1.03", "trade-volume\t1.03", "aircraft-finance\t1.06"]
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
    assert (
        done.err
        == f"kzus: --min-ratio: {ratio} is no ratio of the largest to the smallest; write 1 or more, as in 1.5\n"
    )


def test_nothing_found_is_said_to_the_person_who_watches(kzus: Kzus) -> None:
    done = kzus("conflicts", "tractors", "--min-ratio", "2", width=80, facts=FACTS)

    assert (done.code, done.out, done.err) == (0, "", "no conflicts · text tractors · min-ratio 2\n")
    done = kzus("conflicts", "tractors", "-f", "json", facts=FACTS)
    assert (done.out, done.err) == ("[]\n", "no conflicts · text tractors\n")
    assert kzus("conflicts", "--limit", "0", facts=FACTS).err == ""


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


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("200m", ["part\tshare\t\t200m USD\t", "part\tshare\t\t0–5bn USD\t"]),
        # as much as nothing is nothing
        ("0–5bn", []),
    ],
)
def test_a_part_of_an_umbrella_that_states_0_has_a_share_without_a_ratio(
    asked: Callable[..., list[str]], part: str, expected: list[str]
) -> None:
    whole = deal("whole", values(claim("0–5bn", "a1")))

    assert asked(whole, deal("part", f"part_of: whole, {values(claim(part, 'b'))}")) == expected


def test_a_loan_for_what_states_0_is_apart_without_bound(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    order, loan = values(claim("0–5bn", "a1")), f"finances: order, {values(claim('1bn', 'b'))}"
    facts = fact_file(HEAD + deal("order", order) + deal("loan", loan, *LOAN))

    assert "∞  Order  1bn (B) > 0–5bn (A)  lent more than it pays for" in kzus("conflicts", width=100, facts=facts).out
    found = json.loads(kzus("conflicts", "--min-ratio", "1000", "-f", "json", facts=facts).out)
    assert [(each["id"], each["ratio"]) for each in found] == [("order", None)]


def test_a_part_as_large_as_its_umbrella_is_a_conflict_over_the_share(kzus: Kzus) -> None:
    lines = kzus("conflicts", "--party", "joby", "-c", "id,what,unit,ratio,value,source", facts=None).out.splitlines()

    assert [line for line in lines if "\tshare\t" in line] == [
        "joby-memorandum\tshare\tUSD of electric-aviation-2025\t1.0\tabout 300m USD\tinform-cn-joby-2025-11-07",
        "joby-memorandum\tshare\tUSD of electric-aviation-2025\t1.0\tabout 300m USD\tfergana-2025-11",
    ]


HEAD = """\
format: 2
title: Deals of a test
as_of: 2026-06-30
sectors: {rail: {label: Rail}}
sources:
  a1: {title: A1, publisher: A, kind: news, published: 2025-01-10}
  a2: {title: A2, publisher: A, kind: news, published: 2025-02-10}
  b: {title: B, publisher: B, kind: news, published: 2025-01-10}
  c: {title: C, publisher: C, kind: news, published: 2025-01-10}
parties:
  ktz: {name: KTZ, country: KZ, kind: company}
  bank: {name: Bank, country: US, kind: company}
deals:
"""
DEAL = (
    "  {}:\n    {{title: {}, instrument: contract, date: 2025-01-05, date_kind: signed, sector: rail,"
    " parties: [ktz, bank], {}}}\n"
)


def deal(name: str, rest: str, flow: str = "trade", stage: str = "pledge") -> str:
    return DEAL.format(name, name.title(), f"flow: {flow}, stage: {stage}, {rest}")


def claim(value: str, source: str, rest: str = "measure: price") -> str:
    return f"{{value: {value} USD, source: {source}, {rest}}}"


def values(*claims: str) -> str:
    return f"values: [{', '.join(claims)}]"


@pytest.fixture
def asked(kzus: Kzus, fact_file: Callable[[str], Path]) -> Callable[..., list[str]]:
    """Ask for the conflicts of deals, a line a claim."""

    def run(*deals: str) -> list[str]:
        done = kzus("conflicts", "-c", "id,what,ratio,value,of", facts=fact_file(HEAD + "".join(deals)))
        assert (done.code, done.err) == (0, "" if done.out else "no conflicts\n")
        return done.out.splitlines()

    return run


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([claim("4bn", "a1"), claim("5bn", "b")], ["x\tvalue\t1.25\t5bn USD\t", "x\tvalue\t1.25\t4bn USD\t"]),
        ([claim("about 4bn", "a1"), claim("4.2bn", "b")], []),
        ([claim("4bn", "a1"), claim("5bn", "b", "measure: list price, counts: false")], []),
        ([claim("4bn", "a1"), claim("1bn", "b", "measure: price, of: rails, counts: false")], []),
        ([claim("4bn", "a1"), claim("5bn", "b", "measure: price, rank: deprecated, because: a slip")], []),
        ([claim("4bn", "a1"), claim("5bn", "b", "measure: list price")], []),
        # two who don't count are compared if they are of the same part
        (
            [
                claim("4bn", "a1"),
                claim("1bn", "b", "measure: price, of: rails, counts: false"),
                claim("2bn", "c", "measure: price, of: Rails, counts: false"),
            ],
            ["x\tvalue\t2.0\t2bn USD\tRails", "x\tvalue\t2.0\t1bn USD\trails"],
        ),
        (
            [
                claim("4bn", "a1"),
                claim("1bn", "b", "measure: price, counts: false"),
                claim("2bn", "c", "measure: price, counts: false"),
            ],
            [],
        ),
        # the same number of another measure, and of another thing
        (
            [claim("4bn", "a1"), claim("4bn", "b", "measure: list price, of: trains, counts: false")],
            [
                "x\tsame figure, different thing\t1.0\t4bn USD\tprice",
                "x\tsame figure, different thing\t1.0\t4bn USD\tlist price: trains",
            ],
        ),
        (
            [
                claim("4bn", "a1", "measure: price, of: 300 trains"),
                claim("about 4bn", "b", "measure: price, of: rails"),
            ],
            [
                "x\tsame figure, different thing\t1.0\t4bn USD\t300 trains",
                "x\tsame figure, different thing\t1.0\tabout 4bn USD\trails",
            ],
        ),
        # a revision is none, and what was revised contradicts nobody
        ([claim("4bn", "a1"), claim("5bn", "a2")], []),
        ([claim("4bn", "a1"), claim("5bn", "a2"), claim("5bn", "b")], []),
        ([claim("less than 4bn", "a1"), claim("1bn", "b")], []),
    ],
)
def test_values_that_conflict(asked: Callable[..., list[str]], claims: list[str], expected: list[str]) -> None:
    assert asked(deal("x", values(*claims))) == expected


def test_show_has_what_a_publisher_revised_the_oldest_first(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    facts = fact_file(HEAD + deal("x", values(claim("5bn", "a2"), claim("4bn", "a1"))))
    lines = kzus("show", "x", facts=facts).out.splitlines()
    (record,) = json.loads(kzus("show", "x", "-f", "json", facts=facts).out)

    assert [line for line in lines if "\tconflicts\t" in line] == [
        "x\tconflicts\t4bn USD → 5bn USD\trevision: USD · 1.25×\t\t\t"
    ]
    assert [(each["what"], each["ratio"]) for each in record["conflicts"]] == [("revision", 1.25)]
    assert kzus("conflicts", "-f", "json", facts=facts).out == "[]\n"


LOAN = ("financing", "pledge")


@pytest.mark.parametrize(
    ("deals", "expected"),
    [
        # a loan of 9bn for an order of 1m: 9,000 times as much
        (
            [
                deal("order", values(claim("1m", "a1"))),
                deal("loan", f"finances: order, {values(claim('9bn', 'b'))}", *LOAN),
            ],
            [
                "order\tlent more than it pays for\t9000.0\t9bn USD\tloan",
                "order\tlent more than it pays for\t9000.0\t1m USD\torder",
            ],
        ),
        # a range from 0 states 0, to which no ratio leads
        (
            [
                deal("order", values(claim("0–5bn", "a1"))),
                deal("loan", f"finances: order, {values(claim('1bn', 'b'))}", *LOAN),
            ],
            [
                "order\tlent more than it pays for\t\t1bn USD\tloan",
                "order\tlent more than it pays for\t\t0–5bn USD\torder",
            ],
        ),
        # two loans of 600m for 1bn
        (
            [
                deal("order", values(claim("1bn", "a1"))),
                *(deal(loan, f"finances: order, {values(claim('600m', 'b'))}", *LOAN) for loan in ("one", "two")),
            ],
            [
                "order\tlent more than it pays for\t1.2\t600m USD\tone",
                "order\tlent more than it pays for\t1.2\t600m USD\ttwo",
                "order\tlent more than it pays for\t1.2\t1bn USD\torder",
            ],
        ),
        # two of 500m for 1bn pay for all of it, and for no more
        (
            [
                deal("order", values(claim("1bn", "a1"))),
                *(deal(loan, f"finances: order, {values(claim('500m', 'b'))}", *LOAN) for loan in ("one", "two")),
            ],
            [],
        ),
        # the second is a part of the first, took its place, is given up, or is no loan
        *(
            (
                [
                    deal("order", values(claim("1bn", "a1"))),
                    deal("one", f"finances: order, {values(claim('600m', 'b'))}", *LOAN),
                    deal("two", f"finances: order, {values(claim('600m', 'b'))}{rest}", flow, stage),
                ],
                [],
            )
            for rest, flow, stage in (
                (", part_of: one", "financing", "pledge"),
                (", supersedes: one", "financing", "pledge"),
                ("", "financing", "lapsed"),
                ("", "grant", "pledge"),
            )
        ),
        # 2bn for orders of 1bn and 1.5bn are enough; for one of 1bn and one that states nothing that isn't known
        *(
            (
                [
                    deal("one", values(claim("1bn", "a1"))),
                    deal("two", rest),
                    deal("loan", f"finances: [one, two], {values(claim('2bn', 'b'))}", *LOAN),
                ],
                expected,
            )
            for rest, expected in (
                (values(claim("1.5bn", "a1")), []),
                ("sources: [a1]", []),
                # of 2bn at most 0.5bn are for the other one
                (
                    values(claim("500m", "a1")),
                    [
                        "one\tlent more than it pays for\t1.5\t2bn USD\tloan",
                        "one\tlent more than it pays for\t1.5\t1bn USD\tone",
                        "two\tlent more than it pays for\t2.0\t2bn USD\tloan",
                        "two\tlent more than it pays for\t2.0\t500m USD\ttwo",
                    ],
                ),
            )
        ),
    ],
)
def test_loans_above_what_they_pay_for(asked: Callable[..., list[str]], deals: list[str], expected: list[str]) -> None:
    assert sorted(asked(*deals)) == sorted(expected)


@pytest.mark.parametrize(("least", "is_told"), [("1.19", True), ("1.2", True), ("1.21", False)])
def test_loans_are_chosen_by_how_much_more_is_lent(
    kzus: Kzus, fact_file: Callable[[str], Path], least: str, *, is_told: bool
) -> None:
    loans = (deal(loan, f"finances: order, {values(claim('600m', 'b'))}", *LOAN) for loan in ("one", "two"))
    facts = fact_file("".join((HEAD, deal("order", values(claim("1bn", "a1"))), *loans)))

    assert bool(json.loads(kzus("conflicts", "--min-ratio", least, "-f", "json", facts=facts).out)) == is_told


@pytest.mark.parametrize(("least", "is_told"), [("1", True), ("1.004", True), ("1.005", False)])
def test_figures_are_chosen_by_their_exact_ratio_and_not_by_the_one_that_is_shown(
    kzus: Kzus, fact_file: Callable[[str], Path], least: str, *, is_told: bool
) -> None:
    # 1006 by 1001 is 1.00499, which is shown as 1.0
    facts = fact_file(HEAD + deal("x", values(claim("1001m", "b"), claim("1006m", "c"))))

    assert bool(json.loads(kzus("conflicts", "--min-ratio", least, "-f", "json", facts=facts).out)) == is_told


UPDATE = "{{date: {}, text: {}, source: {}, stage: {}}}"


@pytest.mark.parametrize(
    ("updates", "expected"),
    [
        (
            [("2025-01-08", "Begun.", "b", "implementation"), ("2025-01-08", "Off.", "c", "cancelled")],
            ["x\tstage\t\timplementation\tBegun.", "x\tstage\t\tcancelled\tOff."],
        ),
        ([("2025-01-08", "Begun.", "b", "implementation"), ("2025-01-09", "Off.", "c", "cancelled")], []),
        ([("2025-01-08", "Begun.", "b", "implementation"), ("2025-01-08", "Begun.", "c", "implementation")], []),
        # against the stage_source, on the deal's own day
        (
            [("2025-01-05", "A letter only.", "c", "pledge")],
            ["x\tstage\t\tcommitment\t", "x\tstage\t\tpledge\tA letter only."],
        ),
        ([("2025-01-06", "A letter only.", "c", "pledge")], []),
        ([("2025-01-08", "Begun.", "a1", "implementation"), ("2025-01-08", "Off.", "a2", "cancelled")], []),
    ],
)
def test_stages_of_one_day(
    asked: Callable[..., list[str]], updates: list[tuple[str, str, str, str]], expected: list[str]
) -> None:
    told = ", ".join(UPDATE.format(*each) for each in updates)

    assert asked(deal("x", f"stage_source: b, updates: [{told}]", stage="commitment")) == expected


def test_a_stage_in_dispute_has_no_ratio(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    told = ", ".join(
        UPDATE.format("2025-01-08", "T", source, stage) for source, stage in (("b", "completion"), ("c", "lapsed"))
    )
    facts = fact_file(HEAD + deal("x", f"updates: [{told}]"))

    assert kzus("conflicts", "--min-ratio", "1", "-f", "json", facts=facts).out == "[]\n"
    assert kzus("conflicts", width=80, facts=facts).out.splitlines()[2:4] == [
        "X · stage on 2025-01-08",
        "done (B) ≠ lapsed (C)",
    ]
    assert len(json.loads(kzus("conflicts", "--since", "2025-01-08", "-f", "json", facts=facts).out)) == 1
    assert kzus("conflicts", "--since", "2025-01-09", "-f", "json", facts=facts).out == "[]\n"


@pytest.mark.parametrize(
    ("unit", "one", "other", "is_conflict"),
    [
        ("USD", "4.2bn", "4.17bn", False),
        ("USD", "4200000000", "4170000000", False),  # in full, but of money all the same
        ('"%"', "13.5", "13", False),
        ("rank", "61", "60", True),
        ("companies", "about 60", "61", True),
        ("tonnes", "1.2m", "1.23m", False),
        ("USD", "4.2bn", "4.3bn", True),
    ],
)
def test_readings_of_things_are_exact(
    kzus: Kzus, fact_file: Callable[[str], Path], *, unit: str, one: str, other: str, is_conflict: bool
) -> None:
    readings = ", ".join(f"{{period: 2024, value: {v}, source: {by}}}" for v, by in ((one, "b"), (other, "c")))
    text = HEAD.replace("deals:\n", f"indicators:\n  y: {{title: Y, unit: {unit}, observations: [{readings}]}}\n")

    assert bool(json.loads(kzus("conflicts", "-f", "json", facts=fact_file(text)).out)) == is_conflict


def test_show_sets_loans_against_what_they_pay_for(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    loans = (deal(loan, f"finances: order, {values(claim('600m', 'b'))}", *LOAN) for loan in ("one", "two"))
    facts = fact_file("".join((HEAD, deal("order", values(claim("1bn", "a1"))), *loans)))

    assert [line for line in kzus("show", "order", facts=facts).out.splitlines() if "\tconflicts\t" in line] == [
        "order\tconflicts\t600m USD + 600m USD > 1bn USD\tlent more than it pays for · 1.20×\t\t\t"
    ]


def test_show_says_which_claims_are_deprecated_or_of_a_part(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    slip = "measure: price, rank: deprecated, because: a slip, via: C"
    part = "measure: price, of: rails, counts: false, note: N"
    facts = fact_file(HEAD + deal("x", values(claim("4bn", "a1"), claim("4tn", "b", slip), claim("1bn", "c", part))))
    lines = kzus("show", "x", facts=facts).out.splitlines()

    assert [line for line in lines if "\tvalues\t" in line] == [
        "x\tvalues\t4bn USD\t\ta1\t2025-01-10\tmeasure: price",
        "x\tvalues\t4tn USD\t\tb\t2025-01-10\tmeasure: price; deprecated: a slip; via C",
        "x\tvalues\t1bn USD\trails\tc\t2025-01-10\tmeasure: price; counts: false; N",
    ]
    page = kzus("show", "x", width=140, facts=facts).out
    assert "deprecated: a slip" in page
    assert "not of the deal as a whole, not counted; N" in page
    assert "counts: false" not in page


@pytest.mark.parametrize(
    ("sources", "told"),
    [("a1", "4bn (A)"), ("a1 a2", "4bn (A)"), ("a1 b", "4bn (A +1)"), ("a1 b d", "4bn (A +2)")],
)
def test_of_many_who_say_the_same_the_first_is_named_and_the_others_are_counted(
    kzus: Kzus, fact_file: Callable[[str], Path], sources: str, told: str
) -> None:
    d = "  d: {title: D, publisher: D, kind: news, published: 2025-01-10}\nparties:\n"
    said = values(*(claim("4bn", source) for source in sources.split()), claim("6bn", "c"))
    facts = fact_file(HEAD.replace("parties:\n", d) + deal("x", said))

    assert f"6bn (C) ≠ {told} " in kzus("conflicts", width=100, facts=facts).out


LENDING = (("one", "about 600m"), ("two", "600m"))
ALIKE = """\
APART  TITLE  WHO SAYS WHAT                   ABOUT
Sources disagree, the widest apart first ───────────────────────────────
1.50×  X      6bn (C) ≠ 4bn (A)               value
Figures of different deals that don't fit together ─────────────────────
1.20×  Order  ~600m (B) + 600m (B) > 1bn (A)  lent more than it pays for

TITLE  WHO SAYS WHAT
Same figure, different thing ────────────────
X      4bn: price (A); list price: trains (B)
1 conflict; deals that don't fit together 1 time; one figure for different things 1 time
the claims: kzus show ID, or words of the title
"""


def test_what_is_no_disagreement_stands_in_a_group_of_its_own_at_the_end(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    trains = "measure: list price, of: trains, counts: false"
    loans = (deal(loan, f"finances: order, {values(claim(sum_, 'b'))}", *LOAN) for loan, sum_ in LENDING)
    x = deal("x", values(claim("4bn", "a1"), claim("4bn", "b", trains), claim("6bn", "c")))
    facts = fact_file("".join((HEAD, x, deal("order", values(claim("1bn", "a1"))), *loans)))
    screen = kzus("conflicts", width=100, facts=facts).out

    assert "".join(f"{line.rstrip()}\n" for line in screen.splitlines()) == ALIKE
    page = kzus("show", "x", width=100, facts=facts).out
    assert page.index("6bn (C) ≠ 4bn (A)") < page.index("same figure, different thing")


def test_figures_that_differ_by_a_word_alone_have_no_sign_between(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    facts = fact_file(HEAD + deal("x", values(claim("6bn", "a1"), claim("4bn", "b"), claim("about 4bn", "c"))))

    assert "  6bn (A) ≠ 4bn (B), ~4bn (C)  " in kzus("conflicts", width=100, facts=facts).out


OUTPUT = """\
indicators:
  output: {title: Output, unit: tonnes, observations: [
    {period: 2024, value: about 21300, source: a1}, {period: 2024, value: 21200, source: b}]}
  price: {title: Price, unit: USD, observations: [
    {period: 2024, value: 10.123456, source: a1}, {period: 2024, value: 12000, source: b}]}
"""


def test_people_read_counts_with_thousands(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    doses = "quantities: [{count: more than 4200000, unit: doses, source: a1}, {count: 1500, unit: doses, source: b}]"
    facts = fact_file(HEAD.replace("deals:", f"{OUTPUT}deals:") + deal("x", f"{values(claim('4bn', 'a1'))}, {doses}"))
    screen = kzus("conflicts", width=140, facts=facts).out

    assert "  ≥4,200,000 (A) ≠ 1500 (B)  " in screen
    assert "  ~21,300 (A) ≠ 21,200 (B)  " in screen
    assert "  12,000 (B) ≠ 10.123456 (A)  " in screen
    assert " more than 4,200,000  doses" in kzus("show", "x", width=100, facts=facts).out
    assert " about 21,300  tonnes" in kzus("indicators", width=100, facts=facts).out
    assert " about 21,300  ██" in kzus("indicators", "output", "--chart", width=100, facts=facts).out
    assert "| about 21,300 |" in kzus("conflicts", "-f", "markdown", facts=facts).out
    assert "\tmore than 4200000\t" in kzus("conflicts", facts=facts).out


def test_figures_that_differ_by_less_than_a_hundredth_do_not_look_alike(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    facts = fact_file(HEAD + "".join((
        deal("a", f"{values(claim('23.8bn', 'a1'), claim('23.7bn', 'b'))}"),
        deal("whole", values(claim("300m", "a1"))),
        deal("part", f"part_of: whole, {values(claim('300m', 'b'))}"),
    )))  # fmt: skip
    lines = kzus("conflicts", width=100, facts=facts).out.splitlines()

    assert [line[:6] for line in lines if "×" in line] == ["<1.01×", " 1.00×"]


LENT_TOO_MUCH = deal("loan", f"finances: x, {values(claim('9bn', 'b', 'measure: principal'))}", flow="financing")


def test_what_does_not_fit_together_is_no_disagreement_and_counted_apart(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    figures = values(claim("6bn", "a1"), claim("4bn", "b"), claim("6bn", "c", "measure: list price, counts: false"))
    facts = fact_file(HEAD + deal("x", figures) + LENT_TOO_MUCH)
    lines = kzus("conflicts", width=140, facts=facts).out.splitlines()

    assert [line.split(" ──")[0] for line in lines if " ──" in line] == [
        "Sources disagree, the widest apart first",
        "Figures of different deals that don't fit together",
        "Same figure, different thing",
    ]
    assert lines[4].startswith("1.50×  X")
    assert "lent more than it pays for" in lines[4]
    assert lines[-2] == ("1 conflict; deals that don't fit together 1 time; one figure for different things 1 time")
    assert kzus("conflicts", "-n", "1", width=140, facts=facts).out.splitlines()[-2] == "1 conflict"
    assert "1 conflict; deals that" in kzus("conflicts", "-f", "md", facts=facts).out


def test_one_figure_for_different_things_has_the_room_of_what_it_lacks(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    parts = ("the order with all its parts", "an order with none of its part")
    claims = (
        claim("6bn", "a1", f"measure: price, of: {parts[0]}"),
        claim("6bn", "b", f"measure: price, of: {parts[1]}"),
    )
    facts = fact_file(HEAD + deal("x", values(*claims)).replace("title: X", f"title: {'Y' * 40}"))
    lines = kzus("conflicts", width=120, facts=facts).out.splitlines()

    assert lines[0].split() == "TITLE WHO SAYS WHAT".split()
    assert lines[2] == f"{'Y' * 40}  6bn: {parts[0]} (A); an order with none of its p… (B)"


@pytest.mark.parametrize(
    ("years", "shown"),
    [
        ((2018, 2025, 2025), "6bn (A 2018) ≠ 4bn (B 2025 +1)"),
        ((2018, 2025, 2018), "6bn (A) ≠ 4bn (B +1)"),
        ((2025, 2025, 2025), "6bn (A) ≠ 4bn (B +1)"),
    ],
)
def test_figures_of_different_years_have_their_years(
    kzus: Kzus, fact_file: Callable[[str], Path], years: tuple[int, int, int], shown: str
) -> None:
    head = HEAD
    for source, year in zip(("a1", "b", "c"), years, strict=True):
        name = source[0].upper()
        head = head.replace(
            f"publisher: {name}, kind: news, published: 2025-01", f"publisher: {name}, kind: news, published: {year}-01"
        )
    figures = values(claim("6bn", "a1"), claim("4bn", "b"), claim("4bn", "c"))
    facts = fact_file(
        head.replace("date: 2025-01-05", "date: 2018-01-01") + deal("x", figures).replace("2025-01-05", "2018-01-01")
    )

    assert f"  {shown}  " in kzus("conflicts", width=100, facts=facts).out
    assert f"  {shown}  " in kzus("show", "x", width=100, facts=facts).out
