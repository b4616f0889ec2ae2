"""`kzus headline`: compares a headline package with the lists of its items."""

from typing import Annotated

import typer

from kzus.commands.base import command
from kzus.commands.headline_list import list_packages
from kzus.commands.headline_matrix import build_matrix, in_reading_order
from kzus.commands.session import Session
from kzus.query.filters import Filter
from kzus.query.headlines import headline as headlines
from kzus.query.headlines.claims import (
    hidden_notes,
    own_list,
    stated_lines,
    without_currency,
)
from kzus.query.headlines.headline import Headline, packages
from kzus.query.headlines.marks import Marks, read_marks
from kzus.query.headlines.notes import notes
from kzus.query.headlines.packages import claimant, find_package
from kzus.query.headlines.rows import (
    ITEM_COLUMNS,
    LIST_COLUMNS,
    headline_document,
    item_rows,
)
from kzus.query.listing import Column, arrange
from kzus.render.cells import BLANK
from kzus.render.formats import DOCUMENTS
from kzus.values.numbers import print_amount
from kzus.values.text import as_sentence

_SAID_COLUMNS = (
    Column("says"),
    Column("by"),
    Column("its list"),
    Column("difference"),
    Column("published", "date"),
    Column("of"),
    Column("source", "sources"),
)
_SAID_LAYOUT = (("says",), ("by",), ("its list",), ("difference",))
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
        list_packages(session, [headlines.headline(session.index, each) for each in ids])
        return
    names = session.check(ITEM_COLUMNS)
    if session.is_structured:
        session.require_whole("headline", "the whole package")
    found = headlines.headline(
        session.index, find_package(session.facts.whole, " ".join(package)) if package else ids[0]
    )
    session.title = found.title
    session.told = f"What each source claims of the package {found.id}, and what its own list of items comes to."
    if session.is_structured:
        session.print_document(headline_document(found))
        return
    marks = _marks(session, found)
    hidden = hidden_notes(marks.hidden, marks.hidden_items)
    if session.is_for_people and not names:
        _print_said(session, found, hidden)
        _print_matrix(session, found, marks)
    else:
        _print_items(session, names, found)
    claimed = stated_lines(found, is_lens=bool(marks.hidden))
    for line in notes(found, marks) if session.is_for_people else [*hidden, *map(as_sentence, claimed)]:
        session.footnote(line)
    if session.format == "table" and not names and _has_note(session, found.id):
        session.caption(f"the curator's note on it: kzus show {found.id}")


def _has_note(session: Session, package: str) -> bool:
    return bool(session.index.execute("SELECT note FROM packages WHERE id = ?", (package,)).fetchone()[0])


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
        by = claimant(said.publisher, said.via, is_short=is_short)
        claim = without_currency(said.said)
        of = said.of if said.number is None else BLANK
        rows.append((claim, by, its_list, difference or BLANK, said.published, of, said.source))
    if rows:
        has_difference = any(own_list(said)[1] for said in found.values)
        wanted = _SAID_LAYOUT if is_short else _SAID_DOCUMENT
        layout = [stack for stack in wanted if has_difference or stack != ("difference",)]
        session.print(_SAID_COLUMNS, rows, layout, extra=_SAID_EXTRA)


def _print_items(session: Session, names: list[str], found: Headline) -> None:
    session.print_arranged(ITEM_COLUMNS, item_rows(found), names)


def _print_matrix(session: Session, found: Headline, marks: Marks) -> None:
    if not found.items:
        return
    by_id = {item.id: item for item in found.items}
    items = in_reading_order(found)[: session.output.limit]
    if sort := session.output.sort:
        _, rows = arrange(ITEM_COLUMNS, item_rows(found), names=["id"], sort=sort, limit=session.output.limit)
        items = [by_id[str(row[0])] for row in rows]
    matrix = build_matrix(found, marks, items, session.env.width if session.format == "table" else None)
    session.print(matrix.columns, matrix.rows, total=matrix.total, caption=matrix.legend, sections=matrix.sections)
    if matrix.remarks:
        session.caption(matrix.remarks)
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
    session.print(_LISTS_COLUMNS, rows)
