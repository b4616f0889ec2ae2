"""A headline as rows and as one JSON value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kzus.query.headlines.items import Item
from kzus.query.listing import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzus.query.headlines.headline import Headline

ITEM_COLUMNS = (
    Column("package", "id", about="id of the package"),
    Column("id", "id", about="of the item"),
    Column("title", about="what it is"),
    Column("date", "date", about="when it was signed or announced"),
    Column("stage", "stage", about="how firm it is now"),
    Column("value", "value", about="the stated value, as written"),
    Column("amount_usd", "money", about="the stated value in U.S. dollars"),
    Column("counted_usd", "money", about="what it adds to a sum"),
    Column("reason", about="why it adds something else than it states"),
    Column("listed_by", "sources", about="ids of the sources that put it into the package"),
    Column("flow", about="what kind of money"),
    Column("lists", about="what each of these says of it: source: value; a source alone gives no figure"),
    Column("is_before", "number", about="1 if its date is before the month of the package, else 0"),
    Column("also_in", "ids", about="ids of other packages that it is in"),
    Column("part_of", "ids", about="ids of the items that it is a part of"),
    Column("is_after", "number", about="1 if its date is after that of the package, else 0"),
    Column("is_identified", "number", about="1 if a source names it as one of the agreements which it claims, else 0"),
    Column("beside", "sources", about="ids of the sources that tell of it only beside those agreements"),
    Column("notes", about="the curator's note on each list: source: note"),
)
LIST_COLUMNS = (
    Column("id", "id", about="of the package"),
    Column("title", about="what it is called"),
    Column("date", "date", about="when it was announced"),
    Column("value", "value", about="the stated headline, as written"),
    Column("headline_usd", "money", about="the stated headline in U.S. dollars"),
    Column("members", "number", about="deals that a source lists"),
    Column("pledge_usd", "sum", about="what items at the stage of a pledge count, without what is lent"),
    Column("firm_usd", "sum", about="what items at a firm stage count, without what is lent"),
    Column("total_usd", "sum", about="what all items count, without what is lent"),
    Column("low_usd", "sum", about="the least that they come to"),
    Column("high_usd", "sum", about="the most"),
    Column("gap_usd", "money", about="the headline less that total, whoever lists the items"),
    Column("dormant_usd", "sum", about="of the total: pledges without news for 36 months"),
    Column("trade_usd", "sum", about="of the total: goods and services bought"),
    Column("investment_usd", "sum", about="of the total: equity, ventures, capital spending"),
    Column("grant_usd", "sum", about="of the total: aid, gifts, paid help"),
    Column("unclear_usd", "sum", about="of the total: of what kind the sources don't say"),
    Column("financing_firm_usd", "sum", about="lent or guaranteed, firm; in no total"),
    Column("financing_pledge_usd", "sum", about="lent or guaranteed, promised; in no total"),
    Column("list_source", "id", about="whose list the headline is compared with; nothing if its publisher has none"),
    Column("list_usd", "money", about="what that list comes to in its own figures"),
    Column("list_gap_usd", "money", about="the headline less that; below zero the list comes to more"),
    Column("claimed", "number", about="how many agreements the first source counts"),
    Column("identified", "number", about="how many of these a list names, without umbrellas of others"),
    Column("low_said_usd", "money", about="the least that a source says of the headline"),
    Column("high_said_usd", "money", about="the most"),
    Column("claimants", "number", about="how many sources say a sum"),
    Column("named", "number", about="how many agreements any list names, whether or not as some of the claimed"),
    Column("identified_by", "sources", about="ids of the sources whose lists name claimed agreements"),
    Column("by", about="who states the headline, with whoever passes it on"),
)


def headline_document(found: Headline) -> dict[str, Any]:
    """Return a headline as plain objects, its lists as lists of them."""
    rows: dict[str, Sequence[Any]] = {"values": found.values, "counts": found.counts, "items": found.items}
    plain: dict[str, Any] = {name: [row._asdict() for row in rows_of] for name, rows_of in rows.items()}
    for item in plain["items"]:
        item["listed_by"] = item["listed_by"].split(",")
    plain["lists"] = [{key: cell for key, cell in each._asdict().items() if key != "values"} for each in found.lists]
    parts = [part.id for part in found.unlisted_parts]
    return {**found._asdict(), **plain, "unlisted": list(found.unlisted), "unlisted_parts": parts}


def package_row(found: Headline) -> tuple[object, ...]:
    """Return a headline as a row of `LIST_COLUMNS`."""
    cells = (getattr(found, column.name) for column in LIST_COLUMNS)
    return tuple(",".join(cell) if isinstance(cell, tuple) else cell for cell in cells)


def item_rows(found: Headline) -> list[tuple[object, ...]]:
    """Return the items as rows of `ITEM_COLUMNS`."""
    return [
        (
            found.id,
            *item[: Item._fields.index("lists")],
            "; ".join(f"{source}: {value}" if value else source for source, value in item.lists.items()),
            int(item.is_before),
            ",".join(item.also_in),
            ",".join(item.part_of),
            int(item.is_after),
            int(item.is_identified),
            ",".join(item.beside),
            "; ".join(f"{source}: {note}" for source, note in item.notes.items()),
        )
        for item in found.items
    ]
