"""The frame that every command stands in: shared options declared once, and the desk handed over."""

from __future__ import annotations

import inspect
import re
from contextlib import suppress
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kzus.commands import complete
from kzus.commands.session import Answered, Desk, Output
from kzus.errors import DamagedIndexError, KzusError
from kzus.facts.vocabulary import INSTRUMENTS, KINDS, STAGES
from kzus.index.kept import reading
from kzus.index.store import fact_file, forget
from kzus.query.listing import Filter
from kzus.render.environment import Marked
from kzus.render.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kzus.query.listing import Column

_Names = list[str] | None
_Word = str | None
_FILTERS, _OUTPUT = "Filters", "Output"
"""The panels of the help in which shared options stand, below those that a command has of its own."""
_MARKUP = re.compile(r"\[(?=[a-z#/@])")


def _option(type_: Any, names: str, metavar: str | None, text: str, tab: Any = None, **more: Any) -> Any:
    """Declare an option whose value `tab` completes, in the panel of the filters unless another is named."""
    return Annotated[
        type_,
        typer.Option(
            *names.split(), metavar=metavar, help=text, autocompletion=tab, **{"rich_help_panel": _FILTERS, **more}
        ),
    ]


FILTERS: dict[str, Any] = {
    "text": Annotated[_Word, typer.Argument(help="Words that must occur in an entry.", metavar="TEXT")],
    "sector": _option(_Names, "--sector -s", "NAME", "A sector by id, name or alias.", complete.ids("sectors")),
    "party": _option(_Names, "--party -p", "NAME", "A party by id, name or alias.", complete.ids("parties")),
    "instrument": _option(
        _Names, "--instrument", "NAME", "The paper, such as contract or memorandum.", complete.words(INSTRUMENTS)
    ),
    "stage": _option(_Names, "--stage", "NAME", "How firm, such as pledge or commitment.", complete.words(STAGES)),
    "tag": _option(_Names, "--tag -t", "TAG", "A tag.", complete.tags),
    "package": _option(_Names, "--package", "ID", "Deals that a source puts into a package.", complete.ids("packages")),
    "kind": _option(
        _Names, "--kind -k", "KIND", "Entries of a kind, such as deal or party.", complete.words(tuple(KINDS))
    ),
    "since": _option(_Word, "--since", "DATE", "From this year, month or day on."),
    "until": _option(_Word, "--until", "DATE", "Up to this year, month or day, all of it."),
    "min": _option(_Word, "--min", "AMOUNT", "A stated value of at least: 250m, 1bn."),
    "max": _option(_Word, "--max", "AMOUNT", "A stated value of at most."),
}
"""Every filter; a command names those that its rows can answer."""

LENS: dict[str, Any] = {
    "source": _option(_Names, "--source", "ID", "Only this source; stages stay the file's.", complete.ids("sources")),
    "as_of": _option(_Word, "--as-of", "DATE", "Only what was published by this day."),
}
"""Through whose eyes, and as of when, to look at the facts."""

OUTPUT = ("format", "columns", "sort", "limit", "no_header")
"""Every output option; a command has all of them unless it prints no rows."""

FactsOption = _option(_Word, "--facts", "FILE", "Use another fact file.", envvar="KZUS_FACTS", rich_help_panel=None)
ChartOption = Annotated[bool, typer.Option("--chart", help="Draw bars instead of a table.")]
NoPagerOption = _option(bool, "--no-pager", None, "Print straight away, however long.", rich_help_panel=None)


def _output(columns: tuple[Column, ...], parts: tuple[Column, ...]) -> dict[str, Any]:
    """Declare the output options of a command whose answer has these columns."""
    formats, panel = f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}.", {"rich_help_panel": _OUTPUT}
    named, sorted_ = complete.columns(columns, parts), complete.columns(columns, parts, is_sort=True)
    return {
        "format": _option(_Word, "--format -f", "FORMAT", formats, complete.words(FORMATS), **panel),
        "columns": _option(
            _Word, "--columns -c", "A,B", "Columns in this order; '-c help' explains them.", named, **panel
        ),
        "sort": _option(_Word, "--sort", "[-]A,[-]B", "Sort by columns, - in front for descending.", sorted_, **panel),
        "limit": _option(int | None, "--limit -n", "N", "Print so many rows at most.", **panel),
        "no_header": _option(bool, "--no-header", None, "Leave out the names of the columns.", **panel),
    }


def command(
    *filters: str,
    output: tuple[str, ...] = OUTPUT,
    lens: tuple[str, ...] = tuple(LENS),
    columns: tuple[Column, ...] = (),
    parts: tuple[Column, ...] = (),
    help: str,  # noqa: A002 - Typer's word
) -> Callable[..., Callable[..., None]]:
    """Make a command of a function that takes a desk and a filter, in that order, and options of its own.

    `filters`, `output` and `lens` name the shared options that it has, `columns` are those of its answer,
    `parts` those of its --explain. `help` is a sentence, then paragraphs, then examples, which a `$` marks;
    it is no docstring, because Python leaves those out with -OO.
    """
    every = FILTERS | LENS | _output(columns, parts)
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
        run.help = _paragraphs(help)  # type: ignore[attr-defined]
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


def _paragraphs(text: str) -> str:
    """Make each paragraph one line, which Typer breaks where the terminal ends; examples stay as they are."""
    blocks = inspect.cleandoc(text).split("\n\n")
    joined = (block if block.startswith("$") else " ".join(block.split()) for block in blocks)
    return _MARKUP.sub(r"\\[", "\n\n".join(joined))


def _frozen(given: Any) -> Any:
    return tuple(given or ()) if isinstance(given, list) else given
