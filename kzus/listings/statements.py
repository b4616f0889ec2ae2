"""The list of statements."""

from __future__ import annotations

from kzus.listings.filters import SECTOR, TEXT, dates
from kzus.query import Column, Listing

STATEMENTS = Listing(
    "statements",
    (
        Column("id", "id"),
        Column("date", "date"),
        Column("by"),
        Column("text"),
        Column("sector"),
        Column("sources", "sources"),
        Column("via"),
        Column("note"),
    ),
    {"text": TEXT, "sector": SECTOR, **dates("date")},
    "date DESC, id",
    (("date",), ("text", "id"), ("by",), ("sources",)),
    "statement",
)
