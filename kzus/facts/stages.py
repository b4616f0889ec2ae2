"""How firm a deal is today, and since when nothing is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.values.dates import last_day, months_before

if TYPE_CHECKING:
    from kzus.facts.model import Deal

DORMANT_MONTHS = 36


def current_stage(deal: Deal) -> str:
    """Return the stage that the last update with one brought, else the one on the deal's date."""
    later = [update["stage"] for update in deal.get("updates", ()) if "stage" in update]
    return later[-1] if later else deal["stage"]


def last_known(deal: Deal) -> str:
    """Return the latest of a deal's date, `stage_as_of` and updates: the last day that it may stand for."""
    dates = [deal["date"], deal.get("stage_as_of", deal["date"]), *(each["date"] for each in deal.get("updates", ()))]
    return max(map(last_day, dates))


def is_old(deal: Deal, as_of: str) -> bool:
    """Tell whether nothing is known of a deal in the 36 months before the last day of `as_of`."""
    return last_known(deal) < months_before(last_day(as_of), DORMANT_MONTHS)


def is_dormant(deal: Deal, as_of: str) -> bool:
    """Tell whether a deal is a pledge that is old."""
    return current_stage(deal) == "pledge" and is_old(deal, as_of)
