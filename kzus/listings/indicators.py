"""The list of indicators."""

from __future__ import annotations

from kzus.listings.filters import SECTOR, TEXT, dates
from kzus.query import Column, Listing

INDICATORS = Listing(
    "indicators",
    (
        Column("id", "id"),
        Column("title"),
        Column("unit"),
        Column("sector"),
        Column("period", "date"),
        Column("value", "value"),
        Column("basis"),
        Column("observations", "number"),
        Column("sources", "sources"),
        Column("note"),
    ),
    {
        "text": TEXT,
        "sector": SECTOR,
        **dates("replace(period, rtrim(period, replace(period, '/', '')), '')", until="period"),
    },
    "title, id",
    (("title", "id"), ("period",), ("value",), ("unit",), ("sources",), ("observations",)),
    "indicator",
)
