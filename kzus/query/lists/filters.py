"""The SQL of the filters that several lists share; `{}` stands for the placeholders."""

from __future__ import annotations

TEXT = "id IN (SELECT id FROM search WHERE search MATCH ?)"
SECTOR = "sector IN ({})"


def dates(column: str, *, until: str = "") -> dict[str, str]:
    """A date of low precision stays in wherever it may fall within the bounds."""
    last = f"{column} || substr('-12-31', length({column}) - 3)"
    return {"since": f"{last} >= ?", "until": f"{until or column} <= ? || '~'"}


def mentioned(listing: str) -> str:
    """An entry is found by any party that it mentions."""
    return f"id IN (SELECT entry FROM mentions WHERE target IN ({{}}) AND entry IN (SELECT id FROM {listing}))"  # noqa: S608 - our own names
