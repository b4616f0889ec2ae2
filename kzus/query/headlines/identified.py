"""Which agreements of a package its sources identify: those that a list names as some of the claimed ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzus.query.headlines.lists import agreements

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kzus.query.headlines.lists import SourceList, Umbrellas
    from kzus.query.headlines.said import Said


class Identified(NamedTuple):
    """How many agreements the first source counts, and what lists name.

    `deals` are those that a list names as some of the claimed ones, `by` the sources of these lists. `others` is how
    many agreements lists name beside them. Where nobody counts agreements, nothing is identified.
    """

    claimed: int | None
    deals: frozenset[str]
    by: tuple[str, ...]
    others: int


def identify(
    counts: Sequence[Said], lists: Sequence[SourceList], deals: Iterable[str], umbrellas: Umbrellas
) -> Identified:
    """Tell the agreements that are named as some of the claimed ones from those that lists only have as well."""
    claimed = counts[0].number if counts else None
    # A source that claims another number claims other agreements; one that claims none says nothing of the number.
    own = {said.list_source for said in counts if said.number == claimed}
    naming = [each for each in lists if each.source in own and each.of_claimed]
    every = dict.fromkeys(deal for each in naming for deal in each.of_claimed)
    found = frozenset(agreements(every, umbrellas))
    others = [
        deal for deal in agreements(deals, umbrellas) if deal not in found and found.isdisjoint(umbrellas.get(deal, ()))
    ]
    return Identified(claimed, found, tuple(each.source for each in naming), len(others))
