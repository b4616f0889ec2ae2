"""What a renderer gets: rows, how a person wants to see them, and what must be said beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kzus.query import Column


class Sheet(NamedTuple):
    """One table; `layout` names the contract columns stacked in each column that is drawn for a person.

    `total` is a last row set apart and `caption` what the table shows, both for a person only. `links` are
    asked for where sources are drawn, and give the address of each by its id. `sections` has a heading for
    each row; where it changes, a person sees it above the row.
    """

    columns: tuple[Column, ...]
    rows: Sequence[tuple[Any, ...]]
    layout: Sequence[Sequence[str]]
    total: tuple[Any, ...] | None = None
    caption: str = ""
    links: Callable[[], Mapping[str, str]] = dict
    header: bool = True
    sections: Sequence[str] = ()
