"""The list of events."""

from __future__ import annotations

from kzus.query.listing import Column, Listing
from kzus.query.lists.filters import SECTOR, TEXT, dates, mentioned

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
    ),
    {"text": TEXT, "sector": SECTOR, "party": mentioned("events"), **dates("date")},
    "date DESC, id",
    (("date",), ("title", "id"), ("place",)),
    "event",
    narrow=(("date",), ("title", "id")),
    extra=(("sources",), ("people",), ("parties",), ("sector",)),
    help="""
    List what happened

    Newest first; deals have dates of their own.

    $ kzus events --since 2025-10
    $ kzus events --party ktz
    """,
)
