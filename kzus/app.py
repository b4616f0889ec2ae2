"""The `kzus` command: finds the module of a command when it is called, and turns what goes wrong into an exit code."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from kzus import __version__
from kzus.environment import Environment
from kzus.errors import ExitCode, FactFileError, KzusError, UnknownNameError
from kzus.texts import brief, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kzus.manual import Page
    from kzus.query import Column

GROUPS = {
    "Ask": {
        "brief": "Print the desk card: totals, largest deals, latest developments",
        "deals": "List agreements",
        "sum": "Add up what agreements count, by group",
        "show": "Print everything known about an id",
        "search": "Find where a word or name occurs",
        "headline": "Set a headline package against its members",
        "conflicts": "List where sources disagree",
        "timeline": "List what happened, in order",
    },
    "Look up": {
        "packages": "List headline packages",
        "treaties": "List treaties",
        "indicators": "List series of figures",
        "events": "List what happened",
        "statements": "List what is said without a number",
        "sources": "List sources",
        "parties": "List parties",
        "sectors": "List sectors",
    },
    "Take away": {
        "cite": "Cite the sources of an id, or kzus itself",
        "open": "Open the first source of an id in the browser",
        "sql": "Ask the index in SQL",
        "export": "Take everything away as SQLite, a data package or JSON",
    },
    "Fact file": {
        "check": "Check a fact file",
        "schema": "Print the JSON Schema of a fact file",
    },
    "Set up": {
        "completion": "Print what makes a shell complete kzus",
    },
}
"""Every command under its heading, with its line in the help, so that neither needs its module."""
COMMANDS = {name: line for lines in GROUPS.values() for name, line in lines.items()}


_HANGING = " " * len("kzus: ")
_Misunderstood: type[Exception] = typer.BadParameter.mro()[1]
"""What Typer raises for words that can't be meant, and exports under no name of its own."""


class _ClosedPipeError(Exception):
    """Raised in place of a `BrokenPipeError`, which Typer would turn into a failure."""


class _Command(TyperCommand):
    """A command whose help is a page of the manual."""

    columns: Mapping[str, tuple[Column, ...]] = {}

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        from kzus.commands.help import page

        return _printed(page(self, ctx, self.columns), ctx.obj)


class _Commands(TyperGroup):
    """Loads the module of the one command that is called."""

    # Typer's own signatures, whether or not the context is of use here.
    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        return list(COMMANDS)

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]
        if args[0] not in COMMANDS:
            raise UnknownNameError("command", args[0], COMMANDS)
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"kzus.commands.{cmd_name}")
        function = getattr(module, cmd_name)
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(cmd_name, cls=_Command)(function)
        command: Any = typer.main.get_command(single)
        command.columns = function.columns
        return command

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        from kzus.commands.help import whole

        return _printed(whole(self, ctx, GROUPS), ctx.obj)

    def make_context(self, *given: Any, **more: Any) -> Any:
        with _telling_closed_pipe():  # help and version are printed here
            return super().make_context(*given, **more)

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        with _telling_closed_pipe():
            return super().invoke(ctx)


@contextmanager
def _telling_closed_pipe() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise _ClosedPipeError from None


def _printed(page: Page, env: Environment | None) -> str:
    from kzus.output.help import text

    env = env or Environment.of_process()
    return text(page, env.width, has_styles=env.has_styles)


app = typer.Typer(cls=_Commands, add_completion=False, rich_markup_mode=None, invoke_without_command=True)


def _print_version(asked: bool) -> None:  # noqa: FBT001 - the shape of a Typer callback
    if asked:
        typer.echo(f"kzus {__version__}")
        raise typer.Exit


def _turn_no_pages(context: typer.Context, asked: bool) -> None:  # noqa: FBT001 - as above
    if asked:
        context.obj = context.obj._replace(pager="")


@app.callback()
def kzus(
    context: typer.Context,
    *,
    no_pager: Annotated[  # noqa: ARG001 - its callback does it
        bool, typer.Option("--no-pager", callback=_turn_no_pages, help="Print straight away, however long.")
    ] = False,
    version: Annotated[  # noqa: ARG001 - as above
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """State what Kazakhstan and the United States have agreed, with a source for every figure

    Answers come from a curated fact file: as a table on a terminal, as tab-separated lines in a pipe, and in any
    format that --format names. Filters, lenses and output options mean the same in every command.
    """
    if context.invoked_subcommand is None:
        from kzus.commands.help import short

        context.obj.stdout.write(_printed(short(context.command, GROUPS), context.obj) + "\n")


def main(arguments: Sequence[str] | None = None, env: Environment | None = None) -> int:
    """Run one command line and return its exit code."""
    try:
        env = env or Environment.of_process()
        code = _run(_typed() if arguments is None else arguments, env)
        env.stdout.flush()
    except (_ClosedPipeError, BrokenPipeError):
        _abandon_stdout()  # the reader has what it wanted: no failure
        return ExitCode.DONE
    except OSError as error:
        _abandon_stdout()
        _complain(env, f"kzus: can't write the answer: {error.strerror}\n")
        return ExitCode.FAILED
    except FactFileError as error:
        _complain(env, f"{error}\n")
        return error.exit_code
    except KzusError as error:
        _complain(
            env, _fitted([f"kzus: {error}"], env) + _fitted([f"  {each}" for each in error.details], env, is_cut=True)
        )
        return error.exit_code
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    return code


def _complain(env: Environment | None, text: str) -> None:
    (env.stderr if env else sys.stderr).write(text)


def _typed() -> list[str]:
    """Return the command line of this process as the UTF-8 that it is, also where LANG=C has Python not know that."""
    words = sys.argv[1:]
    if sys.getfilesystemencoding() == "utf-8":
        return words
    return [word if word.isascii() else _as_utf_8(word) for word in words]


def _as_utf_8(word: str) -> str:
    try:
        return os.fsencode(word).decode("utf-8")
    except UnicodeDecodeError:  # it was typed in the encoding of its place
        return word


def _run(arguments: Sequence[str], env: Environment) -> int:
    command = typer.main.get_command(app)
    try:
        code = command.main(args=arguments, prog_name="kzus", standalone_mode=False, obj=env, color=env.has_styles)
    except _Misunderstood as error:
        _complain(env, _told(error, env))
        return ExitCode.USAGE
    except MemoryError:
        raise KzusError("there is not enough memory for this; ask for less") from None
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else ExitCode.FAILED
    return code or ExitCode.DONE


def _told(error: Any, env: Environment) -> str:
    """Return what Typer says of a command line, which quotes it."""
    said = io.StringIO()
    error.show(said)
    return _fitted([brief(line) for line in said.getvalue().split("\n")[:-1]], env)


def _fitted(lines: Sequence[str], env: Environment | None, *, is_cut: bool = False) -> str:
    """Return lines as a person's terminal can hold them: broken between words, or cut; as they are for a log."""
    room = env.width if env and env.is_watched else sys.maxsize
    told = ""
    for line in map(visible, lines):
        if len(line) <= room:
            told += f"{line}\n"
        elif is_cut:
            told += f"{line[: room - 1].rstrip()}…\n"
        else:
            from kzus.output.help import wrapped

            first, *more = wrapped(line, room - len(_HANGING))
            told += "".join((f"{first}\n", *(f"{_HANGING}{each}\n" for each in more)))
    return told


def _abandon_stdout() -> None:
    """Keep the interpreter from writing the rest on its way out, where it would fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
