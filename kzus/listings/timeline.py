"""The list of what happened: deals, their updates, events and treaties."""

from __future__ import annotations

from kzus.listings.deals import DEALS
from kzus.listings.filters import SECTOR, TEXT, dates
from kzus.query import Column, Listing

_BY_PARTY = "id IN (SELECT entry FROM mentions WHERE field = 'parties' AND target IN ({}))"

TIMELINE = Listing(
    "timeline",
    (
        Column("date", "date"),
        Column("kind"),
        Column("id", "id"),
        Column("text"),
        Column("stage", "stage"),
        Column("sector"),
        Column("sources", "sources"),
    ),
    {
        **{name: f"id IN (SELECT id FROM deals WHERE {sql})" for name, sql in DEALS.filters.items()},  # noqa: S608 - our own names
        "text": TEXT,
        "sector": SECTOR,
        "party": _BY_PARTY,
        **dates("date"),
    },
    "date DESC, id, position DESC",
    (("date",), ("kind", "sector"), ("text", "id"), ("stage",), ("sources",)),
    "happening",
    "happenings",
    years="date",
)
