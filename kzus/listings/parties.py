"""The list of parties."""

from __future__ import annotations

from kzus.listings.filters import TEXT
from kzus.query import Column, Listing

PARTIES = Listing(
    "parties",
    (
        Column("id", "id"),
        Column("name"),
        Column("country"),
        Column("kind"),
        Column("aliases", "texts"),
        Column("deals", "number", "(SELECT count(*) FROM deal_parties WHERE party = parties.id)"),
        Column("note"),
    ),
    {"text": TEXT},
    "name, id",
    (("name",), ("id",), ("country",), ("kind",), ("deals",), ("aliases",)),
    "party",
)
