"""The list of deals."""

from __future__ import annotations

from kzus.query.listing import Column, Listing
from kzus.query.lists.filters import SECTOR, TEXT, dates

DEALS = Listing(
    "deals",
    (
        Column("id", "id", about="what kzus show takes"),
        Column("title", about="what is agreed"),
        Column("date", "date", about="when, as precisely as it is known"),
        Column("date_kind", about="signed or announced on that date"),
        Column("sector", about="id of the sector"),
        Column("tags", "ids", about="finer than the sector"),
        Column("instrument", about="what kind of paper"),
        Column("stage", "stage", about="how firm it is today"),
        Column("parties", "ids", about="ids of the parties"),
        Column("value", "value", about="the stated value as written: the preferred claim, else the first"),
        Column("amount_usd", "money", about="the stated value in whole U.S. dollars; the low end of a range"),
        Column("low_usd", "money", about="the lowest that any source claims"),
        Column("high_usd", "money", about="the highest that any source claims"),
        Column("counted_usd", "money", about="what it adds to a sum, so that no dollar counts twice"),
        Column("reason", about="why it adds less than it states"),
        Column("sources", "sources", about="ids of the sources, in the order of the file"),
        Column("place", about="where it was signed or announced"),
        Column("note", about="what else must be known"),
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
    "rowid",  # rows are filled in newest first, so that a list needn't be sorted
    (("date", "stage"), ("title", "id", "reason"), ("value",), ("counted_usd",)),
    "deal",
    narrow=(("date", "stage"), ("title", "id", "reason"), ("amount_usd",)),
    extra=(("sources",), ("parties",), ("sector", "instrument"), ("place",)),
    help="""
    List agreements

    Newest first, each with the value that it states and what it counts in a sum.

    $ kzus deals --sector transport
    $ kzus deals --party ktz --since 2025 --min 1bn  # what is large and new
    $ kzus deals --stage commitment -c date,title -f csv  # for a spreadsheet
    $ kzus deals -f json | jq '.[].title'  # for a script
    """,
)
