"""The frame that every command stands in: shared options declared once, and the desk handed over."""

from __future__ import annotations

import inspect
from contextlib import suppress
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kzus.commands.desk import Answered, Desk, Output
from kzus.environment import Marked
from kzus.errors import DamagedIndexError, KzusError
from kzus.index import fact_file, forget
from kzus.output.formats import FORMATS
from kzus.query import Filter
from kzus.store import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kzus.query import Column

_Names = list[str] | None
_Word = str | None


def _option(type_: Any, *names: str, help: str, metavar: str | None = None) -> Any:  # noqa: A002 - Typer's word
    return Annotated[type_, typer.Option(*names, help=help, metavar=metavar)]


FILTERS: dict[str, Any] = {
    "text": Annotated[_Word, typer.Argument(help="Words that must occur in an entry.", metavar="TEXT")],
    "sector": _option(_Names, "--sector", "-s", help="A sector by id, name or alias.", metavar="NAME"),
    "party": _option(_Names, "--party", "-p", help="A party by id, name or alias.", metavar="NAME"),
    "instrument": _option(_Names, "--instrument", help="The paper, such as contract or memorandum.", metavar="NAME"),
    "stage": _option(_Names, "--stage", help="How firm, such as pledge or commitment.", metavar="NAME"),
    "tag": _option(_Names, "--tag", "-t", help="A tag.", metavar="TAG"),
    "package": _option(_Names, "--package", help="Deals that a source puts into a package.", metavar="ID"),
    "kind": _option(_Names, "--kind", "-k", help="Entries of a kind, such as deal or party.", metavar="KIND"),
    "since": _option(_Word, "--since", help="From this year, month or day on.", metavar="DATE"),
    "until": _option(_Word, "--until", help="Up to this year, month or day, all of it.", metavar="DATE"),
    "min": _option(_Word, "--min", help="A stated value of at least: 250m, 1bn.", metavar="AMOUNT"),
    "max": _option(_Word, "--max", help="A stated value of at most.", metavar="AMOUNT"),
}
"""Every filter; a command names those that its rows can answer."""

LENS: dict[str, Any] = {
    "source": _option(_Names, "--source", help="Only what this source says.", metavar="ID"),
    "as_of": _option(_Word, "--as-of", help="Only what was known on this day.", metavar="DATE"),
}
"""Through whose eyes, and as of when, to look at the facts."""

OUTPUT: dict[str, Any] = {
    "format": _option(_Word, "--format", "-f", help=f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}.", metavar="FORMAT"),
    "columns": _option(
        _Word, "--columns", "-c", help="Columns, by name, in this order; help lists them.", metavar="A,B"
    ),
    "sort": _option(_Word, "--sort", help="Sort by columns, - in front for descending.", metavar="[-]A,[-]B"),
    "limit": _option(int | None, "--limit", "-n", help="Print so many rows at most.", metavar="N"),
    "no_header": _option(bool, "--no-header", help="Leave out the names of the columns."),
}
"""Every output option; a command has all of them unless it prints no rows."""

FactsOption = Annotated[
    str | None,
    typer.Option("--facts", envvar="KZUS_FACTS", help="Use another fact file.", metavar="FILE", show_envvar=True),
]
ChartOption = Annotated[bool, typer.Option("--chart", help="Draw bars instead of a table.")]
NoPagerOption = Annotated[bool, typer.Option("--no-pager", help="Print straight away, however long.")]


def command(
    *filters: str,
    output: tuple[str, ...] = tuple(OUTPUT),
    lens: tuple[str, ...] = tuple(LENS),
    columns: tuple[Column, ...] = (),
    parts: tuple[Column, ...] = (),
) -> Callable[..., Callable[..., None]]:
    """Make a command of a function that takes a desk and a filter, in that order, and options of its own.

    `filters`, `output` and `lens` name the shared options that it has, `columns` are what its help
    explains, `parts` those of its --explain.
    """
    every = FILTERS | LENS | OUTPUT
    shared: Mapping[str, Any] = {name: every[name] for name in (*filters, *lens, *output)}

    def frame(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def run(context: typer.Context, facts: str | None = None, *, no_pager: bool = False, **given: Any) -> None:
            env = context.obj._replace(pager="") if no_pager else context.obj
            asked = Filter(**{name: _frozen(given.pop(name)) for name in filters})
            shown = Output(**{name: given.pop(name) for name in output})
            seen = {name: _frozen(given.pop(name)) for name in lens}
            path = fact_file(facts)
            stdout = Marked(env.stdout)
            env = env._replace(stdout=stdout)
            try:
                _answer(function, Desk(env, shown, path, **seen), asked, given)
            except DamagedIndexError as error:  # it shows only when its pages are read
                forget(path)
                if stdout.is_used:
                    raise DamagedIndexError(f"{error}; what was printed is not whole, so ask again") from None
                _answer(function, Desk(env, shown, path, **seen, is_rebuilt=True), asked, given)

        own = [
            each.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            for each in inspect.signature(function).parameters.values()
        ][2:]
        text = [_parameter(name, shared[name]) for name in shared if name == "text"]
        rest = [_parameter(name, annotation) for name, annotation in shared.items() if name != "text"]
        context = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
        last = [_parameter("no_pager", NoPagerOption), _parameter("facts", FactsOption)]
        parameters = [context, *text, *own, *rest, *last]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        explained = {"Columns": columns, "Columns of --explain": parts}
        run.columns = {name: found for name, found in explained.items() if found}  # type: ignore[attr-defined]
        del run.__wrapped__
        return run

    return frame


def _answer(function: Callable[..., None], desk: Desk, asked: Filter, given: Mapping[str, Any]) -> None:
    try:
        with suppress(Answered), reading(), desk.deadline.explaining():
            function(desk, asked, **given)
    except KzusError:
        desk.excuse()
        raise
    except typer.Exit:  # an exit code of its own, after an answer
        _finish(desk)
        raise
    _finish(desk)


def _finish(desk: Desk) -> None:
    with reading():  # a document asks for the addresses of its sources
        desk.finish()


def _parameter(name: str, annotation: Any) -> inspect.Parameter:
    default = False if name in ("no_header", "no_pager") else None
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _frozen(given: Any) -> Any:
    return tuple(given or ()) if isinstance(given, list) else given
