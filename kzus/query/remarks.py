"""What a sum leaves out and why, gathered by the rule of counting that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzus.values.amounts_print import print_amount

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_RULES = {
    "finances": "finances another deal",
    "superseded": "superseded by another deal",
    "stated": "stated in another currency",
}
_FEW = 6


def rule(reason: str | None) -> str | None:
    """Return the rule of counting behind a reason: one that names a deal or currency is one of many of its kind."""
    return reason and _RULES.get(reason.partition(" ")[0], reason)


class LeftOut(NamedTuple):
    """A deal that adds less than it states: what it states, what it adds, and why."""

    id: str
    amount_usd: int | None
    counted_usd: int
    reason: str


def left_out(index: sqlite3.Connection, where: str, bound: Sequence[object], limit: int = -1) -> list[LeftOut]:
    """Return the deals under a WHERE clause that add less than they state, the largest first."""
    rows = index.execute(
        f"SELECT id, amount_usd, counted_usd, reason FROM deals{_and(where)} rule IS NOT NULL"  # noqa: S608 - a clause of `conditions`
        " ORDER BY amount_usd DESC, id LIMIT ?",
        (*bound, limit),
    )
    return [LeftOut(*row) for row in rows]


def explain(index: sqlite3.Connection, where: str, bound: Sequence[object]) -> list[str]:
    """Say in a line for each rule how many deals and dollars it leaves out, and which deals first."""
    rules = index.execute(
        f"SELECT rule, count(*), sum(coalesce(amount_usd, 0) - counted_usd) AS dollars FROM deals{_and(where)}"  # noqa: S608 - as above
        " rule IS NOT NULL GROUP BY rule ORDER BY dollars DESC, rule",
        bound,
    ).fetchall()
    of_rule = f"{_and(where)} rule = ?"
    return [
        _line(rule, deals, dollars, left_out(index, of_rule, (*bound, rule), _FEW)) for rule, deals, dollars in rules
    ]


def _and(where: str) -> str:
    return f"{where} AND" if where else " WHERE"


def _line(rule: str, deals: int, dollars: int, first: list[LeftOut]) -> str:
    many = f"{deals}, {print_amount(dollars)}" if dollars else f"{deals}"
    more = f" and {deals - _FEW} more, see --explain" if deals > _FEW else ""
    return f"left out, {rule} ({many}): {', '.join(map(_told, first))}{more}"


def _told(out: LeftOut) -> str:
    """Say which deal it is, what its reason names, and what of its value is left out."""
    named = f" ({out.reason.rpartition(' ')[2]})" if rule(out.reason) != out.reason else ""
    rest = (out.amount_usd or 0) - out.counted_usd
    of = f" of {print_amount(out.amount_usd)}" if out.amount_usd and out.counted_usd else ""
    return f"{out.id}{named}{f' {print_amount(rest)}{of}' if rest else ''}"
