"""Which of the figures that are claimed for a deal or package may speak for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def counting(claims: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the claims that measure the whole of it and aren't deprecated."""
    return [claim for claim in claims if claim.get("counts", True) and claim.get("rank") != "deprecated"]


def stated(claims: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the claim whose value a deal or package is said to have: the preferred one, else the first that counts."""
    able = counting(claims)
    return next((claim for claim in able if claim.get("rank") == "preferred"), able[0] if able else None)
