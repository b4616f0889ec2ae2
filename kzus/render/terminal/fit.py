"""How columns share the width of a terminal: what each needs, which leave first, and who gets what is to spare."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GAP = 2
_WORD, _SHORT, _LONG = 40, 20, 48
"""A word up to the first never breaks; text is badly read below the second width and well at the third."""


class Want(NamedTuple):
    """What a column asks for: a width that breaks nothing, one to read by, one for most cells, and one for all."""

    tight: int
    least: int
    usual: int
    most: int


def whole(widths: Sequence[int], word: int) -> Want:
    """Want a column whose cells may not wrap, given their widths and that of a word that may not break."""
    most = max(*widths, word)
    return Want(most, most, most, most)


def text(widths: Sequence[int], word: int, unbroken: int, joined: int) -> Want:
    """Want a column of text; `word` is the longest, `unbroken` what must not break however narrow it gets.

    `joined` is how wide the lines below the first are on one line.
    """
    most = max(*widths, unbroken)
    tight = max(unbroken, min(word, _WORD))
    least = max(tight, min(most, _SHORT))
    usual = most if most <= _LONG else min(sorted(widths)[len(widths) * 4 // 5], _LONG)
    return Want(tight, least, max(least, usual), max(most, joined))


def fit(wants: Sequence[Want], width: int, *, is_asked: bool = False) -> list[int]:
    """Share a width among columns; the last leave, one by one, until those that stay can be read.

    Columns that were asked for by name stay as long as nothing in them breaks.
    """
    kept = list(wants)
    while len(kept) > 1 and _across(want.tight if is_asked else want.least for want in kept) > width:
        kept.pop()
    widths = [want.tight for want in kept]
    spare = width - _across(widths)
    for aim in ("least", "usual", "most"):
        for at, want in enumerate(kept):
            more = max(min(getattr(want, aim) - widths[at], spare), 0)
            widths[at] += more
            spare -= more
    return [min(each, width) for each in widths]


def fits(wants: Sequence[Want], width: int) -> bool:
    """Tell whether all of the columns can be read in a width."""
    return _across(want.least for want in wants) <= width


def has_room(wants: Sequence[Want], width: int) -> bool:
    """Tell whether a width is enough for most cells of all columns on a line each."""
    return _across(want.usual for want in wants) <= width


def _across(widths: Iterable[int]) -> int:
    every = list(widths)
    return sum(every) + GAP * (len(every) - 1)
