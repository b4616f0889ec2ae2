"""Names as people type them: case, accents of spelling and hyphens don't matter."""

from __future__ import annotations

from kzus.errors import UsageError
from kzus.values.text import quoted

_LONGEST = 1000
"""Characters of all words that are looked for at once."""


def fold(name: str) -> str:
    """Reduce a name to what is compared: `Letter-of-Intent`, `letter of  intent` are the same."""
    return " ".join(
        (name if name.isascii() else _caseless(name)).casefold().replace("-", " ").replace("_", " ").split()
    )


def composed(text: str) -> str:
    """Write letters with their accents as one character each, and leave out what no encoding has."""
    if text.isascii():
        return text
    from unicodedata import normalize

    return normalize("NFC", text.encode("utf-8", "replace").decode())


def matching(text: str) -> str:
    """Write what a person looks for as a query of `search`: each word must occur, if only as the start of one.

    Nothing that a person types is syntax there; words of punctuation alone are no words, and a word that comes
    again is the same word. Raises `UsageError` for a text that would take SQLite minutes.
    """
    words = {word.casefold(): word for word in composed(text).replace("\0", " ").replace('"', " ").split()}
    if sum(map(len, words)) > _LONGEST:
        raise UsageError(f"{quoted(text)} is too long to look for; write {_LONGEST} characters at most")
    return " ".join(f'"{word}"*' for word in words.values()) or '""'


def _caseless(name: str) -> str:
    """Compose letters and accents, also those that casefolding takes apart (Unicode's NFKC_Casefold)."""
    from unicodedata import normalize

    encodable = name.encode("utf-8", "replace").decode()
    return normalize("NFKC", normalize("NFKC", normalize("NFD", encodable).casefold()).casefold())
