"""What people type for an option or a command: read as what it means, or named in a hint below Typer's usage error."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import suppress
from difflib import SequenceMatcher
from itertools import takewhile
from shlex import join, quote, split
from typing import TYPE_CHECKING, Any

from kzus.errors import KzusError
from kzus.query.filters import VOCABULARIES, vocabulary_word
from kzus.render.formats import FORMATS
from kzus.values.names import fold
from kzus.values.text import brief, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_ASKED_OF = {"parties": "brief", "sectors": "brief", "packages": "headline"}
"""The command that a name of each collection alone asks for; of every other `show`."""
_NAME_HINTS: Mapping[str, tuple[str, ...]] = {
    "parties": ("a party", "kzus brief {0}", "kzus deals --party {0}"),
    "sectors": ("a sector", "kzus brief {0}", "kzus deals --sector {0}"),
    "packages": ("a package", "kzus headline {0}", "kzus deals --package {0}"),
    **dict.fromkeys(("deals", "treaties", "indicators", "events", "statements", "sources"), ("an id", "kzus show {0}")),
}
"""What a name in each collection is, and the lines to write for it."""
_WORDS_OF_DEALS = {
    "flow": ("a flow", "kzus sum --flow {0}"),
    "stage": ("a stage", "kzus deals --stage {0}"),
    "instrument": ("an instrument", "kzus deals --instrument {0}"),
}
"""The same of a word of each vocabulary that a name may be too."""
_LEAST_LIKENESS = 0.65
"""From this likeness on, one word may be a slip of another."""
_LEAST_LIKENESS_OF_NAMES = 0.8
_SUGGESTION = re.compile(r"\. Did you mean (.+)\?$")
_NO_COMMAND = re.compile(r"No such command '(.+?)'\.")
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


def _spread(table: Mapping[str, str]) -> dict[str, str]:
    """Return what each word of a key stands for."""
    return {word: meant for words, meant in table.items() for word in words.split()}


_OPTIONS = _spread({
    **{form: f"-f {form}" for form in FORMATS},
    "md": "-f md",
    "xlsx xls excel": "-f csv | kzus export facts.xlsx",
    "year month day date when on": "--since {} --until {}",
    "from after start begin": "--since {}",
    "to before till end": "--until {}",
    "company companies partner who name buyer seller payer payee parties": "--party {}",
    "status state phase type": "--kind {} | --stage {} | --flow {} | --instrument {}",
    "industry topic category": "--sector {}",
    "output out o file save": "> FILE behind the command for its answer | kzus export FILE for everything",
    "top head first rows max-rows": "--limit {}",
    "order order-by sort-by": "--sort {}",
    "group group-by": "--by {}",
    "fields cols column": "--columns {}",
    "over above minimum": "--min {}",
    "under below maximum": "--max {}",
    "value amount": "--min {} | --max {}",
    "silent": "--quiet",
})  # fmt: skip
"""What to write for an option that people type, with `{}` for its value; what a command lacks is left out."""
_COMMANDS = _spread({
    "list ls agreements": "deals",
    "total totals add count": "sum",
    "changes change changed": "diff",
    "firm": "sum --firm",
    "pledged": "sum --pledged",
    "dormant": "sum --dormant",
    "who companies": "parties",
    "find grep": "search",
    "info get view": "show",
    "overview summary": "brief",
    "dump download save": "export",
    "version": "--version",
    "validate lint": "check",
    "tables": "sql --schema",
    "chart graph plot": "sum --chart",
    "history": "timeline",
})  # fmt: skip
"""What to write for a command that people type."""
_OWN_OPTIONS = {
    ("diff", "since"): "{}",
    (
        "export",
        "format",
    ): "kzus export FOLDER for CSV | kzus export with a file whose ending says it, such as facts.xlsx",
}
"""What to write for an option that other commands have."""


def drop_far_suggestions(error: Any) -> None:
    """Drop from a usage error of Typer's what it suggests that has next to nothing in common with what was typed."""
    if possible := getattr(error, "possibilities", None):
        error.possibilities = [each for each in possible if _is_alike(each, error.option_name)]
    command, found = _NO_COMMAND.match(error.message), _SUGGESTION.search(error.message)
    if command and found:
        near = [each for each in found[1].split(", ") if _is_alike(each.strip("'"), command[1])]
        ending = f". Did you mean {', '.join(near)}?" if near else "."
        error.message = error.message[: found.start()] + ending


def _is_alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one.strip("-"), other.strip("-").casefold()).ratio() >= _LEAST_LIKENESS


def usage_hint(error: Any, arguments: Sequence[str]) -> str:
    """Return what to write instead of what a usage error is about; nothing where nobody knows."""
    if type(error).__name__ == "NoSuchOption":
        return _option_hint(error, arguments)
    if command := _NO_COMMAND.match(getattr(error, "message", "")):
        typed = command[1]
        if typed not in arguments:
            return ""
        at = list(arguments).index(typed)
        # Typer suggests a command already: only a question in words needs more.
        if "Did you mean" in error.message:
            return "" if any(word.startswith("-") for word in arguments) else _name_hint(arguments[at + 1 :], arguments)
        return _command_hint(typed, arguments[at + 1 :]) or _name_hint(arguments[at:], arguments)
    return ""


def read_option(error: Any, words: Sequence[str]) -> list[str] | None:
    """Return the words of a command with an option that it lacks as the one thing that can be meant by it.

    Nothing where several can be meant, or none.
    """
    value = next(_values(error.option_name, words), None)
    meant = _option_meanings(error, value)
    # What is another command, or a redirection of the shell's, can only be named in a hint.
    if len(meant) != 1 or meant[0].startswith((">", "kzus")) or (value is None and "{}" in meant[0]):
        return None
    read: list[str] = []
    rest = iter(words)
    for word in rest:
        name, has_value, own = word.partition("=")
        if name != error.option_name:
            read.append(word)
            continue
        if "{}" in meant[0] and not has_value:
            own = next(rest, "")
        read += [part.replace("{}", own) for part in meant[0].split()]
    return read


def read_command(words: Sequence[str], facts: str | None) -> tuple[list[str], str] | None:
    """Return a command line whose command is one word for a command, or a name in the fact file, and what to tell.

    Of a name it asks for the card, of a package for its headline, and tells how to list all its deals. Nothing where
    nobody knows what is meant, where a name is a word for deals as well, or where the facts can be read only once.
    """
    if meant := _COMMANDS.get(words[0].casefold()):
        line = split(meant)
        # `--version` is no command, as which the line is read again.
        return None if line[0].startswith("-") else _read([*line, *words[1:]])
    named = list(takewhile(lambda word: not word.startswith("-"), words))
    with suppress(KzusError, sqlite3.Error, OSError, ValueError):
        index = _index_of(words, facts)
        kind, entry = _named(index, " ".join(named)) if index else ("", "")
        # `trade` is a sector and a kind of money: to answer with one of both would be a guess.
        if kind and not list(_words_of_deals(kind, " ".join(named))):
            listed = f"; all its deals: {_NAME_HINTS[kind][2].format(entry)}" if kind in _ASKED_OF else ""
            return _read([_ASKED_OF.get(kind, "show"), entry, *words[len(named) :]], listed)
    return None


def _read(line: list[str], more: str = "") -> tuple[list[str], str]:
    return line, f"{read_as(line)}{more}"


def read_as(line: Sequence[str]) -> str:
    """Say as what command line another was read."""
    return f"read as: kzus {brief(join(line))}"


def _option_hint(error: Any, arguments: Sequence[str]) -> str:
    value = next(_values(error.option_name, arguments), None)
    if not (meant := _option_meanings(error, value)):
        return ""
    written = ", or ".join(meant).replace("{}", brief(quote(value)) if value else "…")
    return f"write {written}{' behind the command' * hasattr(error.ctx.command, 'commands')}"


def _option_meanings(error: Any, value: str | None) -> Sequence[str]:
    """Return what an unknown option of a command can mean, of which the command has every option."""
    name = error.option_name.lstrip("-").replace("_", "-").casefold()
    command = error.ctx.command
    every = _OWN_OPTIONS.get((error.ctx.info_name, name)) or _OPTIONS.get(name, "")
    meant = every.split(" | ") if every else []
    if not hasattr(command, "commands"):
        known = {opt for param in command.params for opt in param.opts}
        meant = [each for each in meant if each.startswith("kzus") or set(_OPTION.findall(each)) <= known]
    return _fitting(meant, value or "")


def _fitting(options: Sequence[str], value: str) -> Sequence[str]:
    """Return of several options by name those whose vocabulary has the value, all where none has it."""
    kinds = [(each, each.partition(" ")[0].removeprefix("--")) for each in options]
    return [each for each, kind in kinds if kind in VOCABULARIES and vocabulary_word(kind, fold(value))] or options


def _values(option: str, arguments: Sequence[str], *, may_be_stdin: bool = False) -> Iterator[str]:
    """Yield what was given to an option, as one word or two; `-` if it `may_be_stdin`."""
    for at, word in enumerate(arguments):
        if word.startswith(f"{option}="):
            yield word.partition("=")[2]
        elif word == option and at + 1 < len(arguments):
            value = arguments[at + 1]
            if not value.startswith("-") or (value == "-" and may_be_stdin):
                yield value


def _command_hint(typed: str, rest: Sequence[str]) -> str:
    meant = _COMMANDS.get(typed.casefold())
    return f"write {brief(join(['kzus', *split(meant), *rest]))}" if meant else ""


def _name_hint(words: Sequence[str], arguments: Sequence[str]) -> str:
    """Say what to write where the words in the place of a command are a name in the fact file, or occur in it."""
    plain = [word for word in words if not word.startswith("-")]
    with suppress(KzusError, sqlite3.Error, OSError, ValueError):
        if not plain or (index := _index_of(arguments)) is None:
            return ""
        for phrase in dict.fromkeys((" ".join(plain), *plain)):
            kind, entry = _named(index, phrase)
            if kind:
                return _name_line(phrase, kind, entry)
        return _search_line(index, " ".join(plain)) or _near_name_line(index, plain)
    return ""


def _near_name_line(index: sqlite3.Connection, words: Sequence[str]) -> str:
    """Say what to write for a sector or party whose name is near to one of the words."""
    from difflib import get_close_matches

    known = {name: (kind, i) for kind, name, i in index.execute("SELECT kind, name, id FROM names")}
    for word in words:
        for near in get_close_matches(fold(word), known, 1, _LEAST_LIKENESS_OF_NAMES):
            return f"did you mean {quoted(near)}? {_name_line(near, *known[near])}"
    return ""


def _name_line(phrase: str, kind: str, entry: str) -> str:
    """Say what a name is, and what to write for it; also as a word for deals, where it is one."""
    readings = [
        (_NAME_HINTS[kind], entry),
        *((_WORDS_OF_DEALS[each], word) for each, word in _words_of_deals(kind, phrase)),
    ]
    names = " and ".join(what for (what, *_), _ in readings)
    *lines, last = [line.format(quote(word)) for (_, *lines), word in readings for line in lines]
    return f"{quoted(phrase)} is {names}: write {', '.join(lines)}{', or ' * bool(lines)}{last}"


def _words_of_deals(kind: str, phrase: str) -> Iterator[tuple[str, str]]:
    """Yield each vocabulary that the name of a sector, party or package is a word of as well, with the word."""
    for vocabulary in _WORDS_OF_DEALS:
        if kind in _ASKED_OF and (word := vocabulary_word(vocabulary, fold(phrase))):
            yield vocabulary, word


def _index_of(words: Sequence[str], facts: str | None = None) -> sqlite3.Connection | None:
    """Open the facts of a command line, unless they come from a pipe: that can be read only once, by the command."""
    from kzus.index.fact_file import FactFile, fact_file
    from kzus.index.store import open_index

    if facts is None:
        facts = next(_values("--facts", words, may_be_stdin=True), os.environ.get("KZUS_FACTS"))
    path = fact_file(facts)
    return open_index(path) if FactFile.at(path).can_come_again else None


def _named(index: sqlite3.Connection, phrase: str) -> tuple[str, str]:
    """Return the collection and the id of what a phrase is the name of, both empty if it is none."""
    name = fold(phrase)
    query = (
        "SELECT kind, id FROM names WHERE name = ?1"
        " UNION ALL SELECT kind, id FROM entries WHERE id = ?2 AND kind NOT IN ('parties', 'sectors')"
    )
    return index.execute(query, (name, name.replace(" ", "-"))).fetchone() or ("", "")


def _search_line(index: sqlite3.Connection, words: str) -> str:
    """Say how to search for words that occur in some entry."""
    from kzus.query.words import full_text_query

    query = "SELECT 1 FROM search WHERE search MATCH ? LIMIT 1"
    if not index.execute(query, (full_text_query(index, words),)).fetchone():
        return ""
    return f"{quoted(words)} is no command, but occurs: write kzus search {brief(join(words.split()))}"
