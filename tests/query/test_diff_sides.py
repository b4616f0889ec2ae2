"""What a comparison must hold for any two days: the deals explain the sums."""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from conftest import FIXTURE

from kzus.facts.lens import Lens
from kzus.index.store import in_memory, open_index
from kzus.query.diff import DealState, deal_states
from kzus.query.diff_sides import compare, older_changes, side_of

if TYPE_CHECKING:
    from collections.abc import Mapping

DAYS = ("2023", "2025-09", "2025-10", "2025-11-06", "2025-12", "2026-03", "2030")
COLUMNS = {"firm": "firm_usd", "pledge": "pledge_usd", "dormant": "dormant_usd"}


def _sums(states: Mapping[str, DealState], names: set[str]) -> dict[tuple[str, str], int]:
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for name in names & states.keys():
        state = states[name]
        if state.counted_usd and state.standing and (state.flow != "financing" or state.standing != "dormant"):
            prefix = "financing_" if state.flow == "financing" else ""
            sums[state.flow, prefix + COLUMNS[state.standing]] += state.counted_usd
    return sums


@pytest.mark.parametrize(("old", "new"), list(permutations(DAYS, 2)))
def test_the_deals_that_are_told_explain_every_sum(old: str, new: str) -> None:
    whole = open_index(FIXTURE)
    found = compare(side_of(whole, Lens(as_of=old)), side_of(whole, Lens(as_of=new)))
    told = {
        str(each.id) for each in found.order if each.kind == "deal" and each.field in (None, "standing", "counted_usd")
    }
    before, after = (_sums(deal_states(side.facts), told) for side in (found.old, found.new))
    changes = {(str(each.id), str(each.field)): (each.new or 0) - (each.old or 0) for each in found.sums}

    for key in {*before, *after, *changes}:
        assert changes.get(key, 0) == after[key] - before[key]


@pytest.mark.parametrize(("old", "new"), list(permutations(DAYS, 2)))
def test_what_differs_is_sure_or_not(old: str, new: str) -> None:
    whole = open_index(FIXTURE)
    found = compare(side_of(whole, Lens(as_of=old)), side_of(whole, Lens(as_of=new)))

    assert sorted(map(id, [*found.sure, *found.unsure])) == sorted(map(id, found.order))
    undated = {name for name, source in found.old.open_facts["sources"].items() if "published" not in source}
    assert undated.isdisjoint(each.id for each in found.sure if each.kind == "source")


@pytest.mark.parametrize(("old", "new"), list(permutations(DAYS, 2)))
def test_what_may_be_older_of_a_sum_is_what_open_dates_would_explain(old: str, new: str) -> None:
    whole = open_index(FIXTURE)
    found = compare(side_of(whole, Lens(as_of=old)), side_of(whole, Lens(as_of=new)))
    known = compare(*(side._replace(connection=in_memory(side.open_facts)) for side in (found.old, found.new)))
    sums, sure = (
        {(str(each.id), str(each.field)): (each.new or 0) - (each.old or 0) for each in compared.sums}
        for compared in (found, known)
    )
    parts = {key: usd - sure.get(key, 0) for key, usd in sums.items()}

    assert older_changes(found) == {key: usd for key, usd in parts.items() if usd}
