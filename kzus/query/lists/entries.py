"""The lists of all other entries, and what a search finds among entries of every kind."""

from __future__ import annotations

from kzus.facts.vocabulary import EVENT_KINDS, KINDS, PARTY_KINDS, SOURCE_KINDS
from kzus.query.listing import (
    ID_COLUMN,
    NOTE_COLUMN,
    PARTY,
    SECTOR,
    SOURCES_COLUMN,
    TEXT,
    Column,
    Listing,
    dates,
    has_words,
)

EVENTS = Listing(
    "events",
    (
        ID_COLUMN,
        Column("date", "date", about="when, as precisely as it is known"),
        Column("title", about="what happened"),
        Column("place", about="where"),
        Column("people", "texts", about="who was there"),
        Column("parties", "ids", about="ids of the parties"),
        Column("sector", about="id of the sector"),
        Column("text", about="more about it"),
        SOURCES_COLUMN,
        NOTE_COLUMN,
        Column("kind", about="visit, meeting, law, decision, milestone or other"),
        Column("until", "date", about="the last of several days"),
    ),
    {
        "text": TEXT,
        "sector": SECTOR,
        "party": PARTY,
        "kind": "kind IN ({})",
        "person": "EXISTS (SELECT 1 FROM json_each(people) WHERE value IN ({}))",
        **dates("date", last="coalesce(until, date)"),
    },
    "date DESC, id",
    "event",
    help="""
    List what happened

    Newest first; deals have dates of their own.

    $ kzus events --since 2025-10
    $ kzus events --kind visit --person tokayev
    """,
    kinds=EVENT_KINDS,
)


_LATEST = (
    # Readings are exact decimals in text, in which 10 sorts before 9.
    "(SELECT CAST(low AS REAL) FROM observations WHERE indicator = indicators.id"
    " AND observations.period = indicators.period ORDER BY position LIMIT 1)"
)

INDICATORS = Listing(
    "indicators",
    (
        ID_COLUMN,
        Column("title", about="what is measured"),
        Column("unit", about="what the values are in"),
        Column("sector", about="id of the sector"),
        Column("period", "date", about="the latest date or, with a slash, span"),
        Column("value", "value", about="the latest reading as written", amount=_LATEST),
        Column("basis", about="whose statistics, or what is counted in"),
        Column("observations", "number", about="how many readings there are"),
        SOURCES_COLUMN,
        NOTE_COLUMN,
    ),
    {
        "text": TEXT,
        "sector": SECTOR,
        # A span is in where it overlaps: `since` asks for its last day, behind the slash, `until` for its first.
        **dates("replace(period, rtrim(period, replace(period, '/', '')), '')", until="period"),
    },
    "sort_key(title), id",
    "indicator",
)


PARTIES = Listing(
    "parties",
    (
        ID_COLUMN,
        Column("name", about="what it is called"),
        Column("country", about="ISO 3166-1 alpha-2"),
        Column("kind", about="company, government, fund …"),
        Column("aliases", "texts", about="other names that --party takes"),
        Column(
            "deals",
            "number",
            # As --party does, with those of the parties whose place it took.
            "(SELECT count(*) FROM shares WHERE party = parties.id)",
            about="how many deals it stands in, itself or as a party whose place it took",
        ),
        NOTE_COLUMN,
        Column("short", about="its name where there is little room"),
        Column("succeeds", "ids", about="ids of those whose place it took"),
    ),
    {"text": TEXT, "country": "country IN ({})", "kind": "kind IN ({})"},
    "sort_key(name), id",
    "party",
    help="""
    List parties

    By name, with the aliases that `--party` takes as well.

    $ kzus parties boeing
    $ kzus parties --sort -deals --limit 10  # who stands in most deals
    $ kzus parties --country KZ --kind university
    """,
    kinds=PARTY_KINDS,
)


SECTORS = Listing(
    "sectors",
    (
        ID_COLUMN,
        Column("label", about="what it is called"),
        Column("dac", about="the OECD DAC sector code"),
        Column("aliases", "texts", about="other names that --sector takes"),
        Column(
            "deals", "number", "(SELECT count(*) FROM deals WHERE sector = sectors.id)", about="how many deals it has"
        ),
        NOTE_COLUMN,
    ),
    {"text": TEXT},
    "position",
    "sector",
    help="""
    List sectors

    In the order of the file, with the aliases that `--sector` takes as well.

    $ kzus sectors
    $ kzus sectors -c id,dac
    """,
)


SOURCES = Listing(
    "sources",
    (
        ID_COLUMN,
        Column("title", about="its title"),
        Column("publisher", about="who published it"),
        Column("kind", about="official, company, news …"),
        Column("published", "date", about="when, as precisely as it is known"),
        Column("language", about="ISO 639-1"),
        Column("url", "url", about="where it can be read"),
        Column("cites", "texts", about="whom it relies on"),
        NOTE_COLUMN,
        Column("retrieved", "date", about="when it was read"),
        Column("archive", "url", about="where a copy is kept"),
        Column("via", about="whom it names as its own source"),
    ),
    {"text": TEXT, "kind": "kind IN ({})", **dates("published")},
    "published DESC, id",
    "source",
    help="""
    List sources

    Newest first, each with where it can be read.

    $ kzus sources --since 2026
    $ kzus sources --kind official --format csv
    """,
    kinds=SOURCE_KINDS,
)


STATEMENTS = Listing(
    "statements",
    (
        ID_COLUMN,
        Column("date", "date", about="when it was said"),
        Column("by", about="who says it"),
        Column("text", about="what is said, in our words"),
        Column("sector", about="id of the sector"),
        SOURCES_COLUMN,
        Column("via", about="who passes it on"),
        NOTE_COLUMN,
    ),
    {"text": TEXT, "sector": SECTOR, **dates("date")},
    "date DESC, id",
    "statement",
    help="""
    List what is said without a number

    Newest first, in the words of the file, with who says it.

    $ kzus statements --sector mining
    """,
)


TREATIES = Listing(
    "treaties",
    (
        ID_COLUMN,
        Column("title", about="its name"),
        Column("signed", "date", about="when it was signed"),
        Column("in_force", "date", about="when it came into force"),
        Column("citation", about="where it is printed, such as a TIAS number"),
        Column("status", about="what has become of it"),
        Column("status_as_of", "date", about="up to when the status is known"),
        Column("sector", about="id of the sector"),
        SOURCES_COLUMN,
        NOTE_COLUMN,
    ),
    {
        "text": TEXT,
        "sector": SECTOR,
        "party": PARTY,
        "in_force": "status = ?",  # not by the day of it, which a treaty in force may lack
        **dates("signed"),
    },
    "signed DESC, id",
    "treaty",
    help="""
    List treaties

    Newest first, each with where it is printed and what has become of it.

    $ kzus treaties --since 2000
    $ kzus treaties tax --in-force
    """,
)


KIND = "CASE kind " + " ".join(f"WHEN '{many}' THEN '{one}'" for one, many in KINDS.items()) + " END"

SEARCH = Listing(
    "search",
    (
        Column("id", "id", about="what `kzus show` takes"),
        Column("kind", "text", KIND, about="deal, party, source …"),
        Column("title", about="its title, name or text"),
        Column("match", "match", "snippet(search, -1, '‹', '›', '…', 12)", about="where the words occur, ‹marked›"),
    ),
    {"text": "search MATCH ?", "kind": f"{KIND} IN ({{}})"},
    # Whoever is called just so comes first, then whatever has the words in its own title or names: deals by what they
    # state, treaties, those in force in front, packages and events, before all that is only named so; sources, which
    # say where to read on, last.
    "id IN (SELECT id FROM names WHERE name = ?) DESC, kind = 'sources',"  # noqa: S608 - our own names
    f" {has_words('title aliases')} DESC,"
    " CASE kind WHEN 'deals' THEN 1 WHEN 'treaties' THEN 2 WHEN 'packages' THEN 3 WHEN 'events' THEN 3 ELSE 4 END,"
    " (SELECT amount_usd FROM deals WHERE deals.id = search.id) DESC,"
    " (SELECT status = 'in force' FROM treaties WHERE treaties.id = search.id) DESC, rank, rowid",
    "match",
    "matches",
)
