"""The page of one entry: its fields, then its claims, relations and sources, as tables that any format can draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kzus.facts.claims import stated
from kzus.query.listing import Column
from kzus.query.record import note
from kzus.render.document import Page, Sheet
from kzus.values.amounts_print import print_amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kzus.query.record import Related

    _Layout = tuple[tuple[str, ...], ...]
    Row = dict[str, Any]

_NAMES = ("title", "name", "label")
_SILENT = frozenset((*_NAMES, "id", "type", "cited", "sources", "source", "stage_as_of", "date_kind", "place", "note"))
_MONEY = frozenset(("amount_usd", "low_usd", "high_usd", "counted_usd", "reason"))
_CLAIMS = {
    "values": ("value", "of"),
    "quantities": ("count", "unit"),
    "observations": ("value", "basis"),
    "dates": ("date", "kind"),
}
"""Per list of figures, the key of the figure and of what it is said of."""
_STATED = "→"
_COLUMNS = {
    column.name: column
    for column in (
        Column("period", "date"),
        Column("date", "date"),
        Column("value", "value"),
        Column("said"),
        Column("note"),
        Column("title"),
        Column("id", "id"),
        Column("stage", "stage"),
        Column("by"),
        Column("published", "date"),
        Column("cite", "cite"),
        Column("url", "url"),
    )
}


def build(record: Mapping[str, Any], others: Mapping[str, Related]) -> Page:
    """Make the page of a record, given what is told of the entries that it names."""
    title = next((str(record[name]) for name in _NAMES if name in record), record["id"])
    sections = [(_named(field), remark, sheet) for field, remark, sheet in _sections(record, others) if sheet.rows]
    return Page(title, f"{record['id']} · {record['type']}", list(_fields(record)), sections, record.get("stage") or "")


def named(record: Mapping[str, Any]) -> list[str]:
    """Return the ids of the other entries that a page tells of."""
    lists = [value for field, value in record.items() if field not in ("sources", "cited")]
    items = [item for value in lists for item in (value if isinstance(value, list) else [value])]
    names = [item.get("id") or item.get("deal") if isinstance(item, dict) else item for item in items]
    return [name for name in names if isinstance(name, str)]


def _fields(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what can be said in a line, in the order of the file, with money and the note at the end."""
    if stage := record.get("stage"):
        known = f", as known on {record['stage_as_of']}" if "stage_as_of" in record else ""
        yield "stage", f"{stage}{known}"
    for field, value in record.items():
        if field in _SILENT or field in _MONEY or field == "stage" or value is None:
            continue
        if field == "date":
            yield field, ", ".join(str(record[name]) for name in ("date", "date_kind", "place") if record.get(name))
        elif field == "accept":
            yield from ((f"accepted: {rule}", reason) for rule, reason in value.items())
        elif not isinstance(value, list):
            yield _named(field), str(value)
        elif field != "parties" and not any(isinstance(item, dict) for item in value) and field not in _RELATIONS:
            yield _named(field), ("; " if field in _FREE else ", ").join(map(str, value))
    if "date" not in record and record.get("place"):
        yield "place", record["place"]
    yield from _money(record)
    if note := record.get("note"):
        yield "note", note


_FREE = frozenset(("aliases", "people", "cites"))
_RELATIONS = frozenset(("part_of", "finances", "supersedes"))


def _money(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what a deal states, within what is claimed, and what of it counts."""
    if (stated := record.get("amount_usd")) is not None:
        low, high = record["low_usd"], record["high_usd"]
        span = f"; claims run from {print_amount(low)} to {print_amount(high)}" if low != high else ""
        yield "stated", f"{print_amount(stated)} USD{span}"
    if "counted_usd" in record:
        reason = f", {record['reason']}" if record["reason"] else ""
        yield "counted", f"{print_amount(record['counted_usd'])} USD{reason}"


def _sections(record: Mapping[str, Any], others: Mapping[str, Related]) -> Iterator[tuple[str, str, Sheet]]:
    cited = {source["id"]: (at, source) for at, source in enumerate(record.get("cited", ()), start=1)}
    for field, (figure, said) in _CLAIMS.items():
        if claims := record.get(field):
            rows = [_claim(claim, figure, said, cited) for claim in claims]
            remark = _mark_stated(rows, claims) if field == "values" else ""
            layout: _Layout = (("period",), ("value",), ("said", "note"), ("by",), ("published",), ("cite",))
            narrow: _Layout = (("value", "period"), ("said", "note", "by", "published"), ("cite",))
            yield field, remark, _sheet(rows, layout, narrow)
    yield "conflicts", "", _conflicts(record.get("conflicts", ()))
    rows = [{**_cited(update, cited), "date": update["date"], "said": update["text"], "stage": update.get("stage")}
            for update in record.get("updates", ())]  # fmt: skip
    layout = (("date", "stage"), ("said", "note"), ("by",), ("cite",))
    yield "updates", "", _sheet(rows, layout, (("date", "stage"), ("said", "note", "by"), ("cite",)))
    for field, value in record.items():
        if field in _RELATIONS or field in ("parties", "members") or _is_mentions(field, value):
            yield field, "", _relations(value, others, cited)
    yield "sources", "", _sources(cited)


def _is_mentions(field: str, value: Any) -> bool:
    return (
        field != "cited" and isinstance(value, list) and bool(value) and isinstance(value[0], dict) and "id" in value[0]
    )


def _claim(claim: Row, figure: str, said: str, cited: Mapping[str, tuple[int, Row]]) -> Row:
    text = str(claim.get(said) or "")
    usd = f" ({claim['usd']})" if claim.get("usd") else ""
    return {**_cited(claim, cited), "period": claim.get("period"), "value": f"{claim[figure]}{usd}", "said": text}


def _cited(item: Row, cited: Mapping[str, tuple[int, Row]]) -> Row:
    """Return who says so: the publisher, by way of whom, when, and the number of the source on this page."""
    at, source = cited[item["source"]]
    cite = (at, source.get("url"))
    return {"by": source["publisher"], "published": source.get("published"), "note": note(item), "cite": cite}


def _mark_stated(rows: Sequence[Row], claims: Sequence[Row]) -> str:
    """Mark the claim that sums use, where there are several, and say so."""
    if len(claims) == 1:
        return ""
    if (claim := stated(claims)) is None:
        return ""
    at = claims.index(claim)
    rows[at]["value"] = f"{_STATED} {rows[at]['value']}"
    return f"{_STATED} is the stated one, which sums use"


def _conflicts(found: Sequence[Mapping[str, Any]]) -> Sheet:
    from kzus.query.conflicts import in_words

    return _sheet(
        [dict(zip(("title", "said"), in_words(each), strict=True)) for each in found], (("title",), ("said",))
    )


def _relations(value: Any, others: Mapping[str, Related], cited: Mapping[str, tuple[int, Row]]) -> Sheet:
    rows = []
    for item in value if isinstance(value, list) else [value]:
        by = _cited(item, cited) if isinstance(item, dict) and "source" in item else {}
        name = str(item.get("id") or item["deal"]) if isinstance(item, dict) else str(item)
        told = others[name]
        rows.append(
            {**by, "id": name, "title": told.title, "value": told.value, "stage": told.stage, "date": told.date}
        )
    if not any(told.value or told.stage or told.date for told in map(others.__getitem__, (row["id"] for row in rows))):
        return _sheet(rows, (("id",), ("title", "note"), ("cite",)))
    layout = (("title", "id", "note"), ("value",), ("stage",), ("date",), ("cite",))
    return _sheet(rows, layout, (("title", "id", "stage", "date", "note"), ("value",), ("cite",)))


def _sources(cited: Mapping[str, tuple[int, Row]]) -> Sheet:
    rows = [
        {"cite": (at, source.get("url")), "title": f"{source['publisher']}: {source['title']}", "id": name}
        | {"url": source.get("url"), "published": source.get("published")}
        for name, (at, source) in cited.items()
    ]
    return _sheet(rows, (("cite",), ("title", "id", "url"), ("published",)))


def _sheet(rows: Sequence[Row], layout: Sequence[Sequence[str]], narrow: Sequence[Sequence[str]] = ()) -> Sheet:
    """Make a table of the columns that have anything in them."""
    used = [name for name in _COLUMNS if any(row.get(name) not in (None, "") for row in rows)]
    columns = tuple(_COLUMNS[name] for name in used)
    kept = [[[name for name in stack if name in used] for stack in each] for each in (layout, narrow)]
    shown, narrower = ([stack for stack in each if stack] for each in kept)
    return Sheet(columns, [tuple(row.get(name) for name in used) for row in rows], shown, header=False, narrow=narrower)


def _named(field: str) -> str:
    return field.replace("_", " ")
