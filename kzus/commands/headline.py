"""`kzus headline`: compares a headline package with the lists of its items."""

from typing import Annotated

import typer

from kzus.commands.base import command
from kzus.commands.headline_matrix import build_matrix, in_reading_order
from kzus.commands.session import Session
from kzus.query.filters import Filter
from kzus.query.headlines import headline as headlines
from kzus.query.headlines.claims import (
    as_sentence,
    differing_claims,
    hidden_notes,
    own_list,
    range_note,
    stated_lines,
)
from kzus.query.headlines.headline import Headline, packages
from kzus.query.headlines.marks import Marks, read_marks
from kzus.query.headlines.notes import notes
from kzus.query.headlines.packages import find_package, short_name
from kzus.query.headlines.rows import ITEM_COLUMNS, LIST_COLUMNS, headline_document, item_rows
from kzus.query.listing import Column, arrange
from kzus.query.lists.screens import Screen
from kzus.render.cells import BLANK
from kzus.render.formats import DOCUMENTS
from kzus.values.amounts import parse_value, print_value
from kzus.values.numbers import print_amount

_LIST_COLUMNS = (
    Column("date", "date"),
    Column("title"),
    Column("says", "value"),
    Column("by"),
    Column("its list", "money"),
    Column("gap", "money"),
    Column("named", "coverage"),
    Column("id", "id"),
)
_LIST_SCREEN = Screen(
    ("date", "title", "says", "by", "its list", "gap", "named"),
    (("date",), ("title", "id"), ("says",), ("its list",), ("gap",), ("named",)),
)
_SAID_COLUMNS = (
    Column("says"),
    Column("publisher"),
    Column("its list"),
    Column("difference"),
    Column("published", "date"),
    Column("of"),
    Column("source", "sources"),
)
_SAID_LAYOUT = (("says",), ("publisher",), ("its list",), ("difference",))
_SAID_EXTRA = (("published",), ("of",))
_SAID_DOCUMENT = (*_SAID_LAYOUT, ("published",), ("source",))
_LISTS_COLUMNS = (
    Column("list"),
    Column("publisher"),
    Column("published", "date"),
    Column("items", "number"),
    Column("comes to", "value"),
    Column("source", "sources"),
)
PackageWords = Annotated[
    list[str] | None,
    typer.Argument(
        help="A package: its id, words of its title or date, or a value that it claims.",
        metavar="[ID]...",
        show_default=False,
    ),
]


@command(
    columns=(*LIST_COLUMNS, *ITEM_COLUMNS[6:]),
    ids={"package": ("packages",)},
    subject="Headline packages against their members",
    help="""
    Set a headline package against its members

    What each source claims beside its own list, then a matrix: a row an item, a column a list, with what that list
    says of it and what the list comes to in its own figures. A difference is one of a list, not of the truth. In a
    pipe one line an item; without an id one line a package, if there are several.

    $ kzus headline
    $ kzus headline washington november 2025
    $ kzus headline washington-2025-11 -f json | jq '.list_gap_usd'
    """,
)
def headline_command(session: Session, _: Filter, package: PackageWords = None) -> None:
    """Print a package beside the lists of its items."""
    ids = packages(session.index)
    if not package and len(ids) != 1:
        _list_packages(session, [headlines.headline(session.index, each) for each in ids])
        return
    names = session.check(ITEM_COLUMNS)
    found = headlines.headline(
        session.index, find_package(session.facts.whole, " ".join(package)) if package else ids[0]
    )
    session.title = found.title
    session.told = f"What each source claims of the package {found.id}, and what its own list of items comes to."
    if session.is_structured:
        session.print_document(headline_document(found))
        return
    marks = _marks(session, found)
    hidden = hidden_notes(marks.hidden)
    if session.is_for_people and not names:
        _print_said(session, found, hidden)
        _print_matrix(session, found, marks)
    elif session.format == "markdown" and not names:
        _print_matrix(session, found, marks)
    else:
        _print_items(session, names, found)
    claimed = stated_lines(found, is_lens=bool(marks.hidden))
    for line in notes(found, marks) if session.is_for_people else [*hidden, *map(as_sentence, claimed)]:
        session.footnote(line)


def _marks(session: Session, found: Headline) -> Marks:
    """Return what is said beside the figures; behind a lens also what it hides."""
    # A screen names what the lens hides, or its sum would look like all that is claimed.
    whole = headlines.headline(session.facts.whole, found.id) if session.facts.lens else None
    return read_marks(session.index, found, whole)


def _print_said(session: Session, found: Headline, hidden: list[str]) -> None:
    """Print the title, what a lens hides, and what each source says; a document has the title for its heading."""
    if session.format == "table":
        session.caption(f"{found.title} · {found.id}{session.described(Filter())}")
    for line in hidden:
        session.footnote(line)
    is_short = session.format == "table"
    rows = []
    for said in (*found.values, *found.counts):
        its_list, difference = own_list(said)
        publisher = short_name(said.publisher) if is_short else said.publisher
        claim = said.said.removesuffix(" USD")
        of = said.of if said.number is None else BLANK
        rows.append((claim, publisher, its_list, difference or BLANK, said.published, of, said.source))
    if rows:
        session.print(_SAID_COLUMNS, rows, _SAID_LAYOUT if is_short else _SAID_DOCUMENT, extra=_SAID_EXTRA)


def _print_items(session: Session, names: list[str], found: Headline) -> None:
    output = session.output
    columns, rows = arrange(ITEM_COLUMNS, item_rows(found), names=names, sort=output.sort, limit=output.limit)
    session.print(columns, rows, [(column.name,) for column in columns])


def _print_matrix(session: Session, found: Headline, marks: Marks) -> None:
    if not found.items:
        return
    by_id = {item.id: item for item in found.items}
    items = in_reading_order(found)[: session.output.limit]
    if sort := session.output.sort:
        _, rows = arrange(ITEM_COLUMNS, item_rows(found), names=["id"], sort=sort, limit=session.output.limit)
        items = [by_id[str(row[0])] for row in rows]
    matrix = build_matrix(found, marks, items, session.env.width if session.format == "table" else None)
    layout = [(column.name,) for column in matrix.columns]
    session.print(
        matrix.columns, matrix.rows, layout, total=matrix.total, caption=matrix.legend, sections=matrix.sections
    )
    if session.format in DOCUMENTS:
        _print_lists(session, found)


def _print_lists(session: Session, found: Headline) -> None:
    """Print whose the lists are that the matrix has a column of, with their sources."""
    rows = [
        (
            *(each.name, each.publisher, each.published, each.items),
            None if each.sum_usd is None else print_amount(each.sum_usd),
            each.source,
        )
        for each in found.lists
    ]
    layout = [(column.name,) for column in _LISTS_COLUMNS]
    session.print(_LISTS_COLUMNS, rows, layout)


def _list_packages(session: Session, found: list[Headline]) -> None:
    names = session.check(LIST_COLUMNS)
    output = session.output
    every = [tuple(getattr(each, column.name) for column in LIST_COLUMNS) for each in found]
    caption = f"{len(found[: output.limit])} package{'s' * (len(found[: output.limit]) != 1)}"
    caption += session.described(Filter())
    if session.format == "table" and not names:
        _, ids = arrange(LIST_COLUMNS, every, names=["id"], sort=output.sort, limit=output.limit)
        _draw_packages(session, [each for row in ids for each in found if each.id == row[0]], caption)
    else:
        columns, rows = arrange(LIST_COLUMNS, every, names=names, sort=output.sort, limit=output.limit)
        session.print(columns, rows, [(column.name,) for column in columns], caption=caption)
    if not found:
        session.report_none(f"no packages{session.described(Filter())}")


def _claim(found: Headline) -> str | None:
    """Return what sources claim with signs, where they differ the least and the most of it."""
    return differing_claims(found) or (print_value(parse_value(found.value)) if found.value else None)


def _claimant(found: Headline) -> str:
    """Return who claims the stated headline, how many do where sources differ, a blank where nobody does."""
    if differing_claims(found):
        return f"{found.claimants} sources"
    names = (short_name(said.publisher) for said in found.values if said.is_stated)
    return next(names, BLANK)


def _draw_packages(session: Session, found: list[Headline], caption: str) -> None:
    """Draw a line a package, and below them what sources say that differ."""
    rows = [
        (
            *(each.date, each.title, _claim(each), _claimant(each), each.list_usd, each.list_gap_usd),
            f"{each.identified}/{each.claimed or '–'}",
            each.id,
        )
        for each in found
    ]
    layout = [(column.name,) for column in _LIST_COLUMNS]
    session.print(_LIST_COLUMNS, rows, layout, caption=caption, screen=_LIST_SCREEN)
    for each in filter(differing_claims, found):
        session.caption(range_note(each))
