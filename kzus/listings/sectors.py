"""The list of sectors."""

from __future__ import annotations

from kzus.listings.filters import TEXT
from kzus.query import Column, Listing

SECTORS = Listing(
    "sectors",
    (
        Column("id", "id"),
        Column("label"),
        Column("dac"),
        Column("aliases", "texts"),
        Column("deals", "number", "(SELECT count(*) FROM deals WHERE sector = sectors.id)"),
        Column("note"),
    ),
    {"text": TEXT},
    "position",
    (("label",), ("id",), ("dac",), ("deals",), ("aliases",)),
    "sector",
)
