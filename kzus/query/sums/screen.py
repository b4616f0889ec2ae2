"""A sum as a screen says it: its groups in words, and its deals with signs; data keep the words of the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kzus.query.listing import Column
from kzus.query.lists.screens import FLOW_WORD, FLOW_WORDS, MARKED_VALUE, STAGE_WORD, STAGE_WORDS, Screen
from kzus.query.uncounted import IS_UNCOUNTED, UNCOUNTED_FIGURE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from kzus.query.filters import Conditions
    from kzus.query.sums.added_deals import Part
    from kzus.query.sums.sum import Group, Sum

_SIDE_NAMES = {"KZ": ("Kazakhstan", "s"), "US": ("Americans", "")}
"""What a side is called by its first country, and how a verb ends after it; any other is called by its key."""
_IN_BRACKETS = UNCOUNTED_FIGURE.format("'(' || value || iif(measure = 'list price', '*', '') || ')'")
_BRACKETED_VALUE = f"iif({IS_UNCOUNTED}, coalesce({_IN_BRACKETS}, '(…)'), {MARKED_VALUE.sql})"
"""The value of a deal; where none counts, a figure in brackets."""
_STAKES = "stake-purchase"
"""The tag of an investment that buys a stake from an owner."""
IS_INVESTED = "flow = 'investment' AND direction GLOB ?"
PART_LINE = (
    Column("title"),
    Column("stated", "signed"),
    Column("counted", "money"),
    Column("flow"),
    Column("stage", "stage"),
    Column("reason"),
    Column("id", "id"),
)
PART_SCREEN = Screen(
    ("title", "stated", "counted", "flow", "stage", "reason"),
    (("title", "reason"), ("stated", "counted"), ("stage", "flow")),
)


def groups_in_words(index: sqlite3.Connection, found: Sum) -> Sum:
    """Return a sum whose groups are called as a screen calls them."""
    words = [_group_words(index, name, found) for name in found.by]
    return found._replace(groups=[_renamed(group, words) for group in found.groups])


def _renamed(group: Group, words: Sequence[Mapping[str, str]]) -> Group:
    label_2 = words[1].get(group.group_2 or "", group.label_2 or "") if len(words) > 1 else None
    return group._replace(label=words[0].get(group.group or "", group.label), label_2=label_2)


def _group_words(index: sqlite3.Connection, grouping: str, found: Sum) -> Mapping[str, str]:
    if grouping == "stage":
        return STAGE_WORDS
    if grouping == "flow":
        return {**FLOW_WORDS, "cooperation": "cooperation"}
    if grouping == "party":
        return dict(index.execute("SELECT id, short FROM parties WHERE short IS NOT NULL"))
    if grouping != "direction":
        return {}
    at = found.by.index(grouping)
    directions = {(group.group, group.group_2)[at] for group in found.groups} - {None}
    return {each: direction_in_words(index, each) for each in directions if each}


def direction_in_words(index: sqlite3.Connection, direction: str) -> str:
    """Say who pays, and of more than two sides also whom: `Kazakhstan pays` for `KZ-US`."""
    payer, _, payee = direction.partition("-")
    name, ending = side_name(index, payer)
    # Between two sides, who pays tells whom.
    whom = f" {side_name(index, payee)[0]}" if len(_side_codes(index)) > len((payer, payee)) else ""
    return f"{name} pay{ending}{whom}"


def side_name(index: sqlite3.Connection, country: str) -> tuple[str, str]:
    """Return what a side is called by its first country, and how a verb ends after it."""
    if country in _SIDE_NAMES:
        return _SIDE_NAMES[country]
    side = _side_codes(index).get(country, country)
    return f"{side[:1].upper()}{side[1:]} side", "s"


def first_side(index: sqlite3.Connection) -> str:
    """Return the first country of the side that the file names first; nothing of a file without sides."""
    return next(iter(_side_codes(index)), "")


def what_investor_does(index: sqlite3.Connection, found: Conditions, direction: str) -> str:
    """Say what the payers of investment do: `Kazakhstan pays for stakes` where that is more than half of it.

    `direction` may end in `*` for whoever is paid.
    """
    name, ending = side_name(index, direction.partition("-")[0])
    (is_for_stakes,) = index.execute(
        "SELECT 2 * sum(counted_usd * (id IN (SELECT deal FROM deal_tags WHERE tag = ?))) > sum(counted_usd)"  # noqa: S608 - a clause of `conditions`
        f" FROM deals{found.also(IS_INVESTED)}",
        (_STAKES, *found.bound, direction),
    ).fetchone()
    return f"{name} pay{ending} for stakes" if is_for_stakes else f"{name} invest{ending}"


def _side_codes(index: sqlite3.Connection) -> dict[str, str]:
    """Return each side by its first country."""
    row = index.execute("SELECT value FROM meta WHERE key = 'sides'").fetchone()
    return {countries[0]: side for side, countries in json.loads(row[0]).items()} if row else {}


def part_lines(index: sqlite3.Connection, parts: Sequence[Part]) -> list[tuple[object, ...]]:
    """Return the rows of `PART_LINE`."""
    chosen = f"{_BRACKETED_VALUE}, {FLOW_WORD.sql}, {STAGE_WORD.sql}"
    rows = index.execute(
        # One JSON for all ids: SQLite takes only so many placeholders.
        f"SELECT id, {chosen} FROM deals WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608 - our own words
        (json.dumps([part.id for part in parts]),),
    )
    words = {name: (value, flow or "", stage) for name, value, flow, stage in rows}
    return [
        (part.title, words[part.id][0], part.counted_usd, *words[part.id][1:], part.reason or "", part.id)
        for part in parts
    ]


def part_sections(index: sqlite3.Connection, found: Sum, parts: Sequence[Part]) -> list[str]:
    """Return what the group of each deal is called."""
    labels = {group.group: group.label for group in groups_in_words(index, found).groups}
    return [labels[part.group] for part in parts]
