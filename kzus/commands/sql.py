"""`kzus sql`: a read-only SQL query on the index."""

import os
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, islice
from typing import Annotated, Any, NoReturn

import typer

from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.errors import KzusError, UsageError
from kzus.query import sql as sql_query
from kzus.query.filters import Filter
from kzus.query.listing import Column
from kzus.values.text import many, quoted

_STREAMED = ("tsv", "csv", "json", "jsonl")
"""Formats that are printed row by row, and so have no limit."""
_ALL_ROWS_HINT = f"write -f {', '.join(_STREAMED[:-1])} or {_STREAMED[-1]} for all"
_MOST_DRAWN_ROWS, _MOST_DRAWN_CHARACTERS = 10_000, 4_000_000
"""Upper bounds of a drawn table, so that a large answer can't fill the memory."""
_MOST_DRAWN_COLUMNS = 200
"""Upper bound for the same reason."""
_LONGEST_QUERY = 1_000_000
"""Upper bound in characters, so that an endless pipe can't fill memory."""
Row = tuple[Any, ...]

Query = Annotated[
    str | None, typer.Argument(help="One SELECT; - reads it from stdin.", metavar="[QUERY]", show_default=False)
]
Schema = Annotated[bool, typer.Option("--schema", help="Print the tables and what their columns mean.")]
Timeout = Annotated[float, typer.Option("--timeout", help="Give up after so long.", metavar="SECONDS")]


@command(
    output=("format", "limit", "no_header"),
    subject="The answer",
    help="""
    Ask the index in SQL

    SQLite's, and it only reads. The tables are those that --schema explains and kzus export sqlite writes. Text
    stands in single quotes; double quotes are for names.

    $ kzus sql --schema  # what can be asked for
    $ kzus sql "select kind, count(*) from entries group by 1"
    """,
)
def sql_command(
    session: Session,
    _: Filter,
    query: Query = None,
    schema: Schema = False,  # noqa: FBT002 - a flag
    timeout: Timeout = 10,
) -> None:
    """Run a query, or print the schema."""
    if schema == bool(query):
        raise UsageError("write either a query or --schema, which shows what can be asked for")
    session.check(())
    if not timeout > 0:
        raise UsageError(f"--timeout: {timeout:g} is no time; write seconds, such as 10 or 0.5")
    if schema:
        session.env.stdout.write(f"{sql_query.schema(session.index)}\n")
        return
    found = sql_query.run(
        session.index, _query_text(session, query or ""), seconds=timeout, stuck=partial(_exit_on_timeout, session)
    )
    first = list(islice(found.rows, 1))  # errors show before anything is printed
    _print_rows(session, found.columns, islice(chain(first, found.rows), session.output.limit))


def _query_text(session: Session, query: str) -> str:
    if query.lstrip().startswith("."):
        raise UsageError(f"{quoted(query.strip())} is a command of the sqlite3 shell; write kzus sql --schema")
    if query != "-":
        return query
    if session.env.stdin is None:
        raise KzusError("there is no stdin to read a query from; write the query in place of -")
    try:
        text = session.env.stdin.read(_LONGEST_QUERY + 1)
    except UnicodeDecodeError as error:
        raise UsageError(f"the query on stdin is not UTF-8: {error.reason}") from None
    if len(text) > _LONGEST_QUERY:
        raise UsageError(f"the query on stdin is longer than {_LONGEST_QUERY:,} characters; is it a query?")
    return text


def _exit_on_timeout(session: Session, late: KzusError) -> NoReturn:
    """End the process, because nothing else stops SQLite within a step."""
    session.env.stderr.write(f"kzus: {late}\n")
    # Called in a thread of its own, where an exception would end only that.
    os._exit(late.exit_code)


def _print_rows(session: Session, names: Sequence[str], rows: Iterator[Row]) -> None:
    if session.format in _STREAMED:
        session.print(tuple(map(Column, names)), rows)
        return
    if session.is_for_people and len(names) > _MOST_DRAWN_COLUMNS:
        raise KzusError(f"{len(names)} columns are too many to draw; {_ALL_ROWS_HINT}")
    shown = _take(rows, _MOST_DRAWN_ROWS, _MOST_DRAWN_CHARACTERS)
    if any(_text_size(row) > _MOST_DRAWN_CHARACTERS for row in shown):
        raise KzusError(
            f"a row of more than {_MOST_DRAWN_CHARACTERS:,} characters is too long for {session.format};"
            f" {_ALL_ROWS_HINT}"
        )
    columns = tuple(Column(name, _column_kind(name, [row[at] for row in shown])) for at, name in enumerate(names))
    session.print(columns, shown, caption=many(len(shown), "row"))
    # Only one more row is asked for: whether there are others, not how many.
    if next(rows, None):
        session.footnote(f"only the first {len(shown):,} rows; {_ALL_ROWS_HINT}")
    if not shown:
        session.report_none("no rows")


def _take(rows: Iterator[Row], many: int, size: int) -> list[Row]:
    """Take up to `many` rows, and stop early once they have `size` characters."""
    taken: list[Row] = []
    length = 0
    # The row last: once enough are taken, none is read that would be lost.
    while len(taken) < many and length < size and (row := next(rows, None)):
        taken.append(row)
        length += _text_size(row)
    return taken


def _text_size(row: Row) -> int:
    return sum(len(cell) for cell in row if isinstance(cell, str))


def _column_kind(name: str, cells: Sequence[object]) -> str:
    """Return the kind of a column: money, number or text, from its name and its cells."""
    known = [cell for cell in cells if cell is not None]
    if known and name.endswith("_usd") and all(isinstance(cell, int) for cell in known):
        return "money"
    return "number" if known and all(isinstance(cell, (int, float)) for cell in known) else "text"
