"""A lens: the facts as chosen sources give them, or as they were published by a day.

It makes smaller facts of the facts. Every question is asked of those as ever, so that a stated or counted value
under a lens follows from what is visible, by the same rules.

What names a source is visible if that source is, unless it happened after the day. What names none (a flow, a payer,
a period, a note) always stays; only dates after the day are dropped, and a stage that no source had shown by then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kzus.facts.entries import cited, related
from kzus.facts.vocabulary import RELATIONS
from kzus.values.dates import is_after, last_day
from kzus.values.text import many

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Mapping

    Entry = Mapping[str, Any]
    Entries = Mapping[str, Entry]

_STATED = ("deals", "packages", "treaties", "indicators", "events", "statements")
"""Collections whose entries are there only as far as a source states them."""
_HAPPENED = {"deals": "date", "packages": "date", "treaties": "signed", "events": "date", "statements": "date"}
"""The key of the day before which nobody could have known an entry."""
_LATER = ("stage_as_of", "status_as_of", "in_force")
"""Dates without a source of their own that may lie after the day."""
_NEEDED = {"indicators": "observations"}
"""Lists without which an entry says nothing."""


class Lens(NamedTuple):
    """Which sources are visible: no sources mean any, no day means today.

    `takes_open` shows those as well whose date, or lack of one, leaves open whether they were published by the day.
    """

    sources: Collection[str] = ()
    as_of: str | None = None
    takes_open: bool = False


class Hidden(NamedTuple):
    """What a lens hides, as numbers; `stages` are those of visible deals that no visible source shows."""

    sources_undated: int = 0
    sources_coarse: int = 0
    entries: int = 0
    stages: int = 0

    def remark(self, lens: Lens) -> str | None:
        """Say in one line what a reader can't guess from the lens; nothing if there is nothing to say."""
        sources = [
            *([f"{self.sources_undated} without a date"] * bool(self.sources_undated)),
            *([f"{self.sources_coarse} dated too coarsely to tell"] * bool(self.sources_coarse)),
        ]
        stages = f"the stage of {many(self.stages, 'deal')} is the file's: no chosen source shows it"
        parts = [f"sources hidden as of {lens.as_of}: {', '.join(sources)}"] * bool(sources)
        return "; ".join(parts + [stages] * bool(self.stages)) or None


def effective(lens: Lens, as_of: str) -> Lens:
    """Return a lens without its day if that is the `as_of` of the facts or later; a shorter date is its last day."""
    is_past = lens.as_of is not None and last_day(lens.as_of) < last_day(as_of)
    return lens if is_past else lens._replace(as_of=None)


def apply_lens(facts: Mapping[str, Any], lens: Lens) -> dict[str, Any]:
    """Return the facts that can be seen through a lens; every collection keeps its name and order."""
    lens = effective(lens, facts["as_of"])
    if not lens.sources and lens.as_of is None:
        return dict(facts)
    sources = facts.get("sources", {})
    # `known` was published by the day, `seen` is chosen as well: choosing a source changes no stage.
    known = {name for name, source in sources.items() if lens.as_of is None or _is_known(source, lens)}
    seen = known.intersection(lens.sources) if lens.sources else known
    kept = {kind: dict(_seen_entries(facts.get(kind, {}), kind, seen, lens)) for kind in _STATED}
    deals = {name: _with_stage(deal, facts["deals"][name], known, lens) for name, deal in kept["deals"].items()}
    links = _Links.between(facts.get("deals", {}), deals, seen)
    kept["deals"] = {name: links.keep_visible(name, deal) for name, deal in deals.items()}
    packages = {name: _with_members(package, deals) for name, package in kept["packages"].items()}
    # A package may have had no sources but those of members that are gone.
    kept["packages"] = {name: package for name, package in packages.items() if cited(package)}
    kept["sources"] = {name: source for name, source in sources.items() if name in seen}
    kept["parties"] = dict(_parties(facts.get("parties", {}), kept))
    shown = {**facts, **{kind: entries for kind, entries in kept.items() if kind in facts}}
    # What is dormant or old is counted back from this day then.
    return shown if lens.as_of is None else {**shown, "as_of": lens.as_of}


def hidden(whole: sqlite3.Connection, seen: sqlite3.Connection, lens: Lens) -> Hidden:
    """Count what the index of a lens lacks of the whole index."""
    undated = coarse = 0
    if lens.as_of is not None:
        rows = whole.execute("SELECT id, published FROM sources")
        published = [day for name, day in rows if not lens.sources or name in lens.sources]
        undated = published.count(None)
        coarse = sum(_is_open(day, lens.as_of) for day in published if day)
    kinds = ", ".join(f"'{kind}'" for kind in _STATED)
    entries = [
        index.execute(f"SELECT count(*) FROM entries WHERE kind IN ({kinds})").fetchone()[0]  # noqa: S608 - our own names
        for index in (whole, seen)
    ]
    # A pledge needs no source: it is what a deal is until something firmer is shown.
    (stages,) = seen.execute(
        "SELECT count(*) FROM deals JOIN entries USING (id) WHERE stage <> 'pledge' AND body ->> '$.stage_source' IS"
        " NULL AND NOT EXISTS (SELECT 1 FROM updates WHERE deal = deals.id AND updates.stage = deals.stage)"
    ).fetchone()
    return Hidden(undated, coarse, entries[0] - entries[1], stages)


def _is_open(day: str, as_of: str) -> bool:
    return not is_after(day, as_of) and last_day(day) > last_day(as_of)


def _is_known(source: Entry, lens: Lens) -> bool:
    """Tell whether a source was published by a day before the file's; without a date it counts as of the file's."""
    published, as_of = source.get("published"), lens.as_of or ""
    if lens.takes_open:
        return published is None or not is_after(published, as_of)
    return published is not None and last_day(published) <= last_day(as_of)


def _seen_entries(entries: Entries, kind: str, seen: Collection[str], lens: Lens) -> Iterator[tuple[str, Entry]]:
    """Yield the entries that a visible source states, without what others say of them."""
    for name, entry in entries.items():
        # Although a source foretold it: on that day it hadn't happened.
        if lens.as_of and is_after(entry.get(_HAPPENED.get(kind, ""), ""), lens.as_of):
            continue
        left = _without_empty({key: _visible(value, key, seen, lens) for key, value in entry.items()})
        needed = _NEEDED.get(kind)
        is_stated = needed in left if needed else bool(cited(left))
        if is_stated:
            yield name, _without_later(left, lens)


def _without_later(entry: Entry, lens: Lens) -> Entry:
    """Drop the dates that nobody could give on the day, and the treaty status that follows from one."""
    if lens.as_of is None:
        return entry
    limit = last_day(lens.as_of)
    later = [key for key in _LATER if key in entry and last_day(entry[key]) > limit]
    left = {key: value for key, value in entry.items() if key not in later}
    return {**left, "status": "signed"} if "in_force" in later and "signed" in left else left


def _with_stage(deal: Entry, whole: Entry, known: Collection[str], lens: Lens) -> Entry:
    """Give a deal that has been cut the stage that it has in the facts as they were published by the day.

    That a source is chosen changes no stage. Where its updates would, their stages go.
    """
    # As of a day, a stage holds only if its source was out; until a firmer one is shown it is a pledge.
    own = whole["stage"] if lens.as_of is None or whole.get("stage_source") in known else "pledge"
    stages = [update["stage"] for update in _published(whole.get("updates", ()), known, lens) if "stage" in update]
    stage = stages[-1] if stages else own
    updates = deal.get("updates", ())
    shown = [update["stage"] for update in updates if "stage" in update]
    if lens.sources:  # what the file knows of the stage, it knows up to the day up to which it does
        deal = {**deal, **_known_to(whole, known, lens)}
    if (shown[-1] if shown else own) == stage:
        # What is visible leads to the right stage by itself, so all of it can stay.
        return {**deal, "stage": own}
    left = {key: value for key, value in deal.items() if key != "stage_source"}
    if shown:
        left["updates"] = [{key: value for key, value in update.items() if key != "stage"} for update in updates]
    return {**left, "stage": stage}


def _known_to(whole: Entry, known: Collection[str], lens: Lens) -> Entry:
    """Return the last day on which anything was known of a deal, as its `stage_as_of`."""
    dates = [update["date"] for update in _published(whole.get("updates", ()), known, lens)]
    own = _without_later({key: whole[key] for key in ("stage_as_of",) if key in whole}, lens)
    return {"stage_as_of": max([*dates, *own.values()], key=last_day)} if dates or own else {}


def _published(updates: Collection[Entry], known: Collection[str], lens: Lens) -> list[Entry]:
    known_updates = [update for update in updates if update["source"] in known]
    return (
        known_updates
        if lens.as_of is None
        else [update for update in known_updates if not is_after(update["date"], lens.as_of)]
    )


def _parties(parties: Entries, kept: Mapping[str, Entries]) -> Iterator[tuple[str, Entry]]:
    """Yield the parties of visible entries and those that took their place; nobody succeeds one that isn't visible."""
    named = {party for kind in _STATED for entry in kept[kind].values() for party in entry.get("parties", ())}
    # A party includes those that it succeeds, and may itself be succeeded.
    while heirs := {
        name for name, party in parties.items() if name not in named and not named.isdisjoint(party.get("succeeds", ()))
    }:
        named |= heirs
    for name, party in parties.items():
        if name in named:
            old = [other for other in party.get("succeeds", ()) if other in named]
            yield name, _without_empty({**party, "succeeds": old}) if "succeeds" in party else party


def _visible(value: Any, key: str, seen: Collection[str], lens: Lens) -> Any:
    if key in ("source", "sources", "stage_source"):
        # Nothing is an empty list here, also of one source: `_without_empty` takes it out.
        return (
            [source for source in value if source in seen]
            if isinstance(value, list)
            else value
            if value in seen
            else []
        )
    if not isinstance(value, list):
        return value
    left = [item for item in value if not isinstance(item, dict) or "source" not in item or item["source"] in seen]
    if key in ("updates", "dates") and lens.as_of:
        left = [item for item in left if not is_after(item["date"], lens.as_of)]
    return left


class _Links(NamedTuple):
    """The relations of all deals, of which only some deals and sources are visible."""

    whole: Entries
    deals: Entries
    seen: Collection[str]
    parts: dict[str, list[str]]

    @classmethod
    def between(cls, whole: Entries, deals: Entries, seen: Collection[str]) -> _Links:
        """Find the parts of each deal as well, of which a deal itself says nothing."""
        links = cls(whole, deals, seen, {})
        for name in sorted(whole):
            for other in links._held(name, "part_of"):
                links.parts.setdefault(other, []).append(name)
        return links

    def keep_visible(self, name: str, deal: Entry) -> Entry:
        """Keep the relations to deals that can be seen, also those by way of one that can't.

        What a hidden part is a part of holds its parts as well, and a grant for a hidden deal pays for its parts,
        or a dollar would count twice.
        """
        links = {key: self._visible(name, deal, key) for key in RELATIONS if key in deal}
        return _without_empty({**deal, **links})

    def _visible(self, name: str, deal: Entry, key: str) -> list[Any]:
        found: dict[str, Any] = {}
        ahead = list(zip(deal[key], related(deal, key), strict=True))
        passed = {name}
        for item, other in ahead:  # which grows as hidden deals are passed
            if other in passed:
                continue
            if other in self.deals:
                found.setdefault(other, item)
            elif key != "finances" or deal["flow"] == "grant":
                # A loan for a hidden whole says nothing of one of its parts; only a grant pays for those too.
                passed.add(other)
                # As a bare id: of the two deals themselves no source says it.
                ahead += [(to, to) for to in self._beyond(other, key)]
        return list(found.values())

    def _beyond(self, other: str, key: str) -> list[str]:
        return self.parts.get(other, []) if key == "finances" else self._held(other, key)

    def _held(self, name: str, key: str) -> list[str]:
        """Return what a deal has a relation to, as far as no hidden source says so."""
        deal = self.whole.get(name, {})
        return [to for item, to in zip(deal.get(key, ()), related(deal, key), strict=True) if self._holds(item)]

    def _holds(self, item: Any) -> bool:
        return not isinstance(item, dict) or "source" not in item or item["source"] in self.seen


def _with_members(package: Entry, deals: Entries) -> Entry:
    members = [
        _without_empty({**member, "together_with": [deal for deal in member.get("together_with", ()) if deal in deals]})
        for member in package.get("members", ())
        if member["deal"] in deals
    ]
    return _without_empty({**package, "members": members})


def _without_empty(entry: Entry) -> Entry:
    return {key: value for key, value in entry.items() if value != []}
