"""What figures give away: a slip of scale, parts beyond their whole, kinds of money and of figures that don't fit."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from kzus.facts.deals import counting_claims, dollars, stated_claim
from kzus.facts.entries import all_entries, reached, related
from kzus.values import amounts as values
from kzus.values.numbers import print_amount

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from typing import Any

    from kzus.facts.model import Deal, Facts
    from kzus.facts.reader import Fault, Path

_NEAR = 4
"""How far from a power of 1,000 two figures may be and still look like a slip of the scale word."""


class _Figure(NamedTuple):
    path: Path
    amount: Decimal
    text: str
    source: str


def scale_slips(facts: Facts) -> Iterator[Fault]:
    """Compare each figure with the middle one for the same thing, which a single slip can't be of three."""
    for figures in _comparable_figures(facts):
        known = sorted((figure for figure in figures if figure.amount), key=lambda figure: figure.amount)
        if not known:
            continue
        # Of two figures the smaller is the usual one, so that the larger is told.
        usual = known[(len(known) - 1) // 2]
        for figure in known:
            if times := _thousands(figure.amount, usual.amount):
                yield figure.path, f"'{figure.text}' is about {times} the '{usual.text}' of {usual.source}"


def _thousands(amount: Decimal, usual: Decimal) -> str | None:
    ratio = max(amount, usual) / min(amount, usual)
    power = 10 ** (3 * round(len(str(int(ratio))) / 3))
    # Within a factor of _NEAR below or above that power of 1,000.
    if power == 1 or not power <= ratio * _NEAR <= power * _NEAR**2:
        return None
    return f"{power:,} times" if amount > usual else f"a {power:,}th of"


def _comparable_figures(facts: Facts) -> Iterator[list[_Figure]]:
    """Yield figures for one thing: claims in a currency, counts of a unit, the readings of a series."""
    for kind, name, entry in all_entries(facts):
        groups: dict[str | None, list[_Figure]] = {}
        for at, claim in enumerate(entry.get("values", ())):
            if claim.get("rank") == "deprecated":  # a slip that is known for one
                continue
            for key in ("value", "usd"):
                if text := claim.get(key):
                    read = values.parse_value(text)
                    figure = _Figure((kind, name, "values", at, key), Decimal(read.stated), text, claim["source"])
                    groups.setdefault(read.currency, []).append(figure)
        for at, item in enumerate(entry.get("quantities", ())):
            amount = Decimal(values.parse_count(item["count"]).stated)
            figure = _Figure((kind, name, "quantities", at, "count"), amount, item["count"], item["source"])
            groups.setdefault(item["unit"], []).append(figure)
        for at, reading in enumerate(entry.get("observations", ())):
            amount = abs(Decimal(values.parse_reading(reading["value"])[0]))
            figure = _Figure((kind, name, "observations", at, "value"), amount, reading["value"], reading["source"])
            groups.setdefault(None, []).append(figure)
        yield from groups.values()


def parts_beyond_umbrellas(facts: Facts, adding: Collection[str]) -> Iterator[Fault]:
    """Compare what an umbrella states with what those of its parts that add something state."""
    deals = facts.get("deals", {})
    parts: dict[str, list[int]] = {}
    for name in adding:
        for umbrella in related(deals[name], "part_of"):
            # Counting takes parts from an umbrella of their own ledger only.
            if _is_lent(deals[name]) == _is_lent(deals[umbrella]):
                parts.setdefault(umbrella, []).append(_stated_dollars(deals[name]))
    for name, amounts in sorted(parts.items()):
        claim = stated_claim(deals[name].get("values", ()))
        most = dollars(claim) if claim else None
        # 'At least 2bn' may be any more than that.
        if claim and most and most.qualifier not in ("at least", "more than") and sum(amounts) > most.high:
            together = print_amount(sum(amounts))
            many = f"its {len(amounts)} parts state" if len(amounts) > 1 else "its part states"
            yield _path(name, deals[name], claim), f"'{claim['value']}' is less than {many}, {together} USD"


def _is_lent(deal: Deal) -> bool:
    return deal["flow"] == "financing"


def _stated_dollars(deal: Deal) -> int:
    claim = stated_claim(deal.get("values", ()))
    value = dollars(claim) if claim else None
    return value.stated if value else 0


def dollars_passed_over(facts: Facts) -> Iterator[Fault]:
    """Find stated values in other currencies where another claim is in dollars."""
    for name, deal in facts.get("deals", {}).items():
        claims = counting_claims(deal.get("values", ()))
        claim = stated_claim(claims)
        if not claim or dollars(claim):
            continue
        if known := next((claim for claim in claims if dollars(claim)), None):
            figure = known.get("usd", known["value"])
            yield (
                _path(name, deal, claim),
                f"'{claim['value']}' enters no sum; give its usd, or prefer the '{figure}' of {known['source']}",
            )


def _path(name: str, deal: Deal, claim: Mapping[str, Any]) -> Path:
    at = next(at for at, each in enumerate(deal["values"]) if each is claim)
    return ("deals", name, "values", at, "value")


_CARRIED = {"loan agreement": "financing", "guarantee": "financing", "grant agreement": "grant"}
"""Papers that carry one kind of money only."""
_LONGEST_TITLE = 60


def flows_against_instruments(facts: Facts) -> Iterator[Fault]:
    """Find flows that the instrument of the deal doesn't carry."""
    for name, deal in facts.get("deals", {}).items():
        usual = _CARRIED.get(deal["instrument"], deal["flow"])
        if deal["flow"] != usual:
            yield ("deals", name, "flow"), f"'{deal['flow']}' is not what a {deal['instrument']} carries, {usual}"


def other_measures(facts: Facts) -> Iterator[Fault]:
    """Find claims that count and measure something else than the stated one."""
    for name, deal in facts.get("deals", {}).items():
        able = counting_claims(deal.get("values", ()))
        said = stated_claim(able)
        for at, claim in enumerate(deal.get("values", ())):
            if said and claim in able and claim["measure"] != said["measure"]:
                other = f"'{claim['measure']}' is not what the stated {said['value']} measures, '{said['measure']}'"
                yield (
                    ("deals", name, "values", at, "measure"),
                    f"{other}; add `counts: false`, or give both one measure",
                )


def preferred_list_prices(facts: Facts) -> Iterator[Fault]:
    """Find list prices that are preferred where a price is known."""
    for name, deal in facts.get("deals", {}).items():
        able = counting_claims(deal.get("values", ()))
        price = next((claim for claim in able if claim["measure"] == "price"), None)
        for at, claim in enumerate(deal.get("values", ())):
            if price and claim.get("rank") == "preferred" and claim["measure"] == "list price":
                yield (
                    ("deals", name, "values", at, "rank"),
                    f"prefers a list price, though {price['source']} gives a price, {price['value']}",
                )


def orphaned_parts(facts: Facts, adding: Collection[str]) -> Iterator[Fault]:
    """Find parts that add something of an umbrella that was replaced, and that its successor doesn't hold."""
    deals = facts.get("deals", {})
    successors: dict[str, list[str]] = {}
    for name, deal in deals.items():
        for old in related(deal, "supersedes"):
            successors.setdefault(old, []).append(name)
    umbrellas = {name: related(deal, "part_of") for name, deal in deals.items()}
    for name in deals:
        for old in umbrellas[name] if name in adding else ():
            heirs = reached(old, successors)
            # The part may itself be the successor, or be held by it through others.
            if heirs and not heirs & {name, *reached(name, umbrellas)}:
                newest = successors[old][0]
                yield (
                    ("deals", name, "part_of"),
                    f"counts as a part of {old}, which {newest} supersedes; make it a part of {newest} too",
                )


def long_titles(facts: Facts) -> Iterator[Fault]:
    """Find titles that a line has no room for; those of sources are as published."""
    for kind, name, entry in all_entries(facts):
        title = entry.get("title", "")
        if kind != "sources" and len(title) > _LONGEST_TITLE:
            yield (
                (kind, name, "title"),
                f"has {len(title)} characters; {_LONGEST_TITLE} fit a line, move the rest to the note",
            )
