"""Read the values and days of a fact file for the recount, by the grammar of the contract and without kzus."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

Tree = Mapping[str, Any]

SCALES = {None: 1, "k": 10**3, "m": 10**6, "bn": 10**9, "tn": 10**12}
CEILINGS = ("up to", "less than")
VALUE = re.compile(
    r"(?:(about|nearly|up to|at least|more than|less than) )?"
    r"(\d+(?:\.\d+)?)(?:[–-](\d+(?:\.\d+)?))? ?(k|m|bn|tn)? ([A-Z]{3})"
)


def as_list(given: Any) -> list[Any]:
    """Return what a key holds as a list; one bare item may stand for a list of one."""
    if given is None:
        return []
    return list(given) if isinstance(given, list) else [given]


def last_day(prefix: str) -> date:
    """Return the last day of an ISO prefix."""
    year, month, day = [*map(int, prefix.split("-")), 0, 0][:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def first_day(prefix: str) -> date:
    """Return the first day of an ISO prefix."""
    year, month, day = [*map(int, prefix.split("-")), 1, 1][:3]
    return date(year, month, day)


def months_after(day: date, months: int) -> date:
    """Return the day so many months after; the last of the month where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Money:
    """What one value says: the amount that it states, and its ends."""

    stated: int
    low: int
    high: int
    currency: str


def read_money(text: str) -> Money:
    """Read a value such as `up to 3.7bn USD`."""
    match = VALUE.fullmatch(text)
    if not match:
        raise ValueError(text)
    qualifier, low, high, scale, currency = match.groups()
    stated, top = (int(Decimal(number) * SCALES[scale]) for number in (low, high or low))
    # CHOICE: `up to 3–5bn` states 3bn and reaches from 0 to 5bn.
    return Money(stated, 0 if qualifier in CEILINGS else stated, top, currency)


def dollars(claim: Tree) -> Money | None:
    """Return a claim in dollars: its own, or those that it carries as `usd`."""
    for key in ("value", "usd"):
        if key in claim and (money := read_money(claim[key])).currency == "USD":
            return money
    return None
