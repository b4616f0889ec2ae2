"""`kzus sql`: what no other command asks."""

import os
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, islice
from typing import Annotated, Any, NoReturn

import typer

from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.errors import KzusError, UsageError
from kzus.query import sql as reading
from kzus.query.filters import Filter
from kzus.query.listing import Column

_STREAMED = ("tsv", "csv", "json", "jsonl")
"""Formats that need not know the last row to print the first."""
_ELSE = f"{', '.join(_STREAMED)} have all"
_DRAWN, _DRAWN_SIZE = 10_000, 4_000_000
"""So many rows and characters fit into a table that somebody may read; the rest would only fill the memory."""
_MANY = 200
"""Columns, for the same reason."""
_LONGEST = 1_000_000
"""Characters of a query; a pipe may have no end."""
Row = tuple[Any, ...]

Query = Annotated[
    str | None, typer.Argument(help="One SELECT; - reads it from stdin.", metavar="[QUERY]", show_default=False)
]
Schema = Annotated[bool, typer.Option("--schema", help="Print the tables and what their columns mean.")]
Timeout = Annotated[float, typer.Option("--timeout", help="Give up after so long.", metavar="SECONDS")]


@command(
    output=("format", "limit", "no_header"),
    help="""
    Ask the index in SQL

    SQLite's, and reading only. The tables are those that --schema explains and kzus export sqlite writes.

    $ kzus sql --schema  # what can be asked for
    $ kzus sql "select kind, count(*) from entries group by 1"
    """,
)
def sql(session: Session, _: Filter, query: Query = None, schema: Schema = False, timeout: Timeout = 10) -> None:  # noqa: FBT002 - a flag
    """Run a query, or print the schema."""
    if schema == bool(query):
        raise UsageError("write either a query or --schema, which shows what can be asked for")
    session.check(())
    if not timeout > 0:
        raise UsageError(f"--timeout: {timeout:g} is no time; write seconds, such as 10 or 0.5")
    if schema:
        session.env.stdout.write(f"{reading.schema(session.index)}\n")
        return
    found = reading.run(session.index, _read(session, query or ""), seconds=timeout, stuck=partial(_give_up, session))
    first = list(islice(found.rows, 1))  # what goes wrong does so before anything is printed
    _print(session, found.columns, islice(chain(first, found.rows), session.output.limit))


def _read(session: Session, query: str) -> str:
    if query != "-":
        return query
    if session.env.stdin is None:
        raise KzusError("there is no stdin to read a query from")
    try:
        text = session.env.stdin.read(_LONGEST + 1)
    except UnicodeDecodeError as error:
        raise UsageError(f"the query on stdin is not UTF-8: {error.reason}") from None
    if len(text) > _LONGEST:
        raise UsageError(f"the query on stdin is longer than {_LONGEST} characters; is it a query?")
    return text


def _give_up(session: Session, late: KzusError) -> NoReturn:
    """End the process, which is all that stops SQLite within a step."""
    session.env.stderr.write(f"kzus: {late}\n")
    os._exit(late.exit_code)


def _print(session: Session, names: Sequence[str], rows: Iterator[Row]) -> None:
    layout = [(name,) for name in names]
    if session.format in _STREAMED:
        session.print(tuple(map(Column, names)), rows, layout)
        return
    if session.is_for_people and len(names) > _MANY:
        raise KzusError(f"{len(names)} columns are too many to draw; {_ELSE}")
    shown = _first(rows, _DRAWN, _DRAWN_SIZE)
    if any(_size(row) > _DRAWN_SIZE for row in shown):
        raise KzusError(f"a row of more than {_DRAWN_SIZE} characters is too long for {session.format}; {_ELSE}")
    columns = tuple(Column(name, _kind(name, [row[at] for row in shown])) for at, name in enumerate(names))
    session.print(columns, shown, layout, caption=f"{len(shown)} row{'s' * (len(shown) != 1)}")
    if next(rows, None):
        session.footnote(f"only the first {len(shown)} rows; {_ELSE}")
    if not shown:
        session.remark("no rows")


def _first(rows: Iterator[Row], many: int, size: int) -> list[Row]:
    """Take so many rows at most, and none more once they have so many characters."""
    taken: list[Row] = []
    length = 0
    while len(taken) < many and length < size and (row := next(rows, None)):
        taken.append(row)
        length += _size(row)
    return taken


def _size(row: Row) -> int:
    return sum(len(cell) for cell in row if isinstance(cell, str))


def _kind(name: str, cells: Sequence[object]) -> str:
    """Tell a column of numbers, which stand to the right, and one of dollars, as the tables call them."""
    known = [cell for cell in cells if cell is not None]
    if known and name.endswith("_usd") and all(isinstance(cell, int) for cell in known):
        return "money"
    return "number" if known and all(isinstance(cell, (int, float)) for cell in known) else "text"
