"""The list of treaties."""

from __future__ import annotations

from kzus.query.listing import Column, Listing
from kzus.query.lists.filters import PARTY, SECTOR, TEXT, dates

TREATIES = Listing(
    "treaties",
    (
        Column("id", "id", about="what kzus show takes"),
        Column("title", about="its name"),
        Column("signed", "date", about="when it was signed"),
        Column("in_force", "date", about="when it came into force"),
        Column("citation", about="where it is printed, such as a TIAS number"),
        Column("status", about="what has become of it"),
        Column("status_as_of", "date", about="up to when the status is known"),
        Column("sector", about="id of the sector"),
        Column("sources", "sources", about="ids of the sources, in the order of the file"),
        Column("note", about="what else must be known"),
    ),
    {
        "text": TEXT,
        "sector": SECTOR,
        "party": PARTY,
        "in_force": "status = ?",
        **dates("signed"),
    },
    "signed DESC, id",
    (("signed",), ("title", "id"), ("status",), ("in_force",)),
    "treaty",
    narrow=(("signed", "status"), ("title", "id"), ("in_force",)),
    extra=(("sources",), ("citation",), ("sector",)),
    help="""
    List treaties

    Newest first, each with where it is printed and what has become of it.

    $ kzus treaties --since 2000
    $ kzus treaties tax --in-force
    """,
)
