"""The plain list commands, such as `kzus deals`: everything about each stands on its `Listing`."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from kzus.commands.base import command
from kzus.query.listing import fetch, fetch_rows, occurs, sort_keys
from kzus.query.lists import listing_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kzus.commands.session import Session
    from kzus.query.filters import Filter
    from kzus.query.listing import Answer, Listing


PLAIN_LISTS = frozenset(
    ("deals", "events", "packages", "parties", "sectors", "sources", "statements", "timeline", "treaties")
)
"""Commands that only print a list; the definition of each is imported when it is called."""


def list_command(name: str) -> Callable[..., None]:
    """Make the command of one of the `PLAIN_LISTS`."""
    listing = listing_of(name)

    @command(*listing.filters, columns=listing.every_column, kinds=listing.kinds, help=listing.help)
    def run(session: Session, asked: Filter) -> None:
        print_list(session, listing, asked)

    return run


def print_list(session: Session, listing: Listing, asked: Filter) -> None:
    """Print the rows of a listing that match, in the session's format."""
    names, output = session.check(listing.every_column), session.output
    if not session.is_for_people:
        _stream(session, listing, asked, names)
        return
    found = fetch(session.index, listing, asked, columns=names, sort=output.sort, limit=output.limit)
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
    if not found.rows and output.limit != 0:
        report_none(session, listing, asked)


def _stream(session: Session, listing: Listing, asked: Filter, names: Sequence[str]) -> None:
    """Print rows for a program as they are read, so that no answer is too long for the memory."""
    output = session.output
    columns, rows = fetch_rows(session.index, listing, asked, columns=names, sort=output.sort, limit=output.limit)
    first = rows.fetchmany(1)
    layout = [(name,) for name in names] or listing.layout
    session.print(columns, chain(first, session.deadline.each(rows)), layout, extra=() if names else listing.extra)
    if not first and output.limit != 0:
        report_none(session, listing, asked)


def report_none(session: Session, listing: Listing, asked: Filter) -> None:
    """Say that nothing was found, and which words that do occur are near."""
    near = ""
    if asked.text:
        from kzus.query.words import suggestion

        near = suggestion(session.index, asked.text, partial(occurs, session.index, listing))
    session.report_none(f"no {listing.plural or listing.name}{session.described(asked)}{near}")


def _years(listing: Listing, found: Answer, sort: str | None) -> list[str]:
    """Return the year of each row, as headings for a listing that is grouped and sorted by year."""
    names = [column.name for column in found.columns]
    if listing.years not in names or any(name != listing.years for name, _ in sort_keys(sort or "")[:1]):
        return []
    at = names.index(listing.years)
    return [str(row[at])[:4] for row in found.rows]
