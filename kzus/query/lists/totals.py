"""What a list comes to: deals add up, each kind of money by itself, treaties have a status, events have packages."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING

from kzus.query.filters import conditions
from kzus.query.lists.entries import TREATIES
from kzus.query.sums.added_deals import read_not_given
from kzus.query.sums.sum import add_up
from kzus.values.numbers import print_amount

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from kzus.query.filters import Filter

_NOUNS = {
    "trade": "trade", "investment": "investment", "grant": "grants", "unclear": "of unclear kind",
    "financing": "lending",  # last, since loans enter no total
}  # fmt: skip


def sums_by_flow(index: sqlite3.Connection, asked: Filter) -> list[str]:
    """Return what the deals of a filter add up to: `8.4bn firm and 7.3bn pledged trade`, `1.6bn pledged lending`.

    What is dormant is told where nothing else of its kind is, as if it were asked for; last what isn't given to the
    parties asked for.
    """
    found = add_up(index, asked, "flow")
    groups = {group.group: group for group in found.groups}
    told = []
    for flow, noun in _NOUNS.items():
        if flow in groups:
            group = groups[flow]
            living = {"firm": group.firm_usd, "pledged": group.pledge_usd}
            if flow == "financing":
                living = {"firm": group.financing_firm_usd, "pledged": group.financing_pledge_usd}
            amounts = _amounts(living) or _amounts({"dormant": group.dormant_usd})
            told += [f"{amounts} {noun}"] if amounts else []
    if usd := read_not_given(index, found.conditions):
        told.append(f"without the {print_amount(usd, places=1)} left of an umbrella")
    return told


def _amounts(amounts: Mapping[str, int | None]) -> str:
    """Join the amounts that aren't 0, each with its word."""
    return " and ".join(f"{print_amount(usd, places=1)} {word}" for word, usd in amounts.items() if usd)


def count_by_status(index: sqlite3.Connection, asked: Filter) -> list[str]:
    """Return how many treaties of a filter have each status, those in force first: `13 in force`, `26 unclear`."""
    found = conditions(index, TREATIES.filters, asked)
    rows = index.execute(
        f"SELECT count(*) AS many, status FROM treaties{found.where} GROUP BY status"  # noqa: S608 - a clause of `conditions`
        " ORDER BY status = 'in force' DESC, many DESC, status",
        found.bound,
    )
    return [f"{many} {status}" for many, status in rows]


def packages_of_events(index: sqlite3.Connection, events: Iterable[object]) -> list[str]:
    """Return the packages that the notes of these events name, the newest first."""
    rows = index.execute(
        "SELECT id FROM packages WHERE EXISTS (SELECT 1 FROM events WHERE id IN (SELECT value FROM json_each(?))"
        " AND instr(' ' || replace(replace(note, '.', ' '), ',', ' ') || ' ', ' ' || packages.id || ' '))"
        " ORDER BY date DESC, id",
        (dumps(list(events)),),
    )
    return [row[0] for row in rows]
