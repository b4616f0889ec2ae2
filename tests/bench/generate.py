"""Fact files of any size, as a person would have written them: `write(path, deals=1000)`.

The same size and seed give the same bytes. Relations reach back only, so that they never run in a circle.
"""

from __future__ import annotations

import random
from itertools import cycle, islice
from typing import TYPE_CHECKING

from .words import OUTLETS, PEOPLE, PLACES, SECTORS, names, slug

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RARE = "Korgas dry port"
"""Words that one deal in five hundred has, to be searched for."""
_AS_OF = "2026-11-24"
_FIRST_YEAR, _LAST_YEAR = 1993, 2026
_INSTRUMENTS = ("memorandum", "letter of intent", "framework agreement", "agreement", "contract", "project")
_STAGES = ("pledge", "pledge", "commitment", "commitment", "implementation", "completion", "suspended", "cancelled")
_FLOURISHES = ("{0}", "{0}", "about {0}", "up to {0}", "nearly {0}", "more than {0}", "at least {0}")


def write(path: Path, *, deals: int, seed: int = 1) -> None:
    """Write a sound fact file with so many deals, two at least, and as many sources."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(_Hand(deals, seed).lines())


class _Hand:
    """Writes one file, top to bottom."""

    def __init__(self, deals: int, seed: int) -> None:
        self._deals = deals
        self._random = random.Random(seed)  # noqa: S311 - the same file each time is what is wanted
        self._parties = self._random.sample(names(), min(2500, max(12, deals // 10)))
        self._party_ids = [slug(name) for name, _, _ in self._parties]
        self._days = [self._day() for _ in range(deals)]
        outlets = islice(cycle(OUTLETS), deals)
        self._sources = [
            f"{slug(outlet)}-{day}-{at}" for at, (outlet, day) in enumerate(zip(outlets, self._days, strict=True))
        ]
        self._ids: list[str] = []

    def lines(self) -> Iterator[str]:
        yield f"format: 2\ntitle: Agreements, {self._deals} of them\nas_of: {_AS_OF}\n\nsectors:\n"
        for name, field in SECTORS.items():
            yield f'  {name}: {{label: {field.label}, dac: "{field.dac}", aliases: [{name} sector]}}\n'
        yield "\nsources:\n"
        for at, outlet in enumerate(islice(cycle(OUTLETS), self._deals)):
            yield self._source(at, outlet)
        yield "\nparties:\n"
        for name, country, alias in self._parties:
            aliases = f", aliases: [{alias}]" if alias else ""
            yield f"  {slug(name)}: {{name: {name}, country: {country}, kind: company{aliases}}}\n"
        yield "\ndeals:\n"
        for at in range(self._deals):
            yield from self._deal(at)
        yield from self._headlines()
        yield from self._others()

    def _day(self) -> str:
        year = self._random.randint(_FIRST_YEAR, _LAST_YEAR)
        return f"{year}-{self._random.randint(1, 10):02}-{self._random.randint(1, 28):02}"

    def _source(self, at: int, outlet: str) -> str:
        name, day = self._sources[at], self._days[at]
        return (
            f'  {name}:\n    title: "{outlet}: what was agreed in {self._random.choice(PLACES)}"\n'
            f"    publisher: {outlet}\n    kind: {OUTLETS[outlet]}\n    published: {day}\n"
            f"    url: https://{slug(outlet)}.example/{day[:4]}/{at}\n    language: en\n"
        )

    def _deal(self, at: int) -> Iterator[str]:
        pick, sources = self._random.choice, self._cited(at)
        sector = pick(tuple(SECTORS))
        field, place, count = SECTORS[sector], pick(PLACES), self._random.randint(2, 400)
        thing = pick(field.things)
        day = self._days[at][: pick((4, 7, 10, 10))]
        self._ids.append(f"{slug(thing)}-{slug(place)}-{at}")
        yield f"  {self._ids[at]}:\n    title: {count} {thing} for {place}\n"
        yield f"    instrument: {pick(_INSTRUMENTS)}\n    flow: trade\n"
        yield f"    stage: {pick(_STAGES)}\n    date: {day}\n    date_kind: {pick(('signed', 'announced'))}\n"
        yield f"    place: {place}\n    sector: {sector}\n    tags: [{', '.join(field.tags[: 1 + at % 3])}]\n"
        yield f"    parties: [{', '.join(self._random.sample(self._party_ids, 2 + at % 2))}]\n"
        yield from self._claims(sources)
        yield f"    quantities:\n      - {{count: {count}, unit: {thing}, source: {sources[0]}}}\n"
        yield from self._relations(at)
        yield from self._updates(at, sources[0])
        yield f"    sources: [{', '.join(sources)}]\n"
        if at % 500 == 0:
            yield f"    note: Goes by way of the {RARE}.\n"
        elif at % 3 == 0:
            yield "    note: >-\n      The page names no day of signing and no seller; the place is that of the\n"
            yield f"      ceremony. Another {count // 2} {thing} are spoken of, without a date.\n"

    def _cited(self, at: int) -> list[str]:
        others = self._random.sample(self._sources, min(3, len(self._sources)))
        return list(dict.fromkeys((self._sources[at], *others)))[: 1 + at % 3]

    def _claims(self, sources: list[str]) -> Iterator[str]:
        if self._random.random() < 0.15:
            return
        tenths = int(10 ** self._random.uniform(1, 4.5))
        currency = "USD" if self._random.random() < 0.95 else self._random.choice(("EUR", "KZT"))
        yield "    values:\n"
        for at, source in enumerate(sources):
            said = self._random.choice(_FLOURISHES).format(_millions(tenths))
            preferred = ", rank: preferred, because: the newest" if at == 1 else ""
            yield f"      - {{value: {said} {currency}, measure: price, of: the order, source: {source}{preferred}}}\n"
            tenths = tenths * self._random.randint(80, 130) // 100

    def _relations(self, at: int) -> Iterator[str]:
        """Each score of deals has an umbrella, two of its parts, a loan and a replacement."""
        back = self._ids
        match at % 20:
            case 4 | 5:
                yield f"    part_of: {back[at - at % 20 + 3]}\n"
            case 6 if at > 20:
                yield f"    part_of: [{back[at - 3]}, {back[at - 23]}]\n"
            case 11:
                yield f"    finances: [{back[at - 1]}]\n"
            case 15:
                yield f"    supersedes: {back[at - 3]}\n"

    def _updates(self, at: int, source: str) -> Iterator[str]:
        year = int(self._days[at][:4])
        if at % 4 or year + 2 > _LAST_YEAR:
            return
        yield f"    updates:\n      - {{date: {year + 1}-03, text: The first were handed over., source: {source}}}\n"
        yield f"      - {{date: {year + 2}, text: Half are at work., source: {source}, stage: implementation}}\n"

    def _headlines(self) -> Iterator[str]:
        yield "\npackages:\n"
        for at in range(max(1, self._deals // 500)):
            source, other = self._random.sample(self._sources, 2)
            yield f"  visit-{at}:\n    title: Agreements of visit {at}\n    date: 2025-11\n    values:\n"
            yield f"      - {{value: about {self._random.randint(2, 40)}bn USD, source: {source}}}\n"
            yield f"      - {{value: {self._random.randint(2, 40)}bn USD, source: {other}}}\n"
            yield f"    quantities:\n      - {{count: {12 + at}, unit: agreements, source: {source}}}\n    members:\n"
            for deal in self._random.sample(self._ids, min(12, self._deals)):
                yield f"      - {{deal: {deal}, source: {source}}}\n"

    def _others(self) -> Iterator[str]:
        pick, few = self._random.choice, range(max(3, self._deals // 100))
        yield "\ntreaties:\n"
        for at in few:
            yield f"  treaty-{at}:\n    {{title: Convention {at}, signed: 1994, status: in force,"
            yield f" sources: [{pick(self._sources)}]}}\n"
        yield "\nindicators:\n"
        for at in few:
            yield f"  series-{at}:\n    title: Trade by customs post {at}\n    unit: USD\n    observations:\n"
            for year in range(2016, 2026):
                value, source = self._random.randint(1, 900), pick(self._sources)
                yield f"      - {{period: {year}, value: {value}m, source: {source}}}\n"
        yield "\nevents:\n"
        for at in few:
            yield f"  meeting-{at}:\n    {{title: Meeting {at}, date: {pick(self._days)}, place: {pick(PLACES)},"
            yield f" people: [{pick(PEOPLE)}], sources: [{pick(self._sources)}]}}\n"
        yield "\nstatements:\n"
        for at in few:
            yield f"  word-{at}: {{text: More is to come., by: {pick(PEOPLE)}, source: {pick(self._sources)}}}\n"


def _millions(tenths: int) -> str:
    scale, unit = ("bn", 10_000) if tenths >= 10_000 else ("m", 10)
    return f"{tenths / unit:.2f}".rstrip("0").rstrip(".") + scale
