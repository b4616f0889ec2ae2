"""The SQL of the filters that several lists share; `{}` stands for the placeholders."""

from __future__ import annotations

TEXT = "id IN (SELECT id FROM search WHERE search MATCH ?)"
SECTOR = "sector IN ({})"
STAGE = "(stage IN ({}) OR standing IN ({}))"
"""`dormant` is the standing of a deal, and a stage to whoever reads a screen."""


def dates(column: str, *, until: str = "", last: str = "") -> dict[str, str]:
    """A date of low precision stays in wherever it may fall within the bounds; `last` is the end of a longer time."""
    end = last or column
    return {"since": f"{end} || substr('-12-31', length({end}) - 3) >= ?", "until": f"{until or column} <= ? || '~'"}


_WITH_PREDECESSORS = (
    "WITH RECURSIVE meant (id) AS (SELECT id FROM parties WHERE id IN ({}) UNION SELECT former.id FROM meant"
    " JOIN parties AS heir ON heir.id = meant.id AND heir.succeeds IS NOT NULL"
    " JOIN parties AS former ON instr(',' || heir.succeeds || ',', ',' || former.id || ',')) SELECT id FROM meant"
)
"""The parties asked for, and those whose place they took."""
PARTY = f"id IN (SELECT entry FROM mentions WHERE field = 'parties' AND target IN ({_WITH_PREDECESSORS}))"  # noqa: S608 - our own names
"""An entry is found by any party that it mentions, or that one took the place of."""
