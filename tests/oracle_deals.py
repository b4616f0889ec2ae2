"""Count each deal of a fact file from the contract alone, under a lens, without kzus.

A comment that begins with CHOICE marks a place where the contract can be read in more than one way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from oracle_lens import Lens, is_forgotten, sources_of, stage_of
from oracle_values import Tree, as_list, dollars, read_money

FIRM = ("commitment", "implementation", "completion")
DEAD = ("suspended", "cancelled", "lapsed")
FLOW_COLUMNS = {
    "trade": "trade_usd", "investment": "investment_usd", "grant": "grant_usd", "unclear": "unclear_usd",
}  # fmt: skip


@dataclass
class Deal:
    """A deal as a lens shows it, and what it counts."""

    id: str
    raw: Tree
    is_visible: bool
    flow: str
    stage: str
    is_dormant: bool
    direction: str | None
    claims: list[Tree]
    stated: Tree | None
    amount: int | None
    low: int | None
    high: int | None
    parents: list[str]
    financed: list[str]
    older: list[str]
    counted: int | None = None
    reason: str | None = None
    added: tuple[int, int] = (0, 0)
    parts: list[str] = field(default_factory=list)

    @property
    def measure(self) -> str | None:
        return self.stated["measure"] if self.stated else None

    @property
    def is_lent(self) -> bool:
        return self.flow == "financing"

    @property
    def feeds_total(self) -> bool:
        return self.flow in FLOW_COLUMNS

    @property
    def is_living_pledge(self) -> bool:
        return self.stage == "pledge" and not self.is_dormant


class CountedDeals:
    """All deals of a fact file under a lens, each counted."""

    def __init__(self, facts: Tree, as_of: str | None = None, source: str | list[str] | None = None) -> None:
        self.facts = facts
        self.lens = Lens(facts, as_of, source)
        self.parties: Tree = facts.get("parties", {})
        self.side_of = {land: side for side, lands in facts["sides"].items() for land in as_list(lands)}
        self.first_land = {side: as_list(lands)[0] for side, lands in facts["sides"].items()}
        self.deals = {name: self._seen(name, deal) for name, deal in facts.get("deals", {}).items()}
        for deal in self.deals.values():
            deal.parts = self._below(deal.id)
        self._zeroed_grants: dict[str, str | None] = {}
        for name in self.deals:
            self._count(name)

    # What a lens shows of a deal

    def _seen(self, name: str, raw: Tree) -> Deal:
        # CHOICE: what is dated after the day of a lens isn't there yet, though a page that names it may be older.
        is_there = self.lens.has_come(raw)
        claims = [claim for claim in as_list(raw.get("values")) if is_there and self.lens.sees(claim["source"])]
        counting = [one for one in claims if one.get("counts") != "false" and one.get("rank") != "deprecated"]
        preferred = [claim for claim in counting if claim.get("rank") == "preferred"]
        stated = next(iter(preferred + counting), None)
        money = dollars(stated) if stated else None
        # CHOICE: a stated claim that is in no dollars has no range in dollars, whatever other claims say.
        same = [dollars(claim) for claim in counting if stated and claim["measure"] == stated["measure"]]
        ends = [found for found in same if found and money]
        stage = stage_of(raw, self.lens)
        return Deal(
            id=name,
            raw=raw,
            is_visible=is_there and any(map(self.lens.sees, sources_of(raw, self.lens))),
            flow=raw["flow"],
            stage=stage,
            is_dormant=stage == "pledge" and is_forgotten(raw, self.lens),
            direction=self._direction(raw),
            claims=claims,
            stated=stated,
            amount=money.stated if money else None,
            low=min((found.low for found in ends), default=None),
            high=max((found.high for found in ends), default=None),
            parents=self._related(raw, "part_of"),
            financed=self._related(raw, "finances"),
            older=self._related(raw, "supersedes"),
        )

    def _related(self, raw: Tree, key: str) -> list[str]:
        """Return the deals that a relation names.

        Deals that a lens hides stay in the chains: what is a part of a hidden part is a part all the same.
        """
        # CHOICE: a relation with a source holds where the lens sees that source, one without holds always;
        # a chain passes through hidden deals, for no dollar is ever added twice.
        found = []
        for item in as_list(raw.get(key)):
            entry = item if isinstance(item, Mapping) else {"deal": item}
            if "source" not in entry or self.lens.sees(entry["source"]):
                found.append(entry["deal"])
        return found

    def side(self, party: str) -> str:
        """Return the side of a party; the countries of no side form one further side."""
        # CHOICE: a party without a country stands on that further side too.
        return str(self.side_of.get(self.parties[party].get("country"), "further"))

    def _direction(self, raw: Tree) -> str | None:
        # CHOICE: no direction where either side isn't told, is mixed or is the further one, or where both are the same.
        ends = [{self.side(party) for party in as_list(raw.get(key))} for key in ("payer", "payee")]
        if [len(end) for end in ends] != [1, 1] or ends[0] == ends[1] or "further" in ends[0] | ends[1]:
            return None
        return "-".join(self.first_land[end.pop()] for end in ends)

    # Counting

    def _below(self, name: str) -> list[str]:
        """Return all parts of a deal, and theirs, each once."""
        found: list[str] = []
        ahead = [name]
        while ahead:
            upper = ahead.pop()
            lower = [one for one, deal in self.deals.items() if upper in deal.parents and one not in found]
            found += lower
            ahead += lower
        return sorted(found)

    def _successor(self, deal: Deal) -> str | None:
        """Return the nearest deal that replaces this one and states dollars, of several the first by id."""
        ring, seen = {deal.id}, {deal.id}
        while ring:
            # CHOICE: a successor that is itself dead or replaced still replaces; the table asks only that it
            # states dollars.
            ring = self._replacing(ring) - seen
            seen |= ring
            for name in sorted(ring):
                other = self.deals[name]
                if other.amount is not None and (deal.is_lent or not other.is_lent):
                    return name
        return None

    def _replacing(self, older: set[str]) -> set[str]:
        """Return the deals that replace some others directly."""
        # CHOICE: a deal that a lens hides is no step: what replaces by way of it replaces directly.
        found = {name for name, other in self.deals.items() if older & set(other.older)}
        hidden = {name for name in found if not self.deals[name].is_visible}
        return (found - hidden) | self._replacing(hidden) if hidden else found

    def _paid_for(self, deal: Deal) -> str | None:
        """Return what a grant pays for, if that is counted already."""
        if deal.flow != "grant":
            return None
        if deal.id not in self._zeroed_grants:
            # CHOICE: of several, the first that the grant lists. A loan is in a ledger of its own and zeroes no grant,
            # but its parts that are no loans are in the total, and zero it.
            # A deal that isn't zeroed adds something, itself or in its parts, so it is enough to ask for one that
            # isn't. The grant itself and its own parts aren't asked: of those only the remainder is left anyway.
            own = (deal.id, *deal.parts)
            self._zeroed_grants[deal.id] = next(
                (
                    name
                    for name in self._seen_or_parts(deal)
                    if any(self._adds(self.deals[one]) for one in (name, *self.deals[name].parts) if one not in own)
                ),
                None,
            )
        return self._zeroed_grants[deal.id]

    def _seen_or_parts(self, grant: Deal) -> list[str]:
        """Return what a grant finances."""
        # CHOICE: in place of a deal that a lens hides stand its parts that are seen, after those that are listed,
        # for the grant is in their values; a reason never names a hidden deal.
        found: list[str] = []
        ahead = list(grant.financed)
        while ahead:
            shown = {name: self.deals[name].is_visible for name in ahead}
            found += [name for name in shown if shown[name] and name not in (*found, grant.id)]
            hidden = [name for name in shown if not shown[name]]
            ahead = [part for name in hidden for part in sorted(self.deals) if name in self.deals[part].parents]
        return found

    def _adds(self, deal: Deal) -> bool:
        return not deal.is_lent and bool(deal.amount) and not self._zero_reason(deal)

    def _zero_reason(self, deal: Deal) -> str | None:
        if deal.stated and deal.amount is None:
            # CHOICE: the stated claim alone decides, even where another claim is in dollars.
            return f"stated in {read_money(deal.stated['value']).currency}"
        if deal.stage in DEAD:
            return deal.stage
        if successor := self._successor(deal):
            return f"superseded by {successor}"
        if financed := self._paid_for(deal):
            return f"finances {financed}"
        return None

    def _count(self, name: str) -> None:
        deal = self.deals[name]
        if deal.reason or deal.counted is not None:
            return
        if not deal.stated:
            deal.reason = "no value that counts" if deal.claims else "no published value"
        elif reason := self._zero_reason(deal):
            deal.counted, deal.reason = 0, reason
        else:
            self._count_living(deal)

    def _count_living(self, deal: Deal) -> None:
        for part in deal.parts:
            self._count(part)
        theirs = [self.deals[part].counted or 0 for part in deal.parts if self.deals[part].is_lent == deal.is_lent]
        less = sum(theirs)
        deal.counted = max(0, (deal.amount or 0) - less)
        deal.added = max(0, (deal.low or 0) - less), max(0, (deal.high or 0) - less)
        if less:
            deal.reason = "remainder after its parts"
        elif deal.is_lent:
            deal.reason = "lent, in no total"
