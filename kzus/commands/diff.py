"""`kzus diff`: what changed between two fact files, or between two days."""

import os
import re
from typing import Annotated

import typer

from kzus.commands.base import All, command
from kzus.commands.session import Session
from kzus.errors import ExitCode, UsageError
from kzus.index.fact_file import fact_file
from kzus.index.store import open_index
from kzus.query.diff import DIFF_COLUMNS
from kzus.query.diff_sides import ComparedSide, Comparison, compare, is_day, open_dates_remark, side_of
from kzus.query.filters import Filter, read_date
from kzus.render.cells import BETWEEN
from kzus.values.dates import PATTERN, last_day
from kzus.values.text import file_name, quoted

Old = Annotated[str, typer.Argument(help="A fact file, or a day: 2025-10.", metavar="OLD")]
New = Annotated[
    str | None,
    typer.Argument(help="Another, the present file unless given.", metavar="[NEW]", show_default=False),
]
ExitCodeOption = Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if anything differs.")]


@command(
    lens=(),
    columns=DIFF_COLUMNS,
    subject="What changed",
    help="""
    Show what changed between two fact files, or between two days

    A day stands for what had been published by then: an ISO prefix is a day, anything else a file. On a terminal
    come the sums of each flow, then the deals that explain them, then claims, updates and other entries; in a pipe
    a line a change in the order of the file, the sums last. A deal's stage is that of today, which an update may
    have brought; counted_usd is what it adds to a sum. What only pages without a sure date tell is set apart.

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
    is_whole: All = False,  # noqa: FBT002 - as above
) -> None:
    """Print what changed."""
    names, output = session.check(DIFF_COLUMNS), session.output
    found = compare(_side_named(session, "OLD", old), _side_named(session, "NEW", new))
    before, after = _in_words(old), _in_words(new or "the present file")
    session.title = f"What changed from {before} to {after}"
    is_drawn = session.is_for_people and not (names or output.sort)
    if is_drawn:
        today = found.new.facts["as_of"] if found.old.day else "now"
        _draw(session, found, f"{before} → {after if new else today}", is_whole=is_whole or session.format != "table")
    else:
        _print_changes(session, found, names)
    if remark := open_dates_remark(found, is_naming=not is_drawn):
        session.footnote(remark)
    # Two days always differ in the day, which is no change of the facts.
    if all(is_day(each, found) for each in found.order):
        but = " but the day" if found.order else ""
        session.report_none(f"nothing differs between {before} and {after}{but}")
    if found.order and exit_code:
        raise typer.Exit(ExitCode.FAILED)


def _in_words(named: str) -> str:
    """Say of a month or a year that its last day is meant: who reads `2025-09` takes it for the first."""
    is_open = re.fullmatch(PATTERN, named, re.ASCII) and last_day(named) != named
    return f"end of {named}" if is_open else named


def _side_named(session: Session, argument: str, named: str | None) -> ComparedSide:
    """Open a fact file, the present one, or that as it was known on a day."""
    if named is None:
        return side_of(session.facts.whole)
    if re.fullmatch(PATTERN, named, re.ASCII):
        from kzus.facts.lens import Lens

        return side_of(session.facts.whole, Lens(as_of=read_date(argument, named)))
    # A day that is misspelt would be called a missing file; what looks like a path may be one.
    if not (named == "-" or "/" in named or "." in named or os.path.exists(file_name(named))):  # noqa: PTH110 - of a str
        raise UsageError(f"{quoted(named)} is neither a file nor a day; write {_spelled(named)}")
    return side_of(session.facts.deadline.bind(open_index(fact_file(named))))


def _spelled(named: str) -> str:
    """Return the day that is meant, or how a day is written."""
    from kzus.values.dates import spell_date

    return spell_date(named) or "2025, 2025-10 or 2025-10-31"


def _draw(session: Session, found: Comparison, title: str, *, is_whole: bool) -> None:
    """Print how many deals differ, a table for each sort of change, and a count of what isn't listed."""
    from kzus.render.diff import diff_tables, explain_signs, unlisted

    summary, tables = diff_tables(found, is_whole=is_whole)
    if tables:
        session.caption(f"{title}{BETWEEN}{summary}")
    room = session.output.limit
    for table in tables:
        rows = table.rows[:room]
        screen = table.screen(session.env.width) if table.narrow else None
        if rows:
            session.print(table.columns, rows, table.layout, sections=table.headings[: len(rows)], screen=screen)
        room = None if room is None else room - len(rows)
    notes = [
        explain_signs(tables),
        "" if found.sums or not tables else "no sum of a flow differs",
        "" if is_whole else unlisted(found),
    ]
    for note in filter(None, notes):
        session.caption(note)


def _print_changes(session: Session, found: Comparison, names: list[str]) -> None:
    """Print a line a change."""
    every = (*found.order, *found.sums)
    if session.is_for_people:
        from kzus.render.diff import ROW_SCREEN, row_in_words

        session.print_arranged(DIFF_COLUMNS, map(row_in_words, every), names, None if names else ROW_SCREEN)
    else:
        session.print_arranged(DIFF_COLUMNS, [each.row() for each in every], names)
