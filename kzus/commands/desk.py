"""What a command works at: the fact file's index, the output that was asked for, and the person's terminal."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from kzus.errors import UnknownNameError, UsageError
from kzus.index import open_index, through
from kzus.output.formats import FORMATS, write
from kzus.output.sheet import Sheet
from kzus.query import ask, date, pick, resolve

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from pathlib import Path

    from kzus.environment import Environment
    from kzus.query import Answer, Column, Filter, Listing


class Output(NamedTuple):
    """How an answer is to be printed; without a format, a table for a person and TSV for a pipe."""

    format: str | None = None
    columns: str | None = None
    sort: str | None = None
    limit: int | None = None
    no_header: bool = False


class Desk:
    """One command's place of work."""

    def __init__(
        self,
        env: Environment,
        output: Output,
        facts: Path,
        *,
        source: Sequence[str] | None = None,
        as_of: str | None = None,
    ) -> None:
        """Take a place in `env`, with the output that was asked for and the fact file to answer from.

        `source` and `as_of` are what to look at the facts through.
        """
        self.env, self.output, self.facts = env, output, facts
        self.source, self.as_of = source or (), as_of

    @cached_property
    def index(self) -> sqlite3.Connection:
        """The index of the fact file, seen through the lens if there is one, opened when it is first asked for."""
        index = open_index(self.facts)
        if not self.source and self.as_of is None:
            return index
        from kzus.lens import Lens, hidden

        lens = Lens(
            [resolve(index, "source", name) for name in self.source],
            None if self.as_of is None else date("--as-of", self.as_of),
        )
        if words := hidden(index, lens):
            self.footnote(words)
        return through(index, lens)

    @cached_property
    def format(self) -> str:
        """The format to print; raises `UnknownNameError`."""
        named = self.output.format
        if named is None:
            return "table" if self.env.is_terminal else "tsv"
        if named not in FORMATS:
            raise UnknownNameError("format", named, FORMATS)
        return named

    def check(self, columns: Sequence[Column]) -> list[str]:
        """Check the output options before any work is done and return the columns named by them."""
        names = [name.strip() for name in (self.output.columns or "").split(",") if name.strip()]
        for name in names:
            pick(columns, name)
        if self.output.sort:
            pick(columns, self.output.sort.removeprefix("-"))
        if self.output.limit is not None and self.output.limit < 0:
            raise UsageError(f"--limit: {self.output.limit} is negative; write 0 or more")
        self.format  # noqa: B018 - raises if there is no such format
        return names

    def answer(self, listing: Listing, asked: Filter) -> None:
        """Answer a listing's question in the format that was asked for."""
        names, output = self.check(listing.columns), self.output
        found = ask(self.index, listing, asked, columns=names, sort=output.sort, limit=output.limit)
        many = f"{len(found.rows)} of {found.total}" if found.total > len(found.rows) else f"{found.total}"
        where = self.described(asked)
        plural = listing.plural or listing.name
        self.print(
            found.columns,
            found.rows,
            [(name,) for name in names] or listing.layout,
            caption=f"{many} {listing.singular if found.total == 1 else plural}{where}",
            sections=_years(listing, found, output.sort),
        )
        if not found.rows:
            self.remark(f"no {plural}{where}")

    def print(
        self,
        columns: tuple[Column, ...],
        rows: Sequence[tuple[Any, ...]],
        layout: Sequence[Sequence[str]],
        *,
        total: tuple[Any, ...] | None = None,
        caption: str = "",
        sections: Sequence[str] = (),
    ) -> None:
        """Print rows in the format that was asked for; what a `Sheet` has for a person goes to a person only."""
        header = (self.output.format is not None or self.format == "table") and not self.output.no_header
        write(self.env, Sheet(columns, rows, layout, total, caption, self.links, header, sections), self.format)
        if caption and rows and self.format == "table":
            self.caption(caption)

    def print_document(self, document: object) -> None:
        """Print one JSON value."""
        from kzus.output import pipes

        pipes.write_document(self.env.stdout, document)

    def print_objects(self, objects: Sequence[dict[str, Any]]) -> None:
        """Print whole objects, as an array or one a line."""
        from kzus.output import pipes

        print_each = pipes.write_lines if self.format == "jsonl" else pipes.write_objects
        print_each(self.env.stdout, objects)

    def print_pages(self, entries: Sequence[dict[str, Any]]) -> None:
        """Print a page an entry, as a person reads it."""
        from kzus.output import page

        for at, entry in enumerate(entries):
            if at:
                self.env.stdout.write("\n")
            page.draw(self.env, entry)

    def links(self) -> dict[str, str]:
        """Return where each source can be read, by its id."""
        return dict(self.index.execute("SELECT id, url FROM sources WHERE url IS NOT NULL"))

    def described(self, asked: Filter) -> str:
        """Say which filters and which lens are active, to follow what was looked for."""
        lens = {"source": ", ".join(self.source), "as of": self.as_of}
        active = {**asked.active(), **{name: value for name, value in lens.items() if value}}
        return "".join(f" · {name} {value}" for name, value in active.items())

    def footnote(self, text: str) -> None:
        """Say what must not be missed beside an answer: under a table, else on stderr, watched or not."""
        if self.format == "table" and self.env.is_terminal:
            self.caption(text)
        else:
            self.env.stderr.write(f"{text}\n")

    def caption(self, text: str) -> None:
        """Say what a table shows, under it, if a person looks at it."""
        if self.env.is_terminal:
            from kzus.output import table

            table.note(self.env, text)

    def remark(self, text: str) -> None:
        """Say something to the person who is watching; a pipe and a script never see it."""
        if self.env.is_watched:
            self.env.stderr.write(f"{text}\n")


def _years(listing: Listing, found: Answer, sort: str | None) -> list[str]:
    """Return the year of each row, for a listing that sets years apart and is in their order."""
    names = [column.name for column in found.columns]
    if listing.years not in names or (sort and sort.removeprefix("-") != listing.years):
        return []
    at = names.index(listing.years)
    return [str(row[at])[:4] for row in found.rows]
