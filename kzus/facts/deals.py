"""What a deal says: which of its claims may speak for it, how firm it is today, and since when nothing is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kzus.values.amounts import parse_value
from kzus.values.dates import last_day, months_before

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kzus.facts.model import Deal
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


DORMANT_MONTHS = 36  # README, "How sums count"


def current_stage(deal: Deal) -> str:
    """Return the stage that the last update with one brought, else the one on the deal's date."""
    # The check makes sure that updates stand oldest first.
    later = [update["stage"] for update in deal.get("updates", ()) if "stage" in update]
    return later[-1] if later else deal["stage"]


def newest_date(deal: Deal) -> str:
    """Return the latest of a deal's date, `stage_as_of` and updates, as precise as it is written."""
    dates = [deal["date"], deal.get("stage_as_of", deal["date"]), *(each["date"] for each in deal.get("updates", ()))]
    return max(dates, key=last_day)


def last_known(deal: Deal) -> str:
    """Return the last day that the newest date of a deal may stand for."""
    return last_day(newest_date(deal))


def is_old(deal: Deal, as_of: str) -> bool:
    """Tell whether nothing is known of a deal in the 36 months before the last day of `as_of`."""
    # Exactly 36 months ago isn't old yet.
    return last_known(deal) < months_before(last_day(as_of), DORMANT_MONTHS)


def is_dormant(deal: Deal, as_of: str) -> bool:
    """Tell whether a deal is a pledge that is old."""
    return current_stage(deal) == "pledge" and is_old(deal, as_of)
