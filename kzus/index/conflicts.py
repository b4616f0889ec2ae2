"""The conflicts of the index: where sources disagree on what a deal, a package or an indicator comes to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from kzus.counting.disagreement import (
    ComparedFigure,
    Conflict,
    ConflictingClaim,
    contradictions,
    repeated,
    revisions,
    rounded_ratio,
    span,
    span_of_date,
    span_of_word,
)
from kzus.facts.vocabulary import CONFLICT_KINDS, REVISION, SAME
from kzus.index.deal_conflicts import lent, share_conflicts
from kzus.values.amounts import parse_value
from kzus.values.names import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from kzus.counting.disagreement import Span

_ELSEWHERE = "EXISTS (SELECT 1 FROM {0} AS other WHERE other.{1} = {0}.{1} AND other.source <> {0}.source)"
# A stage has its day for a period: only what is told of one and the same day is compared.
_COMPARED_FIGURES = f"""
    SELECT entry AS id, 'value' AS what, '' AS unit, NULL AS period, position AS place, value, low, high,
        currency, usd, "of", source, via, note, measure,
        CASE WHEN NOT counts THEN coalesce("of", '#' || position) END AS part
        FROM claims WHERE rank <> 'deprecated' AND {_ELSEWHERE.format("claims", "entry")}
    UNION ALL SELECT entry, 'count', unit, NULL, position, "count", low, high, NULL, NULL, NULL, source, via, note,
        NULL, NULL FROM quantities WHERE {_ELSEWHERE.format("quantities", "entry")}
    UNION ALL SELECT indicator, 'reading', (SELECT unit FROM indicators WHERE id = indicator), period, position, value,
        low, high, NULL, NULL, basis, source, via, note, NULL, NULL FROM observations
        WHERE {_ELSEWHERE.format("observations", "indicator")}
    UNION ALL SELECT entry, 'date', kind, NULL, position, date, date, date, NULL, NULL, NULL, source, via, note,
        NULL, NULL FROM dates WHERE {_ELSEWHERE.format("dates", "entry")}
    UNION ALL SELECT deal, 'stage', 'stage', date, position, stage, stage, stage, NULL, NULL, text, source, via, NULL,
        NULL, NULL FROM updates WHERE stage IS NOT NULL
    UNION ALL SELECT id, 'stage', 'stage', body ->> '$.date', -1, body ->> '$.stage', NULL, NULL, NULL, NULL, NULL,
        body ->> '$.stage_source', NULL, NULL, NULL, NULL FROM entries
        WHERE kind = 'deals' AND body ->> '$.stage_source' IS NOT NULL
"""  # noqa: S608 - our own names
"""Rows of figures as `found`, in the words of the file; an entry of which one source speaks has none.

A deprecated claim isn't among them. `part` keeps a claim that doesn't count from being compared with claims about
something else.
"""
_ROUNDING_SCALES = ("k", "m", "bn", "tn")


def conflict_rows(index: sqlite3.Connection) -> Iterator[dict[str, object]]:
    """Yield the rows of the table `conflicts` of an index that has all other tables, those of an entry in order."""
    found = [*_figure_conflicts(index), *share_conflicts(index), *lent(index)]
    found.sort(key=lambda each: (each.id, CONFLICT_KINDS.index(each.what), each.period or ""))
    for position, conflict in enumerate(found):
        claims = [claim._asdict() for claim in conflict.claims]
        yield {**conflict._asdict(), "position": position, "claims": json.dumps(claims, ensure_ascii=False)}


class _Row(NamedTuple):
    """A figure with all that is known of it; `part` names what it measures if that isn't the whole."""

    id: str
    what: str
    unit: str
    period: str | None
    place: int
    value: str
    low: Any
    high: Any
    currency: str | None
    usd: str | None
    of: str | None
    source: str
    via: str | None
    note: str | None
    measure: str | None
    part: str | None
    publisher: str
    published: str | None


def _figure_conflicts(index: sqlite3.Connection) -> Iterator[Conflict]:
    rows = index.execute(
        f"SELECT found.*, publisher, published FROM ({_COMPARED_FIGURES}) AS found"  # noqa: S608 - our own names
        " JOIN entries USING (id) JOIN sources ON sources.id = source ORDER BY entries.position, place"
    )
    things: dict[tuple[object, ...], list[_Row]] = {}
    amounts: dict[str, list[_Row]] = {}
    for row in map(_Row._make, rows):
        # Another measure is another thing: a price doesn't contradict a list price.
        thing = (row.id, row.what, fold(row.unit), row.period, row.measure, fold(row.part or ""))
        things.setdefault(thing, []).append(row)
        if row.what == "value":
            amounts.setdefault(row.id, []).append(row)
    for same in filter(_has_two_sources, things.values()):
        figures = [_figure(row) for row in same]
        yield from (_conflict(same, figures, group) for group in contradictions(figures))
        yield from (_revision(same, figures, group) for group in revisions(figures))
    # Over all measures and parts of an entry: one number is often given for unlike things.
    for same in filter(_has_two_sources, amounts.values()):
        yield from (_repeated(same, group) for group in repeated([_figure(row) for row in same]))


def _has_two_sources(rows: Sequence[_Row]) -> bool:
    return any(row.source != rows[0].source for row in rows)


def _conflict(rows: Sequence[_Row], figures: Sequence[ComparedFigure], group: Sequence[int]) -> Conflict:
    """Set the figures of one thing against each other, the largest first, in dollars unless they share a currency."""
    first = rows[group[0]]
    currency, *others = {figures[at].currency for at in group}
    # One of the group may have no dollars, and be here by way of another in its own currency.
    spans = [figures[at].dollars if others else figures[at].span for at in group]
    is_number = first.what not in ("date", "stage")
    claims = [_conflicting_claim(rows[at], span if is_number else None) for at, span in zip(group, spans, strict=True)]
    claims.sort(key=lambda claim: (-(claim.high or 0), -(claim.low or 0)))
    unit = first.unit or ("USD" if others else str(currency))
    basis = _basis(figures[at].of for at in group)
    return Conflict(first.id, first.what, unit, first.period, _ratio(claims), basis, tuple(claims))


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
        claims.append(_conflicting_claim(row, _figure(row).span)._replace(of=of))
    return Conflict(first.id, SAME, str(first.currency), None, 1.0, "different", tuple(claims))


def _basis(things: Iterable[str]) -> str:
    named = set(things)
    if len(named) == 1:
        return "same"
    return "different" if len(named - {""}) > 1 else "unclear"


def _figure(row: _Row) -> ComparedFigure:
    own, dollars = _span_of_row(row), None
    if row.usd:
        read = parse_value(row.usd)
        dollars = span(row.usd, read.low, read.high)
    elif row.currency == "USD":
        dollars = own
    # Of an update, `of` is its text, and no thing that is measured.
    of = "" if row.what in ("date", "stage") else fold(row.of or "")
    by = (fold(row.publisher), row.published or "", fold(row.via or ""))
    return ComparedFigure(row.source, of, row.currency, own, dollars, row.measure or "", *by)


def _span_of_row(row: _Row) -> Span:
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


def _conflicting_claim(row: _Row, seen: Span | None) -> ConflictingClaim:
    low, high = (seen.low, seen.high) if seen else (None, None)
    return ConflictingClaim(row.value, low, high, row.of, row.source, row.publisher, row.published, row.via, row.note)


def _as_number(read: float | str) -> float:
    """Read the exact decimals of a series, which are text, as the numbers that JSON has."""
    return read if not isinstance(read, str) else float(read) if "." in read else int(read)


def _ratio(claims: list[ConflictingClaim]) -> float | None:
    ends = [end for claim in claims for end in (claim.low, claim.high) if end is not None]
    # Nor does a ratio lead across 0.
    if not ends or min(ends) <= 0 <= max(ends):
        return None
    low, high = sorted((abs(min(ends)), abs(max(ends))))
    return rounded_ratio(high, low)
