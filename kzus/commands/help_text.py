"""The texts of the help, imported only when it is printed."""

from __future__ import annotations

import re
from inspect import cleandoc

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


def epilog(width: int) -> str:
    """Return the lines below the list of commands; Typer joins them, in its versions each in another way."""
    from textwrap import fill

    indent = " " * _EPILOG_INDENT
    return "\n".join(fill(line, width, initial_indent=" ", subsequent_indent=indent) for line in _EPILOG.split("\n"))


def paragraphs(text: str) -> str:
    """Join the lines of each paragraph, because Typer wraps them to the terminal; examples stay as they are."""
    blocks = cleandoc(text).split("\n\n")
    joined = (block if block.startswith("$") else " ".join(block.split()) for block in blocks)
    return _MARKUP.sub(r"\\[", "\n\n".join(joined))
