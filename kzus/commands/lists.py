"""The plain list commands, such as `kzus deals`: everything about each stands on its `Listing`."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING

from kzus.commands.base import command
from kzus.query.filters import Filter
from kzus.query.listing import fetch, fetch_rows, occurs, sort_keys
from kzus.values.text import many

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kzus.commands.session import Session
    from kzus.query.listing import Answer, Listing
    from kzus.query.lists.screens import Screen

_IN_DEALS_MODULE = frozenset(("deals", "packages", "timeline"))


def listing_of(name: str) -> Listing:
    """Return the definition of a list; only the module that it stands in is imported."""
    module = import_module(f"kzus.query.lists.{'deals' if name in _IN_DEALS_MODULE else 'entries'}")
    listing: Listing = getattr(module, name.upper())
    return listing


def list_command(name: str) -> Callable[..., None]:
    """Make the command of one of the plain lists."""
    listing = listing_of(name)
    words = {"kind": listing.kinds} if listing.kinds else {}

    @command(*listing.filters, columns=listing.every_column, words=words, help=listing.help)
    def run(session: Session, asked: Filter) -> None:
        print_list(session, listing, asked)

    return run


def print_list(session: Session, listing: Listing, asked: Filter, *, most: int | None = None) -> None:
    """Print the rows of a listing that match, in the session's format; `most` is the limit unless one is given."""
    names, output = session.check(listing.every_column), session.output
    tell_other_names(session, listing, asked)
    if not session.is_for_people:
        _stream(session, listing, asked, names)
        return
    from kzus.commands.captions import captions

    limit = most if output.limit is None else output.limit
    screen = None if names else _screen(session, listing)
    shown = screen.needed_columns(listing.columns) if screen else ()
    found = fetch(session.index, listing, asked, columns=names, sort=output.sort, limit=limit, shown=shown)
    # Whoever gave a limit knows how to see the rest.
    is_cut = output.limit is None and found.total > len(found.rows)
    caption, *more = captions(session, listing, found, asked, is_screen=screen is not None)
    session.print(
        found.columns,
        found.rows,
        _layout(found, names or (screen.wide if screen else ())),
        caption=caption + f" · all: -n {found.total}" * is_cut,
        sections=_years(listing, found, output.sort),
        screen=screen if session.format == "table" else None,
    )
    # Where nothing is found, the nearest words are suggested anyway.
    other_number = _other_number(session, listing, asked) if found.rows else []
    for line in (*more, *other_number):
        session.caption(line)
    tell_uncounted(session, listing, asked)
    _tell_unclear(session, listing, asked)
    if not found.rows and output.limit != 0:
        report_none(session, listing, asked)


def tell_other_names(session: Session, listing: Listing, asked: Filter) -> None:
    """Say of words that are names as well, such as that of a sector, which rows the words leave out."""
    if asked.text:
        from kzus.query.other_questions import name_remarks

        for line in name_remarks(session.index, listing, asked):
            session.footnote(line)


def _other_number(session: Session, listing: Listing, asked: Filter) -> list[str]:
    if asked.text is None:
        return []
    from kzus.query.other_questions import number_remark

    return [*filter(None, [number_remark(session.index, listing, asked)])]


def tell_uncounted(session: Session, listing: Listing, asked: Filter) -> None:
    """Say which deals a filter of amounts leaves out because their figures don't count."""
    if listing.name == "deals" and (asked.min is not None or asked.max is not None):
        from kzus.query.other_questions import uncounted_remark

        if line := uncounted_remark(session.index, listing, asked):
            session.footnote(line)


def _tell_unclear(session: Session, listing: Listing, asked: Filter) -> None:
    """Say of how many treaties nobody tells whether they are in force, where only those that are were asked for."""
    if asked.in_force:
        from kzus.query.other_questions import unclear_remark

        if line := unclear_remark(session.index, listing, asked):
            session.footnote(line)


def _screen(session: Session, listing: Listing) -> Screen:
    from kzus.query.lists.screens import SCREENS

    screen = SCREENS[listing.name]
    return screen if session.format == "table" else screen.document


def _layout(found: Answer, names: Sequence[str]) -> list[tuple[str, ...]]:
    """Return a column of a document for each name that the list has."""
    known = [column.name for column in found.columns]
    return [(name,) for name in names if name in known]


def _stream(session: Session, listing: Listing, asked: Filter, names: Sequence[str]) -> None:
    """Print rows for a program as they are read, so that no answer is too long for the memory."""
    output = session.output
    columns, rows = fetch_rows(session.index, listing, asked, columns=names, sort=output.sort, limit=output.limit)
    # Taken apart, to know whether anything was found without keeping all rows.
    first = rows.fetchmany(1)
    session.print(columns, chain(first, session.facts.deadline.each(rows)))
    tell_uncounted(session, listing, asked)
    _tell_unclear(session, listing, asked)
    # With a limit of 0 nobody knows whether there is nothing.
    if not first and output.limit != 0:
        report_none(session, listing, asked)


def report_none(session: Session, listing: Listing, asked: Filter) -> None:
    """Say that nothing was found, and which words that do occur are near."""
    near = ""
    if asked.text:
        from kzus.query.words import suggestion

        near = suggestion(session.index, asked.text, partial(occurs, session.index, listing))
    near += _found_elsewhere(session, listing, asked) if session.env.is_watched else ""
    session.report_none(f"no {listing.plural or listing.name}{session.described(asked)}{near}")


def _found_elsewhere(session: Session, listing: Listing, asked: Filter) -> str:
    """Say to a person how many entries of all kinds have the words that none of this list has."""
    from kzus.query.lists.entries import SEARCH

    if not asked.text or listing is SEARCH:
        return ""
    found = fetch(session.index, SEARCH, Filter(text=asked.text), columns=["id"], limit=0)  # which only counts them
    entries = many(found.total, "other entry", "other entries")
    return f"; {entries}: kzus search {asked.text}" if found.total else ""


def _years(listing: Listing, found: Answer, sort: str | None) -> list[str]:
    """Return the year of each row, as headings for a listing that is grouped and sorted by year."""
    names = [column.name for column in found.columns]
    if listing.years not in names or any(name != listing.years for name, _ in sort_keys(sort or "")[:1]):
        return []
    at = names.index(listing.years)
    return [str(row[at])[:4] for row in found.rows]
