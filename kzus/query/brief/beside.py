"""What stands beside the figures of a card, which are a contract: on a terminal, and in a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzus.query.filters import Filter, conditions
from kzus.query.listing import fetch
from kzus.query.lists.deals import DEALS, TIMELINE
from kzus.query.lists.screens import SCREENS
from kzus.query.sums.added_deals import read_not_given
from kzus.query.sums.remarks import other_currency
from kzus.query.uncounted import IS_UNCOUNTED

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from kzus.query.brief.brief import Brief, Development
    from kzus.query.filters import Conditions

_UPDATE = "deal update"


_IDLE_WORDS = {
    "superseded by another deal": "replaced",
    "finances another deal": "counted in another deal",
    "remainder after its parts": "counted in parts",
    "stated in another currency": "not in dollars",
}
"""What a card calls the rule by which a deal counts nothing, where that isn't the word of a stage."""


class Apart(NamedTuple):
    """What the coverage of a card doesn't tell.

    `uncounted` is how many deals have only figures that don't count, `idle` how many with a value count nothing, by
    the reason, and `dormant_lent_usd` what dormant pledges were to lend, which is in no flow.
    """

    uncounted: int
    idle: Mapping[str, int]
    dormant_lent_usd: int


def read_apart(index: sqlite3.Connection, found: Conditions) -> Apart:
    """Return what the coverage of a card doesn't tell of the deals of a filter."""
    idle = index.execute(
        "SELECT rule, count(*) AS many FROM deals"  # noqa: S608 - a clause of `conditions`
        f"{found.also('is_valued AND counted_usd = 0 AND rule IS NOT NULL')} GROUP BY rule ORDER BY many DESC, rule",
        found.bound,
    )
    uncounted, lent = index.execute(
        f"SELECT total({IS_UNCOUNTED}), total(counted_usd * (standing IS 'dormant' AND flow = 'financing'))"  # noqa: S608 - as above
        f" FROM deals{found.where}",
        found.bound,
    ).fetchone()
    return Apart(int(uncounted), {_IDLE_WORDS.get(rule, rule): many for rule, many in idle}, int(lent))


class BriefNotes(NamedTuple):
    """What a terminal adds to a card.

    `latest` has the texts of its developments, of an update with its deal. `other_currency` says which deals state no
    dollars. `not_given_usd` is what umbrellas leave beside their parts, and isn't given to a party that has a part.
    `series` is how many a sector has.
    """

    latest: list[str]
    other_currency: str
    not_given_usd: int
    apart: Apart
    series: int


def read_notes(index: sqlite3.Connection, brief: Brief) -> BriefNotes:
    """Return what a terminal adds to a card."""
    asked = brief.subject.filter() if brief.subject else Filter()
    found = conditions(index, DEALS.filters, asked)
    return BriefNotes(
        latest=_latest_updates(index, asked, len(brief.latest)),
        other_currency=other_currency(index, found),
        not_given_usd=read_not_given(index, found),
        apart=read_apart(index, found),
        series=_count_series(index, brief),
    )


def _count_series(index: sqlite3.Connection, brief: Brief) -> int:
    """Count the series of a sector, none of which a card of it shows; 0 for any other card."""
    if not brief.subject or brief.subject.kind != "sector":
        return 0
    (number,) = index.execute("SELECT count(*) FROM indicators WHERE sector = ?", (brief.subject.id,)).fetchone()
    return int(number)


def _latest_updates(index: sqlite3.Connection, asked: Filter, most: int) -> list[str]:
    shown = SCREENS[TIMELINE.name].needed_columns(TIMELINE.columns)
    found = fetch(index, TIMELINE, asked, limit=most, shown=shown)
    at = [column.name for column in found.columns].index("text")
    return [str(row[at]) for row in found.rows]


class BriefSources(NamedTuple):
    """The source of the stated value of each of the largest deals; the latest as text and sources.

    `series` has the sources of the latest readings of each. Sources are ids joined by commas. `other_currency` says
    which deals state no dollars.
    """

    stated: dict[str, str]
    latest: list[tuple[str, str | None]]
    series: dict[str, str]
    other_currency: str
    apart: Apart


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
    asked = brief.subject.filter() if brief.subject else Filter()
    found = conditions(index, DEALS.filters, asked)
    latest = [_read_development(index, each) for each in brief.latest]
    return BriefSources(dict(stated), latest, series, other_currency(index, found), read_apart(index, found))


def _read_development(index: sqlite3.Connection, each: Development) -> tuple[str, str | None]:
    """Return the text of an event and its sources; an update says of which deal it is."""
    # An update has no id: its deal, day, kind and text find it.
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
