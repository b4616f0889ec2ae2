"""`kzus headline`: compares a headline package with its members."""

from contextlib import suppress
from typing import Annotated

import typer

from kzus.commands import complete
from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.errors import UnknownIdError
from kzus.query import headline as headlines
from kzus.query.filters import Filter
from kzus.query.headline import ITEM_COLUMNS, LIST_COLUMNS, SAID_COLUMNS, Headline, document, notes, packages
from kzus.query.listing import arrange

LIST_LAYOUT = (("date",), ("title", "id"), ("value",), ("total_usd",), ("gap_usd",), ("members",), ("firm_usd",))
SAID_LAYOUT = (("said",), ("publisher", "source"), ("published",), ("gap_usd",), ("of",))
ITEM_LAYOUT = (("title", "id", "reason"), ("amount_usd",), ("counted_usd",), ("stage",), ("listed_by",), ("date",))
PackageId = Annotated[
    str | None,
    typer.Argument(
        help="A package; may be left out if there is one.", metavar="[ID]", autocompletion=complete.ids("packages")
    ),
]


@command(
    columns=(*LIST_COLUMNS, *ITEM_COLUMNS[6:]),
    help="""
    Set a headline package against its members

    Every source's figure, the members with what they state and count, and the gap: what of the headline no item
    shows, or by how much the items exceed it. Members count as in any total, so that nothing counts twice. In a
    pipe one line a member; without an id one line a package, if there are several.

    $ kzus headline
    $ kzus headline washington-2025-11
    $ kzus headline washington-2025-11 -f json | jq '.gap_usd'
    """,
)
def headline_command(session: Session, _: Filter, package: PackageId = None) -> None:
    """Print a package beside its members."""
    ids = packages(session.index)
    if package is None and len(ids) != 1:
        _list_packages(session, [headlines.headline(session.index, each) for each in ids])
        return
    names = session.check(ITEM_COLUMNS)
    if package is not None:
        with suppress(UnknownIdError):  # the next line raises it with the packages that there are
            package = session.named(package)
    found = headlines.headline(session.index, ids[0] if package is None else package)
    if session.is_structured:
        session.print_document(document(found))
        return
    if session.is_for_people and not names:
        session.print(SAID_COLUMNS, [*found.values, *found.counts], SAID_LAYOUT, caption=f"{found.title} · {found.id}")
    items = [(found.id, *item) for item in found.items]
    columns, rows = arrange(ITEM_COLUMNS, items, names=names, sort=session.output.sort, limit=session.output.limit)
    whole = {"title": "total", "counted_usd": found.total_usd}
    total = tuple(whole.get(column.name) for column in columns)
    session.print(columns, rows, [(name,) for name in names] or ITEM_LAYOUT, total=total)
    for line in notes(found):
        session.footnote(line)


def _list_packages(session: Session, found: list[Headline]) -> None:
    names = session.check(LIST_COLUMNS)
    every = [each[: len(LIST_COLUMNS)] for each in found]
    columns, rows = arrange(LIST_COLUMNS, every, names=names, sort=session.output.sort, limit=session.output.limit)
    many = f"{len(rows)} package{'s' * (len(rows) != 1)}{session.described(Filter())}"
    session.print(columns, rows, [(name,) for name in names] or LIST_LAYOUT, caption=many)
    if not rows:
        session.report_none(f"no packages{session.described(Filter())}")
