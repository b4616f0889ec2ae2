"""YAML that every reader of YAML 1.1 or 1.2 reads back as the JSON of the same answer.

Written out here: PyYAML takes longer to import than a query takes, and folds long lines.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

from kzus.texts import unicode_escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = re.compile("[A-Za-z](?:[A-Za-z0-9_./+ -]*[A-Za-z0-9_./+])?")
_WORDS = frozenset("null true false yes no on off y n".split())
"""What YAML 1.1 takes for something else than text."""


def lines(value: Any, indent: str = "") -> Iterator[str]:
    """Yield a JSON value as lines of block YAML, without line ends."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _entry(f"{indent}{scalar(key)}:", item, indent + "  ")
    elif isinstance(value, list) and value:
        for item in value:
            first, *rest = lines(item, indent + "  ")
            yield f"{indent}- {first[len(indent) + 2 :]}"
            yield from rest
    else:
        yield indent + scalar(value)


def scalar(value: Any) -> str:
    """Write one value on one line: text bare where nothing else could be meant, else as in JSON."""
    if isinstance(value, str):
        if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
            return value
        return unicode_escaped(json.dumps(value, ensure_ascii=False))
    if isinstance(value, float):
        return _decimal(value)
    return json.dumps(value)


def _entry(head: str, item: Any, indent: str) -> Iterator[str]:
    if isinstance(item, (dict, list)) and item:
        yield head
        yield from lines(item, indent)
    else:
        yield f"{head} {scalar(item)}"


def _decimal(number: float) -> str:
    if not math.isfinite(number):
        return ".nan" if math.isnan(number) else f"{'-' * (number < 0)}.inf"
    text = repr(number)
    return text if "." in text else text.replace("e", ".0e")  # YAML 1.1 takes 1e-07 for a word
