"""Questions to put to kzus and to the recount: sums and lists of deals, with filters, under lenses."""

from __future__ import annotations

from itertools import permutations
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from generate_facts import DATES, INSTRUMENTS, LANDS, MEASURES
from oracle_values import as_list

from kzus.query.filters import Filter

if TYPE_CHECKING:
    from collections.abc import Iterator

Tree = dict[str, Any]
Filters = dict[str, list[str]]

GROUPINGS = (
    "sector flow direction stage measure instrument year month party country tag package".split()
)  # fmt: skip
SINGLES = [(by,) for by in GROUPINGS]
PAIRS = list(permutations(GROUPINGS, 2))
STAGES = ("pledge", "commitment", "implementation", "completion", "suspended", "cancelled", "lapsed", "dormant")
FLOWS = ("trade", "investment", "financing", "grant", "cooperation", "unclear")
AMOUNTS = ("900k", "1m", "2m", "5m", "10m", "10.5m", "1bn", "4bn", "12bn")
ONE_VALUE = ("since", "until", "min", "max")
"""Filters that are given once; a name may be given several times, and a standing has no value."""


class Question(NamedTuple):
    """A sum under a lens, or the deals if there is no grouping."""

    by: tuple[str, ...]
    filters: Filters
    lens: Tree

    def words(self) -> list[str]:
        """Write it as the command line has it."""
        found = ["sum", "--by", ",".join(self.by)] if self.by else ["deals"]
        for name, given in self.filters.items():
            for value in given or [""]:
                found += [f"--{name}", *([value] if value else [])]
        for name, given in self.lens.items():
            for value in as_list(given):
                found += [f"--{name.replace('_', '-')}", value]
        return [*found, "-f", "json"]

    def filter(self) -> Filter:
        """Write its filters as kzus has them in Python."""
        given: Tree = {
            name: values[0] if name in ONE_VALUE else values or True for name, values in self.filters.items()
        }
        return Filter(**given)


class Asker:
    """Questions that a fact file has answers to, chosen at random: all of them come over many files."""

    def __init__(self, facts: Tree, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - it chooses questions, no secrets
        self.facts = facts
        self.names = self._names()

    def _names(self) -> dict[str, list[str]]:
        """Return what each filter can be given; what no deal has is asked for too, where the name is known."""
        lands = LANDS[:2]
        if "US" in self.facts["sides"]["american"]:
            lands = (self.facts["sides"]["kazakh"][0], self.facts["sides"]["american"][0])
        tags = {tag for deal in self.facts["deals"].values() for tag in as_list(deal.get("tags"))}
        return {
            "sector": list(self.facts["sectors"]),
            "party": list(self.facts["parties"]),
            "flow": list(FLOWS),
            "direction": ["-".join(lands), "-".join(lands[::-1])],
            "instrument": list(INSTRUMENTS),
            "stage": list(STAGES),
            "measure": sorted(set(MEASURES)),
            "tag": sorted(tags),
            "package": list(self.facts.get("packages", {})),
            "country": sorted({party["country"] for party in self.facts["parties"].values() if "country" in party}),
        }

    def filters(self) -> list[tuple[str, list[str]]]:
        """Return each filter twice, with other values."""
        found: list[tuple[str, list[str]]] = [(name, []) for name in ("firm", "pledged", "dormant")]
        for name, names in self.names.items():
            if names:
                found += [(name, [self.random.choice(names)]), (name, self.random.sample(names, min(2, len(names))))]
        for name, values in (("since", DATES), ("until", DATES), ("min", AMOUNTS), ("max", AMOUNTS)):
            found += [(name, [self.random.choice(values)]) for _ in range(2)]
        return found

    def lenses(self, count: int) -> list[Tree]:
        """Return no lens, and some others: a day, a source, two sources, a source on a day."""
        sources = self.random.sample(list(self.facts["sources"]), 2)
        day, other = self.random.sample([*DATES, "2026-06-29", "2026-07-01", "2030"], 2)
        lenses: list[Tree] = [
            {"as_of": day}, {"as_of": other}, {"source": sources[:1]}, {"source": sources},
            {"as_of": day, "source": sources[1:]},
        ]  # fmt: skip
        return [{}, *self.random.sample(lenses, count)]

    def questions(self, lenses: int = 2) -> Iterator[Question]:
        """Yield questions under no lens and so many others."""
        for lens in self.lenses(lenses):
            filters = self.filters()
            yield Question((), {}, lens)
            for by in (*self.random.sample(SINGLES, 4), *self.random.sample(PAIRS, 2)):
                yield Question(by, {}, lens)
            for name, values in self.random.sample(filters, 4):
                yield Question(self.random.choice([*SINGLES, *PAIRS]), {name: values}, lens)
            for by in ((), ("party",), self.random.choice(SINGLES)):
                yield Question(by, dict(self.random.sample(filters, self.random.randint(2, 3))), lens)
