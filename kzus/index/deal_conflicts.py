"""Conflicts between deals: a part as large as its whole, and loans above what they pay for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.counting.disagreement import Conflict, ConflictingClaim, rounded_ratio
from kzus.facts.entries import reached
from kzus.facts.vocabulary import DEAD_STAGES, OVERLENT

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    Relations = Mapping[str, Sequence[str]]

_DEAD = ", ".join(f"'{stage}'" for stage in sorted(DEAD_STAGES))
_LOANS = f"""
    WITH RECURSIVE replaced (id) AS (
        SELECT other FROM relations JOIN deals ON id = deal WHERE relation = 'supersedes' AND amount_usd IS NOT NULL
        UNION SELECT other FROM relations JOIN replaced ON id = deal WHERE relation = 'supersedes'
    )
    SELECT id, amount_usd FROM deals JOIN entries USING (id)
    WHERE body ->> '$.flow' = 'financing' AND amount_usd IS NOT NULL AND stage NOT IN ({_DEAD})
        AND id NOT IN (SELECT id FROM replaced)
"""  # noqa: S608 - our own words
"""Financing that is alive: no stage that ended it, no successor that states dollars."""


def share_conflicts(index: sqlite3.Connection) -> Iterator[Conflict]:
    """Yield the deals to which somebody gives as much as others give to the whole umbrella that they are a part of."""
    pairs = index.execute(
        "SELECT part.id, part.amount_usd, whole.id, whole.amount_usd FROM relations"
        " JOIN deals AS part ON part.id = deal JOIN deals AS whole ON whole.id = other"
        # A part that states 0, as '0–5bn' does, is as large as no umbrella.
        " WHERE relation = 'part_of' AND part.amount_usd >= max(whole.amount_usd, 1)"
    )
    for part, amount, whole, of in pairs.fetchall():
        claims = [_stated_claim(index, entry) for entry in (part, whole)]
        # One source that gives a part as much as its whole disagrees with nobody.
        if claims[0].source != claims[1].source:
            ratio = rounded_ratio(amount, of)
            yield Conflict(part, "share", f"USD of {whole}", None, ratio, "different", tuple(claims))


def lent(index: sqlite3.Connection) -> Iterator[Conflict]:
    """Yield the deals for which more is lent than they state.

    Of a loan that pays for other deals too, only what is above their stated values is surely for this one; nothing
    if one of them states none.
    """
    loans = dict(index.execute(_LOANS))
    finances, umbrellas = (_relations(index, relation) for relation in ("finances", "part_of"))
    stated: dict[str, int] = dict(
        index.execute("SELECT id, amount_usd FROM deals WHERE amount_usd IS NOT NULL ORDER BY id")
    )
    lenders = _lenders(loans, finances, umbrellas)
    for deal, amount in stated.items():
        if deal not in lenders:
            continue
        sure = {loan: _sure(loans[loan], [other for other in finances[loan] if other != deal], stated)
                for loan in lenders[deal]}  # fmt: skip
        whole = sum(sure.values())
        if whole > amount:
            # A loan that may be for other deals altogether proves nothing here.
            names = sorted((loan for loan in sure if sure[loan]), key=lambda loan: -loans[loan])
            claims = tuple(_stated_claim(index, name)._replace(of=name) for name in (*names, deal))
            yield Conflict(deal, OVERLENT, "USD", None, rounded_ratio(whole, amount), "different", claims)


def _lenders(loans: Mapping[str, int], finances: Relations, umbrellas: Relations) -> dict[str, list[str]]:
    """Return the loans of each deal, without those that are parts of another one of its loans."""
    found: dict[str, list[str]] = {}
    for loan in loans:
        for deal in finances.get(loan, ()):
            found.setdefault(deal, []).append(loan)
    # A tranche is in the amount of its umbrella already.
    return {deal: [loan for loan in own if not reached(loan, umbrellas) & {*own}] for deal, own in found.items()}


def _sure(amount: int, others: Sequence[str], stated: Mapping[str, int]) -> int:
    if any(other not in stated for other in others):
        return 0
    return max(0, amount - sum(stated[other] for other in others))


def _relations(index: sqlite3.Connection, relation: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for deal, other in index.execute("SELECT deal, other FROM relations WHERE relation = ?", (relation,)):
        found.setdefault(deal, []).append(other)
    return found


def _stated_claim(index: sqlite3.Connection, deal: str) -> ConflictingClaim:
    row = index.execute(
        'SELECT value, low, high, "of", source, publisher, published, claims.via, claims.note FROM claims'
        " JOIN sources ON id = source WHERE entry = ? AND is_stated",
        (deal,),
    ).fetchone()
    return ConflictingClaim(*row)
