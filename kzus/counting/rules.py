"""What each deal adds to a total, and why it isn't always what it states.

The rules are those of the README's "How sums count". Loans and other financing are counted apart from all other
money, so that no dollar enters a total twice and no loan is added to what it pays for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kzus.facts.deals import counting_claims, current_stage, dollars, stated_claim
from kzus.facts.entries import related
from kzus.facts.vocabulary import DEAD_STAGES, RELATIONS
from kzus.values.amounts import parse_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kzus.facts.model import Deal

    Stakes = Mapping[str, "Stake"]
    Links = Mapping[str, list[str]]

NO_VALUE = "no published value"
NO_COUNTING_VALUE = "no value that counts"
REMAINDER = "remainder after its parts"
LENT = "lent, in no total"


class Amounts(NamedTuple):
    """Whole U.S. dollars: what a deal states, and the extremes over the claims that compare with it."""

    stated: int
    low: int
    high: int


class Stake(NamedTuple):
    """What counting reads of a deal; without `amounts`, `missing` says why it states no dollars."""

    flow: str
    stage: str
    amounts: Amounts | None = None
    missing: str | None = NO_VALUE
    part_of: Sequence[str] = ()
    finances: Sequence[str] = ()
    supersedes: Sequence[str] = ()

    @property
    def is_financing(self) -> bool:
        """Whether its money stands in the ledger of loans and guarantees, which enters no total."""
        return self.flow == "financing"

    @property
    def is_valued(self) -> bool:
        """Whether a value of it that counts is published, in any currency."""
        return self.missing not in (NO_VALUE, NO_COUNTING_VALUE)


def read_stake(deal: Deal) -> Stake:
    """Reduce a deal to what counting reads of it."""
    amounts, missing = read_amounts(deal.get("values", ()))
    return Stake(deal["flow"], current_stage(deal), amounts, missing, *(related(deal, each) for each in RELATIONS))


def read_amounts(claims: Sequence[Mapping[str, Any]]) -> tuple[Amounts | None, str | None]:
    """Return the amounts of a deal's claims, or the reason why it states no dollars.

    The extremes are those of the claims that count and measure what the stated one does; a ceiling reaches down to 0.
    """
    stated = stated_claim(claims)
    if stated is None:
        return None, NO_COUNTING_VALUE if claims else NO_VALUE
    value = dollars(stated)
    if value is None:
        return None, f"stated in {parse_value(stated['value']).currency}"
    alike = (claim for claim in counting_claims(claims) if claim.get("measure") == stated.get("measure"))
    # A claim in another currency without `usd` can't be compared.
    known = [each for each in map(dollars, alike) if each]
    return Amounts(value.stated, min(each.floor for each in known), max(each.high for each in known)), None


NOTHING = Amounts(0, 0, 0)


class Counted(NamedTuple):
    """What a deal adds, nothing known without `amounts`, and the reason where that isn't its stated value."""

    amounts: Amounts | None
    reason: str | None


def count(deals: Stakes) -> dict[str, Counted]:
    """Return what each deal adds: financing to a ledger of its own, all else to the total.

    Relations to deals that aren't there say nothing. No relation may run in a circle.
    """
    parts = parts_of(deals)
    reasons = _reasons(deals, parts)
    counted: dict[str, Counted] = {}
    totals: dict[str, tuple[int, int]] = {}
    shares_parts: set[str] = set()
    for deal in _deepest_first(parts):
        below = parts[deal]
        # A deal in two umbrellas would be taken twice above both, so there all below is walked, each once.
        if any(part in shares_parts or len(deals[part].part_of) > 1 for part in below):
            shares_parts.add(deal)
        if deal in shares_parts and len(below) > 1:  # below one part, no deal was added up twice
            covered = _add_pairs(_by_ledger(deals[part], counted[part]) for part in all_parts(deal, parts))
        else:
            # Elsewhere the sums of the parts will do: walking all below takes the square of a long chain.
            covered = _add_pairs(totals[part] for part in below)
        # A bool is 0 or 1: parts are taken from an umbrella of their own ledger only.
        counted[deal] = _count_one(deals[deal], reasons.get(deal), covered[deals[deal].is_financing])
        # What counts below is passed on, also by an umbrella that adds nothing itself.
        totals[deal] = _add_pairs((covered, _by_ledger(deals[deal], counted[deal])))
    return {deal: counted[deal] for deal in deals}


def adding(deals: Mapping[str, Deal]) -> set[str]:
    """Return the ids of the deals that add something to the total or to the ledger of financing."""
    counted = count({name: read_stake(deal) for name, deal in deals.items()})
    return {name for name, each in counted.items() if each.amounts and each.amounts.stated}


def _count_one(deal: Stake, reason: str | None, covered: int) -> Counted:
    if deal.amounts is None:
        # Stated in another currency it adds a known 0; with no value published, something unknown.
        return Counted(NOTHING if deal.is_valued else None, reason)
    if reason:
        return Counted(NOTHING, reason)
    if covered:
        # Low and high lose what the stated value loses, so low ≤ counted ≤ high still holds.
        return Counted(Amounts(*(max(amount - covered, 0) for amount in deal.amounts)), REMAINDER)
    return Counted(deal.amounts, LENT if deal.is_financing else None)


def _by_ledger(deal: Stake, counted: Counted) -> tuple[int, int]:
    """Return what a deal adds to the total and to the ledger of financing."""
    added = counted.amounts.stated if counted.amounts else 0
    return (0, added) if deal.is_financing else (added, 0)


def _add_pairs(pairs: Iterator[tuple[int, int]] | tuple[tuple[int, int], ...]) -> tuple[int, int]:
    total = financing = 0
    for one, other in pairs:
        total, financing = total + one, financing + other
    return total, financing


def _reasons(deals: Stakes, parts: Links) -> dict[str, str]:
    """Return why a deal adds nothing at all, for those that don't."""
    successors = _successors(deals)
    reasons: dict[str, str] = {}
    # In the order of the README's table ("How sums count"): the first case that fits is shown.
    for name, deal in deals.items():
        if deal.amounts is None:
            reasons[name] = deal.missing or ""
        elif deal.stage in DEAD_STAGES:
            reasons[name] = deal.stage
        elif name in successors:
            reasons[name] = f"superseded by {successors[name]}"
    grants = {name: deal.finances for name, deal in deals.items() if deal.flow == "grant" and name not in reasons}
    # Grants last: what one pays for must be known to count.
    for name, financed in _counted_elsewhere(grants, deals, parts, reasons):
        reasons[name] = f"finances {financed}"
    return reasons


def _successors(deals: Stakes) -> dict[str, str]:
    """Return the nearest deal that states dollars among those that replace a deal, directly or through others.

    Financing replaces nothing but financing, since it enters no total. Of several, the first by name.
    """
    newer = _inverse(deals, "supersedes")
    found: dict[bool, dict[str, tuple[int, str]]] = {True: {}, False: {}}
    for name in _deepest_first(newer):
        for may_lend, nearest in found.items():
            stating = [(1, to) for to in newer[name] if deals[to].amounts and (may_lend or not deals[to].is_financing)]
            beyond = [(nearest[to][0] + 1, nearest[to][1]) for to in newer[name] if to in nearest]
            if stating or beyond:
                # Pairs of distance and id: the nearest, and of several the first by id.
                nearest[name] = min(stating + beyond)
    return {name: found[deal.is_financing][name][1] for name, deal in deals.items() if name in found[deal.is_financing]}


def _counted_elsewhere(
    grants: Mapping[str, object], deals: Stakes, parts: Links, reasons: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield each grant whose money is in the value of a deal that it finances, with that deal.

    Yielded one by one: the caller must note the reason of one grant before the next is looked at.
    """
    paid: dict[str, dict[str, list[str]]] = {}
    # By name, so that of grants that pay for each other's umbrellas always the same one counts.
    for grant in sorted(grants):
        # A grant within the umbrella that it pays for must not be left out because of itself.
        own = {grant, *all_parts(grant, parts)}
        paid[grant] = {
            other: [part for part in (other, *all_parts(other, parts)) if part not in own]
            for other in deals[grant].finances
            if other in deals
        }
    links = {
        grant: [part for every in others.values() for part in every if part in paid] for grant, others in paid.items()
    }
    # A grant that another grant pays for is settled first, since it may add nothing itself.
    for grant in _deepest_first(links):
        for other, every in paid[grant].items():
            if any(_adds(deals[part]) and part not in reasons for part in every):
                yield grant, other
                break


def _adds(deal: Stake) -> bool:
    # What is lent is in no total, so a grant for a loan is in nothing that is counted.
    return bool(deal.amounts and deal.amounts.stated) and not deal.is_financing


def parts_of(deals: Stakes) -> dict[str, list[str]]:
    """Return the parts of each deal, by name."""
    return _inverse(deals, "part_of")


def _inverse(deals: Stakes, relation: str) -> dict[str, list[str]]:
    """Return by its id each deal's parts, or those that replace it, by name."""
    found: dict[str, list[str]] = {name: [] for name in deals}
    for name in sorted(deals):
        for other in getattr(deals[name], relation):
            if other in found:
                found[other].append(name)
    return found


def _deepest_first(links: Links) -> Iterator[str]:
    """Yield each deal after all that it links to, without recursion: chains may be as long as the file."""
    entered: set[str] = set()
    done: set[str] = set()
    for start in links:
        waiting = [start]
        while waiting:
            deal = waiting[-1]
            entered.add(deal)
            ahead = [other for other in links[deal] if other not in entered]
            if ahead:
                waiting += ahead
            elif waiting.pop() not in done:  # it may wait twice, put there again before it was entered
                done.add(deal)
                yield deal


def all_parts(deal: str, parts: Links) -> Iterator[str]:
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
