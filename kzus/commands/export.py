"""`kzus export`: writes all facts as SQLite, a data package or JSON."""

import os
from typing import Annotated

import typer

from kzus.commands import complete
from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.errors import UnknownNameError, UsageError
from kzus.export.files import LICENCE, as_json, write_datapackage, write_json, write_sqlite
from kzus.index.store import fact_file
from kzus.query.filters import Filter
from kzus.values.text import file_name, quoted

EXPORT_KINDS = ("sqlite", "datapackage", "json")
ExportKind = Annotated[
    str,
    typer.Argument(
        help=f"{', '.join(EXPORT_KINDS)}.",
        metavar="KIND",
        show_default=False,
        autocompletion=complete.words(EXPORT_KINDS),
    ),
]
Target = Annotated[
    str | None,
    typer.Argument(help="The file to write, for a data package the folder.", metavar="[PATH]", show_default=False),
]
Force = Annotated[bool, typer.Option("--force", help="Replace what exists.")]


@command(
    output=(),
    help="""
    Take everything away as SQLite, a data package or JSON

    SQLite has the tables of kzus sql, explained in the file. A data package, for Frictionless and others, has a
    CSV file a table with its types and keys. JSON is a fact file that kzus reads; without a PATH it is printed.

    $ kzus export sqlite facts.sqlite
    $ kzus export json | jq .as_of
    """,
)
def export_command(session: Session, _: Filter, kind: ExportKind, target: Target = None, force: Force = False) -> None:  # noqa: FBT002 - a flag
    """Write the facts to a file, or JSON to stdout."""
    if kind not in EXPORT_KINDS:
        raise UnknownNameError("kind of export", kind, EXPORT_KINDS)
    if target is None or target == "-":
        if kind != "json":
            raise UsageError(f"{kind} is not for stdout; name what to write: kzus export {kind} PATH")
        session.env.stdout.write(as_json(session.index))
        return
    target = file_name(target)
    index = session.index  # fails here if there is no fact file
    if os.path.exists(target) and session.facts.exists() and os.path.samefile(target, session.facts):  # noqa: PTH110, PTH121 - a Path has no advantage
        raise UsageError(f"{quoted(target)} is the fact file itself; name another")
    if kind == "datapackage":
        shipped = os.path.realpath(session.facts) == os.path.realpath(fact_file())
        write_datapackage(index, target, force=force, licence=LICENCE if shipped else None)
    else:
        write = write_sqlite if kind == "sqlite" else write_json
        write(index, target, force=force)
    session.remark(f"wrote {target}")
