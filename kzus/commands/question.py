"""What a document says around an answer: what was asked, which facts it is from, and what its sources are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kzus import __version__
from kzus.query.filters import FLAGS, STANDINGS, Filter
from kzus.render.document import SourceReference
from kzus.values.text import brief

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

_FILTER_PHRASES = {
    "text": "with the words “{}”", "sector": "in {}", "party": "with {}", "flow": "of the kind of money {}",
    "direction": "in the direction {}", "instrument": "by {}", "stage": "at the stage {}", "measure": "stated as {}",
    "tag": "with the tag {}", "package": "in the package {}", "country": "with a party of {}", "kind": "of the kind {}",
    "since": "from {} on", "until": "up to {}", "min": "of at least {}", "max": "of at most {}",
    "person": "with {}",
}  # fmt: skip
"""How each filter that has a value is said in a sentence."""
_OWN_PHRASES = {
    "by": "by {}", "name": "of {}", "ids": "about {}", "package": "of {}", "words": "for “{}”", "query": "to {}",
    "min_ratio": "at least {} times apart",
}  # fmt: skip
"""How the options of single commands are said; one without a phrase isn't."""
_ONE_NAME = ("name", "package", "words")
"""Options whose several words, unquoted, are one name or question."""


class Question(NamedTuple):
    """What was asked: the `subject` of the command, the filter, and the options of the command itself.

    `has_filters` tells whether the command could have been given a filter.
    """

    subject: str
    asked: Filter = Filter()
    own: Mapping[str, Any] = {}
    has_filters: bool = True

    def sentence(self, source: Sequence[str] = (), as_of: str | None = None, *, told: str | None = None) -> str:
        """Say what was asked, or what is told, and through which lens."""
        phrases = [*self._own_phrases(), *self._filter_phrases()]
        nothing = f"{self.subject}, without a filter." if self.has_filters else f"{self.subject}."
        parts = [told or (f"{self.subject} {', '.join(phrases)}." if phrases else nothing)]
        if source:
            parts.append(f"As told by {_either(source, 'and')}.")
        if as_of is not None:
            parts.append(f"As published by {as_of}.")
        return " ".join(parts)

    def _own_phrases(self) -> list[str]:
        given = {name: value for name, value in self.own.items() if value and name in _OWN_PHRASES}
        given |= {"by": given["by"].split(",")} if "by" in given else {}
        given |= {name: " ".join(given[name]) for name in _ONE_NAME if isinstance(given.get(name), list)}
        given |= {"min_ratio": f"{given['min_ratio']:g}"} if "min_ratio" in given else {}
        return [_OWN_PHRASES[name].format(brief(_either(value, "and"))) for name, value in given.items()]

    def _filter_phrases(self) -> list[str]:
        given = self.asked._asdict()
        standings = [name for name in STANDINGS if given[name]]
        active = {name: value for name, value in given.items() if value and name not in FLAGS}
        phrases = [_FILTER_PHRASES[name].format(brief(_either(value))) for name, value in active.items()]
        return [*phrases, *(["in force"] if self.asked.in_force else []), *([_either(standings)] if standings else [])]


def _either(names: str | Sequence[str], joint: str = "or") -> str:
    """Join names with a word before the last."""
    if isinstance(names, str):
        return names
    *others, last = names
    return f"{', '.join(others)} {joint} {last}" if others else last


def edition_line(index: sqlite3.Connection) -> str:
    """Return which facts an answer is from: their title, version, day and digest, and the kzus that read them."""
    from kzus.query.citations import edition

    known, facts = dict(index.execute("SELECT key, value FROM meta")), edition(index)
    version = f", version {facts.version}" if facts.version else ""
    return f"{known['title']}{version}, as of {known['as_of']}, digest {facts.digest}; kzus {__version__}."


def references(index: sqlite3.Connection, names: Sequence[str]) -> list[SourceReference]:
    """Return what the list at the end of a document says of these sources."""
    from kzus.query.citations import of_sources, text

    return [SourceReference(text(each._replace(url=None)), each.url) for each in of_sources(index, names)]
