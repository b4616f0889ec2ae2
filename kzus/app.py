"""The `kzus` command: finds the module of a command when it is called, and turns what goes wrong into an exit code."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from kzus import __version__
from kzus.errors import ExitCode, FactFileError, KzusError, UsageError
from kzus.render.environment import Environment
from kzus.values.text import brief, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
}
"""Every command under its heading, with its line in the help, so that neither needs its module."""
COMMANDS = {name: line for lines in GROUPS.values() for name, line in lines.items()}
_EPILOG = """\
`kzus COMMAND --help` explains a command and has examples.

Exit codes
  0    Done; nothing found is no failure.
  1    Failed: an unknown id, a faulty fact file, an unwritable file.
  2    The command line can't be meant.
  130  Interrupted.

Environment
  KZUS_FACTS          The fact file, instead of the one that comes with kzus.
  KZUS_CACHE_DIR      Where indexes are kept, if not in the user's cache.
  KZUS_PAGER, PAGER   The pager, if not less; cat for none.
  NO_COLOR            Set to anything: no colour.
  FORCE_COLOR         Set to anything: colour even where no terminal is.
  COLUMNS, LINES      The size of the terminal.
  TERM                dumb: no styles, no pager.
  BROWSER             The browser that kzus open starts.
"""
_DROPPED = {"completion": "kzus --install-completion"}
"""Commands of earlier versions, and what to write instead."""
_HANGING = " " * len("kzus: ")


class _ClosedPipeError(Exception):
    """Raised in place of a `BrokenPipeError`, which Typer would turn into a failure."""


def _without_meanings(offered: list[Any]) -> list[Any]:
    """Leave out what words mean from what the Tab key offers: Typer imports rich to print it, which takes too long."""
    for each in offered:
        each.help = None
    return offered


class _Command(TyperCommand):
    def shell_complete(self, ctx: typer.Context, incomplete: str) -> list[Any]:  # type: ignore[override]
        return _without_meanings(super().shell_complete(ctx, incomplete))


class _Commands(TyperGroup):
    """Knows the line of every command, and loads the module of the one that is called."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        for panel, lines in GROUPS.items():
            for name, line in lines.items():
                self.add_command(TyperCommand(name, help=line, rich_help_panel=panel))

    # Typer's own signatures.
    def shell_complete(self, ctx: typer.Context, incomplete: str) -> list[Any]:  # type: ignore[override]
        return _without_meanings(super().shell_complete(ctx, incomplete))

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]
        if args[0] in _DROPPED and not ctx.resilient_parsing:
            raise UsageError(f"there is no 'kzus {args[0]}' any more; write '{_DROPPED[args[0]]}'")
        name, command, rest = super().resolve_command(ctx, args)
        return name, command and load(command.name or ""), rest

    def make_context(self, *given: Any, **more: Any) -> Any:
        with _guarded():  # help and version are printed here
            return super().make_context(*given, **more)

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        with _guarded():
            return super().invoke(ctx)


def load(name: str) -> Any:
    """Import a command and return it as Typer has it."""
    function = getattr(import_module(f"kzus.commands.{name}"), name)
    single = typer.Typer(add_completion=False)
    single.command(name, cls=_Command, help=function.help)(function)
    return typer.main.get_command(single)


@contextmanager
def _guarded() -> Iterator[None]:
    """Tell a closed pipe from a failure, and let no complaint of Typer turn a terminal's text around."""
    try:
        yield
    except BrokenPipeError:
        raise _ClosedPipeError from None
    except SystemExit as stopped:
        if isinstance(stopped.__context__, BrokenPipeError):  # rich has met one while it printed the help
            raise _ClosedPipeError from None
        raise
    except Exception as error:
        if isinstance(message := getattr(error, "message", None), str):
            error.message = visible(brief(message))  # type: ignore[attr-defined]
        raise


app = typer.Typer(
    cls=_Commands,
    context_settings={"help_option_names": ["--help", "-h"]},
    invoke_without_command=True,
    help="What Kazakhstan and the United States have agreed, with its sources",
    epilog=_EPILOG,
)


def _print_version(context: typer.Context, asked: bool) -> None:  # noqa: FBT001 - the shape of a Typer callback
    if asked and not context.resilient_parsing:
        typer.echo(f"kzus {__version__}")
        raise typer.Exit


def _turn_no_pages(context: typer.Context, asked: bool) -> None:  # noqa: FBT001 - as above
    if asked and not context.resilient_parsing:
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
    """Print the help where no command is named."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


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
    if arguments and arguments[0] == "help":
        arguments = [*arguments[1:], "--help"]
    if "COLUMNS" in os.environ:
        os.environ["COLUMNS"] = str(env.width)  # rich would take a 0 at its word, and print nothing
    try:
        with redirect_stdout(env.stdout), redirect_stderr(env.stderr):
            typer.main.get_command(app).main(args=arguments, prog_name="kzus", obj=env, color=env.has_styles)
    except MemoryError:
        raise KzusError("there is not enough memory for this; ask for less") from None
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else ExitCode.FAILED
    return ExitCode.DONE


def _fitted(lines: Sequence[str], env: Environment | None, *, is_cut: bool = False) -> str:
    """Return lines as a person's terminal can hold them: broken between words, or cut; as they are for a log."""
    room = env.width if env and env.is_watched else sys.maxsize
    shorten = _cut if is_cut else _broken
    return "".join(f"{line if len(line) <= room else shorten(line, room)}\n" for line in map(visible, lines))


def _cut(line: str, room: int) -> str:
    return f"{line[: room - 1].rstrip()}…"


def _broken(line: str, room: int) -> str:
    from textwrap import fill

    return fill(line, room, subsequent_indent=_HANGING, break_long_words=False, break_on_hyphens=False)


def _abandon_stdout() -> None:
    """Keep the interpreter from writing the rest on its way out, where it would fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
