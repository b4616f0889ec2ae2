"""The session of one command: the index of its fact file, its output options, and everything it prints."""

from __future__ import annotations

import sys
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from kzus.commands.opening import OpenedFacts
from kzus.errors import UsageError
from kzus.query.filters import Filter
from kzus.query.limits import MOST_COLUMNS
from kzus.query.listing import Column, arrange, pick, sort_keys
from kzus.render import formats
from kzus.render.data_table import DataTable, Output
from kzus.values.text import brief, quoted, visible

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from rich.console import RenderableType

    from kzus.commands.question import Question
    from kzus.query.lists.screens import Screen
    from kzus.render.buffer import Buffer
    from kzus.render.document import Chart, Document, DocumentPart
    from kzus.render.environment import Environment

    _Rows = Iterable[tuple[Any, ...]]


class CommandDone(Exception):  # noqa: N818 - not an error
    """Raised to end a command early, when its options alone were the question: `--columns help`."""


class Session:
    """The session of one command: its facts, its output options, and printing.

    Output for a terminal is buffered until `finish`, because only its whole length decides about a pager.
    """

    def __init__(
        self,
        env: Environment,
        output: Output,
        facts: Path,
        *,
        source: Sequence[str] | None = None,
        as_of: str | None = None,
        ask: Callable[[], Question] | None = None,
        is_rebuilt: bool = False,
        is_quiet: bool = False,
    ) -> None:
        """Print into `env` as `output` says, and answer from the fact file `facts`.

        `source` and `as_of` are the lens. `ask` returns what a document says that it answers. `is_quiet` leaves out
        all remarks, `is_rebuilt` says that the index was damaged and is built anew. Raises as `formats.find_format`.
        """
        form = None if output.format is None else formats.find_format(output.format)
        most = None if (output.limit or 0) > sys.maxsize else output.limit  # more than SQLite can count
        self.output = output._replace(format=form, limit=most)
        self._target = env
        self.facts = OpenedFacts(facts, env, self.warn, source=source, as_of=as_of, is_rebuilt=is_rebuilt)
        self._ask, self._is_quiet = ask, is_quiet
        self.title: str | None = None
        """The heading of a document, if it isn't that of the question."""
        self.told: str | None = None
        """What a document tells, for its first sentence, if that isn't what was asked."""
        self._hidden: str | None = None
        self._is_chosen = False

    @cached_property
    def env(self) -> Environment:
        """The environment to print into: that of the command, or the buffer in front of it."""
        return self._buffer.env if self._target.is_terminal or self.output.format in formats.DOCUMENTS else self._target

    @cached_property
    def _buffer(self) -> Buffer:
        from kzus.render.buffer import Buffer
        from kzus.render.document import DRAWING_WIDTH

        is_document = self.output.format in formats.DOCUMENTS  # which is the same on every terminal
        return Buffer(self._target._replace(width=DRAWING_WIDTH) if is_document else self._target)

    @cached_property
    def _question(self) -> Question | None:
        return self._ask() if self._ask else None

    def finish(self) -> None:
        """Print what was buffered."""
        if self._hidden:
            self.footnote(self._hidden)
        if self._target.is_terminal or self.is_for_people:
            self._buffer.finish(self.format, self._as_document)

    def _as_document(self, parts: Sequence[DocumentPart]) -> Document:
        """Make a document of the parts of an answer; what didn't need the facts says nothing of them."""
        from kzus.render.document import Document

        if not self.facts.is_opened or self._question is None:  # as after `--columns help`
            return Document(parts)
        from kzus.commands.question import edition_line, references

        asked = self._question.sentence(self.facts.source, self.facts.as_of, told=self.told)
        title = self.title or self._question.subject
        return Document(parts, title, asked, edition_line(self.facts.whole), partial(references, self.index))

    @cached_property
    def index(self) -> sqlite3.Connection:
        """The index of the facts, with the lens applied if there is one."""
        found = self.facts.index
        if self.facts.hidden and self.facts.lens:
            self._hidden = self.facts.hidden.remark(self.facts.lens)
            if not self._takes_notes:  # else it stands below the answer
                self.warn_hidden()
        return found

    def warn_hidden(self) -> None:
        """Print on stderr what the lens hides, which may be why something isn't found."""
        if self._hidden and not self._is_quiet:
            self.env.stderr.write(f"{visible(self._hidden)}\n")
        self._hidden = None

    @cached_property
    def format(self) -> str:
        """The format to print."""
        return self.output.format or ("table" if self.env.is_terminal else "tsv")

    @property
    def is_for_people(self) -> bool:
        """Whether the format is for people, and so has pages and charts as well as rows."""
        return self.format in formats.FOR_PEOPLE

    @property
    def is_structured(self) -> bool:
        """Whether the format can nest: entries keep their lists."""
        return self.format in formats.STRUCTURED

    def check(self, columns: Sequence[Column]) -> list[str]:
        """Check the output options before any work, and return the columns named by them, by their whole names.

        `--columns help` is answered here, which ends the command.
        """
        names = [name.strip() for name in (self.output.columns or "").split(",") if name.strip()]
        for option, given in (("--columns", self.output.columns), ("--sort", self.output.sort)):
            if given is not None and not given.strip("-, \t\n"):  # as a script's empty variable
                raise UsageError(
                    f"{option}: {quoted(given)} names no column; write their names with commas between them"
                )
        if len(names) > MOST_COLUMNS:
            raise UsageError(f"--columns: {len(names)} names are too many; write {MOST_COLUMNS} at most")
        if names == ["help"]:  # before names are looked up, of which it is none
            self.print((Column("column", "id"), Column("meaning")), [(column.name, column.about) for column in columns])
            raise CommandDone
        # Before any work, so that an unknown name prints nothing of the answer.
        names = [pick(columns, name).name for name in names]
        self._is_chosen = bool(names)
        keys = [f"{'-' * descends}{pick(columns, name).name}" for name, descends in sort_keys(self.output.sort or "")]
        self.output = self.output._replace(sort=",".join(keys) or None)
        if self.output.limit is not None and self.output.limit < 0:
            raise UsageError(f"--limit: {self.output.limit} is negative; write 0 or more")
        return names

    def print(
        self,
        columns: tuple[Column, ...],
        rows: _Rows,
        layout: Sequence[Sequence[str]] | None = None,
        *,
        total: tuple[Any, ...] | None = None,
        caption: str = "",
        sections: Sequence[str] = (),
        extra: Sequence[Sequence[str]] = (),
        is_one_line: bool = False,
        screen: Screen | None = None,
    ) -> None:
        """Print rows in the session's format; all else is for people only, who see a column each without a `layout`."""
        if self.format in formats.DOCUMENTS:  # whose first sentence has the filters
            caption = caption.removesuffix(self.described(self._question.asked if self._question else Filter()))
        header = (self.output.format is not None or self.format == "table") and not self.output.no_header
        table = DataTable(
            columns,
            rows,
            [(column.name,) for column in columns] if layout is None else layout,
            total=total,
            caption=caption,
            links=self.links,
            header=header,
            sections=sections,
            extra=extra,
            is_one_line=is_one_line,
            screen=screen,
            is_chosen=self._is_chosen,
        )
        if not self.is_for_people:
            formats.write_rows(self.env, table, self.format)
            return
        self.print_part(table)
        if caption and rows and self.format == "table":
            self.caption(caption)

    def print_arranged(
        self, columns: tuple[Column, ...], rows: _Rows, names: Sequence[str], screen: Screen | None = None
    ) -> None:
        """Print rows that were worked out: their columns `names`, sorted and cut as the output options say."""
        shown, arranged = arrange(columns, rows, names=names, sort=self.output.sort, limit=self.output.limit)
        self.print(shown, arranged, screen=screen)

    def draw(self, drawing: Callable[[int], RenderableType], title: str = "") -> None:
        """Print what rich draws for a width, which in a document is headed by `title`; only if `is_for_people`."""
        from kzus.render.document import Drawing

        self.print_part(Drawing(drawing, title))

    def print_part(self, part: DocumentPart) -> None:
        """Print one part of an answer; only if `is_for_people`."""
        self._buffer.add(part, self.format)

    def draw_chart(self, chart: Chart) -> None:
        """Print a chart; call `require_drawing` first."""
        from kzus.render.terminal.chart import draw_chart

        self.draw(partial(draw_chart, chart), chart.title)

    def require_drawing(self) -> None:
        """Choose a format that has charts, also in a pipe; raises `UsageError` if another format was asked for."""
        if (self.output.columns or "help").strip() != "help":
            raise UsageError("--columns: a chart has no columns; leave out --chart")
        if self.output.format is None:
            self.format = "table"  # a pipe would have TSV
        elif not self.is_for_people:
            charted = ", ".join(form for form in formats.FORMATS if form in formats.FOR_PEOPLE)
            raise UsageError(f"--chart: there are no charts in {self.format} (there are in: {charted})")

    def require_whole(self, command: str, whole: str) -> None:
        """Refuse options about columns or lines, for what is printed whole in JSON or YAML; raises `UsageError`."""
        if self.output.is_of_lines:
            from kzus.commands.usage import refuse_lines

            refuse_lines(self.output, command, whole)

    def print_document(self, document: object) -> None:
        """Print one value as YAML, as one line of JSON, or by default as indented JSON."""
        formats.write_value(self.env.stdout, document, self.format)

    def print_objects(self, objects: Sequence[dict[str, Any]]) -> None:
        """Print entries as a list, or one a line; only if `is_structured`."""
        formats.write_entries(self.env.stdout, objects, self.format)

    def links(self) -> dict[str, str]:
        """Return the address of each source by its id."""
        return dict(self.index.execute("SELECT id, url FROM sources WHERE url IS NOT NULL"))

    def described(self, asked: Filter) -> str:
        """Describe the active filters and the lens, to append to a caption or message."""
        lens = {"source": ", ".join(self.facts.source), "as of": self.facts.lens and self.facts.lens.as_of}
        active = {**asked.active(), **{name: value for name, value in lens.items() if value}}
        return "".join(f" · {name} {brief(value)}".rstrip() for name, value in active.items())

    def footnote(self, text: str) -> None:
        """Print a note that must not be missed: below a drawn answer, else on stderr even if nobody is watching."""
        if self._is_quiet:
            return
        if self._takes_notes:
            self._add_note(text)
        else:
            self.env.stderr.write(f"{visible(text)}\n")

    def caption(self, text: str) -> None:
        """Print a note below a drawn answer; data go without."""
        if self._takes_notes and not self._is_quiet:
            self._add_note(text)

    def _add_note(self, text: str) -> None:
        from kzus.render.document import Footnote

        self.print_part(Footnote(text))

    @property
    def _takes_notes(self) -> bool:
        """Whether notes may stand in the answer itself; a table in a pipe is data."""
        return self.format in formats.DOCUMENTS or (self.format == "table" and self.env.is_terminal)

    def warn(self, text: str) -> None:
        """Print a warning on stderr about something to mend; the answer is right all the same."""
        self.env.stderr.write(f"kzus: {visible(text)}\n")

    def report_none(self, text: str) -> None:
        """Print on stderr that nothing was found, for a log as well as for a person."""
        if not self._is_quiet:
            self.env.stderr.write(f"{visible(text)}\n")

    def remark(self, text: str) -> None:
        """Print a message on stderr for a person who is watching; a script never sees it."""
        if self.env.is_watched:
            self.env.stderr.write(f"{visible(text)}\n")
