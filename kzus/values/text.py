"""Text on its way out: what a terminal would obey is shown as what it is, and a field stays one line."""

from __future__ import annotations

import re

# Control characters, line separators, the marks that turn the direction of text, and what no text file may
# hold. All of them are among what Python calls not printable, which costs a tenth of a search to find out.
_UNSAFE = "[\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
_BREAKS = "[\t\n\r\x85\u2028\u2029]+"
NAMES_APART = "; "
"""What stands between the texts of a list; no web address holds it."""
LINE_BREAK = "\r\n|[\n\r\x85\u2028\u2029]"
"""What YAML takes for the end of a line."""
_HALF = 300
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def escaped(text: str) -> str:
    r"""Write text for one field of a line: tab, newline and other controls as `\t`, `\n`, `\u001b`; `\` as `\\`."""
    text = text.replace("\\", "\\\\")
    return text if text.isprintable() else re.sub(_UNSAFE, _escape, text)


def visible(text: str) -> str:
    """Write text for a terminal: line ends become spaces, other controls show as what they are."""
    return text if text.isprintable() else re.sub(_UNSAFE, _escape, re.sub(_BREAKS, " ", text))


def spread(text: str) -> str:
    """Write text over several lines where it has some, all of them ended by newlines; other controls but tabs show."""
    text = re.sub("\r\n?", "\n", text)
    return re.sub(_UNSAFE, lambda found: found[0] if found[0] in "\t\n" else f"\\u{ord(found[0]):04x}", text)


def unicode_escaped(json: str) -> str:
    """Escape in finished JSON what a terminal would obey; it stays the same JSON."""
    if json.isprintable():
        return json
    # A newline can only set lines of JSON apart: json.dumps escapes those within texts.
    return re.sub(_UNSAFE, lambda found: f"\\u{ord(found[0]):04x}" if found[0] != "\n" else "\n", json)


def brief(message: str) -> str:
    """Shorten a message that quotes too much, in its middle: what is wrong stands at its ends."""
    if len(message) <= 2 * _HALF:
        return message
    return f"{message[:_HALF]} … {message[-_HALF:]}"


def shortened(text: str, longest: int) -> str:
    """Cut text to so many characters, with an ellipsis in place of what is left out."""
    return text if len(text) <= longest else text[: max(longest - 1, 0)].rstrip() + "…"


def quoted(typed: object) -> str:
    """Return what a person typed in quotes, as a message repeats it: only its ends if it is long."""
    return f"'{brief(str(typed))}'"


def _escape(found: re.Match[str]) -> str:
    return _SHORT.get(found[0]) or f"\\u{ord(found[0]):04x}"


def file_name(text: str) -> str:
    """Return a path that a person wrote as this process can open it.

    `~` in front is the home, where no shell has put it in. Under LANG=C a name needn't be UTF-8.
    """
    import os

    text = os.path.expanduser(text)  # noqa: PTH111 - a Path would lose a slash at its end
    try:
        os.fsencode(text)
    except UnicodeEncodeError:
        return os.fsdecode(text.encode("utf-8", "surrogateescape"))
    return text


def many(number: int, noun: str, nouns: str = "") -> str:
    """Write a number with its noun, which takes an s unless `nouns` says other."""
    return f"{number} {noun if number == 1 else nouns or f'{noun}s'}"


def as_sentence(line: str) -> str:
    """Return a line as a sentence."""
    return f"{line[:1].upper()}{line[1:]}."
