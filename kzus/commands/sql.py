"""`kzus sql`: what no other command asks."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Annotated, Any, cast

import typer

from kzus import sql as reading
from kzus.commands.base import command
from kzus.commands.desk import Desk
from kzus.errors import KzusError, UsageError
from kzus.query import Column, Filter

_STREAMED = ("tsv", "csv", "json", "jsonl")
"""Formats that need not know the last row to print the first."""
_DRAWN = 10_000
"""So many rows fit into a table that somebody may read; the rest would only fill the memory."""

Query = Annotated[
    str | None, typer.Argument(help="One SELECT; - reads it from stdin.", metavar="[QUERY]", show_default=False)
]
Schema = Annotated[bool, typer.Option("--schema", help="Print the tables and what their columns mean.")]
Timeout = Annotated[float, typer.Option("--timeout", help="Give up after so long.", metavar="SECONDS")]


@command(output=("format", "limit", "no_header"))
def sql(desk: Desk, _: Filter, query: Query = None, schema: Schema = False, timeout: Timeout = 10) -> None:  # noqa: FBT002 - a flag
    """Ask the index in SQL

    SQLite's, and reading only. The tables are those that --schema explains and kzus export sqlite writes.

    $ kzus sql --schema  # what can be asked for
    $ kzus sql "select kind, count(*) from entries group by 1"
    """
    if schema == bool(query):
        raise UsageError("write either a query or --schema, which shows what can be asked for")
    desk.check(())
    if not timeout > 0:
        raise UsageError(f"--timeout: {timeout:g} is no time; write seconds, such as 10 or 0.5")
    if schema:
        desk.env.stdout.write(f"{reading.schema(desk.index)}\n")
        return
    found = reading.run(desk.index, _read(desk, query or ""), seconds=timeout)
    first = list(islice(found.rows, 1))  # what goes wrong does so before anything is printed
    _print(desk, found.columns, islice(chain(first, found.rows), desk.output.limit))


def _read(desk: Desk, query: str) -> str:
    if query != "-":
        return query
    if desk.env.stdin is None:
        raise KzusError("there is no stdin to read a query from")
    try:
        return desk.env.stdin.read()
    except UnicodeDecodeError as error:
        raise UsageError(f"the query on stdin is not UTF-8: {error.reason}") from None


def _print(desk: Desk, names: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    layout = [(name,) for name in names]
    if desk.format in _STREAMED:
        columns = tuple(Column(name) for name in names)
        desk.print(columns, cast("Sequence[tuple[Any, ...]]", rows), layout)
        return
    shown = list(islice(rows, _DRAWN))
    columns = tuple(Column(name, _kind(name, [row[at] for row in shown])) for at, name in enumerate(names))
    desk.print(columns, shown, layout, caption=f"{len(shown)} row{'s' * (len(shown) != 1)}")
    if next(rows, None):
        desk.footnote(f"only the first {_DRAWN} rows; {', '.join(_STREAMED)} have all")
    if not shown:
        desk.remark("no rows")


def _kind(name: str, cells: Sequence[object]) -> str:
    """Tell a column of numbers, which stand to the right, and one of dollars, as the tables call them."""
    known = [cell for cell in cells if cell is not None]
    if known and name.endswith("_usd") and all(isinstance(cell, int) for cell in known):
        return "money"
    return "number" if known and all(isinstance(cell, (int, float)) for cell in known) else "text"
