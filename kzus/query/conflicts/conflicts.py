"""Where sources disagree on what a deal, a package or an indicator comes to."""

# Annotations are evaluated here: Python compiles each that is text when it makes a NamedTuple, for every query.

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from math import inf
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from kzus.counting.disagreement import (
    ComparedFigure,
    contradictions,
    repeated,
    revisions,
    span,
    span_of_date,
    span_of_word,
)
from kzus.errors import UsageError
from kzus.facts.vocabulary import SINGULAR
from kzus.query.conflicts.of_deals import lent, share_conflicts
from kzus.query.conflicts.rows import (
    CONFLICT_FILTERS,
    FIGURES,
    LENT,
    REVISION,
    SAME,
    Conflict,
    ConflictingClaim,
    in_words,
    rounded_ratio,
)
from kzus.query.filters import conditions
from kzus.query.listing import in_order, sort_keys
from kzus.values.names import fold

if TYPE_CHECKING:
    from kzus.counting.disagreement import Span
    from kzus.query.filters import Filter

__all__ = ["find_conflicts", "in_words", "of_entry", "ordered", "worst_first"]
_ORDER = ("value", "share", LENT, "count", "reading", SAME, "date", "stage", REVISION)
_ROUNDING_SCALES = ("k", "m", "bn", "tn")


class _Row(NamedTuple):
    """A figure with all that is known of it; `part` names what it measures if that isn't the whole."""

    id: str
    kind: str
    title: str
    what: str
    unit: str
    period: str | None
    value: str
    low: Any
    high: Any
    currency: str | None
    usd: str | None
    of: str | None
    source: str
    publisher: str
    published: str | None
    via: str | None
    note: str | None
    measure: str | None
    part: str | None


def find_conflicts(index: sqlite3.Connection, asked: "Filter", min_ratio: float | None = None) -> list[Conflict]:
    """Return the conflicts of all deals, packages and indicators, the subject with the widest one first.

    What a publisher revised is none: only `of_entry` has it.
    """
    if min_ratio is not None and not 1 <= min_ratio < inf:
        raise UsageError(f"--min-ratio: {min_ratio:g} is not the largest by the smallest; write 1 or more, as in 1.5")
    where, bound, _ = conditions(index, CONFLICT_FILTERS, asked)
    every = [each for each in _every(index, where, bound) if each.what != REVISION]
    found = [each for each in every if min_ratio is None or _has_ratio(each, min_ratio)]
    widest: dict[str, float] = {}
    for each in found:
        widest[each.id] = max(widest.get(each.id, 0), _width(each))
    return sorted(found, key=lambda each: (-widest[each.id], each.id, -_width(each), *_conflict_order(each)))


def worst_first(found: Iterable[Conflict]) -> list[Conflict]:
    """Sort conflicts for a person: the widest apart first, whatever they are about, and what is none at the end."""
    return sorted(found, key=lambda each: (each.what == SAME, -_width(each), each.id, *_conflict_order(each)))


def ordered(found: list[Conflict], sort: str | None, limit: int | None) -> list[Conflict]:
    """Sort and cut conflicts without tearing one apart: a column of claims sorts those within each."""
    for name, is_descending in reversed(sort_keys(sort or "")):
        key = attrgetter(name)
        if name in ConflictingClaim._fields:
            claims = (in_order(each.claims, key, is_descending=is_descending) for each in found)
            found = [each._replace(claims=tuple(own)) for each, own in zip(found, claims, strict=True)]
        else:
            found = in_order(found, key, is_descending=is_descending)
    return found[:limit]


def of_entry(index: sqlite3.Connection, name: str) -> list[Conflict]:
    """Return the conflicts of one entry, and what a publisher revised."""
    return sorted(_every(index, " WHERE id = ?", [name]), key=_conflict_order)


def _every(index: sqlite3.Connection, where: str, bound: Sequence[object]) -> Iterator[Conflict]:
    yield from _read_conflicts(index, where, bound)
    yield from share_conflicts(index, where, bound)
    yield from lent(index, where, bound)


def _read_conflicts(index: sqlite3.Connection, where: str, bound: Sequence[object]) -> Iterator[Conflict]:
    rows = index.execute(
        "SELECT found.id, entries.kind, entries.title, what, unit, period, value, low, high, currency, usd, of, source,"  # noqa: S608 - our own names
        " publisher, published, found.via, found.note, measure, part"
        f" FROM (SELECT * FROM ({FIGURES}) AS found{where}) AS found"
        " JOIN entries USING (id) JOIN sources ON sources.id = source ORDER BY entries.position, place",
        bound,
    )
    things: dict[tuple[object, ...], list[_Row]] = {}
    amounts: dict[str, list[_Row]] = {}
    for row in map(_Row._make, rows):
        thing = (row.id, row.what, fold(row.unit), row.period, row.measure, fold(row.part or ""))
        things.setdefault(thing, []).append(row)
        if row.what == "value":
            amounts.setdefault(row.id, []).append(row)
    for same in filter(_has_two_sources, things.values()):
        figures = [_figure(row) for row in same]
        yield from (_conflict(same, figures, group) for group in contradictions(figures))
        yield from (_revision(same, figures, group) for group in revisions(figures))
    for same in filter(_has_two_sources, amounts.values()):
        yield from (_repeated(same, group) for group in repeated([_figure(row) for row in same]))


def _has_two_sources(rows: Sequence[_Row]) -> bool:
    return any(row.source != rows[0].source for row in rows)


def _conflict(rows: Sequence[_Row], figures: Sequence[ComparedFigure], group: Sequence[int]) -> Conflict:
    """Set the figures of one thing against each other, the largest first, in dollars unless they share a currency."""
    first = rows[group[0]]
    currency, *others = {figures[at].currency for at in group}
    spans = [figures[at].dollars if others else figures[at].span for at in group]
    is_number = first.what not in ("date", "stage")
    claims = [_claim(rows[at], span if is_number else None) for at, span in zip(group, spans, strict=True)]
    claims.sort(key=lambda claim: (-(claim.high or 0), -(claim.low or 0)))
    unit = first.unit or ("USD" if others else str(currency))
    head = (first.id, SINGULAR[first.kind], first.title, first.what, unit, first.period)
    return Conflict(*head, _ratio(claims), _basis(figures[at].of for at in group), tuple(claims))


def _revision(rows: Sequence[_Row], figures: Sequence[ComparedFigure], group: Sequence[int]) -> Conflict:
    found = _conflict(rows, figures, group)
    return found._replace(what=REVISION, claims=tuple(sorted(found.claims, key=lambda claim: claim.published or "")))


def _repeated(rows: Sequence[_Row], group: Sequence[int]) -> Conflict:
    """Name what the same number is given for, and the measure where that differs."""
    first = rows[group[0]]
    differs = len({rows[at].measure for at in group}) > 1
    claims = []
    for row in (rows[at] for at in group):
        of = ": ".join(filter(None, (row.measure, row.of))) if differs else row.of
        claims.append(_claim(row, _figure(row).span)._replace(of=of))
    head = (first.id, SINGULAR[first.kind], first.title, SAME, str(first.currency), None)
    return Conflict(*head, 1.0, "different", tuple(claims))


def _basis(things: Iterable[str]) -> str:
    named = set(things)
    if len(named) == 1:
        return "same"
    return "different" if len(named - {""}) > 1 else "unclear"


def _figure(row: _Row) -> ComparedFigure:
    own, dollars = _span_of_row(row), None
    if row.usd:
        from kzus.values.amounts import parse_value

        read = parse_value(row.usd)
        dollars = span(row.usd, read.low, read.high)
    elif row.currency == "USD":
        dollars = own
    of = "" if row.what in ("date", "stage") else fold(row.of or "")
    by = (fold(row.publisher), row.published or "", fold(row.via or ""))
    return ComparedFigure(row.source, of, row.currency, own, dollars, row.measure or "", *by)


def _span_of_row(row: _Row) -> "Span":
    if row.what == "date":
        return span_of_date(row.value)
    if row.what == "stage":
        return span_of_word(row.value)
    return span(row.value, _as_number(row.low), _as_number(row.high), is_exact=_counts_things(row))


def _counts_things(row: _Row) -> bool:
    """Tell whether a figure counts things; a reading does unless it is of money, a share, or written as rounded."""
    if row.what != "reading":
        return row.what == "count"
    is_rounded = row.value.endswith(_ROUNDING_SCALES) or "." in row.value
    return not (is_rounded or row.unit == "%" or _is_currency(row.unit))


def _is_currency(unit: str) -> bool:
    """Tell whether a unit has the form of an ISO 4217 code; the list of these is read for a check only."""
    return len(unit) == len("USD") and unit.isascii() and unit.isupper()


def _claim(row: _Row, seen: "Span | None") -> ConflictingClaim:
    low, high = (seen.low, seen.high) if seen else (None, None)
    return ConflictingClaim(row.value, low, high, row.of, row.source, row.publisher, row.published, row.via, row.note)


def _as_number(read: float | str) -> float:
    """Read the exact decimals of a series, which are text, as the numbers that JSON has."""
    return read if not isinstance(read, str) else float(read) if "." in read else int(read)


def _ratio(claims: list[ConflictingClaim]) -> float | None:
    ends = [end for claim in claims for end in (claim.low, claim.high) if end is not None]
    if not ends or min(ends) <= 0 <= max(ends):
        return None
    low, high = sorted((abs(min(ends)), abs(max(ends))))
    return rounded_ratio(high, low)


def _has_ratio(conflict: Conflict, least: float) -> bool:
    """Compare exactly, as written: a float of 1.1 isn't the 1.1 that was typed."""
    from fractions import Fraction

    if conflict.what == LENT and conflict.ratio is not None:
        return conflict.ratio >= least
    if conflict.ratio is None:
        return conflict.has_figures
    ends = [abs(Fraction(str(end))) for claim in conflict.claims for end in claim[1:3] if end is not None]
    return max(ends) >= Fraction(str(least)) * min(ends)


def _width(conflict: Conflict) -> float:
    if conflict.ratio is None:
        return inf if conflict.has_figures else 0
    return conflict.ratio


def _conflict_order(conflict: Conflict) -> tuple[object, ...]:
    return _ORDER.index(conflict.what), conflict.period or ""
