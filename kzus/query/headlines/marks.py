"""What a screen says of a headline beside its figures: words of stages and flows, list prices, what a lens hides."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzus.query.lists.screens import FLOW_WORD, STAGE_WORD
from kzus.values.amounts import parse_value

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from kzus.query.headlines.headline import Headline
    from kzus.query.headlines.said import Said


class ItemWords(NamedTuple):
    """What a screen calls the stage and flow of an item, and whether what it states is a list price."""

    stage: str
    flow: str | None
    is_list_price: bool


class Marks(NamedTuple):
    """What a screen adds to a headline.

    `listed` are the figures of lists that are list prices, by source and deal. `list_usd` is what they come to in the
    sum of each list, `counted_usd` what list prices come to in what items count, by flow and by standing. `hidden` is
    what a lens hides of what sources say of it, `hidden_items` are those that it hides of the lists which it shows.
    """

    items: Mapping[str, ItemWords]
    listed: frozenset[tuple[str, str]]
    list_usd: Mapping[str, int]
    counted_usd: Mapping[str, int]
    hidden: tuple[Said, ...] = ()
    hidden_items: tuple[str, ...] = ()


_WORDS = f"""
    SELECT id, {STAGE_WORD.sql}, {FLOW_WORD.sql}, coalesce(measure = 'list price', 0) FROM deals
    WHERE id IN (SELECT deal FROM members WHERE package = ?)
"""  # noqa: S608 - our own words
_LISTED = """
    SELECT members.source, deal FROM members
    WHERE package = ? AND members.value IS NOT NULL AND together_with IS NULL
        AND 'list price' = coalesce(
        (SELECT measure FROM claims WHERE entry = deal AND claims.source = members.source
            AND claims.value = members.value ORDER BY position LIMIT 1),
        (SELECT measure FROM deals WHERE id = deal))
"""
"""A list says no measure; that is the one which its source gives in the deal, else that of what the deal states.

A joint value is that of no single deal.
"""
_COUNTED_ITEMS = """
    SELECT {0}, sum(counted_usd) FROM deals WHERE id IN (SELECT deal FROM members WHERE package = ?)
        AND measure = 'list price' AND flow != 'financing' AND counted_usd > 0 GROUP BY {0}
"""


def read_marks(index: sqlite3.Connection, found: Headline, whole: Headline | None = None) -> Marks:
    """Return what a screen adds to a headline; `whole` is the same one without a lens."""
    listed = frozenset(index.execute(_LISTED, (found.id,)))
    counted: dict[str, int] = {}
    # One mapping for both, since no flow is called as a standing is.
    for column in ("flow", "iif(standing = 'pledge', 'pledged', standing)"):
        counted |= dict(index.execute(_COUNTED_ITEMS.format(column), (found.id,)))
    seen = {(said.source, said.said, said.of) for said in found.values}
    return Marks(
        items={name: ItemWords(*words) for name, *words in index.execute(_WORDS, (found.id,))},
        listed=listed,
        list_usd={each.source: _list_price_of(each.values, each.within, each.source, listed) for each in found.lists},
        counted_usd=counted,
        hidden=tuple(said for said in whole.values if (said.source, said.said, said.of) not in seen) if whole else (),
        hidden_items=_hidden_items(found, whole) if whole else (),
    )


def _hidden_items(found: Headline, whole: Headline) -> tuple[str, ...]:
    """Return the items of the lists that are shown which no chosen source states in the deals themselves."""
    shown = {each.source: each.values.keys() for each in found.lists}
    return tuple(
        item.id
        for item in whole.items
        if any(source in shown and item.id not in shown[source] for source in item.lists)
    )


def _list_price_of(
    values: Mapping[str, str | None], within: tuple[str, ...], source: str, listed: frozenset[tuple[str, str]]
) -> int:
    figures = [
        parse_value(value)
        for deal, value in values.items()
        if value and deal not in within and (source, deal) in listed
    ]
    return sum(figure.stated for figure in figures if figure.currency == "USD")
