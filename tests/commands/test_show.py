from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Kzus

FIXTURE = Path(__file__).parent.parent / "facts.yaml"
AKORDA = {
    "id": "akorda-2025",
    "title": "Visit to New York",
    "publisher": "Akorda",
    "kind": "official",
    "published": "2025-09-22",
    "url": "https://example.org/akorda",
    "language": "en",
}
LOAN = (
    "loan\ttype\tdeal\t\t\t\t\n"
    "loan\ttitle\tLoan for locomotives\t\t\t\t\n"
    "loan\tinstrument\tmandate\t\t\t\t\n"
    "loan\tflow\tfinancing\t\t\t\t\n"
    "loan\tstage\tpledge\t\t\t\t\n"
    "loan\tdate\t2025-09\t\t\t\t\n"
    "loan\tdate_kind\tsigned\t\t\t\t\n"
    "loan\tsector\ttransport\t\t\t\t\n"
    "loan\ttags\trail\t\t\t\t\n"
    "loan\ttags\tcredit\t\t\t\t\n"
    "loan\tparties\tktz\t\t\t\t\n"
    "loan\tparties\tcitibank\t\t\t\t\n"
    "loan\tvalues\t1.6bn USD\t\takorda-2025\t2025-09-22\tmeasure: price\n"
    "loan\tfinances\tlocomotives\t\t\t\t\n"
    "loan\tamount_usd\t1600000000\t\t\t\t\n"
    "loan\tlow_usd\t1600000000\t\t\t\t\n"
    "loan\thigh_usd\t1600000000\t\t\t\t\n"
    "loan\tcounted_usd\t1600000000\t\t\t\t\n"
    "loan\treason\tlent, in no total\t\t\t\t\n"
    "loan\tpackages\tnew-york-2025\tAgreements of the visit to New York\t\t\t\n"
    "loan\tcited\tAkorda: Visit to New York\thttps://example.org/akorda\takorda-2025\t2025-09-22\t\n"
)
HEADER = "id\tfield\tvalue\tdetail\tsource\tdate\tnote\n"


def test_a_pipe_gets_one_line_a_fact(kzus: Kzus) -> None:
    done = kzus("show", "loan")

    assert (done.code, done.out, done.err) == (0, LOAN, "")


def test_tsv_by_name_has_a_header(kzus: Kzus) -> None:
    assert kzus("show", "loan", "--format", "tsv").out == HEADER + LOAN


def test_two_ids_come_one_after_the_other_as_named(kzus: Kzus) -> None:
    apart = [kzus("show", name).out for name in ("tax-treaty", "loan")]

    assert all(apart)
    assert kzus("show", "tax-treaty", "loan").out == "".join(apart)


def test_every_claim_quantity_and_update_names_its_source_and_day(kzus: Kzus) -> None:
    lines = kzus("show", "locomotives").out.splitlines()

    assert [line for line in lines if line.split("\t")[1] in {"values", "quantities", "updates"}] == [
        "locomotives\tvalues\tabout 4bn USD\torder\twire-2025\t2025-11\tmeasure: price",
        "locomotives\tvalues\t4.2bn USD\torder and service\takorda-2025\t2025-09-22\tmeasure: price",
        "locomotives\tquantities\t300\tlocomotives\takorda-2025\t2025-09-22\t",
        "locomotives\tupdates\tThe first ten were handed over.\timplementation\twire-2025\t2026-02\t",
    ]


@pytest.mark.parametrize(
    ("name", "field", "others"),
    [
        ("loan", "finances", ["locomotives"]),
        ("locomotives", "financed_by", ["loan"]),
        ("locomotives", "supersedes", ["locomotive-letter"]),
        ("locomotive-letter", "superseded_by", ["locomotives"]),
        ("grid-west", "part_of", ["grid"]),
        ("grid", "parts", ["grid-west"]),
        ("locomotives", "packages", ["new-york-2025"]),
        ("new-york-2025", "members", ["locomotives", "loan"]),
        ("ktz", "party_to", ["locomotives", "locomotive-letter", "loan", "visit"]),
        ("health", "in_sector", ["clinic"]),
        ("leaflet", "cited_by", ["locomotive-letter", "clinic", "tax-treaty", "trade"]),
    ],
)
def test_relations_are_shown_from_both_sides(kzus: Kzus, name: str, field: str, others: list[str]) -> None:
    rows = [line.split("\t") for line in kzus("show", name).out.splitlines()]

    assert [row[2] for row in rows if row[1] == field] == others


@pytest.mark.parametrize(
    ("name", "type_", "title"),
    [
        ("transport", "sector", "Transport"),
        ("akorda-2025", "source", "Visit to New York"),
        ("samruk", "party", "Samruk-Kazyna"),
        ("grid", "deal", "Renewal of the grid"),
        ("new-york-2025", "package", "Agreements of the visit to New York"),
        ("tax-treaty", "treaty", "Convention on taxes"),
        ("trade", "indicator", "Trade in goods"),
        ("visit", "event", "Visit to New York"),
        ("rails-matter", "statement", "Rails matter."),
    ],
)
def test_an_id_of_any_kind_is_shown(kzus: Kzus, name: str, type_: str, title: str) -> None:
    done = kzus("show", name, "-c", "id,field,value")

    assert done.code == 0
    assert done.out.splitlines()[0] == f"{name}\ttype\t{type_}"
    assert title in [line.split("\t")[2] for line in done.out.splitlines()]


def test_observations_of_a_series_are_told_apart_by_period_and_basis(kzus: Kzus) -> None:
    lines = kzus("show", "trade").out.splitlines()

    assert [line for line in lines if line.startswith("trade\tobservations")] == [
        "trade\tobservations\t4.1bn\tKazakh statistics\twire-2025\t2024\t",
        "trade\tobservations\t3.3bn\tU.S. statistics\tleaflet\t2024\t",
        "trade\tobservations\t13.5\t\tleaflet\t2020/2025\t",
    ]


def test_json_is_an_array_with_claims_relations_and_whole_sources(kzus: Kzus) -> None:
    done = kzus("show", "loan", "--format", "json")

    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out) == [
        {
            "id": "loan",
            "type": "deal",
            "title": "Loan for locomotives",
            "instrument": "mandate",
            "flow": "financing",
            "stage": "pledge",
            "date": "2025-09",
            "date_kind": "signed",
            "sector": "transport",
            "tags": ["rail", "credit"],
            "parties": ["ktz", "citibank"],
            "values": [{"value": "1.6bn USD", "measure": "price", "source": "akorda-2025"}],
            "finances": ["locomotives"],
            "amount_usd": 1_600_000_000,
            "low_usd": 1_600_000_000,
            "high_usd": 1_600_000_000,
            "counted_usd": 1_600_000_000,
            "reason": "lent, in no total",
            "packages": [{"id": "new-york-2025", "title": "Agreements of the visit to New York"}],
            "cited": [AKORDA],
        }
    ]


def test_json_keeps_every_claim_that_disagrees(kzus: Kzus) -> None:
    (deal,) = json.loads(kzus("show", "locomotives", "-f", "json").out)

    assert deal["values"] == [
        {"value": "about 4bn USD", "of": "order", "source": "wire-2025", "measure": "price"},
        {
            "value": "4.2bn USD",
            "of": "order and service",
            "source": "akorda-2025",
            "rank": "preferred",
            "because": "the official account",
            "measure": "price",
        },
    ]
    assert deal["financed_by"] == [{"id": "loan", "title": "Loan for locomotives"}]
    assert [source["id"] for source in deal["cited"]] == ["akorda-2025", "wire-2025"]


def test_jsonl_is_one_object_an_id(kzus: Kzus) -> None:
    lines = kzus("show", "loan", "ktz", "visit", "--format", "jsonl").out.splitlines()

    assert [json.loads(line)["id"] for line in lines] == ["loan", "ktz", "visit"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--columns", "value", "--limit", "2"], "deal\nLoan for locomotives\n"),
        (["-c", "field,value", "--sort", "-field", "-n", "1"], "values\t1.6bn USD\n"),
        (["-c", "field,source", "-f", "csv", "-n", "1"], "field,source\ntype,\n"),
        (["-c", "field", "-f", "csv", "-n", "1", "--no-header"], "type\n"),
    ],
)
def test_output_options_arrange_the_lines(kzus: Kzus, arguments: list[str], expected: str) -> None:
    assert kzus("show", "loan", *arguments).out == expected


@pytest.mark.parametrize(
    ("names", "complaint"),
    [
        (["lokomotives"], "unknown id 'lokomotives' (did you mean 'locomotives' or 'locomotive-letter'?)"),
        (["КТД"], "unknown id 'КТД' (did you mean 'ктж'?)"),
        ([""], "unknown id ''; kzus search WORDS finds ids"),
        (["loan", "gird"], "unknown id 'gird' (did you mean 'grid'?)"),
        (["nosuch"], "unknown id 'nosuch'; kzus search WORDS finds ids"),
    ],
)
@pytest.mark.parametrize("width", [None, 100])
def test_an_unknown_id_fails_naming_the_nearest_and_prints_nothing(
    kzus: Kzus, names: list[str], complaint: str, width: int | None
) -> None:
    done = kzus("show", *names, width=width)

    assert (done.code, done.out, done.err) == (1, "", f"kzus: {complaint}\n")


@pytest.mark.parametrize(
    "arguments",
    [[], ["loan", "--columns", "fild"], ["loan", "-f", "xml"], ["loan", "-n", "-1"], ["loan", "--sort", "x"]],
)
def test_wrong_options_are_usage_errors(kzus: Kzus, arguments: list[str]) -> None:
    done = kzus("show", *arguments)

    assert (done.code, done.out) == (2, "")
    assert done.err != ""


def test_pages_of_two_ids_stand_apart(kzus: Kzus) -> None:
    apart = [kzus("show", name, width=80).out for name in ("loan", "grid")]

    assert kzus("show", "loan", "grid", width=80).out == "\n".join(apart)


def test_columns_on_a_terminal_make_a_table_of_facts(kzus: Kzus) -> None:
    done = kzus("show", "health", "--columns", "field,value,detail", width=80)

    assert [line.rstrip() for line in done.out.splitlines()] == [
        "FIELD      VALUE   DETAIL",
        "type       sector  –",
        "label      Health  –",
        "in_sector  clinic  A clinic",
    ]


def with_acceptance(fact_file: Callable[[str], Path]) -> Path:
    text = FIXTURE.read_text("utf-8")
    return fact_file(text.replace("  clinic:\n", "  clinic:\n    accept: {one-sided: The page names one side.}\n"))


STATEMENT = """\
Rails matter.
rails-matter · statement

by      A. Smith
sector  Transport
date    2025-10-01

SOURCES
  [1]  Wire: Deals [bold]signed[/bold]           2025-11
       wire-2025 · https://example.org/wire?a=1
"""


def test_the_page_of_a_statement_is_headed_by_what_it_says(kzus: Kzus) -> None:
    lines = kzus("show", "rails-matter", width=80).out.splitlines()

    assert "".join(f"{line.rstrip()}\n" for line in lines) == STATEMENT
    assert kzus("show", "rails-matter", "-f", "markdown").out.startswith("# Rails matter.\n")


def test_the_text_of_an_event_stands_below_its_title(kzus: Kzus, tmp_path: Path) -> None:
    facts = tmp_path / "told.yaml"
    text = FIXTURE.read_text("utf-8").replace("title: Visit to New York, date", "title: Visit, text: It rained., date")
    facts.write_text(text, "utf-8")

    lines = [line.split() for line in kzus("show", "visit", width=80, facts=facts).out.splitlines()]
    assert lines[0] == ["Visit"]
    assert ["text", "It", "rained."] in lines[3:]


def test_what_an_entry_accepts_is_shown_with_the_reason(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    path = with_acceptance(fact_file)

    assert "clinic\taccept\tone-sided\tThe page names one side.\t\t\t\n" in kzus("show", "clinic", facts=path).out
    page = kzus("show", "clinic", facts=path, width=80).out.splitlines()
    assert "accepted    a deal without a party of one of the sides: The page names one side." in page
    (record,) = json.loads(kzus("show", "clinic", "-f", "json", facts=path).out)
    assert record["accept"] == {"one-sided": "The page names one side."}
    assert "one-sided" in kzus("show", "clinic", "--source", "leaflet", facts=path).out


def test_what_an_entry_accepts_is_found_nowhere_else(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    path = with_acceptance(fact_file)

    assert kzus("deals", "names one side", facts=path).out == ""
    assert kzus("deals", facts=path).out == kzus("deals").out


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("wabtec", "wabtec"),
        ("WABTEC", "wabtec"),
        ("New York 2025", "new-york-2025"),  # an id with other signs between its words
        ("КТЖ", "ktz"),
        ("ктж", "ktz"),
        ("kazakhstan temir zholy", "ktz"),
        ("Kazakhstan Temir", "ktz"),
        ("temir zh", "ktz"),
        ("air travel", "transport"),
        ("cit", "citibank"),  # an id that is begun
        ("tax", "tax-treaty"),
        ("a bond in tenge", "tenge-bond"),  # a title
        ("Trade in goods", "trade"),
        ("convention tax", "tax-treaty"),  # words of a title
        ("grid", "grid"),  # in full, though another id begins so
        ("RAILS MATTER.", "rails-matter"),
    ],
)
def test_a_name_or_the_start_of_one_will_do_if_one_entry_can_be_meant(kzus: Kzus, name: str, found: str) -> None:
    done = kzus("show", name, "-c", "id", "-n", "1")

    assert (done.code, done.out, done.err) == (0, f"{found}\n", "")


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        (
            "locomotive",
            "kzus: 'locomotive' may be any of 3; write the id of one, or more of its name\n"
            "  locomotives        deal  300 locomotives\n"
            "  locomotive-letter  deal  Letter on locomotives\n"
            "  loan               deal  Loan for locomotives\n",
        ),
        (
            "Visit to New York",
            "kzus: 'Visit to New York' may be any of 2; write the id of one, or more of its name\n"
            "  visit        event   Visit to New York\n"
            "  akorda-2025  source  Visit to New York\n",
        ),
    ],
)
@pytest.mark.parametrize("width", [None, 100])
def test_an_unsure_name_fails_with_those_that_can_be_meant(
    kzus: Kzus, name: str, complaint: str, width: int | None
) -> None:
    done = kzus("show", "loan", name, width=width)

    assert (done.code, done.out, done.err) == (1, "", complaint)


def test_only_the_first_of_many_that_can_be_meant_are_listed(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    title = "A long title of many words that says next to nothing at all\\ttwice"
    sources = "".join(f'  s{at:02}: {{title: "{title}", publisher: P, kind: news}}\n' for at in range(12))
    facts = fact_file(f"format: 2\ntitle: T\nas_of: 2026\nsectors: {{rail: {{label: Rail}}}}\nsources:\n{sources}")

    done = kzus("show", "s", facts=facts)

    assert (done.code, done.out) == (1, "")
    first, *rest = done.err.splitlines()
    assert first == "kzus: 's' may be any of 12, of which these are 10; write the id of one, or more of its name"
    assert rest == [
        f"  s{at:02}  source  A long title of many words that says next to nothing at all…" for at in range(10)
    ]


def test_a_name_means_the_same_through_a_lens(kzus: Kzus) -> None:
    done = kzus("show", "loan", "--as-of", "2025-09", "-c", "id", "-n", "1")
    hidden = kzus("show", "locomotive-letter", "--as-of", "2026-05")
    begun = kzus("show", "locomotive", "--source", "leaflet")

    assert done.out == "loan\n"
    assert (hidden.code, hidden.out) == (1, "")
    assert "\nkzus: unknown id 'locomotive-letter'" in hidden.err
    assert begun.err.startswith("kzus: 'locomotive' may be any of 3")


@pytest.mark.parametrize("width", [60, 80])
def test_every_page_of_the_shipped_facts_fits(kzus: Kzus, width: int) -> None:
    kinds = kzus("sql", "select min(id), max(id) from entries group by kind", facts=None).out.split()
    done = kzus("show", *kinds, "ktz-wabtec-locomotives", width=width, facts=None)
    long = [line for line in done.out.splitlines() if len(line) > width]

    assert (done.code, done.err) == (0, "")
    assert all(line.split()[-1].startswith("http") for line in long)  # the terminal wraps addresses
    assert all(len(line.split()) <= 2 for line in long)
    assert all(f"\n{name} · " in done.out for name in kinds)
    assert "no room for" not in done.out


def test_the_claim_that_sums_use_is_marked_and_every_claim_has_its_source(kzus: Kzus) -> None:
    lines = kzus("show", "locomotives", width=80).out.splitlines()
    at = lines.index("VALUES  → is the stated one, which sums use")

    assert lines[at + 1 : at + 3] == [
        "     ~4bn  price  order              Wire    2025-11     [2]",
        "  → 4.2bn  price  order and service  Akorda  2025-09-22  [1]",
    ]


def test_one_claim_alone_needs_no_mark(kzus: Kzus) -> None:
    text = kzus("show", "loan", width=80).out

    assert "→" not in text
    assert "counted     1.6bn USD, lent, in no total\n" in text


def test_a_deal_without_a_value_says_why_it_counts_nothing(kzus: Kzus) -> None:
    assert "counted     no published value\n" in kzus("show", "clinic", width=80).out


def test_rows_sort_by_numbers_before_text(kzus: Kzus) -> None:
    up = [line.split("\t")[1] for line in kzus("show", "loan", "--sort", "value").out.splitlines()]
    down = [line.split("\t")[1] for line in kzus("show", "loan", "--sort=-value").out.splitlines()]

    assert up[:4] == ["amount_usd", "low_usd", "high_usd", "counted_usd"]
    assert down[-4:] == ["amount_usd", "low_usd", "high_usd", "counted_usd"]
    assert sorted(up) == sorted(down)


def test_words_of_a_title_stand_unquoted(kzus: Kzus) -> None:
    assert kzus("show", "renewal", "grid") == kzus("show", "grid")
    assert kzus("show", "western", "part") == kzus("show", "grid-west")
    done = kzus("show", "no", "such", "words")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("kzus: unknown id 'no'")


def test_words_that_several_titles_have_list_them(kzus: Kzus) -> None:
    done = kzus("show", "the", "grid")

    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "kzus: 'the grid' may be any of 2; write the id of one, or more of its name\n"
        "  grid       deal  Renewal of the grid\n"
        "  grid-west  deal  The western part of the grid\n"
    )


SUCCESSION = """
format: 2
title: T
as_of: 2026-01-01
sides: {kazakh: [KZ], american: [US]}
sectors: {rail: {label: Rail}}
sources: {s: {title: Page on engines, publisher: P, kind: news, published: 2025}}
parties:
  ktz: {name: KTZ, country: KZ, kind: state company}
  wabtec: {name: Wabtec, country: US, kind: company, succeeds: [ge-rail]}
  ge-rail: {name: GE Rail, country: US, kind: company, succeeds: [ge]}
  ge: {name: GE, country: US, kind: company}
deals:
  new: {title: New engines, instrument: contract, flow: trade, stage: pledge, date: 2025, date_kind: signed,
    sector: rail, parties: [ktz, wabtec], sources: s}
  both: {title: Engines of both, instrument: contract, flow: trade, stage: pledge, date: 2019, date_kind: signed,
    sector: rail, parties: [ktz, wabtec, ge-rail], sources: s}
  old: {title: Old engines, instrument: contract, flow: trade, stage: pledge, date: 2010, date_kind: signed,
    sector: rail, parties: [ktz, ge-rail], sources: s}
  engines-first: {title: The first, instrument: contract, flow: trade, stage: pledge, date: 2009, date_kind: signed,
    sector: rail, parties: [ktz, ge], sources: s}
  engines-second: {title: The second, instrument: contract, flow: trade, stage: pledge, date: 2008, date_kind: signed,
    sector: rail, parties: [ktz], sources: s}
"""


def test_a_party_has_the_deals_of_those_whose_place_it_took(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    facts = fact_file(SUCCESSION)
    lines = kzus("show", "wabtec", width=80, facts=facts).out.splitlines()
    heads = [line for line in lines if line.isupper()]

    assert heads == ["PARTY TO", "GE RAIL WAS PARTY TO", "GE WAS PARTY TO"]
    at = lines.index("GE RAIL WAS PARTY TO")
    assert [" ".join(line.split()) for line in lines[at + 1 : at + 4]] == ["Old engines dormant 2010", "old", ""]
    assert sum("Engines of both" in line for line in lines) == 1
    assert sum("Old engines" in line for line in lines) == sum("The first" in line for line in lines) == 1
    assert "was party to" not in kzus("show", "wabtec", "-f", "json", facts=facts).out


def test_an_unsure_start_of_an_id_lists_titles_with_the_word_too(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    done = kzus("show", "engines", facts=fact_file(SUCCESSION))

    assert (done.code, done.out) == (1, "")
    assert [line.split()[0] for line in done.err.splitlines()[1:]] == [
        "engines-first",
        "engines-second",
        "new",
        "both",
        "old",
    ]


LIST_PRICE = """\
stage       pledge
instrument  letter of intent
flow        bought
payer       Kazakhstan Temir Zholy
payee       Wabtec
date        2025-11-06, signed
sector      Transport
stated      7bn* USD
counted     7bn* USD

VALUES  * list price, before discounts
  7bn*  list price  Wire  2025-11-07  [1]
"""
PARTY_TO = """\
PARTY TO  * list price, before discounts
  Locomotives                    4bn  commitment  2025-09-22
  locomotives
  Aircraft                      7bn*  pledge      2025-11-06
  aircraft
  Aircraft of an old letter      9bn  dormant     2019
  old-aircraft
"""


def test_a_page_marks_list_prices_and_has_the_words_of_a_screen(kzus: Kzus) -> None:
    facts = FIXTURE.with_name("brief.yaml")

    assert LIST_PRICE in kzus("show", "aircraft", width=80, facts=facts).out
    assert PARTY_TO in kzus("show", "ktz", width=80, facts=facts).out
    assert "\nstage       dormant\n" in kzus("show", "old-aircraft", width=80, facts=facts).out


def test_a_page_says_who_tells_the_stage(kzus: Kzus) -> None:
    page = kzus("show", "stake", width=80, facts=FIXTURE.with_name("brief.yaml")).out

    assert "\nstage       done, by Wire\n" in page
    assert "stage source" not in page


def test_who_tells_a_later_stage_is_the_source_of_the_update_that_brought_it(kzus: Kzus, tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    stage = "    stage: commitment\n"
    facts.write_text(FIXTURE.read_text("utf-8").replace(stage, f"{stage}    stage_source: akorda-2025\n", 1), "utf-8")
    (record,) = json.loads(kzus("show", "locomotives", "-f", "json", facts=facts).out)

    assert (record["stage"], record["stage_source"]) == ("implementation", "wire-2025")
    assert "akorda-2025" in {source["id"] for source in record["cited"]}
    assert "\nstage       under way, by Wire\n" in kzus("show", "locomotives", width=80, facts=facts).out


def test_what_is_stated_in_another_currency_is_named(kzus: Kzus) -> None:
    page = kzus("show", "tenge-bond", width=80).out

    assert "\nstated      100bn KZT\ncounted     0 USD, stated in KZT\n" in page


PAYERS = """\
format: 2
title: T
as_of: 2026-06-30
sides: {kazakh: [KZ], american: [US]}
sectors: {air: {label: Air}}
sources: {s: {title: S, publisher: P, kind: news, published: 2026-01-01}}
parties:
  astana: {name: Air Astana Joint Stock Company, short: Air Astana, country: KZ, kind: company}
  boeing: {name: Boeing, country: US, kind: company}
deals:
  planes: {DEAL title: Fifteen aircraft with a title that is so long that it must be cut even on a wide screen,
    payer: astana, payee: boeing, values: [{value: 7.125bn USD, measure: list price, source: s}]}
  talks: {DEAL title: Talks}
events: {visit: {title: A visit, date: 2025-05-04/2025-05-06, kind: visit, parties: boeing, sources: s}}
"""
PAYERS_DEAL = (
    "instrument: contract, flow: trade, stage: pledge, date: 2025-03, date_kind: signed, sector: air,"
    " parties: [astana, boeing], sources: s,"
)


def test_what_a_party_has_part_in_says_who_pays_whom_on_a_line_each_from_100_columns_on(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    facts = fact_file(PAYERS.replace("DEAL", PAYERS_DEAL))
    drawn = {
        width: kzus("show", "boeing", width=width, facts=facts).out.partition("PARTY TO")[2].splitlines()[1:]
        for width in (80, 99, 100, 120, 140, 200)
    }

    assert [line.rstrip() for line in drawn[100]] == [
        "  2025-03     pledge  Fifteen aircraft with a title that is so long…   7.125bn*  Air Astana → Boeing",
        "  2025-03     pledge  Talks                                                   –  Air Astana, Boeing",
        "  2025-05-04          A visit",
    ]
    assert drawn[140][0].endswith("Air Astana → Boeing  planes")
    assert "Air Astana" not in "".join(drawn[99])
    heights = [len(lines) for lines in drawn.values()]
    assert heights == sorted(heights, reverse=True)
    assert all(len(line) <= width for width, lines in drawn.items() for line in lines)
