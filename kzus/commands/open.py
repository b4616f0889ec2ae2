"""`kzus open`: opens the source of an entry in the browser."""

from typing import Annotated

import typer

from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.errors import KzusError, UsageError
from kzus.query.citations import address
from kzus.query.filters import Filter
from kzus.query.lookup import by_words, named_ids
from kzus.values.text import quoted, visible

EntryName = Annotated[
    list[str],
    typer.Argument(
        help="An id or name of any kind, or words of a title.",
        metavar="ID",
        show_default=False,
    ),
]
OnlyPrint = Annotated[bool, typer.Option("--print", help="Print the address and open nothing.")]


@command(
    output=(),
    ids={"words": ("entries",)},
    help="""
    Open the first source of an id in the browser

    The first one that is on the web; in a pipe its address is printed instead.

    $ kzus open ktz-citibank-mandate --print
    """,
)
def open_command(session: Session, _: Filter, words: EntryName, only_print: OnlyPrint = False) -> None:  # noqa: FBT002 - a flag
    """Open a source in the browser, or print its address."""
    name, *others = named_ids(session.facts.whole, words)
    if others:  # of which only one can be meant
        phrase = " ".join(words)
        if (titled := by_words(session.facts.whole, phrase)) is None:
            raise UsageError(f"{quoted(phrase)} is {len(others) + 1} entries; write one")
        name = titled
    url = address(session.index, name)
    if not url or not url.startswith(("https://", "http://")):
        raise KzusError(f"no source of '{name}' has a web address; 'kzus cite {name}' names them")
    if only_print or not session.env.is_terminal:
        session.env.stdout.write(f"{visible(url)}\n")
        return
    import webbrowser

    if not webbrowser.open(url):
        raise KzusError(f"no browser could be started; read it at {url}")
    session.remark(f"opened {url}")
