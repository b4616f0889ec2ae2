"""Cuts text for a terminal between what a reader takes for characters: no emoji, accent or syllable is split."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING
from unicodedata import combining

from rich.cells import cell_len, split_graphemes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

ELLIPSIS = "…"
_VIRAMA = 9
"""The combining class of the sign that joins a letter of an Indic script to the next."""
_FLAG_LETTERS = ("\U0001f1e6", "\U0001f1ff")
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")


def cut(text: Text, width: int) -> Text:
    """Cut a text to a width, with an ellipsis for what is left out."""
    if text.cell_len <= width:
        return text
    kept = text[: _end(text.plain, width - 1)]
    kept.rstrip()
    return kept.append(ELLIPSIS)


def _end(text: str, width: int) -> int:
    """Return where the last cluster ends that a width has room for."""
    if text.isascii():
        return max(width, 0)
    ends = list(clusters(text))
    sizes = accumulate(cell_len(text[start:end]) for start, end in pairwise((0, *ends)))
    return max((end for end, size in zip(ends, sizes, strict=True) if size <= width), default=0)


def clusters(text: str) -> Iterator[int]:
    """Yield where each cluster ends: what rich takes for one, with what belongs to it by Unicode."""
    spans = [text[start:end] for start, end, _ in split_graphemes(text)[0]]
    end = letters = 0
    for span, following in pairwise((*spans, "")):
        end += len(span)
        letters = letters + 1 if _is_within(span, _FLAG_LETTERS) else 0
        is_first_of_flag = letters % 2 == 1 and _is_within(following, _FLAG_LETTERS)
        is_joined = _is_within(following, _SKIN_TONES) or (combining(span[-1]) == _VIRAMA and following[:1].isalpha())
        if not (is_first_of_flag or is_joined):
            yield end


def _is_within(span: str, bounds: tuple[str, str]) -> bool:
    return bounds[0] <= span[:1] <= bounds[1]
