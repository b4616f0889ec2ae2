"""YAML text to plain data, by way of the loader's events, with the place of everything that is wrong.

Events rather than a loader: they show duplicate keys, tags and anchors, keep every scalar as it was
written, and cost a tenth of the time of building nodes.
"""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from yaml import MappingEndEvent, ScalarEvent, SequenceEndEvent

from kzus.errors import Problem
from kzus.values.text import LINE_BREAK, brief

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    OnProgress = Callable[[str, int, int], None]
    """Hears what is being done, how much of it is, and of how much."""

# A fact file needs six levels; the limit of Python's own recursion lies far beyond.
MAX_DEPTH = 32
_ENTRY = 2
"""How long the path of an entry is: its collection and its id."""
MAX_KEY = 200
MAX_TEXT = 10_000
"""Characters of a key and of any other text. Keys stand in the messages of all that is below them, and comparing
names takes the square of their length, so that without a most a small file could take hours and gigabytes."""
_MOST_CONTROLS = 100
# What YAML calls not printable, and U+FEFF: a byte order mark has no place within a text.
_FORBIDDEN_CHARACTERS = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]+"
_NULLS = frozenset(("null", "Null", "NULL", "~"))
"""What YAML reads as nothing where it stands without quotes."""

Path = tuple["str | int", ...]
"""Where a node stands: ("deals", "ktz-wabtec-locomotives", "values", 0, "source")."""
Fault = tuple[Path, str]
"""Where something is wrong, and what."""


class Mark(NamedTuple):
    """A place in the text, both counted from 1, columns in characters."""

    line: int
    column: int


class Tree(NamedTuple):
    """What was read: mappings, lists and text only; `root` is None if nothing could be."""

    root: Any
    problems: list[Problem]
    keys: dict[Path, Mark]
    nodes: dict[Path, Mark]


def read(data: bytes, *, marked: Iterable[Path] = (), on_progress: OnProgress | None = None) -> Tree:
    """Read a document, and note where the keys and nodes on the way to the `marked` paths stand.

    Marks of everything would cost more time and memory than the data. `on_progress` hears how far it has come,
    entry by entry.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        place = _advance(Mark(1, 1), before, 0, len(before))
        return Tree(
            None, [Problem(*place, "", f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8")], {}, {}
        )
    if text.startswith("\ufeff"):
        return Tree(
            None, [Problem(1, 1, "", "starts with a byte order mark; save the file as UTF-8 without BOM")], {}, {}
        )
    # Before YAML reads it: PyYAML would stop at the first, and name no line.
    if problems := list(_controls(text)):
        return Tree(None, problems, {}, {})
    return _Composer(
        text, frozenset(path[:end] for path in marked for end in range(len(path) + 1)), on_progress
    ).compose()


def print_path(path: Path) -> str:
    """Write a path as the messages show it: `deals.x.values[0].source`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def _controls(text: str) -> Iterator[Problem]:
    """Tell control characters, those side by side as one, and after the first hundred only how many more."""
    if text.replace("\n", "").isprintable():  # which takes half the time of a search
        return
    place, seen, runs = Mark(1, 1), 0, re.finditer(_FORBIDDEN_CHARACTERS, text)
    for number, run in enumerate(islice(runs, _MOST_CONTROLS + 1)):
        place, seen = _advance(place, text, seen, run.start()), run.start()
        message = _control(run[0])
        if number == _MOST_CONTROLS:
            message = f"has control characters in {1 + sum(1 for _ in runs)} more places; is this a text file?"
        yield Problem(*place, "", message)


def _control(text: str) -> str:
    return f"has the control character U+{ord(text[0]):04X}; take it out"


class _Stopped(Exception):  # noqa: N818 - it ends the reading, it isn't an error of its own
    """Raised when nothing after this place can be read with sense."""


class _Composer:
    """Builds plain data from the events of one document."""

    def __init__(self, text: str, marked: Collection[Path], on_progress: OnProgress | None) -> None:
        self._on_progress, self._size = on_progress, len(text)
        self._source, self._marked = text, marked
        self._take = _events(text)
        self._tree = Tree(None, [], {}, {})

    def compose(self) -> Tree:
        root = None
        try:
            root = self._document()
        except _Stopped:
            pass
        except yaml.MarkedYAMLError as error:
            from kzus.facts.yaml_errors import explain_yaml_error

            for line, column, message in explain_yaml_error(self._source, error):
                self._tree.problems.append(Problem(line, column, "", brief(message)))
        except (ValueError, OverflowError):  # PyYAML leaves to Python to find that an escape stands for no character
            message = "is not YAML: an escape from here on stands for no character"
            self._tree.problems.append(Problem(*_reached(self._source), "", message))
        return self._tree._replace(root=root)

    def _document(self) -> Any:
        self._take()  # the start of the stream
        event = self._take()
        if isinstance(event, yaml.StreamEndEvent):
            self._complain(event, (), "is empty; a fact file starts with 'format: 2'")
            return None
        root = self._node(self._take(), (), 1)
        self._take()
        event = self._take()
        if not isinstance(event, yaml.StreamEndEvent):
            self._complain(event, (), "starts a second document; a fact file is one document")
        if not isinstance(root, dict):
            self._tree.problems.append(Problem(1, 1, "", "is not a mapping; a fact file starts with 'format: 2'"))
            return None
        return root

    def _node(self, event: Any, path: Path, depth: int) -> Any:
        if depth > MAX_DEPTH:
            self._complain(event, path, f"is nested more than {MAX_DEPTH} deep")
            raise _Stopped
        if self._marked and path in self._marked:
            self._tree.nodes[path] = _mark(event)
        if _is_sound(event, MAX_TEXT):
            return event.value
        if event.anchor is not None:
            self._refuse_anchor(event, path)
        if isinstance(event, yaml.AliasEvent):
            # It was refused above and leads nowhere, which also stops a billion laughs.
            return ""
        if event.tag is not None:
            self._refuse_tag(event, path)
        if isinstance(event, ScalarEvent):
            # null is read as empty, which the model tells to leave out.
            return "" if event.value in _NULLS and not event.style else self._text(event, path, MAX_TEXT)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        return self._mapping(path, depth)

    def _sequence(self, path: Path, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self._take(), SequenceEndEvent):
            items.append(self._node(event, (*path, len(items)), depth + 1))
        return items

    def _mapping(self, path: Path, depth: int) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        while not isinstance(event := self._take(), MappingEndEvent):
            key = event.value if _is_sound(event, MAX_KEY) else self._key(event, path, depth + 1)
            inner = (*path, key)
            if self._on_progress and len(inner) == _ENTRY:
                self._on_progress("reading", event.start_mark.index, self._size)
            if key in entries:
                self._complain(event, inner, f"the key '{key}' stands twice")
            if self._marked and inner in self._marked:
                self._tree.keys[inner] = _mark(event)
            entries[key] = self._node(self._take(), inner, depth + 1)
        return entries

    def _key(self, event: Any, path: Path, depth: int) -> str:
        if not isinstance(event, ScalarEvent):
            # Read to its end, so that what follows is its value.
            if not isinstance(self._node(event, path, depth), str):
                self._complain(event, path, "has a key that isn't text")
            return ""
        if event.anchor is not None:
            self._refuse_anchor(event, path)
        if event.tag is not None:
            self._refuse_tag(event, path)
        return self._text(event, (*path, event.value[:MAX_KEY]), MAX_KEY)

    def _text(self, event: Any, path: Path, most: int) -> str:
        text: str = event.value
        if found := re.search(_FORBIDDEN_CHARACTERS, text):
            self._complain(event, path, _control(found[0]))
        if len(text) > most:
            what = "key" if most == MAX_KEY else "text"
            self._complain(event, path, f"has {len(text)} characters; the most for a {what} is {most}")
        return text[:most]

    def _refuse_anchor(self, event: Any, path: Path) -> None:
        is_alias = isinstance(event, yaml.AliasEvent)
        what = f"'*{event.anchor}' is an alias" if is_alias else f"'&{event.anchor}' is an anchor"
        self._complain(event, path, f"{what} to YAML; put a text in quotes, or write the data out")

    def _refuse_tag(self, event: Any, path: Path) -> None:
        self._complain(event, path, f"'{event.tag}' is a tag to YAML; put a text in quotes, or take the tag out")

    def _complain(self, event: Any, path: Path, message: str) -> None:
        self._tree.problems.append(Problem(*_mark(event), print_path(path), brief(message)))


def _is_sound(event: Any, most: int) -> bool:
    """Tell whether an event is text that there is nothing to say of, as almost all are; escapes need quotes."""
    return (
        event.__class__ is ScalarEvent
        and event.anchor is None
        and event.tag is None
        and len(event.value) <= most
        and event.value not in _NULLS
        and (event.style != '"' or event.value.isprintable())
    )


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


def _events(text: str) -> Callable[[], Any]:
    """Return what gives the next event of a text each time that it is called, and None after the last."""
    # PyYAML may have been built without libyaml, which is many times faster.
    take: Callable[[], Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text).get_event
    return take


def _reached(text: str) -> Mark:
    """Return where the last event starts before the one at which PyYAML fails."""
    mark = Mark(1, 1)
    with suppress(ValueError, OverflowError):
        for event in iter(_events(text), None):
            mark = _mark(event)
    return mark


def _advance(place: Mark, text: str, start: int, end: int) -> Mark:
    """Return the place of `end`, given that of `start`; lines end as they do for YAML."""
    line, column = place.line, place.column + end - start
    for found in re.compile(LINE_BREAK).finditer(text, start, end):
        line, column = line + 1, end - found.end() + 1
    return Mark(line, column)
