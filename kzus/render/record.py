"""Builds the page of one entry: its fields, then tables of its claims, relations and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kzus.facts.deals import stated_claim
from kzus.query.listing import Column
from kzus.query.record import note
from kzus.render.data_table import DataTable
from kzus.render.document import Page
from kzus.values.amounts import print_amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kzus.query.record import Related

    _Layout = tuple[tuple[str, ...], ...]
    RowDict = dict[str, Any]

_TITLE_FIELDS = ("title", "name", "label")
_HIDDEN_FIELDS = frozenset(
    (*_TITLE_FIELDS, "id", "type", "cited", "sources", "source", "stage_as_of", "date_kind", "place", "note")
)
_MONEY_FIELDS = frozenset(("amount_usd", "low_usd", "high_usd", "counted_usd", "reason"))
_CLAIM_FIELDS = {
    "values": ("value", "of"),
    "quantities": ("count", "unit"),
    "observations": ("value", "basis"),
    "dates": ("date", "kind"),
}
"""For each list of claims, the key of the figure and of what the figure is about."""
_STATED_MARK = "→"
_PAGE_COLUMNS = {
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


def build_page(record: Mapping[str, Any], others: Mapping[str, Related]) -> Page:
    """Make the page of a record; `others` has the entries that it refers to, by id."""
    title = next((str(record[name]) for name in _TITLE_FIELDS if name in record), record["id"])
    sections = [
        (_field_label(field), remark, table) for field, remark, table in _page_sections(record, others) if table.rows
    ]
    return Page(
        title, f"{record['id']} · {record['type']}", list(_page_fields(record)), sections, record.get("stage") or ""
    )


def linked_ids(record: Mapping[str, Any]) -> list[str]:
    """Return the ids of the other entries that a record refers to."""
    lists = [value for field, value in record.items() if field not in ("sources", "cited")]
    items = [item for value in lists for item in (value if isinstance(value, list) else [value])]
    names = [item.get("id") or item.get("deal") if isinstance(item, dict) else item for item in items]
    return [name for name in names if isinstance(name, str)]


def _page_fields(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the fields that fit in a line, in the order of the file, then money and the note."""
    if stage := record.get("stage"):
        known = f", as known on {record['stage_as_of']}" if "stage_as_of" in record else ""
        yield "stage", f"{stage}{known}"
    for field, value in record.items():
        if field in _HIDDEN_FIELDS or field in _MONEY_FIELDS or field == "stage" or value is None:
            continue
        if field == "date":
            yield field, ", ".join(str(record[name]) for name in ("date", "date_kind", "place") if record.get(name))
        elif field == "accept":
            yield from ((f"accepted: {rule}", reason) for rule, reason in value.items())
        elif not isinstance(value, list):
            yield _field_label(field), str(value)
        elif field != "parties" and not any(isinstance(item, dict) for item in value) and field not in _RELATION_FIELDS:
            yield _field_label(field), ("; " if field in _SEMICOLON_FIELDS else ", ").join(map(str, value))
    if "date" not in record and record.get("place"):
        yield "place", record["place"]
    yield from _money_fields(record)
    if note := record.get("note"):
        yield "note", note


_SEMICOLON_FIELDS = frozenset(("aliases", "people", "cites"))
_RELATION_FIELDS = frozenset(("part_of", "finances", "supersedes"))


def _money_fields(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the stated value of a deal with the range of its claims, and what it counts."""
    if (stated := record.get("amount_usd")) is not None:
        low, high = record["low_usd"], record["high_usd"]
        span = f"; claims run from {print_amount(low)} to {print_amount(high)}" if low != high else ""
        yield "stated", f"{print_amount(stated)} USD{span}"
    if "counted_usd" in record:
        counted, reason = record["counted_usd"], record["reason"]
        added = "" if counted is None else f"{print_amount(counted)} USD"
        yield "counted", ", ".join(each for each in (added, reason) if each)


def _page_sections(record: Mapping[str, Any], others: Mapping[str, Related]) -> Iterator[tuple[str, str, DataTable]]:
    cited = {source["id"]: (at, source) for at, source in enumerate(record.get("cited", ()), start=1)}
    for field, (figure, said) in _CLAIM_FIELDS.items():
        if claims := record.get(field):
            rows = [_claim_row(claim, figure, said, cited) for claim in claims]
            remark = _mark_stated(rows, claims) if field == "values" else ""
            layout: _Layout = (("period",), ("value",), ("said", "note"), ("by",), ("published",), ("cite",))
            narrow: _Layout = (("value", "period"), ("said", "note", "by", "published"), ("cite",))
            yield field, remark, _nonempty_table(rows, layout, narrow)
    yield "conflicts", "", _conflicts_table(record.get("conflicts", ()))
    rows = [
        {**_citation_cells(each, cited), "date": each["date"], "said": each["text"], "stage": each.get("stage")}
        for each in record.get("updates", ())
    ]
    layout = (("date", "stage"), ("said", "note"), ("by",), ("cite",))
    yield "updates", "", _nonempty_table(rows, layout, (("date", "stage"), ("said", "note", "by"), ("cite",)))
    for field, value in record.items():
        if field in _RELATION_FIELDS or field in ("parties", "members") or _is_mentions(field, value):
            yield field, "", _relations_table(value, others, cited)
    yield "sources", "", _sources_table(cited)


def _is_mentions(field: str, value: Any) -> bool:
    return (
        field != "cited" and isinstance(value, list) and bool(value) and isinstance(value[0], dict) and "id" in value[0]
    )


def _claim_row(claim: RowDict, figure: str, said: str, cited: Mapping[str, tuple[int, RowDict]]) -> RowDict:
    text = str(claim[said]) if claim.get(said) else None
    usd = f" ({claim['usd']})" if claim.get("usd") else ""
    return {
        **_citation_cells(claim, cited),
        "period": claim.get("period"),
        "value": f"{claim[figure]}{usd}",
        "said": text,
    }


def _citation_cells(item: RowDict, cited: Mapping[str, tuple[int, RowDict]]) -> RowDict:
    """Return the cells that cite a source: publisher, via whom, when, and its number on this page."""
    at, source = cited[item["source"]]
    cite = (at, source.get("url"))
    return {"by": source["publisher"], "published": source.get("published"), "note": note(item), "cite": cite}


def _mark_stated(rows: Sequence[RowDict], claims: Sequence[RowDict]) -> str:
    """Mark the claim that sums use, if there are several, and return the legend of the mark."""
    if len(claims) == 1:
        return ""
    if (claim := stated_claim(claims)) is None:
        return ""
    at = claims.index(claim)
    rows[at]["value"] = f"{_STATED_MARK} {rows[at]['value']}"
    return f"{_STATED_MARK} is the stated one, which sums use"


def _conflicts_table(found: Sequence[Mapping[str, Any]]) -> DataTable:
    from kzus.query.conflicts import in_words

    return _nonempty_table(
        [dict(zip(("title", "said"), in_words(each), strict=True)) for each in found], (("title",), ("said",))
    )


def _relations_table(value: Any, others: Mapping[str, Related], cited: Mapping[str, tuple[int, RowDict]]) -> DataTable:
    rows = []
    for item in value if isinstance(value, list) else [value]:
        by = _citation_cells(item, cited) if isinstance(item, dict) and "source" in item else {}
        name = str(item.get("id") or item["deal"]) if isinstance(item, dict) else str(item)
        linked = others[name]
        rows.append(
            {**by, "id": name, "title": linked.title, "value": linked.value, "stage": linked.stage, "date": linked.date}
        )
    if not any(
        linked.value or linked.stage or linked.date for linked in map(others.__getitem__, (row["id"] for row in rows))
    ):
        return _nonempty_table(rows, (("id",), ("title", "note"), ("cite",)))
    layout = (("title", "id", "note"), ("value",), ("stage",), ("date",), ("cite",))
    return _nonempty_table(rows, layout, (("title", "id", "stage", "date", "note"), ("value",), ("cite",)))


def _sources_table(cited: Mapping[str, tuple[int, RowDict]]) -> DataTable:
    rows = [
        {"cite": (at, source.get("url")), "title": f"{source['publisher']}: {source['title']}", "id": name}
        | {"url": source.get("url"), "published": source.get("published")}
        for name, (at, source) in cited.items()
    ]
    return _nonempty_table(rows, (("cite",), ("title", "id", "url"), ("published",)))


def _nonempty_table(
    rows: Sequence[RowDict], layout: Sequence[Sequence[str]], narrow: Sequence[Sequence[str]] = ()
) -> DataTable:
    """Make a table of the columns that aren't empty."""
    used = [name for name in _PAGE_COLUMNS if any(row.get(name) not in (None, "") for row in rows)]
    columns = tuple(_PAGE_COLUMNS[name] for name in used)
    kept = [[[name for name in stack if name in used] for stack in each] for each in (layout, narrow)]
    shown, narrower = ([stack for stack in each if stack] for each in kept)
    return DataTable(
        columns, [tuple(row.get(name) for name in used) for row in rows], shown, header=False, narrow=narrower
    )


def _field_label(field: str) -> str:
    return field.replace("_", " ")
