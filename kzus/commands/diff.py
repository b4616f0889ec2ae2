"""`kzus diff`: what changed between two fact files, or between two days."""

import re
import sqlite3
from typing import Annotated

import typer

from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.errors import ExitCode
from kzus.index.fact_file import fact_file
from kzus.index.store import in_memory, open_index, stored
from kzus.query.diff import DIFF_COLUMNS, SUM_KIND, Change, diff, sum_changes
from kzus.query.filters import Filter, read_lens
from kzus.query.listing import arrange
from kzus.values.amounts import print_amount
from kzus.values.dates import PATTERN

_LAYOUT = (("change",), ("title",), ("field",), ("old",), ("new",))
Old = Annotated[str, typer.Argument(help="A fact file, or a day: 2025-10.", metavar="OLD")]
New = Annotated[
    str | None,
    typer.Argument(help="Another, the present file unless given.", metavar="[NEW]", show_default=False),
]
ExitCodeOption = Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if anything differs.")]


@command(
    lens=(),
    columns=DIFF_COLUMNS,
    help="""
    Show what changed between two fact files, or between two days

    A day stands for what had been published by then: an ISO prefix is a day, anything else a file. Last come the
    sums of each flow, where they differ.

    $ kzus diff 2025-10 2026-03  # what became known in between
    $ kzus diff 2025-10 -f tsv | grep '^added.deal'
    """,
)
def diff_command(
    session: Session,
    _: Filter,
    old: Old,
    new: New = None,
    exit_code: ExitCodeOption = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Print what changed."""
    names = session.check(DIFF_COLUMNS)
    before, after = _open_named(session, old), _open_named(session, new) if new else session.facts.whole
    found = [*diff(stored(before), stored(after)), *sum_changes(before, after)]
    if session.is_for_people:
        found = list(map(_with_scales, found))
    columns, rows = arrange(DIFF_COLUMNS, found, names=names, sort=session.output.sort, limit=session.output.limit)
    session.print(
        columns,
        rows,
        [(name,) for name in names] or _LAYOUT,
        caption=_summary(found),
        sections=[] if names or session.output.sort else [change.kind for change in found[: len(rows)]],
    )
    if not found:
        session.report_none(f"nothing differs between {old} and {new or 'the present file'}")
    elif exit_code:
        raise typer.Exit(ExitCode.FAILED)


def _open_named(session: Session, named: str) -> sqlite3.Connection:
    """Open a fact file, or the present one as it was known on a day."""
    if not re.fullmatch(PATTERN, named, re.ASCII):
        return session.facts.deadline.bind(open_index(fact_file(named)))
    from kzus.facts.lens import apply_lens

    lens = read_lens(session.facts.whole, (), named)
    return session.facts.deadline.bind(in_memory(apply_lens(stored(session.facts.whole), lens)))


def _with_scales(change: Change) -> Change:
    """Return a change with the amounts of a sum as a person reads them."""
    if change.kind != SUM_KIND:
        return change
    old, new = (None if amount is None else print_amount(int(amount), places=1) for amount in (change.old, change.new))
    return change._replace(old=old, new=new)


def _summary(found: list[Change]) -> str:
    entries = [change.change for change in found if change.field is None]
    added, removed = entries.count("added"), entries.count("removed")
    changed = len({each.id for each in found if each.field is not None and each.kind not in (SUM_KIND, "file")})
    return f"{added} {'entry' if added == 1 else 'entries'} added, {removed} removed, {changed} changed"
