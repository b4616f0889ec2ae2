"""The list of treaties."""

from __future__ import annotations

from kzus.listings.filters import SECTOR, TEXT, dates
from kzus.query import Column, Listing

TREATIES = Listing(
    "treaties",
    (
        Column("id", "id"),
        Column("title"),
        Column("signed", "date"),
        Column("in_force", "date"),
        Column("citation"),
        Column("status"),
        Column("status_as_of", "date"),
        Column("sector"),
        Column("sources", "sources"),
        Column("note"),
    ),
    {"text": TEXT, "sector": SECTOR, **dates("signed")},
    "signed DESC, id",
    (("signed",), ("title", "id"), ("status",), ("in_force",), ("citation",), ("sources",)),
    "treaty",
)
