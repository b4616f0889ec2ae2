from __future__ import annotations

import pytest

from kzus.counting.rules import adding
from kzus.facts.check import load
from kzus.facts.lint.rules import NEEDLESS, RULES, SUM_RULES, lint
from kzus.facts.reader import print_path
from kzus.facts.vocabulary import LINT

QUIET = """\
format: 2
title: Nothing here need be looked at again
as_of: 2026-06-30
sides: {kazakh: [KZ], american: [US]}
sectors:
  rail: {label: Rail}
  trade: {label: Trade}
sources:
  undated: {title: Undated, publisher: P, kind: news}
  old: {title: Old, publisher: P, kind: news, published: 2024-05, url: "https://example.org/old?a=1"}
  new: {title: New, publisher: P, kind: news, published: 2026-06-01, url: https://example.org/new}
parties:
  ktz: {name: KTZ, country: KZ, kind: company}
  wabtec: {name: Wabtec, country: US, kind: company}
  bank: {name: A bank, kind: organisation}
deals:
  engines:
    title: Engines
    instrument: contract
    flow: trade
    stage: commitment
    stage_source: new
    stage_as_of: 2026-05
    date: 2024-05-02
    date_kind: signed
    sector: rail
    parties: [ktz, wabtec]
    values:
      [{value: 2–3bn USD, measure: price, source: new}, {value: 700m USD, measure: price, source: old},
       {value: 200bn KZT, measure: price, source: old}]
    quantities: [{count: 300, unit: engines, source: old}, {count: 300000, unit: horse powers, source: old}]
    updates: [{date: 2025-03, text: The first are there., source: new}]
  wheels:
    title: Wheels
    instrument: memorandum
    flow: trade
    stage: commitment
    date: 2024
    date_kind: announced
    sector: rail
    parties: [ktz, wabtec, bank]
    part_of: engines
    values: [{value: 3bn USD, measure: price, source: undated}]
    updates: [{date: 2025-03, text: Paid for., source: new, stage: implementation}]
  study:
    title: A study
    instrument: memorandum
    flow: trade
    stage: pledge
    date: 2024
    date_kind: announced
    sector: rail
    parties: [ktz, wabtec]
    values: [{value: 1bn KZT, measure: price, source: new}]
  visit-to-a-school:
    title: A visit to a school
    instrument: roadmap
    flow: trade
    stage: suspended
    date: 2024
    date_kind: announced
    sector: rail
    parties: [ktz, wabtec]
    sources: [new]
packages:
  headline:
    title: A headline
    date: 2023-10
    values: [{value: 2bn USD, source: old}]
    quantities: [{count: 2, unit: deals, source: old}]
    members: [{deal: wheels, source: old}, {deal: study, source: old}]
treaties:
  taxes:
    {title: Taxes, signed: 1993, in_force: 1993-12, status: in force, status_as_of: 2026, parties: [bank],
     sources: [old]}
indicators:
  nothing: {title: Nothing, unit: USD, observations: [{period: 2020, value: 0, source: old}]}
  turnover:
    title: Turnover
    unit: USD
    sector: trade
    observations:
      - {period: 1993, value: 0, source: old}
      - {period: 2020, value: 2m, source: old}
      - {period: 2022/2023, value: -498m, source: old}
      - {period: 2024, value: 3m, source: old}
      - {period: 2025, value: 2m, source: new}
events:
  visit: {title: A visit, date: 2025-06, sector: trade, parties: [bank], sources: [old, new]}
statements:
  rails: {text: Rails matter., by: B, date: 2024-05-01, source: old}
"""


def warnings(*changes: tuple[str, str]) -> list[str]:
    text = QUIET
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    facts = load(text.encode(), "own.yaml")
    found = lint(facts, adding(facts.get("deals", {})))
    return [f"{print_path(path)}: {message} [{rule}]" for path, message, rule in found]


def test_the_rules_are_those_that_an_entry_may_accept() -> None:
    assert {*RULES, *SUM_RULES} == set(LINT)
    assert NEEDLESS not in LINT


def test_a_file_can_be_quiet() -> None:
    assert warnings() == []


CASES = [
    (("  trade: {label: Trade}", "  trade: {label: Trade}\n  health: {label: Health}"),
     "sectors.health: no entry is in this sector [unused-sector]"),
    (("  bank: {", "  exim: {name: EXIM, country: US, kind: government}\n  bank: {"),
     "parties.exim: takes part in nothing [unused-party]"),
    (("  undated: {", "  blog: {title: Blog, publisher: P, kind: news}\n  undated: {"),
     "sources.blog: nothing cites it [uncited-source]"),
    (("https://example.org/new", "http://www.example.org/old?a=1#part"),
     "sources.new.url: is the page of old as well; keep one entry a page [same-page-twice]"),
    (("https://example.org/new", "https://example.org/old?a=1/"),
     "sources.new.url: is the page of old as well; keep one entry a page [same-page-twice]"),
    (("[ktz, wabtec]\n    values: [{value: 1bn KZT, measure: price, source: new}]",
      "[bank, wabtec, ktz]\n    values: [{value: 9bn USD, measure: price, source: new}, "
      "{value: about 3000m USD, measure: price, source: new, rank: preferred, because: B says so}]"),
     "deals.study: has the parties, the date and the value of wheels [same-deal-twice]"),
    (("value: 700m USD", "value: 700m USD, usd: 8tn USD"),
     "deals.engines.values[1].usd: '8tn USD' is about 1,000 times the '2–3bn USD' of new [scale-slip]"),
    (("value: 700m USD", "value: 700k USD"),
     "deals.engines.values[0].value: '2–3bn USD' is about 1,000 times the '700k USD' of old [scale-slip]"),
    (("{value: 200bn KZT, measure: price, source: old}",
      "{value: 700k USD, measure: price, source: old}, {value: 2bn USD, measure: price, source: old}"),
     "deals.engines.values[2].value: '700k USD' is about a 1,000th of the '700m USD' of old [scale-slip]"),
    (("{value: 200bn KZT, measure: price, source: old}", "{value: 700tn USD, measure: price, source: undated}"),
     "deals.engines.values[2].value: '700tn USD' is about 1,000,000 times the '2–3bn USD' of new [scale-slip]"),
    (("unit: horse powers", "unit: engines"),
     "deals.engines.quantities[1].count: '300000' is about 1,000 times the '300' of old [scale-slip]"),
    (("quantities: [{count: 2, ", "quantities: [{count: 2000000000, unit: deals, source: new}, {count: 2, "),
     "packages.headline.quantities[0].count: '2000000000' is about 1,000,000,000 times the '2' of old [scale-slip]"),
    (("quantities: [{count: 2, ", "quantities: [{count: 2000, unit: deals, source: new}, {count: 2, "),
     "packages.headline.quantities[0].count: '2000' is about 1,000 times the '2' of old [scale-slip]"),
    (("{value: 2bn USD, source: old}]", "{value: 2bn USD, source: old}, {value: 2m USD, source: old}]"),
     "packages.headline.values[0].value: '2bn USD' is about 1,000 times the '2m USD' of old [scale-slip]"),
    (("value: -498m", "value: -500m"),
     "indicators.turnover.observations[2].value: '-500m' is about 1,000 times the '2m' of new [scale-slip]"),
    (("[ktz, wabtec, bank]", "[wabtec, bank]"), "deals.wheels.parties: has no kazakh party [one-sided]"),
    (("[ktz, wabtec, bank]", "[ktz, bank]"), "deals.wheels.parties: has no american party [one-sided]"),
    (("[ktz, wabtec, bank]", "[bank]"), "deals.wheels.parties: has no kazakh and no american party [one-sided]"),
    (("stage: pledge", "stage: completion"),
     "deals.study.stage: 'completion' is firmer than a memorandum; name its stage_source or the update that"
     " brings it, or write pledge"
     " [unexplained-stage]"),
    (("stage: implementation}", "stage: suspended}"),
     "deals.wheels.stage: 'commitment' is firmer than a memorandum; name its stage_source or the update that"
     " brings it, or write pledge"
     " [unexplained-stage]"),
    (("{value: 3bn USD, measure: price, source: undated}", "{value: 3.1bn USD, measure: price, source: undated}"),
     "deals.engines.values[0].value: '2–3bn USD' is less than its part states, 3.1bn USD [parts-exceed-umbrella]"),
    (("{value: 1bn KZT, measure: price, source: new}]",
      "{value: 100m USD, measure: price, source: new}]\n    part_of: engines"),
     "deals.engines.values[0].value: '2–3bn USD' is less than its 2 parts state, 3.1bn USD [parts-exceed-umbrella]"),
    (("{value: 200bn KZT, measure: price, source: old}",
      "{value: 200bn KZT, measure: price, source: old, rank: preferred, because: B says so}"),
     "deals.engines.values[2].value: '200bn KZT' enters no sum; give its usd, or prefer the '2–3bn USD' of new"
     " [dollars-passed-over]"),
    (("{value: 1bn KZT, measure: price, source: new}]",
      "{value: 1bn KZT, measure: price, source: new}, {value: 1bn KZT, measure: price, usd: 2m USD, source: old}]"),
     "deals.study.values[0].value: '1bn KZT' enters no sum; give its usd, or prefer the '2m USD' of old"
     " [dollars-passed-over]"),
    (("{date: 2025-03, text: The first", "{date: 2024-05-01, text: The first"),
     "deals.engines.updates[0].date: '2024-05-01' lies before the deal itself, 2024-05-02 [update-before-deal]"),
    (("stage_as_of: 2026-05", "stage_as_of: 2024-04"),
     "deals.engines.stage_as_of: '2024-04' lies before the stage itself, 2024-05-02 [early-stage-date]"),
    (("date: 2024\n    date_kind: announced\n    sector: rail\n    parties: [ktz, wabtec, bank]",
      "date: 2024\n    stage_as_of: 2025-02\n    date_kind: announced\n    sector: rail\n"
      "    parties: [ktz, wabtec, bank]"),
     "deals.wheels.stage_as_of: '2025-02' lies before the stage itself, 2025-03 [early-stage-date]"),
    (("[{deal: wheels, source: old}", "[{deal: engines, source: old}"),
     "packages.headline.members[0].deal: 'engines' is of 2024-05-02, long after the package, 2023-10 [late-member]"),
    (("sources: [old, new]}", "sources: [old]}"),
     "events.visit.date: '2025-06' lies after its newest source, old of 2024-05 [early-source]"),
    (("{date: 2025-03, text: The first are there., source: new}",
      "{date: 2025-03, text: The first are there., source: old}"),
     "deals.engines.updates[0].date: '2025-03' lies after its newest source, old of 2024-05 [early-source]"),
    (("period: 2024, value: 3m", "period: 2022/2025, value: 3m"),
     "indicators.turnover.observations[3].period: '2025' lies after its newest source, old of 2024-05 [early-source]"),
    (("date: 2024-05-01, source: old}", "date: 2024-06-01, source: old}"),
     "statements.rails.date: '2024-06-01' lies after its newest source, old of 2024-05 [early-source]"),
    (("signed: 1993, in_force: 1993-12", "signed: 2025, in_force: 2025-12"),
     "treaties.taxes.signed: '2025' lies after its newest source, old of 2024-05 [early-source]"),
    (("signed: 1993,", "signed: 1994-01-01,"),
     "treaties.taxes.in_force: '1993-12' lies before it was signed, 1994-01-01 [in-force-before-signed]"),
    (("title: Wheels", 'title: "Whe\\u200bels"'),
     "deals.wheels.title: holds U+200B, which nobody can see; take it out [invisible-character]"),
    (("text: Paid for.", 'text: "Paid\\u2028for."'),
     "deals.wheels.updates[0].text: holds U+2028, which nobody can see; take it out [invisible-character]"),
    (("by: B", 'by: "\\u202eB"'),
     "statements.rails.by: holds U+202E, which nobody can see; take it out [invisible-character]"),
    (("title: A study\n    instrument: memorandum", "title: A study\n    instrument: loan agreement"),
     "deals.study.flow: 'trade' is not what a loan agreement carries, financing [flow-of-instrument]"),
    (("title: A study\n    instrument: memorandum\n    flow: trade\n    stage: pledge",
      "title: A study\n    instrument: announcement\n    flow: trade\n    stage: commitment"),
     "deals.study.stage: 'commitment' is firmer than an announcement; name its stage_source or the update that brings"
     " it, or write pledge [unexplained-stage]"),
    (("    stage_source: new\n", ""),
     "deals.engines.stage: 'commitment' is firmer than a pledge; name its stage_source or the update that brings it,"
     " or write pledge [unexplained-stage]"),
    (("title: A study\n",
      "title: A study\n    note: By the ministry. One page has it signed in Astana; none shows it.\n"),
     "deals.study.date_kind: is 'announced', and yet there stands 'One page has it signed in Astana'"
     " [announced-but-signed]"),
    (("value: 1bn KZT, measure: price,", "value: 1bn KZT, measure: price, of: the signed contract,"),
     "deals.study.date_kind: is 'announced', and yet there stands 'the signed contract' [announced-but-signed]"),
    (("{value: 700m USD, measure: price,", "{value: 700m USD, measure: planned,"),
     "deals.engines.values[1].measure: 'planned' is not what the stated 2–3bn USD measures, 'price';"
     " add `counts: false`, or give both one measure [other-measure]"),
    (("title: A study\n", "title: A study\n    period: 2024/2026-05\n"),
     "deals.study.period: ended with 2026-05, and the stage is still 'pledge' [period-over]"),
    (("title: A study\n    instrument: memorandum\n    flow: trade\n    stage: pledge\n    date: 2024",
      "title: A study\n    instrument: memorandum\n    flow: trade\n    stage: pledge\n    date: 2023-05"),
     "deals.study.stage: a pledge last heard of in 2023-05; look for news, or write lapsed [old-pledge]"),
    (("status_as_of: 2026, ", "status_as_of: 2016-05, "),
     "treaties.taxes.status: 'in force' was last known in 2016-05; look it up and add status_as_of, or write unclear"
     " [old-in-force]"),
    (("title: A study\n", f"title: A study {'x' * 53}\n"),
     "deals.study.title: has 61 characters; 60 fit a line, move the rest to the note [long-title]"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "warning"), CASES)
def test_a_slip_is_told_once_at_its_place(change: tuple[str, str], warning: str) -> None:
    assert warnings(change) == [warning]


@pytest.mark.parametrize(
    "change",
    [
        ("https://example.org/new", "https://example.org/old?a=2"),
        ("[ktz, wabtec]\n    values: [{value: 1bn KZT", "[ktz, wabtec, bank]\n    values: [{value: 3bn EUR"),
        ("[ktz, wabtec]\n    values: [{value: 1bn KZT, measure: price, source: new}]",
         "[ktz, wabtec]\n    sources: [new]"),
        ("value: 700m USD", "value: 499k USD"),
        ("value: 700m USD", "value: 0–5bn USD"),
        ("value: -498m", "value: 0"),
        ("value: -498m", "value: 3–700m"),
        ("instrument: memorandum\n    flow: trade\n    stage: pledge",
         "instrument: framework agreement\n    flow: trade\n    stage_source: new\n    stage: commitment"),
        ("stage: implementation}",
         "stage: implementation}, {date: 2025-04, text: Off., source: new, stage: cancelled}"),
        ("value: 200bn KZT", "value: 200bn KZT, usd: 3bn USD, rank: preferred, because: B says so"),
        ("{date: 2025-03, text: The first", "{date: 2024-05, text: The first"),
        ("stage_as_of: 2026-05", "stage_as_of: 2024-05"),
        ("date: 2023-10\n", "date: 2024-01\n"),
        ("    date: 2023-10\n", ""),
        ("date: 2025-06,", "date: 2026-06,"),
        ("sources: [old, new]}", "sources: [old, undated]}"),
        ("signed: 1993, in_force: 1993-12", "signed: 1993-12, in_force: 1993"),
        ("title: Wheels", 'title: "Whe\\u00a0e\\nls"'),
        ("title: A study\n", "title: A study\n    note: Nothing was signed. Whether a paper was signed isn't told.\n"),
        ("title: A study\n",
         "title: A study\n    dates: [{date: 2024, kind: signed, source: new}]\n    note: Signed.\n"),
        ("{value: 700m USD, measure: price,", "{value: 700m USD, counts: false, measure: planned,"),
        ("{value: 700m USD, measure: price,", "{value: 7tn USD, rank: deprecated, because: a slip, measure: planned,"),
        ("title: A study\n", "title: A study\n    period: 2024/2026-06\n"),
        ("title: A visit to a school\n", "title: A visit to a school\n    period: 2024/2025\n"),
        ("title: A study\n", f"title: A study {'x' * 52}\n"),
        ("title: Old,", f"title: {'x' * 61},"),
        ("status_as_of: 2026, ", "status_as_of: 2016-06, "),
        ("status: in force, status_as_of: 2026, ", "status: expired, status_as_of: 2015, "),
    ],
)  # fmt: skip
def test_what_only_resembles_a_slip_is_let_pass(change: tuple[str, str]) -> None:
    assert warnings(change) == []


@pytest.mark.parametrize(
    "changes",
    [
        [("{value: 2–3bn USD, measure: price, source: new}, {value: 700m USD, measure: price, source: old},\n       ",
          "{value: at least 1bn USD, measure: price, source: new},\n       ")],
        [("{value: 3bn USD, measure: price, source: undated}", "{value: 9bn USD, measure: price, source: undated}"),
         ("{value: 1bn KZT, measure: price, source: new}]",
          "{value: 3bn USD, measure: price, source: new}]\n    supersedes: wheels")],
        [("{value: 3bn USD, measure: price, source: undated}", "{value: 9bn USD, measure: price, source: undated}"),
         ("stage: implementation}", "stage: implementation}, {date: 2026, text: Off., source: new, stage: cancelled}")],
        [("{value: 2–3bn USD, measure: price, source: new}, {value: 700m USD, measure: price, source: old},\n       ",
          ""),
         ("{value: 3bn USD, measure: price, source: undated}", "{value: 9bn USD, measure: price, source: undated}")],
    ],
    ids=["an open end", "a part that is replaced", "a part that is off", "an umbrella without dollars"],
)  # fmt: skip
def test_parts_may_exceed_an_umbrella(changes: list[tuple[str, str]]) -> None:
    assert warnings(*changes) == []


def test_a_source_that_only_shows_a_stage_is_cited() -> None:
    page = ("  undated: {", "  page: {title: Page, publisher: P, kind: news}\n  undated: {")
    assert warnings(page, ("stage_source: new", "stage_source: page")) == []


@pytest.mark.parametrize(("length", "told"), [(73, f"Signed {'x' * 73}"), (74, "Signed [...]")])
def test_at_most_80_characters_of_a_sentence_are_told(length: int, told: str) -> None:
    (warning,) = warnings(("title: A study\n", f"title: A study\n    note: Signed {'x' * length}.\n"))
    assert warning.endswith(f"is 'announced', and yet there stands '{told}' [announced-but-signed]")


def test_deals_without_value_are_the_same_by_title() -> None:
    valueless = "[ktz, wabtec]\n    sources: [new]"
    assert warnings(
        ("[ktz, wabtec]\n    values: [{value: 1bn KZT, measure: price, source: new}]", valueless),
        ("title: A study", "title: a VISIT to  a school"),
    ) == ["deals.visit-to-a-school: has the parties, the date and the title of study [same-deal-twice]"]


ONE_SIDED = ("[ktz, wabtec, bank]\n", "[wabtec, bank]\n    accept: {one-sided: The buyer is not told.}\n")


def test_an_accepted_warning_is_not_told() -> None:
    assert warnings(ONE_SIDED) == []


def test_accepting_one_rule_keeps_the_others() -> None:
    (warning,) = warnings(ONE_SIDED, ("stage: implementation}", "stage: suspended}"))
    assert warning.endswith("[unexplained-stage]")


def test_accepting_at_one_entry_keeps_the_rule_for_others() -> None:
    (warning,) = warnings(
        ONE_SIDED, ("[ktz, wabtec]\n    values: [{value: 1bn KZT", "[ktz]\n    values: [{value: 1bn KZT")
    )
    assert warning == "deals.study.parties: has no american party [one-sided]"


def test_every_kind_of_entry_can_accept() -> None:
    accept = "accept: {uncited-source: x, scale-slip: x}"
    needless = warnings(
        ("rail: {label: Rail}", f"rail: {{label: Rail, {accept}}}"),
        ("title: Old,", f"title: Old, {accept},"),
        ("name: KTZ,", f"name: KTZ, {accept},"),
        ("    title: Engines\n", f"    title: Engines\n    {accept}\n"),
        ("    title: A headline\n", f"    title: A headline\n    {accept}\n"),
        ("title: Taxes,", f"title: Taxes, {accept},"),
        ("    title: Turnover\n", f"    title: Turnover\n    {accept}\n"),
        ("title: A visit,", f"title: A visit, {accept},"),
        ("by: B,", f"by: B, {accept},"),
    )
    assert len(needless) == 2 * 9
    assert needless[:2] == [
        "deals.engines.accept.scale-slip: accepts what no longer is so; take it out [needless-acceptance]",
        "deals.engines.accept.uncited-source: accepts what no longer is so; take it out [needless-acceptance]",
    ]


def test_a_member_of_four_months_later_is_late() -> None:
    (warning,) = warnings(
        ("date: 2023-10\n", "date: 2024-01\n"), ("[{deal: wheels, source: old}", "[{deal: engines, source: old}")
    )
    assert warning.endswith("long after the package, 2024-01 [late-member]")
    changes = ("date: 2023-10\n", "date: 2024-02\n"), ("[{deal: wheels, source: old}", "[{deal: engines, source: old}")
    assert warnings(*changes) == []


def test_an_umbrella_without_dollars_hides_no_other() -> None:
    (warning,) = warnings(
        ("{value: 3bn USD, measure: price, source: undated}", "{value: 9bn USD, measure: price, source: undated}"),
        ("part_of: engines", "part_of: [visit-to-a-school, engines]"),
    )
    assert warning.endswith("is less than its part states, 9bn USD [parts-exceed-umbrella]")


def test_a_list_price_is_not_preferred_to_a_price() -> None:
    found = warnings(
        ("{value: 2–3bn USD, measure: price, source: new}",
         "{value: 2–3bn USD, measure: list price, source: new, rank: preferred, because: B says so}"),
        ("{value: 200bn KZT, measure: price, source: old}", "{value: 2bn USD, measure: list price, source: old}"),
    )  # fmt: skip
    assert found == [
        "deals.engines.values[1].measure: 'price' is not what the stated 2–3bn USD measures, 'list price';"
        " add `counts: false`, or give both one measure [other-measure]",
        "deals.engines.values[0].rank: prefers a list price, though old gives a price, 700m USD [list-price-preferred]",
    ]


PART = ("[ktz, wabtec, bank]\n    part_of: engines", "[ktz, wabtec, bank]\n    part_of: study")


def test_a_part_follows_its_umbrella_to_the_successor() -> None:
    heir = ("title: Engines\n", "title: Engines\n    supersedes: study\n")
    dollars = ("{value: 1bn KZT, measure: price, source: new}", "{value: 4bn USD, measure: price, source: new}")
    assert warnings(PART, heir, dollars) == [
        "deals.wheels.part_of: counts as a part of study, which engines supersedes; make it a part of engines too"
        " [orphaned-part]"
    ]
    assert warnings((PART[0], PART[1].replace("study", "[study, engines]")), heir, dollars) == []


def test_without_sides_each_country_is_one() -> None:
    sides = ("sides: {kazakh: [KZ], american: [US]}\n", "")
    assert warnings(sides) == []
    assert warnings(sides, ("[ktz, wabtec, bank]", "[wabtec]")) == [
        "deals.wheels.parties: has parties of one country only [one-sided]"
    ]
