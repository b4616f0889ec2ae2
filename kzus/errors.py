"""The errors of kzus, with exit codes and messages that say what to do instead."""

# Annotations are evaluated here: Python compiles each that is text when it makes a NamedTuple, for every query.

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kzus.values.text import NAMES_APART, quoted, shortened, visible

_MOST_LISTED = 24
_MOST_CANDIDATES = 10
_MOST_TITLE_CHARACTERS = 60
_WHERE_LISTED = {
    "column": "-c help explains them",
    "id": "kzus search WORDS finds ids",
    "package": "kzus packages lists them",
    "party": "kzus parties lists them",
    "sector": "kzus sectors lists them",
    "sector or party": "kzus sectors and kzus parties list them",
    "source": "kzus sources lists them",
}
"""Where those of a kind are found that are too many for a message."""


class ExitCode:
    """The exit codes; an empty answer is `DONE`."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    INTERRUPTED = 130


class Problem(NamedTuple):
    """One thing that is wrong with a fact file, or, with a `rule`, one warning; problems sort by their place."""

    line: int
    column: int
    path: str
    message: str
    rule: str | None = None

    def __str__(self) -> str:
        message = f"warning: {self.message} [{self.rule}]" if self.rule else self.message
        return ": ".join(part for part in (f"{self.line}:{self.column}", self.path, message) if part)


class KzusError(Exception):
    """Raised when kzus can't do what it was asked; the text says what, where and what to try."""

    exit_code = ExitCode.FAILED
    details: Sequence[str] = ()
    """Lines to print below the message."""


class UsageError(KzusError):
    """Raised when the command line is wrong."""

    exit_code = ExitCode.USAGE


class UnknownNameError(UsageError):
    """Raised when an option names something that the fact file doesn't have."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        """Keep the `kind` of thing and the `name` given; `known` is what could have been meant."""
        self.kind, self.name = kind, name
        super().__init__(_unknown_here(kind, name, known))


class UnknownIdError(KzusError):
    """Raised when no entry of the fact file has the id that was asked for."""

    def __init__(self, name: str, known: Iterable[str], kind: str = "id", *, start: str = "") -> None:
        """Keep the `name` given; `known` is what could have been meant, each the id of a `kind`.

        `start` is said in front.
        """
        self.name = name
        super().__init__(start + _unknown_here(kind, name, known))


class AmbiguousNameError(KzusError):
    """Raised when more than one entry could be meant by a name; carries all of them."""

    def __init__(self, name: str, candidates: Sequence[tuple[str, str, str]], start: str = "") -> None:
        """Keep the `name` given and the `candidates`: id, kind and title of each, the likeliest first.

        `start` is said in front.
        """
        self.name, self.candidates = name, candidates
        few = candidates[:_MOST_CANDIDATES]
        wide = [max(len(each[at]) for each in few) for at in (0, 1)]
        self.details = [
            f"{i:{wide[0]}}  {kind:{wide[1]}}  {shortened(title, _MOST_TITLE_CHARACTERS)}" for i, kind, title in few
        ]
        more = f", of which these are {_MOST_CANDIDATES}" if len(candidates) > _MOST_CANDIDATES else ""
        super().__init__(
            f"{start}{quoted(name)} may be any of {len(candidates)}{more}; write the id of one, or more of its name"
        )


class DamagedIndexError(KzusError):
    """Raised when an index can't be read and must be built anew."""


class FactFileError(KzusError):
    """Raised when a fact file can't be read or isn't sound; carries every problem found."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        """Keep the `file` as it was named and its `problems` in line order."""
        self.file, self.problems = file, problems
        super().__init__("\n".join(visible(f"{file}:{problem}") for problem in problems))


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """Say that `name` is none of the `known`, and which of them are near; all, where they are few."""
    return f"unknown {kind} {quoted(name)}{hint(name, known)}"


def _unknown_here(kind: str, name: str, known: Iterable[str]) -> str:
    """Say the same of what somebody asks for, and where to look if there are neither near ones nor few."""
    text = unknown(kind, name, known)
    return text if text.endswith(")") or kind not in _WHERE_LISTED else f"{text}; {_WHERE_LISTED[kind]}"


def hint(name: str, known: Iterable[str]) -> str:
    """Say in brackets which of the `known` could have been meant by `name`; all, where they are few; or nothing."""
    from difflib import get_close_matches

    folded = {word.casefold(): word for word in known}
    near = [folded[word] for word in get_close_matches(name.casefold(), folded)]
    if near:
        return f" (did you mean {' or '.join(repr(word) for word in near)}?)"
    if 0 < len(folded) <= _MOST_LISTED:
        apart = NAMES_APART if any("," in word for word in folded) else ", "
        return f" (there are: {apart.join(folded.values())})"
    return ""
