"""How shells ask for a completion and take the answer: in Typer's variables, by the scripts beside this module."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kzus.texts import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kzus.completion.choices import Choice

SHELLS = ("bash", "zsh", "fish", "pwsh")


class Question(NamedTuple):
    """The finished words after `kzus`, and the one at the cursor as far as it is written."""

    words: list[str]
    begun: str


def script(shell: str) -> str:
    """Return what a shell has to run once, to ask from then on."""
    return (Path(__file__).parent / f"kzus.{shell}").read_text("utf-8")


def question(shell: str, variables: Mapping[str, str]) -> Question:
    """Read what is asked: of bash word by word, of all others as the line up to the cursor."""
    if shell == "bash":
        words = split(variables.get("COMP_WORDS", ""))
        at = int(variables.get("COMP_CWORD", len(words)))
        return Question(words[1:at], "".join(words[at : at + 1]))
    line = variables.get("_TYPER_COMPLETE_ARGS", "")
    words = split(line)
    begun = variables.get("_TYPER_COMPLETE_WORD_TO_COMPLETE", "") if shell == "pwsh" else not line[-1:].isspace()
    return Question(words[1:-1], words[-1]) if begun and words[1:] else Question(words[1:], "")


def answer(shell: str, choices: Iterable[Choice]) -> str:
    """Write choices as a shell takes them: one a line, with what it is about unless there is no place for that."""
    if shell == "bash":
        return "".join(f"{choice.word}\n" for choice in choices)
    if shell == "zsh":
        return "".join(f"{word}:{visible(about)}\n" for word, about in choices)
    return "".join(f"{word}\t{visible(about)}\n" for word, about in choices)


def split(line: str) -> list[str]:
    """Take a line apart as a shell does; a quote may still be open."""
    if not any(sign in line for sign in "'\"\\"):
        return line.split()
    from shlex import shlex

    lexer = shlex(line, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters = True, ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:
        words.append(lexer.token)
    return words
