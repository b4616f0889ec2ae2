"""CSV as every program reads it: RFC 4180 with newlines alone as line ends, and no cell a formula to a spreadsheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any, TextIO

_BEGINNING = "'*(?:[\\t\\r\\n]|[ \u00a0\u3000]*[-=+@＝＋－＠])"
"""How text begins that a spreadsheet would work out, or that would be taken for such text with its apostrophe."""
GUARD = f"^'(?={_BEGINNING})"
"""The apostrophe that `inert` puts before such text, as a regular expression: without it the text is the true one."""
_MAY_BEGIN = frozenset("'\t\r\n \u00a0\u3000-=+@＝＋－＠")


def inert(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would work out; a number may begin with its sign."""
    if text[:1] not in _MAY_BEGIN:
        return text
    if not re.match(_BEGINNING, text):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text


def writer(out: TextIO) -> Any:
    """Return a writer of rows."""
    import csv

    # It quotes a lone carriage return only if lines end in one.
    return csv.writer(_LineEnds(out), lineterminator="\r\n")


class _LineEnds(NamedTuple):
    """A file that gets lines with newlines alone at their ends."""

    out: TextIO

    def write(self, line: str) -> None:
        self.out.write(line[:-2] + "\n")
