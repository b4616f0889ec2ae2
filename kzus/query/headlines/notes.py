"""The remarks on a headline in sentences: what lists come to, what items count, and which to read with care."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.query.headlines.claims import as_sentence, difference_in_words, others_line, stated_lines, without_currency
from kzus.query.headlines.items import MONTH
from kzus.query.headlines.packages import same_publisher
from kzus.query.sums.groupings import FLOWS_IN_TOTAL
from kzus.values.amounts import parse_value, print_value
from kzus.values.numbers import print_amount
from kzus.values.text import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kzus.query.headlines.headline import Headline
    from kzus.query.headlines.lists import SourceList
    from kzus.query.headlines.marks import Marks
    from kzus.values.amounts import Value

_FLOW_PHRASES = {"grant": "grants", "unclear": "of unclear kind"}


def notes(found: Headline, marks: Marks) -> list[str]:
    """Say in lines what the lists come to beside the claims, what items count, and which to read with care."""
    every = (
        stated_lines(found, is_lens=bool(marks.hidden)),
        others_line(found),
        _list_notes(found, marks.list_usd),
        _listed_deals_note(found),
        _care_notes(found),
        _counted_note(found, marks.counted_usd),
        _unlisted_note(found),
    )
    return [as_sentence(line) for lines in every for line in lines]


def _list_notes(found: Headline, list_prices: Mapping[str, int]) -> Iterator[str]:
    """Say what a list comes to whose publisher claims no sum, and what is in the sum of each list."""
    for each in found.lists:
        claims = any(same_publisher(each.publisher, said.publisher) for said in found.values)
        # Whoever claims a sum is compared with its own list above; this list only has the stated headline to go with.
        if each.sum_usd is not None and not claims and found.headline_usd is not None:
            gap_usd = found.headline_usd - each.sum_usd
            gap = difference_in_words(gap_usd) if gap_usd else "as much as"
            stated = next(said for said in found.values if said.is_stated)
            claim = f"{each.name} claims no sum, {stated.publisher} {without_currency(stated.said)}"
            yield f"the list of {each.name} comes to {print_amount(each.sum_usd)}, {gap} the headline: {claim}"
        if holds := list(_list_contents(each, list_prices.get(each.source, 0))):
            yield f"in the sum of {each.name}: {'; '.join(holds)}"


def _list_contents(each: SourceList, list_price_usd: int) -> Iterator[str]:
    if list_price_usd:
        yield f"{print_amount(list_price_usd)} is list price"
    if each.ceiling_usd:
        yield f"{print_amount(each.ceiling_usd)} is a ceiling"
    if ranges := list(_ranges(each)):
        yield ", ".join(f"{print_value(value)} stands with {print_amount(value.low)}" for value in ranges)
    if each.lent_usd:
        yield f"{print_amount(each.lent_usd)} is lent"
    if each.within:
        yield f"not added, since the list has a sum for what they are part of: {', '.join(each.within)}"
    if each.other_currency:
        yield f"not added, since in another currency: {', '.join(each.other_currency)}"


def _ranges(each: SourceList) -> Iterator[Value]:
    """Yield the ranges of dollars that are in the sum of a list, each with its low end."""
    for deal, value in each.values.items():
        if value and deal not in each.within:
            amount = parse_value(value)
            if amount.currency == "USD" and amount.low != amount.high:  # others are in no sum of dollars
                yield amount


def _listed_deals_note(found: Headline) -> Iterator[str]:
    if not found.items:
        return
    umbrellas = found.members - found.identified
    beside = f", {many(umbrellas, 'umbrella')} left out beside {'its' if umbrellas == 1 else 'their'} parts"
    before = sum(item.is_before for item in found.items)
    more = f"{f', {before} of them older' if before else ''}{beside if umbrellas else ''}"
    # "30 of 29 are identified" would be no sense: lists may name more than anybody claims.
    if found.claimed is not None and found.identified <= found.claimed:
        are = "is" if found.identified == 1 else "are"
        yield f"{found.identified} of {found.claimed} claimed agreements {are} identified{more}"
    else:
        claim = f"; {found.counts[0].publisher} claims {found.claimed}" if found.counts else ""
        yield f"the lists name {many(found.identified, 'agreement')}{more}{claim}"
    single = [item for item in found.items if len(item.lists) == 1]
    if len(found.lists) > 1 and single:  # with one list, all are on it only
        by_list = ((each.name, sum(each.source in item.lists for item in single)) for each in found.lists)
        shares = ", ".join(f"{name} {count}" for name, count in by_list if count)
        yield f"on one list only: {len(single)} of {many(found.members, 'item')} ({shares})"


def _care_notes(found: Headline) -> Iterator[str]:
    """Name the items that are older than the package, and those of another package too."""
    before = [f"{item.id} ({item.date})" for item in found.items if item.is_before]
    if before:
        yield f"signed or announced before {(found.date or '')[:MONTH]}: {', '.join(before)}"
    shared = [f"{item.id} ({', '.join(item.also_in)})" for item in found.items if item.also_in]
    if shared:
        yield f"in another package too: {', '.join(shared)}"


def _counted_note(found: Headline, list_prices: Mapping[str, int]) -> Iterator[str]:
    """Say what the items add to sums, each kind of money for itself and what is lent apart."""
    flows = [
        f"{_FLOW_PHRASES.get(flow, flow)} {print_amount(usd)}{_of_it(list_prices.get(flow))}"
        for flow in FLOWS_IN_TOTAL
        if (usd := getattr(found, f"{flow}_usd"))
    ]
    lent = [
        f"{print_amount(usd)} {standing}"
        for standing, usd in (("firm", found.financing_firm_usd), ("pledged", found.financing_pledge_usd))
        if usd
    ]
    standings = {"firm": found.firm_usd, "pledged": found.pledge_usd, "dormant": found.dormant_usd}
    if flows:
        firmness = ", ".join(
            f"{print_amount(usd)} {standing}{_of_it(list_prices.get(standing))}"
            for standing, usd in standings.items()
            if usd
        )
        yield f"by kzus' own counting, each deal once: {', '.join(flows)}; {firmness}"
    elif found.items:
        yield "by kzus' own counting the items add nothing to a sum"
    if lent:
        yield f"lent, in none of these figures: {', '.join(lent)}"
    if found.unlisted_parts:
        more = print_amount(sum(part.counted_usd for part in found.unlisted_parts))
        named = ", ".join(part.id for part in found.unlisted_parts)
        yield f"parts of items that no list names count {more} more: {named}"


def _of_it(list_price_usd: int | None) -> str:
    return f" (of it {print_amount(list_price_usd)} list price)" if list_price_usd else ""


def _unlisted_note(found: Headline) -> Iterator[str]:
    if found.unlisted:
        yield f"of the same month and place, and on no list: {', '.join(found.unlisted)}"
