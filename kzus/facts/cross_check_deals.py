"""What the keys of one deal, package or party say of each other, looked at in the plain tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kzus.values import amounts as values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kzus.facts.reader import Fault, Path


def check_money(name: str, deal: Mapping[str, Any], known: object) -> Iterator[Fault]:
    """Find payers and payees, of the known parties, who don't agree to the deal, and values of a deal without money."""
    parties = [each.strip() for party in _listed(deal.get("parties")) for each in str(party).split(",")]
    for key in ("payer", "payee"):
        for at, party in enumerate(_listed(deal.get(key))):
            if isinstance(party, str) and party not in parties and isinstance(known, dict) and party in known:
                path: Path = ("deals", name, key, at) if isinstance(deal[key], list) else ("deals", name, key)
                yield path, f"'{party}' is none of the parties of the deal; add it there, or leave it out here"
    if deal.get("flow") == "cooperation" and deal.get("values"):
        yield (
            ("deals", name, "values"),
            "stands at a deal whose flow is 'cooperation', which tells of no money; choose another flow",
        )


def check_relations(name: str, deal: Mapping[str, Any], relations: Sequence[str]) -> Iterator[Fault]:
    """Find relations that name a source and are said to be a reading all the same."""
    for key in relations:
        for at, item in enumerate(_listed(deal.get(key))):
            if isinstance(item, dict) and "source" in item and "inferred" in item:
                path: Path = ("deals", name, key, at) if isinstance(deal[key], list) else ("deals", name, key)
                yield (*path, "inferred"), "stands beside a source; keep the one that is so"


def check_ranks(path: Path, claims: object) -> Iterator[Fault]:
    """Find ranks that contradict each other, or that nobody gives a reason for."""
    ranked = [(at, claim) for at, claim in enumerate(_listed(claims)) if isinstance(claim, dict)]
    preferred = [at for at, claim in ranked if claim.get("rank") == "preferred"]
    for at in preferred[1:]:
        yield (*path, at, "rank"), f"is 'preferred' as values[{preferred[0]}] is; a deal has one stated value"
    differ = len({amount for _, claim in ranked if (amount := _amount(claim))}) > 1
    for at, claim in ranked:
        rank = claim.get("rank")
        if rank == "preferred" and claim.get("counts") == "false":
            yield (
                (*path, at, "rank"),
                "is 'preferred' though it doesn't count; the stated value measures the whole deal",
            )
        if "because" in claim and rank not in ("preferred", "deprecated"):
            yield (*path, at, "because"), "gives the reason of a rank that isn't there; add `rank`, or write a `note`"
        elif "because" not in claim and (rank == "deprecated" or (rank == "preferred" and differ)):
            why = "the claims differ" if rank == "preferred" else "such a claim is struck"
            yield (*path, at, "rank"), f"is '{rank}' without a reason; add `because`, since {why}"


def _amount(claim: Mapping[str, Any]) -> object:
    """Return what a claim says that may be stated, without its qualifier; nothing of what can't be read."""
    if claim.get("counts") == "false" or claim.get("rank") == "deprecated":
        return None
    try:
        return values.parse_value(claim["value"])[:3]
    except (KeyError, TypeError, ValueError):
        return None


def check_sides(sides: object) -> Iterator[Fault]:
    """Find countries in two sides."""
    seen: dict[str, str] = {}
    for side, countries in sides.items() if isinstance(sides, dict) else ():
        for at, country in enumerate(_listed(countries)):
            if isinstance(country, str) and seen.setdefault(country, side) != side:
                path: Path = ("sides", side, at) if isinstance(countries, list) else ("sides", side)
                yield path, f"'{country}' is of the side '{seen[country]}' already"


def _listed(given: object) -> list[Any]:
    return given if isinstance(given, list) else [] if given is None else [given]
