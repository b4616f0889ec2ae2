from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kzus.facts.cross_check import cross_check

if TYPE_CHECKING:
    from kzus.facts.reader import Path

Entry = dict[str, Any]


def deals(**relations: Entry) -> Entry:
    """Return a tree of deals that each have a source, under the relations given."""
    return {"deals": {name: {"sources": ["page"], **entry} for name, entry in relations.items()}}


@pytest.mark.parametrize(
    "root",
    [
        {},
        {"deals": {}, "parties": {}, "sectors": {}},
        deals(a={"part_of": ["b", "c"]}, b={"part_of": "c"}, c={}),
        deals(a={"part_of": "b", "finances": "c"}, b={"finances": "a"}, c={"supersedes": "a"}),
        {"sectors": {"rail": {"label": "Rail", "aliases": ["RAIL", "rail"]}}},
        {"sectors": {"rail": {"label": "Trains"}}, "parties": {"ktz": {"name": "Rail", "country": "KZ"}}},
    ],
    ids=["nothing", "empty", "diamond", "a circle of different relations", "own name again", "names of other kinds"],
)
def test_entries_that_hold_together_have_no_fault(root: Entry) -> None:
    assert cross_check(root) == []


def test_an_id_stands_once_in_the_whole_file() -> None:
    root: Entry = {"events": {"visit": {}}, "treaties": {"visit": {}, "tax": {}}, "statements": {"visit": {}}}
    assert cross_check(root) == [
        (
            ("treaties", "visit"),
            "the id 'visit' is taken by events.visit; ids are unique over all kinds, so write another",
        ),
        (
            ("statements", "visit"),
            "the id 'visit' is taken by events.visit; ids are unique over all kinds, so write another",
        ),
    ]


@pytest.mark.parametrize(
    ("entries", "path", "message"),
    [
        (
            {"rail": {"label": "Rail"}, "trains": {"label": "RAIL"}},
            ("sectors", "trains", "label"),
            "the name 'RAIL' already stands for sectors.rail",
        ),
        (
            {"rail": {"label": "Trains"}, "trains": {"label": "More"}},
            ("sectors", "trains"),
            "the name 'trains' already stands for sectors.rail",
        ),
        (
            {
                "air": {"label": "Air", "aliases": ["air travel"]},
                "sky": {"label": "Sky", "aliases": ["x", "Air-Travel"]},
            },
            ("sectors", "sky", "aliases", 1),
            "the name 'Air-Travel' already stands for sectors.air",
        ),
    ],
    ids=["label and label", "label and id", "alias and alias"],
)
def test_a_name_stands_for_one_sector(entries: Entry, path: Path, message: str) -> None:
    assert cross_check({"sectors": entries}) == [(path, message)]


def test_a_name_stands_for_one_party() -> None:
    parties = {
        "ktz": {"name": "Kazakhstan Temir Zholy", "country": "KZ", "aliases": ["КТЖ"]},
        "rails": {"name": "Rails", "country": "US", "aliases": ["ктж"]},
    }
    assert cross_check({"parties": parties}) == [
        (("parties", "rails", "aliases", 0), "the name 'ктж' already stands for parties.ktz")
    ]


@pytest.mark.parametrize("relation", ["part_of", "finances", "supersedes"])
@pytest.mark.parametrize(
    ("links", "at", "circle"),
    [
        ({"a": "a"}, "a", "a → a"),
        ({"a": "b", "b": ["a"]}, "a", "a → b → a"),
        ({"a": "b", "b": "c", "c": ["d", "a"], "d": []}, "a", "a → b → c → a"),
        ({"in": "b", "b": "c", "c": "b"}, "b", "b → c → b"),
        ({"a": ["b", "c"], "b": "d", "c": "d", "d": "a"}, "a", "a → b → d → a"),
    ],
    ids=["itself", "two", "three", "entered from outside", "two ways round"],
)
def test_a_circle_is_told_once_at_its_first_deal(relation: str, links: Entry, at: str, circle: str) -> None:
    root = deals(**{name: {relation: to} for name, to in links.items()})
    assert cross_check(root) == [(("deals", at, relation), f"runs in a circle: {circle}")]


def test_two_circles_are_both_told() -> None:
    root = deals(a={"part_of": "b"}, b={"part_of": "a"}, c={"part_of": "c", "finances": "d"}, d={"finances": "c"})
    assert cross_check(root) == [
        (("deals", "a", "part_of"), "runs in a circle: a → b → a"),
        (("deals", "c", "part_of"), "runs in a circle: c → c"),
        (("deals", "c", "finances"), "runs in a circle: c → d → c"),
    ]


def test_a_chain_of_20000_deals_is_walked_without_recursion() -> None:
    chain = {f"d{at}": {"part_of": f"d{at + 1}"} for at in range(20_000)}
    assert cross_check(deals(**chain)) == []


def test_a_circle_of_20000_deals_is_found_without_recursion() -> None:
    chain = {f"d{at}": {"part_of": f"d{(at + 1) % 20_000}"} for at in range(20_000)}
    (((*path,), message),) = cross_check(deals(**chain))
    assert path == ["deals", "d0", "part_of"]
    assert message.startswith("runs in a circle: d0 → d1 → d2 → ")
    assert message.endswith(" → d19999 → d0")


@pytest.mark.parametrize("collection", ["deals", "packages"])
@pytest.mark.parametrize(
    "entry",
    [{}, {"sources": []}, {"values": [{"value": "1bn USD"}]}, {"values": ["1bn USD"]}, {"source": "page"}],
    ids=["nothing", "empty list", "claim without one", "claim that is text", "key of another kind"],
)
def test_a_deal_or_package_without_a_source_is_told(collection: str, entry: Entry) -> None:
    assert cross_check({collection: {"a": entry}}) == [
        ((collection, "a"), "names no source; add `sources` or a claim with one")
    ]


@pytest.mark.parametrize(
    "entry",
    [
        {"sources": ["page"]},
        {"values": [{"value": "1bn USD", "source": "page"}]},
        {"quantities": [{"count": "3", "source": "page"}]},
        {"updates": [{"date": "2025", "source": "page"}]},
    ],
    ids=["sources", "value", "quantity", "update"],
)
def test_a_claim_is_source_enough(entry: Entry) -> None:
    assert cross_check({"deals": {"a": entry}}) == []


def test_only_an_international_organisation_has_no_country() -> None:
    parties = {"ktz": {"kind": "company"}, "ebrd": {"kind": "organisation"}, "wabtec": {"country": "US"}, "odd": {}}
    message = "the key 'country' is missing; only an international organisation has none"
    assert cross_check({"parties": parties}) == [(("parties", "ktz"), message), (("parties", "odd"), message)]


def test_a_source_puts_a_deal_into_a_package_once() -> None:
    members = [
        {"deal": "a", "source": "page"},
        {"deal": "a", "source": "other"},
        {"deal": "b", "source": "page"},
        {"deal": "a", "source": "page", "note": "again"},
    ]
    assert cross_check({"packages": {"visit": {"sources": ["page"], "members": members}}}) == [
        (("packages", "visit", "members", 3), "the deal 'a' is put here twice by the same source")
    ]


@pytest.mark.parametrize(
    ("joint", "at", "message"),
    [
        ({"deal": "a", "value": "3bn USD"}, None, ""),
        ({"deal": "a", "value": "3bn USD", "together_with": "b"}, None, ""),
        ({"deal": "a", "value": "3bn USD", "together_with": ["b", "c"]}, None, ""),
        ({"deal": "a", "together_with": "b"}, (), "says whose value it shares, and there is none; add `value`"),
        (
            {"deal": "a", "value": "3bn USD", "together_with": ["b", "d"]},
            (1,),
            "'d' has a value of its own on that list; a joint value holds deals without one",
        ),
        (
            {"deal": "a", "value": "3bn USD", "together_with": "a"},
            (),
            "'a' has a value of its own on that list; a joint value holds deals without one",
        ),
        (
            {"deal": "a", "value": "3bn USD", "together_with": "far"},
            (),
            "'far' is not on the list of 'page'; add it there, or leave it out here",
        ),
        (
            {"deal": "a", "value": "3bn USD", "together_with": "e"},
            (),
            "'e' is in another joint value of that list; no dollar may stand in two",
        ),
    ],
)
def test_a_joint_value_is_of_other_deals_of_that_list_without_one(joint: Entry, at: Path | None, message: str) -> None:
    members = [
        {"deal": "b", "source": "page"},
        {"deal": "c", "source": "page", "note": "x"},
        {"deal": "d", "source": "page", "value": "1bn USD", "together_with": "e"},
        {"deal": "e", "source": "page"},
        {"deal": "b", "source": "other", "value": "2bn USD"},
        {"deal": "far", "source": "other"},
        {"source": "page", **joint},
    ]
    root = {
        **deals(a={}, b={}, c={}, d={}, e={}, far={}),
        "packages": {"visit": {"sources": ["page"], "members": members}},
    }
    assert cross_check(root) == (
        [] if at is None else [(("packages", "visit", "members", 6, "together_with", *at), message)]
    )


def updates(*dates: str) -> Entry:
    return deals(a={"updates": [{"date": date, "source": "page"} for date in dates]})


@pytest.mark.parametrize(
    "dates",
    [(), ("2026",), ("2025", "2026"), ("2026-02", "2026-02"), ("2026", "2026-02"), ("2025-12-31", "2026")],
    ids=" ".join,
)
def test_updates_stand_oldest_first(dates: tuple[str, ...]) -> None:
    assert cross_check(updates(*dates)) == []


@pytest.mark.parametrize(
    ("dates", "at"),
    [(("2026", "2025"), 1), (("2025", "2026-03", "2026-02"), 2), (("2026-02-02", "2026-02-01"), 1)],
)
def test_an_update_that_lies_before_the_one_above_is_told(dates: tuple[str, ...], at: int) -> None:
    assert cross_check(updates(*dates)) == [
        (("deals", "a", "updates", at), "lies before the update above it; write the oldest first")
    ]


@pytest.mark.parametrize("dates", [("2026-02", "2026"), ("2026-02-10", "2026-02")], ids=" ".join)
def test_an_update_that_is_only_less_precise_does_not_lie_before(dates: tuple[str, ...]) -> None:
    assert cross_check(updates(*dates)) == []


@pytest.mark.parametrize(
    "root",
    [
        {"deals": "text", "parties": [], "packages": ["x"], "sectors": ""},
        {"deals": {"a": "text", "b": []}, "parties": {"p": []}, "packages": {"q": ""}, "sectors": {"s": []}},
        deals(a={"part_of": {"a": "a"}, "finances": "", "supersedes": ["absent"], "updates": ["x", {}]}),
        {"packages": {"p": {"sources": ["page"], "members": ["x", "x", []]}}},
        {"packages": {"p": {"sources": ["page"], "members": [{"value": "1bn", "together_with": [{}, [], "absent"]}]}}},
        {"sectors": {"s": {"label": ["x"], "aliases": [["x"], {}]}, "t": {"label": ["x"], "aliases": {}}}},
    ],
    ids=["collections", "entries", "relations", "members", "joint values", "names"],
)
def test_what_is_no_entry_is_left_to_the_model(root: Entry) -> None:
    assert cross_check(root) == []


@pytest.mark.parametrize("item", [["a"], {"a": "a"}], ids=["list", "mapping"])
def test_a_relation_to_what_is_no_text_is_left_to_the_model(item: object) -> None:
    assert cross_check(deals(a={"part_of": [item]})) == []
