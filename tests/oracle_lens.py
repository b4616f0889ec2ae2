"""What a lens shows of a fact file, from the contract alone: its sources, and the stage of each deal.

A comment that begins with CHOICE marks a place where the contract can be read in more than one way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from oracle_values import Tree, as_list, first_day, last_day, months_after


class Lens:
    """Which sources are seen: all, those that are chosen, or those published by a day."""

    def __init__(self, facts: Tree, as_of: str | None, source: str | list[str] | None) -> None:
        self.sources: Tree = facts["sources"]
        self.file_day = last_day(facts["as_of"])
        # A day given as a prefix is its last day, as everywhere.
        asked = last_day(as_of) if as_of else self.file_day
        self.has_day = asked < self.file_day
        self.day = min(asked, self.file_day)
        self.chosen = as_list(source)

    def is_published(self, source: str) -> bool:
        """Tell whether a source was out on the day of the lens."""
        if not self.has_day:
            return True
        published = self.sources[source].get("published")
        # CHOICE: a source published in some month is out when that month has ended, never before.
        return (last_day(published) if published else self.file_day) <= self.day

    def has_come(self, entry: Tree) -> bool:
        """Tell whether the day of a deal, an update or a package had come on the day of the lens."""
        return not self.has_day or "date" not in entry or first_day(entry["date"]) <= self.day

    def sees(self, source: str) -> bool:
        return self.is_published(source) and (not self.chosen or source in self.chosen)


def updates_of(deal: Tree, lens: Lens) -> list[Tree]:
    """Return the updates whose day had come."""
    # CHOICE: as a deal, an update isn't there before its day, though a page may have foretold it.
    return [update for update in as_list(deal.get("updates")) if lens.has_come(update)]


def sources_of(deal: Tree, lens: Lens) -> Iterator[str]:
    """Yield each source that a deal names."""
    # CHOICE: a deal is seen through any source that it names, that of its stage, an update, a count
    # or a relation too; the list of a package that names the deal doesn't show it.
    yield from (update["source"] for update in updates_of(deal, lens))
    yield from as_list(deal.get("sources"))
    yield from as_list(deal.get("stage_source"))
    for key in ("values", "dates", "quantities", "part_of", "finances", "supersedes"):
        for item in as_list(deal.get(key)):
            if isinstance(item, Mapping) and "source" in item:
                yield item["source"]


def stage_of(deal: Tree, lens: Lens) -> str:
    """Return the stage that the file gives, or that the day of a lens knew."""
    # CHOICE: `stage` is that of the beginning, and the last update with a stage is the present one.
    brought = [update for update in updates_of(deal, lens) if "stage" in update]
    seen = [update["stage"] for update in brought if lens.is_published(update["source"])]
    if seen:
        return str(seen[-1])
    # CHOICE: where no update is seen, `stage` holds if its own source is; if it names none it is a pledge under
    # the day of a lens.
    if not lens.has_day or ("stage_source" in deal and lens.is_published(deal["stage_source"])):
        return str(deal["stage"])
    return "pledge"


def is_forgotten(deal: Tree, lens: Lens) -> bool:
    """Tell whether a deal was last known over 36 months before the day."""
    # CHOICE: only updates that the day of the lens sees, and no `stage_as_of` after that day.
    # `--source` keeps the stage, so it keeps the dates of all updates too.
    known = [deal["date"], *(day for day in as_list(deal.get("stage_as_of")) if last_day(day) <= lens.day)]
    known += [update["date"] for update in updates_of(deal, lens) if lens.is_published(update["source"])]
    # CHOICE: the months are counted on from the day on which a deal was known, so that of 28 February 2021 they have
    # passed on 29 February 2024.
    return months_after(max(map(last_day, known)), 36) < lens.day
