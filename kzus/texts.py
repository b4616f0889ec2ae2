"""Text on its way out: what a terminal would obey is shown as what it is, and a field stays one line."""

from __future__ import annotations

import re

# Control characters, line separators and the marks that turn the direction of text.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BREAKS = re.compile("[\t\n\r\x85\u2028\u2029]+")
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def escaped(text: str) -> str:
    r"""Write text for one field of a line: tab, newline and other controls as `\t`, `\n`, `\u001b`; `\` as `\\`."""
    return _UNSAFE.sub(_escape, text.replace("\\", "\\\\"))


def visible(text: str) -> str:
    """Write text for a terminal: line ends become spaces, other controls show as what they are."""
    return _UNSAFE.sub(_escape, _BREAKS.sub(" ", text))


def unicode_escaped(json: str) -> str:
    """Escape in finished JSON what a terminal would obey; it stays the same JSON."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}" if found[0] != "\n" else "\n", json)


def _escape(found: re.Match[str]) -> str:
    return _SHORT.get(found[0]) or f"\\u{ord(found[0]):04x}"
