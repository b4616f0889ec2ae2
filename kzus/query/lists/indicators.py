"""The list of indicators."""

from __future__ import annotations

from kzus.query.listing import Column, Listing
from kzus.query.lists.filters import SECTOR, TEXT, dates

_LATEST = (
    "(SELECT CAST(low AS REAL) FROM observations WHERE indicator = indicators.id"
    " AND observations.period = indicators.period ORDER BY position LIMIT 1)"
)

INDICATORS = Listing(
    "indicators",
    (
        Column("id", "id", about="what kzus show takes"),
        Column("title", about="what is measured"),
        Column("unit", about="what the values are in"),
        Column("sector", about="id of the sector"),
        Column("period", "date", about="the latest date or, with a slash, span"),
        Column("value", "value", about="the latest reading as written", amount=_LATEST),
        Column("basis", about="whose statistics, or what is counted in"),
        Column("observations", "number", about="how many readings there are"),
        Column("sources", "sources", about="ids of the sources, in the order of the file"),
        Column("note", about="what else must be known"),
    ),
    {
        "text": TEXT,
        "sector": SECTOR,
        **dates("replace(period, rtrim(period, replace(period, '/', '')), '')", until="period"),
    },
    "sort_key(title), id",
    (("title", "id"), ("period",), ("value",), ("unit",)),
    "indicator",
    narrow=(("title", "id", "unit"), ("value", "period")),
    extra=(("basis",), ("sources",), ("observations",), ("sector",)),
)
