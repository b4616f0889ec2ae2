from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conftest import FIXTURE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Kzus

COLUMNS = {
    "deals": "id title date date_kind sector tags instrument stage parties value amount_usd low_usd high_usd"
    " counted_usd reason sources place note flow direction stage_as_of payer payee measure urls",
    "timeline": "date kind id text stage sector sources",
    "packages": "id title date place value count members sources note by",
    "treaties": "id title signed in_force citation status status_as_of sector sources note",
    "indicators": "id title unit sector period value basis observations sources note",
    "events": "id date title place people parties sector text sources note kind until",
    "statements": "id date by text sector sources via note",
    "sources": "id title publisher kind published language url cites note retrieved archive via",
    "parties": "id name country kind aliases deals note short succeeds",
    "sectors": "id label dac aliases deals note",
}
ROWS = {
    "packages": (
        "new-york-2025\tAgreements of the visit to New York\t"
        "2025-09-22\t\tabout 5bn USD\t3\t2\takorda-2025,wire-2025\t\tAkorda\n"
    ),
    "treaties": "tax-treaty\tConvention on taxes\t1993-10-24\t1996-12-30\tTIAS 00-000\tin force\t\t\tleaflet\t\n",
    # the latest period, and how many readings there are
    "indicators": "trade\tTrade in goods\tUSD\ttransport\t2020/2025\t13.5\t\t3\twire-2025,leaflet\t\n",
    "events": (
        "visit\t2025-09-22\tVisit to New York\tNew York\tDoe, Jane; A. Smith\tktz\ttransport\t\takorda-2025\t\t\t\n"
    ),
    "statements": "rails-matter\t2025-10-01\tA. Smith\tRails matter.\ttransport\twire-2025\t\t\n",
    # newest first, the undated last
    "sources": (
        "wire-2025\tDeals [bold]signed[/bold]\tWire\tnews\t2025-11\t\thttps://example.org/wire?a=1\t\t\t\t\t\n"
        "akorda-2025\tVisit to New York\tAkorda\tofficial\t2025-09-22\ten\thttps://example.org/akorda\t\t\t\t\t\n"
        "leaflet\tAn undated leaflet\tLeaflet\tanalysis\t\t\t\tWire; Akorda\t\t\t\t\n"
    ),
    "parties": (
        "citibank\tCitibank\tUS\tcompany\tCiti\t2\t\t\t\n"
        "ktz\tKazakhstan Temir Zholy\tKZ\tstate company\tKTZ; КТЖ\t3\t\t\t\n"
        "samruk\tSamruk-Kazyna\tKZ\tfund\t\t5\t\t\t\n"
        "wabtec\tWabtec\tUS\tcompany\t\t4\t\t\t\n"
    ),
    # in the order of the file
    "sectors": (
        "transport\tTransport\t210\trail; air travel\t4\t\nenergy\tEnergy\t230\t\t3\t\nhealth\tHealth\t\t\t1\t\n"
    ),
}  # fmt: skip
listing = pytest.mark.parametrize("command", list(COLUMNS))


@pytest.mark.parametrize("command", list(ROWS))
def test_a_pipe_gets_every_row_as_tsv(kzus: Kzus, command: str) -> None:
    done = kzus(command)

    assert (done.code, done.out, done.err) == (0, ROWS[command], "")


@listing
def test_tsv_and_csv_by_name_start_with_the_columns(kzus: Kzus, command: str) -> None:
    assert kzus(command, "-f", "tsv").out.splitlines()[0].split("\t") == COLUMNS[command].split()
    assert kzus(command, "-f", "csv").out.splitlines()[0].split(",") == COLUMNS[command].split()


@listing
@pytest.mark.parametrize("format_", ["json", "jsonl"])
def test_the_keys_of_json_are_the_columns_in_their_order(kzus: Kzus, command: str, format_: str) -> None:
    text = kzus(command, "-f", format_).out
    objects = json.loads(text) if format_ == "json" else [json.loads(line) for line in text.splitlines()]

    assert objects
    assert [list(each) for each in objects] == [COLUMNS[command].split()] * len(objects)


@listing
@pytest.mark.parametrize(("format_", "expected"), [("json", "[]\n"), ("jsonl", ""), ("table", ""), (None, "")])
def test_nothing_found_is_empty_and_no_failure(kzus: Kzus, command: str, format_: str | None, expected: str) -> None:
    done = kzus(command, "zzz", "qqq", *(["-f", format_] if format_ else []))

    plural = "happenings" if command == "timeline" else command
    assert (done.code, done.out, done.err) == (0, expected, f"no {plural} · text zzz qqq\n")
    assert kzus(command, "zzz", "--quiet").err == ""


@listing
def test_every_column_can_be_shown_alone_and_sorted_by(kzus: Kzus, command: str) -> None:
    rows = len(kzus(command).out.splitlines())
    for column in COLUMNS[command].split():
        for sort in (column, f"-{column}"):
            done = kzus(command, "--columns", column, "--sort", sort, "--format", "csv")
            assert (done.code, done.err) == (0, "")
            assert done.out.splitlines()[0] == column
            assert len(done.out.splitlines()) == rows + 1


@listing
def test_limit_and_no_header_cut(kzus: Kzus, command: str) -> None:
    first = kzus(command).out.splitlines()[0]
    done = kzus(command, "--format", "tsv", "--limit", "1", "--no-header")

    assert done.out == f"{first}\n"


@listing
@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--columns", "ident"], "unknown column 'ident'"),
        (["--sort", "ident"], "unknown column 'ident'"),
        (["--format", "jsom"], "unknown format 'jsom' (did you mean 'json'"),
        (["--limit", "-3"], "--limit: -3 is negative"),
    ],
)
def test_wrong_output_options_are_usage_errors(kzus: Kzus, command: str, arguments: list[str], complaint: str) -> None:
    done = kzus(command, *arguments)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"kzus: {complaint}")


@listing
@pytest.mark.parametrize("width", [40, 60, 80, 140])
def test_a_table_fits_its_terminal(kzus: Kzus, command: str, width: int) -> None:
    done = kzus(command, width=width)

    assert (done.code, done.err) == (0, "")
    assert 0 < max(map(len, done.out.splitlines())) <= width


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("packages new --since 2025-09 --until 2025", ["new-york-2025"]),
        ("packages --since 2026", []),
        ("treaties --until 1993", ["tax-treaty"]),
        ("treaties --since 1993-10-25", []),
        ("indicators --sector rail", ["trade"]),
        ("indicators --sector health", []),
        ("indicators --since 2025-12", ["trade"]),
        ("indicators --since 2026", []),
        ("indicators --until 2020", ["trade"]),
        ("indicators --until 2019", []),
        ("events --party КТЖ --sector transport", ["visit"]),
        ("events --party samruk", []),
        ("events smith --since 2025-09-22 --until 2025-09-22", ["visit"]),
        ("statements --sector transport rails", ["rails-matter"]),
        ("statements --until 2025-09", []),
        ("sources --since 2025-11-15", ["wire-2025"]),
        ("sources --until 2025", ["wire-2025", "akorda-2025"]),
        ("sources leaf*", ["leaflet"]),
        ("parties ктж", ["ktz"]),
        ("parties kazyna", ["samruk"]),
        ("sectors air", ["transport"]),
    ],
)
def test_filters_mean_the_same_in_every_list(kzus: Kzus, arguments: str, expected: list[str]) -> None:
    done = kzus(*arguments.split(), "-c", "id", "-q")

    assert (done.code, done.out.split(), done.err) == (0, expected, "")


def test_free_text_lists_are_lists_in_json_and_joined_in_a_pipe(kzus: Kzus) -> None:
    assert json.loads(kzus("events", "-c", "people,parties", "-f", "json").out) == [
        {"people": ["Doe, Jane", "A. Smith"], "parties": ["ktz"]}
    ]
    assert kzus("events", "-c", "people").out == "Doe, Jane; A. Smith\n"


def test_numbers_are_numbers_and_figures_as_written_are_text_in_json(kzus: Kzus) -> None:
    assert json.loads(kzus("packages", "-c", "value,count,members", "-f", "json").out) == [
        {"value": "about 5bn USD", "count": "3", "members": 2}
    ]


def test_a_package_names_whom_its_source_names_in_front_of_the_source(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    claim = "{value: about 5bn USD, source: akorda-2025}"
    text = FIXTURE.read_text("utf-8")
    facts = fact_file(text.replace(claim, claim.replace("}", ", via: Government}")))

    assert kzus("packages", "-c", "by", facts=facts).out == "Government (Akorda)\n"
    screen = kzus("packages", width=80, facts=facts).out
    assert "\n            Government (Akorda)  " in screen
    nobody = fact_file(text.replace(f"values: [{claim}]", "note: x"))
    assert json.loads(kzus("packages", "-c", "by", "-f", "json", facts=nobody).out) == [{"by": None}]


@listing
def test_columns_help_lists_the_columns_with_their_meaning(kzus: Kzus, command: str) -> None:
    done = kzus(command, "-c", "help")
    rows = [line.split("\t") for line in done.out.splitlines()]

    assert (done.code, done.err) == (0, "")
    assert [name for name, _ in rows] == [*COLUMNS[command].split(), "match"]
    assert all(meaning for _, meaning in rows)


def test_columns_help_opens_no_fact_file(kzus: Kzus, tmp_path: Path) -> None:
    done = kzus("deals", "--columns", "help", "--format", "json", "-n", "-1", facts=tmp_path / "none.yaml")

    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)[0] == {"column": "id", "meaning": "what kzus show takes"}


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("stage,-amount_usd", "plant grid tenge-bond locomotives grid-west locomotive-letter loan clinic"),
        ("-stage, id", "clinic loan locomotive-letter grid-west locomotives grid tenge-bond plant"),
        ("sector,date_kind,-id", "plant tenge-bond grid clinic locomotive-letter locomotives loan grid-west"),
    ],
)
def test_rows_are_sorted_by_several_columns(kzus: Kzus, sort: str, expected: str) -> None:
    assert kzus("deals", "--sort", sort, "-c", "id").out.split() == expected.split()


def test_groups_and_facts_are_sorted_by_several_columns(kzus: Kzus) -> None:
    assert kzus("sum", "--by", "instrument", "--sort", "deals,-group", "-c", "group").out.splitlines() == [
        "project", "memorandum", "mandate", "letter of intent", "contract", "agreement",
    ]  # fmt: skip
    assert kzus("show", "loan", "--sort", "-source,field", "-c", "field", "-n", "2").out.split() == ["cited", "values"]


@pytest.mark.parametrize("form", ["tsv", "json", "table"])
@pytest.mark.parametrize("command", [*COLUMNS, "search"])
def test_rows_are_sorted_by_where_the_words_occur(kzus: Kzus, command: str, form: str) -> None:
    for sort in ("match", "-match", "id,-match"):
        done = kzus(command, "r*", "--sort", sort, "-f", form)
        assert (done.code, "unknown" in done.err) == (0, False), sort
        assert kzus(command, "--sort", sort, "-f", form).code == 0 or command == "search"


def test_where_the_words_occur_is_a_key_beside_others(kzus: Kzus) -> None:
    asked = ("deals", "locomotive*", "-c", "id,match")
    rows = kzus(*asked, "--sort", "match,-date").out.splitlines()

    assert rows == [
        "locomotives\t300 ‹locomotives›",
        "locomotive-letter\tLetter on ‹locomotives›",
        "loan\tLoan for ‹locomotives›",
    ]
    assert kzus(*asked, "--sort", "-match").out.splitlines() == rows[::-1]


def test_a_wrong_second_key_is_a_usage_error(kzus: Kzus) -> None:
    done = kzus("deals", "--sort", "date,-amont")

    assert (done.code, done.out) == (2, "")
    assert done.err == "kzus: unknown column 'amont' (did you mean 'amount_usd'?)\n"


def test_only_a_treaty_in_force_may_lack_the_day_of_that(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    treaties = "{a: {title: A, signed: 1993, status: signed, sources: s}, b: {title: B, status: in force, sources: s}}"
    page = "sources: {s: {title: T, publisher: P, kind: news}}"
    facts = fact_file(f"format: 2\ntitle: T\nas_of: 2026\nsectors: {{x: {{label: X}}}}\n{page}\ntreaties: {treaties}\n")

    assert kzus("treaties", width=100, facts=facts).out.splitlines()[1:3] == [
        "1993    A      signed",
        "–       B      in force  –",
    ]


@pytest.mark.parametrize(
    ("command", "called"), [("parties", "Citibank"), ("sectors", "Transport"), ("deals", "A bond")]
)
def test_where_all_is_one_column_the_name_comes_first(kzus: Kzus, command: str, called: str) -> None:
    _, first, *_ = kzus(command, width=14).out.splitlines()

    assert first.startswith(called)


@pytest.mark.parametrize(
    ("note", "foot"),
    [
        ("See the package new-york-2025.", "with a package of deals: kzus headline new-york-2025"),
        ("See new-york-2025, astana.", "with packages of deals: kzus headline astana, kzus headline new-york-2025"),
        ("See new-york-2025-09.", ""),
        ("A visit.", ""),
    ],
)
def test_events_whose_notes_name_packages_say_how_to_see_them(
    kzus: Kzus, fact_file: Callable[[str], Path], note: str, foot: str
) -> None:
    text = FIXTURE.read_text("utf-8").replace(
        "{title: Visit to New York,", f"{{note: {note!r}, title: Visit to New York,"
    )
    astana = "packages:\n  astana: {title: Astana, date: 2026, members: [{deal: loan, source: wire-2025}]}\n"
    facts = fact_file(text.replace("packages:\n", astana))
    for width in (80, 140):
        lines = kzus("events", width=width, facts=facts).out.splitlines()
        assert lines[-1] == (foot or "1 event")
    assert "with " not in kzus("events", "nosuch", width=80, facts=facts).out
    assert "headline" not in kzus("events", "-f", "md", facts=facts).out


def test_the_deals_of_a_party_are_counted_as_its_filter_finds_them(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    text = FIXTURE.read_text("utf-8")
    heir = fact_file(text.replace("{name: Citibank, country: US,", "{name: Citibank, country: US, succeeds: wabtec,"))
    counts = dict(line.split("\t") for line in kzus("parties", "-c", "id,deals", facts=heir).out.splitlines())
    found = kzus("deals", "--party", "citibank", "-c", "id", facts=heir).out.splitlines()

    assert counts["citibank"] == str(len(found)) == "6"


@pytest.mark.parametrize(
    ("readings", "value"),
    [
        ("4.1bn|3.3bn", "4.1bn ≠"),
        ("4.1bn|4bn", "4.1bn"),  # within 5 percent
        ("more than 3bn|4.1bn", "more than 3bn"),  # 4.1bn is more than 3bn
        ("4.1bn|at least 3bn", "4.1bn"),
        ("3bn|at least 4bn", "3bn ≠"),
    ],
)
def test_a_reading_that_another_source_contradicts_has_a_mark(
    kzus: Kzus, fact_file: Callable[[str], Path], readings: str, value: str
) -> None:
    first, second = readings.split("|")
    text = FIXTURE.read_text("utf-8").replace("value: 3.3bn", f"value: {second}").replace("2020/2025", "2020/2023")
    facts = fact_file(text.replace("value: 4.1bn", f"value: {first}"))
    lines = kzus("indicators", width=100, facts=facts).out.splitlines()

    assert lines[1].split("2024")[1].removesuffix("USD").strip() == value
    has_mark = value.endswith("≠")
    assert ("≠ for the same time another source or side has another figure: kzus show ID" in lines) is has_mark
    assert kzus("indicators", "-c", "value", facts=facts).out == f"{first}\n"


@pytest.mark.parametrize(("known", "status"), [("2019", "in force in 2019"), ("2023-01", "in force"), ("", "in force")])
def test_a_treaty_known_to_be_in_force_long_ago_has_the_year(
    kzus: Kzus, fact_file: Callable[[str], Path], known: str, status: str
) -> None:
    as_of = f", status_as_of: {known}" if known else ""
    facts = fact_file(FIXTURE.read_text("utf-8").replace("status: in force", f"status: in force{as_of}"))
    line = kzus("treaties", width=100, facts=facts).out.splitlines()[1]

    assert line.split("  ")[2:] == [status, "1996-12-30"]
    assert kzus("treaties", "-c", "status", facts=facts).out == "in force\n"
