"""The list of parties."""

from __future__ import annotations

from kzus.facts.vocabulary import PARTY_KINDS
from kzus.query.listing import Column, Listing
from kzus.query.lists.filters import TEXT

PARTIES = Listing(
    "parties",
    (
        Column("id", "id", about="what kzus show takes"),
        Column("name", about="what it is called"),
        Column("country", about="ISO 3166-1 alpha-2"),
        Column("kind", about="company, government, fund …"),
        Column("aliases", "texts", about="other names that --party takes"),
        Column(
            "deals",
            "number",
            "(SELECT count(*) FROM deal_parties WHERE party = parties.id)",
            about="how many deals it stands in",
        ),
        Column("note", about="what else must be known"),
        Column("short", about="its name where there is little room"),
        Column("succeeds", "ids", about="ids of those whose place it took"),
    ),
    {"text": TEXT, "country": "country IN ({})", "kind": "kind IN ({})"},
    "sort_key(name), id",
    (("name",), ("id",), ("country",), ("kind",), ("deals",)),
    "party",
    narrow=(("name", "id"), ("country",), ("kind",), ("deals",)),
    extra=(("aliases",),),
    help="""
    List parties

    By name, with the aliases that `--party` takes as well.

    $ kzus parties boeing
    $ kzus parties --sort -deals --limit 10  # who stands in most deals
    $ kzus parties --country KZ --kind university
    """,
    kinds=PARTY_KINDS,
)
