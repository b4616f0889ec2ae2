"""Everything known about one entry: what the file holds, what counting makes of it, and who refers to it."""

# Annotations are evaluated here: Python compiles each that is text when it makes a NamedTuple, for every query.

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kzus.errors import UnknownIdError
from kzus.facts import entries
from kzus.facts.vocabulary import RELATIONS, SINGULAR
from kzus.index.kept import parse_body
from kzus.query.filters import predecessors
from kzus.query.listing import NOTE_COLUMN, Column

INVERSE = {
    "part_of": "parts",
    "finances": "financed_by",
    "supersedes": "superseded_by",
    "succeeds": "succeeded_by",
    "deal": "packages",
    "parties": "party_to",
    "sector": "in_sector",
    "sources": "cited_by",
}
"""What a mention is called from the other side."""
_HEADS = {
    "values": ("value", "of"),
    "quantities": ("count", "unit"),
    "dates": ("date", "kind"),
    "updates": ("text", "stage"),
    "members": ("deal", None),
    "observations": ("value", "basis"),
}
"""Per list of a record, the key of what an item says and of what it says it of."""
_COUNTED = ("stage", "amount_usd", "low_usd", "high_usd", "counted_usd", "reason")
_DISPUTABLE = ("deals", "packages", "indicators")


class Fact(NamedTuple):
    """One line of a record: a field with its value, and for a claim what it is of, by whom and when."""

    id: str
    field: str
    value: object
    detail: str | None = None
    source: str | None = None
    date: str | None = None
    note: str | None = None


RECORD_COLUMNS = (
    Column("id", about="of the entry that the line is about"),
    Column("field", about="the key of the fact file; cited has one line a source"),
    Column("value", about="what it says"),
    Column("detail", about="what a claim is of, or the title of an entry that is named"),
    Column("source", "sources", about="who says so"),
    Column("date", about="when it was said, or happened"),
    NOTE_COLUMN,
)


def find_record(index: sqlite3.Connection, name: str) -> dict[str, Any]:
    """Return the record of an entry by its id: the entry as in the file, then what follows from the others.

    Raises `UnknownIdError` naming the nearest ids.
    """
    found = index.execute("SELECT kind, body FROM entries WHERE id = ?", (name,)).fetchone()
    if found is None:
        raise UnknownIdError(name, (row[0] for row in index.execute("SELECT id FROM entries ORDER BY id")))
    # Figures of counting come from the index, where the rules have been applied; the rest is as in the file.
    kind, body = found
    record = {"id": name, "type": SINGULAR[kind], **parse_body(body)}
    cited_ids = entries.cited(record)
    if kind == "deals":
        record = {**record, **_counted(index, name), **_shown_by(record)}
    for field, others in _mentions(index, name).items():
        record.setdefault(field, others)
    if kind in _DISPUTABLE and (disagreed := _conflicts(index, name)):
        record["conflicts"] = disagreed
    cited = sources(index, cited_ids)
    return {**record, "cited": cited} if cited else record


def with_predecessors(index: sqlite3.Connection, record: dict[str, Any]) -> dict[str, Any]:
    """Add to the record of a party what those were party to whose place it took, each under a heading of its own."""
    found = dict(record)
    # A deal in which both stand is under the party itself already.
    shown = {each["id"] for each in record.get("party_to", ())}
    for former in predecessors(index, record["id"]) if record["type"] == "party" else ():
        others = [each for each in _mentions(index, former).get("party_to", ()) if each["id"] not in shown]
        shown |= {each["id"] for each in others}
        (name,) = index.execute("SELECT name FROM parties WHERE id = ?", (former,)).fetchone() or (former,)
        found[f"{name} was party to"] = others
    return found


def facts(record: Mapping[str, Any]) -> Iterator[Fact]:
    """Yield a record line by line, for a pipe or a page."""
    name = record["id"]
    published = {source["id"]: source.get("published") for source in record.get("cited", ())}
    for field, value in record.items():
        if field in ("id", "cited"):
            continue
        if field == "accept":
            yield from (Fact(name, field, rule, reason) for rule, reason in value.items())
            continue
        for item in value if isinstance(value, list) else [value]:
            if field in RELATIONS:
                yield _relation(name, field, item)
            elif not isinstance(item, dict):
                yield Fact(name, field, item)
            elif field == "conflicts":
                from kzus.query.conflicts.words import in_words

                yield Fact(name, field, *in_words(item))
            elif field in _HEADS:
                head, detail = _HEADS[field]
                # A claim is as old as its page; an update and a reading have a date of their own.
                own = item["date"] if field == "updates" else item.get("period")
                date = own or published.get(item["source"])
                yield Fact(name, field, item[head], item.get(detail or ""), item["source"], date, note(item))
            else:
                yield Fact(name, field, item["id"], item["title"])
    for source in record.get("cited", ()):
        text = f"{source['publisher']}: {source['title']}"
        yield Fact(name, "cited", text, source.get("url"), source["id"], source.get("published"))


def note(item: Mapping[str, Any]) -> str | None:
    """Return what a program must know beside what an item of a record says, in the words of the file."""
    measure = f"measure: {item['measure']}" if "measure" in item else ""
    apart = "" if item.get("counts", True) else "counts: false"
    return _joined_notes(measure, _deprecation(item), apart, *_voices(item))


def note_in_words(item: Mapping[str, Any]) -> str | None:
    """Return what a person must know beside what an item of a record says and its measure."""
    apart = "" if item.get("counts", True) else "not of the deal as a whole, not counted"
    return _joined_notes(_deprecation(item), apart, *_voices(item))


def _deprecation(item: Mapping[str, Any]) -> str:
    return f"deprecated: {item['because']}" if item.get("rank") == "deprecated" else ""


def _voices(item: Mapping[str, Any]) -> tuple[str, str]:
    return f"via {item['via']}" if "via" in item else "", item.get("note", "")


def _joined_notes(*parts: str) -> str | None:
    return "; ".join(filter(None, parts)) or None


def _relation(name: str, field: str, item: str | Mapping[str, Any]) -> Fact:
    if isinstance(item, str):
        return Fact(name, field, item)
    return Fact(name, field, item["deal"], "inferred" if item.get("inferred") else None, item.get("source"))


def _shown_by(deal: Mapping[str, Any]) -> dict[str, str]:
    """Return the source of the update that brought the stage of today; nothing if the deal itself has that stage."""
    # Its own `stage_source` shows an earlier stage then.
    brought = [update["source"] for update in deal.get("updates", ()) if "stage" in update]
    return {"stage_source": brought[-1]} if brought else {}


def _counted(index: sqlite3.Connection, name: str) -> dict[str, Any]:
    row = index.execute(f"SELECT {', '.join(_COUNTED)} FROM deals WHERE id = ?", (name,)).fetchone()  # noqa: S608 - our own names
    return dict(zip(_COUNTED, row, strict=True))


def _conflicts(index: sqlite3.Connection, name: str) -> list[dict[str, Any]]:
    """Return what sources disagree on and what a publisher revised, without what the record says anyway."""
    rows = index.execute(
        "SELECT what, unit, period, ratio, basis, claims FROM conflicts WHERE id = ? ORDER BY position", (name,)
    )
    keys = ("what", "unit", "period", "ratio", "basis")
    return [{**dict(zip(keys, own, strict=True)), "claims": json.loads(claims)} for *own, claims in rows]


def _mentions(index: sqlite3.Connection, name: str) -> dict[str, list[dict[str, str]]]:
    """Return who refers to an entry, by the name of the relation from this side."""
    rows = index.execute(
        "SELECT field, id, title FROM mentions JOIN entries ON id = entry WHERE target = ? ORDER BY position, field",
        (name,),
    )
    found: dict[str, list[dict[str, str]]] = {}
    for field, entry, title in rows:
        mention = {"id": entry, "title": title}
        others = found.setdefault(INVERSE.get(field, "cited_by"), [])
        # One entry may mention another under several keys that have the same name from this side.
        if mention not in others:
            others.append(mention)
    return found


def sources(index: sqlite3.Connection, names: Sequence[str]) -> list[dict[str, Any]]:
    """Return the sources of these ids whole, in file order."""
    rows = index.execute(
        "SELECT id, body FROM entries WHERE id IN (SELECT value FROM json_each(?)) ORDER BY position",
        (json.dumps(names),),
    )
    return [{"id": source, **parse_body(text)} for source, text in rows]
