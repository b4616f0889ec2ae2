"""Names and words as people type them: case, accents, apostrophes, hyphens and look-alike letters don't matter."""

from __future__ import annotations

APOSTROPHES = "'`´ʹʻʼʽˈ‘’‛′＇"
"""The characters that are typed for an apostrophe, or for the modifier letters of Kazakh, Uzbek and Russian names."""
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphens, joiners and spaces without width."""
WIDE_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)}
"""The full-width digits, which are typed with the letters of an Asian script, each with its usual one."""
_DASHES = "-_‐‑‒–—―−﹘﹣－"
_LETTERS = {
    "ı": "i", "ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ŋ": "n", "æ": "ae", "œ": "oe",
    "ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и",
}  # fmt: skip
"""Letters that many keyboards lack, and what people type instead."""
_SILENT = str.maketrans(dict.fromkeys(APOSTROPHES + INVISIBLE))
_FOLDED = str.maketrans({**dict.fromkeys(APOSTROPHES + INVISIBLE), **dict.fromkeys(_DASHES, " "), **_LETTERS})
_LAST_LATIN = "\u024f"


def fold(name: str) -> str:
    """Reduce a name to what is compared: `Letter-of-Intent`, `letter of  intent` are the same."""
    plain = name.casefold() if name.isascii() else _caseless(name)
    return " ".join(plain.translate(_FOLDED).split())


def composed(text: str) -> str:
    """Write letters with their accents as one character each; what no encoding has becomes a question mark."""
    if text.isascii():
        return text
    from unicodedata import normalize

    return normalize("NFC", text.encode("utf-8", "replace").decode())


def sort_key(cell: float | str | None) -> float | str | None:
    """Return what a cell is sorted by: text as in a telephone book, numbers as they are."""
    return fold(cell) if isinstance(cell, str) else cell


def _caseless(name: str) -> str:
    """Compose letters and accents, also those that casefolding takes apart: the match of Unicode's D146."""
    from unicodedata import normalize

    # Before composing, which makes a space with an accent of the acute accent that is typed for an apostrophe.
    encodable = name.translate(_SILENT).encode("utf-8", "replace").decode()
    # Casefolded twice, since NFKC may bring new capitals: ℌ becomes H.
    return _without_accents(normalize("NFKC", normalize("NFKC", normalize("NFD", encodable).casefold()).casefold()))


def _without_accents(text: str) -> str:
    """Leave out the accents of Latin letters, and of the Cyrillic ё; those of other letters make another letter."""
    from unicodedata import combining, normalize

    letters: list[str] = []
    base = ""
    # Russian is mostly printed without the dots of ё.
    for letter in normalize("NFD", normalize("NFC", text).replace("ё", "е")):
        if not combining(letter):
            base = letter
        elif base.isalpha() and base <= _LAST_LATIN:
            continue
        letters.append(letter)
    return normalize("NFC", "".join(letters))
