"""`kzus cite`: citations of the sources of an entry."""

from typing import Annotated

import typer

from kzus.commands import complete
from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.errors import UnknownNameError
from kzus.query.citations import STYLES, cited, own
from kzus.query.filters import Filter

CitedIds = Annotated[
    list[str] | None,
    typer.Argument(
        help="Ids or names of any kind; kzus itself unless given.",
        metavar="[ID]...",
        autocompletion=complete.ids("entries"),
    ),
]
Style = Annotated[
    str,
    typer.Option(
        "--style", help=f"{', '.join(STYLES)}.", metavar="STYLE", autocompletion=complete.words(tuple(STYLES))
    ),
]


@command(
    output=(),
    help="""
    Cite the sources of an id, or kzus itself

    A party or a sector has the sources of everything that it stands in. BibTeX is for biblatex, CSL-JSON for
    Zotero, pandoc and others.

    $ kzus cite ktz-citibank-mandate
    $ kzus cite ktz-citibank-mandate --style bibtex > kzus.bib
    $ kzus cite  # kzus itself
    """,
)
def cite_command(session: Session, _: Filter, ids: CitedIds = None, style: Style = "text") -> None:
    """Print citations."""
    if style not in STYLES:
        raise UnknownNameError("style", style, STYLES)
    found = cited(session.index, map(session.named, ids)) if ids else [own(session.index)]
    written = [STYLES[style](citation) for citation in found]
    if style == "csl-json":
        session.print_objects(written)
    else:
        # On a terminal a citation takes several lines, so empty lines must separate citations.
        apart = "\n\n" if style == "bibtex" or session.env.is_terminal else "\n"
        session.env.stdout.write(apart.join(written) + "\n" * bool(written))
    if not found:
        session.report_none("no sources" + session.described(Filter()))
