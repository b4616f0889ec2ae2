"""`kzus check`: is the fact file sound."""

from pathlib import Path
from typing import Annotated

import typer

from kzus.commands.base import command
from kzus.commands.desk import Desk
from kzus.query import Filter

File = Annotated[
    str | None, typer.Argument(help="The fact file; the one in use unless given.", metavar="[FILE]", show_default=False)
]


@command(output=(), lens=())
def check(desk: Desk, _: Filter, file: File = None) -> None:
    """Check a fact file

    Prints every problem as FILE:LINE:COLUMN: path: message and exits 1, or one line of counts.

    $ kzus check facts.yaml
    """
    from kzus.factfile import load
    from kzus.index import FactFile
    from kzus.tables import collections

    path = Path(file) if file else desk.facts
    facts = load(FactFile.at(path).read(), str(path))
    counts = ", ".join(f"{name} {len(entries)}" for name, entries in collections(facts))
    desk.env.stdout.write(f"{path}: sound · {counts}\n")
