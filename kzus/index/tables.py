"""The rows of the index, table by table, from checked facts: each a mapping from column to cell."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kzus.facts.deals import stated_claim
from kzus.facts.entries import cited, collections, related
from kzus.facts.vocabulary import RELATIONS
from kzus.index.deals import deal_rows
from kzus.index.search import entry_rows, hidden_name_rows, mention_rows, name_rows, spelling_rows
from kzus.values.amounts import parse_count, parse_reading, parse_value
from kzus.values.dates import end_of_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kzus.facts.entries import Entries

    Row = dict[str, object]

_PLAIN_COLLECTIONS = ("sectors", "sources", "parties", "treaties", "events", "statements")
"""Tables that hold what the entries say and nothing worked out: each column is a key."""
_TEXT_LISTS = frozenset(("aliases", "cites", "people"))


def table_rows(facts: Mapping[str, Any], whole: Mapping[str, Any] | None = None) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the tables of the index with their rows; one table may come in several goes.

    A row may lack columns, which are null then. `whole` are the facts of which a lens shows these.
    """
    every = dict(collections(facts))
    owners = {**every.get("deals", {}), **every.get("packages", {})}
    deals, party_shares = deal_rows(facts)
    entries = list(entry_rows(facts))
    yield "entries", entries
    yield "spellings", spelling_rows(entries)
    yield "names", name_rows(facts)
    yield "hidden_names", hidden_name_rows(facts, whole or facts)
    yield "mentions", mention_rows(facts)
    for table in _PLAIN_COLLECTIONS:
        yield table, _collection_rows(every.get(table, {}))
    yield "deals", deals
    yield "shares", party_shares
    yield "deal_parties", _each(every.get("deals", {}), "parties", "party")
    yield "deal_tags", _each(every.get("deals", {}), "tags", "tag")
    yield "relations", _relation_rows(every.get("deals", {}))
    yield "packages", _packages(every.get("packages", {}))
    yield "indicators", _indicators(every.get("indicators", {}))
    yield "claims", _claims(owners)
    yield "quantities", _quantities(owners)
    yield "dates", _dates(owners)
    yield "updates", _item_rows(every.get("deals", {}), "updates", "deal")
    yield "members", _member_rows(every.get("packages", {}))
    yield "observations", _observations(every.get("indicators", {}))
    yield "timeline", _timeline(every)


def _collection_rows(entries: Entries) -> Iterator[Row]:
    for position, (name, entry) in enumerate(entries.items()):
        days = _days(entry) if "date" in entry else {}
        yield {**_entry_cells(entry), **days, "id": name, "position": position}


def _entry_cells(entry: Mapping[str, Any]) -> Row:
    """Return the keys of an entry as cells: lists of ids joined, lists of texts as JSON."""
    cells: Row = {"sources": ",".join(cited(entry))}
    for key, cell in entry.items():
        if key in _TEXT_LISTS:
            cells[key] = json.dumps(cell, ensure_ascii=False)
        elif isinstance(cell, str):
            cells[key] = cell
        elif isinstance(cell, list) and key not in cells and all(isinstance(item, str) for item in cell):
            # Not `sources`, which stand there already, with those of the claims.
            cells[key] = ",".join(cell)
    return cells


def _days(entry: Mapping[str, Any]) -> Row:
    first, _, last = entry["date"].partition("/")
    return {"date": first, "until": last or None}


def _each(owners: Entries, key: str, column: str) -> Iterator[Row]:
    for name, owner in owners.items():
        yield from ({"deal": name, column: item} for item in owner.get(key, ()))


def _item_rows(owners: Entries, key: str, owner_column: str) -> Iterator[Row]:
    for name, owner in owners.items():
        for position, item in enumerate(owner.get(key, ())):
            yield {**item, owner_column: name, "position": position}


def _relation_rows(deals: Entries) -> Iterator[Row]:
    for name, deal in deals.items():
        for relation in RELATIONS:
            for item, other in zip(deal.get(relation, ()), related(deal, relation), strict=True):
                given = item if isinstance(item, dict) else {}
                yield {
                    "deal": name,
                    "relation": relation,
                    "other": other,
                    "source": given.get("source"),
                    "inferred": given.get("inferred", False),
                }


def _packages(packages: Entries) -> Iterator[Row]:
    for name, package in packages.items():
        stated = stated_claim(package.get("values", ()))
        yield {
            **_entry_cells(package),
            "id": name,
            "value": stated["value"] if stated else None,
            "count": package["quantities"][0]["count"] if "quantities" in package else None,
            # A set, since two sources may put one deal there.
            "members": len({member["deal"] for member in package.get("members", ())}),
        }


def _indicators(indicators: Entries) -> Iterator[Row]:
    for name, indicator in indicators.items():
        readings: Sequence[Mapping[str, Any]] = indicator["observations"]
        # Of several for the last period, max() takes the first in the file.
        latest = max(readings, key=lambda reading: end_of_period(reading["period"]))
        yield {
            **_entry_cells(indicator),
            "id": name,
            **{key: latest.get(key) for key in ("period", "value", "basis")},
            "observations": len(readings),
        }


def _claims(owners: Entries) -> Iterator[Row]:
    for name, owner in owners.items():
        claims = owner.get("values", ())
        stated = stated_claim(claims)
        for position, claim in enumerate(claims):
            value = parse_value(claim["value"])
            yield {
                **claim,
                "entry": name,
                "position": position,
                "currency": value.currency,
                "low": value.low,
                "high": value.high,
                "is_stated": claim is stated,
                "counts": claim.get("counts", True),
                "rank": claim.get("rank", "normal"),
            }


def _quantities(owners: Entries) -> Iterator[Row]:
    for row in _item_rows(owners, "quantities", "entry"):
        count = parse_count(str(row["count"]))
        yield {**row, "low": count.low, "high": count.high}


def _dates(owners: Entries) -> Iterator[Row]:
    for row in _item_rows(owners, "dates", "entry"):
        yield {"kind": owners[str(row["entry"])].get("date_kind", "announced"), **row}


def _member_rows(packages: Entries) -> Iterator[Row]:
    for name, package in packages.items():
        for member in package.get("members", ()):
            joint = ",".join(member.get("together_with", ())) or None
            yield {**member, "package": name, "together_with": joint, "beside": member.get("beside", False)}


def _observations(indicators: Entries) -> Iterator[Row]:
    for row in _item_rows(indicators, "observations", "indicator"):
        low, high = parse_reading(str(row["value"]))
        yield {**row, "low": low, "high": high}


def _timeline(every: Mapping[str, Entries]) -> Iterator[Row]:
    for name, deal in every.get("deals", {}).items():
        # With the stage of that day; updates bring later ones.
        yield _happening(name, deal, 0, f"deal {deal['date_kind']}", date=deal["date"], stage=deal["stage"])
        for position, update in enumerate(deal.get("updates", ()), start=1):
            more = {key: update.get(key) for key in ("date", "text", "stage")}
            yield _happening(name, deal, position, "deal update", **more, sources=update["source"])
    for name, event in every.get("events", {}).items():
        yield _happening(name, event, 0, "event", date=_days(event)["date"])
    for name, treaty in every.get("treaties", {}).items():
        for position, (key, kind) in enumerate((("signed", "treaty signed"), ("in_force", "treaty in force"))):
            if key in treaty:
                yield _happening(name, treaty, position, kind, date=treaty[key])


def _happening(name: str, entry: Mapping[str, Any], position: int, kind: str, **more: object) -> Row:
    row = {"text": entry["title"], "sector": entry.get("sector"), "sources": ",".join(cited(entry))}
    return {**row, "id": name, "position": position, "kind": kind, **more}
