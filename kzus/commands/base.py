"""Makes commands: declares the shared options once, and passes each command its session."""

from __future__ import annotations

import inspect
from contextlib import suppress
from functools import partial, wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kzus.commands import FACTS_IN_FRONT, GENERAL_PANEL
from kzus.commands.session import CommandDone, Session
from kzus.errors import DamagedIndexError, KzusError, UsageError
from kzus.index.fact_file import fact_file
from kzus.index.kept import reading
from kzus.index.store import forget
from kzus.query.filters import FLAGS, VOCABULARIES, Filter, inclusions, join_words, option_names
from kzus.render.data_table import Output
from kzus.render.environment import WriteDetector
from kzus.render.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kzus.commands.question import Question
    from kzus.query.listing import Column

_Names = list[str] | None
_Word = str | None
_FILTERS_PANEL, _OUTPUT_PANEL = "Filters", "Output"
"""Help panels of the shared options; a command's own options stand above them."""


def _option(type_: Any, names: str, metavar: str | None, text: str, **more: Any) -> Any:
    """Declare an option, which stands in the filters' panel unless `more` names another."""
    return Annotated[
        type_,
        typer.Option(*names.split(), metavar=metavar, help=text, **{"rich_help_panel": _FILTERS_PANEL, **more}),
    ]


def _either_of(words: Sequence[str]) -> str:
    """Name the words of a vocabulary."""
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _vocabulary(name: str, *, about: str) -> Any:
    """Declare the filter by a closed vocabulary, whose words its help names."""
    return _option(_Names, f"--{name}", "NAME", f"{about}: {_either_of(VOCABULARIES[name])}.")


WordsArgument = Annotated[
    _Names,
    typer.Argument(
        help="Words that must all occur in an entry or the names of its parties; ai* is a beginning.",
        metavar="[WORD]...",
        show_default=False,
    ),
]
FILTER_OPTIONS: dict[str, Any] = {
    "text": WordsArgument,
    "sector": _option(_Names, "--sector -s", "NAME", "A sector by id, name or alias."),
    "party": _option(_Names, "--party -p", "NAME", "A party by id, name or alias."),
    "flow": _vocabulary("flow", about="The kind of money"),
    "direction": _option(_Names, "--direction", "KZ-US", "From whose side to whose the money goes: KZ-US or US-KZ."),
    "instrument": _vocabulary("instrument", about="The paper"),
    "stage": _vocabulary("stage", about="How firm"),
    "measure": _vocabulary("measure", about="What the value is"),
    "tag": _option(_Names, "--tag -t", "TAG", "A tag."),
    "package": _option(_Names, "--package", "ID", "Deals that a source puts into a package."),
    "kind": _option(_Names, "--kind -k", "KIND", "Of this kind, such as deal or visit."),
    "country": _option(_Names, "--country", "CODE", "With a party of a country, such as US."),
    "firm": _option(bool, "--firm", None, "What is firm: commitment, implementation, completion."),
    "pledged": _option(bool, "--pledged", None, "What is promised and not dormant."),
    "dormant": _option(bool, "--dormant", None, "Pledges without news for three years."),
    "person": _option(_Names, "--person", "NAME", "Where somebody took part, by any part of the name."),
    "in_force": _option(bool, "--in-force", None, "What is in force."),
    "since": _option(_Word, "--since", "DATE", "From this year, month or day on."),
    "until": _option(_Word, "--until", "DATE", "Up to this year, month or day, all of it."),
    "min": _option(_Word, "--min", "AMOUNT", "A stated value of at least: 250m, 1bn."),
    "max": _option(_Word, "--max", "AMOUNT", "A stated value of at most."),
}
"""Every filter; each command names those that apply to its rows."""

LENS_OPTIONS: dict[str, Any] = {
    "source": _option(_Names, "--source", "ID", "Only this source; stages stay the file's."),
    "as_of": _option(_Word, "--as-of", "DATE", "Only what was published by this day."),
}
"""The options of the lens: whose claims, and as of which day."""

_IN_OUTPUT = {"rich_help_panel": _OUTPUT_PANEL}
OUTPUT_OPTIONS: dict[str, Any] = {
    "format": _option(
        _Word,
        "--format -f",
        "FORMAT",
        f"{_either_of(FORMATS)}. In a pipe the default is TSV without names of columns; a named format has them.",
        **_IN_OUTPUT,
    ),
    "columns": _option(_Word, "--columns -c", "A,B", "Columns in this order; '-c help' explains them.", **_IN_OUTPUT),
    "sort": _option(_Word, "--sort", "[-]A,[-]B", "Sort by columns, - in front for descending.", **_IN_OUTPUT),
    "limit": _option(int | None, "--limit -n", "N", "Print so many rows at most.", **_IN_OUTPUT),
    "no_header": _option(bool, "--no-header", None, "Leave out the names of the columns.", **_IN_OUTPUT),
}
"""Every output option; a command has all of them if it prints rows."""

FactsOption = _option(
    _Word, "--facts", "FILE", "Use another fact file.", envvar="KZUS_FACTS", rich_help_panel=GENERAL_PANEL
)
All = Annotated[bool, typer.Option("--all", help="Print all there is, instead of the most important.")]
Force = Annotated[bool, typer.Option("--force", help="Replace what exists.")]
ChartOption = Annotated[bool, typer.Option("--chart", help="Draw bars instead of a table.")]
QuietOption = _option(bool, "--quiet -q", None, "Print no remarks; errors stay.", **_IN_OUTPUT)
NoPagerOption = _option(bool, "--no-pager", None, "Print straight away, however long.", rich_help_panel=GENERAL_PANEL)


def command(
    *filters: str,
    output: Sequence[str] = tuple(OUTPUT_OPTIONS),
    lens: Sequence[str] = tuple(LENS_OPTIONS),
    columns: Sequence[Column] = (),
    parts: Callable[[], Sequence[Column]] | None = None,
    words: Mapping[str, Sequence[str]] | None = None,
    ids: Mapping[str, Sequence[str]] | None = None,
    subject: str = "",
    help: str,  # noqa: A002 - Typer's word
) -> Callable[..., Callable[..., None]]:
    """Make a command of a function that takes a session, a filter, and then options of its own.

    `filters`, `output` and `lens` name the shared options of the command. For Tab, `columns` are those of its answer,
    `parts` returns those of its --explain, `words` and `ids` have, by the name of a parameter, its words or the tables
    of its ids. `subject` is what the answer is about, the heading of a document; else the name of the command. `help`
    is a sentence, then paragraphs, then examples, which begin with `$`. It isn't taken from the docstring, because
    Python drops docstrings under -OO.
    """
    every = FILTER_OPTIONS | LENS_OPTIONS | OUTPUT_OPTIONS
    filters = tuple(option_names(filters))
    shared: Mapping[str, Any] = {name: every[name] for name in (*filters, *lens, *output)}

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def run(context: typer.Context, **given: Any) -> None:
            _run(function, context, given, filters=filters, output=output, lens=lens, subject=subject)

        run.__signature__ = _signature(function, shared)  # type: ignore[attr-defined]
        # Typer makes options of the signature. Before it does, it works out all annotations, which are those of `run`.
        run.__annotations__ = {}
        run.help = help  # type: ignore[attr-defined]
        run.offered = (columns, parts, words or {}, ids or {})  # type: ignore[attr-defined]
        del run.__wrapped__
        return run

    return decorate


def _run(
    function: Callable[..., None],
    context: typer.Context,
    given: dict[str, Any],
    *,
    filters: Sequence[str],
    output: Sequence[str],
    lens: Sequence[str],
    subject: str,
) -> None:
    """Run a command with the options that are given: those that it shares, by their names, and its own."""
    is_quiet, facts = given.pop("quiet"), given.pop("facts")
    env = context.obj._replace(pager="") if given.pop("no_pager") else context.obj
    # Remarks are for a person who watches; errors are printed all the same.
    env = env._replace(is_watched=False) if is_quiet else env
    asked = Filter(**{name: _as_filter(name, given.pop(name)) for name in filters})
    output_options = Output(**{name: given.pop(name) for name in output})
    lens_options = {name: _as_tuple(given.pop(name)) for name in lens}
    path = fact_file(_one_fact_file(context, facts))
    heading = subject or str(context.info_name).capitalize()
    ask = partial(_question, heading, asked, given, has_filters=bool(filters))
    stdout = WriteDetector(env.stdout)
    env = env._replace(stdout=stdout)
    start = partial(Session, env, output_options, path, **lens_options, ask=ask, is_quiet=is_quiet)
    try:
        _run_command(function, start(), asked, given)
    except DamagedIndexError as error:  # noticed only while its pages are read
        forget(path)
        if stdout.has_written:
            raise DamagedIndexError(f"{error}; what was printed is not whole, so ask again") from None
        # Asked again only while nothing is printed, or rows would come twice.
        _run_command(function, start(is_rebuilt=True), asked, given)


def _signature(function: Callable[..., None], shared: Mapping[str, Any]) -> inspect.Signature:
    """Return the signature that Typer sees of a command: its own parameters, and the options that it shares."""
    # Behind the session and the filter, which are no options.
    own = [
        each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in inspect.signature(function).parameters.values()
    ][2:]
    text = [_parameter(name, shared[name]) for name in shared if name == "text"]
    rest = [_parameter(name, annotation) for name, annotation in shared.items() if name != "text"]
    context = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    last = [
        _parameter("quiet", QuietOption),
        _parameter("no_pager", NoPagerOption),
        _parameter("facts", FactsOption),
    ]
    # The help has options in this order: those of the command itself come first.
    return inspect.Signature([context, *text, *own, *rest, *last])


def _question(heading: str, asked: Filter, own: Mapping[str, Any], *, has_filters: bool) -> Question:
    from kzus.commands.question import Question

    return Question(heading, asked, own, has_filters=has_filters)


def _one_fact_file(context: typer.Context, facts: str | None) -> str | None:
    """Return the fact file that is named behind the command, in front of it, or in the environment."""
    in_front: str | None = context.meta.get(FACTS_IN_FRONT)
    if in_front is None:
        return facts
    # KZUS_FACTS gives it as well, and may: an option goes before the environment.
    source = context.get_parameter_source("facts")
    if source is not None and source.name == "COMMANDLINE":
        raise UsageError("--facts is given in front of the command and behind it; write it once")
    return in_front


def _run_command(function: Callable[..., None], session: Session, asked: Filter, given: Mapping[str, Any]) -> None:
    try:
        # The deadline is the inner one: a question that takes too long is no damage of the index.
        with suppress(CommandDone), reading(), session.facts.deadline.explaining():
            function(session, asked, **given)
            _tell_inclusions(session, asked)
            tell_other_sectors(session, asked.sector)
    except KzusError:
        # What a lens hides may be why something isn't found.
        session.warn_hidden()
        raise
    except typer.Exit:  # the command has answered and sets its own exit code
        _print_buffered(session)
        raise
    _print_buffered(session)


def _tell_inclusions(session: Session, asked: Filter) -> None:
    """Say which parties are in the answer because another took their place."""
    if asked.party:
        for line in inclusions(session.index, asked.party):
            session.footnote(line)


def tell_other_sectors(session: Session, sectors: Sequence[str]) -> None:
    """Tell a person which sectors of their own are called by the name of one that is asked for."""
    if sectors and session.env.is_watched:
        from kzus.query.other_questions import sector_remark

        if line := sector_remark(session.index, sectors):
            session.remark(line)


def _print_buffered(session: Session) -> None:
    with reading():  # an HTML document looks up the addresses of its sources
        session.finish()


def _parameter(name: str, annotation: Any) -> inspect.Parameter:
    default = False if name in ("no_header", "no_pager", "quiet", *FLAGS) else None
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _as_filter(name: str, given: Any) -> Any:
    return join_words(given or ()) if name == "text" else _as_tuple(given)


def _as_tuple(given: Any) -> Any:
    return tuple(given or ()) if isinstance(given, list) else given
