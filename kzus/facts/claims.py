"""Which of the figures that sources give may speak for a deal or package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kzus.values.amounts import parse_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kzus.values.amounts import Value

    Claim = Mapping[str, Any]


def counting_claims(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims that measure the whole of it and aren't deprecated."""
    return [claim for claim in claims if claim.get("counts", True) and claim.get("rank") != "deprecated"]


def stated_claim(claims: Sequence[Claim]) -> Claim | None:
    """Return the claim whose value a deal or package is said to have: the preferred one, else the first that counts."""
    able = counting_claims(claims)
    return next((claim for claim in able if claim.get("rank") == "preferred"), able[0] if able else None)


def dollars(claim: Claim) -> Value | None:
    """Return what a claim says in U.S. dollars: its own value, else the figure in dollars that its source gives."""
    value = parse_value(claim["value"])
    if value.currency == "USD":
        return value
    return parse_value(claim["usd"]) if "usd" in claim else None
