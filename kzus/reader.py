"""YAML text to plain data, by way of the loader's events, with the place of everything that is wrong.

Events rather than a loader: they show duplicate keys, tags and anchors, keep every scalar as it was
written, and cost a tenth of the time of building nodes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

MAX_DEPTH = 32
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

Path = tuple["str | int", ...]
"""Where a node stands: ("deals", "ktz-wabtec-locomotives", "values", 0, "source")."""


class Mark(NamedTuple):
    """A place in the text, both counted from 1, columns in characters."""

    line: int
    column: int


class Problem(NamedTuple):
    """One thing that is wrong with a fact file, or with a `rule` only to be warned of; problems sort by their place."""

    line: int
    column: int
    path: str
    message: str
    rule: str | None = None

    def __str__(self) -> str:
        message = f"warning: {self.message} [{self.rule}]" if self.rule else self.message
        return ": ".join(part for part in (f"{self.line}:{self.column}", self.path, message) if part)


class Tree(NamedTuple):
    """What was read: mappings, lists and text only; `root` is None if nothing could be."""

    root: Any
    problems: list[Problem]
    keys: dict[Path, Mark]
    nodes: dict[Path, Mark]


def read(data: bytes, *, marked: Iterable[Path] = ()) -> Tree:
    """Read a document, and note where the keys and nodes on the way to the `marked` paths stand.

    Marks of everything would cost more time and memory than the data.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place(data[: error.start].decode("utf-8"))
        return Tree(
            None, [Problem(*place, "", f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8")], {}, {}
        )
    if text.startswith("\ufeff"):
        return Tree(
            None, [Problem(1, 1, "", "starts with a byte order mark; save the file as UTF-8 without BOM")], {}, {}
        )
    problems = [
        Problem(*_place(text[: found.start()]), "", f"has the control character U+{ord(found[0]):04X}; take it out")
        for found in _FORBIDDEN.finditer(text)
    ]
    if problems:
        return Tree(None, problems, {}, {})
    return _Composer(text, frozenset(path[:end] for path in marked for end in range(len(path) + 1))).compose()


def print_path(path: Path) -> str:
    """Write a path as the messages show it: `deals.x.values[0].source`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


class _Stopped(Exception):  # noqa: N818 - it ends the reading, it isn't an error of its own
    """Raised when nothing after this place can be read with sense."""


class _Composer:
    """Builds plain data from the events of one document."""

    def __init__(self, text: str, marked: Collection[Path]) -> None:
        self._events: Iterator[Any] = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        self._marked = marked
        self._tree = Tree(None, [], {}, {})

    def compose(self) -> Tree:
        root = None
        try:
            root = self._document()
        except _Stopped:
            pass
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)
            words = " ".join(part for part in (error.context, error.problem) if part)
            self._tree.problems.append(Problem(*place, "", f"is not YAML: {words}"))
        return self._tree._replace(root=root)

    def _document(self) -> Any:
        next(self._events)
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            self._complain(event, (), "is empty; a fact file starts with 'format: 1'")
            return None
        root = self._node(next(self._events), (), 1)
        next(self._events)
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            self._complain(event, (), "starts a second document; a fact file is one document")
        if not isinstance(root, dict):
            self._tree.problems.append(Problem(1, 1, "", "is not a mapping; a fact file starts with 'format: 1'"))
            return None
        return root

    def _node(self, event: Any, path: Path, depth: int) -> Any:
        if depth > MAX_DEPTH:
            self._complain(event, path, f"is nested more than {MAX_DEPTH} deep")
            raise _Stopped
        if self._marked and path in self._marked:
            self._tree.nodes[path] = _mark(event)
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self._complain(
                event, path, f"has '{sign}{event.anchor}'; anchors and aliases aren't used here, write it out"
            )
        if isinstance(event, yaml.AliasEvent):
            return ""
        if event.tag is not None:
            self._complain(event, path, f"has the tag '{event.tag}'; tags aren't used here, take it out")
        if isinstance(event, yaml.ScalarEvent):
            return event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        return self._mapping(path, depth)

    def _sequence(self, path: Path, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, (*path, len(items)), depth + 1))
        return items

    def _mapping(self, path: Path, depth: int) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, path, depth + 1) if self._is_odd(event) else event.value
            if not isinstance(key, str):
                self._complain(event, path, "has a key that isn't text")
                key = ""
            inner = (*path, key)
            if key in entries:
                self._complain(event, inner, f"the key '{key}' stands twice")
            if self._marked and inner in self._marked:
                self._tree.keys[inner] = _mark(event)
            entries[key] = self._node(next(self._events), inner, depth + 1)
        return entries

    @staticmethod
    def _is_odd(event: Any) -> bool:
        return not isinstance(event, yaml.ScalarEvent) or event.anchor is not None or event.tag is not None

    def _complain(self, event: Any, path: Path, message: str) -> None:
        self._tree.problems.append(Problem(*_mark(event), print_path(path), message))


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


def _place(before: str) -> Mark:
    line = before.count("\n")
    return Mark(line + 1, len(before) - (before.rfind("\n") + 1) + 1)
