"""The lists of a package: what each source puts into it, and what that comes to in its own figures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kzus.query.headlines.packages import short_name
from kzus.values.amounts import CEILINGS, parse_value

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from kzus.values.amounts import Value

    Umbrellas = Mapping[str, frozenset[str]]


class SourceList(NamedTuple):
    """What one source puts into a package; amounts are whole U.S. dollars in the figures of that source.

    `sum_usd` adds the low ends, and of a ceiling the ceiling; it is null where no item has a figure in dollars. A part
    in `within` adds nothing, because the list has a figure for its umbrella too; one in `other_currency` adds nothing
    either. `without_sum` is how many agreements have no figure, neither their own nor that of an umbrella or a joint
    one. `values` has what the list says of each deal, null where it gives no figure; `together_with` the other deals
    that a figure holds as well. The source tells of those in `beside` only beside the agreements which it claims;
    `named` is how many it names of these, and `named_usd` what their figures come to.
    """

    source: str
    publisher: str
    published: str | None
    name: str
    items: int
    agreements: int
    valued: int
    sum_usd: int | None
    ceiling_usd: int
    lent_usd: int
    within: tuple[str, ...]
    other_currency: tuple[str, ...]
    without_sum: int
    values: Mapping[str, str | None]
    together_with: Mapping[str, tuple[str, ...]]
    beside: tuple[str, ...]
    named: int
    named_usd: int | None

    @property
    def of_claimed(self) -> list[str]:
        """The deals that its source puts among the agreements which it claims, if it claims any."""
        return [deal for deal in self.values if deal not in self.beside]


class _Member(NamedTuple):
    deal: str
    source: str
    publisher: str
    published: str | None
    value: str | None
    flow: str
    together_with: str | None
    beside: int


def read_lists(index: sqlite3.Connection, package: str, umbrellas: Umbrellas) -> list[SourceList]:
    """Return the lists of a package, those with the most items first."""
    by_source: dict[str, list[_Member]] = {}
    for member in map(_Member._make, index.execute(_MEMBERS, (package,))):
        by_source.setdefault(member.source, []).append(member)
    found = [_read_list(members, umbrellas) for members in by_source.values()]
    found.sort(key=lambda each: (-each.items, each.published or "", each.source))
    return _named_apart(found)


def read_umbrellas(index: sqlite3.Connection, package: str) -> dict[str, frozenset[str]]:
    """Return the deals that each item of a package is a part of, directly or through others."""
    found: dict[str, set[str]] = {}
    for deal, umbrella in index.execute(_UMBRELLAS, (package,)):
        found.setdefault(deal, set()).add(umbrella)
    return {deal: frozenset(every) for deal, every in found.items()}


def agreements(deals: Iterable[str], umbrellas: Umbrellas) -> list[str]:
    """Return the deals without the umbrellas of others among them, so that no paper is counted twice."""
    every = list(deals)
    over = frozenset().union(*(umbrellas.get(deal, frozenset()) for deal in every))
    return [deal for deal in every if deal not in over]


def _read_list(members: list[_Member], umbrellas: Umbrellas) -> SourceList:
    first = members[0]
    values = {member.deal: member.value for member in members}
    within, amounts = _amounts_of(members, umbrellas)
    named = agreements(values, umbrellas)
    in_dollars = {member: value for member, value in amounts.items() if value.currency == "USD"}
    together_with = {each.deal: tuple(each.together_with.split(",")) for each in members if each.together_with}
    has_sum = {deal for deal, value in values.items() if value}.union(*together_with.values())
    claimed = [member for member in members if not member.beside]
    return SourceList(
        *(first.source, first.publisher, first.published, short_name(first.publisher)),
        items=len(members),
        agreements=len(named),
        valued=sum(bool(member.value) for member in members),
        sum_usd=_sum_of(amounts.values()),
        ceiling_usd=sum(value.stated for value in in_dollars.values() if value.qualifier in CEILINGS),
        lent_usd=sum(value.stated for member, value in in_dollars.items() if member.flow == "financing"),
        within=tuple(within),
        other_currency=tuple(member.deal for member in amounts if member not in in_dollars),
        without_sum=sum(has_sum.isdisjoint((deal, *umbrellas.get(deal, ()))) for deal in named),
        values=values,
        together_with=together_with,
        beside=tuple(member.deal for member in members if member.beside),
        named=len(agreements((member.deal for member in claimed), umbrellas)),
        named_usd=_sum_of(_amounts_of(claimed, umbrellas)[1].values()),
    )


def _amounts_of(members: Sequence[_Member], umbrellas: Umbrellas) -> tuple[list[str], dict[_Member, Value]]:
    """Return the parts whose umbrella has a figure too, which holds theirs, and the figures of all others."""
    values = {member.deal: member.value for member in members}
    within = [
        member.deal
        for member in members
        # No dollar twice: only where the list itself has a figure for the umbrella.
        if member.value and any(values.get(over) for over in umbrellas.get(member.deal, ()))
    ]
    return within, {each: parse_value(each.value) for each in members if each.value and each.deal not in within}


def _sum_of(values: Iterable[Value]) -> int | None:
    """Add the figures in dollars; nothing where there is none."""
    in_dollars = [value.stated for value in values if value.currency == "USD"]
    return sum(in_dollars) if in_dollars else None


def _named_apart(lists: list[SourceList]) -> list[SourceList]:
    """Add to names that several lists have the day of each, or its id where the days are the same too."""
    # The day first, as it is short; the id where that leaves two alike.
    for key in ("published", "source"):
        names = Counter(each.name for each in lists)
        lists = [
            each._replace(name=f"{short_name(each.publisher)} {getattr(each, key) or each.source}")
            if names[each.name] > 1
            else each
            for each in lists
        ]
    return lists


_MEMBERS = """
    SELECT deal, source, publisher, published, members.value, flow, together_with, beside
    FROM members JOIN sources ON sources.id = source JOIN deals ON deals.id = deal
    WHERE package = ? ORDER BY sources.position, deal
"""
_UMBRELLAS = """
    WITH RECURSIVE over (deal, other) AS (
        SELECT deal, deal FROM members WHERE package = ?
        UNION SELECT over.deal, relations.other FROM relations JOIN over ON relations.deal = over.other
        WHERE relation = 'part_of'
    )
    SELECT deal, other FROM over WHERE deal != other
"""
