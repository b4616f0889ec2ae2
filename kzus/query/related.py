"""What a page shows of the entries that it names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from kzus.query.lists.screens import FLOW_WORD, MARKED_VALUE, STAGE_WORD, WHO_PAYS_WHOM

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence


class Related(NamedTuple):
    """What a page shows of an entry beside its id, in the words and with the marks of a screen.

    Only of a deal is known who pays whom.
    """

    title: str
    value: str | None
    stage: str | None
    date: str | None
    flow: str | None
    payment: str | None


def related_entries(index: sqlite3.Connection, names: Sequence[str]) -> dict[str, Related]:
    """Return what is shown of the entries of these ids."""
    of_deal = "(SELECT {} FROM deals AS one WHERE one.id = entries.id)"
    rows = index.execute(
        f"SELECT entries.id, entries.title, coalesce({of_deal.format(MARKED_VALUE.sql)}, packages.value),"  # noqa: S608 - our own words
        f" {STAGE_WORD.sql},"
        " coalesce(deals.date, packages.date, body ->> '$.date', body ->> '$.signed', body ->> '$.published'),"
        f" {FLOW_WORD.sql}, {of_deal.format(WHO_PAYS_WHOM.sql)}"
        " FROM entries LEFT JOIN deals ON deals.id = entries.id LEFT JOIN packages ON packages.id = entries.id"
        # One JSON for all ids: SQLite takes only so many placeholders.
        " WHERE entries.id IN (SELECT value FROM json_each(?))",
        (json.dumps(names),),
    )
    return {row[0]: Related(*row[1:]) for row in rows}
