"""Where sources disagree on what a deal, a package or an indicator comes to."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING, Any

from kzus.errors import UsageError
from kzus.facts.vocabulary import CONFLICT_KINDS, OVERLENT, REVISION, SAME, SINGULAR
from kzus.query.filters import conditions
from kzus.query.listing import NOTE_COLUMN, STAGE, TEXT, Column, dates, sort_items, sort_keys

if TYPE_CHECKING:
    from kzus.query.filters import Filter

    Conflict = dict[str, Any]
    """What stands in `CONFLICT_COLUMNS`, those of its claims in objects under `claims`, the largest first."""

_OWN_COLUMNS = (
    Column("id", "id", about="of the deal, package or indicator"),
    Column("kind", about="deal, package or indicator"),
    Column("title", about="what it is"),
    Column("what", about="value, share of an umbrella, count, reading, date, stage, or one of the kinds in the help"),
    Column("unit", about="currency, what is counted, or what happened then"),
    Column("period", "date", about="that a reading stands for, or the day of a stage"),
    Column(
        "ratio",
        "ratio",
        about="the largest figure by the smallest; empty for dates, stages and where the smallest is 0",
    ),
    Column("basis", about="whether the claims measure the same, different things, or that is unclear"),
)
_CLAIM_COLUMNS = (
    Column("value", "value", about="the claim, as written"),
    Column("low", "number", about="of the claim, in the unit"),
    Column("high", "number", about="of the claim, in the unit"),
    Column("of", about="what it measures"),
    Column("source", "sources", about="id of the source"),
    Column("publisher", about="who published it"),
    Column("published", "date", about="when"),
    Column("via", about="whom the source itself names"),
    NOTE_COLUMN,
)
CONFLICT_COLUMNS = (*_OWN_COLUMNS, *_CLAIM_COLUMNS)
_DATE = (
    "coalesce(period, (SELECT date FROM deals WHERE id = found.id), (SELECT date FROM packages WHERE id = found.id))"
)
_MENTIONING = "id IN (SELECT entry FROM mentions WHERE field = '{}' AND target IN ({{}}))"
_OF_DEALS = "id IN (SELECT id FROM deals WHERE {} IN ({{}}))"
CONFLICT_FILTERS = {
    "text": TEXT,
    "sector": _MENTIONING.format("sector"),
    "party": _MENTIONING.format("parties"),
    "instrument": _OF_DEALS.format("instrument"),
    "stage": f"id IN (SELECT id FROM deals WHERE {STAGE})",  # noqa: S608 - our own names
    "tag": "id IN (SELECT deal FROM deal_tags WHERE tag IN ({}))",
    "package": "id IN (SELECT deal FROM (SELECT package, deal FROM members UNION SELECT id, id FROM packages)"
    " WHERE package IN ({}))",
    **dates(f"replace({_DATE}, rtrim({_DATE}, replace({_DATE}, '/', '')), '')", until=_DATE),
}
"""A package is found by its own id as well."""
BETWEEN_DEALS = frozenset(("share", OVERLENT))
"""Conflicts of figures of different deals, about none of which sources need to disagree."""
_OF_CLAIMS = tuple(column.name for column in _CLAIM_COLUMNS)
_CONFLICT_KEYS = (*(column.name for column in _OWN_COLUMNS), "claims")


def find_conflicts(index: sqlite3.Connection, asked: "Filter", min_ratio: float | None = None) -> "list[Conflict]":
    """Return the conflicts of all deals, packages and indicators, the subject with the widest one first.

    What a publisher revised is none: only the record of an entry has it.
    """
    if min_ratio is not None and not 1 <= min_ratio < inf:
        raise UsageError(
            f"--min-ratio: {min_ratio:g} is no ratio of the largest to the smallest; write 1 or more, as in 1.5"
        )
    where, bound, _ = conditions(index, CONFLICT_FILTERS, asked)
    rows = index.execute(
        "SELECT id, kind, title, what, unit, period, ratio, basis, claims"  # noqa: S608 - our own names
        f" FROM (SELECT * FROM conflicts AS found{where}) AS found JOIN entries USING (id)"
        " WHERE what <> ? ORDER BY found.position",
        (*bound, REVISION),
    )
    found = [dict(zip(_CONFLICT_KEYS, row, strict=True)) for row in rows]
    found = [{**each, "kind": SINGULAR[each["kind"]], "claims": json.loads(each["claims"])} for each in found]
    found = [each for each in found if min_ratio is None or _has_ratio(each, min_ratio)]
    # An entry stands where its widest conflict does, with all others of it behind that.
    widest: dict[str, float] = {}
    for each in found:
        widest[each["id"]] = max(widest.get(each["id"], 0), _width(each))
    return sorted(found, key=lambda each: (-widest[each["id"]], each["id"], -_width(each), *_conflict_order(each)))


def group_of(conflict: "Mapping[str, Any]") -> int:
    """Tell what sources contradict one another about (0) from deals that don't fit together (1) and one figure (2)."""
    return 2 if conflict["what"] == SAME else int(conflict["what"] in BETWEEN_DEALS)


def worst_first(found: "Iterable[Conflict]") -> "list[Conflict]":
    """Sort conflicts for a person: the widest apart first, whatever they are about, and what is none at the end."""
    return sorted(found, key=lambda each: (group_of(each), -_width(each), each["id"], *_conflict_order(each)))


def ordered(found: "list[Conflict]", sort: str | None, limit: int | None) -> "list[Conflict]":
    """Sort and cut conflicts without tearing one apart: a column of claims sorts those within each."""
    # Sorting keeps the order of equal conflicts, so the key that decides first comes last.
    for name, is_descending in reversed(sort_keys(sort or "")):
        key = f"{'-' * is_descending}{name}"
        if name in _OF_CLAIMS:
            claims = (sort_items(each["claims"], CONFLICT_COLUMNS, key, _sorted_cell) for each in found)
            found = [{**each, "claims": own} for each, own in zip(found, claims, strict=True)]
        else:
            found = sort_items(found, CONFLICT_COLUMNS, key, _sorted_cell)
    return found[:limit]


def _sorted_cell(row: "Mapping[str, Any]", name: str) -> object:
    """Return what a conflict or a claim is sorted by: of an amount what is compared, for its currency may differ."""
    return row[name] if name != "value" or row["low"] is None else row["low"]


def claim_rows(conflict: "Conflict") -> Iterator[tuple[object, ...]]:
    """Yield one row a claim, in `CONFLICT_COLUMNS`."""
    *own, claims = conflict.values()
    for claim in claims:
        yield (*own, *claim.values())


def with_columns(conflict: "Conflict", names: Sequence[str]) -> "Conflict":
    """Return a conflict with its claims, or only the columns that are named."""
    if not names:
        return conflict
    claims = [{name: claim[name] for name in names if name in _OF_CLAIMS} for claim in conflict["claims"]]
    own = {name: conflict[name] for name in names if name not in _OF_CLAIMS}
    return {**own, "claims": claims} if any(claims) else own


def _has_ratio(conflict: "Conflict", least: float) -> bool:
    """Compare exactly, as written: a float of 1.1 isn't the 1.1 that was typed."""
    from fractions import Fraction

    # Its ratio is that of all loans together; the largest figure by the smallest would be another one.
    if conflict["what"] == OVERLENT and conflict["ratio"] is not None:
        return bool(conflict["ratio"] >= least)
    # Where the smallest is 0, no ratio is too much to ask; words and dates have none at all.
    if conflict["ratio"] is None:
        return _has_figures(conflict)
    ends = [abs(Fraction(str(claim[end]))) for claim in conflict["claims"] for end in ("low", "high")]
    # Multiplied, so that a smallest of 0 divides nothing.
    return max(ends) >= Fraction(str(least)) * min(ends)


def _width(conflict: "Conflict") -> float:
    if conflict["ratio"] is None:
        return inf if _has_figures(conflict) else 0
    return float(conflict["ratio"])


def _has_figures(conflict: "Conflict") -> bool:
    """Tell whether its claims are numbers, and no words or dates."""
    return conflict["claims"][0]["low"] is not None


def _conflict_order(conflict: "Conflict") -> tuple[object, ...]:
    return CONFLICT_KINDS.index(conflict["what"]), conflict["period"] or ""
