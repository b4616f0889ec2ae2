"""What YAML can't read, in words that say what to write instead; imported for a message only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from kzus.values.text import LINE_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTRY_LINE = re.compile(r"(?P<before>\s*(?:- +)*(?:[^\s\"'{\[#&*!|>%@`-][^:#\"']*?:|-) +)(?P<text>\S.*)")
_PAIR_IN_FLOW = re.compile(
    r"(?P<before>(?:^\s*(?:- +)?(?:[\w-]+: *)?\{|, *)\s*[a-z_]+: +)(?P<text>[^{\[].*?)(?=, *[a-z_]+: |\}\s*$)"
)
_UNCLOSED = {
    "while scanning a quoted scalar": "the quote that opens in line {} isn't closed; close it with the same sign",
    "while parsing a flow sequence": "the [ in line {} isn't closed; write ] behind its last item",
    "while parsing a flow mapping": "the {{ in line {} isn't closed; write }} behind its last key, commas between keys",
}
_MESSAGES = (
    (
        "could not find expected ':'",
        "a key stands without a value; write 'key: text', or set a text that runs on further in",
    ),
    ("did not find expected key", "this isn't in line with the keys above it; give it their indentation"),
    (
        "did not find expected '-' indicator",
        "this isn't in line with the items above it; begin it with '- ' below theirs",
    ),
    ("block sequence entries are not allowed", "a list can't begin here; write its items on lines of their own"),
    (
        "mapping values are not allowed",
        "a key can't stand here; put a text with a colon in quotes, or mend the indentation",
    ),
    ("cannot start any token", "a text can't begin with this sign; put the text in quotes"),
    ("exceeded maximum nesting depth", "is nested more than 32 deep"),
    ("undefined tag handle", "a text can't begin with '!'; put the text in quotes"),
)


_YAML_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_LINES = 20
"""Slips that are looked for, each with a reading of the whole text."""
_LONG_TEXT, _LONG_LINE = 500_000, 1_000
"""Characters beyond which only the first slip is looked for, and none in a line."""


class _Slip(NamedTuple):
    line: int
    column: int
    message: str
    mended: str | None = None
    """The line as it should be, where that is clear."""


def explain_yaml_error(text: str, error: yaml.MarkedYAMLError) -> Iterator[tuple[int, int, str]]:
    """Yield the line and column of each slip of syntax, and what to write instead.

    Reading ends at a slip, so a line that can be mended is, to find the next one.
    """
    lines = re.split(LINE_BREAK, text)
    found: yaml.MarkedYAMLError | None = error
    for _ in range(_MOST_LINES):
        if found is None:
            break
        slip = _explain(lines, found)
        yield slip.line, slip.column, slip.message
        if slip.mended is None or len(text) > _LONG_TEXT:
            break
        lines[slip.line - 1] = slip.mended
        found = _next_error("\n".join(lines))


def _next_error(text: str) -> yaml.MarkedYAMLError | None:
    try:
        list(yaml.parse(text, Loader=_YAML_LOADER))
    except yaml.MarkedYAMLError as error:
        return error
    except (ValueError, OverflowError):
        return None
    return None


def _explain(lines: list[str], error: yaml.MarkedYAMLError) -> _Slip:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    for at in dict.fromkeys(_suspects(error, line, len(lines))):
        indent = re.match(r"\s*", lines[at])
        if indent and "\t" in indent[0]:
            return _Slip(at + 1, indent[0].index("\t") + 1, "is indented with a tab; write spaces")
        # An escape stands within quotes already, so quotes would mend nothing.
        if "character escape" not in (error.problem or "") and (quoted := _quoted(lines[at])):
            start, spelled, mended = quoted
            return _Slip(at + 1, start + 1, f"this text must be in quotes; write {spelled}", mended)
    return _Slip(line + 1, column + 1, _yaml_message(error, lines))


def _suspects(error: Any, line: int, count: int) -> Iterator[int]:
    """Yield the lines where the slip may be: where the reader stopped, where what it read began, and the one before."""
    for at in (line, error.context_mark.line if error.context_mark else line, line - 1):
        if 0 <= at < count:
            yield at


def _yaml_message(error: yaml.MarkedYAMLError, lines: list[str]) -> str:
    words = " ".join(part for part in (error.context, error.problem) if part)
    if error.context in _UNCLOSED and error.context_mark:
        line = error.context_mark.line
        # It is closed after all: YAML took a sign within a text for one of its own.
        if lines[line].rstrip().endswith(("]", "}")):
            return "a text with one of the signs : , [ ] { } # must be in quotes within a list or mapping"
        return _UNCLOSED[error.context].format(line + 1)
    if "character escape" in words:
        return "is not YAML: an escape here stands for no character; take it out"
    plain = next((message for part, message in _MESSAGES if part in words), None)
    return plain or f"is not YAML: {words}"


def _quoted(line: str) -> tuple[int, str, str] | None:
    """Find the text of a line that alone stops YAML: where it begins, it and its line with it in quotes."""
    if len(line) > _LONG_LINE or _is_yaml(line):
        return None
    found = _ENTRY_LINE.fullmatch(line)
    for match in (*_PAIR_IN_FLOW.finditer(line), *((found,) if found else ())):
        text = match["text"].rstrip()
        if text[0] not in "\"'":
            text = re.split(r"\s+#", text, maxsplit=1)[0]  # a comment
        if _may_run_on(text):
            continue
        spelled = in_quotes(text)
        start = match.start("text")
        mended = line[:start] + spelled + line[start + len(text) :]
        if _is_yaml(mended):
            key = re.search(r"[^\s{,]+: *$", match["before"])
            return start, f"{key[0].strip()} {spelled}" if key else spelled, mended
    return None


def _may_run_on(text: str) -> bool:
    """Tell whether a text is a list, a mapping or a quote that may run on in the next line, or was meant as it is."""
    if text[0] in "[{":
        close = "]" if text[0] == "[" else "}"
        return close not in text or text.endswith(close)
    return text[0] in "\"'" and text.count(text[0]) == 1


def in_quotes(text: str) -> str:
    """Write a text in quotes as YAML reads it: those that it has around it stay outside."""
    for sign in "\"'":
        if len(text) > 1 and text[0] == text[-1] == sign:
            text = text[1:-1].replace(sign * 2, sign) if sign == "'" else text[1:-1]
            break
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    # Within single quotes YAML has no escapes, so a backslash stays what it is.
    return "'" + text.replace("'", "''") + "'"


def _is_yaml(line: str) -> bool:
    """Tell whether YAML reads a line by itself, whatever it reads it as."""
    try:
        list(yaml.parse(line.strip(), Loader=_YAML_LOADER))
    except (yaml.YAMLError, ValueError, OverflowError):  # as for the reader, an escape may stand for no character
        return False
    return True
