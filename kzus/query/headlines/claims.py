"""What sources claim of a package, in words, beside what their own lists of its items come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.query.headlines.said import said_range
from kzus.values.numbers import print_amount
from kzus.values.text import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzus.query.headlines.headline import Headline
    from kzus.query.headlines.lists import SourceList
    from kzus.query.headlines.said import Said


def own_list(said: Said) -> tuple[str, str | None]:
    """Return what the list of a publisher comes to, or that it gives none, and how far that is from what it claims.

    A list that is told beside the claim has no difference from it.
    """
    if said.rank == "deprecated":
        return "deprecated", None
    if said.list_source is None:
        return "none given", None
    if said.number is not None:
        return f"{said.list_named or 'none'} of them", None
    if said.list_usd is None:
        return "no sums", None
    if not said.list_named:
        return f"{print_amount(said.list_usd)} beside it", None
    return print_amount(said.list_usd), None if said.list_gap_usd is None else difference_in_words(said.list_gap_usd)


def differing_claims(found: Headline) -> str | None:
    """Return between which sums the claims of a package lie, nothing where all say what is stated."""
    return said_range(found.value, found.low_said_usd, found.high_said_usd)


def range_note(found: Headline) -> str:
    """Say between which sums the claims of a package lie, and with which of them its list and gap go."""
    said = f"{found.id}: {found.claimants} sources say {differing_claims(found)}"
    if found.stated is None:
        return said
    return f"{said}; its list and gap go with {without_currency(found.stated.said)} ({found.stated.speaker})"


def claim_note(found: Headline) -> str:
    """Say who claims the stated headline of a package."""
    return f"{found.id}: {found.by} says {without_currency(found.value or '')}"


def hidden_notes(hidden: Sequence[Said], items: Sequence[str] = ()) -> list[str]:
    """Say what sources say of the package that a lens hides, and which items of the lists that it shows."""
    claims: dict[str, list[str]] = {}
    for said in hidden:
        claims.setdefault(without_currency(said.said), []).append(said.speaker)
    told = [f"{claim} ({', '.join(dict.fromkeys(names))})" for claim, names in claims.items()]
    notes = [f"The lens hides what others say of it: {', '.join(told)}."] if told else []
    if items:
        notes.append(f"The lens hides items of these lists, so that they may come to less: {', '.join(items)}.")
    return notes


def stated_lines(found: Headline, *, is_lens: bool) -> list[str]:
    """Set the stated headline against the list of who states it, in one line, and what that list lacks in another."""
    stated = found.stated
    if stated is None:
        seen = " that the lens shows" if is_lens else ""
        return [f"no source{seen} gives a sum for it" + ("" if found.lists else ", and none a list")]
    own = next((each for each in found.lists if each.source == stated.list_source), None)
    lines = [f"{stated.teller} says {without_currency(stated.said)}; {_describe_list(stated)}"]
    return [*lines, _lacking(own, stated.list_gap_usd or 0)] if own and (stated.list_gap_usd or 0) > 0 else lines


def others_line(found: Headline) -> Iterator[str]:
    """Name those who claim a sum beside the stated one and give no list."""
    others = [said for said in found.values if said.list_source is None and not said.is_stated]
    claims = dict.fromkeys(f"{said.via or said.publisher} ({without_currency(said.said)})" for said in others)
    if claims and found.stated:
        yield f"without a list of their own: {', '.join(claims)}"


def _describe_list(stated: Said) -> str:
    if stated.list_source is None:
        return "it gives no list"
    whose = "its list" if stated.list_source == stated.source else f"its list ({stated.list_source})"
    if not stated.list_named:
        whose = f"{whose}, told beside it,"
    if stated.list_usd is None:
        return f"{whose} gives no sums"
    gap = stated.list_gap_usd
    comes_to = f"{whose} comes to {print_amount(stated.list_usd)}"
    return comes_to if gap is None or gap > 0 else f"{comes_to}, {difference_in_words(gap)}"


def _lacking(own: SourceList, gap_usd: int) -> str:
    """Say how much of a claim a list has no sum for; what it names without a sum may well be worth that."""
    if not own.without_sum:
        return f"{print_amount(gap_usd)} of the claim is not on that list"
    has = "has" if own.without_sum == 1 else "have"
    lacking = f"{own.without_sum} of its {many(own.agreements, 'agreement')} {has} none"
    return f"{print_amount(gap_usd)} of the claim has no sum on that list; {lacking}"


def difference_in_words(gap_usd: int) -> str:
    """Say how far a list is from a claim."""
    if not gap_usd:
        return "just that"
    return f"{print_amount(abs(gap_usd))} {'below' if gap_usd > 0 else 'above'}"


def without_currency(said: str) -> str:
    """Return a claim without the currency that goes without saying."""
    return said.removesuffix(" USD")
