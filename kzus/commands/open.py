"""`kzus open`: opens the source of an entry in the browser."""

from typing import Annotated

import typer

from kzus.commands import complete
from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.errors import KzusError
from kzus.query.citations import address
from kzus.query.filters import Filter
from kzus.values.text import visible

EntryId = Annotated[
    str,
    typer.Argument(
        help="An id or name of any kind.", metavar="ID", show_default=False, autocompletion=complete.ids("entries")
    ),
]
OnlyPrint = Annotated[bool, typer.Option("--print", help="Print the address and open nothing.")]


@command(
    output=(),
    help="""
    Open the first source of an id in the browser

    The first one that is on the web; in a pipe its address is printed instead.

    $ kzus open ktz-citibank-mandate --print
    """,
)
def open_command(session: Session, _: Filter, name: EntryId, only_print: OnlyPrint = False) -> None:  # noqa: FBT002 - a flag
    """Open a source in the browser, or print its address."""
    name = session.named(name)
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
