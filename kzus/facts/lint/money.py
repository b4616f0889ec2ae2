"""What kinds of money give away: a flow that its paper can't carry, figures that measure different things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.facts.deals import counting_claims, stated_claim
from kzus.facts.entries import all_entries, related

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from kzus.facts.model import Facts
    from kzus.facts.reader import Fault

_CARRIED = {"loan agreement": "financing", "guarantee": "financing", "grant agreement": "grant"}
"""Papers that carry one kind of money only."""
_LONGEST_TITLE = 60


def flows_against_instruments(facts: Facts) -> Iterator[Fault]:
    """Find flows that the instrument of the deal doesn't carry."""
    for name, deal in facts.get("deals", {}).items():
        usual = _CARRIED.get(deal["instrument"], deal["flow"])
        if deal["flow"] != usual:
            yield ("deals", name, "flow"), f"'{deal['flow']}' is not what a {deal['instrument']} carries, {usual}"


def other_measures(facts: Facts) -> Iterator[Fault]:
    """Find claims that count and measure something else than the stated one."""
    for name, deal in facts.get("deals", {}).items():
        able = counting_claims(deal.get("values", ()))
        said = stated_claim(able)
        for at, claim in enumerate(deal.get("values", ())):
            if said and claim in able and claim["measure"] != said["measure"]:
                other = f"'{claim['measure']}' is not what the stated {said['value']} measures, '{said['measure']}'"
                yield (
                    ("deals", name, "values", at, "measure"),
                    f"{other}; add `counts: false`, or give both one measure",
                )


def preferred_list_prices(facts: Facts) -> Iterator[Fault]:
    """Find list prices that are preferred where a price is known."""
    for name, deal in facts.get("deals", {}).items():
        able = counting_claims(deal.get("values", ()))
        price = next((claim for claim in able if claim["measure"] == "price"), None)
        for at, claim in enumerate(deal.get("values", ())):
            if price and claim.get("rank") == "preferred" and claim["measure"] == "list price":
                yield (
                    ("deals", name, "values", at, "rank"),
                    f"prefers a list price, though {price['source']} gives a price, {price['value']}",
                )


def orphaned_parts(facts: Facts, adding: Collection[str]) -> Iterator[Fault]:
    """Find parts that add something of an umbrella that was replaced, and that its successor doesn't hold."""
    deals = facts.get("deals", {})
    successors: dict[str, list[str]] = {}
    for name, deal in deals.items():
        for old in related(deal, "supersedes"):
            successors.setdefault(old, []).append(name)
    umbrellas = {name: related(deal, "part_of") for name, deal in deals.items()}
    for name in deals:
        for old in umbrellas[name] if name in adding else ():
            heirs = _all_above(old, successors)
            if heirs and not heirs & {name, *_all_above(name, umbrellas)}:
                newest = successors[old][0]
                yield (
                    ("deals", name, "part_of"),
                    f"counts as a part of {old}, which {newest} supersedes; make it a part of {newest} too",
                )


def _all_above(name: str, links: Mapping[str, list[str]]) -> set[str]:
    found: set[str] = set()
    ahead = list(links.get(name, ()))
    while ahead:
        here = ahead.pop()
        if here not in found:
            found.add(here)
            ahead += links.get(here, ())
    return found


def long_titles(facts: Facts) -> Iterator[Fault]:
    """Find titles that a line has no room for; those of sources are as published."""
    for kind, name, entry in all_entries(facts):
        title = entry.get("title", "")
        if kind != "sources" and len(title) > _LONGEST_TITLE:
            yield (
                (kind, name, "title"),
                f"has {len(title)} characters; {_LONGEST_TITLE} fit a line, move the rest to the note",
            )
