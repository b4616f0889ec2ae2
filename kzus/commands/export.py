"""`kzus export`: writes all facts to a file, whose name says in which form."""

import os
from collections.abc import Sequence
from typing import Annotated

import typer

from kzus.commands.base import Force, command
from kzus.commands.session import Session
from kzus.errors import UnknownNameError, UsageError
from kzus.export import datapackage
from kzus.export.files import as_json, write_json, write_sqlite
from kzus.index.fact_file import fact_file
from kzus.query.filters import Filter
from kzus.values.text import file_name, quoted

EXPORT_KINDS = ("sqlite", "excel", "datapackage", "json")
_KIND_OF_ENDING = {
    ".sqlite": "sqlite", ".sqlite3": "sqlite", ".db": "sqlite",
    ".xlsx": "excel", ".json": "json", ".zip": "datapackage",
}  # fmt: skip
_EXAMPLE_TARGETS = {"sqlite": "facts.sqlite", "excel": "facts.xlsx", "datapackage": "facts/"}
Names = Annotated[
    list[str],
    typer.Argument(
        help="The file to write, by its ending .sqlite, .db, .xlsx or .json; a folder or a .zip for a data package.",
        metavar="FILE",
        show_default=False,
    ),
]


@command(
    output=(),
    words={"names": EXPORT_KINDS},
    help="""
    Take everything away as SQLite, Excel, a data package or JSON

    The name says which. SQLite has the tables of kzus sql. Excel has a sheet a collection, and a first sheet that
    says what every column means. A data package, for Frictionless and others, has a CSV file a table with its
    types and keys. JSON is a fact file that kzus reads. The kind may stand in front: kzus export json FILE.

    $ kzus export facts.xlsx
    $ kzus export facts.sqlite
    $ kzus export facts/  # a data package
    $ kzus export json | jq .as_of
    """,
)
def export_command(
    session: Session,
    _: Filter,
    names: Names,
    force: Force = False,  # noqa: FBT002 - a flag
) -> None:
    """Write the facts to a file, or JSON to stdout."""
    kind, target = _kind_and_target(names)
    if target is None:
        session.env.stdout.write(as_json(session.index))
        return
    target = file_name(target)
    session.index  # noqa: B018 - fails here if there is no fact file
    if os.path.exists(target) and session.facts.path.exists() and os.path.samefile(target, session.facts.path):  # noqa: PTH110, PTH121 - a Path has no advantage
        raise UsageError(f"{quoted(target)} is the fact file itself; name another")
    _write(session, kind, target, force=force)
    session.remark(f"wrote {target}")


def _write(session: Session, kind: str, target: str, *, force: bool) -> None:
    if kind == "excel":
        from kzus.export.excel import write_excel
        from kzus.query.citations import edition

        write_excel(session.index, target, digest=edition(session.facts.whole).digest, force=force)
    elif kind == "datapackage":
        # The licence is that of the facts that come with kzus, and nobody else's.
        shipped = os.path.realpath(session.facts.path) == os.path.realpath(fact_file())
        write_package = datapackage.write_zip if _ending(target) == ".zip" else datapackage.write_datapackage
        write_package(session.index, target, force=force, licence=datapackage.LICENCE if shipped else None)
    else:
        write = write_sqlite if kind == "sqlite" else write_json
        write(session.index, target, force=force)


def _kind_and_target(names: Sequence[str]) -> tuple[str, str | None]:
    """Return what to write and where, or no place for stdout; raises `UsageError`.

    A kind alone, or in front of a file, is read as such; a folder with that name can be written `./json`.
    """
    first, *others = names
    if len(others) > 1:
        raise UsageError(f"one file at a time; {quoted(others[1])} is too much")
    if not others and first not in (*EXPORT_KINDS, "-"):
        return _kind_of(first), first
    # `xlsx FILE` says a kind by its ending; alone, `xlsx` would be a folder.
    kind = "json" if first == "-" else _KIND_OF_ENDING.get(f".{first}", first) if others else first
    if kind not in EXPORT_KINDS:
        raise UnknownNameError("kind of export", kind, EXPORT_KINDS)
    if others and others != ["-"]:
        return kind, others[0]
    if kind != "json":
        raise UsageError(f"{kind} is not for stdout; name what to write: kzus export {_EXAMPLE_TARGETS[kind]}")
    return kind, None


def _kind_of(file: str) -> str:
    """Return what the name of a file asks for; raises `UsageError`."""
    if kind := _KIND_OF_ENDING.get(_ending(file)):
        return kind
    if not _ending(file) or file.endswith(("/", os.sep)) or os.path.isdir(file_name(file)):  # noqa: PTH112 - as above
        return "datapackage"
    raise UsageError(
        f"{quoted(file)} doesn't say what to write; end it in .sqlite, .db, .xlsx, .json or .zip,"
        " or name a folder for a data package"
    )


def _ending(file: str) -> str:
    return os.path.splitext(file)[1].lower()  # noqa: PTH122 - as above
