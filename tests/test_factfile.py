from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kzus import reader
from kzus.errors import FactFileError
from kzus.factfile import load

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURE = Path(__file__).with_name("facts.yaml")
SHIPPED = FIXTURE.parent.parent / "facts.yaml"

HEAD = """\
format: 1
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
    "stage": "pledge",
    "date": "2025",
    "date_kind": "signed",
    "sector": "rail",
    "parties": "[ktz]",
    "sources": "[page]",
}
FAULTY = """\
format: 2
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


def test_ten_mistakes_are_ten_problems_in_one_go() -> None:
    assert problems(FAULTY) == [
        "own.yaml:1:9: format: '2' is not a format that this kzus reads; write 1",
        "own.yaml:2:1: title: is empty; leave the key out instead",
        "own.yaml:5:31: sectors.rail.colour: unknown key 'colour' (there are: label, dac, aliases, note, accept)",
        "own.yaml:7:3: sources.page: the key 'title' is missing",
        "own.yaml:7:30: sources.page.kind: unknown kind 'blog'"
        " (there are: official, company, filing, dataset, news, analysis, academic)",
        "own.yaml:9:48: parties.ktz.aliases: holds 'Rails' twice",
        "own.yaml:12:5: deals.locomotives.title: expected text, found a list",
        "own.yaml:15:11: deals.locomotives.date: '2025-02-30' has no such day",
        "own.yaml:17:13: deals.locomotives.sector: unknown sector 'rial' (did you mean 'rail'?)",
        "own.yaml:18:5: deals.locomotives.parties: expected at least one item, found an empty list",
        "own.yaml:20:17: deals.locomotives.values[0].value: '4,2bn' has a comma;"
        " write a decimal point and no thousands mark, as in '4.2bn' or '1000'",
    ]


def test_a_sound_file_comes_back_as_it_was_written() -> None:
    assert load(with_deal(values="[{value: about 1bn USD, source: page, preferred: true}]").encode(), "own.yaml") == {
        "format": 1,
        "title": "A file of one deal",
        "as_of": "2026-06-30",
        "sectors": {"rail": {"label": "Rail"}},
        "sources": {"page": {"title": "Page", "publisher": "P", "kind": "news"}},
        "parties": {"ktz": {"name": "KTZ", "country": "KZ", "kind": "company"}},
        "deals": {
            "deal": {
                "title": "A deal",
                "instrument": "contract",
                "stage": "pledge",
                "date": "2025",
                "date_kind": "signed",
                "sector": "rail",
                "parties": ["ktz"],
                "values": [{"value": "about 1bn USD", "source": "page", "preferred": True}],
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
    assert facts["format"] == 1
    assert facts["deals"]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"title": None}, "11:3: deals.deal: the key 'title' is missing"),
        ({"title": "[a]"}, "12:5: deals.deal.title: expected text, found a list"),
        ({"title": "{a: b}"}, "12:5: deals.deal.title: expected text, found a mapping"),
        ({"title": '""'}, "12:5: deals.deal.title: is empty; leave the key out instead"),
        ({"title": ""}, "12:5: deals.deal.title: is empty; leave the key out instead"),
        ({"title": '" A deal"'}, "12:12: deals.deal.title: has space at an end"),
        ({"sectr": "rail"}, "20:12: deals.deal.sectr: unknown key 'sectr' (did you mean 'sector'?)"),
        (
            {"colour": "red"},
            "20:13: deals.deal.colour: unknown key 'colour' (there are: title, instrument, stage, stage_as_of, date,"
            " date_kind, dates, place, sector, tags, parties, values, quantities, part_of, finances, supersedes,"
            " updates,"
            " sources, via, note, accept)",
        ),
        ({"instrument": "Contract"}, "13:17: deals.deal.instrument: unknown instrument 'Contract'"
         " (did you mean 'contract'?)"),
        ({"stage": "pledged"}, "14:12: deals.deal.stage: unknown stage 'pledged' (did you mean 'pledge'?)"),
        ({"stage": "[pledge]"}, "14:5: deals.deal.stage: expected text, found a list"),
        ({"date_kind": "x"}, "16:16: deals.deal.date_kind: unknown date kind 'x' (there are: signed, announced)"),
        ({"date": "2025-02-30"}, "15:11: deals.deal.date: '2025-02-30' has no such day"),
        ({"date": "2026-07"}, "15:11: deals.deal.date: '2026-07' lies after the file's as_of, 2026-06-30"),
        ({"sector": "rial"}, "17:13: deals.deal.sector: unknown sector 'rial' (did you mean 'rail'?)"),
        ({"parties": "ktz"}, "18:14: deals.deal.parties: expected a list, found 'ktz'"),
        ({"parties": ""}, "18:5: deals.deal.parties: expected a list, found nothing"),
        ({"parties": "[]"}, "18:5: deals.deal.parties: expected at least one item, found an empty list"),
        ({"parties": "[ktz, ktz]"}, "18:5: deals.deal.parties: holds 'ktz' twice"),
        ({"sources": "[page, pege]"}, "19:21: deals.deal.sources[1]: unknown source 'pege' (did you mean 'page'?)"),
        ({"tags": "[rail, Big Deal]"}, "20:18: deals.deal.tags[1]: 'Big Deal' is not an id;"
         " write lower-case letters, digits and single hyphens"),
        ({"part_of": "nope"}, "20:14: deals.deal.part_of[0]: unknown deal 'nope' (there are: deal)"),
        ({"part_of": "{deal: nope}"}, "20:5: deals.deal.part_of: expected a list, found a mapping"),
        ({"part_of": "deal"}, "20:14: deals.deal.part_of: runs in a circle: deal → deal"),
        ({"values": "{value: 1bn USD}"}, "20:5: deals.deal.values: expected a list, found a mapping"),
        ({"values": "[1bn USD]"}, "20:14: deals.deal.values[0]: expected a mapping, found '1bn USD'"),
        ({"values": "[[1bn USD]]"}, "20:14: deals.deal.values[0]: expected a mapping, found a list"),
        ({"values": "[{value: 1bn, source: page}]"}, "20:22: deals.deal.values[0].value: '1bn' names no currency;"
         " write '1bn USD'"),
        ({"values": "[{value: 1bn USD, source: page}, {source: page, value: 1bn USD}]"},
         "20:5: deals.deal.values: holds the same item twice"),
        ({"values": "[{value: 1bn USD, source: page, preferred: yes}]"},
         "20:56: deals.deal.values[0].preferred: 'yes' is neither true nor false"),
        (
            {"values": "[{value: 1m USD, source: page, preferred: true}, {value: 2m USD, source: page,"
                       " preferred: true}]"},
            "20:5: deals.deal.values: more than one value is preferred; a deal has one stated value",
        ),
        ({"values": "[{value: 1bn KZT, usd: 2m EUR, source: page}]"},
         "20:36: deals.deal.values[0].usd: '2m EUR' is not in USD; this key holds the value in U.S. dollars"),
        ({"quantities": "[{count: 3 USD, unit: trains, source: page}]"},
         "20:26: deals.deal.quantities[0].count: '3 USD' has a currency;"
         " a count is a plain number, put money under values"),
        (
            {"updates": "[{date: 2026-03, text: a, source: page}, {date: 2026-02, text: b, source: page}]"},
            "20:55: deals.deal.updates[1]: lies before the update above it; write the oldest first",
        ),
    ],
)  # fmt: skip
def test_a_faulty_deal_is_told_at_its_place(changes: dict[str, str | None], problem: str) -> None:
    assert problems(with_deal(**changes)) == [f"own.yaml:{problem}"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("format: 1", "format: one", "1:9: format: 'one' is not a format that this kzus reads; write 1"),
        ("as_of: 2026-06-30", "as_of: 30.6.2026", "3:8: as_of: '30.6.2026' is not a date;"
         " write 2025, 2025-09 or 2025-09-22"),
        ("as_of: 2026-06-30", "as_of: []", "3:1: as_of: expected text, found an empty list"),
        ("as_of: 2026-06-30\n", "", "1:1: the key 'as_of' is missing"),
        ("title: A", "titel: B\ntitle: A", "2:8: titel: unknown key 'titel' (did you mean 'title'?)"),
        ("{label: Rail}", "{label: Rail, dac: 21}", "5:28: sectors.rail.dac: '21' doesn't have the form"
         " ^[0-9]{3}([0-9]{2})?$"),
        ("{label: Rail}", "Rail", "5:9: sectors.rail: expected a mapping, found 'Rail'"),
        ("  rail: {label: Rail}", "  - rail", "4:1: sectors: expected a mapping, found a list"),
        ("rail: {label", "Rail_way: {label", "5:3: sectors.Rail_way: 'Rail_way' is not an id;"
         " write lower-case letters, digits and single hyphens"),
        ("kind: news", "kind: news, language: eng", "7:59: sources.page.language: 'eng' doesn't have the form"
         " ^[a-z]{2}$"),
        ("kind: news", "kind: news, url: example.org", "7:54: sources.page.url: 'example.org' is not a web address;"
         " write one that begins with https:// or http://"),
        ("kind: news", "kind: new", "7:43: sources.page.kind: unknown kind 'new' (did you mean 'news'?)"),
        ("country: KZ", "country: KX", "9:29: parties.ktz.country: unknown ISO 3166-1 country code 'KX'"),
        ("country: KZ, ", "", "9:3: parties.ktz: the key 'country' is missing;"
         " only an international organisation has none"),
        ("  ktz:", "  page:", "9:3: parties.page: the id 'page' is taken by sources.page"),
        ("title: A", "title: &a A", "2:8: title: has '&a'; anchors and aliases aren't used here, write it out"),
    ],
)  # fmt: skip
def test_a_fault_elsewhere_is_told_at_its_place(old: str, new: str, problem: str) -> None:
    assert problems(HEAD.replace(old, new, 1)) == [f"own.yaml:{problem}"]


@pytest.mark.parametrize(
    ("observation", "problem"),
    [
        ("{period: 2025/2024, value: 3, source: page}", "14:18: indicators.trade.observations[0].period:"
         " '2025/2024' ends before it begins"),
        ("{period: 2025/, value: 3, source: page}", "14:18: indicators.trade.observations[0].period:"
         " '' is not a date; write 2025, 2025-09 or 2025-09-22"),
        ("{period: 2025, value: 3 USD, source: page}", "14:31: indicators.trade.observations[0].value:"
         " '3 USD' has a currency; it belongs to the unit of the series"),
    ],
)  # fmt: skip
def test_a_faulty_observation_is_told_at_its_place(observation: str, problem: str) -> None:
    text = f"{HEAD}indicators:\n  trade:\n    title: Trade\n    observations:\n      - {observation}\n    unit: USD\n"
    assert problems(text) == [f"own.yaml:{problem}"]


def test_a_period_may_end_with_the_year_in_which_it_begins() -> None:
    observations = "[{period: 2025-06/2025, value: 3, source: page}]"
    text = f"{HEAD}indicators:\n  trade: {{title: Trade, unit: USD, observations: {observations}}}\n"
    assert load(text.encode(), "own.yaml")["indicators"]["trade"]["observations"][0]["period"] == "2025-06/2025"


def test_each_problem_is_one_line() -> None:
    text = with_deal(values="\n      - source: page\n        value: |\n          one USD")
    assert len(problems(text)) == 1


def test_problems_of_the_reader_and_of_the_model_are_told_together_in_line_order() -> None:
    text = with_deal(title="!x A deal", stage="pledged", note="a\n    note: b")
    assert problems(text) == [
        "own.yaml:12:12: deals.deal.title: has the tag '!x'; tags aren't used here, take it out",
        "own.yaml:14:12: deals.deal.stage: unknown stage 'pledged' (did you mean 'pledge'?)",
        "own.yaml:21:5: deals.deal.note: the key 'note' stands twice",
    ]


def test_every_missing_key_is_told() -> None:
    assert problems("format: 1\n") == [
        "own.yaml:1:1: the key 'as_of' is missing",
        "own.yaml:1:1: the key 'sectors' is missing",
        "own.yaml:1:1: the key 'sources' is missing",
        "own.yaml:1:1: the key 'title' is missing",
    ]


def test_a_file_that_is_no_yaml_is_told_alone() -> None:
    assert problems("") == ["own.yaml:1:1: is empty; a fact file starts with 'format: 1'"]


def test_the_error_carries_the_file_and_its_problems() -> None:
    with pytest.raises(FactFileError) as refused:
        load(with_deal(stage="pledged").encode(), "own.yaml")
    assert refused.value.file == "own.yaml"
    assert refused.value.problems == [
        reader.Problem(14, 12, "deals.deal.stage", "unknown stage 'pledged' (did you mean 'pledge'?)")
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
