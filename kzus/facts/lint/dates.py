"""What dates give away: something that is older, or newer, than it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.facts.entries import all_entries, cited
from kzus.values.dates import is_after, last_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzus.facts.model import Facts
    from kzus.facts.reader import Fault, Path

_LATE_MONTHS = 3
_DATE_KEYS = {"deals": "date", "events": "date", "statements": "date", "treaties": "signed"}


def updates_before_deals(facts: Facts) -> Iterator[Fault]:
    """Find updates from before their deal."""
    for name, deal in facts.get("deals", {}).items():
        for at, update in enumerate(deal.get("updates", ())):
            if is_after(deal["date"], update["date"]):
                path = ("deals", name, "updates", at, "date")
                yield path, f"'{update['date']}' lies before the deal itself, {deal['date']}"


def early_stage_dates(facts: Facts) -> Iterator[Fault]:
    """Find stages that are known only up to a day before they were reached."""
    for name, deal in facts.get("deals", {}).items():
        known = deal.get("stage_as_of")
        dated = [deal["date"], *(update["date"] for update in deal.get("updates", ()) if "stage" in update)]
        if known and is_after(dated[-1], known):
            yield ("deals", name, "stage_as_of"), f"'{known}' lies before the stage itself, {dated[-1]}"


def late_members(facts: Facts) -> Iterator[Fault]:
    """Find deals from long after the package that is said to hold them."""
    deals = facts.get("deals", {})
    for name, package in facts.get("packages", {}).items():
        for at, member in enumerate(package.get("members", ())):
            date = deals[member["deal"]]["date"]
            if "date" in package and _months(date + "-01") - _months(last_day(package["date"])) > _LATE_MONTHS:
                path = ("packages", name, "members", at, "deal")
                yield path, f"'{member['deal']}' is of {date}, long after the package, {package['date']}"


def _months(date: str) -> int:
    return int(date[:4]) * 12 + int(date[5:7])


def early_sources(facts: Facts) -> Iterator[Fault]:
    """A page can't report what was still to come: either date is wrong, or it was a plan."""
    published = {name: source.get("published") for name, source in facts["sources"].items()}
    for path, date, sources in _reports(facts):
        days = {source: published[source] for source in sources}
        if not all(days.values()):
            continue
        newest = max(days, key=lambda source: last_day(days[source] or ""))
        if is_after(date, days[newest] or ""):
            yield path, f"'{date}' lies after its newest source, {newest} of {days[newest]}"


def _reports(facts: Facts) -> Iterator[tuple[Path, str, Sequence[str]]]:
    """Yield everything that has a date, with those who tell of it."""
    for kind, name, entry in all_entries(facts):
        if date := entry.get(_DATE_KEYS.get(kind, "")):
            yield (kind, name, _DATE_KEYS[kind]), date, cited(entry)
        for at, update in enumerate(entry.get("updates", ())):
            yield (kind, name, "updates", at, "date"), update["date"], [update["source"]]
        for at, reading in enumerate(entry.get("observations", ())):
            end = reading["period"].rpartition("/")[2]
            yield (kind, name, "observations", at, "period"), end, [reading["source"]]


def in_force_before_signed(facts: Facts) -> Iterator[Fault]:
    """Find treaties in force before they were signed."""
    for name, treaty in facts.get("treaties", {}).items():
        signed, in_force = treaty.get("signed", ""), treaty.get("in_force")
        if in_force and is_after(signed, in_force):
            yield ("treaties", name, "in_force"), f"'{in_force}' lies before it was signed, {signed}"
