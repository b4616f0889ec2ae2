from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from conftest import FIXTURE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Kzus

    FactFile = Callable[[str], Path]


COLUMNS = [
    "id",
    "title",
    "date",
    "date_kind",
    "sector",
    "tags",
    "instrument",
    "stage",
    "parties",
    "value",
    "amount_usd",
    "low_usd",
    "high_usd",
    "counted_usd",
    "reason",
    "sources",
    "place",
    "note",
    "flow",
    "direction",
    "stage_as_of",
    "payer",
    "payee",
    "measure",
    "urls",
]
EVERY_ID = ["tenge-bond", "grid", "grid-west", "clinic", "locomotives", "loan", "locomotive-letter", "plant"]

TRANSPORT = (
    "grid-west\tThe western part of the grid\t2025-11-06\tsigned\ttransport\t\tagreement\timplementation"
    "\tsamruk,wabtec\tup to 400m USD\t400000000\t0\t400000000\t400000000\t\twire-2025\t\t\ttrade\t\t\t\t\tprice\thttps://example.org/wire?a=1\n"
    "locomotives\t300 locomotives\t2025-09-22\tsigned\ttransport\trail\tcontract\timplementation"
    "\tktz,wabtec\t4.2bn USD\t4200000000\t4000000000\t4200000000\t4200000000\t\takorda-2025,wire-2025\tNew York\t"
    "\ttrade\t\t\t\t\tprice\thttps://example.org/akorda; https://example.org/wire?a=1\n"
    "loan\tLoan for locomotives\t2025-09\tsigned\ttransport\trail,credit\tmandate\tpledge"
    "\tktz,citibank\t1.6bn USD\t1600000000\t1600000000\t1600000000\t1600000000\tlent, in no total\takorda-2025\t\t"
    "\tfinancing\t\t\t\t\tprice\thttps://example.org/akorda\n"
    "locomotive-letter\tLetter on locomotives\t2024\tannounced\ttransport\t\tletter of intent\tpledge"
    "\tktz,wabtec\t3bn USD\t3000000000\t3000000000\t3000000000\t0\tsuperseded by locomotives\tleaflet"
    "\t\t\ttrade\t\t\t\t\tprice\t\n"
)
LOAN = {
    "id": "loan",
    "title": "Loan for locomotives",
    "date": "2025-09",
    "date_kind": "signed",
    "sector": "transport",
    "tags": ["rail", "credit"],
    "instrument": "mandate",
    "stage": "pledge",
    "parties": ["ktz", "citibank"],
    "value": "1.6bn USD",
    "amount_usd": 1600000000,
    "low_usd": 1600000000,
    "high_usd": 1600000000,
    "counted_usd": 1600000000,
    "reason": "lent, in no total",
    "sources": ["akorda-2025"],
    "place": None,
    "note": None,
    "flow": "financing",
    "direction": None,
    "stage_as_of": None,
    "payer": [],
    "payee": [],
    "measure": "price",
    "urls": ["https://example.org/akorda"],
}
CLINIC = {
    "id": "clinic",
    "title": "A clinic",
    "date": "2025-11",
    "date_kind": "announced",
    "sector": "health",
    "tags": [],
    "instrument": "memorandum",
    "stage": "pledge",
    "parties": ["samruk"],
    "value": None,
    "amount_usd": None,
    "low_usd": None,
    "high_usd": None,
    "counted_usd": None,
    "reason": "no published value",
    "sources": ["leaflet"],
    "place": None,
    "note": "No value is known.",
    "flow": "cooperation",
    "direction": None,
    "stage_as_of": None,
    "payer": [],
    "payee": [],
    "measure": None,
    "urls": [],
}


def ids(kzus: Kzus, *arguments: str) -> list[str]:
    done = kzus("deals", *arguments, "--columns", "id", "--quiet")
    assert (done.code, done.err) == (0, "")
    return done.out.split()


def test_a_pipe_gets_tsv_without_header_and_with_whole_integers(kzus: Kzus) -> None:
    done = kzus("deals", "--sector", "transport")

    assert (done.code, done.out, done.err) == (0, TRANSPORT, "")


def test_without_filters_every_deal_comes_newest_first(kzus: Kzus) -> None:
    assert ids(kzus) == EVERY_ID


def test_tsv_by_name_has_a_header_and_the_same_rows(kzus: Kzus) -> None:
    done = kzus("deals", "--sector", "transport", "--format", "tsv")

    assert done.out == "\t".join(COLUMNS) + "\n" + TRANSPORT


def test_csv_has_a_header_and_quotes_what_holds_a_comma(kzus: Kzus) -> None:
    done = kzus("deals", "loan", "--tag", "credit", "--format", "csv")

    assert done.out == (
        "id,title,date,date_kind,sector,tags,instrument,stage,parties,value,"
        "amount_usd,low_usd,high_usd,counted_usd,reason,sources,place,note,"
        "flow,direction,stage_as_of,payer,payee,measure,urls\n"
        'loan,Loan for locomotives,2025-09,signed,transport,"rail,credit",mandate,pledge,"ktz,citibank",1.6bn USD,'
        '1600000000,1600000000,1600000000,1600000000,"lent, in no total",akorda-2025,,,'
        "financing,,,,,price,https://example.org/akorda\n"
    )


def test_csv_holds_the_cells_of_the_tsv(kzus: Kzus) -> None:
    tsv = kzus("deals", "--format", "tsv").out
    rows = list(csv.reader(io.StringIO(kzus("deals", "--format", "csv").out)))

    assert len(rows) == 1 + len(EVERY_ID)
    assert rows == [line.split("\t") for line in tsv.splitlines()]


@pytest.mark.parametrize("format_", ["tsv", "csv"])
def test_no_header_leaves_the_names_out(kzus: Kzus, format_: str) -> None:
    done = kzus("deals", "--format", format_, "--no-header", "--columns", "id,date", "--limit", "1")

    assert done.out in {"tenge-bond\t2026-01-15\n", "tenge-bond,2026-01-15\n"}


def test_json_has_exactly_the_keys_of_the_contract_in_their_order(kzus: Kzus) -> None:
    deals = json.loads(kzus("deals", "--format", "json").out)

    assert [deal["id"] for deal in deals] == EVERY_ID
    assert [list(deal) for deal in deals] == [COLUMNS] * len(EVERY_ID)


@pytest.mark.parametrize(("text", "deal"), [("loan", LOAN), ("clinic", CLINIC)], ids=["valued", "without-value"])
def test_json_types_each_value(kzus: Kzus, text: str, deal: dict[str, object]) -> None:
    (found,) = [each for each in json.loads(kzus("deals", text, "-f", "json").out) if each["id"] == text]

    assert found == deal


def test_jsonl_is_the_json_one_object_a_line(kzus: Kzus) -> None:
    lines = kzus("deals", "--format", "jsonl").out.splitlines()

    assert [json.loads(line) for line in lines] == json.loads(kzus("deals", "--format", "json").out)


@pytest.mark.parametrize("format_", ["tsv", "csv", "json", "jsonl"])
def test_a_named_format_never_depends_on_the_terminal(kzus: Kzus, format_: str) -> None:
    piped, watched = kzus("deals", "-f", format_), kzus("deals", "-f", format_, width=40)

    assert piped.out == watched.out != ""
    assert watched.err == ""


def test_columns_come_as_named_and_in_that_order(kzus: Kzus) -> None:
    done = kzus("deals", "--sector", "energy", "--columns", "counted_usd, id")

    assert done.out == "0\ttenge-bond\n500000000\tgrid\n0\tplant\n"


def test_columns_name_the_keys_of_json(kzus: Kzus) -> None:
    done = kzus("deals", "--sector", "health", "-c", "parties,value", "-f", "json")

    assert done.out == '[\n  {"parties": ["samruk"], "value": null}\n]\n'


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("id", sorted(EVERY_ID)),
        ("-id", sorted(EVERY_ID, reverse=True)),
        # unknown amounts come last either way
        ("amount_usd", "plant grid-west grid loan locomotive-letter locomotives tenge-bond clinic".split()),
        ("-amount_usd", "locomotives locomotive-letter loan grid grid-west plant tenge-bond clinic".split()),
        ("date", "plant locomotive-letter loan locomotives clinic grid grid-west tenge-bond".split()),
        # equal keys keep the order of the listing
        ("date_kind", "clinic locomotive-letter plant tenge-bond grid grid-west locomotives loan".split()),
    ],
)
def test_sort_orders_by_one_column_with_the_unknown_last(kzus: Kzus, sort: str, expected: list[str]) -> None:
    assert ids(kzus, "--sort", sort) == expected


def test_sort_doesnt_need_its_column_shown(kzus: Kzus) -> None:
    assert kzus("deals", "--sort", "amount_usd", "-n", "1", "-c", "title").out == "A plant that was given up\n"


@pytest.mark.parametrize(("limit", "expected"), [("0", []), ("3", EVERY_ID[:3]), ("8", EVERY_ID), ("99", EVERY_ID)])
def test_limit_keeps_the_first_rows(kzus: Kzus, limit: str, expected: list[str]) -> None:
    assert ids(kzus, "--limit", limit) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        # a sector by id, name, alias, in any case
        ("--sector energy", "tenge-bond grid plant"),
        ("-s Energy", "tenge-bond grid plant"),
        ("--sector HEALTH", "clinic"),
        ("--sector rail", "grid-west locomotives loan locomotive-letter"),
        ("--sector Air-Travel", "grid-west locomotives loan locomotive-letter"),
        ("--sector health --sector energy", "tenge-bond grid clinic plant"),
        # a party likewise
        ("--party ktz", "locomotives loan locomotive-letter"),
        ("-p КТЖ", "locomotives loan locomotive-letter"),
        ("-p ктж", "locomotives loan locomotive-letter"),
        ("--party Samruk-kazyna", "tenge-bond grid grid-west clinic plant"),
        ("--party Citi", "tenge-bond loan"),
        ("--party citibank --party wabtec", "tenge-bond grid grid-west locomotives loan locomotive-letter"),
        # what the paper is and how firm
        ("--instrument memorandum", "clinic"),
        ("--instrument letter-of-intent", "locomotive-letter"),
        ("--instrument contract --instrument project", "tenge-bond locomotives plant"),
        ("--stage commitment", "tenge-bond grid"),
        ("--stage implementation", "grid-west locomotives"),
        ("--stage Cancelled", "plant"),
        ("--stage suspended", ""),
        ("--stage pledge --stage cancelled", "clinic loan locomotive-letter plant"),
        ("--tag rail", "locomotives loan"),
        ("-t credit", "loan"),
        ("-t credit -t rail", "locomotives loan"),
        ("--package new-york-2025", "locomotives loan"),
        # different filters narrow
        ("--sector transport --party wabtec", "grid-west locomotives locomotive-letter"),
        ("--sector energy --party wabtec --stage commitment", "grid"),
        ("--package new-york-2025 --stage pledge", "loan"),
        ("--sector health --tag rail", ""),
        # ISO prefixes, bounds included; a loose date stays wherever it may fall within
        ("--since 2026", "tenge-bond"),
        ("--since 2025-11-06", "tenge-bond grid grid-west clinic"),
        ("--since 2025-11-07", "tenge-bond clinic"),
        ("--since 2025-09-30", "tenge-bond grid grid-west clinic loan"),
        ("--since 2025-10", "tenge-bond grid grid-west clinic"),
        ("--since 2024-12-31", "tenge-bond grid grid-west clinic locomotives loan locomotive-letter"),
        ("--since 2025", "tenge-bond grid grid-west clinic locomotives loan"),
        ("--until 2023-04-30", ""),
        ("--until 2023-05-01", "plant"),
        ("--until 2024-01-01", "locomotive-letter plant"),
        ("--until 2024", "locomotive-letter plant"),
        ("--until 2025-09", "locomotives loan locomotive-letter plant"),
        ("--until 2025-09-21", "loan locomotive-letter plant"),
        ("--until 2025-09-22", "locomotives loan locomotive-letter plant"),
        ("--since 2025-09 --until 2025-09", "locomotives loan"),
        ("--since 2024-06-01 --until 2024-06-30", "locomotive-letter"),
        # amounts as people write them, bounds included; without a stated value there is nothing to compare
        ("--min 3bn", "locomotives locomotive-letter"),
        ("--min 3000000000", "locomotives locomotive-letter"),
        ("--min 3.000000001bn", "locomotives"),
        ("--max 250m", "plant"),
        ("--max 0.4bn", "grid-west plant"),
        ("--min 900m --max 1.6bn", "grid loan"),
        ("--min 5tn", ""),
    ],
)
def test_filters_keep_the_deals_that_they_mean(kzus: Kzus, arguments: str, expected: str) -> None:
    assert ids(kzus, *arguments.split(" ")) == expected.split()


def test_an_amount_may_name_its_currency(kzus: Kzus) -> None:
    assert ids(kzus, "--min", "4bn USD") == ["locomotives"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("clinic", "clinic"),
        ("LETTER on", "locomotive-letter"),
        ("given up", "plant"),
        ("No value is known", "clinic"),
        ("handed over", "locomotives"),
        ("citi", "tenge-bond loan"),
        ("ҚТЖ", "locomotives loan locomotive-letter"),
        ("КТЖ", "locomotives loan locomotive-letter"),
        ("%", ""),
        ("bond tenge", "tenge-bond"),
        ("bond dollar", ""),
        ("citi ten", ""),
        ("citi* ten*", "tenge-bond"),
        ("itibank", ""),
        ('"NOT* bond) OR', ""),
        ("tenge-bo", ""),
        ("tenge-bo*", "tenge-bond"),
        # a deal has neither the names of its sector nor the ids of deals that it is related to
        ("rail", "locomotives loan"),
        ("air travel", ""),
        ("locomotives loan", "loan"),
    ],
)
def test_every_word_must_occur_in_a_deal_or_the_names_of_its_parties(kzus: Kzus, words: str, expected: str) -> None:
    assert kzus("deals", *words.split(), "-c", "id").out.split() == expected.split()
    assert kzus("deals", words, "-c", "id").out.split() == expected.split()


def test_text_narrows_what_filters_leave(kzus: Kzus) -> None:
    assert ids(kzus, "locomotives", "--stage", "pledge") == ["loan", "locomotive-letter"]


@pytest.mark.parametrize(
    ("format_", "expected"), [("json", "[]\n"), ("jsonl", ""), ("tsv", "id\n"), ("csv", "id\n"), ("table", "")]
)
def test_nothing_found_is_an_empty_answer_and_no_failure(kzus: Kzus, format_: str, expected: str) -> None:
    done = kzus("deals", "--stage", "suspended", "--format", format_, "--columns", "id")

    assert (done.code, done.out, done.err) == (0, expected, "no deals · stage suspended\n")


def test_nothing_found_is_said_to_the_person_who_watches(kzus: Kzus) -> None:
    done = kzus("deals", "--sector", "health", "--stage", "suspended", width=80)

    assert (done.code, done.out, done.err) == (0, "", "no deals · sector health · stage suspended\n")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--sector", "tranport"], "unknown sector 'tranport' (did you mean 'transport'?)"),
        (["--sector", "health", "-s", "enrgy"], "unknown sector 'enrgy' (did you mean 'energy'?)"),
        (["--party", "Wabtek"], "unknown party 'Wabtek' (did you mean 'wabtec'?)"),
        (["--tag", "rial"], "unknown tag 'rial' (did you mean 'rail'?)"),
        (["--stage", "pledgd"], "unknown stage 'pledgd' (did you mean 'pledged' or 'pledge'?)"),
        (["--stage", "living"], "--stage: 'living' is more than one stage; write --firm --pledged"),
        (["--instrument", "memorandom"], "unknown instrument 'memorandom' (did you mean 'memorandum'?)"),
        (["--package", "new-york-2024"], "unknown package 'new-york-2024' (did you mean 'new-york-2025'?)"),
        (["--columns", "id,amont"], "unknown column 'amont' (did you mean 'amount_usd'?)"),
        (["--sort", "-dat"], "unknown column 'dat' (did you mean 'date'?)"),
        (["--format", "jsn"], "unknown format 'jsn' (did you mean 'json' or 'jsonl'?)"),
        (["--format", "xml"], "unknown format 'xml' (there are: table, tsv, csv, json, jsonl,"
         " yaml, markdown, html)"),
        (["--stage", "?"], "unknown stage '?' (there are: pledge, commitment, implementation,"
         " completion, suspended, cancelled, lapsed, firm, pledged, dormant)"),
        (["--since", "2025-13"], "--since: '2025-13' has no such month; the last is 2025-12"),
        (["--until", "2025-02-29"], "--until: '2025-02-29' has no such day; the last is 2025-02-28"),
        (["--since", "22.09.2025"], "--since: '22.09.2025' is not a date; write 2025-09-22"),
        (["--max", "-1bn"], "--max: '-1bn' is negative; a value is zero or more"),
        (["--min", "1bn EUR"], "--min: '1bn EUR' is not a single amount in USD; write it as in '1bn' or '250m USD'"),
        (["--min", "1–2bn"], "--min: '1–2bn' is not a single amount in USD; write it as in '1bn' or '250m USD'"),
        (["--limit", "-1"], "--limit: -1 is negative; write 0 or more"),
    ],
)  # fmt: skip
def test_what_cant_be_meant_is_a_usage_error_that_names_the_nearest(
    kzus: Kzus, arguments: list[str], complaint: str
) -> None:
    done = kzus("deals", *arguments)

    assert (done.code, done.out, done.err) == (2, "", f"kzus: {complaint}\n")


@pytest.mark.parametrize("arguments", [["--limit", "many"], ["--sectr", "energy"]])
def test_a_command_line_that_doesnt_parse_is_a_usage_error(kzus: Kzus, arguments: list[str]) -> None:
    done = kzus("deals", *arguments)

    assert (done.code, done.out) == (2, "")
    assert "kzus deals --help" in done.err


def test_a_missing_fact_file_is_a_failure(kzus: Kzus, tmp_path: Path) -> None:
    done = kzus("deals", facts=tmp_path / "none.yaml")

    assert (done.code, done.out) == (1, "")
    assert done.err == f"kzus: can't read the fact file '{tmp_path}/none.yaml': No such file or directory\n"


@pytest.mark.parametrize("facts", [FIXTURE, None], ids=["fixture", "shipped"])
@pytest.mark.parametrize("width", [140, 151, 200])
def test_a_terminal_that_has_room_for_ids_has_them_whole(kzus: Kzus, width: int, facts: Path | None) -> None:
    lines = kzus("deals", width=width, facts=facts).out.splitlines()
    listed = kzus("deals", "-c", "id", facts=facts).out.split()

    assert lines[0].split()[-1] == "ID"
    assert max(map(len, lines)) <= width
    assert [line.split()[-1] for line in lines[1 : 1 + len(listed)]] == listed


def test_columns_on_a_terminal_are_one_drawn_column_each(kzus: Kzus) -> None:
    done = kzus("deals", "-s", "transport", "-c", "id,amount_usd,counted_usd", width=80)

    assert [line.rstrip() for line in done.out.splitlines()] == [
        "ID                 STATED  COUNTED",
        "grid-west           400m     400m",
        "locomotives         4.2bn    4.2bn",
        "loan                1.6bn    1.6bn",
        "locomotive-letter     3bn      0",
        "4 deals · sector transport",
    ]


def test_a_cut_table_says_of_how_many(kzus: Kzus) -> None:
    done = kzus("deals", "-n", "2", "-c", "id", "--no-header", width=80)

    assert [line.rstrip() for line in done.out.splitlines()] == ["tenge-bond", "grid", "2 of 8 deals"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("table", "ID      TITLE     ID\nclinic  A clinic  clinic\n"),
        ("tsv", "id\ttitle\tid\nclinic\tA clinic\tclinic\n"),
        ("csv", "id,title,id\nclinic,A clinic,clinic\n"),
        ("json", '[\n  {"id": "clinic", "title": "A clinic"}\n]\n'),
        ("jsonl", '{"id": "clinic", "title": "A clinic"}\n'),
    ],
)
def test_a_column_named_twice_stands_twice_in_rows_and_once_in_an_object(kzus: Kzus, form: str, expected: str) -> None:
    assert kzus("deals", "-s", "health", "-c", "id,title,id", "-f", form).out == expected


def test_a_table_in_a_pipe_has_no_caption(kzus: Kzus) -> None:
    done = kzus("deals", "-s", "health", "-c", "id,title", "-f", "table")

    assert [line.rstrip() for line in done.out.splitlines()] == ["ID      TITLE", "clinic  A clinic"]


PAID_DEAL = """\
    tags: [rail]
    stage_as_of: 2025-12-09
    payer: ktz
    payee: wabtec
    parties: [ktz, wabtec]"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("--flow financing", ["loan"]),
        ("--flow financing --flow investment", ["loan", "plant"]),
        ("--direction KZ-US", ["locomotives"]),
        ("--measure price --sector transport", ["grid-west", "locomotives", "loan", "locomotive-letter"]),
        ("--country US --sector transport --firm", ["grid-west", "locomotives"]),
        ("--country US --country KZ", EVERY_ID),
        ("--firm", ["tenge-bond", "grid", "grid-west", "locomotives"]),
        ("--pledged", ["clinic", "loan", "locomotive-letter"]),
        ("--dormant", []),
        ("--firm --pledged", [name for name in EVERY_ID if name != "plant"]),
    ],
)
def test_money_is_filtered_by_what_it_is(kzus: Kzus, fact_file: FactFile, words: str, expected: list[str]) -> None:
    facts = fact_file(FIXTURE.read_text("utf-8").replace("    tags: [rail]\n    parties: [ktz, wabtec]", PAID_DEAL))
    done = kzus("deals", *words.split(), "-c", "id", facts=facts)

    assert (done.code, done.out.split(), done.err) == (0, expected, "" if expected else "no deals · dormant\n")


def test_who_pays_whom_and_how_firm_it_was_last_known_are_columns(kzus: Kzus, fact_file: FactFile) -> None:
    facts = fact_file(FIXTURE.read_text("utf-8").replace("    tags: [rail]\n    parties: [ktz, wabtec]", PAID_DEAL))
    done = kzus("deals", "--direction", "KZ-US", "-c", "id,direction,payer,payee,stage_as_of,measure", facts=facts)

    assert (done.code, done.out) == (0, "locomotives\tKZ-US\tktz\twabtec\t2025-12-09\tprice\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--flow trad", "unknown flow 'trad' (did you mean 'trade'?)"),
        ("--measure prize", "unknown measure 'prize' (did you mean 'price'?)"),
        ("--country KX", "unknown country 'KX' (there are: KZ, US)"),
    ],
)
def test_a_kind_of_money_that_there_is_not_is_named(kzus: Kzus, words: str, message: str) -> None:
    done = kzus("deals", *words.split())

    assert (done.code, done.out, done.err) == (2, "", f"kzus: {message}\n")


UMBRELLA = """\
format: 2
title: T
as_of: 2026-06-30
sides: {kazakh: [KZ], american: [US]}
sectors: {ai: {label: AI}}
sources: {s: {title: S, publisher: P, kind: news, published: 2026-01-01}}
parties:
  ministry: {name: AI ministry, country: KZ, kind: government}
  nvidia: {name: NVIDIA, country: US, kind: company}
  cisco: {name: Cisco, country: US, kind: company}
deals:
  whole: {DEAL title: Partnerships, parties: [ministry, nvidia, cisco],
    values: [{value: up to 2.4bn USD, measure: planned, source: s}]}
  hub: {DEAL title: A hub, parties: [ministry, nvidia], part_of: whole,
    values: [{value: 2bn USD, measure: planned, source: s}]}
"""
UMBRELLA_DEAL = "instrument: memorandum, flow: unclear, stage: pledge, date: 2025, date_kind: signed, sector: ai,"


def test_the_foot_says_what_of_an_umbrella_isnt_given_to_a_party_of_a_part(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    facts = fact_file(UMBRELLA.replace("DEAL", UMBRELLA_DEAL))
    foot = {
        asked: kzus("deals", *asked.split(), width=80, facts=facts).out.splitlines()[-1]
        for asked in ("--party nvidia", "--party cisco", "--party ministry", "nvidia")
    }

    assert foot == {
        "--party nvidia": "2 deals · 2bn pledged of unclear kind, without the 400m left of an umbrella",
        "--party cisco": "1 deal · 400m pledged of unclear kind",
        "--party ministry": "2 deals · 2.4bn pledged of unclear kind",
        "nvidia": "2 deals · 2.4bn pledged of unclear kind",
    }


SECTORS = """\
format: 2
title: T
as_of: 2026-06-30
sides: {kazakh: [KZ], american: [US]}
sectors:
  energy: {label: Energy, aliases: [power]}
  nuclear: {label: Nuclear energy, aliases: [atomic power]}
  plants: {label: Power plants}
  synergy: {label: Synergy, aliases: [powers]}
  oil: {label: Oil, aliases: [fossil fuels]}
sources: {s: {title: S, publisher: P, kind: news, published: 2026-01-01}}
parties: {ministry: {name: Ministry, country: KZ, kind: government}}
deals:
  whole: {title: W, instrument: memorandum, flow: unclear, stage: pledge, date: 2025, date_kind: signed,
    sector: energy, parties: ministry, sources: s}
"""
NUCLEAR = "Nuclear energy is a sector of its own: --sector nuclear\n"
BOTH = "Sectors of their own: Nuclear energy (--sector nuclear), Power plants (--sector plants)\n"


@pytest.mark.parametrize(
    ("line", "remarks"),
    [
        ("deals --sector energy", NUCLEAR),
        ("deals --sector ENERGY -f json", NUCLEAR),
        ("sum -s energy", NUCLEAR),
        ("brief energy", NUCLEAR),
        ("deals --sector power", BOTH),
        ("deals --sector oil --sector synergy", "no deals · sector oil, synergy\n"),
        ("deals --sector energy --sector nuclear", ""),
        ("deals --sector nuclear", "no deals · sector nuclear\n"),
        ("deals --sector energy -q", ""),
    ],
)
def test_a_person_is_told_of_sectors_that_are_called_by_the_word(
    kzus: Kzus, fact_file: Callable[[str], Path], line: str, remarks: str
) -> None:
    facts = fact_file(SECTORS)

    assert kzus(*line.split(), width=80, facts=facts).err == remarks
    assert "of its own" not in kzus(*line.split(), facts=facts).err
