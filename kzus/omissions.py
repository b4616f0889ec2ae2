"""What a sum leaves out and why, gathered by the rule of counting that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzus.amounts import print_amount

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

_RULES = {
    "finances": "finances another deal",
    "superseded": "superseded by another deal",
    "stated": "stated in another currency",
}
"""The rule behind a reason that names a deal or currency, by the first word; any other reason is its own rule."""
_FEW = 6


class LeftOut(NamedTuple):
    """A deal that adds less than it states: what it states, what it adds, and why."""

    id: str
    amount_usd: int | None
    counted_usd: int
    reason: str

    @property
    def rule(self) -> str:
        """The rule that leaves it out."""
        return _RULES.get(self.reason.partition(" ")[0], self.reason)


def left_out(index: sqlite3.Connection, where: str, bound: Sequence[object]) -> list[LeftOut]:
    """Return the deals under a WHERE clause that add less than they state, the largest first."""
    less = f"{where}{' AND' if where else ' WHERE'} reason IS NOT NULL"
    rows = index.execute(
        f"SELECT id, amount_usd, counted_usd, reason FROM deals{less}"  # noqa: S608 - a clause of `conditions`
        " ORDER BY amount_usd IS NULL, amount_usd DESC, id",
        bound,
    )
    return [LeftOut(*row) for row in rows]


def explain(omissions: Iterable[LeftOut]) -> list[str]:
    """Say in a line for each rule how many deals and dollars it leaves out, and which deals first."""
    by_rule: dict[str, list[LeftOut]] = {}
    for out in omissions:
        by_rule.setdefault(out.rule, []).append(out)
    return [_line(rule, found) for rule, found in by_rule.items()]


def _line(rule: str, found: list[LeftOut]) -> str:
    dollars = sum((out.amount_usd or 0) - out.counted_usd for out in found)
    many = f"{len(found)}, {print_amount(dollars)}" if dollars else f"{len(found)}"
    more = f" and {len(found) - _FEW} more, see --explain" if len(found) > _FEW else ""
    return f"left out, {rule} ({many}): {', '.join(map(_told, found[:_FEW]))}{more}"


def _told(out: LeftOut) -> str:
    """Say which deal it is, what its reason names, and what of its value is left out."""
    named = f" ({out.reason.rpartition(' ')[2]})" if out.rule != out.reason else ""
    rest = (out.amount_usd or 0) - out.counted_usd
    of = f" of {print_amount(out.amount_usd)}" if out.amount_usd and out.counted_usd else ""
    return f"{out.id}{named}{f' {print_amount(rest)}{of}' if rest else ''}"
