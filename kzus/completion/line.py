"""A command line that isn't finished: what its words are, and what may come next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzus.completion.choices import COLUMNS, FILES, IDS, Choice, columns, ids, key, tags, words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kzus.completion.grammar import Command, Parameter

    Index = Callable[[str | None], sqlite3.Connection]

ROOT = "kzus"


class Line(NamedTuple):
    """The finished words after a command: the option that still needs its value, those that are used, the arguments."""

    command: Command
    pending: Parameter | None
    used: Sequence[Parameter]
    arguments: Sequence[str]
    facts: str | None
    is_past_options: bool

    @classmethod
    def of(cls, command: Command, given: Sequence[str]) -> Line:
        """Read words as the command would, whether or not they are right."""
        known = {name: each for each in command.parameters for name in each.opts}
        pending: Parameter | None = None
        used: list[Parameter] = []
        arguments: list[str] = []
        facts, is_past = None, False
        for word in given:
            name, equals, value = word.partition("=")
            if pending:
                facts = word if pending.name == "facts" else facts
                pending = None
            elif is_past or not word.startswith("-"):
                arguments.append(word)
            elif word == "--":
                is_past = True
            elif option := known.get(name):
                used.append(option)
                facts = value if equals and option.name == "facts" else facts
                pending = None if equals or option.is_flag else option
        return cls(command, pending, used, arguments, facts, is_past)

    @property
    def expected(self) -> Parameter | None:
        """The option or argument that the next word is for, if any."""
        every = [each for each in self.command.parameters if not each.opts]
        repeated = [each for each in every if each.is_repeated]
        return self.pending or next(iter([*every[len(self.arguments) :], *repeated]), None)

    @property
    def columns(self) -> Sequence[tuple[str, str]]:
        """The columns of the command; of several lists, that of the option that is used."""
        lists = self.command.columns
        used = [option.opts[0] for option in self.used]
        chosen = [found for heading, found in lists.items() if heading.split()[-1] in used]
        return next(iter([*chosen, *lists.values()]), ())

    def options(self, begun: str) -> Iterator[Choice]:
        """Yield the options that may still be given and begin so."""
        for each in self.command.parameters:
            if each.opts and each.opts[0].startswith(begun) and (each.is_repeated or each not in self.used):
                yield Choice(each.opts[0], each.about)


def complete(commands: Mapping[str, Command], given: Sequence[str], begun: str, index: Index) -> list[Choice] | None:
    """Return what may stand at the cursor, where a word is `begun`, after those `given`; None for a file.

    `index` opens the index of a fact file that the line names, or of the one in use.
    """
    given = [word for at, word in enumerate(given) if word != "=" or not at]  # which bash sets apart
    at = next((at for at, word in enumerate(given) if not word.startswith("-")), None)
    if at is None:
        if begun.startswith("-"):
            return list(Line.of(commands[ROOT], given).options(begun))
        return [Choice(name, each.about) for name, each in commands.items() if name != ROOT and name.startswith(begun)]
    if given[at] not in commands:
        return []
    command, given = commands[given[at]], given[at + 1 :]
    line = Line.of(command, given)
    if line.pending or line.is_past_options or not begun.startswith("-"):
        return _values(line, begun.removeprefix("="), index)
    option, equals, value = begun.partition("=")
    if not equals:
        return list(line.options(begun))
    found = _values(Line.of(command, [*given, option]), value, index)
    return found and [Choice(f"{option}={choice.word}", choice.about) for choice in found]


def _values(line: Line, begun: str, index: Index) -> list[Choice] | None:
    expected = line.expected
    if expected is None:
        return []
    name = key(line.command.name, expected.name)
    if name in FILES:
        return None
    if name in COLUMNS:
        return list(columns(line.columns, begun, is_sort=name == "sort"))
    if name == "tag":
        return list(tags(index(line.facts), begun))
    found = ids(index(line.facts), name, begun) if name in IDS else words(expected.words, begun)
    return [choice for choice in found if choice.word not in line.arguments]
