"""The Typer application: imports a command only when it is called, and turns errors into exit codes."""

# Annotations are evaluated here: Typer compiles each that is text, for every query.

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import partial
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from kzus import __version__
from kzus.commands import COMMANDS, FACTS_IN_FRONT, GENERAL_PANEL, GROUPS, PLAIN_LISTS
from kzus.errors import ExitCode, FactFileError, KzusError, UsageError
from kzus.render.environment import Environment, typed_arguments
from kzus.values.text import brief, visible

_REMOVED_COMMANDS = {"completion": "kzus --install-completion"}
"""Removed commands, and what to write instead."""
_READ_AS = "kzus.read_as"
"""Where the context says what command line was meant by one with other words."""
_FORCING_COLOUR = ("GITHUB_ACTIONS", "PY_COLORS")
"""Variables by which Typer would colour the help even in a pipe; `FORCE_COLOR` alone is for kzus."""


class _ClosedPipeError(Exception):
    """Raised instead of `BrokenPipeError`, which Typer would turn into a failure."""


def _with_comments_last(words: list[str]) -> list[str]:
    """Move words that begin with a comment of SQL behind `--`, because they look like options."""
    comments = [word for word in words if word.startswith("--") and _is_sql_comment(word)]
    if not comments or "--" in words:
        return words
    return [*(word for word in words if word not in comments), "--", *comments]


def _is_sql_comment(word: str) -> bool:
    """Tell a comment in front of a query from an option, whose value may have several lines."""
    first, newline, _ = word.partition("\n")
    return word[2:3].isspace() or bool(newline and "=" not in first)


def _drop_help(offered: list[Any]) -> list[Any]:
    """Drop the help texts from completions, because Typer imports rich to print them, which is too slow for Tab."""
    for each in offered:
        each.help = None
    return offered


class _Command(TyperCommand):
    # The signatures are those of Typer.
    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        args = _with_comments_last(args)
        try:
            if sum(word.startswith("-") for word in args) > 1 and not ctx.resilient_parsing:  # one can't repeat
                from kzus.commands.usage import refuse_repeated

                refuse_repeated(self, ctx, args)
            return super().parse_args(ctx, list(args))  # a copy, since the parser empties its list
        except Exception as error:
            if type(error).__name__ != "NoSuchOption" or ctx.resilient_parsing:  # a class that Typer keeps to itself
                raise
            from kzus.commands.hints import read_as, read_option

            if (meant := read_option(error, args)) is None:
                raise
            ctx.meta[_READ_AS] = read_as([str(ctx.info_name), *meant])
            return self.parse_args(ctx, meant)

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        if _READ_AS in ctx.meta and ctx.obj.is_watched and not ctx.params.get("quiet"):  # a script needn't know
            _print_lines(ctx.obj, [f"kzus: {ctx.meta[_READ_AS]}"])
        return super().invoke(ctx)

    def format_help(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        from kzus.commands.help_text import print_command_help

        print_command_help(ctx.obj, self, partial(super().format_help, ctx, formatter))

    def get_help_option(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        option = super().get_help_option(ctx)
        option.rich_help_panel = GENERAL_PANEL  # type: ignore[union-attr]
        return option

    def shell_complete(self, ctx: typer.Context, incomplete: str) -> list[Any]:  # type: ignore[override]
        return _drop_help(super().shell_complete(ctx, incomplete))


class _CommandGroup(TyperGroup):
    """Knows the help line of every command, and imports only the one that is called."""

    # The signatures are those of Typer.
    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        self._add_commands()
        return super().list_commands(ctx)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        self._add_commands()
        return super().get_command(ctx, cmd_name)

    def _add_commands(self) -> None:
        """Make a command of each line of the help; only help, Tab and a mistake ask for all of them."""
        if not self.commands:
            for panel, lines in GROUPS.items():
                for name, line in lines.items():
                    self.add_command(TyperCommand(name, help=line, rich_help_panel=panel))

    def shell_complete(self, ctx: typer.Context, incomplete: str) -> list[Any]:  # type: ignore[override]
        return _drop_help(super().shell_complete(ctx, incomplete))

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]
        if args[0] in _REMOVED_COMMANDS and not ctx.resilient_parsing:
            raise UsageError(f"there is no 'kzus {args[0]}' any more; write '{_REMOVED_COMMANDS[args[0]]}'")
        if args[0] in COMMANDS:
            return args[0], load_command(args[0], is_completed=ctx.resilient_parsing), args[1:]
        self._add_commands()  # from which Typer takes its suggestions
        try:
            return super().resolve_command(ctx, args)
        except Exception as error:
            from kzus.commands.hints import drop_far_suggestions, read_command

            drop_far_suggestions(error)
            is_slip = ctx.resilient_parsing or "Did you mean" in getattr(error, "message", "")
            if is_slip or (found := read_command(args, ctx.meta.get(FACTS_IN_FRONT))) is None:
                raise
            meant, ctx.meta[_READ_AS] = found
            return self.resolve_command(ctx, meant)

    def make_context(self, *given: Any, **more: Any) -> Any:
        with _typer_errors():  # --help and --version are printed here
            return super().make_context(*given, **more)

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        if args and args[0].startswith("-") and not ctx.resilient_parsing:
            from kzus.commands.usage import refuse_in_front

            at = next((at for at, word in enumerate(args) if word in COMMANDS), 0)  # 0 where there is no command
            if at:
                refuse_in_front(self.get_params(ctx), load_command(args[at]), args[:at], args[at:])
        return super().parse_args(ctx, args)

    def format_help(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        from kzus.commands.help_text import print_group_help

        print_group_help(ctx.obj, partial(super().format_help, ctx, formatter))

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        with _typer_errors():
            return super().invoke(ctx)


def load_command(name: str, *, is_completed: bool = False) -> Any:
    """Import a command and return it as a command of Typer, which knows completions only if a shell asks for them."""
    function: Any
    if name in PLAIN_LISTS:
        from kzus.commands.lists import list_command

        function = list_command(name)
    else:
        function = getattr(import_module(f"kzus.commands.{name}"), f"{name}_command")
    if is_completed:  # else Typer would read the signature of each of its functions for every query
        from kzus.commands.complete import add_completions

        add_completions(function)
    single = typer.Typer(add_completion=False)  # or each would have --install-completion
    single.command(name, cls=_Command, help=function.help)(function)
    return typer.main.get_command(single)


@contextmanager
def _typer_errors() -> Iterator[None]:
    """Tell a closed pipe from a failure, and escape control characters in Typer's error messages."""
    try:
        yield
    except BrokenPipeError:
        raise _ClosedPipeError from None
    except SystemExit as stopped:
        if isinstance(stopped.__context__, BrokenPipeError):  # rich turns it into SystemExit while it prints the help
            raise _ClosedPipeError from None
        raise
    except Exception as error:
        if isinstance(getattr(error, "message", None), str):  # any usage error of Typer's
            from kzus.commands.hints import drop_far_suggestions

            drop_far_suggestions(error)
            error.message = visible(brief(error.message))  # type: ignore[attr-defined]
        raise


app = typer.Typer(
    cls=_CommandGroup,
    context_settings={"help_option_names": ["--help", "-h"]},
    invoke_without_command=True,
    help="What Kazakhstan and the United States have agreed, with its sources",
)


def _print_version(context: typer.Context, asked: bool) -> None:  # noqa: FBT001 - Typer's signature
    if asked and not context.resilient_parsing:
        from kzus.index.fact_file import shipped_edition

        typer.echo(f"kzus {__version__}{shipped_edition()}")
        raise typer.Exit


def _disable_pager(context: typer.Context, asked: bool) -> None:  # noqa: FBT001 - as above
    if asked and not context.resilient_parsing:
        context.obj = context.obj._replace(pager="")


def _use_facts(context: typer.Context, named: str | None) -> None:
    if named is not None:
        context.meta[FACTS_IN_FRONT] = named


@app.callback()
def kzus(
    context: typer.Context,
    *,
    facts: Annotated[  # noqa: ARG001 - its callback does it
        str | None,
        typer.Option("--facts", metavar="FILE", callback=_use_facts, help="Use another fact file."),
    ] = None,
    no_pager: Annotated[  # noqa: ARG001 - its callback does it
        bool,
        typer.Option("--no-pager", callback=_disable_pager, is_eager=True, help="Print straight away, however long."),
    ] = False,
    version: Annotated[  # noqa: ARG001 - as above
        bool, typer.Option("--version", "-V", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Print the help where no command is named."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main(arguments: Sequence[str] | None = None, env: Environment | None = None) -> int:
    """Run one command line and return its exit code."""
    try:
        env = env or Environment.of_process()
        code = _run_typer(typed_arguments() if arguments is None else arguments, env)
        env.stdout.flush()  # a full disk may show only now
    except (_ClosedPipeError, BrokenPipeError):
        _discard_stdout()  # the reader needs no more: not a failure
        return ExitCode.DONE
    except OSError as error:
        _discard_stdout()
        _print_error(env, f"kzus: can't write the answer: {error.strerror}\n")
        return ExitCode.FAILED
    except FactFileError as error:
        _print_error(env, f"{error}\n")
        return error.exit_code
    except KzusError as error:
        _print_lines(env, [f"kzus: {error}"], [f"  {each}" for each in error.details])  # a candidate keeps to its line
        return error.exit_code
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    return code


def _print_error(env: Environment | None, text: str) -> None:
    (env.stderr if env else sys.stderr).write(text)


def _print_lines(env: Environment | None, wrapped: Sequence[str], truncated: Sequence[str] = ()) -> None:
    from kzus.render.stderr import fit_lines

    _print_error(env, fit_lines(wrapped, env) + fit_lines(truncated, env, is_truncated=True))


def _run_typer(arguments: Sequence[str], env: Environment) -> int:
    if arguments and arguments[0] == "help":
        arguments = [*arguments[1:], "--help"]
    for name in _FORCING_COLOUR:
        os.environ.pop(name, None)
    if "COLUMNS" in os.environ:
        os.environ["COLUMNS"] = str(env.width)  # rich prints nothing if it is 0
    try:
        with redirect_stdout(env.stdout), redirect_stderr(env.stderr):  # into which Typer and rich print
            typer.main.get_command(app).main(args=arguments, prog_name="kzus", obj=env, color=env.has_styles)
    except MemoryError:
        raise KzusError("there is not enough memory for this; ask for less") from None
    except SystemExit as stopped:
        if stopped.code == ExitCode.USAGE:  # Typer has printed its error
            from kzus.commands.hints import usage_hint

            hint = usage_hint(stopped.__context__, arguments)
            _print_lines(env, [f"kzus: {hint}"] * bool(hint))
        return stopped.code if isinstance(stopped.code, int) else ExitCode.FAILED
    return ExitCode.DONE


def _discard_stdout() -> None:
    """Redirect stdout to nowhere, because the interpreter would fail again to flush it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
