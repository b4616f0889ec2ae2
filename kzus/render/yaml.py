"""YAML that readers of 1.1 and 1.2 read back as the JSON of the same answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import yaml

from kzus.values.text import unicode_escaped

if TYPE_CHECKING:
    from typing import TextIO

_LIKE_A_NUMBER = frozenset("0123456789+-.")
"""First characters of text that some version of YAML takes for a number or a date."""
_LIKE_YES = frozenset("yYnN")  # true and false in YAML 1.1, which PyYAML leaves bare
_Fast: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # only where PyYAML was built with libyaml


class _Dumper(_Fast):  # type: ignore[misc]
    """Quotes text that could be read as another type, and writes no aliases."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True

    def represent_text(self, text: str) -> yaml.ScalarNode:
        is_quoted = not text.isprintable() or text[:1] in _LIKE_A_NUMBER or text in _LIKE_YES
        node: yaml.ScalarNode = self.represent_scalar("tag:yaml.org,2002:str", text, style='"' if is_quoted else None)
        return node


_Dumper.add_representer(str, _Dumper.represent_text)


def dump_yaml(out: TextIO, value: object) -> None:
    """Write one value; control characters are quoted and escaped."""
    # The most that a C int takes, on which libyaml counts columns: no text is wrapped.
    text = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=sys.maxsize >> 32)
    out.write(unicode_escaped(text))
