"""The list of events."""

from __future__ import annotations

from kzus.listings.filters import SECTOR, TEXT, dates, mentioned
from kzus.query import Column, Listing

EVENTS = Listing(
    "events",
    (
        Column("id", "id"),
        Column("date", "date"),
        Column("title"),
        Column("place"),
        Column("people", "texts"),
        Column("parties", "ids"),
        Column("sector"),
        Column("text"),
        Column("sources", "sources"),
        Column("note"),
    ),
    {"text": TEXT, "sector": SECTOR, "party": mentioned("events"), **dates("date")},
    "date DESC, id",
    (("date",), ("title", "id"), ("place",), ("sources",)),
    "event",
)
