"""The list of what happened: deals, their updates, events and treaties."""

from __future__ import annotations

from kzus.query.listing import Column, Listing
from kzus.query.lists.deals import DEALS
from kzus.query.lists.filters import PARTY, SECTOR, TEXT, dates

TIMELINE = Listing(
    "timeline",
    (
        Column("date", "date", about="when, as precisely as it is known"),
        Column("kind", about="deal signed, deal update, event, treaty in force …"),
        Column("id", "id", about="of the entry that it belongs to"),
        Column("text", about="what happened"),
        Column("stage", "stage", about="the stage that a deal had then"),
        Column("sector", about="id of the sector"),
        Column("sources", "sources", about="ids of the sources, in the order of the file"),
    ),
    {
        **{name: f"id IN (SELECT id FROM deals WHERE {sql})" for name, sql in DEALS.filters.items()},  # noqa: S608 - our own names
        "text": TEXT,
        "sector": SECTOR,
        "party": PARTY,
        **dates("date"),
    },
    "date DESC, id, position DESC",
    (("date", "kind"), ("text", "id"), ("stage",)),
    "happening",
    "happenings",
    years="date",
    narrow=(("date", "kind"), ("text", "id", "stage")),
    extra=(("sources",), ("sector",)),
    help="""
    List what happened, in order

    Deals, their updates, events and treaties, newest first; a date that is known only to the year or month
    stands below the days of it. STAGE is that which a deal had then. A filter on deals leaves events and
    treaties out; --stage asks for deals that are at that stage now, and shows how they came there.

    $ kzus timeline --since 2026
    $ kzus timeline -s rail --since 2025-09 --until 2025-11
    $ kzus timeline --party wabtec --sort date  # from the beginning
    """,
)
