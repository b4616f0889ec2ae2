"""Builds the page of one entry: its fields, then tables of its claims, relations and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kzus.facts.deals import stated_claim
from kzus.facts.entries import TITLES
from kzus.facts.vocabulary import LINT, RELATIONS, SINGULAR
from kzus.query.listing import Column
from kzus.query.lists.screens import STAGE_WORDS, Screen
from kzus.query.record import note_in_words
from kzus.render.cells import BETWEEN, LIST_PRICE, UNCOUNTED, signed_value, value_legend
from kzus.render.data_table import DataTable
from kzus.render.document import Page
from kzus.values.numbers import print_amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kzus.query.related import Related

    _Layout = tuple[tuple[str, ...], ...]
    RowDict = dict[str, Any]

_TITLE_FIELDS = {SINGULAR[kind]: field for kind, field in TITLES.items()}
"""The field that is the title of a page, where it isn't called so."""
_HIDDEN_FIELDS = frozenset(
    ("id", "type", "cited", "sources", "source", "date_kind", "place", "note", "stage", "stage_as_of", "stage_source")
)
_NAMED_FIELDS = frozenset(("sector", "payer", "payee"))
"""Fields with ids, of which a page prints the names."""
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
        Column("measure"),
        Column("said"),
        Column("note"),
        Column("title"),
        Column("id", "id"),
        Column("stage", "stage"),
        Column("who pays whom", "payment"),
        Column("by"),
        Column("published", "date"),
        Column("cite", "cite"),
        Column("url", "url"),
    )
}


def build_page(record: Mapping[str, Any], others: Mapping[str, Related]) -> Page:
    """Make the page of a record; `others` has the entries that it refers to, by id."""
    title = str(record[_TITLE_FIELDS.get(record["type"], "title")])
    sections = [
        (_field_label(field), _with_legend(remark, table), table)
        for field, remark, table in _page_sections(record, others)
        if table.rows
    ]
    stage = others[record["id"]].stage if "stage" in record else ""
    return Page(title, f"{record['id']} · {record['type']}", list(_page_fields(record, others)), sections, stage or "")


def _with_legend(remark: str, table: DataTable) -> str:
    """Add to the remark on a table what the marks of its values mean."""
    return BETWEEN.join((*filter(None, [remark]), *value_legend(cell for row in table.rows for cell in row)))


def linked_ids(record: Mapping[str, Any]) -> list[str]:
    """Return the ids of an entry and of the others that its record refers to."""
    lists = [value for field, value in record.items() if field not in ("sources", "cited")]
    items = [item for value in lists for item in (value if isinstance(value, list) else [value])]
    names = [item.get("id") or item.get("deal") if isinstance(item, dict) else item for item in items]
    return [record["id"], *(name for name in names if isinstance(name, str))]


def _page_fields(record: Mapping[str, Any], others: Mapping[str, Related]) -> Iterator[tuple[str, str]]:
    """Yield the fields that fit in a line, in the order of the file, then money and the note."""
    if "stage" in record:
        yield "stage", _stage(record, others[record["id"]].stage)
    left_out = _HIDDEN_FIELDS.union([_TITLE_FIELDS.get(record["type"], "title")], _MONEY_FIELDS)
    for field, value in record.items():
        if field in left_out or value is None:
            continue
        if field == "date":
            yield field, ", ".join(str(record[name]) for name in ("date", "date_kind", "place") if record.get(name))
        elif field == "flow":
            yield field, others[record["id"]].flow or value
        elif field == "accept":
            yield from (("accepted", f"{_rule_in_words(rule)}: {reason}") for rule, reason in value.items())
        elif (line := _plain_field(field, value, others)) is not None:
            yield _field_label(field), line
    # Else it stands behind the date.
    if "date" not in record and record.get("place"):
        yield "place", record["place"]
    yield from _money_fields(record, others[record["id"]].value)
    if note := record.get("note"):
        yield "note", note


def _rule_in_words(rule: str) -> str:
    """Say what a rule of `kzus check` warns of."""
    return LINT.get(rule, rule).replace(" as_of", " the day of the facts")


def _plain_field(field: str, value: Any, others: Mapping[str, Related]) -> str | None:
    """Return what stands in the line of a field; nothing where it has a table of its own."""
    if field in _NAMED_FIELDS:
        return "; ".join(others[each].title for each in (value if isinstance(value, list) else [value]))
    if not isinstance(value, list):
        return str(value)
    if field == "parties" or field in RELATIONS or any(isinstance(item, dict) for item in value):
        return None
    return ("; " if field in _SEMICOLON_FIELDS else ", ").join(map(str, value))


_SEMICOLON_FIELDS = frozenset(("aliases", "people", "cites"))


def _stage(record: Mapping[str, Any], word: str | None) -> str:
    """Say the stage of a deal, who tells it and up to when it is known."""
    publishers = {source["id"]: source["publisher"] for source in record.get("cited", ())}
    teller = publishers.get(record.get("stage_source", ""))
    known = f", as known on {record['stage_as_of']}" if "stage_as_of" in record else ""
    return f"{word}{f', by {teller}' if teller else ''}{known}"


def _money_fields(record: Mapping[str, Any], value: str | None) -> Iterator[tuple[str, str]]:
    """Yield the stated value of a deal with the range of its claims, and what it counts."""
    mark = LIST_PRICE if (value or "").endswith(LIST_PRICE) else ""
    if (stated := record.get("amount_usd")) is not None:
        low, high = record["low_usd"], record["high_usd"]
        span = f"; claims run from {print_amount(low)} to {print_amount(high)}" if low != high else ""
        shown = signed_value(value) if value and value.endswith((" USD", f" USD{LIST_PRICE}")) else ""
        yield "stated", f"{shown or print_amount(stated)} USD{span}"
    elif value not in (None, UNCOUNTED) and "amount_usd" in record:
        yield "stated", signed_value(value)
    if "counted_usd" in record:
        counted, reason = record["counted_usd"], record["reason"]
        added = "" if counted is None else f"{print_amount(counted)}{mark} USD"
        yield "counted", ", ".join(each for each in (added, reason) if each)


def _page_sections(record: Mapping[str, Any], others: Mapping[str, Related]) -> Iterator[tuple[str, str, DataTable]]:
    cited = {source["id"]: (at, source) for at, source in enumerate(record.get("cited", ()), start=1)}
    for field in _CLAIM_FIELDS:
        if claims := record.get(field):
            rows = [_claim_row(claim, field, cited) for claim in claims]
            remark = _mark_stated(rows, claims) if field == "values" else ""
            layout: _Layout = (
                ("period",), ("value",), ("measure",), ("said", "note"), ("by",), ("published",), ("cite",)
            )  # fmt: skip
            narrow: _Layout = (("value", "period"), ("measure", "said", "note", "by", "published"), ("cite",))
            yield field, remark, _nonempty_table(rows, layout, narrow)
    yield "conflicts", "", _conflicts_table(record.get("conflicts", ()))
    rows = [
        {**_citation_cells(each, cited), "date": each["date"], "said": each["text"]}
        | {"stage": STAGE_WORDS.get(each.get("stage", ""), each.get("stage"))}
        for each in record.get("updates", ())
    ]
    layout = (("date", "stage"), ("said", "note"), ("by",), ("cite",))
    yield "updates", "", _nonempty_table(rows, layout, (("date", "stage"), ("said", "note", "by"), ("cite",)))
    for field, value in record.items():
        if field in RELATIONS or field in ("parties", "members") or _is_mentions(field, value):
            yield field, "", _relations_table(value, others, cited)
    yield "sources", "", _sources_table(cited)


def _is_mentions(field: str, value: Any) -> bool:
    return (
        field != "cited" and isinstance(value, list) and bool(value) and isinstance(value[0], dict) and "id" in value[0]
    )


def _claim_row(claim: RowDict, field: str, cited: Mapping[str, tuple[int, RowDict]]) -> RowDict:
    figure, said = _CLAIM_FIELDS[field]
    return {
        **_citation_cells(claim, cited),
        "period": claim.get("period"),
        "value": _signed_claim(claim) if field == "values" else str(claim[figure]),
        "measure": claim.get("measure"),
        "said": str(claim[said]) if claim.get(said) else None,
    }


def _signed_claim(claim: RowDict) -> str:
    """Write a claim of money by sign, with the dollars that its source gives beside another currency."""
    mark = LIST_PRICE if claim.get("measure") == "list price" else ""
    usd = f" ({signed_value(claim['usd'])} USD)" if claim.get("usd") else ""
    return f"{signed_value(claim['value'] + mark)}{usd}"


def _citation_cells(item: RowDict, cited: Mapping[str, tuple[int, RowDict]]) -> RowDict:
    """Return the cells that cite a source: publisher, via whom, when, and its number on this page."""
    at, source = cited[item["source"]]
    cite = (at, source.get("url"))
    return {"by": source["publisher"], "published": source.get("published"), "note": note_in_words(item), "cite": cite}


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
    """Set what contradicts in front of what a publisher revised and of figures that only look alike."""
    from kzus.render.conflicts import in_screen_order, show_figures, show_ratio, show_subject

    rows = [
        {"title": show_figures(each), "said": BETWEEN.join(filter(None, (show_subject(each), show_ratio(each))))}
        for each in in_screen_order(found)
    ]
    return _nonempty_table(rows, (("title",), ("said",)))


def _relations_table(value: Any, others: Mapping[str, Related], cited: Mapping[str, tuple[int, RowDict]]) -> DataTable:
    rows = []
    for item in value if isinstance(value, list) else [value]:
        by = _citation_cells(item, cited) if isinstance(item, dict) and "source" in item else {}
        name = str(item.get("id") or item["deal"]) if isinstance(item, dict) else str(item)
        rows.append({**by, "id": name, **_related_cells(others[name])})
    # Of parties and the like nothing but the name is known, so their ids may stand in a column of their own.
    if not any(row["value"] or row["stage"] or row["date"] for row in rows):
        return _nonempty_table(rows, (("id",), ("title", "note"), ("cite",)))
    layout = (("title", "id", "note"), ("value",), ("stage",), ("date",), ("cite",))
    narrow = (("title", "id", "stage", "date", "note"), ("value",), ("cite",))
    table = _nonempty_table(rows, layout, narrow)
    return table._replace(screen=_wide_screen(table))


def _related_cells(linked: Related) -> RowDict:
    """Return what stands beside the id of another entry; only a deal may have a value or stage that isn't known.

    Of what lasts several days it is the first.
    """
    # None is a dash: nobody knows. What is no deal can't have it, and stays empty.
    unknown = None if linked.payment else ""
    return {
        "title": linked.title,
        "value": signed_value(linked.value) if linked.value else unknown,
        "stage": linked.stage or unknown,
        "date": linked.date and linked.date.partition("/")[0],
        "who pays whom": linked.payment or "",
    }


def _wide_screen(table: DataTable) -> Screen | None:
    """Return a line a deal for a wide terminal, with who pays whom; nothing for a table without it, or with notes."""
    names = [column.name for column in table.columns]
    wide = ("date", "stage", "title", "value", "who pays whom", "cite")
    # A note may be of any length, and a line of a list is cut.
    has_line = "who pays whom" in names and "note" not in names
    return Screen(tuple(name for name in wide if name in names), ()) if has_line else None


def _sources_table(cited: Mapping[str, tuple[int, RowDict]]) -> DataTable:
    rows = [
        {"cite": (at, source.get("url")), "title": f"{source['publisher']}: {source['title']}", "id": name}
        | {"url": source.get("url"), "published": source.get("published")}
        for name, (at, source) in cited.items()
    ]
    layout = (("cite",), ("title", "id", "url"), ("published",))
    return _nonempty_table(rows, layout, (("cite",), ("title", "id", "published", "url")))


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
