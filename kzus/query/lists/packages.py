"""The list of packages."""

from __future__ import annotations

from kzus.query.listing import Column, Listing
from kzus.query.lists.filters import TEXT, dates

_VALUE = "(SELECT low FROM claims WHERE entry = packages.id AND is_stated)"
_COUNT = "(SELECT low FROM quantities WHERE entry = packages.id ORDER BY position LIMIT 1)"

PACKAGES = Listing(
    "packages",
    (
        Column("id", "id", about="what kzus show takes"),
        Column("title", about="what the headline is about"),
        Column("date", "date", about="when it was told"),
        Column("place", about="where"),
        Column("value", "value", about="the claimed value as written", amount=_VALUE),
        Column("count", "number", about="how many things it is said to hold", amount=_COUNT),
        Column("members", "number", about="deals that a source puts into it"),
        Column("sources", "sources", about="ids of the sources, in the order of the file"),
        Column("note", about="what else must be known"),
    ),
    {"text": TEXT, **dates("date")},
    "date DESC, id",
    (("date",), ("title", "id"), ("value",), ("count",), ("members",)),
    "package",
    narrow=(("date", "value"), ("title", "id"), ("count",)),
    extra=(("sources",), ("place",)),
    help="""
    List headline packages

    A package is what a headline says; it never enters a sum.

    $ kzus packages
    $ kzus deals --package washington-2025-11  # what is in one
    """,
)
