"""Names as people type them: case, accents of spelling and hyphens don't matter."""

from __future__ import annotations


def fold(name: str) -> str:
    """Reduce a name to what is compared: `Letter-of-Intent`, `letter of  intent` are the same."""
    return " ".join(
        (name if name.isascii() else _composed(name)).casefold().replace("-", " ").replace("_", " ").split()
    )


def _composed(name: str) -> str:
    """Compose letters and accents, also those that casefolding takes apart (Unicode's NFKC_Casefold)."""
    from unicodedata import normalize

    return normalize("NFKC", normalize("NFKC", normalize("NFD", name).casefold()).casefold())
