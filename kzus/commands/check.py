"""`kzus check`: reports problems and warnings of a fact file."""

from typing import Annotated

import typer

from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.errors import ExitCode, FactFileError
from kzus.query.filters import Filter
from kzus.query.listing import Column
from kzus.values.text import visible

File = Annotated[
    str | None,
    typer.Argument(
        help="The fact file, - for standard input; the one in use unless given.", metavar="[FILE]", show_default=False
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Let warnings fail as well.")]
Rules = Annotated[bool, typer.Option("--rules", help="List the rules that warn, and what each looks for.")]

_RULE_COLUMNS = (
    Column("rule", "id", about="its name, as `accept` takes it"),
    Column("meaning", about="what it warns of"),
)
_PROBLEM_COLUMNS = (
    Column("line", "number", about="where in the file"),
    Column("column", "number", about="where in the line"),
    Column("path", about="which key of which entry"),
    Column("message", about="what is wrong, and what to write instead"),
    Column("rule", about="the rule that warns, as `accept` takes it; nothing for a problem"),
)


@command(
    output=("format",),
    lens=(),
    columns=_PROBLEM_COLUMNS,
    help="""
    Check a fact file

    Prints every problem as FILE:LINE:COLUMN: path: message and exits 1; else what a careful editor would
    look at again, as warnings with the [rule], and one line of counts. With a format, prints problems and
    warnings as rows instead.

    $ kzus check facts.yaml
    $ kzus check -f json  # for an editor or a job
    $ kzus check --rules
    """,
)
def check_command(
    session: Session, _: Filter, file: File = None, *, strict: Strict = False, rules: Rules = False
) -> None:
    """Check a fact file; exits 1 if there are problems."""
    if rules:
        _print_rules(session)
        return
    from kzus.counting.rules import adding
    from kzus.facts.check import load, locate
    from kzus.facts.entries import collections
    from kzus.facts.lint.rules import lint
    from kzus.index.fact_file import FactFile, fact_file

    session.check(_PROBLEM_COLUMNS)
    path = fact_file(file) if file else session.facts.path
    # Read once: a pipe can't be read again for the places of warnings.
    content = FactFile.at(path).read()
    try:
        with session.facts.progress() as on_progress:
            facts = load(content, str(path), on_progress)
    except FactFileError as error:
        if not session.output.format:
            raise
        session.print(_PROBLEM_COLUMNS, error.problems)
        # The problems are the answer and are printed, so there is no error to tell.
        raise typer.Exit(ExitCode.FAILED) from None
    warnings = locate(content, found) if (found := lint(facts, adding(facts.get("deals", {})))) else []
    if session.output.format:
        session.print(_PROBLEM_COLUMNS, warnings)
        raise typer.Exit(ExitCode.FAILED if strict and warnings else ExitCode.DONE)
    if strict and warnings:
        raise FactFileError(str(path), warnings)
    session.env.stderr.writelines(visible(f"{path}:{warning}") + "\n" for warning in warnings)
    counts = ", ".join(f"{name} {len(entries)}" for name, entries in collections(facts))
    session.env.stdout.write(f"{visible(str(path))}: sound · {counts} · warnings {len(warnings)}\n")


def _print_rules(session: Session) -> None:
    from kzus.facts.vocabulary import LINT

    session.print(_RULE_COLUMNS, list(LINT.items()))
