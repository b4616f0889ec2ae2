"""Formats one cell for a pipe, for JSON or for a person, by the kind of its column; and headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.values.amounts import with_thousands
from kzus.values.numbers import print_amount
from kzus.values.text import NAMES_APART, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from kzus.query.listing import Column

BETWEEN = " · "
"""The separator of items on one line."""
UNKNOWN = "–"
BLANK = ""
"""A cell of what doesn't apply."""
LIST_PRICE = "*"
"""The mark of a list price."""
UNCOUNTED = "(…)"
"""What stands for the value of a deal that has figures, none of which counts."""
UNCOUNTED_LEGEND = f"{UNCOUNTED} has figures, none that counts: kzus show"
LIST_PRICE_LEGEND = f"{LIST_PRICE} list price, before discounts"
_LEAST_SHARE = 0.005
"""A smaller share would be rounded to 0%, which is wrong."""
_SCALES = "kmbnt"
RIGHT = frozenset(("money", "sum", "number", "share", "value", "signed", "coverage"))
"""Kinds that are aligned to the right, so that figures can be compared."""
_LISTS = frozenset(("ids", "texts", "urls", "sources"))
"""Kinds of which an empty cell has no items that anybody knows of."""
STAGE_STYLES = {
    "pledge": "yellow", "commitment": "cyan", "implementation": "green", "completion": "bold green",
    "suspended": "magenta", "cancelled": "red", "lapsed": "red",
    "under way": "green", "done": "bold green", "dormant": "dim",
}  # fmt: skip
"""The colour of each stage; it only repeats what the word says."""
_HEADINGS = {
    "amount_usd": "stated", "low_usd": "low", "high_usd": "high", "counted_usd": "counted", "pledge_usd": "pledged",
    "firm_usd": "firm", "total_usd": "total", "gap_usd": "gap", "date_kind": "kind", "status_as_of": "known to",
    "dormant_usd": "dormant", "trade_usd": "trade", "investment_usd": "invested", "grant_usd": "given",
    "unclear_usd": "unclear", "financing_firm_usd": "lent, firm", "financing_pledge_usd": "lent, pledged",
    "own_usd": "own", "shared_usd": "shared", "label_2": "by", "lent_usd": "lent",
    "list_usd": "its list", "list_gap_usd": "gap to list",
    "cite": "source",
}  # fmt: skip


def plain_text(kind: str, cell: Any) -> str:
    """Format a cell for a pipe: exact figures, lists joined, empty if unknown."""
    if cell is None:
        return ""
    if kind == "texts":
        return NAMES_APART.join(json_value(kind, cell))
    return str(cell)


def json_value(kind: str, cell: Any) -> Any:
    """Convert a cell for JSON: ids, sources, texts and addresses become lists, numbers stay numbers."""
    if kind in ("ids", "sources"):
        return cell.split(",") if cell else []
    if kind == "urls":
        return cell.split(NAMES_APART) if cell else []
    if kind == "texts":
        from json import loads

        return loads(cell) if cell else []
    return cell


def format_cell(kind: str, cell: Any) -> str:
    """Format a cell for a person: money with its scale, a dash if unknown, nothing where there is nothing to know."""
    if cell is None or cell == "":
        return UNKNOWN if kind != "label" and (cell is None or kind in _LISTS) else ""
    # In a sum 0 is that no deal adds to it, and the cell stays empty; an amount of 0 is said.
    if kind in ("money", "sum"):
        return print_amount(cell, places=1) if cell or kind == "money" else ""
    if kind in _SHAPES:
        return _SHAPES[kind](cell)
    if kind in ("ids", "sources"):
        return visible(", ".join(cell.split(",")))
    return visible(plain_text(kind, cell))


def stage_style(cell: str) -> str:
    """Return the style of a stage, behind which a mark of one character may stand."""
    return STAGE_STYLES.get(cell, "") or STAGE_STYLES.get(cell[:-1], "")


def signed_value(written: str, *, places: int | None = None) -> str:
    """Write a value with a sign for its words, exactly or rounded: `≤3.7bn`, `7bn*` for a list price.

    What doesn't count stays in brackets.
    """
    from kzus.values.amounts import parse_value, print_value

    if written.startswith("("):
        return written if written == UNCOUNTED else f"({signed_value(written[1:-1], places=places)})"
    value = written.removesuffix(LIST_PRICE)
    return print_value(parse_value(value), places=places) + written[len(value) :]


def _signed(written: str) -> str:
    """Round a value to one decimal place, as a list has room for."""
    return signed_value(written, places=1)


def _found(snippet: str) -> str:
    """Leave out of what was found the texts beside it: dates, stages, other names."""
    return visible(BETWEEN.join(part for part in snippet.split(BETWEEN) if "‹" in part) or snippet)


def value_legend(values: Iterable[object]) -> list[str]:
    """Say in a line what the marks of values mean, if there are any."""
    written = [str(value) for value in values]
    marks = [LIST_PRICE_LEGEND] * any(each.rstrip(")").endswith(LIST_PRICE) for each in written)
    marks += [UNCOUNTED_LEGEND] * (UNCOUNTED in written)
    return [BETWEEN.join(marks)] if marks else []


def money(usd: int | None) -> str:
    """Write rounded dollars, a dash where they aren't known."""
    return UNKNOWN if usd is None else print_amount(usd, places=1)


def signed_count(counted: int, stated: int | None, value: str, measure: str | None) -> str:
    """Write what a deal counts, where that is what it states with the sign of that: `≤3.7bn`, `7bn*`."""
    from kzus.values.amounts import SIGNS

    signs = (sign for words, sign in SIGNS.items() if value.startswith(words))
    # A remainder is no longer what the words of the stated value are about.
    sign = next(signs, "") if counted == stated else ""
    return f"{sign}{print_amount(counted, places=1)}{LIST_PRICE * (counted > 0 and measure == 'list price')}"


_SHAPES: Mapping[str, Callable[[Any], str]] = {
    "signed": _signed,
    "value": lambda cell: visible(with_thousands(str(cell))),
    "match": _found,
    "ratio": lambda cell: f"{cell:.2f}",
    "share": lambda cell: f"{cell:.0%}" if cell == 0 or cell >= _LEAST_SHARE else "<1%",
}


def columns_below(names: Sequence[str], row: Mapping[str, Any]) -> list[str]:
    """Return which columns to print below the first of a stack: not empty, and not repeating the row."""
    said = [row[name] for name in ("value", "stage") if name in row]
    # Without a value the dash says it already, as the stage does where it is the reason.
    is_said = {"reason": None in said or row.get("reason") in said}
    return [name for name in names if row[name] not in (None, "") and not is_said.get(name)]


def align_scales(amounts: Sequence[str]) -> list[str]:
    """Pad formatted amounts so that their scales line up when they are aligned to the right."""
    numbers = [amount.rstrip(_SCALES) for amount in amounts]
    scales = [amount[len(number) :] for amount, number in zip(amounts, numbers, strict=True)]
    room = max(map(len, scales), default=0)
    return [number + scale.ljust(room) for number, scale in zip(numbers, scales, strict=True)]


def heading(column: Column) -> str:
    """Return the heading of a column, for a person."""
    text = visible(column.heading) or _HEADINGS.get(column.name) or visible(column.name.replace("_", " "))
    return text[:1].upper() + text[1:]


def is_link(url: object) -> bool:
    """Tell whether an address may become a link: web only, and no character that could end the link early."""
    text = str(url)
    return (
        text.startswith(("http://", "https://"))
        and text.isprintable()
        and not any(mark in text for mark in ' "<>\\^`{|}')
    )
