"""What a card says of its coverage and of the newest package, on a terminal and in a document alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.query.headlines.claims import without_currency
from kzus.query.headlines.packages import claimant, short_name
from kzus.query.headlines.said import said_range
from kzus.render.cells import money
from kzus.values.amounts import with_sign
from kzus.values.numbers import print_amount
from kzus.values.text import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kzus.query.brief.beside import Apart
    from kzus.query.brief.brief import Coverage
    from kzus.query.brief.sections import BriefList, NewestHeadline


def headline_claims(headline: NewestHeadline) -> list[str]:
    """Say what is claimed of a package, who says so and when; where sources differ, how many they are.

    The best saying comes first: with the publisher that passes the claim on and the day, without one, without both.
    """
    value, count = without_currency(headline.value or ""), _agreements(headline.agreements)
    if differing := _said_differently(headline):
        return [", ".join(filter(None, (differing, f"say {headline.claimants} sources", count, headline.date)))]
    whole, short = (f"says {each}" if each else "" for each in _claimants(headline))
    sayings = (
        (value, count, whole, headline.date),
        (with_sign(value), count, whole),
        (value, count, short, headline.date),
        (with_sign(value), count, short),
    )
    return list(dict.fromkeys(", ".join(filter(None, each)) for each in sayings))


def _claimants(headline: NewestHeadline) -> tuple[str, str]:
    """Return who states the headline, with and without the publisher that passes it on."""
    if not headline.publisher:
        return "", ""
    whole = claimant(headline.publisher, headline.via, is_short=True)
    return whole, headline.via or whole


def headline_lists(headline: NewestHeadline, *, is_of_subject: bool) -> list[str]:
    """Say what lists come to, the longest saying first; of a subject only how much of it is there."""
    # The lists are of the whole package; what they come to says nothing of one sector or party.
    if is_of_subject:
        belong = "belongs" if headline.own_deals == 1 else "belong"
        said = f"{headline.own_deals} of the {many(headline.deals, 'deal')} on its lists {belong} here"
        return [*(f"{said}{each}" for each in _own_identified(headline)), said]
    if not headline.publisher:
        return [f"nobody gives a sum; {_identified(headline)}"]
    return list(_list_sayings(headline, short_name(headline.publisher)))


def _identified(headline: NewestHeadline) -> str:
    if headline.claimed is None or headline.identified is None:
        return f"all lists name {many(headline.deals, 'deal')}"
    are = "is" if headline.identified <= 1 else "are"
    return f"{headline.identified or 'none'} of {headline.claimed} agreements {are} identified"


def _own_identified(headline: NewestHeadline) -> list[str]:
    """Say how many deals of a subject are named as some of the claimed agreements, the longest saying first."""
    own, deals = headline.own_identified, headline.own_deals
    if headline.claimed is None:
        return []
    of_them = "not " if deals == 1 else "none "
    if own:
        of_them = "" if own == deals else f"{own} "
    of_claimed = f"as {'one' if own <= 1 else 'some'} of the {headline.claimed}"
    return [f", {of_them}{named}{of_claimed}" for named in ("named ", "")]


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
    """Say what the list of the claimant comes to and lacks, and what other lists come to."""
    is_named = bool(_said_differently(headline))
    lie = _span_of_lists(headline)
    if not headline.listed:
        every = f"; all lists name {many(headline.deals, 'deal')}"
        yield f"{publisher if is_named else 'it'} gives no list{lie or every}"
        return
    whose = f"{publisher}'s" if is_named else "its"
    comes_to = "" if headline.list_usd is None else f", {money(headline.list_usd)}"
    lacking = headline.list_without_sum
    of_them = f"{lacking} " if lacking < headline.listed else "all " if lacking > 1 else ""
    without = f", {of_them}without a sum" if lacking else ""
    long, short = ("", "") if is_named else _gap(headline.gap_usd, is_valued=not lacking)
    list_of = f"{whose} list: {_named_of(headline)}"
    yield f"{list_of}{without}{comes_to}{long}{lie}"
    yield f"{list_of}{without}{comes_to}{long}"
    yield f"{list_of}{without}{comes_to}{short}"
    yield f"{list_of}{without}{comes_to}"
    yield f"{list_of}{comes_to}"


def _named_of(headline: NewestHeadline) -> str:
    """Say how many of the claimed agreements a list names, or that it only has others."""
    of_all = f"the {headline.list_of}" if headline.list_of else "the claim"
    if not headline.list_named:
        return f"{many(headline.listed, 'agreement')} beside {of_all}"
    if headline.list_of and headline.list_named <= headline.list_of:
        return f"{headline.list_named} of the {headline.list_of}"
    return many(headline.listed, "agreement")


def _said_differently(headline: NewestHeadline) -> str | None:
    return said_range(headline.value, headline.low_said_usd, headline.high_said_usd)


def _span_of_lists(headline: NewestHeadline) -> str:
    """Name the lists that come to least and to most; apart from them those that nobody says to be of the claim."""
    by_sum = sorted((each for each in headline.lists if each.usd), key=lambda each: each.usd or 0)
    of_claim, others = ([each for each in by_sum if each.is_of_claim is it] for it in (True, False))
    differ = bool(of_claim) and of_claim[0].usd != of_claim[-1].usd
    said = f"; lists from {_from_to(of_claim)}" if differ else ""
    if others:
        lists = "a list" if len(others) == 1 else "lists"
        said += f"; {lists} not said to be of it: {_from_to(others)}"
    return said


def _from_to(lists: Sequence[BriefList]) -> str:
    ends = [f"{print_amount(each.usd or 0)} ({each.name})" for each in (lists[0], lists[-1])]
    return " to ".join(dict.fromkeys(ends))


def _agreements(count: str | None) -> str:
    return f"{count} agreements" if count and count.isdecimal() else count or ""


def _gap(gap: int | None, *, is_valued: bool) -> tuple[str, str]:
    """Say how far a claim is from its list, in full and in few words.

    What is lacking may stand there without a sum unless all has one.
    """
    if gap is None:
        return "", ""
    if gap <= 0:
        said = f"; {money(-gap)} above the claim" if gap else ", just as claimed"
        return said, said
    if is_valued:
        return f"; {money(gap)} not on it", f"; {money(gap)} not on it"
    return f"; {money(gap)} of the claim has no sum on it", f"; gap {money(gap)}"
