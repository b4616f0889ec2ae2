"""What a card says of its coverage and of the newest package, on a terminal and in a document alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.query.headlines.packages import short_name
from kzus.query.headlines.said import said_range
from kzus.render.cells import money
from kzus.values.numbers import print_amount
from kzus.values.text import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kzus.query.brief.beside import Apart
    from kzus.query.brief.brief import Coverage
    from kzus.query.brief.sections import NewestHeadline


def headline_claim(headline: NewestHeadline, *, has_via: bool = True) -> str:
    """Say what is claimed of a package, who says so and when; where sources differ, how many they are.

    `has_via` adds whom that source names.
    """
    value, count = (headline.value or "").removesuffix(" USD"), _agreements(headline.agreements)
    via = f" via {headline.via}" if headline.via and has_via else ""
    claim = (value, count, f"says {short_name(headline.publisher)}{via}" if headline.publisher else "")
    if differing := _said_differently(headline):
        claim = (differing, f"say {headline.claimants} sources", count)
    return ", ".join(filter(None, (*claim, headline.date)))


def headline_lists(headline: NewestHeadline, *, is_of_subject: bool) -> list[str]:
    """Say what lists come to, the longest saying first; of a subject only how much of it is there."""
    # The lists are of the whole package; what they come to says nothing of one sector or party.
    if is_of_subject:
        belong = "belongs" if headline.own_deals == 1 else "belong"
        return [f"{headline.own_deals} of the {many(headline.deals, 'deal')} on its lists {belong} here"]
    if not headline.publisher:
        return [f"nobody gives a sum; all lists name {many(headline.deals, 'deal')}"]
    return list(_list_sayings(headline, short_name(headline.publisher)))


def coverage_sayings(coverage: Coverage, apart: Apart) -> list[str]:
    """Say how many deals have a value, with how many of these count nothing and how many others have figures.

    The longest saying comes first.
    """
    have = "has" if coverage.valued == 1 else "have"
    of_all = f"{coverage.valued} of {coverage.deals} {have} a"
    idle = list(dict.fromkeys(f" ({each})" for each in _idle(apart.idle)))
    only = f", {apart.uncounted} only figures that don't count" if apart.uncounted else ""
    ends = [*(f"{each}{only}" for each in idle), only, *idle, ""]
    return [f"{of_all} {value}{end}" for end in dict.fromkeys(ends) for value in ("stated value", "value")]


def _idle(idle: Mapping[str, int]) -> list[str]:
    """Say how many deals with a value count nothing, the longest saying first; nothing where all count."""
    if not idle:
        return []
    first, *others = idle
    if not others:
        return [f"{idle[first]} {first}"]
    number = f"{sum(idle.values())} count nothing"
    return [f"{number}: {', '.join(idle)}", f"{number}: {first}, {others[0]} …", f"{number}: {first} …"]


def _list_sayings(headline: NewestHeadline, publisher: str) -> Iterator[str]:
    """Say what the list of the claimant comes to, and between which sums lists lie."""
    is_named = bool(_said_differently(headline))
    lie = _span_of_lists(headline)
    if not headline.listed:
        every = f"; all lists name {many(headline.deals, 'deal')}"
        yield f"{publisher if is_named else 'it'} gives no list{lie or every}"
        return
    whose = f"{publisher}'s" if is_named else "its"
    named = many(headline.listed, "agreement")
    comes_to = "" if headline.list_usd is None else f", {money(headline.list_usd)}"
    lacking = headline.list_without_sum
    of_them = f"{lacking} " if lacking < headline.listed else "all " if lacking > 1 else ""
    without = f", {of_them}without a sum" if lacking else ""
    gap = "" if is_named else _gap(headline.gap_usd, is_valued=not lacking)
    yield f"{whose} list: {named}{without}{comes_to}{gap}{lie}"
    yield f"{whose} list: {named}{comes_to}{lie}"
    yield f"{whose} {named}{comes_to.replace(',', ':')}{lie}"


def _said_differently(headline: NewestHeadline) -> str | None:
    return said_range(headline.value, headline.low_said_usd, headline.high_said_usd)


def _span_of_lists(headline: NewestHeadline) -> str:
    """Name the lists that come to least and to most, where they come to different sums."""
    found = sorted((each for each in headline.lists if each.usd), key=lambda each: each.usd or 0)
    if not found or found[0].usd == found[-1].usd:
        return ""
    return (
        f"; lists from {' to '.join(f'{print_amount(each.usd or 0)} ({each.name})' for each in (found[0], found[-1]))}"
    )


def _agreements(count: str | None) -> str:
    return f"{count} agreements" if count and count.isdecimal() else count or ""


def _gap(gap: int | None, *, is_valued: bool) -> str:
    """Say how far a claim is from its list; what is lacking may stand there without a sum unless all has one."""
    if gap is None:
        return ""
    if not gap:
        return ", just as claimed"
    lacks = "not on it" if is_valued else "of the claim has no sum on it"
    return f"; {money(gap)} {lacks}" if gap > 0 else f"; {money(-gap)} above the claim"
