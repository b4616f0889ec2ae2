"""Recount a fact file from the contract alone, without kzus: slow, plain, and wrong in other ways than kzus.

The fact file is a plain tree whose scalars are all strings, as `yaml.BaseLoader` reads it.
A comment that begins with CHOICE marks a place where the contract can be read in more than one way.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from oracle_deals import FIRM, FLOW_COLUMNS, CountedDeals, Deal
from oracle_values import as_list, first_day, last_day, read_money

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


STANDINGS = {"firm", "pledged", "dormant"}
BOUNDS = {"since", "until", "min", "max"}


class Recount(CountedDeals):
    """All deals of a fact file under a lens, counted, and the sums over them."""

    # Parties

    def family(self, party: str) -> set[str]:
        """Return a party and those that it succeeds, directly or through others."""
        found, ahead = {party}, [party]
        while ahead:
            ahead = [old for name in ahead for old in as_list(self.parties[name].get("succeeds")) if old not in found]
            found.update(ahead)
        return found

    @cached_property
    def families(self) -> dict[str, set[str]]:
        return {party: self.family(party) for party in self.parties}

    def is_alone(self, deal: Deal, party: str) -> bool:
        """Tell whether nobody else stands on the side of a party."""
        # CHOICE: those that the party succeeds are the party itself.
        parties = as_list(deal.raw["parties"])
        sides = {self.side(one) for one in parties if one in self.families[party]}
        return not any(self.side(one) in sides for one in parties if one not in self.families[party])

    def is_withheld(self, deal: Deal, party: str) -> bool:
        """Tell whether the remainder of an umbrella isn't the party's."""
        # CHOICE: any part with a value, of either ledger, counted or not, in any currency.
        return (
            deal.reason == "remainder after its parts"
            and not self.is_alone(deal, party)
            and any(
                self.deals[part].stated and self.families[party] & set(as_list(self.deals[part].raw["parties"]))
                for part in deal.parts
            )
        )

    # Selecting and grouping

    def packages_of(self, name: str) -> list[str]:
        # CHOICE: a lens hides the lists of the sources that it hides, and a package that is dated after its day.
        return [
            package
            for package, entry in self.facts.get("packages", {}).items()
            if self.lens.has_come(entry)
            and any(one["deal"] == name and self.lens.sees(one["source"]) for one in as_list(entry.get("members")))
        ]

    def groups_of(self, deal: Deal, by: str) -> Sequence[str | None]:
        """Return the groups that a deal is in: one of a partition, any number of a list."""
        raw, parties = deal.raw, as_list(deal.raw["parties"])
        lands = [self.parties[party].get("country") for party in parties]
        # CHOICE: in a partition what isn't told is a group of its own, else the rows wouldn't add up;
        # a date of which only the year is known stands under that year, by month too.
        # What has no tag or package is in a row of its own too, and so is a deal with a party without a country.
        # A dormant pledge is in a row of its own among the stages.
        # A deal of a predecessor is in its row and in that of each successor.
        groups: dict[str, Callable[[], Sequence[str | None]]] = {
            "flow": lambda: [deal.flow],
            "direction": lambda: [deal.direction],
            "stage": lambda: ["dormant" if deal.is_dormant else deal.stage],
            "measure": lambda: [deal.measure],
            "sector": lambda: [raw["sector"]],
            "instrument": lambda: [raw["instrument"]],
            "year": lambda: [raw["date"][:4]],
            "month": lambda: [raw["date"][:7]],
            "tag": lambda: list(dict.fromkeys(as_list(raw.get("tags")))) or [None],
            "package": lambda: self.packages_of(deal.id) or [None],
            "country": lambda: list(dict.fromkeys(lands)),
            "party": lambda: [party for party, members in self.families.items() if members & set(parties)],
        }
        return groups[by]()

    def select(self, filters: Mapping[str, Sequence[str]]) -> list[Deal]:
        """Return the visible deals that all filters let through."""
        standings = set(filters)
        return [
            deal
            for deal in self.deals.values()
            if deal.is_visible
            and all(self._passes(deal, name, asked) for name, asked in filters.items() if name not in STANDINGS)
            # CHOICE: the three are one kind of filter, for no deal is in two of these columns.
            and (standings.isdisjoint(STANDINGS) or any(self._passes(deal, name, ()) for name in standings & STANDINGS))
        ]

    def _passes(self, deal: Deal, name: str, asked: Sequence[str]) -> bool:
        if name in STANDINGS:
            return self._has_standing(deal, name)
        if name in BOUNDS:
            return self._is_within(deal, name, asked[0])
        # CHOICE: a dormant deal is found as a pledge too, for that is its stage.
        has = {deal.stage, *self.groups_of(deal, name)} if name == "stage" else {*self.groups_of(deal, name)}
        return bool({*asked} & has)

    def _has_standing(self, deal: Deal, standing: str) -> bool:
        # CHOICE: these three go by the stage alone, of loans and of cooperation too.
        return {"firm": deal.stage in FIRM, "pledged": deal.is_living_pledge, "dormant": deal.is_dormant}[standing]

    def _is_within(self, deal: Deal, name: str, bound: str) -> bool:
        # CHOICE: a date that is known to the year passes where any day of it would.
        if name == "since":
            return last_day(deal.raw["date"]) >= first_day(bound)
        if name == "until":
            return first_day(deal.raw["date"]) <= last_day(bound)
        # CHOICE: an amount is asked of the stated value in dollars, whatever the deal counts.
        if deal.amount is None:
            return False
        limit = read_money(f"{bound} USD").stated
        return deal.amount >= limit if name == "min" else deal.amount <= limit

    # Sums

    def sum(self, by: Sequence[str], filters: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """Return the groups, the total and what is left out, as the JSON of `kzus sum` has them, without labels."""
        chosen = self.select(filters)
        asked = filters.get("party", ())
        cells: dict[tuple[str | None, ...], list[Deal]] = {}
        for deal in chosen:
            keys: list[tuple[str | None, ...]] = [()]
            for one in by:
                keys = [(*key, group) for key in keys for group in self.groups_of(deal, one)]
            for key in keys:
                cells.setdefault(key, []).append(deal)
        groups = {}
        for key, deals in cells.items():
            row_party = key[list(by).index("party")] if "party" in by else None
            # CHOICE: under `--party` and `--by party` at once a row goes by its own party alone.
            groups[key] = self._columns(deals, [row_party] if row_party else asked)
            if row_party:
                groups[key] |= self._own_and_shared(deals, row_party)
        total = self._columns(chosen, asked)
        for columns in (*groups.values(), total):
            columns["share"] = self._share(columns["total_usd"], total["total_usd"])
        left = [entry for deal in chosen if (entry := self._left(deal, asked))]
        return {"groups": groups, "total": total, "left_out": left}

    def _share(self, part: int | None, whole: int | None) -> float | None:
        # CHOICE: of a total of nothing there is no share.
        return None if part is None or not whole else part / whole

    def _is_nobodys(self, deal: Deal, asked: Sequence[str]) -> bool:
        """Tell whether an umbrella's remainder is given to none of the parties that are asked for."""
        # CHOICE: under several `--party` it is given if one of them may have it.
        parties = {*as_list(deal.raw["parties"])}
        taking_part = [party for party in asked if self.families[party] & parties]
        return bool(taking_part) and all(self.is_withheld(deal, party) for party in taking_part)

    def _given(self, deal: Deal, asked: Sequence[str]) -> tuple[int, int, int]:
        """Return what a deal adds, and its ends, where these parties are asked for."""
        if self._is_nobodys(deal, asked):
            return 0, 0, 0
        return deal.counted or 0, *deal.added

    def _columns(self, deals: list[Deal], asked: Sequence[str]) -> dict[str, Any]:
        given = {deal.id: self._given(deal, asked) for deal in deals}
        valued = [deal for deal in deals if deal.stated]
        money = [deal for deal in deals if deal.feeds_total]
        lent = [deal for deal in deals if deal.is_lent]

        def add(feeders: list[Deal]) -> int | None:
            if feeders and not any(deal.stated for deal in feeders):
                return None
            return sum(given[deal.id][0] for deal in feeders)

        # CHOICE: where no deal is left at all, nothing feeds the total, so it is 0.
        is_known = bool(valued or not deals)
        ends = [sum(given[deal.id][end] for deal in money) if is_known else None for end in range(3)]
        return {
            "deals": len(deals),
            "valued": len(valued),
            "pledge_usd": add([deal for deal in money if deal.is_living_pledge]),
            "firm_usd": add([deal for deal in money if deal.stage in FIRM]),
            "total_usd": ends[0],
            "low_usd": ends[1],
            "high_usd": ends[2],
            "dormant_usd": add([deal for deal in money if deal.is_dormant]),
            **{column: add([deal for deal in money if deal.flow == flow]) for flow, column in FLOW_COLUMNS.items()},
            "financing_firm_usd": add([deal for deal in lent if deal.stage in FIRM]),
            "financing_pledge_usd": add([deal for deal in lent if deal.is_living_pledge]),
        }

    def _own_and_shared(self, deals: list[Deal], party: str) -> dict[str, int | None]:
        sums: dict[str, int | None] = {}
        for column, is_own in (("own_usd", True), ("shared_usd", False)):
            feeders = [deal for deal in deals if deal.feeds_total and self.is_alone(deal, party) is is_own]
            given = sum(self._given(deal, [party])[0] for deal in feeders)
            sums[column] = given if not feeders or any(deal.stated for deal in feeders) else None
        return sums

    def _left(self, deal: Deal, asked: Sequence[str]) -> dict[str, Any] | None:
        """Return what a deal states and a sum doesn't hold."""
        if deal.counted is None or deal.amount is None:
            # CHOICE: what states nothing, cooperation too, or no dollars is left out with `null`.
            return {"id": deal.id, "left_usd": None, "reason": deal.reason}
        # CHOICE: what is left of a withheld remainder, or of a dormant loan, is all that the deal states.
        if self._is_nobodys(deal, asked):
            return {"id": deal.id, "left_usd": deal.amount, "reason": "remainder of several parties"}
        if deal.is_lent and deal.is_dormant and deal.counted:
            return {"id": deal.id, "left_usd": deal.amount, "reason": "dormant"}
        # CHOICE: a deal that states 0, as '0–5bn' does, is listed too where a rule holds it back.
        if deal.reason in (None, "lent, in no total"):
            return None
        return {"id": deal.id, "left_usd": deal.amount - deal.counted, "reason": deal.reason}

    def rows(self, filters: Mapping[str, Sequence[str]]) -> dict[str, dict[str, Any]]:
        """Return each deal as the JSON of `kzus deals` has it, with the keys that counting decides."""
        return {
            deal.id: {
                "stage": deal.stage,
                "value": deal.stated["value"] if deal.stated else None,
                "amount_usd": deal.amount,
                "low_usd": deal.low,
                "high_usd": deal.high,
                "counted_usd": deal.counted,
                "reason": deal.reason,
                "direction": deal.direction,
                "measure": deal.measure,
            }
            for deal in self.select(filters)
        }
