"""`kzus cite`: citations of the sources of an entry."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Annotated

import typer

from kzus.commands.base import All, command
from kzus.commands.session import Session
from kzus.errors import UnknownNameError
from kzus.facts.vocabulary import SINGULAR
from kzus.query.citations import STYLES, Citation, citations, edition, own
from kzus.query.filters import Filter
from kzus.query.lookup import best_known_deal, named_ids

_DEALS_OF = {"parties": "id IN (SELECT deal FROM shares WHERE party = ?)", "sectors": "sector = ?"}
"""The deals of what has no source of its own."""
CitedIds = Annotated[
    list[str] | None,
    typer.Argument(
        help="Ids or names of any kind, or words of a title; kzus itself unless given.",
        metavar="[ID]...",
    ),
]
Style = Annotated[
    str,
    typer.Option("--style", help=f"{', '.join(STYLES)}.", metavar="STYLE"),
]


@command(
    output=(),
    ids={"ids": ("entries",)},
    words={"style": tuple(STYLES)},
    help="""
    Cite the best source of an id, or kzus itself

    Official pages first, then those of companies, filings, data sets, and news and the like; --all has every source
    in this order. A party or a sector has the sources of everything that it stands in. Each citation names the
    version and the digest of the facts. BibTeX is for biblatex, CSL-JSON for Zotero, pandoc and others.

    $ kzus cite ktz-citibank-mandate
    $ kzus cite ktz-citibank-mandate --all --style bibtex > kzus.bib
    $ kzus cite  # kzus itself
    """,
)
def cite_command(
    session: Session,
    _: Filter,
    ids: CitedIds = None,
    style: Style = "text",
    every: All = False,  # noqa: FBT002 - a flag
) -> None:
    """Print citations."""
    if style not in STYLES:
        raise UnknownNameError("style", style, STYLES)
    facts = edition(session.facts.whole)  # a lens has no digest of its own
    cited = named_ids(session.facts.whole, ids or ())
    known = [citations(session.index, name, facts) for name in cited]
    found = _once(each if every else each[:1] for each in known) if ids else [own(session.index, facts)]
    _print_citations(session, found, style)
    if ids and len(_once(known)) > len(found):
        session.remark(_cited_line(session, cited, len(found), len(_once(known))))


def _cited_line(session: Session, cited: Sequence[str], shown: int, known: int) -> str:
    """Say what is cited and how many of its sources are; of a party or sector also how to cite one of its deals."""
    many = f"{shown} of {known} sources; all: --all"
    if len(cited) > 1:
        return many
    kind, title = session.index.execute("SELECT kind, title FROM entries WHERE id = ?", cited).fetchone()
    deal = best_known_deal(session.index, _DEALS_OF[kind], *cited) if kind in _DEALS_OF else ""
    return f"{title} ({SINGULAR[kind]}): {many}" + f"; a deal: kzus cite {deal}" * bool(deal)


def _once(found: Iterable[Sequence[Citation]]) -> list[Citation]:
    return list({citation.id: citation for citation in chain.from_iterable(found)}.values())


def _print_citations(session: Session, found: Sequence[Citation], style: str) -> None:
    written = [STYLES[style](citation) for citation in found]
    if style == "csl-json":
        session.print_objects(written)
    else:
        # On a terminal a citation takes several lines, so empty lines must separate citations.
        apart = "\n\n" if style == "bibtex" or session.env.is_terminal else "\n"
        session.env.stdout.write(apart.join(written) + "\n" * bool(written))
    if not found:
        session.report_none("no sources" + session.described(Filter()))
