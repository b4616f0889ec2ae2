"""What can be disagreed on: every figure of a thing that more than one source speaks of."""

from __future__ import annotations

from kzus.query.listing import Column
from kzus.query.lists.filters import STAGE, TEXT, dates

COLUMNS = (
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
    Column("note", about="what else must be known"),
)
_DATE = (
    "coalesce(period, (SELECT date FROM deals WHERE id = found.id), (SELECT date FROM packages WHERE id = found.id))"
)
_MENTIONING = "id IN (SELECT entry FROM mentions WHERE field = '{}' AND target IN ({{}}))"
_OF_DEALS = "id IN (SELECT id FROM deals WHERE {} IN ({{}}))"
FILTERS = {
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
