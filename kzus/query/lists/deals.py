"""The lists of deals, of packages of deals, and of what happened: deals, their updates, events and treaties."""

from __future__ import annotations

from kzus.query.listing import (
    ID_COLUMN,
    NOTE_COLUMN,
    PARTY,
    SECTOR,
    SOURCES_COLUMN,
    STAGE,
    TEXT,
    Column,
    Listing,
    dates,
)

DEALS = Listing(
    "deals",
    (
        ID_COLUMN,
        Column("title", about="what is agreed"),
        Column("date", "date", about="when, as precisely as it is known"),
        Column("date_kind", about="what happened on that date: signed, announced, exchanged or ratified"),
        Column("sector", about="id of the sector"),
        Column("tags", "ids", about="finer than the sector"),
        Column("instrument", about="what kind of paper"),
        Column("stage", "stage", about="how firm it is today"),
        Column("parties", "ids", about="ids of the parties"),
        Column(
            "value",
            "value",
            about="the stated value as written: the preferred claim, else the first that counts",
            amount="amount_usd",
        ),
        Column("amount_usd", "money", about="the stated value in whole U.S. dollars; the low end of a range"),
        Column("low_usd", "money", about="the lowest of the claims that measure the same; 0 for a ceiling"),
        Column("high_usd", "money", about="the highest of the claims that measure the same"),
        Column("counted_usd", "money", about="what it adds to a sum, so that no dollar counts twice"),
        Column("reason", about="why it adds something else than it states, or where"),
        SOURCES_COLUMN,
        Column("place", about="where it was signed or announced"),
        NOTE_COLUMN,
        Column("flow", about="trade, investment, financing, grant, cooperation or unclear"),
        Column("direction", about="from whose side to whose, such as KZ-US; nothing where it isn't told"),
        Column("stage_as_of", "date", about="up to when the stage is known, where the file tells"),
        Column("payer", "ids", about="whose money it is: ids of parties"),
        Column("payee", "ids", about="who receives it: ids of parties"),
        Column("measure", about="what the stated value is: price, list price, planned …"),
        Column("urls", "urls", about="where the sources can be read"),
    ),
    {
        "text": TEXT,
        "sector": SECTOR,
        # shares has the deals of those whose place a party took as well.
        "party": "id IN (SELECT deal FROM shares WHERE party IN ({}))",
        "flow": "flow IN ({})",
        "direction": "direction IN ({})",
        "instrument": "instrument IN ({})",
        "stage": STAGE,
        "standing": "standing IN ({})",
        "measure": "measure IN ({})",
        "country": "id IN (SELECT deal FROM deal_parties JOIN parties ON parties.id = party WHERE country IN ({}))",
        "tag": "id IN (SELECT deal FROM deal_tags WHERE tag IN ({}))",
        "package": "id IN (SELECT deal FROM members WHERE package IN ({}))",
        **dates("date"),
        "min": "amount_usd >= ?",
        "max": "amount_usd <= ?",
    },
    "rowid",  # rows are filled in newest first, so that a list needn't be sorted
    "deal",
    help="""
    List agreements

    Newest first, each with the value that it states and what it counts in a sum.

    $ kzus deals --sector transport
    $ kzus deals --party ktz --since 2025 --min 1bn  # what is large and new
    $ kzus deals --stage commitment -c date,title -f csv  # for a spreadsheet
    $ kzus deals -f json | jq '.[].title'  # for a script
    """,
)


_VALUE = "(SELECT low FROM claims WHERE entry = packages.id AND is_stated)"
_CLAIMANT = (
    "(SELECT iif(claims.via IS NULL, publisher, claims.via || ' (' || publisher || ')')"
    " FROM claims JOIN sources ON sources.id = source WHERE entry = packages.id AND is_stated)"
)
_COUNT = "(SELECT low FROM quantities WHERE entry = packages.id ORDER BY position LIMIT 1)"

PACKAGES = Listing(
    "packages",
    (
        ID_COLUMN,
        Column("title", about="what the headline is about"),
        Column("date", "date", about="when it was told"),
        Column("place", about="where"),
        Column("value", "value", about="the claimed value as written", amount=_VALUE),
        Column("count", "number", about="how many things it is said to hold", amount=_COUNT),
        Column("members", "number", about="deals that a source puts into it"),
        SOURCES_COLUMN,
        NOTE_COLUMN,
        Column("by", sql=_CLAIMANT, about="who claims that value: whom the source names, in brackets its publisher"),
    ),
    {"text": TEXT, **dates("date")},
    "date DESC, id",
    "package",
    help="""
    List headline packages

    A package is what a headline says; it never enters a sum.

    $ kzus packages
    $ kzus deals --package washington-2025-11  # what is in one
    """,
)


TIMELINE = Listing(
    "timeline",
    (
        Column("date", "date", about="when, as precisely as it is known"),
        Column("kind", about="deal signed, deal update, event, treaty in force …"),
        Column("id", "id", about="of the entry that it belongs to"),
        Column("text", about="what happened"),
        Column("stage", "stage", about="the stage that a deal had then"),
        Column("sector", about="id of the sector"),
        SOURCES_COLUMN,
    ),
    {
        # Only deals have these; those below replace what events and treaties have as well.
        **{name: f"id IN (SELECT id FROM deals WHERE {sql})" for name, sql in DEALS.filters.items()},  # noqa: S608 - our own names
        "text": TEXT,
        "sector": SECTOR,
        "party": PARTY,
        **dates("date"),
    },
    # Updates of one day stand newest first, as all else does.
    "date DESC, id, position DESC",
    "happening",
    "happenings",
    years="date",
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
