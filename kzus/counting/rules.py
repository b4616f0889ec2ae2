"""What each deal adds to a total, and why it isn't always what it states.

The rules are those of the README's "How sums count": no dollar enters a total twice, whatever the set.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kzus.facts.vocabulary import DEAD_STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kzus.values.amounts import Value

REMAINDER = "remainder after its parts"
NO_VALUE = "no published value"


class Amounts(NamedTuple):
    """The whole U.S. dollars that a deal states, and the extremes over all its claims."""

    stated: int
    low: int
    high: int


class Stake(NamedTuple):
    """What counting looks at in a deal; `abroad` is the currency of a stated value without dollars."""

    stage: str
    amounts: Amounts | None = None
    abroad: str | None = None
    part_of: Sequence[str] = ()
    finances: Sequence[str] = ()
    supersedes: Sequence[str] = ()


class Counted(NamedTuple):
    """What a deal adds to any total, and the reason if that isn't its stated value."""

    amounts: Amounts
    reason: str | None


NOTHING = Amounts(0, 0, 0)


def weigh(claims: Sequence[tuple[Value, Value | None]], preferred: int = 0) -> tuple[Amounts | None, str | None]:
    """Join a deal's claims, each with its source's own dollar figure, into amounts or a foreign currency.

    `preferred` is the position of the stated claim.
    """
    dollars = [value if value.currency == "USD" else usd for value, usd in claims]
    if not claims:
        return None, None
    stated = dollars[preferred]
    if stated is None:
        return None, claims[preferred][0].currency
    known = [value for value in dollars if value is not None]
    return Amounts(stated.stated, min(value.floor for value in known), max(value.high for value in known)), None


def count(deals: Mapping[str, Stake]) -> dict[str, Counted]:
    """Return what each deal adds to a total; relations to deals that aren't there say nothing.

    The relations must run in no circle.
    """
    parts = _parts(deals)
    reasons = _exclusions(deals, parts)
    counted: dict[str, Counted] = {}
    totals: dict[str, Amounts] = {}
    knotted: set[str] = set()
    for deal in _parts_first(parts):
        below = parts[deal]
        if any(part in knotted or len(deals[part].part_of) > 1 for part in below):
            knotted.add(deal)
        if deal in knotted and len(below) > 1:  # what is below one part, that part has added up without repeating
            covered = _add(counted[part].amounts for part in _all_below(deal, parts))
        else:
            covered = _add(totals[part] for part in below)
        stated = None if deal in reasons else deals[deal].amounts
        reason = reasons.get(deal) or (REMAINDER if covered.stated else None)
        counted[deal] = Counted(_less(stated or NOTHING, covered), reason)
        totals[deal] = _add((counted[deal].amounts, covered))
    return {deal: counted[deal] for deal in deals}


def _parts(deals: Mapping[str, Stake]) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {deal: [] for deal in deals}
    for deal, stake in deals.items():
        for umbrella in stake.part_of:
            if umbrella in parts:
                parts[umbrella].append(deal)
    return parts


def _exclusions(deals: Mapping[str, Stake], parts: Mapping[str, list[str]]) -> dict[str, str]:
    """Say why a deal adds nothing at all, for those that don't."""
    successors: dict[str, str] = {}
    for deal in sorted(deals):
        for old in deals[deal].supersedes:
            successors.setdefault(old, deal)
    reasons = {}
    for deal, stake in deals.items():
        financed = next((other for other in stake.finances if _is_valued(other, deal, deals, parts)), None)
        if stake.amounts is None:
            reasons[deal] = f"stated in {stake.abroad}" if stake.abroad else NO_VALUE
        elif stake.stage in DEAD_STAGES:
            reasons[deal] = stake.stage
        elif deal in successors:
            reasons[deal] = f"superseded by {successors[deal]}"
        elif financed:
            reasons[deal] = f"finances {financed}"
    return reasons


def _is_valued(deal: str, payer: str, deals: Mapping[str, Stake], parts: Mapping[str, list[str]]) -> bool:
    """Tell whether money for this deal is already in a value: its own, or that of a part that isn't the payer's."""
    if deal not in deals:
        return False
    paid = {payer, *_all_below(payer, parts)}
    return any(deals[part].amounts for part in chain((deal,), _all_below(deal, parts)) if part not in paid)


def _parts_first(parts: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield each deal after all its parts, without recursion: chains may be as long as the file."""
    done: set[str] = set()
    for start in parts:
        waiting = [start]
        while waiting:
            deal = waiting[-1]
            missing = [part for part in parts[deal] if part not in done]
            if missing:
                waiting += missing
            elif waiting.pop() not in done:
                done.add(deal)
                yield deal


def _all_below(deal: str, parts: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the parts of a deal and theirs, each once although it stands in two umbrellas."""
    seen: set[str] = set()
    ways = [iter(parts[deal])]
    while ways:
        part = next(ways[-1], None)
        if part is None:
            ways.pop()
        elif part not in seen:
            seen.add(part)
            ways.append(iter(parts[part]))
            yield part


def _add(amounts: Iterator[Amounts] | Sequence[Amounts]) -> Amounts:
    stated = low = high = 0
    for amount in amounts:
        stated, low, high = stated + amount.stated, low + amount.low, high + amount.high
    return Amounts(stated, low, high)


def _less(stated: Amounts, covered: Amounts) -> Amounts:
    """Take from each bound what the parts cover; where they exceed it, nothing is left."""
    rest = (max(whole - part, 0) for whole, part in zip(stated, covered, strict=True))
    return Amounts(*rest)
