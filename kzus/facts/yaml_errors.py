"""What YAML can't read, in words that say what to write instead; imported for a message only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTRY = re.compile(r"(?P<before>\s*(?:- +)*(?:[^\s\"'{\[#&*!|>%@`-][^:#\"']*?:|-) +)(?P<text>\S.*)")
_PAIR = re.compile(
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
    ("undefined tag handle", "a text can't begin with '!'; put the text in quotes"),
)


def explain_yaml_error(text: str, error: yaml.MarkedYAMLError) -> tuple[int, int, str]:
    """Return the line and column of a slip of syntax, and what to write instead."""
    lines = text.splitlines()
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    for at in dict.fromkeys(_suspects(error, line, len(lines))):
        indent = re.match(r"\s*", lines[at])
        if indent and "\t" in indent[0]:
            return at + 1, indent[0].index("\t") + 1, "is indented with a tab; write spaces"
        if quoted := _quoted(lines[at]):
            start, spelled = quoted
            return at + 1, start + 1, f"this text must be in quotes; write {spelled}"
    return line + 1, column + 1, _message(error, lines)


def _suspects(error: Any, line: int, count: int) -> Iterator[int]:
    """Yield the lines where the slip may be: where the reader stopped, where what it read began, and the one before."""
    for at in (line, error.context_mark.line if error.context_mark else line, line - 1):
        if 0 <= at < count:
            yield at


def _message(error: yaml.MarkedYAMLError, lines: list[str]) -> str:
    words = " ".join(part for part in (error.context, error.problem) if part)
    if error.context in _UNCLOSED and error.context_mark:
        line = error.context_mark.line
        if lines[line].rstrip().endswith(("]", "}")):
            return "a text with one of the signs : , [ ] { } # must be in quotes within a list or mapping"
        return _UNCLOSED[error.context].format(line + 1)
    plain = next((message for part, message in _MESSAGES if part in words), None)
    return plain or f"is not YAML: {words}"


def _quoted(line: str) -> tuple[int, str] | None:
    """Find the text of a line that alone stops YAML, with the column where it begins, and write it in quotes."""
    if _is_yaml(line):
        return None
    found = _ENTRY.fullmatch(line)
    for match in (*_PAIR.finditer(line), *((found,) if found else ())):
        text = match["text"].rstrip()
        if text[0] not in "\"'":
            text = re.split(r"\s+#", text, maxsplit=1)[0]  # a comment
        if _is_open(text):
            continue
        spelled = in_quotes(text)
        start = match.start("text")
        if _is_yaml(line[:start] + spelled + line[start + len(text) :]):
            key = re.search(r"[^\s{,]+: *$", match["before"])
            return start, f"{key[0].strip()} {spelled}" if key else spelled
    return None


def _is_open(text: str) -> bool:
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
    return "'" + text.replace("'", "''") + "'"


def _is_yaml(line: str) -> bool:
    """Tell whether YAML reads a line by itself, and reads it as one text or key."""
    try:
        list(yaml.parse(line.strip(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except yaml.YAMLError:
        return False
    return True
