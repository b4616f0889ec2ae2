"""The rows of the index, table by table, from checked facts."""

from __future__ import annotations

import json
from itertools import count as running
from typing import TYPE_CHECKING, Any

from kzus.counting import rules as counting
from kzus.counting.rules import Stake
from kzus.facts.claims import counting as counting_claims
from kzus.facts.claims import stated
from kzus.facts.mentions import cited, related, targets
from kzus.facts.vocabulary import RELATIONS, SINGULAR
from kzus.query import left_out as omissions
from kzus.values import amounts as values
from kzus.values.names import composed, fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kzus.facts.model import Deal

    Row = tuple[object, ...]
    Entries = Mapping[str, Mapping[str, Any]]

TITLES = {"sectors": "label", "parties": "name", "statements": "text"}
"""Which key of an entry names it, where that isn't its title."""
_NAMED = ("sectors", "parties")
_PLAIN = {
    "sectors": ("label", "dac", "aliases", "note"),
    "sources": ("title", "publisher", "kind", "published", "language", "url", "cites", "note"),
    "parties": ("name", "country", "kind", "aliases", "note"),
    "treaties": ("title", "signed", "in_force", "citation", "status", "status_as_of", "sector", "sources", "note"),
    "events": ("date", "title", "place", "people", "parties", "sector", "text", "sources", "note"),
    "statements": ("date", "by", "text", "sector", "sources", "via", "note"),
}
"""Tables that hold what the entries say and nothing worked out."""
_TEXT_LISTS = frozenset(("aliases", "cites", "people"))
_SILENT = frozenset(
    "source sources stage_source url archive retrieved language accept flow payer payee measure rank".split()
)
"""Keys whose text no search looks in: addresses, parties once more, and words by which half of all deals are found."""


def collections(facts: Mapping[str, Any]) -> Iterator[tuple[str, Entries]]:
    """Yield each collection of the file by its name, in file order."""
    for name, entries in facts.items():
        if name in SINGULAR:
            yield name, entries


def entries(facts: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield each entry of the file with the name of its collection and its id, in file order."""
    for kind, found in collections(facts):
        for name, entry in found.items():
            yield kind, name, entry


def rows(facts: Mapping[str, Any]) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the tables of the index with their rows; one table may come in several goes."""
    every = dict(collections(facts))
    deals, packages = facts.get("deals", {}), every.get("packages", {})
    indicators = every.get("indicators", {})
    yield "entries", _entries(every)
    yield "names", _names(every)
    yield "mentions", _mentions(every)
    for table, fields in _PLAIN.items():
        yield table, _plain(every.get(table, {}), fields)
    yield "deals", _deals(deals)
    yield "deal_parties", ((i, party) for i, deal in deals.items() for party in deal["parties"])
    yield "deal_tags", ((i, tag) for i, deal in deals.items() for tag in deal.get("tags", ()))
    yield (
        "relations",
        ((i, kind, other) for i, deal in deals.items() for kind in RELATIONS for other in related(deal, kind)),
    )
    yield "packages", _packages(packages)
    yield "indicators", _indicators(indicators)
    for owners in (every.get("deals", {}), packages):
        yield "claims", _claims(owners)
        yield "quantities", _quantities(owners)
        yield "dates", _dates(owners)
    yield "updates", _items(every.get("deals", {}), "updates", ("date", "text", "stage", "source", "via"))
    yield (
        "members",
        ((i, m["deal"], m["source"], m.get("note")) for i, p in packages.items() for m in p.get("members", ())),
    )
    yield "observations", _observations(indicators)
    yield "timeline", _timeline(every)


def stake(deal: Deal) -> Stake:
    """Reduce a deal to what counting looks at."""
    claims = counting_claims(deal.get("values", ()))
    read = [
        (values.parse_value(claim["value"]), values.parse_value(claim["usd"]) if "usd" in claim else None)
        for claim in claims
    ]
    said = stated(claims)
    amounts, abroad = counting.weigh(read, claims.index(said) if said else 0)
    return Stake(current_stage(deal), amounts, abroad, *(related(deal, relation) for relation in RELATIONS))


def current_stage(deal: Deal) -> str:
    """Return the stage that the last update with one brought, else the one on the deal's date."""
    later = [update["stage"] for update in deal.get("updates", ()) if "stage" in update]
    return later[-1] if later else deal["stage"]


def _plain(entries: Entries, fields: Sequence[str]) -> Iterator[Row]:
    for at, (i, entry) in enumerate(entries.items()):
        yield (i, at, *(_cell(entry, field) for field in fields))


def _cell(entry: Mapping[str, Any], field: str) -> Any:
    if field == "sources":
        return ",".join(cited(entry))
    cell = entry.get(field)
    if field == "date" and cell:
        return cell.partition("/")[0]
    if isinstance(cell, list):
        return json.dumps(cell, ensure_ascii=False) if field in _TEXT_LISTS else ",".join(cell)
    return cell


def _items(owners: Entries, key: str, fields: Sequence[str]) -> Iterator[Row]:
    for i, owner in owners.items():
        for at, item in enumerate(owner.get(key, ())):
            yield (i, at, *(item.get(field) for field in fields))


def _deals(deals: Mapping[str, Deal]) -> Iterator[Row]:
    stakes = {i: stake(deal) for i, deal in deals.items()}
    counts = counting.count(stakes)
    newest_first = sorted(sorted(deals), key=lambda i: (deals[i]["date"], _worth(stakes[i])), reverse=True)
    for i in newest_first:
        deal, counted, amounts = deals[i], counts[i], stakes[i].amounts or (None, None, None)
        yield (
            i,
            *(_cell(deal, field) for field in ("title", "date", "date_kind", "sector", "tags")),
            *(deal["instrument"], current_stage(deal), deal.get("stage_as_of"), _cell(deal, "parties")),
            _stated_text(deal),
            *amounts,
            *counted.amounts,
            counted.reason,
            omissions.rule(counted.reason),
            *(_cell(deal, field) for field in ("sources", "place", "note")),
        )


def _worth(stake: Stake) -> int:
    return stake.amounts.stated if stake.amounts else -1


def _packages(packages: Entries) -> Iterator[Row]:
    for i, package in packages.items():
        first = package["quantities"][0]["count"] if "quantities" in package else None
        members = len({member["deal"] for member in package.get("members", ())})
        head = (package["title"], package.get("date"), package.get("place"))
        yield (i, *head, _stated_text(package), first, members, _cell(package, "sources"), package.get("note"))


def _indicators(indicators: Entries) -> Iterator[Row]:
    for i, indicator in indicators.items():
        readings = indicator["observations"]
        latest = max(readings, key=lambda reading: reading["period"].rpartition("/")[2])
        head = (indicator["title"], indicator["unit"], indicator.get("sector"))
        reading = (latest["period"], latest["value"], latest.get("basis"), len(readings))
        yield (i, *head, *reading, _cell(indicator, "sources"), indicator.get("note"))


def _claims(owners: Entries) -> Iterator[Row]:
    for i, owner in owners.items():
        claims = owner.get("values", ())
        said = stated(claims)
        for at, claim in enumerate(claims):
            value = values.parse_value(claim["value"])
            read = (claim["value"], value.currency, value.low, value.high)
            by = (claim.get(field) for field in ("usd", "of", "source"))
            yield (i, at, *read, *by, claim is said, claim.get("via"), claim.get("note"))


def _quantities(owners: Entries) -> Iterator[Row]:
    for i, at, count, *rest in _items(owners, "quantities", ("count", "unit", "source", "via", "note")):
        read = values.parse_count(str(count))
        yield (i, at, count, read.low, read.high, *rest)


def _dates(owners: Entries) -> Iterator[Row]:
    for i, at, date, kind, *rest in _items(owners, "dates", ("date", "kind", "source", "via", "note")):
        yield (i, at, date, kind or owners[str(i)].get("date_kind", "announced"), *rest)


def _observations(indicators: Entries) -> Iterator[Row]:
    fields = ("period", "value", "basis", "source", "via", "note")
    for i, at, period, value, *rest in _items(indicators, "observations", fields):
        yield (i, at, period, value, *values.parse_reading(str(value)), *rest)


def _timeline(every: Mapping[str, Entries]) -> Iterator[Row]:
    for i, deal in every.get("deals", {}).items():
        sector = deal["sector"]
        announced = (f"deal {deal['date_kind']}", deal["title"], deal["stage"])
        yield deal["date"], i, 0, *announced, sector, _cell(deal, "sources")
        for at, update in enumerate(deal.get("updates", ()), start=1):
            yield update["date"], i, at, "deal update", update["text"], update.get("stage"), sector, update["source"]
    for i, event in every.get("events", {}).items():
        yield _cell(event, "date"), i, 0, "event", event["title"], None, event.get("sector"), _cell(event, "sources")
    for i, treaty in every.get("treaties", {}).items():
        for at, (field, kind) in enumerate((("signed", "treaty signed"), ("in_force", "treaty in force"))):
            if field in treaty:
                said = (treaty["title"], None, treaty.get("sector"), _cell(treaty, "sources"))
                yield treaty[field], i, at, kind, *said


def _stated_text(entry: Mapping[str, Any]) -> str | None:
    said = stated(entry.get("values", ()))
    return said["value"] if said else None


def _entries(every: Mapping[str, Entries]) -> Iterator[Row]:
    called = {i: _called(kind, i, entry).values() for kind in _NAMED for i, entry in every.get(kind, {}).items()}
    at = running()
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for kind, entries in every.items():
        naming = TITLES.get(kind, "title")
        apart = {naming, "aliases", "sector", "parties", *_SILENT}
        for i, entry in entries.items():
            texts = (
                entry.get("aliases", ()),
                _words(entry, apart),
                [name for party in entry.get("parties", ()) for name in called.get(party, ())],
                called.get(entry.get("sector", ""), ()),
            )
            yield (
                next(at),
                i,
                kind,
                composed(entry[naming]),
                encode(entry),
                *(composed(" · ".join(text)) for text in texts),
            )


def _called(kind: str, i: str, entry: Mapping[str, Any]) -> dict[str, str]:
    """Return what a sector or party is called, its id last, each under what it is folded to."""
    called: dict[str, str] = {}
    for name in (entry[TITLES[kind]], *entry.get("aliases", ()), i):
        called.setdefault(fold(name), name)
    return called


def _words(node: Mapping[str, Any], silent: Collection[str] = _SILENT) -> list[str]:
    """Return every text of an entry that a person would look for, but for what stands under a `silent` key of it."""
    words: list[str] = []
    for key, value in node.items():
        if key not in silent:
            for item in value if isinstance(value, list) else (value,):
                if isinstance(item, str):
                    words.append(item)
                elif isinstance(item, dict):
                    words += _words(item)
    return words


def _names(every: Mapping[str, Entries]) -> Iterator[Row]:
    for kind in _NAMED:
        for i, entry in every.get(kind, {}).items():
            yield from ((kind, name, i) for name in _called(kind, i, entry))


def _mentions(every: Mapping[str, Entries]) -> Iterator[Row]:
    for entries in every.values():
        for i, entry in entries.items():
            yield from ((i, field, target) for field, target in targets(entry))
