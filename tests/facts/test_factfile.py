from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kzus.errors import FactFileError, Problem
from kzus.facts import reader
from kzus.facts.check import load

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURE = Path(__file__).parent.parent / "facts.yaml"
SHIPPED = FIXTURE.parent.parent / "facts.yaml"

HEAD = """\
format: 2
title: A file of one deal
as_of: 2026-06-30
sectors:
  rail: {label: Rail}
sources:
  page: {title: Page, publisher: P, kind: news}
parties:
  ktz: {name: KTZ, country: KZ, kind: company}
"""
DEAL = {
    "title": "A deal",
    "instrument": "contract",
    "flow": "trade",
    "stage": "pledge",
    "date": "2025",
    "date_kind": "signed",
    "sector": "rail",
    "parties": "[ktz]",
    "sources": "[page]",
}
FAULTY = """\
format: 3
title: ""
as_of: 2026-06-30
sectors:
  rail: {label: Rail, colour: red}
sources:
  page: {publisher: P, kind: blog}
parties:
  ktz: {name: KTZ, country: KZ, kind: company, aliases: [Rails, Rails]}
deals:
  locomotives:
    title: [300, locomotives]
    instrument: contract
    stage: pledge
    date: 2025-02-30
    date_kind: signed
    sector: rial
    parties: []
    values:
      - {value: "4,2bn", source: page}
"""


def problems(text: str) -> list[str]:
    with pytest.raises(FactFileError) as refused:
        load(text.encode(), "own.yaml")
    return str(refused.value).splitlines()


def with_deal(**changes: str | None) -> str:
    """Write a sound deal from line 12 on, with lines changed, added at its end, or left out."""
    lines = {key: text for key, text in {**DEAL, **changes}.items() if text is not None}
    return HEAD + "deals:\n  deal:\n" + "".join(f"    {key}: {text}\n" for key, text in lines.items())


def test_all_mistakes_are_told_in_one_go() -> None:
    assert problems(FAULTY) == [
        "own.yaml:1:9: format: '3' is not a format that this kzus reads; write 2",
        "own.yaml:2:1: title: is empty; leave the key out",
        "own.yaml:5:31: sectors.rail.colour: unknown key 'colour' (there are: label, dac, aliases, note, accept)",
        "own.yaml:7:3: sources.page: the key 'title' is missing",
        "own.yaml:7:30: sources.page.kind: unknown kind 'blog'"
        " (there are: official, company, filing, dataset, news, analysis, academic)",
        "own.yaml:9:48: parties.ktz.aliases: holds 'Rails' twice",
        "own.yaml:11:3: deals.locomotives: the key 'flow' is missing",
        "own.yaml:12:5: deals.locomotives.title: expected text, found a list",
        "own.yaml:15:11: deals.locomotives.date: '2025-02-30' has no such day; the last is 2025-02-28",
        "own.yaml:17:13: deals.locomotives.sector: unknown sector 'rial' (did you mean 'rail'?)",
        "own.yaml:18:5: deals.locomotives.parties: is empty; leave the key out",
        "own.yaml:20:9: deals.locomotives.values[0]: the key 'measure' is missing",
        "own.yaml:20:17: deals.locomotives.values[0].value: '4,2bn' names no currency;"
        " write '4.2bn USD', or another ISO 4217 code",
    ]


def test_a_sound_file_comes_back_as_it_was_written() -> None:
    assert load(
        with_deal(values="[{value: about 1bn USD, measure: price, source: page, rank: preferred}]").encode(), "own.yaml"
    ) == {
        "format": 2,
        "title": "A file of one deal",
        "as_of": "2026-06-30",
        "sectors": {"rail": {"label": "Rail"}},
        "sources": {"page": {"title": "Page", "publisher": "P", "kind": "news"}},
        "parties": {"ktz": {"name": "KTZ", "country": "KZ", "kind": "company"}},
        "deals": {
            "deal": {
                "title": "A deal",
                "instrument": "contract",
                "flow": "trade",
                "stage": "pledge",
                "date": "2025",
                "date_kind": "signed",
                "sector": "rail",
                "parties": ["ktz"],
                "values": [{"value": "about 1bn USD", "measure": "price", "source": "page", "rank": "preferred"}],
                "sources": ["page"],
            }
        },
    }


def test_a_relation_to_one_deal_may_be_written_without_a_list() -> None:
    facts = load(FIXTURE.read_bytes(), "facts.yaml")
    assert facts["deals"]["grid-west"].get("part_of") == ["grid"]
    assert facts["deals"]["loan"].get("finances") == ["locomotives"]


@pytest.mark.parametrize("path", [FIXTURE, SHIPPED], ids=["fixture", "shipped"])
def test_the_files_of_this_project_are_sound(path: Path) -> None:
    facts = load(path.read_bytes(), path.name)
    assert facts["format"] == 2
    assert facts["deals"]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"title": None}, "11:3: deals.deal: the key 'title' is missing"),
        ({"title": "[a]"}, "12:5: deals.deal.title: expected text, found a list"),
        ({"title": "{a: b}"}, "12:5: deals.deal.title: expected text, found a mapping"),
        ({"title": '""'}, "12:5: deals.deal.title: is empty; leave the key out"),
        ({"title": ""}, "12:5: deals.deal.title: is empty; leave the key out"),
        ({"title": '" A deal"'}, "12:12: deals.deal.title: begins or ends with a space; take it out"),
        ({"sectr": "rail"}, "21:12: deals.deal.sectr: unknown key 'sectr' (did you mean 'sector'?)"),
        ({"ktz": "x"}, "21:10: deals.deal.ktz: unknown key 'ktz'"),  # which is the id of a party
        (
            {"colour": "red"},
            "21:13: deals.deal.colour: unknown key 'colour'",
        ),
        ({"instrument": "Contract"}, "13:17: deals.deal.instrument: unknown instrument 'Contract'"
         " (did you mean 'contract'?)"),
        ({"stage": "pledged"}, "15:12: deals.deal.stage: unknown stage 'pledged' (did you mean 'pledge'?)"),
        ({"stage": "[pledge]"}, "15:5: deals.deal.stage: expected text, found a list"),
        ({"date_kind": "x"},
          "17:16: deals.deal.date_kind: unknown date kind 'x' (there are: signed, announced, exchanged, ratified)"),
        ({"date": "2025-02-30"}, "16:11: deals.deal.date: '2025-02-30' has no such day; the last is 2025-02-28"),
        ({"date": "2026-07"}, "16:11: deals.deal.date: '2026-07' lies after the file's as_of, 2026-06-30;"
         " mend it, or write a later `as_of`"),
        ({"sector": "rial"}, "18:13: deals.deal.sector: unknown sector 'rial' (did you mean 'rail'?)"),
        ({"parties": "kzt"}, "19:14: deals.deal.parties: unknown party 'kzt' (did you mean 'ktz'?)"),
        ({"parties": ""}, "19:5: deals.deal.parties: is empty; leave the key out"),
        ({"parties": "[]"}, "19:5: deals.deal.parties: is empty; leave the key out"),
        ({"parties": "[ktz, ktz]"}, "19:5: deals.deal.parties: holds 'ktz' twice"),
        ({"sources": "[page, pege]"}, "20:21: deals.deal.sources[1]: unknown source 'pege' (did you mean 'page'?)"),
        ({"tags": "[rail, Big Deal]"}, "21:18: deals.deal.tags[1]: 'Big Deal' is not an id;"
         " write 'big-deal'"),
        ({"part_of": "nope"}, "21:14: deals.deal.part_of: unknown deal 'nope' (there are: deal)"),
        ({"part_of": "{deal: nope}"}, "21:21: deals.deal.part_of.deal: unknown deal 'nope' (there are: deal)"),
        ({"part_of": "deal"}, "21:14: deals.deal.part_of: runs in a circle: deal → deal"),
        ({"values": "{value: 1bn USD}"}, "21:5: deals.deal.values: expected a list,"
         " as in [{value: …, source: …, measure: …}], found a mapping"),
        ({"values": "[1bn USD]"}, "21:14: deals.deal.values[0]: expected a mapping,"
         " as in {value: 1bn USD, source: …, measure: …}, found '1bn USD'"),
        ({"values": "[[1bn USD]]"}, "21:14: deals.deal.values[0]: expected a mapping,"
         " as in {value: …, source: …, measure: …}, found a list"),
        ({"values": "[{value: 1bn, source: page, measure: price}]"},
          "21:22: deals.deal.values[0].value: '1bn' names no currency;"
         " write '1bn USD', or another ISO 4217 code"),
        ({"values": "[{value: 1bn USD, source: page, measure: price}, {source: page, value: 1bn USD, measure: price}]"},
         "21:5: deals.deal.values: holds the same item twice"),
        ({"values": "[{value: 1bn USD, source: page, measure: price, counts: yes}]"},
         "21:69: deals.deal.values[0].counts: 'yes' is neither true nor false; write one of them"),
        ({"values": "[{value: 1bn USD, source: page}]"}, "21:14: deals.deal.values[0]: the key 'measure' is missing"),
        ({"values": "[{value: 1bn USD, source: page, measure: cost}]"},
         "21:54: deals.deal.values[0].measure: unknown measure 'cost'"
         " (there are: price, list price, planned, project cost, principal, grant, spent, estimate)"),
        ({"values": "[{value: 1bn KZT, usd: 2m EUR, source: page, measure: price}]"},
         "21:36: deals.deal.values[0].usd: '2m EUR' is not in USD; this key holds the value in U.S. dollars"),
        ({"quantities": "[{count: 3 USD, unit: trains, source: page}]"},
         "21:26: deals.deal.quantities[0].count: '3 USD' has a currency;"
         " move money from `quantities` to `values`"),
        (
            {"updates": "[{date: 2026-03, text: a, source: page}, {date: 2026-02, text: b, source: page}]"},
            "21:55: deals.deal.updates[1]: lies before the update above it; write the oldest first",
        ),
    ],
)  # fmt: skip
def test_a_faulty_deal_is_told_at_its_place(changes: dict[str, str | None], problem: str) -> None:
    assert problems(with_deal(**changes)) == [f"own.yaml:{problem}"]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"flow": None}, "11:3: deals.deal: the key 'flow' is missing"),
        ({"flow": "gift"}, "14:11: deals.deal.flow: unknown flow 'gift'"
         " (did you mean 'grant'?)"),
        ({"flow": "cooperation", "values": "[{value: 1bn USD, measure: price, source: page}]"},
         "21:5: deals.deal.values: stands at a deal whose flow is 'cooperation', which tells of no money;"
         " choose another flow"),
        ({"payer": "other"}, "21:12: deals.deal.payer: 'other' is none of the parties of the deal;"
         " add it there, or leave it out here"),
        ({"payee": "[ktz, other]"}, "21:18: deals.deal.payee[1]: 'other' is none of the parties of the deal;"
         " add it there, or leave it out here"),
        ({"stage_source": "pge"}, "21:19: deals.deal.stage_source: unknown source 'pge' (did you mean 'page'?)"),
        ({"period": "2027/2025"}, "21:13: deals.deal.period: '2027/2025' ends before it begins;"
         " write the earlier date first"),
        ({"period": "2027/"}, "21:13: deals.deal.period: '2027/' is not a period;"
         " write a date, or two with a slash, as in 2023-01/2023-03"),
        ({"finances": "{deal: other-deal, source: pge}"},
         "21:42: deals.deal.finances.source: unknown source 'pge' (did you mean 'page'?)"),
        ({"finances": "[other-deal, {deal: other-deal}]"}, "21:5: deals.deal.finances: holds 'other-deal' twice"),
        ({"finances": "[{deal: other-deal, source: page, inferred: true}]"},
         "21:59: deals.deal.finances[0].inferred: stands beside a source; keep the one that is so"),
        ({"supersedes": "[{deal: deal, inferred: true}]"},
         "21:5: deals.deal.supersedes: runs in a circle: deal → deal"),
        ({"quantities": "[{count: 3m, unit: U.S. dollars of sales, source: page}]"},
         "21:36: deals.deal.quantities[0].unit: 'U.S. dollars of sales' is money;"
         " move it to `values`, with `counts: false` if it isn't the whole deal's"),
        ({"quantities": "[{count: 3m, unit: KZT of sales, source: page}]"},
         "21:36: deals.deal.quantities[0].unit: 'KZT of sales' is money;"
         " move it to `values`, with `counts: false` if it isn't the whole deal's"),
        ({"note": "null"}, "21:5: deals.deal.note: is empty; leave the key out"),
        ({"note": "~"}, "21:5: deals.deal.note: is empty; leave the key out"),
        ({"values": "null"}, "21:5: deals.deal.values: is empty; leave the key out"),
        ({"tags": "[~]"}, "21:12: deals.deal.tags[0]: is empty; take it out"),
    ],
)  # fmt: skip
def test_what_format_2_adds_to_a_deal_is_checked(changes: dict[str, str | None], problem: str) -> None:
    other = "  other: {name: Other, country: US, kind: company}\n"
    text = with_deal(**changes).replace("deals:\n", f"{other}deals:\n", 1)
    more = "".join(f"    {key}: {value}\n" for key, value in DEAL.items())
    line, rest = problem.split(":", 1)
    assert problems(f"{text}  other-deal:\n{more}") == [f"own.yaml:{int(line) + 1}:{rest}"]


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        (["rank: preferred", "rank: preferred, because: x"],
         ["values[0].rank: is 'preferred' without a reason; add `because`, since the claims differ",
          "values[1].rank: is 'preferred' as values[0] is; a deal has one stated value"]),
        (["counts: false", "rank: deprecated"],
         ["values[1].rank: is 'deprecated' without a reason; add `because`, since such a claim is struck"]),
        (["rank: preferred, counts: false", "rank: normal"],
         ["values[0].rank: is 'preferred' though it doesn't count; the stated value measures the whole deal"]),
        (["because: x", "rank: normal, because: x"],
         ["values[0].because: gives the reason of a rank that isn't there; add `rank`, or write a `note`",
          "values[1].because: gives the reason of a rank that isn't there; add `rank`, or write a `note`"]),
        (["rank: best", "counts: true"],
         ["values[0].rank: unknown rank 'best' (there are: preferred, normal, deprecated)"]),
    ],
)  # fmt: skip
def test_ranks_that_contradict_each_other_are_told(claims: list[str], found: list[str]) -> None:
    values = ", ".join(f"{{value: {at}bn USD, measure: price, source: page, {x}}}" for at, x in enumerate(claims, 1))
    assert [problem.partition(" deals.deal.")[2] for problem in problems(with_deal(values=f"[{values}]"))] == found


@pytest.mark.parametrize(
    "values",
    [
        "[{value: 1bn USD, measure: price, source: page, rank: preferred}]",
        "[{value: about 1bn USD, measure: price, source: page, rank: preferred},"
        " {value: 1bn USD, measure: price, source: page}]",
        "[{value: 1bn USD, measure: price, source: page, rank: preferred},"
        " {value: 60bn USD, measure: price, source: page, rank: deprecated, because: a slip}]",
        "[{value: 1bn USD, measure: price, source: page, rank: preferred},"
        " {value: 200m USD, measure: price, source: page, counts: false}]",
    ],
    ids=["alone", "where all agree", "beside a slip", "beside a part"],
)
def test_a_preferred_claim_needs_no_reason(values: str) -> None:
    assert load(with_deal(values=values).encode(), "own.yaml")["deals"]["deal"]["values"][0]["rank"] == "preferred"


def test_a_preferred_claim_beside_one_in_another_currency_needs_a_reason() -> None:
    preferred = "{value: 1bn USD, measure: price, source: page, rank: preferred}"
    (problem,) = problems(with_deal(values=f"[{preferred}, {{value: 1bn EUR, measure: price, source: page}}]"))
    assert problem.endswith("is 'preferred' without a reason; add `because`, since the claims differ")


def test_format_1_is_refused_in_one_message() -> None:
    assert problems(FAULTY.replace("format: 3", "format: 1")) == [
        "own.yaml:1:9: format: is '1', and this kzus reads 2: a deal has a `flow`, each value of a deal a `measure`,"
        " `preferred: true` is `rank: preferred`, `counts` of a package are `quantities`, money in `quantities`"
        ' moves to `values`; then write 2 (README, "Your own fact file")'
    ]


def test_a_list_of_ids_takes_one_bare_id() -> None:
    text = with_deal(parties="ktz", payer="ktz", sources="page", tags="rail")
    text = text.replace("kind: company}", "kind: company}\n  gone: {name: Gone, kind: aid agency, country: US}", 1)
    text = text.replace("{name: KTZ,", "{name: KTZ, succeeds: gone,").replace(
        "title: A file", "sides: {k: KZ}\ntitle: A file"
    )
    facts = load(text.encode(), "own.yaml")
    deal = facts["deals"]["deal"]
    assert (deal["parties"], deal.get("payer"), deal.get("sources"), deal.get("tags")) == (
        ["ktz"], ["ktz"], ["page"], ["rail"],
    )  # fmt: skip
    assert facts.get("parties", {})["ktz"].get("succeeds") == ["gone"]
    assert facts.get("sides") == {"k": ["KZ"]}


@pytest.mark.parametrize(
    ("relation", "read"),
    [
        ("other-deal", ["other-deal"]),
        ("{deal: other-deal, inferred: true}", [{"deal": "other-deal", "inferred": True}]),
        ("[{deal: other-deal, source: page}]", [{"deal": "other-deal", "source": "page"}]),
    ],
)
def test_a_relation_says_who_says_so(relation: str, read: object) -> None:
    more = "".join(f"    {key}: {value}\n" for key, value in DEAL.items())
    facts = load(f"{with_deal(supersedes=relation)}  other-deal:\n{more}".encode(), "own.yaml")
    assert facts["deals"]["deal"].get("supersedes") == read


def test_null_within_quotes_is_a_word() -> None:
    assert load(with_deal(note='"null"').encode(), "own.yaml")["deals"]["deal"].get("note") == "null"


def test_a_stage_may_be_the_only_thing_with_a_source() -> None:
    assert load(with_deal(sources=None, stage_source="page").encode(), "own.yaml")["deals"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("format: 2", "format: one", "1:9: format: 'one' is not a format that this kzus reads; write 2"),
        ("as_of: 2026-06-30", "as_of: 30.6.2026", "3:8: as_of: '30.6.2026' is not a date;"
         " write 2026-06-30"),
        ("as_of: 2026-06-30", "as_of: []", "3:1: as_of: is empty; leave the key out"),
        ("as_of: 2026-06-30\n", "", "1:1: the key 'as_of' is missing"),
        ("title: A", "titel: B\ntitle: A", "2:8: titel: unknown key 'titel' (did you mean 'title'?)"),
        ("{label: Rail}", "{label: Rail, dac: 21}", "5:28: sectors.rail.dac: '21' is not a code of OECD DAC;"
         " write the 3 digits of a sector or 5 of a purpose, as in 210"),
        ("{label: Rail}", "Rail", "5:9: sectors.rail: expected a mapping, as in {label: Rail}, found 'Rail'"),
        ("  rail: {label: Rail}", "  - rail", "4:1: sectors: expected a mapping,"
         " as in 'sectors: {an-id: {label: …}}', found a list"),
        ("rail: {label", "Rail_way: {label", "5:3: sectors.Rail_way: 'Rail_way' is not an id;"
         " write 'rail-way'"),
        ("kind: news", "kind: news, language: eng", "7:59: sources.page.language: 'eng' is not an"
         " ISO 639-1 language code; write en for English"),
        ("kind: news", "kind: news, url: example.org", "7:54: sources.page.url: 'example.org' is not a web address;"
         " write https://example.org"),
        ("kind: news", "kind: news, url: https://example.org/a b", "7:54: sources.page.url: 'https://example.org/a b'"
         " is not a web address; write one that begins with https:// or http://"),
        ("kind: news", "kind: new", "7:43: sources.page.kind: unknown kind 'new' (did you mean 'news'?)"),
        ("country: KZ", "country: KX", "9:29: parties.ktz.country: 'KX' is not an ISO 3166-1 country code;"
         " write one, such as KZ"),
        ("country: KZ, ", "", "9:3: parties.ktz: the key 'country' is missing;"
         " only an international organisation has none"),
        ("  ktz:", "  page:", "9:3: parties.page: the id 'page' is taken by sources.page;"
         " ids are unique over all kinds, so write another"),
        ("as_of: 2026", "version: 2026.13.01\nas_of: 2026", "3:10: version: '2026-13-01' has no such month;"
         " the last is 2026-12"),
        ("as_of: 2026", "version: 2026-01-01\nas_of: 2026", "3:10: version: '2026-01-01' is not a version;"
         " write the day of curation, as in 2026.11.25"),
        ("as_of: 2026", "sides: {a: [KZ, US], b: US}\nas_of: 2026", "3:25: sides.b: 'US' is of the side 'a' already"),
        ("as_of: 2026", "sides: {a: KX}\nas_of: 2026", "3:12: sides.a: 'KX' is not an ISO 3166-1 country code;"
         " write one, such as KZ"),
        ("country: KZ", "country: KZ, succeeds: ktz", "9:43: parties.ktz.succeeds: runs in a circle: ktz → ktz"),
        ("title: A", "title: &a A", "2:8: title: '&a' is an anchor to YAML;"
         " put a text in quotes, or write the data out"),
    ],
)  # fmt: skip
def test_a_fault_elsewhere_is_told_at_its_place(old: str, new: str, problem: str) -> None:
    assert problems(HEAD.replace(old, new, 1)) == [f"own.yaml:{problem}"]


@pytest.mark.parametrize(
    ("observation", "problem"),
    [
        ("{period: 2025/2024, value: 3, source: page}", "14:18: indicators.trade.observations[0].period:"
         " '2025/2024' ends before it begins; write the earlier date first"),
        ("{period: 2025/, value: 3, source: page}", "14:18: indicators.trade.observations[0].period:"
         " '2025/' is not a period; write a date, or two with a slash, as in 2023-01/2023-03"),
        ("{period: 2025, value: 3 USD, source: page}", "14:31: indicators.trade.observations[0].value:"
         " '3 USD' has a currency; write '3', for the unit stands at the series"),
    ],
)  # fmt: skip
def test_a_faulty_observation_is_told_at_its_place(observation: str, problem: str) -> None:
    text = f"{HEAD}indicators:\n  trade:\n    title: Trade\n    observations:\n      - {observation}\n    unit: USD\n"
    assert problems(text) == [f"own.yaml:{problem}"]


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        ("date: 2025-11-04/2025-11-02", "date: '2025-11-04/2025-11-02' ends before it begins;"
         " write the earlier date first"),
        ("date: 2025-11/2025-12", "date: '2025-11/2025-12' is no range of days;"
         " write both whole, as in 2025-11-04/2025-11-07"),
        ("date: 2026-07-04/2026-07-06", "date: '2026-07-04/2026-07-06' lies after the file's as_of, 2026-06-30;"
         " mend it, or write a later `as_of`"),
        ("date: 2025, kind: trip",
         "kind: unknown kind 'trip' (there are: visit, meeting, law, decision, milestone, other)"),
    ],
)  # fmt: skip
def test_a_faulty_event_is_told(event: str, problem: str) -> None:
    found = problems(f"{HEAD}events:\n  visit: {{title: A visit, {event}, sources: page}}\n")
    assert [each.partition("events.visit.")[2] for each in found] == [problem]


def test_what_may_lie_after_as_of_and_before_1900() -> None:
    text = HEAD.replace("kind: news", "kind: news, retrieved: 2026-11-24, archive: https://example.org/x").replace(
        "as_of", "version: 2026.11.25\nas_of"
    )
    events = "events:\n  visit: {title: A visit, date: 2025-11-04/2025-11-07, kind: visit, sources: page}\n"
    treaty = "treaties:\n  old: {title: Old, signed: 1867-03-30, status: expired, sources: page}\n"
    deal = with_deal(period="2027/2058").removeprefix(HEAD)
    facts = load(f"{text}{deal}{events}{treaty}".encode(), "own.yaml")
    assert facts.get("version") == "2026.11.25"
    assert facts["deals"]["deal"].get("period") == "2027/2058"


def test_an_observation_names_a_side_of_the_file() -> None:
    text = HEAD.replace("title:", "sides: {kazakh: KZ}\ntitle:", 1)
    series = (
        "indicators:\n"
        "  trade: {title: T, unit: USD, observations: [{period: 2025, value: 3, source: page, side: %s}]}\n"
    )
    assert load((text + series % "kazakh").encode(), "own.yaml")
    assert problems(text + series % "kazak") == [
        "own.yaml:12:92: indicators.trade.observations[0].side: unknown side 'kazak' (did you mean 'kazakh'?)"
    ]


def test_a_package_has_quantities_member_values_and_no_measure() -> None:
    package = (
        "packages:\n  headline: {title: H, values: [{value: 1bn USD, source: page%s}],"
        " quantities: [{count: 2, unit: deals, source: page}], members: [{deal: deal, source: page, value:"
        " 3–5bn USD, beside: true}]}\n"
    )
    assert load((with_deal() + package % "").encode(), "own.yaml")
    assert [each.partition(" ")[2] for each in problems(with_deal() + package % ", measure: price")] == [
        "packages.headline.values[0].measure: unknown key 'measure' (did you mean 'source'?)"
    ]


def test_an_alias_that_is_no_list_is_told_at_its_key() -> None:
    assert problems(HEAD.replace("{label: Rail}", "{label: Rail}\n  air: {label: Air, aliases: Rail}", 1)) == [
        "own.yaml:6:30: sectors.air.aliases: expected a list, as in [Rail], found 'Rail'",
        "own.yaml:6:30: sectors.air.aliases[0]: the name 'Rail' already stands for sectors.rail",
    ]


def test_a_period_may_end_with_the_year_in_which_it_begins() -> None:
    observations = "[{period: 2025-06/2025, value: 3, source: page}]"
    text = f"{HEAD}indicators:\n  trade: {{title: Trade, unit: USD, observations: {observations}}}\n"
    assert load(text.encode(), "own.yaml")["indicators"]["trade"]["observations"][0]["period"] == "2025-06/2025"


def test_each_problem_is_one_line() -> None:
    text = with_deal(values="\n      - source: page\n        measure: price\n        value: |\n          one USD")
    assert len(problems(text)) == 1


def test_problems_of_the_reader_and_of_the_model_are_told_together_in_line_order() -> None:
    text = with_deal(title="!x A deal", stage="pledged", note="a\n    note: b")
    assert problems(text) == [
        "own.yaml:12:12: deals.deal.title: '!x' is a tag to YAML; put a text in quotes, or take the tag out",
        "own.yaml:15:12: deals.deal.stage: unknown stage 'pledged' (did you mean 'pledge'?)",
        "own.yaml:22:5: deals.deal.note: the key 'note' stands twice",
    ]


def test_every_missing_key_is_told() -> None:
    assert problems("format: 2\n") == [
        "own.yaml:1:1: the key 'as_of' is missing",
        "own.yaml:1:1: the key 'sectors' is missing",
        "own.yaml:1:1: the key 'sources' is missing",
        "own.yaml:1:1: the key 'title' is missing",
    ]


def test_a_file_that_is_no_yaml_is_told_alone() -> None:
    assert problems("") == ["own.yaml:1:1: is empty; a fact file starts with 'format: 2'"]


def test_the_error_carries_the_file_and_its_problems() -> None:
    with pytest.raises(FactFileError) as refused:
        load(with_deal(stage="pledged").encode(), "own.yaml")
    assert refused.value.file == "own.yaml"
    assert refused.value.problems == [
        Problem(15, 12, "deals.deal.stage", "unknown stage 'pledged' (did you mean 'pledge'?)")
    ]


def places(node: Any, path: reader.Path = ()) -> Iterator[reader.Path]:
    """Yield the path to every node under a node."""
    for step, inner in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield (*path, step)
        yield from places(inner, (*path, step))


@pytest.mark.parametrize(
    "odd",
    [
        "",
        "x",
        [],
        ["x"],
        {},
        {"x": "x"},
        [["x"]],
        [{"x": "x"}],
    ],
    ids=json.dumps,
)
def test_whatever_stands_at_whichever_place_is_read_or_told(odd: object) -> None:
    root = reader.read(FIXTURE.read_bytes()).root
    for path in places(root):
        changed = copy.deepcopy(root)
        node = changed
        for step in path[:-1]:
            node = node[step]
        node[path[-1]] = odd
        try:
            load(json.dumps(changed).encode(), "own.yaml")
        except FactFileError as refused:
            assert refused.problems, path  # noqa: PT017 - either outcome is right, each in its way
