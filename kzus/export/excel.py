"""An Excel workbook: what it is and what every column means, then a sheet a collection."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from kzus import __version__
from kzus.errors import KzusError
from kzus.export.files import target_file
from kzus.export.schema import fact_tables
from kzus.render import cells, csvtext
from kzus.values.text import spread, visible

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kzus.export.schema import FactTable, TableColumn

SHEETS = (
    "deals", "claims", "updates", "relations", "quantities", "dates", "packages", "members", "treaties", "indicators",
    "observations", "events", "statements", "sources", "parties", "sectors",
)  # fmt: skip
"""The tables that are sheets, in their order; the others repeat these for SQL."""
ABOUT_SHEET = "about"
_MOST_ROWS = 1_048_575
"""Rows of a sheet of Excel, below the header."""
_MOST_LINKS, _LONGEST_LINK = 65_530, 2_079  # Excel's limits of a sheet and of an address
_LONGEST_TEXT = 32_767
_EXACT = 10**15
"""Excel keeps 15 digits of a number; one with more stays text."""
_FIRST_DAY = "1900-03-01"
"""Excel takes 1900 for a leap year, so days before are one off."""
_WIDEST, _NARROWEST = 60, 8
_FROM_TOP = frozenset(("deals",))
"""Tables whose rows have their order in the file of the index, newest first."""
_COMMON = {
    "id": "What kzus show takes; unique over all kinds.",
    "title": "What it is called.",
    "name": "What it is called.",
    "publisher": "Who published it.",
    "url": "Where it can be read.",
    "unit": "What is counted, or the currency.",
    "date": "The day, month or year of it.",
    "signed": "When it was signed.",
    "place": "Where it was signed or announced, or where it happened.",
    "note": "What else must be known.",
    "low": "The low end as a number.",
    "deal": "The id of the deal.",
    "other": "The id of the deal at the other end.",
    "package": "The id of the package.",
    "indicator": "The id of the series.",
    "sector": "The id of the sector.",
    "source": "The id of the source that says so.",
    "sources": "The ids of the sources.",
}
"""The meaning of columns that the tables don't explain, because their name does in SQL."""
_NOTES = (
    "A date that is a whole day is a date; a year or a month alone is text.",
    "Numbers with more than 15 digits are text, because Excel keeps no more.",
    "Nothing is a formula: what begins with = + - or @ is text as it stands.",
    f"Text over {_LONGEST_TEXT:,} characters, which is all that a cell takes, ends in …",
)


class _Formats(NamedTuple):
    """The formats of a workbook."""

    title: Any
    head: Any
    wrapped: Any
    number: Any
    amount: Any
    day: Any
    text: Any


def write_excel(index: sqlite3.Connection, target: Path | str, *, digest: str = "", force: bool = False) -> None:
    """Write a workbook; raises `KzusError` if the file exists, unless `force`, or can't be written.

    `digest` is that of the fact file, for the first sheet.
    """
    tables = {table.name: table for table in fact_tables(index)}
    shown = [tables[name] for name in SHEETS]
    facts = {**dict(index.execute("SELECT key, value FROM meta")), "digest": digest}
    with target_file(target, force=force) as path:
        path.write_bytes(_workbook(index, shown, facts))


def meaning(column: TableColumn) -> str:
    """Say what a column holds."""
    return column.about or _COMMON.get(column.name, "")


def _workbook(index: sqlite3.Connection, tables: Sequence[FactTable], facts: Mapping[str, str]) -> bytes:
    import io

    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    # The same facts are the same bytes, so no time of writing.
    book.set_properties({"title": facts["title"], "created": datetime(2000, 1, 1)})  # noqa: DTZ001 - the library takes no zone
    formats = _Formats(
        title=book.add_format({"bold": True, "font_size": 14}),
        head=book.add_format({"bold": True, "bottom": 1}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        number=book.add_format({"num_format": "0"}),
        amount=book.add_format({"num_format": "#,##0"}),
        day=book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        text=book.add_format({"quote_prefix": True}),
    )
    first = book.add_worksheet(ABOUT_SHEET)
    counts = {table.name: _write_table(book.add_worksheet(table.name), index, table, formats) for table in tables}
    _write_about(first, tables, counts, facts, formats)
    book.close()
    return out.getvalue()


def _write_about(
    sheet: Any, tables: Sequence[FactTable], counts: Mapping[str, int], facts: Mapping[str, str], formats: _Formats
) -> None:
    """Write the first sheet: which facts these are, which sheets there are, and what every column means."""
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 2, 90, formats.wrapped)
    sheet.write_string(0, 0, visible(facts["title"]), formats.title)
    known = {
        "version": facts.get("version", ""),
        "as_of": facts["as_of"],
        "digest": facts["digest"],
        "written by": f"kzus {__version__}",
    }
    row = 1
    for name, text in known.items():
        if text:
            row = _write_line(sheet, row, (name, text))
    for note in _NOTES:
        row = _write_line(sheet, row, ("note" if note == _NOTES[0] else "", note))
    row = _write_line(sheet, row + 1, ("sheet", "rows", "what it holds"), formats.head)
    for table in tables:
        sheet.write_url(row, 0, f"internal:'{table.name}'!A1", string=table.name)
        sheet.write_number(row, 1, counts[table.name], formats.amount)
        row = _write_line(sheet, row, ("", "", table.about))
    row = _write_line(sheet, row + 1, ("sheet", "column", "what it means"), formats.head)
    for table in tables:
        for column in table.columns:
            row = _write_line(sheet, row, (table.name, column.name, meaning(column)))


def _write_line(sheet: Any, row: int, texts: Sequence[str], style: Any = None) -> int:
    for at, text in enumerate(texts):
        if text:
            sheet.write_string(row, at, text, style)
    return row + 1


def _write_table(sheet: Any, index: sqlite3.Connection, table: FactTable, formats: _Formats) -> int:
    """Write a table to its sheet and return how many rows it has; raises `KzusError` if they are too many."""
    for at, column in enumerate(table.columns):
        sheet.write_string(0, at, column.name, formats.head)
    writer = _SheetWriter(sheet, table.columns, formats)
    row = 0
    for row, each in enumerate(_sheet_rows(index, table), start=1):
        if row > _MOST_ROWS:
            raise KzusError(f"{table.name} has more rows than a sheet of Excel takes; write .sqlite instead")
        writer.write(row, each)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, row, len(table.columns) - 1)
    for at, width in enumerate(writer.widths):
        sheet.set_column(at, at, min(max(width + 3, _NARROWEST), _WIDEST))
    return row


def _sheet_rows(index: sqlite3.Connection, table: FactTable) -> Any:
    if table.name in _FROM_TOP:
        return table.select(index, "rowid")
    # A position that is part of a key is the place within an entry, and no order of the whole table.
    has_position = any(column.name == "position" and not column.key for column in table.columns)
    return table.select(index, "position") if has_position else table.rows(index)


class _SheetWriter:
    """Writes the cells of a sheet, each by the declared type of its column."""

    def __init__(self, sheet: Any, columns: Sequence[TableColumn], formats: _Formats) -> None:
        self._sheet, self._columns, self._formats = sheet, columns, formats
        self._links = 0
        self.widths = [len(column.name) for column in columns]

    def write(self, row: int, values: Sequence[Any]) -> None:
        """Write a row; what is unknown stays empty."""
        for at, (column, value) in enumerate(zip(self._columns, values, strict=True)):
            if value is not None:
                self.widths[at] = max(self.widths[at], len(str(value)))
                self._cell(row, at, column, value)

    def _cell(self, row: int, at: int, column: TableColumn, value: Any) -> None:
        if column.kind == "FLAG INTEGER":
            self._sheet.write_boolean(row, at, bool(value))
        elif column.kind in ("INTEGER", "DECIMAL TEXT") and _is_exact(value):
            self._sheet.write_number(row, at, float(value), self._number_format(column))
        elif column.kind == "DATE TEXT" and (day := _whole_day(value)):
            self._sheet.write_datetime(row, at, day, self._formats.day)
        elif column.kind == "URL TEXT" and self._may_be_link(value):
            self._links += 1
            self._sheet.write_url(row, at, value, string=value)
        else:
            self._text(row, at, cells.plain_text("texts" if column.kind == "LIST TEXT" else "text", value))

    def _number_format(self, column: TableColumn) -> Any:
        is_amount = column.kind == "INTEGER" and (column.name.endswith("_usd") or column.name in ("low", "high"))
        return self._formats.amount if is_amount else None if column.kind == "DECIMAL TEXT" else self._formats.number

    def _may_be_link(self, url: str) -> bool:
        return self._links < _MOST_LINKS and len(url) <= _LONGEST_LINK and cells.is_link(url)

    def _text(self, row: int, at: int, text: str) -> None:
        text = spread(text)
        if len(text) > _LONGEST_TEXT:
            text = f"{text[: _LONGEST_TEXT - 1]}…"
        # Excel itself would take it for a formula as soon as somebody edits the cell.
        is_risky = csvtext.inert(text) != text
        self._sheet.write_string(row, at, text, self._formats.text if is_risky else None)


def _is_exact(value: object) -> bool:
    """Tell whether Excel, which keeps 15 digits, has a number exactly."""
    number = Decimal(str(value))
    # repr() writes the fewest digits that stand for the float, so one that was lost shows.
    return abs(number) < _EXACT and Decimal(repr(float(number))) == number


def _whole_day(text: str) -> date | None:
    if len(text) != len(_FIRST_DAY) or text < _FIRST_DAY:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:  # the end of a month, written as its 31st day
        return None
