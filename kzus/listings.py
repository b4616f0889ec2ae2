"""The lists that kzus knows, one a collection: their columns, their filters and what a terminal shows of them."""

from __future__ import annotations

from kzus.query import Column, Listing

_TEXT = "id IN (SELECT id FROM entries WHERE instr(words, ?))"
_SECTOR = "sector IN ({})"


def _dates(column: str, *, until: str = "") -> dict[str, str]:
    """A date of low precision stays in wherever it may fall within the bounds."""
    last = f"{column} || substr('-12-31', length({column}) - 3)"
    return {"since": f"{last} >= ?", "until": f"{until or column} <= ? || '~'"}


def _mentioned(listing: str) -> str:
    return f"id IN (SELECT entry FROM mentions WHERE target IN ({{}}) AND entry IN (SELECT id FROM {listing}))"  # noqa: S608 - our own names


DEALS = Listing(
    "deals",
    (
        Column("id", "id"),
        Column("title"),
        Column("date", "date"),
        Column("date_kind"),
        Column("sector"),
        Column("tags", "ids"),
        Column("instrument"),
        Column("stage", "stage"),
        Column("parties", "ids"),
        Column("value", "value"),
        Column("amount_usd", "money"),
        Column("low_usd", "money"),
        Column("high_usd", "money"),
        Column("counted_usd", "money"),
        Column("reason"),
        Column("sources", "sources"),
        Column("place"),
        Column("note"),
    ),
    {
        "text": _TEXT,
        "sector": _SECTOR,
        "party": "id IN (SELECT deal FROM deal_parties WHERE party IN ({}))",
        "instrument": "instrument IN ({})",
        "stage": "stage IN ({})",
        "tag": "id IN (SELECT deal FROM deal_tags WHERE tag IN ({}))",
        "package": "id IN (SELECT deal FROM members WHERE package IN ({}))",
        **_dates("date"),
        "min": "amount_usd >= ?",
        "max": "amount_usd <= ?",
    },
    "date DESC, amount_usd DESC, id",
    (("date",), ("title", "id"), ("value", "reason"), ("stage", "instrument"), ("counted_usd",), ("sources",)),
    "deal",
)
PACKAGES = Listing(
    "packages",
    (
        Column("id", "id"),
        Column("title"),
        Column("date", "date"),
        Column("place"),
        Column("value", "value"),
        Column("count", "number"),
        Column("members", "number"),
        Column("sources", "sources"),
        Column("note"),
    ),
    {"text": _TEXT, **_dates("date")},
    "date DESC, id",
    (("date",), ("title", "id"), ("value",), ("count",), ("members",), ("sources",)),
    "package",
)
TREATIES = Listing(
    "treaties",
    (
        Column("id", "id"),
        Column("title"),
        Column("signed", "date"),
        Column("in_force", "date"),
        Column("citation"),
        Column("status"),
        Column("status_as_of", "date"),
        Column("sector"),
        Column("sources", "sources"),
        Column("note"),
    ),
    {"text": _TEXT, "sector": _SECTOR, **_dates("signed")},
    "signed DESC, id",
    (("signed",), ("title", "id"), ("status",), ("in_force",), ("citation",), ("sources",)),
    "treaty",
)
INDICATORS = Listing(
    "indicators",
    (
        Column("id", "id"),
        Column("title"),
        Column("unit"),
        Column("sector"),
        Column("period", "date"),
        Column("value", "value"),
        Column("basis"),
        Column("observations", "number"),
        Column("sources", "sources"),
        Column("note"),
    ),
    {
        "text": _TEXT,
        "sector": _SECTOR,
        **_dates("replace(period, rtrim(period, replace(period, '/', '')), '')", until="period"),
    },
    "title, id",
    (("title", "id"), ("period",), ("value",), ("unit",), ("sources",), ("observations",)),
    "indicator",
)
EVENTS = Listing(
    "events",
    (
        Column("id", "id"),
        Column("date", "date"),
        Column("title"),
        Column("place"),
        Column("people", "texts"),
        Column("parties", "ids"),
        Column("sector"),
        Column("text"),
        Column("sources", "sources"),
        Column("note"),
    ),
    {"text": _TEXT, "sector": _SECTOR, "party": _mentioned("events"), **_dates("date")},
    "date DESC, id",
    (("date",), ("title", "id"), ("place",), ("sources",)),
    "event",
)
STATEMENTS = Listing(
    "statements",
    (
        Column("id", "id"),
        Column("date", "date"),
        Column("by"),
        Column("text"),
        Column("sector"),
        Column("sources", "sources"),
        Column("via"),
        Column("note"),
    ),
    {"text": _TEXT, "sector": _SECTOR, **_dates("date")},
    "date DESC, id",
    (("date",), ("text", "id"), ("by",), ("sources",)),
    "statement",
)
SOURCES = Listing(
    "sources",
    (
        Column("id", "id"),
        Column("title"),
        Column("publisher"),
        Column("kind"),
        Column("published", "date"),
        Column("language"),
        Column("url", "url"),
        Column("cites", "texts"),
        Column("note"),
    ),
    {"text": _TEXT, **_dates("published")},
    "published DESC, id",
    (("published",), ("title", "url"), ("publisher",), ("id",), ("kind",)),
    "source",
)
PARTIES = Listing(
    "parties",
    (
        Column("id", "id"),
        Column("name"),
        Column("country"),
        Column("kind"),
        Column("aliases", "texts"),
        Column("deals", "number", "(SELECT count(*) FROM deal_parties WHERE party = parties.id)"),
        Column("note"),
    ),
    {"text": _TEXT},
    "name, id",
    (("name",), ("id",), ("country",), ("kind",), ("deals",), ("aliases",)),
    "party",
)
SECTORS = Listing(
    "sectors",
    (
        Column("id", "id"),
        Column("label"),
        Column("dac"),
        Column("aliases", "texts"),
        Column("deals", "number", "(SELECT count(*) FROM deals WHERE sector = sectors.id)"),
        Column("note"),
    ),
    {"text": _TEXT},
    "position",
    (("label",), ("id",), ("dac",), ("deals",), ("aliases",)),
    "sector",
)
