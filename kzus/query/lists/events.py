"""The list of events."""

from __future__ import annotations

from kzus.facts.vocabulary import EVENT_KINDS
from kzus.query.listing import Column, Listing
from kzus.query.lists.filters import PARTY, SECTOR, TEXT, dates

EVENTS = Listing(
    "events",
    (
        Column("id", "id", about="what kzus show takes"),
        Column("date", "date", about="when, as precisely as it is known"),
        Column("title", about="what happened"),
        Column("place", about="where"),
        Column("people", "texts", about="who was there"),
        Column("parties", "ids", about="ids of the parties"),
        Column("sector", about="id of the sector"),
        Column("text", about="more about it"),
        Column("sources", "sources", about="ids of the sources, in the order of the file"),
        Column("note", about="what else must be known"),
        Column("kind", about="visit, meeting, law, decision, milestone or other"),
        Column("until", "date", about="the last of several days"),
    ),
    {
        "text": TEXT,
        "sector": SECTOR,
        "party": PARTY,
        "kind": "kind IN ({})",
        "person": "EXISTS (SELECT 1 FROM json_each(people) WHERE value IN ({}))",
        **dates("date", last="coalesce(until, date)"),
    },
    "date DESC, id",
    (("date",), ("title", "id"), ("place",)),
    "event",
    narrow=(("date",), ("title", "id")),
    extra=(("kind",), ("sources",), ("people",), ("parties",), ("sector",)),
    help="""
    List what happened

    Newest first; deals have dates of their own.

    $ kzus events --since 2025-10
    $ kzus events --kind visit --person tokayev
    """,
    kinds=EVENT_KINDS,
)
