"""The deals of a sum for a terminal, in the words and signs of a screen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kzus.query.group_words import groups_in_words
from kzus.query.listing import Column
from kzus.query.lists.screens import FLOW_WORD, MARKED_VALUE, STAGE_WORD, Screen

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from kzus.query.added_deals import Part
    from kzus.query.sum import Sum

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


def part_lines(index: sqlite3.Connection, parts: Sequence[Part]) -> list[tuple[object, ...]]:
    """Return the rows of `PART_LINE`."""
    chosen = ", ".join(column.sql for column in (MARKED_VALUE, FLOW_WORD, STAGE_WORD))
    rows = index.execute(
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
