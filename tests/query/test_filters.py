from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Kzus

FACTS = """
format: 2
title: T
as_of: 2026-01-01
sides: {kazakh: [KZ], american: [US]}
sectors: {air: {label: Air}}
sources:
  s: {title: Page, publisher: P, kind: news, published: 2025, retrieved: 2026, archive: https://example.org/a,
    via: Wire}
  o: {title: Page, publisher: P, kind: official}
parties:
  ktz: {name: KTZ, country: KZ, kind: state company}
  wabtec: {name: Wabtec, short: WAB, country: US, kind: company, succeeds: [ge-rail]}
  ge-rail: {name: GE Rail, country: US, kind: company, succeeds: [ge]}
  ge: {name: GE, country: US, kind: company}
  abb: {name: abb, country: CH, kind: company}
deals:
  memo: {title: A memo, instrument: memorandum, flow: trade, stage: pledge, date: 2020, date_kind: signed, sector: air,
    parties: [ktz, ge], values: [{value: up to 3.7bn USD, measure: planned, source: s}]}
  letter: {title: A letter, instrument: letter of intent, flow: financing, stage: pledge, date: 2025, date_kind: signed,
    sector: air, parties: [ktz, abb], values: [{value: up to 700m USD, measure: principal, source: s}]}
  work: {title: Work, instrument: contract, flow: trade, stage: implementation, stage_source: s, date: 2025-06,
    date_kind: signed, sector: air, parties: [ktz, wabtec], payer: ktz, payee: wabtec,
    values: [{value: 1.5bn USD, measure: list price, source: s}]}
packages:
  small: {title: Small, date: 2025, values: [{value: 900m USD, source: s}]}
  large: {title: Large, date: 2024, values: [{value: about 5bn USD, source: s}]}
treaties:
  tax: {title: Tax, signed: 1993, status: in force, parties: [ge], sources: s}
  old: {title: Old, signed: 1992, status: expired, sources: s}
indicators:
  small-series: {title: Éclairs, unit: USD, observations: [{period: 2024, value: 900m, source: s}]}
  large-series: {title: zinc, unit: USD, observations: [{period: 2024, value: 4.1bn, source: s}]}
  third-series: {title: Eton, unit: USD, observations: [{period: 2024, value: -2, source: s}]}
events:
  talks: {title: Talks, kind: meeting, date: 2025-11-04/2025-11-07, people: [Kassym-Jomart Tokayev], sources: s}
  tour: {title: Tour, kind: visit, date: 2025-05, people: ["Doe, Jane"], parties: ge-rail, sources: s}
"""


@pytest.fixture
def facts(fact_file: Callable[[str], Path]) -> Path:
    return fact_file(FACTS)


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("deals --instrument mou", "memo"),
        ("deals --instrument MOUs", "memo"),
        ("deals --instrument loi", "letter"),
        ("deals --instrument contracts", "work"),
        ("deals --stage under-way", "work"),
        ("deals --stage implementation", "work"),
        ("deals --stage dormant", "memo"),
        ("deals --stage pledge", "letter memo"),
        ("deals --flow lent", "letter"),
        ("deals --flow bought", "work memo"),
        ("deals --country usa", "work memo"),
        ("deals --measure list", "work"),
        ("deals --min 1B", "work memo"),
        ("deals --min $1.5bn", "work memo"),
        ("deals --min US$1,500,000,000", "work memo"),
        ("deals --max 700M", "letter"),
        ("deals --party wabtec", "work memo"),
        ("deals --sort -value", "memo work letter"),
        ("deals --sort amount", "letter work memo"),
        ("packages --sort value", "small large"),
        ("indicators --sort -value", "large-series small-series third-series"),
        ("indicators", "small-series third-series large-series"),
        ("treaties --in-force", "tax"),
        ("treaties --party wabtec", "tax"),
        ("events --kind visit", "tour"),
        ("events --kind meetings", "talks"),
        ("events --person tokayev", "talks"),
        ("events --person kassym-jomart", "talks"),
        ("events --person jane --person tokayev", "talks tour"),
        ("events --party wabtec", "tour"),
        ("timeline --party wabtec --kind x", None),
        ("events --since 2025-11-07", "talks"),
        ("events --until 2025-11-05", "talks tour"),
        ("parties --country KZ", "ktz"),
        ("parties --kind state-company", "ktz"),
        ("parties", "abb ge ge-rail ktz wabtec"),
        ("parties --sort -name", "wabtec ktz ge-rail ge abb"),
        ("sources --kind official", "o"),
    ],
)
def test_filters_and_orders_go_by_what_people_write(kzus: Kzus, facts: Path, line: str, ids: str | None) -> None:
    done = kzus(*line.split(), "-c", "id", "--quiet", facts=facts)

    assert (done.code, done.out.split()) == ((2, []) if ids is None else (0, ids.split()))


def test_an_amount_may_have_a_space(kzus: Kzus, facts: Path) -> None:
    for amount in ("1 bn", "1 billion", "$ 1bn", "1 bn dollars", "1bn USD"):
        assert kzus("deals", "--min", amount, "-c", "id", facts=facts).out.split() == ["work", "memo"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("events --person tokaev", "unknown person 'tokaev' (did you mean 'Tokayev'?)"),
        ("events --kind viist", "unknown kind 'viist' (did you mean 'visit'?)"),
        ("parties --kind fnd", "unknown kind 'fnd' (did you mean 'fund'?)"),
        ("deals --min 1,5bn", "--min: '1,5bn' is not in the form of a value; write '1.5bn'"),
        ("deals --stage living", "--stage: 'living' is more than one stage; write --firm --pledged"),
        ("deals -c financing", "unknown column 'financing'; -c help explains them"),
    ],
)  # fmt: skip
def test_what_cant_be_meant_says_what_can(kzus: Kzus, facts: Path, line: str, complaint: str) -> None:
    done = kzus(*line.split(), facts=facts)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"kzus: {complaint}")


def test_columns_go_by_a_part_of_their_name(kzus: Kzus, facts: Path) -> None:
    done = kzus("deals", "--party", "abb", "-c", "Amount,low-usd,party,URL,stage-as-of", "-f", "json", facts=facts)

    assert list(json.loads(done.out)[0]) == ["amount_usd", "low_usd", "parties", "urls", "stage_as_of"]
    assert kzus("sum", "--by", "flow", "--sort", "-total", "-c", "group,total", "-n", "1", facts=facts).out == (
        "trade\t5200000000\n"
    )


@pytest.mark.parametrize("line", ["deals", "sum", "timeline", "events", "treaties"])
def test_a_party_includes_those_whose_place_it_took_and_the_answer_says_so(kzus: Kzus, facts: Path, line: str) -> None:
    told = "wabtec includes ge-rail and ge, whose place it took\n"
    done = kzus(line, "--party", "Wabtec", facts=facts)

    assert (done.code, done.err) == (0, told)
    assert kzus(line, "--party", "Wabtec", "-q", facts=facts).err == ""
    assert kzus(line, "--party", "ktz", "-q", facts=facts).err == ""
    assert kzus(line, "--party", "Wabtec", width=100, facts=facts).out.endswith(told)


def test_columns_of_lists_have_what_the_file_says(kzus: Kzus, facts: Path) -> None:
    assert kzus("events", "-c", "id,date,kind,until", facts=facts).out == (
        "talks\t2025-11-04\tmeeting\t2025-11-07\ntour\t2025-05\tvisit\t\n"
    )
    assert kzus("sources", "-c", "id,retrieved,archive,via", "-n", "1", facts=facts).out == (
        "s\t2026\thttps://example.org/a\tWire\n"
    )
    assert kzus("parties", "wabtec", "-c", "short,succeeds", facts=facts).out == "WAB\tge-rail\n"


@pytest.mark.parametrize(
    "question",
    ["deals --party wabtec", "deals --tag rail", "deals --country US", "parties --country KZ", "events --person doe"],
)
def test_a_name_that_a_lens_hides_is_no_mistake(kzus: Kzus, question: str) -> None:
    done = kzus(*question.split(), "--as-of", "2000")

    assert (done.code, done.out) == (0, "")
    assert "unknown" not in done.err


def test_a_country_or_person_of_nobody_is_unknown_under_a_lens_too(kzus: Kzus) -> None:
    country = kzus("deals", "--country", "FR", "--as-of", "2000")
    person = kzus("events", "--person", "roe", "--as-of", "2000")

    assert (country.code, country.err.splitlines()[-1]) == (2, "kzus: unknown country 'FR' (there are: KZ, US)")
    assert (person.code, "unknown person 'roe'" in person.err) == (2, True)


@pytest.mark.parametrize("standing", ["firm", "pledged", "dormant"])
def test_a_column_of_sums_is_a_stage_too(kzus: Kzus, standing: str) -> None:
    by_stage, by_flag = (kzus("deals", *line, facts=None) for line in (["--stage", standing], [f"--{standing}"]))

    assert by_stage.out
    assert by_stage == by_flag


def test_two_stages_are_either_also_where_one_is_a_column_of_sums(kzus: Kzus, facts: Path) -> None:
    assert kzus("deals", "--stage", "firm", "--stage", "pledged", "-c", "id", facts=facts).out == "work\nletter\n"
