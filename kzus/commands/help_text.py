"""The texts of the help and the order of its parts, imported only when it is printed."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from inspect import cleandoc
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from kzus.render.environment import Environment

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
_EPILOG_INDENT = 8
_MARKUP = re.compile(r"\[(?=[a-z#/@])")


_FIRST_EXAMPLES = 2
"""So many examples stand above the options, so that these begin on the first screen."""
_ANSI_STYLE = re.compile("\x1b\\[[0-9;]*m")


class _Screen(io.StringIO):
    """Keeps what is drawn, with styles if the screen has them."""

    def __init__(self, *, has_styles: bool) -> None:
        super().__init__()
        self._has_styles = has_styles

    def isatty(self) -> bool:
        return self._has_styles


def print_command_help(env: Environment, command: Any, draw: Callable[[], object]) -> None:
    """Print the help of a command: two examples, its options, then further examples."""
    text, examples = _split_examples(command.help or "")
    command.help = paragraphs(text)
    more = ["More examples", *(f"  {line}" for line in examples)] if examples else []
    _print(env, _drawn(env, draw) + _wrapped(more, env.width))


def print_group_help(env: Environment, draw: Callable[[], object]) -> None:
    """Print the help of kzus itself: the usage and the commands, then the options and the rest."""
    _print(env, _with_options_last(_drawn(env, draw)) + _wrapped(_EPILOG.split("\n"), env.width))


def _drawn(env: Environment, draw: Callable[[], object]) -> str:
    screen = _Screen(has_styles=env.has_styles)
    with redirect_stdout(screen):
        draw()
    return screen.getvalue()


def _print(env: Environment, text: str) -> None:
    """Print a text, through the pager if it is longer than the screen."""
    if env.pager and text.count("\n") >= env.height:
        from kzus.render.buffer import show_in_pager

        env.stdout.flush()
        if show_in_pager(text, env.pager):
            return
    env.stdout.write(text)


def _with_options_last(text: str) -> str:
    """Move the panel of the options, which Typer draws first, behind all other panels."""
    lines = text.splitlines(keepends=True)
    plain = [_ANSI_STYLE.sub("", line) for line in lines]
    heads = [at for at, line in enumerate(plain) if line.startswith("╭─ Options ")]
    ends = [at + 1 for at, line in enumerate(plain) if line.startswith("╰")]
    # Nothing to move where Typer draws no such panel.
    if not heads:
        return text
    start, end, last = heads[0], next(at for at in ends if at > heads[0]), ends[-1]
    return "".join((*lines[:start], *lines[end:last], *lines[start:end], *lines[last:]))


def _split_examples(text: str) -> tuple[str, list[str]]:
    """Return the text of a help with its first examples, and the examples beyond them."""
    lines = cleandoc(text).split("\n")
    examples = [line for line in lines if line.startswith("$")]
    further = examples[_FIRST_EXAMPLES:]
    return "\n".join(line for line in lines if line not in further), further


def _wrapped(lines: list[str], width: int) -> str:
    """Wrap the lines below the panels; Typer joins those of an epilog, in its versions each in another way."""
    from textwrap import fill

    indent = " " * _EPILOG_INDENT
    return "".join(f"{fill(line, width, initial_indent=' ', subsequent_indent=indent)}\n" for line in lines)


def paragraphs(text: str) -> str:
    """Join the lines of each paragraph, because Typer wraps them to the terminal; examples stay as they are."""
    blocks = cleandoc(text).split("\n\n")
    joined = (block if block.startswith("$") else " ".join(block.split()) for block in blocks)
    # Rich would take `[rule]` for a style, and print nothing of it.
    return _MARKUP.sub(r"\\[", "\n\n".join(joined))
