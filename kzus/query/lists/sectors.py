"""The list of sectors."""

from __future__ import annotations

from kzus.query.listing import Column, Listing
from kzus.query.lists.filters import TEXT

SECTORS = Listing(
    "sectors",
    (
        Column("id", "id", about="what kzus show takes"),
        Column("label", about="what it is called"),
        Column("dac", about="the OECD DAC sector code"),
        Column("aliases", "texts", about="other names that --sector takes"),
        Column(
            "deals", "number", "(SELECT count(*) FROM deals WHERE sector = sectors.id)", about="how many deals it has"
        ),
        Column("note", about="what else must be known"),
    ),
    {"text": TEXT},
    "position",
    (("label",), ("id",), ("dac",), ("deals",)),
    "sector",
    extra=(("aliases",),),
    help="""
    List sectors

    In the order of the file, with the aliases that `--sector` takes as well.

    $ kzus sectors
    $ kzus sectors -c id,dac
    """,
)
