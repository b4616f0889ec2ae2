"""The list of deals."""

from __future__ import annotations

from kzus.listings.filters import SECTOR, TEXT, dates
from kzus.query import Column, Listing

DEALS = Listing(
    "deals",
    (
        Column("id", "id"),
        Column("title"),
        Column("date", "date"),
        Column("date_kind"),
        Column("sector"),
        Column("tags", "ids"),
        Column("instrument"),
        Column("stage", "stage"),
        Column("parties", "ids"),
        Column("value", "value"),
        Column("amount_usd", "money"),
        Column("low_usd", "money"),
        Column("high_usd", "money"),
        Column("counted_usd", "money"),
        Column("reason"),
        Column("sources", "sources"),
        Column("place"),
        Column("note"),
    ),
    {
        "text": TEXT,
        "sector": SECTOR,
        "party": "id IN (SELECT deal FROM deal_parties WHERE party IN ({}))",
        "instrument": "instrument IN ({})",
        "stage": "stage IN ({})",
        "tag": "id IN (SELECT deal FROM deal_tags WHERE tag IN ({}))",
        "package": "id IN (SELECT deal FROM members WHERE package IN ({}))",
        **dates("date"),
        "min": "amount_usd >= ?",
        "max": "amount_usd <= ?",
    },
    "date DESC, amount_usd DESC, id",
    (("date",), ("title", "id"), ("value", "reason"), ("stage", "instrument"), ("counted_usd",), ("sources",)),
    "deal",
)
