"""CSV by RFC 4180 but with LF as line end, and without cells that a spreadsheet takes for formulas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any, TextIO

_BEGINNING = "'*(?:[\\t\\r\\n]|[ \u00a0\u3000]*[-=+@＝＋－＠])"
"""The beginning of text that a spreadsheet takes for a formula, or that looks like such text already escaped."""
GUARD = f"^'(?={_BEGINNING})"
"""A regular expression for the apostrophe that `inert` adds; remove what it matches to get the original text."""
_SIGNED_NUMBER = r"[-+][0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"
_MAY_BEGIN = frozenset("'\t\r\n \u00a0\u3000-=+@＝＋－＠")


def inert(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet takes for a formula; numbers may begin with a sign."""
    # Nearly every cell: a set is quicker than the pattern.
    if text[:1] not in _MAY_BEGIN:
        return text
    if not re.match(_BEGINNING, text):
        return text
    # A negative number is one for a spreadsheet, too; an apostrophe would make text of it.
    return text if re.fullmatch(_SIGNED_NUMBER, text) else f"'{text}"


def writer(out: TextIO) -> Any:
    """Return a CSV writer."""
    import csv

    # csv quotes a lone carriage return only if lines end in one.
    return csv.writer(_LineEnds(out), lineterminator="\r\n")


class _LineEnds(NamedTuple):
    """A file that replaces CRLF at line ends with LF."""

    out: TextIO

    def write(self, line: str) -> None:
        self.out.write(line[:-2] + "\n")
