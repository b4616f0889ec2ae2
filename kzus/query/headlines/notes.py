"""The remarks on a headline in sentences: what lists come to, what items count, and which to read with care."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.query.headlines.claims import others_line, stated_lines
from kzus.query.headlines.headline import is_of_claim
from kzus.query.headlines.items import MONTH, is_after_package
from kzus.query.sums.groupings import FLOWS_IN_TOTAL
from kzus.values.amounts import parse_value, print_value
from kzus.values.numbers import print_amount
from kzus.values.text import as_sentence, many

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
        _lists_of_no_claim(found),
        _identified_notes(found),
        _single_list_note(found),
        _care_notes(found),
        _counted_note(found, marks.counted_usd),
        _unlisted_note(found),
    )
    return [as_sentence(line) for lines in every for line in lines]


def _list_notes(found: Headline, list_prices: Mapping[str, int]) -> Iterator[str]:
    """Say what is in the sum of each list."""
    for each in found.lists:
        if holds := list(_list_contents(each, list_prices.get(each.source, 0))):
            yield f"in the sum of {each.name}: {'; '.join(holds)}"


def _lists_of_no_claim(found: Headline) -> Iterator[str]:
    """Name the lists with a sum of which nobody says that they are lists of the headline, so that they have no gap."""
    lists = [each for each in found.lists if each.sum_usd is not None and not is_of_claim(each, found)]
    named = ", ".join(f"{each.name} ({print_amount(each.sum_usd or 0)})" for each in lists)
    if lists and found.headline_usd is not None:
        of_it = (
            "its source claims no sum of it: the list"
            if len(lists) == 1
            else "their sources claim no sum of them: the lists"
        )
        yield f"without a gap, since {of_it} of {named}"


def _list_contents(each: SourceList, list_price_usd: int) -> Iterator[str]:
    if list_price_usd:
        yield f"{print_amount(list_price_usd)} is list price"
    if each.ceiling_usd:
        yield f"{print_amount(each.ceiling_usd)} is a ceiling"
    if ranges := list(_ranges(each)):
        yield ", ".join(f"{print_value(value)} stands with {print_amount(value.low)}" for value in ranges)
    if each.lent_usd:
        yield f"{print_amount(each.lent_usd)} is lent"
    if each.named and (beside_usd := (each.sum_usd or 0) - (each.named_usd or 0)) > 0:
        yield f"{print_amount(beside_usd)} is told beside what its source claims"
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


def _identified_notes(found: Headline) -> Iterator[str]:
    """Say how many of the claimed agreements lists name, and how many others."""
    if not found.items:
        return
    umbrellas = _umbrellas_left_out(found)
    claimed, identified = found.claimed, found.identified
    # "30 of 29 are identified" would be no sense: a list may name more than its source counts.
    if claimed is None or identified is None or identified > claimed:
        claim = f"; {found.counts[0].teller} claims {claimed}" if claimed is not None else ""
        yield f"the lists name {many(found.named, 'agreement')}{claim}{umbrellas}"
        return
    others = found.named - identified
    are = "is" if identified <= 1 else "are"
    said = f"{identified or 'none'} of {claimed} claimed agreements {are} identified{_identifying_lists(found)}"
    yield said if others else f"{said}{umbrellas}"
    if others:
        stand, them = ("stands", "it") if others == 1 else ("stand", "them")
        more = "more" if identified else "other" if others == 1 else "others"
        yield f"{others} {more} {stand} on lists that don't put {them} among the {claimed}{umbrellas}"


def _umbrellas_left_out(found: Headline) -> str:
    over = {umbrella for item in found.items for umbrella in item.part_of}
    left_out = sum(item.id in over and not item.is_identified for item in found.items)
    parts = f"{'its' if left_out == 1 else 'their'} parts"
    return f"; {many(left_out, 'umbrella')} left out beside {parts}" if left_out else ""


def _identifying_lists(found: Headline) -> str:
    *names, last = [each.name for each in found.lists if each.source in found.identified_by] or [""]
    named = f"s of {', '.join(names)} and {last}" if names else f" of {last}"
    return f", on the list{named}" if last else ""


def _single_list_note(found: Headline) -> Iterator[str]:
    single = [item for item in found.items if len(item.lists) == 1]
    if len(found.lists) > 1 and single:  # with one list, all are on it only
        by_list = ((each.name, sum(each.source in item.lists for item in single)) for each in found.lists)
        shares = ", ".join(f"{name} {count}" for name, count in by_list if count)
        yield f"on one list only: {len(single)} of {many(found.members, 'item')} ({shares})"


def _care_notes(found: Headline) -> Iterator[str]:
    """Name the items that are older or younger than the package, and those of another package too."""
    before = [f"{item.id} ({item.date})" for item in found.items if item.is_before]
    if before:
        yield f"signed or announced before {(found.date or '')[:MONTH]}: {', '.join(before)}"
    after = [f"{item.id} ({item.date})" for item in found.items if item.is_after]
    if after:
        yield f"signed or announced after {found.date}: {', '.join(after)}"
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
        named = ", ".join(
            f"{part.id} ({part.date})" if is_after_package(part.date, found.date) else part.id
            for part in found.unlisted_parts
        )
        yield f"parts of items that no list names count {more} more: {named}"


def _of_it(list_price_usd: int | None) -> str:
    return f" (of it {print_amount(list_price_usd)} list price)" if list_price_usd else ""


def _unlisted_note(found: Headline) -> Iterator[str]:
    if found.unlisted:
        yield f"of the same month and place, and on no list: {', '.join(found.unlisted)}"
