"""Where sources disagree on what a deal, a package or an indicator comes to."""

from __future__ import annotations

from math import inf
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from kzus.counting.disagreement import Figure, knots, span, span_of_date
from kzus.errors import UsageError
from kzus.facts.vocabulary import SINGULAR
from kzus.query.filters import conditions
from kzus.query.listing import in_order, sort_keys
from kzus.query.lists.conflicts import FIGURES, FILTERS
from kzus.values.names import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from kzus.counting.disagreement import Span
    from kzus.query.filters import Filter

_ORDER = ("value", "share", "count", "reading", "date")


class Claim(NamedTuple):
    """What one source says; `low` and `high` are its figure as written, in the unit of the conflict."""

    value: str
    low: Any
    high: Any
    of: str | None
    source: str
    publisher: str
    published: str | None
    via: str | None
    note: str | None


class Conflict(NamedTuple):
    """Claims of two sources or more about one thing, the largest first.

    `what` is value, share, count, reading or date, `unit` its currency, what is counted or what happened then, `ratio`
    the largest by the smallest figure to two places; dates have none, nor has what lies apart without bound.
    `basis` says whether they measure the same thing, different ones, or that is unclear as some don't tell.
    """

    id: str
    kind: str
    title: str
    what: str
    unit: str
    period: str | None
    ratio: float | None
    basis: str
    claims: tuple[Claim, ...]

    def rows(self) -> Iterator[tuple[object, ...]]:
        """Yield one row a claim, in `COLUMNS`."""
        for claim in self.claims:
            yield (*self[:-1], *claim)

    def document(self, names: Sequence[str] = ()) -> dict[str, Any]:
        """Return it with its claims as plain objects, or only the columns that are named."""
        of_claims = [name for name in names if name in Claim._fields] if names else Claim._fields
        claims = [{name: getattr(claim, name) for name in of_claims} for claim in self.claims]
        own = [name for name in names if name not in Claim._fields] if names else self._fields[:-1]
        return {**{name: getattr(self, name) for name in own}, **({"claims": claims} if of_claims else {})}

    def told(self) -> tuple[str, ...]:
        """Say what it is about, how far its claims lie apart, and what they measure if not the same."""
        return told(self._asdict())


def find(index: sqlite3.Connection, asked: Filter, min_ratio: float | None = None) -> list[Conflict]:
    """Return the conflicts of all deals, packages and indicators, the subject with the widest one first."""
    if min_ratio is not None and not 1 <= min_ratio < inf:
        raise UsageError(f"--min-ratio: {min_ratio:g} is not the largest by the smallest; write 1 or more, as in 1.5")
    where, bound, _ = conditions(index, FILTERS, asked)
    every = (*_read(index, where, bound), *_shares(index, where, bound))
    found = [each for each in every if min_ratio is None or _reaches(each, min_ratio)]
    widest: dict[str, float] = {}
    for each in found:
        widest[each.id] = max(widest.get(each.id, 0), _width(each))
    return sorted(found, key=lambda each: (-widest[each.id], each.id, -_width(each), *_place(each)))


def told(conflict: Mapping[str, Any]) -> tuple[str, ...]:
    """Say of a conflict as an object what `Conflict.told` says."""
    what, unit, ratio = conflict["what"], conflict["unit"], conflict["ratio"]
    if what == "date":
        return (f"date {unit}",)
    head = (
        f"{conflict['period']} in {unit}" if what == "reading" else f"{what} {'of' if what == 'count' else 'in'} {unit}"
    )
    apart = "∞" if ratio is None else f"{ratio:.2f}×"
    return (head, apart, *(() if conflict["basis"] == "same" else (f"{conflict['basis']} basis",)))


def in_words(conflict: Mapping[str, Any]) -> tuple[str, str]:
    """Return what is set against what, each wording once, and what `told` says, each in a line."""
    values = dict.fromkeys(claim["value"] for claim in conflict["claims"])
    return " ≠ ".join(values), " · ".join(told(conflict))


def ordered(found: list[Conflict], sort: str | None, limit: int | None) -> list[Conflict]:
    """Sort and cut conflicts without tearing one apart: a column of claims sorts those within each."""
    for name, is_descending in reversed(sort_keys(sort or "")):
        key = attrgetter(name)
        if name in Claim._fields:
            claims = (in_order(each.claims, key, is_descending=is_descending) for each in found)
            found = [each._replace(claims=tuple(own)) for each, own in zip(found, claims, strict=True)]
        else:
            found = in_order(found, key, is_descending=is_descending)
    return found[:limit]


def of_entry(index: sqlite3.Connection, name: str) -> list[Conflict]:
    """Return the conflicts of one entry."""
    where, bound = " WHERE id = ?", [name]
    return sorted((*_read(index, where, bound), *_shares(index, where, bound)), key=_place)


def _read(index: sqlite3.Connection, where: str, bound: Sequence[object]) -> Iterator[Conflict]:
    rows = index.execute(
        "SELECT found.id, entries.kind, entries.title, what, unit, period, value, low, high, currency, usd, of, source,"  # noqa: S608 - our own names
        f" publisher, published, found.via, found.note FROM (SELECT * FROM ({FIGURES}) AS found{where}) AS found"
        " JOIN entries USING (id) JOIN sources ON sources.id = source ORDER BY entries.position, place",
        bound,
    )
    things: dict[tuple[object, ...], list[tuple[Any, ...]]] = {}
    for row in rows:
        i, _, _, what, unit, period, *_ = row
        things.setdefault((i, what, fold(unit), period), []).append(row)
    for told in things.values():
        yield from _conflicts(told)


def _shares(index: sqlite3.Connection, where: str, bound: Sequence[object]) -> Iterator[Conflict]:
    """Yield the deals to which somebody gives as much as others give to the whole umbrella that they are a part of."""
    pairs = index.execute(
        "SELECT found.id, title, part.amount_usd, other, (SELECT amount_usd FROM deals WHERE id = other) AS whole"  # noqa: S608 - a clause of `conditions`
        f" FROM (SELECT deal AS id, other FROM relations AS found WHERE relation = 'part_of') AS found"
        f" JOIN deals AS part USING (id) WHERE part.amount_usd >= whole AND found.id IN"
        f" (SELECT id FROM (SELECT id, NULL AS period FROM deals) AS found{where})",
        bound,
    )
    for part, title, amount, whole, of in pairs.fetchall():
        claims = [_stated(index, entry) for entry in (part, whole)]
        if claims[0].source != claims[1].source:
            ratio = int((200 * amount + of) // (2 * of)) / 100
            yield Conflict(part, "deal", title, "share", f"USD of {whole}", None, ratio, "different", tuple(claims))


def _stated(index: sqlite3.Connection, deal: str) -> Claim:
    row = index.execute(
        'SELECT value, low, high, "of", source, publisher, published, via, claims.note FROM claims'
        " JOIN sources ON id = source WHERE entry = ? AND is_stated",
        (deal,),
    ).fetchone()
    return Claim(*row)


def _conflicts(rows: list[tuple[Any, ...]]) -> Iterator[Conflict]:
    """Yield what the figures of one thing contradict each other in."""
    figures = [_figure(row) for row in rows]
    for knot in knots(figures):
        i, kind, title, what, unit, period, *_ = rows[knot[0]]
        currency, *others = {figures[at].currency for at in knot}
        spans = [figures[at].dollars if others else figures[at].span for at in knot]
        claims = [_claim(rows[at], span if what != "date" else None) for at, span in zip(knot, spans, strict=True)]
        claims.sort(key=lambda claim: (-(claim.high or 0), -(claim.low or 0)))
        unit = unit or ("USD" if others else str(currency))
        basis = _basis({figures[at].of for at in knot})
        yield Conflict(i, SINGULAR[kind], title, what, unit, period, _ratio(claims), basis, tuple(claims))


def _basis(named: set[str]) -> str:
    if len(named) == 1:
        return "same"
    return "different" if len(named - {""}) > 1 else "unclear"


def _figure(row: tuple[Any, ...]) -> Figure:
    _, _, _, what, _, _, value, low, high, currency, usd, of, source, *_ = row
    if what == "date":
        return Figure(source, "", None, span_of_date(value))
    own = span(value, _number(low), _number(high))
    dollars = own if currency == "USD" else None
    if usd:
        from kzus.values.amounts import parse_value

        read = parse_value(usd)
        dollars = span(usd, read.low, read.high)
    return Figure(source, fold(of or ""), currency, own, dollars)


def _claim(row: tuple[Any, ...], seen: Span | None) -> Claim:
    *_, value, _, _, _, _, of, source, publisher, published, via, note = row
    low, high = (seen.low, seen.high) if seen else (None, None)
    return Claim(value, low, high, of, source, publisher, published, via, note)


def _number(read: float | str) -> float:
    """Read the exact decimals of a series, which are text, as the numbers that JSON has."""
    return read if not isinstance(read, str) else float(read) if "." in read else int(read)


def _ratio(claims: list[Claim]) -> float | None:
    ends = [end for claim in claims for end in (claim.low, claim.high) if end is not None]
    if not ends or min(ends) <= 0 <= max(ends):
        return None
    low, high = sorted((abs(min(ends)), abs(max(ends))))
    return int((200 * high + low) // (2 * low)) / 100


def _reaches(conflict: Conflict, least: float) -> bool:
    """Compare exactly, as written: a float of 1.1 isn't the 1.1 that was typed."""
    from fractions import Fraction

    if conflict.ratio is None:
        return conflict.what != "date"
    ends = [abs(Fraction(str(end))) for claim in conflict.claims for end in claim[1:3] if end is not None]
    return max(ends) >= Fraction(str(least)) * min(ends)


def _width(conflict: Conflict) -> float:
    if conflict.ratio is None:
        return 0 if conflict.what == "date" else inf
    return conflict.ratio


def _place(conflict: Conflict) -> tuple[object, ...]:
    return _ORDER.index(conflict.what), conflict.period or ""
