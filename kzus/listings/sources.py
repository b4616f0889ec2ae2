"""The list of sources."""

from __future__ import annotations

from kzus.listings.filters import TEXT, dates
from kzus.query import Column, Listing

SOURCES = Listing(
    "sources",
    (
        Column("id", "id"),
        Column("title"),
        Column("publisher"),
        Column("kind"),
        Column("published", "date"),
        Column("language"),
        Column("url", "url"),
        Column("cites", "texts"),
        Column("note"),
    ),
    {"text": TEXT, **dates("published")},
    "published DESC, id",
    (("published",), ("title", "url"), ("publisher",), ("id",), ("kind",)),
    "source",
)
