from __future__ import annotations

import copy
import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzus.facts.lens import Hidden, Lens, apply_lens, hidden
from kzus.index.store import in_memory

if TYPE_CHECKING:
    from conftest import Kzus

FACTS: dict[str, Any] = {
    "format": 1,
    "title": "A lens's facts",
    "as_of": "2026-06-30",
    "sectors": {"rail": {"label": "Rail"}, "air": {"label": "Air"}},
    "sources": {
        "day": {"title": "D", "publisher": "D", "kind": "news", "published": "2025-11-06"},
        "month": {"title": "M", "publisher": "M", "kind": "news", "published": "2025-11"},
        "year": {"title": "Y", "publisher": "Y", "kind": "news", "published": "2025"},
        "late": {"title": "L", "publisher": "L", "kind": "news", "published": "2026-02-01"},
        "undated": {"title": "U", "publisher": "U", "kind": "news"},
    },
    "parties": {name: {"name": name, "country": "KZ", "kind": "company"} for name in ("ktz", "nobody", "airline")},
    "deals": {
        "trains": {
            "title": "Trains", "instrument": "contract", "flow": "trade", "stage": "commitment", "date": "2025-11-06",
            "stage_source": "day", "stage_as_of": "2026-04", "date_kind": "signed", "sector": "rail",
            "parties": ["ktz"],
            "values": [
                {"value": "4bn USD", "measure": "price", "source": "day"},
                {"value": "5bn USD", "measure": "price", "source": "late", "rank": "preferred"},
            ],
            "quantities": [{"count": "300", "unit": "trains", "source": "late"}],
            "updates": [
                {"date": "2025-12", "text": "Begun.", "source": "late", "stage": "implementation"},
                {"date": "2026-03", "text": "Done.", "source": "late", "stage": "completion"},
            ],
            "supersedes": ["letter"],
            "sources": ["day", "late"],
        },
        "letter": {
            "title": "Letter", "instrument": "letter of intent", "flow": "trade", "stage": "pledge", "date": "2024",
            "date_kind": "signed", "sector": "rail", "parties": ["ktz"],
            "values": [{"value": "3bn USD", "measure": "price", "source": "undated"}],
        },
        "planes": {
            "title": "Planes", "instrument": "contract", "flow": "trade", "stage": "commitment", "date": "2026-01-10",
            "date_kind": "signed", "sector": "air", "parties": ["airline"], "sources": ["day", "late"],
        },
    },
    "packages": {
        "visit": {
            "title": "Visit", "values": [{"value": "9bn USD", "source": "late"}],
            "members": [{"deal": "trains", "source": "day"}, {"deal": "letter", "source": "undated"}],
        }
    },
    "indicators": {
        "trade": {
            "title": "Trade", "unit": "USD",
            "observations": [
                {"period": "2024", "value": "4bn", "source": "month"},
                {"period": "2024", "value": "3bn", "source": "late"},
            ],
        }
    },
    "statements": {"said": {"text": "Trains matter.", "by": "A.", "source": "year"}},
}  # fmt: skip


def seen(*sources: str, as_of: str | None = None) -> dict[str, Any]:
    return apply_lens(copy.deepcopy(FACTS), Lens(sources, as_of))


def ids(facts: dict[str, Any], kind: str) -> list[str]:
    return list(facts[kind])


def test_a_deal_that_no_chosen_source_states_is_gone() -> None:
    assert ids(seen("day"), "deals") == ["trains", "planes"]
    assert ids(seen("undated"), "deals") == ["letter"]
    assert ids(seen("month"), "deals") == []


def test_what_other_sources_say_of_a_deal_is_gone() -> None:
    trains = seen("day")["deals"]["trains"]
    assert trains["values"] == [{"value": "4bn USD", "measure": "price", "source": "day"}]
    assert trains["sources"] == ["day"]
    assert {"quantities", "updates"}.isdisjoint(trains)


def test_relations_and_members_lead_only_to_deals_that_are_seen() -> None:
    assert "supersedes" not in seen("day")["deals"]["trains"]
    assert seen("late", "undated")["deals"]["trains"]["supersedes"] == ["letter"]
    assert seen("day")["packages"]["visit"]["members"] == [{"deal": "trains", "source": "day"}]


@pytest.mark.parametrize(("others", "left"), [(["letter"], None), (["letter", "planes"], ["planes"])])
def test_a_joint_value_names_only_deals_that_are_seen(others: list[str], left: list[str] | None) -> None:
    facts = copy.deepcopy(FACTS)
    joint = {"deal": "trains", "source": "day", "value": "5bn USD"}
    facts["packages"]["visit"]["members"] = [{**joint, "together_with": others}]
    members = apply_lens(facts, Lens(("day",)))["packages"]["visit"]["members"]

    assert members == [{**joint, "together_with": left} if left else joint]


def test_a_grant_for_a_deal_that_isnt_seen_pays_for_the_parts_that_are() -> None:
    facts = copy.deepcopy(FACTS)
    deals = facts["deals"]
    deals["help"] = {**deals["trains"], "flow": "grant", "part_of": ["planes"], "finances": ["letter", "planes"]}
    deals["loan"] = {**deals["help"], "flow": "financing", "finances": ["planes"]}
    deals["frame"] = {**deals["letter"], "part_of": ["planes"]}
    deals["hall"] = {**deals["letter"], "part_of": [{"deal": "planes", "source": "undated"}]}
    for part, whole in (("wings", "frame"), ("wheels", "frame"), ("door", "hall")):
        deals[part] = {**deals["trains"], "part_of": [whole]}
    del deals["planes"]["sources"][0]
    left = apply_lens(facts, Lens(("day",)))["deals"]

    assert left["help"]["finances"] == ["loan", "wheels", "wings"]
    assert "finances" not in left["loan"]  # of a loan it would say that it exceeds what it pays for


@pytest.mark.parametrize(
    ("link", "left"),
    [
        ("top", ["top"]),
        ({"deal": "top", "inferred": True}, ["top"]),
        ({"deal": "top", "source": "day"}, ["top"]),
        ({"deal": "top", "source": "late"}, None),  # which isn't seen either
    ],
)
def test_a_part_of_a_hidden_part_is_a_part_of_its_umbrella(link: Any, left: list[str] | None) -> None:
    deal = {"stage": "pledge", "date": "2025", "sources": ["day"]}
    middle = {**deal, "date": "2026-02", "part_of": [link]}
    deals = {"top": deal, "middle": middle, "bottom": {**deal, "part_of": ["middle"]}}
    found = apply_lens({**FACTS, "deals": deals}, Lens((), "2026-01"))["deals"]
    assert (list(found), found["bottom"].get("part_of")) == (["top", "bottom"], left)


def test_an_entry_goes_with_its_last_source() -> None:
    assert ids(seen("undated"), "indicators") == []
    assert ids(seen("month"), "indicators") == ["trade"]
    assert (ids(seen("year"), "statements"), ids(seen("day"), "statements")) == (["said"], [])
    assert ids(seen("month"), "packages") == []


def test_parties_are_those_that_stand_in_what_is_seen_and_sectors_all() -> None:
    assert ids(seen("undated"), "parties") == ["ktz"]
    assert ids(seen("day"), "parties") == ["ktz", "airline"]
    assert ids(seen("undated"), "sectors") == ["rail", "air"]


@pytest.mark.parametrize(
    ("as_of", "sources"),
    [
        ("2025-11-05", []),
        ("2025-11-06", ["day"]),
        ("2025-11-29", ["day"]),
        ("2025-11", ["day", "month"]),
        ("2025-12-30", ["day", "month"]),
        ("2025", ["day", "month", "year"]),
        ("2026-02-01", ["day", "month", "year", "late"]),
    ],
)
def test_a_source_is_seen_from_the_last_day_that_its_date_may_mean(as_of: str, sources: list[str]) -> None:
    assert ids(seen(as_of=as_of), "sources") == sources


def test_a_deal_is_not_there_before_its_day_though_a_source_foretold_it() -> None:
    assert ids(seen(as_of="2025-12-31"), "deals") == ["trains"]
    assert ids(seen(as_of="2026-02-01"), "deals") == ["trains", "planes"]


@pytest.mark.parametrize(
    ("as_of", "stage"), [("2025-11-30", "commitment"), ("2026-02-28", "implementation"), ("2026-03-01", "completion")]
)
def test_the_stage_is_that_of_the_day(as_of: str, stage: str) -> None:
    with closing(in_memory(seen(as_of=as_of))) as index:
        assert index.execute("SELECT stage FROM deals WHERE id = 'trains'").fetchone() == (stage,)


@pytest.mark.parametrize(("as_of", "amount"), [("2025-11-06", 4_000_000_000), ("2026-02-01", 5_000_000_000)])
def test_without_the_preferred_claim_the_first_that_is_seen_is_stated(as_of: str, amount: int) -> None:
    with closing(in_memory(seen(as_of=as_of))) as index:
        assert index.execute("SELECT amount_usd, counted_usd FROM deals WHERE id = 'trains'").fetchone() == (
            amount,
            amount,
        )


@pytest.mark.parametrize(
    ("lens", "numbers", "words"),
    [
        # hidden are the letter, the planes, the series and the statement: 4 of 6
        (
            Lens((), "2025-11-06"),
            Hidden(1, 2, 4),
            "sources hidden as of 2025-11-06: 1 without a date, 2 dated too coarsely to tell",
        ),
        (Lens((), "2026-02-01"), Hidden(1, 0, 1), "sources hidden as of 2026-02-01: 1 without a date"),
        (Lens(("day", "late"), "2025-11-06"), Hidden(0, 0, 4), None),
        # a source that shows the commitment, but not that it was carried out; planes name no stage_source
        (
            Lens(("day",)),
            Hidden(0, 0, 3, 2),
            "the stage of 2 deals is the file's: no chosen source shows it",
        ),
    ],
)
def test_what_a_lens_hides_is_counted(lens: Lens, numbers: Hidden, words: str | None) -> None:
    with closing(in_memory(FACTS)) as whole, closing(in_memory(apply_lens(FACTS, lens))) as index:
        found = hidden(whole, index, lens)

    assert (found, found.remark(lens)) == (numbers, words)


def test_both_remarks_are_one() -> None:
    assert Hidden(2, 0, 9, 1).remark(Lens(("day",), "2025")) == (
        "sources hidden as of 2025: 2 without a date; the stage of 1 deal is the file's: no chosen source shows it"
    )


@pytest.mark.parametrize("as_of", ["2026-06-30", "2026-06", "2026", "2026-07", "2031-01-01"])
def test_the_day_of_the_file_and_any_later_is_no_lens(as_of: str) -> None:
    assert seen(as_of=as_of) == FACTS
    assert seen("undated", as_of=as_of) == seen("undated")


@pytest.mark.parametrize(
    ("as_of", "expected"), [("2026-06-29", "2026-06-29"), ("2025", "2025"), ("2027", "2026-06-30")]
)
def test_facts_are_as_of_the_earlier_day(as_of: str, expected: str) -> None:
    assert seen(as_of=as_of)["as_of"] == expected
    assert seen("day")["as_of"] == "2026-06-30"


def staged(as_of: str | None, *sources: str, **changes: Any) -> list[str]:
    """Return the stages of a deal's own day and of its updates, as a lens shows them, and the one that counts."""
    facts = copy.deepcopy(FACTS)
    trains = facts["deals"]["trains"] | changes
    facts["deals"] = {"trains": {key: value for key, value in trains.items() if value}}
    (deal,) = (shown := apply_lens(facts, Lens(sources, as_of)))["deals"].values()
    with closing(in_memory(shown)) as index:
        (stage,) = index.execute("SELECT stage FROM deals").fetchone()
    return [deal["stage"], *(update.get("stage", "-") for update in deal.get("updates", ())), stage]


LATE = {"date": "2025-11-10", "text": "Begun.", "source": "late", "stage": "implementation"}
DAY = {"date": "2025-11-06", "text": "Signed.", "source": "day", "stage": "commitment"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # its stage_source had spoken, the update hadn't
        ({"stage": "commitment", "stage_source": "day", "updates": [LATE]}, ["commitment", "commitment"]),
        # the stage_source hadn't: what the last update that had been published brings
        ({"stage": "completion", "stage_source": "late", "updates": [DAY, LATE]},
         ["pledge", "commitment", "commitment"]),
        ({"stage": "completion", "stage_source": "late", "updates": []}, ["pledge", "pledge"]),
        # nobody is named who shows it
        ({"stage": "commitment", "stage_source": None, "updates": []}, ["pledge", "pledge"]),
        ({"stage": "cancelled", "stage_source": None, "updates": []}, ["pledge", "pledge"]),
        ({"stage": "pledge", "stage_source": None, "updates": [LATE]}, ["pledge", "pledge"]),
        # the file says that it was given up, which nobody had written
        ({"stage": "commitment", "stage_source": "day", "updates": [DAY, {**LATE, "stage": "cancelled"}]},
         ["commitment", "commitment", "commitment"]),
    ],
)  # fmt: skip
def test_as_of_a_day_a_stage_holds_if_whoever_shows_it_had_spoken(changes: Any, expected: list[str]) -> None:
    assert staged("2025-11-29", **changes) == expected


@pytest.mark.parametrize(
    ("source", "as_of", "expected"),
    [
        # the file's is completion, which 'late' shows
        ("late", None, ["commitment", "implementation", "completion", "completion"]),
        ("day", None, ["completion", "completion"]),
        # of both lenses the day decides on the stage, whoever is chosen
        ("late", "2026-02-28", ["commitment", "implementation", "implementation"]),
        ("day", "2026-02-28", ["implementation", "implementation"]),
    ],
)
def test_a_chosen_source_changes_no_stage(source: str, as_of: str | None, expected: list[str]) -> None:
    assert staged(as_of, source) == expected


def test_an_update_of_a_chosen_source_doesnt_bring_back_an_older_stage() -> None:
    updates = [DAY, LATE]

    assert staged(None, "day", updates=updates) == ["implementation", "-", "implementation"]
    assert staged(None, "late", updates=updates) == ["commitment", "implementation", "implementation"]


@pytest.mark.parametrize(("as_of", "known"), [("2026-03", None), ("2026-04-29", None), ("2026-04", "2026-04")])
def test_a_stage_is_known_up_to_no_later_day(as_of: str, known: str | None) -> None:
    assert seen(as_of=as_of)["deals"]["trains"].get("stage_as_of") == known


def test_a_treaty_isnt_in_force_before_its_day() -> None:
    treaty = {"title": "T", "signed": "1993", "in_force": "1996-12", "status": "in force", "sources": ["day"]}
    facts = {**FACTS, "sources": {"day": {**FACTS["sources"]["day"], "published": "1994"}}, "treaties": {"t": treaty}}

    assert apply_lens(facts, Lens((), "1996-11"))["treaties"]["t"] == {
        "title": "T", "signed": "1993", "status": "signed", "sources": ["day"],
    }  # fmt: skip
    assert apply_lens(facts, Lens((), "1996"))["treaties"]["t"] == treaty


def test_a_party_succeeds_only_parties_that_are_seen() -> None:
    facts = copy.deepcopy(FACTS)
    facts["parties"]["ktz"]["succeeds"] = ["nobody", "airline"]

    assert apply_lens(facts, Lens(("day",)))["parties"]["ktz"]["succeeds"] == ["airline"]
    assert "succeeds" not in apply_lens(facts, Lens(("undated",)))["parties"]["ktz"]


def test_who_took_the_place_of_a_party_that_is_seen_is_seen_also_by_way_of_others() -> None:
    facts = copy.deepcopy(FACTS)
    facts["parties"]["airline"]["succeeds"] = ["nobody"]
    facts["parties"]["nobody"]["succeeds"] = ["ktz"]

    assert ids(apply_lens(facts, Lens(("undated",))), "parties") == ["ktz", "nobody", "airline"]


def test_a_lens_leaves_the_facts_themselves_alone() -> None:
    facts = copy.deepcopy(FACTS)
    apply_lens(facts, Lens(("day",), "2025-11-06"))
    assert facts == FACTS


SOURCES = st.lists(st.sampled_from(sorted(FACTS["sources"])), unique=True)
DAYS = st.none() | st.sampled_from(("2024", "2025-11-05", "2025-11-06", "2025-11", "2025", "2026-02-01", "2026-06"))


@given(SOURCES, DAYS)
def test_looking_twice_shows_no_more_and_no_less(sources: list[str], as_of: str | None) -> None:
    lens = Lens(sources, as_of)
    once = apply_lens(FACTS, lens)
    assert apply_lens(once, lens) == once


@given(SOURCES.filter(bool), st.sampled_from(sorted(FACTS["sources"])), DAYS)
def test_another_source_never_hides_an_entry(sources: list[str], more: str, as_of: str | None) -> None:
    narrow, wide = apply_lens(FACTS, Lens(sources, as_of)), apply_lens(FACTS, Lens([*sources, more], as_of))
    assert all(set(narrow[kind]) <= set(wide[kind]) for kind in ("deals", "packages", "indicators", "parties"))


def test_every_source_shows_what_no_lens_shows() -> None:
    assert {**apply_lens(FACTS, Lens(tuple(FACTS["sources"]))), "parties": FACTS["parties"]} == FACTS


def test_commands_look_through_a_source(kzus: Kzus) -> None:
    done = kzus("deals", "--source", "wire-2025", "-c", "id,value")

    assert done.out == (
        "tenge-bond\t100bn KZT\ngrid\t0.9–1.5bn USD\ngrid-west\tup to 400m USD\n"
        "locomotives\tabout 4bn USD\nplant\t250m USD\n"
    )
    assert (done.code, done.err) == (0, "the stage of 4 deals is the file's: no chosen source shows it\n")


def test_commands_say_what_a_day_hides(kzus: Kzus) -> None:
    done = kzus("deals", "--as-of", "2025-10", "-c", "id,stage,value")

    assert done.out == "locomotives\tpledge\t4.2bn USD\nloan\tpledge\t1.6bn USD\n"
    assert done.err == "sources hidden as of 2025-10: 1 without a date\n"


@pytest.mark.parametrize("as_of", ["2026-06-30", "2026-06", "2031"])
@pytest.mark.parametrize("words", ["sum", "deals", "brief", "conflicts", "timeline", "show locomotives", "sources"])
@pytest.mark.parametrize("width", [None, 80])
def test_the_day_of_the_file_or_a_later_one_answers_as_without_it(
    kzus: Kzus, words: str, as_of: str, width: int | None
) -> None:
    assert kzus(*words.split(), "--as-of", as_of, width=width) == kzus(*words.split(), width=width)


def test_an_export_as_of_a_day_is_of_that_day(kzus: Kzus) -> None:
    facts = json.loads(kzus("export", "json", "--as-of", "2025-10").out)

    assert (facts["as_of"], facts["version"]) == ("2025-10", "2026.07.01")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--source", "wire"], "unknown source 'wire' (there are: akorda-2025, leaflet, wire-2025)"),
        (["--as-of", "soon"], "--as-of: 'soon' is not a date; write 2025, 2025-09 or 2025-09-22"),
    ],
)
def test_a_lens_that_cant_be_meant_is_a_usage_error(kzus: Kzus, arguments: list[str], complaint: str) -> None:
    done = kzus("sum", *arguments)

    assert (done.code, done.out) == (2, "")
    assert complaint.split(" (", maxsplit=1)[0] in done.err


def test_a_person_reads_what_the_day_hides_under_the_table_or_before_the_failure(kzus: Kzus) -> None:
    found = kzus("deals", "--as-of", "2025-10", width=80)
    missing = kzus("show", "locomotive-letter", "--as-of", "2025-10", width=80)
    hidden = "sources hidden as of 2025-10: 1 without a date"

    assert (found.out.splitlines()[-1], found.err) == (hidden, "")
    assert (missing.out, missing.err.splitlines()[0]) == ("", hidden)
