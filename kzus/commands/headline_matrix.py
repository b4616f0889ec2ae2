"""The matrix of a headline: a row an item, a column a list; on a narrow screen one list below another."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from kzus.query.headlines.headline import Headline
from kzus.query.headlines.items import MONTH, Item
from kzus.query.headlines.lists import SourceList
from kzus.query.headlines.marks import Marks
from kzus.query.headlines.packages import short_name
from kzus.query.listing import Column
from kzus.render import cells
from kzus.render.environment import WIDE, WIDEST
from kzus.values.amounts import SIGNS, parse_value, print_value
from kzus.values.numbers import print_amount
from kzus.values.text import many, shortened

LISTED = "✓"
_GAP = 2
_LEAST_TITLE, _GOOD_TITLE = 26, 30
"""Characters of a title: fewer can't be read, and more columns come only where so many are left."""
_EXTRA_COLUMNS = (("counted", 7), ("flow", 8), ("date", 10), ("stage", 10))
"""Columns that come where there is room, with the width of each; the first to come in front."""
_HEADING_WIDTHS = ((WIDE, 8), (WIDEST, 12))
"""The most characters of a heading on a screen narrower than this."""
_LONGEST_HEADING, _LEAST_NAME = 20, 6
_YEAR_LENGTH = len("2025-")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_JOINT_LEGEND = "( ) in the sum of another item, added once"


class Matrix(NamedTuple):
    """A table to print: columns, rows, a last row with the sum of each list, or a section for each list.

    `remarks` are the notes on cells, by the numbers that these have.
    """

    columns: tuple[Column, ...]
    rows: list[tuple[Any, ...]]
    total: tuple[Any, ...] | None
    legend: str
    sections: Sequence[str] = ()
    remarks: str = ""


def build_matrix(found: Headline, marks: Marks, items: Sequence[Item], width: int | None) -> Matrix:
    """Lay out the items of a package for a width; a document has none."""
    headings = _headings(found.lists, width)
    numbers = _number_notes((item, each) for item in items for each in found.lists)
    across = [
        max(len(heading), *map(len, _cells_of(each, marks, items, numbers)))
        for heading, each in zip(headings, found.lists, strict=True)
    ]
    room = 1000 if width is None else width - sum(wide + _GAP for wide in across)
    if room < _LEAST_TITLE:
        return _one_below_another(found, marks, items, width or 0)
    extra = []
    for name, wide in _EXTRA_COLUMNS:
        if room - wide - _GAP < _GOOD_TITLE:
            break
        room -= wide + _GAP
        extra.append(name)
    kinds = {"date": "date", "stage": "stage", "counted": "value"}
    columns = (
        Column("item"),
        *(Column(heading, "value") for heading in headings),
        *(Column(name, kinds.get(name, "text")) for name in extra),
    )
    rows = [
        (
            _title(item, room, has_date="date" in extra),
            *(_listed_value(item, each, marks, numbers) for each in found.lists),
            *(_extra(item, marks, name) for name in extra),
        )
        for item in items
    ]
    total = ("sum of the list", *(_sum(each) for each in found.lists), *(None for _ in extra))
    signs = _explain_signs(row[1 : len(headings) + 1 + bool(extra)] for row in rows)
    return Matrix(columns, rows, total, signs, remarks=_mark_remarks(numbers))


def in_reading_order(found: Headline) -> list[Item]:
    """Return the items of a headline as they are read: parts below their umbrella."""
    place = {item.id: at for at, item in enumerate(found.items)}
    is_part = {item.id: bool(item.part_of) for item in found.items}

    def key(item: Item) -> tuple[int, bool, int]:
        root = next((over for over in item.part_of if not is_part[over]), item.id)
        return (place[root], root != item.id, place[item.id])

    return sorted(found.items, key=key)


def _one_below_another(found: Headline, marks: Marks, items: Sequence[Item], width: int) -> Matrix:
    """Lay out a section a list, headed by what it comes to."""
    numbers = _number_notes((item, each) for each in found.lists for item in items)
    rows, sections = [], []
    for each in found.lists:
        comes_to = f"comes to {_sum(each)}" if each.sum_usd is not None else "gives no sums"
        heading = cells.BETWEEN.join((each.name, f"{many(each.items, 'item')}", comes_to))
        for item in items:
            if each.source in item.lists:
                cell = _listed_value(item, each, marks, numbers)
                rows.append((_title(item, width - _GAP - 12, has_date=False), cell))
                sections.append(heading)
    columns = (Column("item"), Column("value", "value"))
    return Matrix(columns, rows, None, _explain_signs(row[1:] for row in rows), sections, _mark_remarks(numbers))


def _headings(lists: Sequence[SourceList], width: int | None) -> list[str]:
    headings: list[str] = []
    taken = {"item", *(name for name, _ in _EXTRA_COLUMNS)}
    for each in lists:
        heading = each.name if width is None else _short_heading(each, width)
        while heading.casefold() in taken:
            # Two columns of one name would be one where rows are looked up by name.
            heading += "'"
        taken.add(heading.casefold())
        headings.append(heading)
    return headings


def _short_heading(each: SourceList, width: int) -> str:
    """Cut the name of a list; of one that has its day to tell it apart, keep the day."""
    longest = next((most for below, most in _HEADING_WIDTHS if width < below), _LONGEST_HEADING)
    name = short_name(each.publisher)
    if name == each.name or not each.published:
        return shortened(each.name, longest)
    day = each.published[_YEAR_LENGTH:]
    return f"{shortened(name, max(longest - len(day), _LEAST_NAME))} {day}"


def _number_notes(cells_in_order: Iterable[tuple[Item, SourceList]]) -> dict[str, int]:
    """Number the notes on cells in the order in which these are read; one note may stand at several."""
    notes = (item.notes[each.source] for item, each in cells_in_order if each.source in item.notes)
    return {note: number for number, note in enumerate(dict.fromkeys(notes), start=1)}


def _mark_remarks(numbers: Mapping[str, int]) -> str:
    return " ".join(
        # Without a space, at which a line would end between a number and its note.
        f"{_raised(number)}{note}" + "." * (not note.endswith((".", "!", "?")))
        for note, number in numbers.items()
    )


def _raised(number: int) -> str:
    return str(number).translate(_RAISED)


def _cells_of(each: SourceList, marks: Marks, items: Sequence[Item], numbers: Mapping[str, int]) -> list[str]:
    return [_sum(each), *(_listed_value(item, each, marks, numbers) for item in items)]


def _listed_value(item: Item, each: SourceList, marks: Marks, numbers: Mapping[str, int]) -> str:
    """Write what a list says of an item, with the number of the note on it; a joint value in brackets but once."""
    if each.source not in item.lists:
        return cells.BLANK
    value = item.lists[each.source]
    note = _raised(numbers[item.notes[each.source]]) if each.source in item.notes else ""
    if value:
        mark = cells.LIST_PRICE if (each.source, item.id) in marks.listed else ""
        return f"{print_value(parse_value(value))}{mark}{note}"
    joint = next((each.values[deal] for deal, others in each.together_with.items() if item.id in others), None)
    return f"({print_value(parse_value(joint))}){note}" if joint else f"{LISTED}{note}"


def _sum(each: SourceList) -> str:
    return cells.UNKNOWN if each.sum_usd is None else print_amount(each.sum_usd)


def _title(item: Item, room: int, *, has_date: bool) -> str:
    """Indent a part; say of an older item when it was signed, unless a column does."""
    date = f" ({item.date[:MONTH]})" if item.is_before and not has_date else ""
    # The title is cut, and never its date.
    return shortened(f"{'· ' if item.part_of else ''}{item.title}", room - len(date)) + date


def _extra(item: Item, marks: Marks, name: str) -> str:
    words = marks.items[item.id]
    if name != "counted":
        return {"flow": words.flow or cells.BLANK, "date": item.date, "stage": words.stage}[name]
    if item.counted_usd is None:
        return cells.UNKNOWN
    mark = cells.LIST_PRICE if words.is_list_price and item.counted_usd else ""
    return f"{print_amount(item.counted_usd, places=1)}{mark}"


def _explain_signs(rows: Any) -> str:
    """Explain the signs that occur."""
    drawn = "".join(cell for row in rows for cell in row)
    words: dict[str, str] = {}
    for word, sign in SIGNS.items():
        words.setdefault(sign, word)
    signs = [f"{sign} {word}" for sign, word in words.items() if sign in drawn]
    signs += [cells.LIST_PRICE_LEGEND] if cells.LIST_PRICE in drawn else []
    signs += [_JOINT_LEGEND] if "(" in drawn else []
    return ", ".join([*([f"{LISTED} listed without a sum"] if LISTED in drawn else []), *signs])
