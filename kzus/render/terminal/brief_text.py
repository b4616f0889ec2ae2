"""The longer lines of the card of `kzus brief`: the headline beside its lists, and direct investment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.query.package_lists import short_name
from kzus.query.series import DIRECT_INVESTMENT
from kzus.render import cells
from kzus.values.amounts import print_amount
from kzus.values.text import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzus.query.brief import Brief
    from kzus.query.brief_screen import Lists
    from kzus.query.brief_sections import NewestHeadline
    from kzus.query.series import KeyIndicator


def headline_lines(brief: Brief, headline: NewestHeadline, lists: Lists | None, room: int) -> Iterator[str]:
    """Say what the newest package claims, and what lists come to; of a subject only how much of it is there."""
    value = (headline.value or "").removesuffix(" USD")
    says = f"says {short_name(headline.publisher)}" if headline.publisher else ""
    claim = ", ".join(filter(None, (value, _agreements(headline.agreements), says, headline.date)))
    yield f"{claim}: {headline.title}"
    if brief.subject:
        belong = "belongs" if headline.own_deals == 1 else "belong"
        yield f"{headline.own_deals} of the {headline.deals} deals on its lists {belong} here"
    elif not headline.publisher:
        yield f"nobody gives a sum; all lists name {many(headline.deals, 'deal')}"
    elif lists:
        lines = list(_list_lines(lists, headline.deals))
        yield next((line for line in lines if len(line) <= room), lines[-1])


def _list_lines(lists: Lists, deals: int) -> Iterator[str]:
    """Say what the list of the claimant comes to, and between which sums lists lie; the longest saying first."""
    lie = ""
    if lists.least and lists.most:
        ends = (f"{print_amount(each.sum_usd or 0)} ({each.name})" for each in (lists.least, lists.most))
        lie = f"; lists from {' to '.join(ends)}"
    own = lists.stated
    if own is None:
        every = f"; all lists name {many(deals, 'deal')}"
        yield f"it gives no list{lie or every}"
        return
    named = many(own.agreements, "agreement")
    comes_to = "" if own.sum_usd is None else f", {cells.money(own.sum_usd)}"
    valued = f", {own.valued or 'none'} with a sum" if own.valued < own.items else ""
    yield f"its list: {named}{valued}{comes_to}{_gap(lists.gap_usd)}{lie}"
    yield f"its list: {named}{comes_to}{lie}"
    yield f"its {named}{comes_to.replace(',', ':')}{lie}"


def _agreements(count: str | None) -> str:
    return f"{count} agreements" if count and count.isdecimal() else count or ""


def _gap(gap: int | None) -> str:
    if gap is None:
        return ""
    if not gap:
        return ", just as claimed"
    return f"; {cells.money(gap)} not on it" if gap > 0 else f"; {cells.money(-gap)} above the claim"


def direct_investment_line(found: Sequence[KeyIndicator], room: int) -> tuple[str, str]:
    """Return whose direct investment it is, and its series; where not all have room, the newest of them.

    A title without a comma has nothing that tells its series from the first.
    """
    if not found:
        return "", ""
    investor = _investor(found[0])
    own = [found[0], *(each for each in found[1:] if _investor(each) == investor and _tail(each))]
    text = ", ".join(map(_series_text, own))
    if len(text) > room:
        newest = sorted(own, key=lambda each: each.period.rpartition("/")[2], reverse=True)
        text = _series_text(newest[0])
        for each in newest[1:]:
            longer = f"{text}, {_series_text(each)}"
            text = longer if len(longer) <= room else text
    return f"{investor} FDI", text


def _series_text(indicator: KeyIndicator) -> str:
    values = "/".join(value.replace("about ", "~") for value in indicator.values)
    return f"{_tail(indicator)} {values} ({indicator.period})".strip()


def _investor(indicator: KeyIndicator) -> str:
    return indicator.title[: indicator.title.casefold().index(DIRECT_INVESTMENT)].strip()


def _tail(indicator: KeyIndicator) -> str:
    """Return what sets a series apart: what stands behind the comma of its title."""
    return indicator.title.rpartition(", ")[2] if ", " in indicator.title else ""
