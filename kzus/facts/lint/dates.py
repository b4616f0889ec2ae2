"""What dates and stages give away: what is older or newer than it can be, and stages that nothing supports any more."""

from __future__ import annotations

import re
from textwrap import shorten
from typing import TYPE_CHECKING

from kzus.facts.deals import current_stage, is_dormant, newest_date
from kzus.facts.entries import all_entries, cited
from kzus.facts.vocabulary import FIRM_STAGES
from kzus.values.dates import is_after, last_day, months_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzus.facts.model import Deal, Facts
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
        # Only the last one matters below: the check has updates oldest first.
        dated = [deal["date"], *(update["date"] for update in deal.get("updates", ()) if "stage" in update)]
        if known and is_after(dated[-1], known):
            yield ("deals", name, "stage_as_of"), f"'{known}' lies before the stage itself, {dated[-1]}"


def late_members(facts: Facts) -> Iterator[Fault]:
    """Find deals from long after the package that is said to hold them."""
    deals = facts.get("deals", {})
    for name, package in facts.get("packages", {}).items():
        for at, member in enumerate(package.get("members", ())):
            # From the last day of the package to the first month of the deal: late only if that is sure.
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
        # A source without a date may be the newest.
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


_LOOSE = frozenset(("memorandum", "letter of intent", "term sheet", "roadmap", "mandate", "announcement"))
_LIVING = frozenset(("pledge", "commitment", "implementation"))
_TREATY_MONTHS = 120
_QUOTED = 80
_SENTENCE = re.compile(r"[^.;]+")
_SIGNED = re.compile(r"\bsigned\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:no|not|nothing|nobody|none|never|whether|without|before|to be|be)\b|n't", re.IGNORECASE)
"""Words by which a sentence with 'signed' says that nothing was, or not then."""


def unexplained_stages(facts: Facts) -> Iterator[Fault]:
    """Find firm stages for which neither a source nor an update stands."""
    for name, deal in facts.get("deals", {}).items():
        if deal["stage"] not in FIRM_STAGES or "stage_source" in deal:
            continue
        # An update that suspends or cancels the deal shows nothing firm before it.
        if not any(update.get("stage") in FIRM_STAGES for update in deal.get("updates", ())):
            paper = deal["instrument"] if deal["instrument"] in _LOOSE else "pledge"
            firmer = f"'{deal['stage']}' is firmer than {'an' if paper[0] in 'aeiou' else 'a'} {paper}"
            yield (
                ("deals", name, "stage"),
                f"{firmer}; name its stage_source or the update that brings it, or write pledge",
            )


def signed_when_announced(facts: Facts) -> Iterator[Fault]:
    """Find deals dated by an announcement of which a claim, a note or an update of that day says 'signed'."""
    for name, deal in facts.get("deals", {}).items():
        if deal["date_kind"] != "announced" or any(date.get("kind") == "signed" for date in deal.get("dates", ())):
            continue
        if said := next(filter(None, map(_signing_sentence, _texts_of_day(deal))), None):
            yield ("deals", name, "date_kind"), f"is 'announced', and yet there stands '{shorten(said, _QUOTED)}'"


def _signing_sentence(text: str) -> str | None:
    """Return the first sentence that says that something was signed."""
    sentences = (found[0].strip() for found in _SENTENCE.finditer(text))
    return next((each for each in sentences if _SIGNED.search(each) and not _DENIED.search(each)), None)


def _texts_of_day(deal: Deal) -> Iterator[str]:
    """Yield the texts about the day itself: an update of a later day may well report a signing."""
    yield deal["title"]
    yield from (claim["of"] for claim in deal.get("values", ()) if "of" in claim)
    yield from (update["text"] for update in deal.get("updates", ()) if not is_after(update["date"], deal["date"]))
    yield deal.get("note", "")


def periods_over(facts: Facts) -> Iterator[Fault]:
    """Find living deals whose time has run out."""
    for name, deal in facts.get("deals", {}).items():
        stage, end = current_stage(deal), deal.get("period", "").rpartition("/")[2]
        if end and stage in _LIVING and is_after(facts["as_of"], last_day(end)):
            yield ("deals", name, "period"), f"ended with {end}, and the stage is still '{stage}'"


def old_pledges(facts: Facts) -> Iterator[Fault]:
    """Find pledges that nothing was heard of for three years."""
    for name, deal in facts.get("deals", {}).items():
        if is_dormant(deal, facts["as_of"]):
            yield (
                ("deals", name, "stage"),
                f"a pledge last heard of in {newest_date(deal)}; look for news, or write lapsed",
            )


def old_treaties(facts: Facts) -> Iterator[Fault]:
    """Find treaties that were last known to be in force ten years ago."""
    for name, treaty in facts.get("treaties", {}).items():
        if treaty["status"] != "in force":
            continue
        known = [treaty[key] for key in ("signed", "in_force", "status_as_of") if key in treaty]
        newest = max(known, key=last_day, default="")
        if newest and last_day(newest) < months_before(last_day(facts["as_of"]), _TREATY_MONTHS):
            yield (
                ("treaties", name, "status"),
                f"'in force' was last known in {newest}; look it up and add status_as_of, or write unclear",
            )
