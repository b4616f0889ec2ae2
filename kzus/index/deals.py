"""The rows of deals in the index, with what counting makes of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kzus.counting.rules import LENT, REMAINDER, count, parts_of, read_stake
from kzus.counting.shares import direction, shares
from kzus.facts.deals import current_stage, dollars, is_dormant, is_old, last_known, stated_claim
from kzus.facts.entries import cited, sides
from kzus.facts.vocabulary import FIRM_STAGES
from kzus.values.amounts import CEILINGS
from kzus.values.text import NAMES_APART

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kzus.counting.rules import Counted, Stake
    from kzus.facts.model import Deal

    Row = dict[str, object]

DORMANT = "dormant"
_KEYS = (
    "title", "date", "date_kind", "sector", "tags", "instrument", "flow", "stage_as_of", "period", "parties", "payer",
    "payee", "place", "note", "via",
)  # fmt: skip
_RULES = {
    "finances": "finances another deal",
    "superseded": "superseded by another deal",
    "stated": "stated in another currency",
}
"""The rule of counting behind a reason that names a deal or a currency, by the first word of the reason."""


def deal_rows(facts: Mapping[str, Any]) -> tuple[list[Row], Iterator[Row]]:
    """Return the rows of deals, newest first, and those of the shares that parties have of them."""
    deals: Mapping[str, Deal] = facts.get("deals", {})
    stakes = {name: read_stake(deal) for name, deal in deals.items()}
    counts = count(stakes)
    # By id before, since a reversed sort leaves equals in the order in which they come.
    newest_first = sorted(sorted(deals), key=lambda name: (deals[name]["date"], _worth(stakes[name])), reverse=True)
    rows = [_deal(name, stakes[name], counts[name], facts) for name in newest_first]
    return rows, _shares(facts, stakes, counts)


def _worth(stake: Stake) -> int:
    return stake.amounts.stated if stake.amounts else -1  # unknown stands behind 0


def _deal(name: str, stake: Stake, counted: Counted, facts: Mapping[str, Any]) -> Row:
    deal: Deal = facts["deals"][name]
    urls = [facts["sources"][source]["url"] for source in cited(deal) if "url" in facts["sources"][source]]
    return {
        **_kept_cells(deal),
        "id": name,
        "direction": _direction(deal, facts),
        "stage": stake.stage,
        "last_known": last_known(deal),
        "standing": _standing(deal, facts["as_of"]),
        "is_old": is_old(deal, facts["as_of"]),
        "sources": ",".join(cited(deal)),
        "urls": NAMES_APART.join(urls) or None,
        "is_valued": stake.is_valued,
        **_stated_row(deal),
        **_counted_amounts(stake, counted),
        **_left_out_row(deal, stake, counted, facts["as_of"]),
    }


def _kept_cells(deal: Deal) -> Row:
    """Return the keys of a deal that stand in the index as they are: lists of ids joined, with nothing left out."""
    cells: dict[str, Any] = dict(deal)
    return {key: ",".join(cell) if isinstance(cell, list) else cell for key in _KEYS if (cell := cells.get(key))}


def _direction(deal: Deal, facts: Mapping[str, Any]) -> str | None:
    countries = {party: facts["parties"][party].get("country") for party in deal["parties"]}
    payers = [countries[party] for party in deal.get("payer", ())]
    payees = [countries[party] for party in deal.get("payee", ())]
    return direction(payers, payees, facts.get("sides", {}))


def _standing(deal: Deal, as_of: str) -> str | None:
    stage = current_stage(deal)
    if stage in FIRM_STAGES:
        return "firm"
    if stage == "pledge":
        return DORMANT if is_dormant(deal, as_of) else "pledge"
    return None


def _stated_row(deal: Deal) -> Row:
    claim = stated_claim(deal.get("values", ()))
    if claim is None:
        return {"value": None, "measure": None, "is_ceiling": False}
    value = dollars(claim)
    return {
        "value": claim["value"],
        "measure": claim["measure"],
        "is_ceiling": value is not None and value.qualifier in CEILINGS,
    }


def _counted_amounts(stake: Stake, counted: Counted) -> Row:
    stated, low, high = stake.amounts or (None, None, None)
    added, added_low, added_high = counted.amounts or (None, None, None)
    return {
        "amount_usd": stated,
        "low_usd": low,
        "high_usd": high,
        "counted_usd": added,
        "counted_low_usd": added_low,
        "counted_high_usd": added_high,
        "reason": counted.reason,
    }


def _left_out_row(deal: Deal, stake: Stake, counted: Counted, as_of: str) -> Row:
    """Return what a sum leaves out of a deal and by which rule; nothing of a loan that stands in its own column."""
    added = counted.amounts.stated if counted.amounts else 0
    stated = stake.amounts.stated if stake.amounts else None
    # A dormant loan is in no column of a sum, not even in those of loans.
    if stake.is_financing and added and is_dormant(deal, as_of):
        return {"rule": DORMANT, "left_usd": stated}
    if counted.reason in (None, LENT):
        return {"rule": None, "left_usd": None}
    reason = counted.reason
    return {
        "rule": _RULES.get(reason.partition(" ")[0], reason),
        "left_usd": None if stated is None else stated - added,
    }


def _shares(facts: Mapping[str, Any], stakes: Mapping[str, Stake], counts: Mapping[str, Counted]) -> Iterator[Row]:
    parties, by_country = facts.get("parties", {}), sides(facts)
    found = shares(
        {name: deal["parties"] for name, deal in facts.get("deals", {}).items()},
        sides={name: by_country.get(party.get("country", ""), "") for name, party in parties.items()},
        succeeds={name: party.get("succeeds", ()) for name, party in parties.items()},
        parts=parts_of(stakes),
        remainders={name for name, counted in counts.items() if counted.reason == REMAINDER},
        valued={name for name, stake in stakes.items() if stake.is_valued},
    )
    for share in found:
        yield share._asdict()
