"""The list of packages."""

from __future__ import annotations

from kzus.listings.filters import TEXT, dates
from kzus.query import Column, Listing

PACKAGES = Listing(
    "packages",
    (
        Column("id", "id"),
        Column("title"),
        Column("date", "date"),
        Column("place"),
        Column("value", "value"),
        Column("count", "number"),
        Column("members", "number"),
        Column("sources", "sources"),
        Column("note"),
    ),
    {"text": TEXT, **dates("date")},
    "date DESC, id",
    (("date",), ("title", "id"), ("value",), ("count",), ("members",), ("sources",)),
    "package",
)
