"""The words that a person looks for: as a question to the full text, and those that nearly occur."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kzus.errors import UsageError
from kzus.values.names import APOSTROPHES, composed, fold
from kzus.values.text import quoted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

NO_MATCH = '""'
"""A question to the full text that nothing answers."""
_LONGEST_QUESTION = 1000
"""Characters of all words that are looked for at once."""
_POSSESSIVE = f"(?i)(?<=.)[{APOSTROPHES}]s$"
_MOST_NEAR, _MOST_TRIED = 3, 12
_NEAR_ENOUGH = 0.75
_LENGTHS_APART = 3
# The hyphens stand for ъ and ь, which Latin leaves out.
_CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya".replace("-", "").split(" "),
        strict=True,
    )
)


class Word(NamedTuple):
    """A word as it was typed, what it is folded to, and whether it may be the beginning of a longer one."""

    typed: str
    folded: str
    is_beginning: bool


def read_words(text: str) -> list[Word]:
    """Read the words of a text, each once; raises `UsageError` for a text that would take SQLite minutes.

    A `*` at the end of a word makes it a beginning. What has no letter or digit is no word.
    """
    # SQLite refuses a NUL within quotes, and a quote of the text would end the phrase that each word becomes.
    every = dict.fromkeys(composed(text).replace("\0", " ").replace('"', " ").split())
    # Counted after repeated words are gone: one word a thousand times is a short question.
    if sum(map(len, every)) > _LONGEST_QUESTION:
        raise UsageError(f"{quoted(text)} is too long to look for; write {_LONGEST_QUESTION} characters at most")
    words: dict[tuple[str, bool], Word] = {}
    for typed in every:
        folded = fold(re.sub(_POSSESSIVE, "", typed.rstrip("*")))
        if folded and any(letter.isalnum() for letter in typed):
            word = Word(typed, folded, typed.endswith("*"))
            words.setdefault((word.folded, word.is_beginning), word)
    return list(words.values())


def full_text_query(index: sqlite3.Connection, text: str, *, are_beginnings: bool = False) -> str:
    """Write what a person looks for as a query of `search`: each word must occur, in any of its spellings."""
    words = [(word, word.is_beginning or are_beginnings) for word in read_words(text)]
    clauses = [_any_spelling(index, word, is_beginning=is_beginning) for word, is_beginning in words]
    return " AND ".join(clauses) or NO_MATCH  # FTS5 has an empty question for a syntax error


def _any_spelling(index: sqlite3.Connection, word: Word, *, is_beginning: bool) -> str:
    star = "*" if is_beginning else ""
    typed = re.sub(_POSSESSIVE, "", word.typed.rstrip("*")).casefold()
    # The full text keeps letters as they are written, and its tokenizer doesn't fold all that `fold` does.
    spellings = dict.fromkeys((word.folded, typed, word.folded.replace(".", "")))
    spellings |= dict.fromkeys(_spellings(index, word.folded.replace(".", ""), is_beginning=is_beginning))
    phrases = [f'"{spelling}"{star}' for spelling in spellings if spelling]
    return phrases[0] if len(phrases) == 1 else f"({' OR '.join(phrases)})"


def _spellings(index: sqlite3.Connection, folded: str, *, is_beginning: bool) -> Iterator[str]:
    end = f"{folded}\U0010ffff" if is_beginning else folded  # the last code point: behind all that begin so
    for row in index.execute("SELECT spelling FROM spellings WHERE folded BETWEEN ? AND ?", (folded, end)):
        yield row[0]


def suggestion(index: sqlite3.Connection, text: str, occurs: Callable[[str], bool]) -> str:
    """Say in brackets which words that do occur are near to those that don't; `occurs` tells of one word."""
    words = read_words(text)
    missing = [word for word in words if not occurs(word.typed)]
    found = {word.typed: near for word in missing if (near := _near(index, word, occurs))}
    if found:
        of_one = len(words) == 1
        suggestions = [" or ".join(near) + ("" if of_one else f" for {typed}") for typed, near in found.items()]
        return f" (did you mean {', '.join(suggestions)}?)"
    return " (each word occurs, but not together)" if len(words) > 1 and not missing else ""


def _near(index: sqlite3.Connection, word: Word, occurs: Callable[[str], bool]) -> list[str]:
    """Return the words nearest to one that doesn't occur, those of its own alphabet first."""
    from difflib import get_close_matches

    sought, is_latin = _latin(word.folded), _is_latin(word.folded)
    known: dict[str, list[str]] = {}
    for term in _terms(index, len(sought)):
        known.setdefault(_latin(fold(term)), []).append(term)
    close = get_close_matches(sought, known, _MOST_TRIED, _NEAR_ENOUGH)
    # Sorting keeps the order of likeness among the words of each alphabet.
    terms = sorted((term for latin in close for term in known[latin]), key=lambda term: _is_latin(term) != is_latin)
    # The vocabulary is that of all entries, and a list has only some of them.
    near = [term for term in terms if fold(term) != word.folded and occurs(term)]
    return near[:_MOST_NEAR]


def _terms(index: sqlite3.Connection, length: int) -> list[str]:
    """Return the words of the full text that are about as long; the table is made for this one question."""
    is_read_only = index.execute("PRAGMA query_only").fetchone()[0]
    index.execute("PRAGMA query_only = OFF")  # under which SQLite makes no table in temp either
    try:
        index.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, search, row)")
    finally:
        index.execute(f"PRAGMA query_only = {is_read_only}")
    shortest, longest = length - 2 * _LENGTHS_APART, length + _LENGTHS_APART  # Cyrillic is shorter than its Latin
    return [
        row[0]
        for row in index.execute("SELECT term FROM vocabulary WHERE length(term) BETWEEN ? AND ?", (shortest, longest))
    ]


def _is_latin(word: str) -> bool:
    return fold(word).isascii()


def _latin(word: str) -> str:
    """Write a folded word in Latin letters, as English-language news spells it."""
    return word if word.isascii() else "".join(_CYRILLIC.get(letter, letter) for letter in word)
