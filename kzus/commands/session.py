"""What a command works at: the fact file's index, the output that was asked for, and the person's terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from kzus.errors import UnknownNameError, UsageError
from kzus.index.store import open_index, through
from kzus.query.limits import MOST_COLUMNS, Deadline
from kzus.query.listing import Column, lens, pick, sort_keys
from kzus.render.buffer import Press
from kzus.render.document import Drawing, Note, Sheet
from kzus.render.formats import DRAWN, FORMATS, OBJECTS, WHOLE, write_rows
from kzus.values.text import brief, quoted, visible

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from rich.console import RenderableType

    from kzus.facts.lens import Hidden, Lens
    from kzus.facts.reader import Told
    from kzus.query.listing import Filter
    from kzus.render.document import Chart
    from kzus.render.environment import Environment


class Output(NamedTuple):
    """How an answer is to be printed; without a format, a table for a person and TSV for a pipe."""

    format: str | None = None
    columns: str | None = None
    sort: str | None = None
    limit: int | None = None
    no_header: bool = False


class Answered(Exception):  # noqa: N818 - no error: the way out of a command that has nothing left to do
    """Raised when the output options alone were the question: `--columns help`."""


class Desk:
    """One command's place of work.

    Whatever is printed for a terminal is held back until `finish`, which knows how long it is.
    """

    def __init__(
        self,
        env: Environment,
        output: Output,
        facts: Path,
        *,
        source: Sequence[str] | None = None,
        as_of: str | None = None,
        is_rebuilt: bool = False,
    ) -> None:
        """Take a place in `env`, with the output that was asked for and the fact file to answer from.

        `source` and `as_of` are what to look at the facts through. `is_rebuilt` is for an index that was damaged.
        """
        self._press = Press(env)
        self.env = self._press.env
        self.output, self.facts = output, facts
        if (output.limit or 0) > sys.maxsize:  # more than SQLite can count
            self.output = output._replace(limit=None)
        self.source, self.as_of = source or (), as_of
        self._is_rebuilt = is_rebuilt
        self._hidden: str | None = None
        self.hidden: Hidden | None = None
        self.deadline = Deadline()

    def finish(self) -> None:
        """Hand over what was held back."""
        if self._hidden:
            self.footnote(self._hidden)
        self._press.finish(self.format)

    def excuse(self) -> None:
        """Say on stderr what the lens hides, which may be why something isn't found."""
        if self._hidden:
            self.env.stderr.write(f"{visible(self._hidden)}\n")
            self._hidden = None

    @cached_property
    def whole(self) -> sqlite3.Connection:
        """The index of the fact file, whatever the lens, opened when it is first asked for."""
        with self.telling() as told:
            found = open_index(self.facts, told, remark=self.warn, is_rebuilt=self._is_rebuilt)
            return self.deadline.bind(found)

    @contextmanager
    def telling(self) -> Iterator[Told | None]:
        """Show how far long work has come, if a person is watching."""
        if not self.env.is_watched:
            yield None
            return
        from kzus.render.terminal.progress import Bar

        bar = Bar(self.env)
        try:
            yield bar
        finally:
            bar.end()

    @cached_property
    def index(self) -> sqlite3.Connection:
        """The index of the fact file, seen through the lens if there is one."""
        if self.lens is None:
            return self.whole
        from kzus.facts.lens import hidden

        seen = through(self.whole, self.lens)
        self.hidden = hidden(self.whole, seen, self.lens)
        self._hidden = self.hidden.remark(self.lens)
        if self._hidden and not self._is_read:
            self.excuse()
        return self.deadline.bind(seen)

    @cached_property
    def lens(self) -> Lens | None:
        """The lens that was asked for; none where it shows the whole file, as a day in the future does."""
        if not self.source and self.as_of is None:
            return None
        from kzus.facts.lens import effective

        asked = lens(self.whole, self.source, self.as_of)
        (as_of,) = self.whole.execute("SELECT value FROM meta WHERE key = 'as_of'").fetchone()
        found = effective(asked, as_of)
        return found if found.sources or found.as_of else None

    @property
    def lens_document(self) -> dict[str, Any] | None:
        """The lens and what it hides, as an answer in JSON names them; none without a lens."""
        if self.lens is None or self.index is self.whole or self.hidden is None:
            return None
        return {"source": list(self.lens.sources), "as_of": self.lens.as_of, "hidden": self.hidden._asdict()}

    def named(self, name: str) -> str:
        """Return the id that a person means by a name, which is the same through every lens."""
        from kzus.query.lookup import named

        return named(self.whole, name)

    @cached_property
    def format(self) -> str:
        """The format to print; raises `UnknownNameError`."""
        named = self.output.format
        if named is None:
            return "table" if self.env.is_terminal else "tsv"
        if named == "svg":
            raise UsageError("there is no format 'svg' any more; write '--format html', which any browser shows")
        if named not in FORMATS:
            raise UnknownNameError("format", named, FORMATS)
        return named

    @property
    def is_drawn(self) -> bool:
        """Whether the format is for a person's eyes, and holds pages and pictures as well as rows."""
        return self.format in DRAWN

    @property
    def is_whole(self) -> bool:
        """Whether the format keeps entries whole, with the lists in them."""
        return self.format in OBJECTS

    def check(self, columns: Sequence[Column]) -> list[str]:
        """Check the output options before any work is done and return the columns named by them."""
        names = [name.strip() for name in (self.output.columns or "").split(",") if name.strip()]
        self.format  # noqa: B018 - raises if there is no such format
        for option, given in (("--columns", self.output.columns), ("--sort", self.output.sort)):
            if given is not None and not given.strip("-, \t\n"):
                raise UsageError(
                    f"{option}: {quoted(given)} names no column; write their names with commas between them"
                )
        if len(names) > MOST_COLUMNS:
            raise UsageError(f"--columns: {len(names)} names are too many; write {MOST_COLUMNS} at most")
        if names == ["help"]:
            self._explain(columns)
        for name in names:
            pick(columns, name)
        for name, _ in sort_keys(self.output.sort or ""):
            pick(columns, name)
        if self.output.limit is not None and self.output.limit < 0:
            raise UsageError(f"--limit: {self.output.limit} is negative; write 0 or more")
        return names

    def _explain(self, columns: Sequence[Column]) -> None:
        """Print what each column holds and stop there."""
        meanings = [(column.name, column.about) for column in columns]
        self.print((Column("column", "id"), Column("meaning")), meanings, (("column",), ("meaning",)))
        raise Answered

    def print(
        self,
        columns: tuple[Column, ...],
        rows: Iterable[tuple[Any, ...]],
        layout: Sequence[Sequence[str]],
        *,
        total: tuple[Any, ...] | None = None,
        caption: str = "",
        sections: Sequence[str] = (),
        narrow: Sequence[Sequence[str]] = (),
        extra: Sequence[Sequence[str]] = (),
    ) -> None:
        """Print rows in the format that was asked for; what a `Sheet` has for a person goes to a person only."""
        header = (self.output.format is not None or self.format == "table") and not self.output.no_header
        sheet = Sheet(columns, rows, layout, total, caption, self.links, header, sections, narrow, extra)
        if not self.is_drawn:
            write_rows(self.env, sheet, self.format)
            return
        self._press.put(sheet, self.format)
        if caption and rows and self.format == "table":
            self.caption(caption)

    def draw(self, drawing: Callable[[int], RenderableType], title: str = "") -> None:
        """Print what rich draws for a width, in a format that `is_drawn`; `title` names it for a document."""
        self._press.put(Drawing(drawing, title), self.format)

    def draw_chart(self, chart: Chart) -> None:
        """Print a chart, after `must_draw`."""
        from kzus.render.terminal import chart as charts

        drawing = Drawing(partial(charts.draw, chart), chart.title)
        self._press.put(drawing, self.format)

    def must_draw(self, option: str) -> None:
        """Turn to a picture, also in a pipe; raises `UsageError` if a format was asked for that has none."""
        if self.output.format is None:
            self.format = "table"
        elif not self.is_drawn:
            formats = ", ".join(form for form in FORMATS if form in DRAWN)
            raise UsageError(f"{option}: there are no pictures in {self.format} (there are in: {formats})")

    def print_document(self, document: object) -> None:
        """Print one value, as YAML or on one line if that was asked for, and else as JSON."""
        from kzus.render import text as pipes

        if self.format == "jsonl":
            pipes.write_lines(self.env.stdout, [document])
        elif self.format == "yaml":
            pipes.write_yaml(self.env.stdout, document)
        else:
            pipes.write_document(self.env.stdout, document)

    def print_objects(self, objects: Sequence[dict[str, Any]]) -> None:
        """Print whole entries in a format that `is_whole`: as a list, or one a line."""
        from kzus.render import text as pipes

        writers = {"jsonl": pipes.write_lines, "yaml": pipes.write_yaml}
        writers.get(self.format, pipes.write_objects)(self.env.stdout, objects)

    def print_pages(self, entries: Sequence[dict[str, Any]]) -> None:
        """Print a page an entry, as a person reads it, in a format that `is_drawn`."""
        from kzus.query.record import related
        from kzus.render.terminal import record as page

        for entry in entries:
            told = related(self.index, page.named(entry))
            self._press.put(page.build(entry, told), self.format)

    def links(self) -> dict[str, str]:
        """Return where each source can be read, by its id."""
        return dict(self.index.execute("SELECT id, url FROM sources WHERE url IS NOT NULL"))

    def described(self, asked: Filter) -> str:
        """Say which filters and which lens are active, to follow what was looked for."""
        lens = {"source": ", ".join(self.source), "as of": self.lens and self.lens.as_of}
        active = {**asked.active(), **{name: value for name, value in lens.items() if value}}
        return "".join(f" · {name} {brief(value)}" for name, value in active.items())

    def footnote(self, text: str) -> None:
        """Say what must not be missed beside an answer: under what is drawn, else on stderr, watched or not."""
        if self._is_read:
            self._press.put(Note(text), self.format)
        else:
            self.env.stderr.write(f"{visible(text)}\n")

    def caption(self, text: str) -> None:
        """Say what is drawn, under it; data go without."""
        if self._is_read:
            self._press.put(Note(text), self.format)

    @property
    def _is_read(self) -> bool:
        """Whether what is said about an answer may stand in it; a table in a pipe is data."""
        return self.format in WHOLE or (self.format == "table" and self.env.is_terminal)

    def warn(self, text: str) -> None:
        """Say on stderr what the person should mend, though the answer is right without it."""
        self.env.stderr.write(f"kzus: {visible(text)}\n")

    def remark(self, text: str) -> None:
        """Say something to the person who is watching; a pipe and a script never see it."""
        if self.env.is_watched:
            self.env.stderr.write(f"{visible(text)}\n")
