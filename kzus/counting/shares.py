"""Whose money a deal's figure is, where several parties stand on one side, and between which sides it flows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzus.counting.rules import all_parts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence


class Share(NamedTuple):
    """What a party has of a deal: its figure alone or with others on its side, or nothing of a remainder."""

    party: str
    deal: str
    is_alone: bool
    is_given: bool


def direction(
    payers: Sequence[str | None], payees: Sequence[str | None], sides: Mapping[str, Sequence[str]]
) -> str | None:
    """Return `KZ-US` where all payers are on one side and all payees on another: the first country of each side.

    Payers and payees come as their countries. Nothing where one of them is on no side.
    """
    side_of = {country: side for side, countries in sides.items() for country in countries}
    ends = [{side_of.get(country or "") for country in end} for end in (payers, payees)]
    if any(len(end) != 1 or None in end for end in ends) or ends[0] == ends[1]:
        return None
    return "-".join(sides[side][0] for end in ends for side in end if side)


def families(succeeds: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return each party with all that it succeeds, directly or through others, itself first."""
    found: dict[str, list[str]] = {}
    for party in succeeds:
        family = [party]
        for member in family:
            # The list grows while it is walked, so that those before the older ones come too.
            family += [older for older in succeeds.get(member, ()) if older not in family]
        found[party] = family
    return found


def shares(
    deals: Mapping[str, Sequence[str]],
    *,
    sides: Mapping[str, str],
    succeeds: Mapping[str, Sequence[str]],
    parts: Mapping[str, list[str]],
    remainders: Collection[str],
    valued: Collection[str],
) -> Iterator[Share]:
    """Yield what each party, with those that it succeeds, has of each deal that it takes part in.

    `deals` has the parties of each deal, `sides` the side of each party; countries on no side form one more. An
    umbrella's remainder isn't given to a party that shares its side with others there and has a valued part in it.
    """
    members = {party: set(family) for party, family in families(succeeds).items()}
    heirs: dict[str, list[str]] = {}
    for party, family in members.items():
        for member in family:
            heirs.setdefault(member, []).append(party)
    for deal, present in deals.items():
        # A set, since two of one family may take part, and its money is one.
        for party in sorted({heir for member in present for heir in heirs[member]}):
            family = members[party]
            own_sides = {sides[member] for member in present if member in family}
            # Those of its own family are no others: it has taken their place.
            is_alone = all(other in family for other in present if sides[other] in own_sides)
            # A valued part tells what the party has of the whole; whose the remainder is, no source says.
            has_valued_part = (
                deal in remainders
                and not is_alone
                and any(part in valued and not family.isdisjoint(deals[part]) for part in all_parts(deal, parts))
            )
            yield Share(party, deal, is_alone, not has_valued_part)
