"""The pages of the manual, read from the commands themselves."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from kzus.commands.base import FILTERS, LENS, OUTPUT
from kzus.manual import EXIT_CODES, QUESTIONS, REMARK, VARIABLES, Page, Section, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import typer

    from kzus.query import Column

EVERYWHERE = ("no_pager", "facts", "help")
"""Options of every command that say nothing about its answer."""
SHARED: Mapping[str, tuple[str, ...]] = {
    "Filters": tuple(name for name in FILTERS if name != "text"),
    "Lens": tuple(LENS),
    "Output": tuple(OUTPUT),
    "Everywhere": EVERYWHERE,
}
"""The options that mean the same in every command, by the heading that they stand under."""
_MARKS = str.maketrans("", "", "[]{}")


def page(command: Any, context: typer.Context, columns: Mapping[str, tuple[Column, ...]]) -> Page:
    """Make the page of one command."""
    sentence, paragraphs, examples = read(inspect.cleandoc(command.help or ""))
    meanings = (Section(heading, [(each.name, each.about) for each in found]) for heading, found in columns.items())
    sections = [*_parameters(command, context), *meanings]
    return Page(context.command_path, _usage(command, context), sentence, paragraphs, examples, sections)


def whole(group: Any, context: typer.Context, groups: Mapping[str, Mapping[str, str]]) -> Page:
    """Make the page of kzus itself, with all its commands."""
    sentence, paragraphs, _ = read(inspect.cleandoc(group.help or ""))
    examples = [command + REMARK + question for command, question in aligned()]
    commands = [Section(heading, list(lines.items())) for heading, lines in groups.items()]
    sections = [*commands, *_parameters(group, context, everywhere="Options")]
    sections += [Section("Exit codes", list(EXIT_CODES)), Section("Environment", list(VARIABLES))]
    return Page(context.command_path, _usage(group, context), sentence, paragraphs, examples, sections)


def short(group: Any, groups: Mapping[str, Mapping[str, str]]) -> Page:
    """Make the page that kzus alone prints: the common questions, and where to read on."""
    sentence, *_ = read(inspect.cleandoc(group.help or ""))
    examples = [command + REMARK + question for command, question in aligned()]
    sections = [Section("Commands", [(heading, "  ".join(lines)) for heading, lines in groups.items()])]
    more = "`kzus COMMAND --help` explains a command, `kzus --help` the rest."
    return Page("kzus", "kzus COMMAND [OPTIONS]", sentence, [more], examples, sections)


def aligned() -> Iterator[tuple[str, str]]:
    """Yield the common questions with their commands padded to one length."""
    longest = max(len(command) for command, _ in QUESTIONS)
    return ((command.ljust(longest), question) for command, question in QUESTIONS)


def _usage(command: Any, context: typer.Context) -> str:
    pieces = (piece.strip("{}") for piece in command.collect_usage_pieces(context))  # Typer's mark of what is required
    return " ".join((context.command_path, *pieces))


def _parameters(command: Any, context: typer.Context, everywhere: str = "Everywhere") -> Iterator[Section]:
    """Yield arguments, own options and shared ones, each under its heading."""
    found: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": [], **{name: [] for name in SHARED}}
    headings = {name: heading for heading, names in SHARED.items() for name in names}
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        is_argument = parameter.param_type_name == "argument"
        if record and is_argument:  # each Typer has marks of its own for what is required; the usage shows it
            record = (record[0].translate(_MARKS), record[1])
        heading = "Arguments" if is_argument else headings.get(parameter.name, "Options")
        if record:
            found[everywhere if heading == "Everywhere" else heading].append(record)
    return (Section(heading, rows) for heading, rows in found.items() if rows)
