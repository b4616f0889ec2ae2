from __future__ import annotations

from kzus.facts.entries import all_entries, cited, related, sides, targets

DEAL = {
    "title": "sector",
    "sector": "rail",
    "parties": ["ktz", "wabtec"],
    "stage_source": "filing",
    "part_of": ["umbrella", {"deal": "order", "inferred": True}, {"deal": "frame", "source": "page"}],
    "values": [{"value": "1bn USD", "source": "wire"}, {"value": "2bn USD", "source": "page"}],
    "tags": ["source"],
    "sources": ["page", "leaflet"],
}


def test_an_entry_refers_to_each_id_once() -> None:
    assert sorted(targets(DEAL)) == [
        ("part_of", "frame"), ("part_of", "order"), ("part_of", "umbrella"), ("parties", "ktz"), ("parties", "wabtec"),
        ("sector", "rail"), ("sources", "filing"), ("sources", "leaflet"), ("sources", "page"), ("sources", "wire"),
    ]  # fmt: skip


def test_sources_are_cited_once_those_listed_first() -> None:
    assert cited(DEAL) == ["page", "leaflet", "filing", "wire"]
    assert cited({"source": "page", "stage_source": "page"}) == ["page"]


def test_a_relation_leads_to_a_deal_whoever_says_so() -> None:
    assert related(DEAL, "part_of") == ["umbrella", "order", "frame"]
    assert related(DEAL, "finances") == []


def test_only_collections_have_entries() -> None:
    facts = {"title": "T", "sides": {"kazakh": ["KZ"]}, "sectors": {"rail": {"label": "Rail"}}}
    assert list(all_entries(facts)) == [("sectors", "rail", {"label": "Rail"})]


def test_a_country_without_a_side_is_its_own() -> None:
    parties = {"ktz": {"country": "KZ"}, "fund": {}}
    assert sides({"parties": parties}) == {"KZ": "KZ"}
    assert sides({"parties": parties, "sides": {"both": ["KZ", "US"]}}) == {"KZ": "both", "US": "both"}
