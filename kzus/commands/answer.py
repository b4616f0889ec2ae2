"""A listing's answer, printed in the format that was asked for."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kzus.query.listing import ask, look, sort_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzus.commands.session import Session
    from kzus.query.filters import Filter
    from kzus.query.listing import Answer, Listing


def answer(session: Session, listing: Listing, asked: Filter) -> None:
    """Answer a listing's question in the format that was asked for."""
    names, output = session.check(listing.columns), session.output
    if not session.is_for_people:
        _pass_on(session, listing, asked, names)
        return
    found = ask(session.index, listing, asked, columns=names, sort=output.sort, limit=output.limit)
    many = f"{len(found.rows)} of {found.total}" if found.total > len(found.rows) else f"{found.total}"
    noun = listing.singular if found.total == 1 else listing.plural or listing.name
    session.print(
        found.columns,
        found.rows,
        [(name,) for name in names] or listing.layout,
        caption=f"{many} {noun}{session.described(asked)}",
        sections=_years(listing, found, output.sort),
        narrow=() if names else listing.narrow,
        extra=() if names else listing.extra,
    )
    if not found.rows:
        _remark_none(session, listing, asked)


def _pass_on(session: Session, listing: Listing, asked: Filter, names: Sequence[str]) -> None:
    """Print what a program reads as it is looked up, so that no answer is too long."""
    output = session.output
    columns, rows = look(session.index, listing, asked, columns=names, sort=output.sort, limit=output.limit)
    first = rows.fetchmany(1)
    layout = [(name,) for name in names] or listing.layout
    session.print(columns, chain(first, session.deadline.each(rows)), layout, extra=() if names else listing.extra)
    if not first:
        _remark_none(session, listing, asked)


def _remark_none(session: Session, listing: Listing, asked: Filter) -> None:
    session.remark(f"no {listing.plural or listing.name}{session.described(asked)}")


def _years(listing: Listing, found: Answer, sort: str | None) -> list[str]:
    """Return the year of each row, for a listing that sets years apart and is in their order."""
    names = [column.name for column in found.columns]
    if listing.years not in names or any(name != listing.years for name, _ in sort_keys(sort or "")[:1]):
        return []
    at = names.index(listing.years)
    return [str(row[at])[:4] for row in found.rows]
