"""What a document says beside a card: the source of each figure and event, and which deal an update is of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from kzus.query.brief import Brief, Development

_UPDATE = "deal update"


class BriefSources(NamedTuple):
    """The source of the stated value of each of the largest deals; the latest as text and sources.

    `series` has the sources of the latest readings of each. Sources are ids joined by commas.
    """

    stated: dict[str, str]
    latest: list[tuple[str, str | None]]
    series: dict[str, str]


def read_sources(index: sqlite3.Connection, brief: Brief) -> BriefSources:
    """Return what a document says beside the largest deals and the latest events of a card."""
    ids = [deal.id for deal in brief.largest]
    stated = index.execute(
        f"SELECT entry, source FROM claims WHERE is_stated AND entry IN ({_holes(ids)})",  # noqa: S608 - placeholders
        ids,
    )
    series = {
        each.id: index.execute(
            "SELECT group_concat(DISTINCT source) FROM observations WHERE indicator = ? AND period = ?",
            (each.id, each.period),
        ).fetchone()[0]
        for each in (*brief.direct_investment, *brief.indicators)
    }
    return BriefSources(dict(stated), [_read_development(index, each) for each in brief.latest], series)


def _read_development(index: sqlite3.Connection, each: Development) -> tuple[str, str | None]:
    """Return the text of an event and its sources; an update says of which deal it is."""
    (sources,) = index.execute(
        "SELECT sources FROM timeline WHERE id = ? AND date = ? AND kind = ? AND text = ?",
        (each.id, each.date, each.kind, each.text),
    ).fetchone()
    if each.kind != _UPDATE:
        return each.text, sources
    (title,) = index.execute("SELECT title FROM deals WHERE id = ?", (each.id,)).fetchone()
    return f"{title}: {each.text}", sources


def _holes(ids: Sequence[str]) -> str:
    return ", ".join("?" * len(ids))
