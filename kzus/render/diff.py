"""The tables of a comparison for people: sums first, then deals, claims, updates, other entries, other fields."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from kzus.facts.vocabulary import KINDS
from kzus.query.diff import FIRST_STAGE, Change, Difference
from kzus.query.diff_sides import READING_ORDER, Comparison, is_day
from kzus.query.headlines.packages import short_name
from kzus.query.listing import Column
from kzus.query.lists.screens import Screen
from kzus.render import cells
from kzus.render.cells import BLANK, money
from kzus.render.diff_deals import ID, DiffTable, changed_deals, deal_tables, is_state, sums_table
from kzus.values.amounts import parse_value, print_value, with_sign, with_thousands
from kzus.values.text import many

_CLAIMS = ("values", "quantities")
_UNLISTED_FIELDS = {
    "sources": "changed list{s} of sources",
    "stage_source": "source{s} of a stage",
    FIRST_STAGE: "stage{s} before updates",
    "stage_as_of": "day{s} up to which a stage is known",
    "status_as_of": "day{s} up to which a status is known",
}
"""Fields that a screen only counts, unless all is asked for."""
_DAY_FIELDS = {"sources": "published", "treaties": "signed"}
_CHANGE_SIGNS = {
    cells.LIST_PRICE: cells.LIST_PRICE_LEGEND,
    "(": "(…) not counted: not of the deal as a whole, deprecated, or not in dollars",
}
_OLDER = "May be older: "


def diff_tables(found: Comparison, *, is_whole: bool) -> tuple[str, list[DiffTable]]:
    """Say how many deals differ, and return the tables of a comparison that have rows.

    `is_whole` adds sources and what an update brings with it.
    """
    listed = [each for each in found.sure if is_whole or not (_is_unlisted(each) or is_day(each, found))]
    older = [each for each in found.unsure if is_whole or (each.kind != "source" and _is_entry_or_state(each))]
    deals, older_deals = changed_deals(found)
    older_count = f"{len(older_deals.every)} may be older" if older_deals.every else ""
    tables = (
        sums_table(found),
        *deal_tables(deals, ""),
        _claim_table(listed, found),
        _updates(listed),
        _entry_table(listed, found, ""),
        _fields(listed, "other change", (*_CLAIMS, "updates")),
        *deal_tables(older_deals, _OLDER),
        _entry_table(older, found, _OLDER),
        _fields(older, "other change", prefix=_OLDER),
    )
    return cells.BETWEEN.join(filter(None, (deals.summary(), older_count))), [table for table in tables if table.rows]


def unlisted(found: Comparison) -> str:
    """Say how many differences a screen leaves out; nothing where it has all of them."""
    left = [each for each in found.sure if _is_unlisted(each)]
    left += [each for each in found.unsure if each.kind == "source" or not _is_entry_or_state(each)]
    sources = sum(each.kind == "source" for each in left)
    counts = [many(sources, "source")] if sources else []
    for field, words in _UNLISTED_FIELDS.items():
        if number := sum(each.field == field for each in left if each.kind != "source"):
            counts.append(many(number, words.format(s=""), words.format(s="s")))
    others = sum(each.kind != "source" and each.field not in _UNLISTED_FIELDS for each in left)
    counts += [f"{many(others, 'change')} that may be older"] if others else []
    return f"not listed: {', '.join(counts)}; all: --all" if counts else ""


def _is_unlisted(each: Difference) -> bool:
    """Tell whether a screen only counts a difference."""
    return each.kind == "source" or each.field in _UNLISTED_FIELDS


def _is_entry_or_state(each: Difference) -> bool:
    return each.field is None or is_state(each)


def explain_signs(tables: Sequence[DiffTable]) -> str:
    """Explain the signs that occur in figures."""
    figures = "".join(
        str(cell)
        for table in tables
        for row in table.rows
        for column, cell in zip(table.columns, row, strict=True)
        if column.name in ("claim", "counts")
    )
    return "; ".join(words for sign, words in _CHANGE_SIGNS.items() if sign in figures)


def _claim_table(listed: Sequence[Difference], found: Comparison) -> DiffTable:
    """Set a row a value or quantity that came or went, with who says it."""
    claims = [each for each in listed if each.field in _CLAIMS]
    cells = (_claim_cells(each.new or each.old, "+" if each.new else "−", found) for each in claims)
    rows = [(each.title, *own, each.id) for each, own in zip(claims, cells, strict=True)]
    columns = (Column("title"), Column("claim", "label"), Column("measure", "label"), Column("of"), Column("says"),
               ID)  # fmt: skip
    narrow = (("title", "of"), ("claim", "measure"), ("says",))
    return DiffTable(columns, narrow, rows, [_came_and_went(claims, "claim")] * len(rows))


def _claim_cells(claim: dict[str, Any], sign: str, found: Comparison) -> tuple[str, str, str, str]:
    """Return a claim as signs, its measure, what it is of, and the publisher of its source."""
    measure = claim.get("measure", "")
    sides = (found.new.facts, found.old.facts)
    # A claim that went may have taken its source with it.
    source = next(side["sources"][claim["source"]] for side in sides if claim["source"] in side["sources"])
    text = (
        with_thousands(with_sign(str(claim["count"]))) if "count" in claim else print_value(parse_value(claim["value"]))
    )
    text = f"{text}{cells.LIST_PRICE * (measure == 'list price')}"
    counts = claim.get("counts", True) and claim.get("rank") != "deprecated"
    marked = f"{sign} {text}" if counts else f"{sign} ({text})"
    return marked, measure or BLANK, claim.get("of") or claim.get("unit") or BLANK, short_name(source["publisher"])


def _came_and_went(every: Sequence[Difference], noun: str) -> str:
    added, removed = (sum(each.change == change for each in every) for change in ("added", "removed"))
    return ", ".join([f"{many(added, noun)} came"] * bool(added) + [f"{many(removed, noun)} went"] * bool(removed))


def _updates(listed: Sequence[Difference]) -> DiffTable:
    updates = [each for each in listed if each.field == "updates"]
    rows = [(*_update(each), each.id) for each in sorted(updates, key=_day_of_update, reverse=True)]
    columns = (Column("date", "date"), Column("title"), Column("update"), ID)
    compact = (("date",), ("title",), ("update",))
    heading = _came_and_went(updates, "update")
    return DiffTable(columns, (("date",), ("title", "update")), rows, [heading] * len(rows), compact)


def _day_of_update(each: Difference) -> str:
    return str((each.new or each.old)["date"])


def _update(each: Difference) -> tuple[str, str, str]:
    update = each.new or each.old
    return update["date"], each.title, update["text"] if each.new else f"− {update['text']}"


def _entry_table(listed: Sequence[Difference], found: Comparison, prefix: str) -> DiffTable:
    """Set a row an entry of another kind that came or went; sources last."""
    rows, headings = [], []
    for kind in (*READING_ORDER[1:], "source"):
        for change, side, verb in (("added", found.new, "came"), ("removed", found.old, "went")):
            entries = [each for each in listed if (each.kind, each.change, each.field) == (kind, change, None)]
            dated = [(_day(side.facts, each), each.title, each.id) for each in entries]
            rows += sorted(dated, key=itemgetter(0), reverse=True)
            headings += [f"{prefix}{many(len(entries), kind, KINDS[kind])} {verb}"] * len(entries)
    columns = (Column("date", "date"), Column("title"), ID)
    return DiffTable(columns, (("date",), ("title",)), rows, headings)


def _day(facts: Any, each: Difference) -> str:
    entry = facts[KINDS[each.kind]][each.id]
    date: str = entry.get(_DAY_FIELDS.get(KINDS[each.kind], "date"), BLANK)
    return date.partition("/")[0]


def _fields(listed: Sequence[Difference], noun: str, elsewhere: Sequence[str] = (), *, prefix: str = "") -> DiffTable:
    """Set a row a field or item that changed, but those that are listed `elsewhere`."""
    fields = [each for each in listed if each.field and not is_state(each) and each.field not in elsewhere]
    rows = [(each.title, each.field, *_old_and_new(each), each.id or BLANK) for each in fields]
    columns = (Column("title"), Column("field", "label"), Column("old"), Column("new"), ID)
    headings = [f"{prefix}{many(len(rows), noun)}"] * len(rows)
    return DiffTable(columns, (("title", "field"), ("old", "new")), rows, headings)


def _old_and_new(each: Difference) -> tuple[str | None, str | None]:
    """Return the values in words, of two lists only what went and came: `−x`, `+y`."""
    if isinstance(each.old, list) or isinstance(each.new, list):
        old, new = each.old or [], each.new or []
        gone, come = [f"−{item}" for item in old if item not in new], [f"+{item}" for item in new if item not in old]
        return ", ".join(gone) or BLANK, ", ".join(come) or BLANK
    if str(each.field).endswith("_usd"):
        return money(each.old), money(each.new)
    row = each.row()
    return row.old, row.new


def row_in_words(each: Difference) -> Change:
    """Return a row for people: amounts with their scale, of lists only what went and came."""
    old, new = _old_and_new(each)
    return each.row()._replace(old=old, new=new)


ROW_SCREEN = Screen(
    ("change", "kind", "title", "field", "old", "new"), (("change", "kind"), ("title", "field"), ("old", "new"))
)
"""How a terminal draws rows that are sorted."""
