"""Hints below Typer's own usage errors: what people type for an option or a command, and what to write instead."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import suppress
from difflib import SequenceMatcher
from shlex import join, quote
from typing import TYPE_CHECKING, Any

from kzus.errors import KzusError
from kzus.query.filters import VOCABULARIES, vocabulary_word
from kzus.render.formats import FORMATS
from kzus.values.names import fold
from kzus.values.text import brief, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_LEAST_LIKENESS = 0.65
"""From this likeness on, one word may be a slip of another."""
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
    "changes change changed": "diff DAY | timeline --since DAY",
    "firm": "sum --firm | deals --firm",
    "pledged": "sum --pledged | deals --pledged",
    "dormant": "sum --dormant | deals --dormant",
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
        if "Did you mean" in error.message or typed not in arguments:
            return ""
        at = list(arguments).index(typed)
        return _command_hint(typed, arguments[at + 1 :]) or _name_hint(arguments[at:], arguments)
    return ""


def _option_hint(error: Any, arguments: Sequence[str]) -> str:
    name = error.option_name.lstrip("-").replace("_", "-").casefold()
    command, value = error.ctx.command, next(_values(error.option_name, arguments), None)
    every = _OPTIONS[name].split(" | ") if name in _OPTIONS else []
    if is_in_front := hasattr(command, "commands"):
        meant = every
    else:
        known = {opt for param in command.params for opt in param.opts}
        meant = [each for each in every if set(_OPTION.findall(each)) <= known]
    if not meant:
        return ""
    written = ", or ".join(_fitting(meant, value or "")).replace("{}", brief(quote(value)) if value else "…")
    return f"write {written}{' behind the command' * is_in_front}"


def _fitting(options: Sequence[str], value: str) -> Sequence[str]:
    """Return of several options by name those whose vocabulary has the value, all where none has it."""
    kinds = [(each, each.partition(" ")[0].removeprefix("--")) for each in options]
    return [each for each, kind in kinds if kind in VOCABULARIES and vocabulary_word(kind, fold(value))] or options


def _values(option: str, arguments: Sequence[str]) -> Iterator[str]:
    """Yield what was given to an option, as one word or two."""
    for at, word in enumerate(arguments):
        if word.startswith(f"{option}="):
            yield word.partition("=")[2]
        elif word == option and at + 1 < len(arguments) and not arguments[at + 1].startswith("-"):
            yield arguments[at + 1]


def _command_hint(typed: str, rest: Sequence[str]) -> str:
    if (meant := _COMMANDS.get(typed.casefold())) is None:
        return ""
    behind = f" {join(rest)}" if rest else ""
    lines = [f"kzus {each}{behind if 'DAY' not in each else ''}" for each in meant.split(" | ")]
    return f"write {brief(', or '.join(lines))}"


def _name_hint(words: Sequence[str], arguments: Sequence[str]) -> str:
    """Say what to write where the words in the place of a command are a name in the fact file, or occur in it."""
    from kzus.index.fact_file import fact_file
    from kzus.index.store import open_index

    plain = [word for word in words if not word.startswith("-")]
    named = next(_values("--facts", arguments), os.environ.get("KZUS_FACTS"))
    with suppress(KzusError, sqlite3.Error, OSError, ValueError):
        index = open_index(fact_file(named))
        for phrase in dict.fromkeys((" ".join(plain), plain[0])):
            if found := _named(index, phrase):
                return f"{quoted(phrase)} is {found}"
        return _search_line(index, " ".join(plain))
    return ""


def _named(index: sqlite3.Connection, phrase: str) -> str:
    """Say what a phrase is the name of, and what can be asked of it."""
    name = fold(phrase)
    query = (
        "SELECT kind, id FROM names WHERE name = ?1"
        " UNION ALL SELECT kind, id FROM entries WHERE id = ?2 AND kind NOT IN ('parties', 'sectors')"
    )
    kind, entry = index.execute(query, (name, name.replace(" ", "-"))).fetchone() or ("", "")
    if kind in ("parties", "sectors"):
        one = "party" if kind == "parties" else "sector"
        return f"a {one}: write kzus brief {entry}, or kzus deals --{one} {entry}"
    if kind == "packages":
        return f"a package: write kzus headline {entry}, or kzus deals --package {entry}"
    return f"an id: write kzus show {entry}" if kind else ""


def _search_line(index: sqlite3.Connection, words: str) -> str:
    """Say how to search for words that occur in some entry."""
    from kzus.query.words import full_text_query

    query = "SELECT 1 FROM search WHERE search MATCH ? LIMIT 1"
    if not index.execute(query, (full_text_query(index, words),)).fetchone():
        return ""
    return f"{quoted(words)} is no command, but occurs: write kzus search {brief(join(words.split()))}"
