"""How one cell is shaped for a pipe, for JSON and for a terminal, by the kind of its column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.amounts import print_amount
from kzus.texts import visible

if TYPE_CHECKING:
    from typing import Any

NAMES_APART = "; "


def plain(kind: str, cell: Any) -> str:
    """Write a cell for a pipe: whole and unscaled, lists joined, nothing for what is unknown."""
    if cell is None:
        return ""
    if kind == "texts":
        return NAMES_APART.join(structured(kind, cell))
    return str(cell)


def structured(kind: str, cell: Any) -> Any:
    """Shape a cell for JSON: ids, sources and texts are lists, numbers are numbers."""
    if kind in ("ids", "sources"):
        return cell.split(",") if cell else []
    if kind == "texts":
        from json import loads

        return loads(cell) if cell else []
    return cell


def drawn(kind: str, cell: Any) -> str:
    """Write a cell for a person: money with its scale, a dash for what is unknown."""
    if cell is None or cell == "":
        return "–"
    if kind == "money":
        return print_amount(cell, places=1)
    if kind == "share":
        return f"{cell:.0%}"
    if kind in ("ids", "sources"):
        return ", ".join(cell.split(","))
    return visible(plain(kind, cell))
