"""Command lines that can't be followed as meant: options given twice, in front of the command, or of no effect."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from kzus.errors import UsageError
from kzus.values.text import brief, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzus.render.data_table import Output

_COMMA_LISTS = frozenset(("by", "columns", "sort"))
"""Options whose value may be several names with commas between them."""


def refuse_repeated(command: Any, ctx: Any, args: Sequence[str]) -> None:
    """Raise `UsageError` for an option of a command that is given twice and can be meant only once."""
    # The parser's own order, since it alone knows which words are values of options.
    _, _, order = command.make_parser(ctx).parse_args(args=list(args))
    for param, times in Counter(order).items():
        if times > 1 and param.param_type_name == "option" and not (param.multiple or param.is_flag):
            raise UsageError(_repeated_message(param, list(_given_values(param.opts, args))))


def refuse_in_front(group: Sequence[Any], command: Any, before: Sequence[str], rest: Sequence[str]) -> None:
    """Raise `UsageError` where an option of a command stands in front of it, with the command line that was meant."""
    own = {name for param in group for name in param.opts}
    for word in before:
        name = word.partition("=")[0]
        # Only the first that kzus itself lacks decides; one that no command has is Typer's to refuse.
        if name.startswith("-") and name not in own:
            if any(name in param.opts for param in command.params):
                usual = " ".join((rest[0], *before, *rest[1:]))
                raise UsageError(f"{name} belongs behind the command: kzus {brief(usual)}")
            return


def refuse_lines(output: Output, command: str, whole: str) -> None:
    """Raise `UsageError` for an option about columns or lines where a command prints something whole."""
    given = {"--columns": output.columns, "--sort": output.sort, "--limit": output.limit}
    for option, value in given.items():
        if value is not None:
            raise UsageError(f"{option}: {command} -f {output.format} prints {whole}; write -f tsv or csv for lines")


def _repeated_message(param: Any, values: Sequence[str]) -> str:
    name = param.opts[0]
    if param.name in _COMMA_LISTS:
        return f"{name} is given {len(values)} times; write {name} {brief(','.join(values))}"
    return f"{name} is given {len(values)} times, as {' and '.join(map(quoted, values))}; write it once"


def _given_values(names: Sequence[str], args: Sequence[str]) -> Iterator[str]:
    """Yield what was given to an option, as two words, with `=` or, to a short one, as one word."""
    for at, word in enumerate(args):
        # What stands behind it is no option.
        if word == "--":
            return
        for name in names:
            if word == name and at + 1 < len(args):
                yield args[at + 1]
            elif word.startswith(f"{name}="):
                yield word.partition("=")[2]
            elif not name.startswith("--") and word.startswith(name) and word != name:
                yield word.removeprefix(name)
