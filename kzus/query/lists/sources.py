"""The list of sources."""

from __future__ import annotations

from kzus.facts.vocabulary import SOURCE_KINDS
from kzus.query.listing import Column, Listing
from kzus.query.lists.filters import TEXT, dates

SOURCES = Listing(
    "sources",
    (
        Column("id", "id", about="what kzus show takes"),
        Column("title", about="its title"),
        Column("publisher", about="who published it"),
        Column("kind", about="official, company, news …"),
        Column("published", "date", about="when, as precisely as it is known"),
        Column("language", about="ISO 639-1"),
        Column("url", "url", about="where it can be read"),
        Column("cites", "texts", about="whom it relies on"),
        Column("note", about="what else must be known"),
        Column("retrieved", "date", about="when it was read"),
        Column("archive", "url", about="where a copy is kept"),
        Column("via", about="whom it names as its own source"),
    ),
    {"text": TEXT, "kind": "kind IN ({})", **dates("published")},
    "published DESC, id",
    (("published",), ("title", "id"), ("publisher",), ("kind",)),
    "source",
    narrow=(("published", "kind"), ("title", "id", "publisher")),
    extra=(("language",), ("url",)),
    help="""
    List sources

    Newest first, each with where it can be read.

    $ kzus sources --since 2026
    $ kzus sources --kind official --format csv
    """,
    kinds=SOURCE_KINDS,
)
