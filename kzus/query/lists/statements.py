"""The list of statements."""

from __future__ import annotations

from kzus.query.listing import Column, Listing
from kzus.query.lists.filters import SECTOR, TEXT, dates

STATEMENTS = Listing(
    "statements",
    (
        Column("id", "id", about="what kzus show takes"),
        Column("date", "date", about="when it was said"),
        Column("by", about="who says it"),
        Column("text", about="what is said, in our words"),
        Column("sector", about="id of the sector"),
        Column("sources", "sources", about="ids of the sources, in the order of the file"),
        Column("via", about="who passes it on"),
        Column("note", about="what else must be known"),
    ),
    {"text": TEXT, "sector": SECTOR, **dates("date")},
    "date DESC, id",
    (("date",), ("text", "id"), ("by",)),
    "statement",
    narrow=(("date",), ("text", "id", "by")),
    extra=(("sources",), ("sector",)),
    help="""
    List what is said without a number

    Newest first, in the words of the file, with who says it.

    $ kzus statements --sector mining
    """,
)
