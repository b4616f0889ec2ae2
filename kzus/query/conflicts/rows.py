"""Conflicts of sources: the columns, filters and SQL of their list, one of them as an object, and as words."""

# Annotations are evaluated here: Python compiles each that is text when it makes a NamedTuple, for every query.

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kzus.query.listing import NOTE_COLUMN, STAGE, TEXT, Column, dates

CONFLICT_COLUMNS = (
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
_ELSEWHERE = "EXISTS (SELECT 1 FROM {0} AS other WHERE other.{1} = {0}.{1} AND other.source <> {0}.source)"
FIGURES = f"""
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

A deprecated claim isn't among them. `part` sets a claim that doesn't count apart from all that aren't of the same.
"""


SAME, LENT, REVISION = "same figure, different thing", "lent more than it pays for", "revision"
_RELATION_SIGNS = {SAME: " = ", REVISION: " → "}
"""What stands between the values of a conflict, where it isn't that they differ."""


class ConflictingClaim(NamedTuple):
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
    """Claims of two sources or more about one thing, the largest first; of a revision the oldest.

    `what` is value, share, count, reading, date, stage, SAME, LENT or REVISION, `unit` its currency, what is counted
    or what happened then, `ratio` the largest by the smallest figure to two places, of LENT what is lent by what it
    pays for; words and dates have none, nor has what lies apart without bound. `basis` says whether the claims
    measure the same thing, different ones, or that is unclear as some don't tell.
    """

    id: str
    kind: str
    title: str
    what: str
    unit: str
    period: str | None
    ratio: float | None
    basis: str
    claims: tuple[ConflictingClaim, ...]

    def rows(self) -> Iterator[tuple[object, ...]]:
        """Yield one row a claim, in `CONFLICT_COLUMNS`."""
        for claim in self.claims:
            yield (*self[:-1], *claim)

    def document(self, names: Sequence[str] = ()) -> dict[str, Any]:
        """Return it with its claims as plain objects, or only the columns that are named."""
        of_claims = [name for name in names if name in ConflictingClaim._fields] if names else ConflictingClaim._fields
        claims = [{name: getattr(claim, name) for name in of_claims} for claim in self.claims]
        own = [name for name in names if name not in ConflictingClaim._fields] if names else self._fields[:-1]
        return {**{name: getattr(self, name) for name in own}, **({"claims": claims} if of_claims else {})}

    def describe(self) -> tuple[str, ...]:
        """Say what it is about, how far its claims lie apart, and what they measure if not the same."""
        return describe(self.document())

    @property
    def has_figures(self) -> bool:
        """Whether its claims are numbers, and no words or dates."""
        return self.claims[0].low is not None


def describe(conflict: Mapping[str, Any]) -> tuple[str, ...]:
    """Say of a conflict as an object what `Conflict.describe` says."""
    what, unit, period = conflict["what"], conflict["unit"], conflict["period"]
    heads = {
        "count": f"count of {unit}",
        "reading": f"{period} in {unit}",
        "date": f"date {unit}",
        "stage": f"stage on {period}",
        SAME: SAME,
        LENT: LENT,
        REVISION: f"revision: {f'{period} in ' if period else ''}{unit}",
    }
    return (heads.get(what, f"{what} in {unit}"), *_apart(conflict), *_differing(conflict))


def in_words(conflict: Mapping[str, Any]) -> tuple[str, str]:
    """Return the values with a sign between them, each wording once, and what `describe` says, each in a line."""
    values = [claim["value"] for claim in conflict["claims"]]
    if conflict["what"] == LENT:
        return f"{' + '.join(values[:-1])} > {values[-1]}", " · ".join(describe(conflict))
    values = list(dict.fromkeys(values))
    return _RELATION_SIGNS.get(conflict["what"], " ≠ ").join(values), " · ".join(describe(conflict))


def rounded_ratio(one: float, other: float) -> float:
    """Divide two positive numbers, to two places."""
    return int((200 * one + other) // (2 * other)) / 100


def _apart(conflict: Mapping[str, Any]) -> tuple[str, ...]:
    if conflict["what"] == SAME or conflict["claims"][0]["low"] is None:
        return ()
    return ("∞" if conflict["ratio"] is None else f"{conflict['ratio']:.2f}×",)


def _differing(conflict: Mapping[str, Any]) -> tuple[str, ...]:
    return () if conflict["basis"] == "same" or conflict["what"] in (SAME, LENT) else (f"{conflict['basis']} basis",)
