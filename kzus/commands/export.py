"""`kzus export`: everything, to take away."""

import os
from pathlib import Path
from typing import Annotated

import typer

from kzus.commands.base import command
from kzus.commands.desk import Desk
from kzus.errors import UnknownNameError, UsageError
from kzus.exports import as_json, write_json, write_sqlite
from kzus.query import Filter

WRITERS = {"sqlite": write_sqlite, "json": write_json}
Kind = Annotated[str, typer.Argument(help=f"{', '.join(WRITERS)}.", metavar="KIND", show_default=False)]
Target = Annotated[
    str | None, typer.Argument(help="Where to; JSON goes to stdout without.", metavar="[FILE]", show_default=False)
]
Force = Annotated[bool, typer.Option("--force", help="Replace what exists.")]


@command(output=())
def export(desk: Desk, _: Filter, kind: Kind, target: Target = None, force: Force = False) -> None:  # noqa: FBT002 - a flag
    """Take everything away as SQLite, a data package or JSON

    JSON is a fact file that kzus reads. SQLite has the tables of kzus sql, explained in the file.

    $ kzus export json | jq .as_of
    """
    if kind not in WRITERS:
        raise UnknownNameError("kind of export", kind, WRITERS)
    if target is None or target == "-":
        if kind != "json":
            raise UsageError(f"{kind} is not for stdout; name what to write: kzus export {kind} PATH")
        desk.env.stdout.write(as_json(desk.index))
        return
    if os.path.exists(target) and os.path.samefile(target, desk.facts):  # noqa: PTH110, PTH121 - no object needed
        raise UsageError(f"'{target}' is the fact file itself; name another")
    WRITERS[kind](desk.index, Path(target), force=force)
    desk.remark(f"wrote {target}")
