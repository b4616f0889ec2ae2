"""`kzus brief`: a card with the most important figures on one screen."""

from functools import partial
from typing import Annotated

import typer

from kzus.commands.base import All, command, tell_other_sectors
from kzus.commands.session import Session
from kzus.query.brief.brief import BRIEF_COLUMNS, FEW, MANY, Brief, brief_document, lines, make_brief
from kzus.query.brief.subject import find_subject
from kzus.query.filters import Filter
from kzus.render.formats import DOCUMENTS

Name = Annotated[
    list[str] | None,
    typer.Argument(
        help="A sector or party by id, name or alias; all of it unless given.",
        metavar="[NAME]",
        show_default=False,
    ),
]


@command(
    columns=BRIEF_COLUMNS,
    ids={"name": ("sectors", "parties")},
    subject="The most important figures",
    help="""
    Print the most important figures on one screen

    Each kind of money stands for itself, from whom to whom, firm and pledged; loans are in no other figure. Then
    the newest package and the list of whoever claims it, the largest deals that aren't dormant, what happened last,
    and what no sum holds: direct investment and what whole ventures cost. JSON and YAML hold it whole.

    $ kzus brief
    $ kzus brief transport  # the card of a sector
    $ kzus brief john deere  # of a party
    $ kzus brief --as-of 2025-10  # from what was published by then
    """,
)
def brief_command(
    session: Session,
    _: Filter,
    name: Name = None,
    is_whole: All = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Print the card of everything, of a sector or of a party."""
    names = session.check(BRIEF_COLUMNS)
    is_document, is_card = session.format in ("json", "yaml"), not session.output.is_of_lines
    if is_document:
        session.require_whole("brief", "the whole card")
    of = find_subject(session.index, " ".join(name)) if name else None
    found = make_brief(session.index, of, most=MANY if is_whole else FEW)
    if of and of.kind == "sector":
        tell_other_sectors(session, [of.id])
    if is_document:
        session.print_document({**session.facts.edition(), **brief_document(found)})
    elif session.format in DOCUMENTS and is_card:
        _print_sections(session, found, is_whole=is_whole)
    elif session.is_for_people and is_card:
        from kzus.query.brief.beside import read_notes
        from kzus.render.terminal.brief import draw_brief

        lens = session.described(Filter())
        notes = read_notes(session.index, found)
        session.draw(partial(draw_brief, found, notes, lens=lens, is_whole=is_whole))
    else:
        session.print_arranged(BRIEF_COLUMNS, lines(found), names)


def _print_sections(session: Session, found: Brief, *, is_whole: bool) -> None:
    """Print the card as a document."""
    from kzus.query.brief.beside import read_sources
    from kzus.render.brief_sections import build_sections

    session.title = found.subject.name if found.subject else found.title
    of = f" of this {found.subject.kind} in {found.title}" if found.subject else ""
    session.told = f"The most important figures{of}, each kind of money for itself."
    for section in build_sections(found, read_sources(session.index, found), session.links, is_whole=is_whole):
        session.print_part(section)
