"""What fits into the width of a terminal: which columns share it, and where text is cut, so that no emoji is split."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import combining

from rich.cells import cell_len, split_graphemes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.text import Text

GAP = 2
_WORD, _SHORT, _LONG = 40, 20, 48
"""The longest word that never breaks; the least width to read text at; the width to read it well."""
_CUT, _CUT_SPARE = 20, 16
"""The least width of a column whose cells are cut; of one that is there only because there is room."""
_MOST_CUT = 0.25
"""How much of a column may be cut where another could be left out instead."""
_LABEL_WIDTH = 8
"""The least width of a label that is cut."""
ELLIPSIS = "…"
_VIRAMA = 9
"""The combining class of the sign that joins a letter of an Indic script to the next."""
_FLAG_LETTERS = ("\U0001f1e6", "\U0001f1ff")
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")


class Want(NamedTuple):
    """The widths that a column wants: to break no word, to be readable, for most cells, for all cells on one line."""

    tight: int
    least: int
    usual: int
    most: int


def want_unbroken(widths: Sequence[int], word: int) -> Want:
    """Return what a column wants whose cells never wrap, from their widths and that of an unbreakable word."""
    most = max(*widths, word)
    return Want(most, most, most, most)


def want_text(widths: Sequence[int], word: int, unbroken: int, joined: int) -> Want:
    """Return what a column of text wants; `word` is the longest, `unbroken` the longest that never breaks.

    `joined` is the width of the lines below the first when they share a line.
    """
    most = max(*widths, unbroken)
    tight = max(unbroken, min(word, _WORD))
    least = max(tight, min(most, _SHORT))
    # Four of five cells whole: one long text must not take the room of all other columns.
    usual = most if most <= _LONG else min(sorted(widths)[len(widths) * 4 // 5], _LONG)
    return Want(tight, least, max(least, usual), max(most, joined))


def fit(wants: Sequence[Want], width: int, *, is_asked: bool = False) -> list[int]:
    """Share a width among columns; the last are dropped, one by one, until the others can be read.

    Columns that were asked for by name stay as long as no word in them breaks.
    """
    kept = list(wants)
    # From the end, because layouts name the most important columns first.
    while len(kept) > 1 and across(want.tight if is_asked else want.least for want in kept) > width:
        kept.pop()
    widths = [want.tight for want in kept]
    spare = width - across(widths)
    # Every column is readable before any is comfortable, and that before any is whole.
    for aim in ("least", "usual", "most"):
        for at, want in enumerate(kept):
            more = max(min(getattr(want, aim) - widths[at], spare), 0)
            widths[at] += more
            spare -= more
    return [min(each, width) for each in widths]  # a column alone may want more than there is


def fit_one_line(wants: Sequence[Want], width: int) -> tuple[list[int], int]:
    """Return the widths at which no cell wraps, and the gap between them; the first is cut, then the last dropped."""
    kept = list(wants)
    # The first column has labels, which can be cut; figures can't, for half a number is a wrong one.
    least = min(kept[0].most, _LABEL_WIDTH)
    while len(kept) > 1 and sum(want.most for want in kept[1:]) + least + len(kept) - 1 > width:
        kept.pop()
    others = [want.most for want in kept[1:]]
    wide = sum(others) + kept[0].most + GAP * len(others) <= width
    # A narrower gap rather than a label that is cut.
    gap = GAP if wide else 1
    return [min(kept[0].most, width - sum(others) - gap * len(others)), *others], gap


class Room(NamedTuple):
    """The least width of a column whose cells may be cut, and the widths of those that are wider, in order."""

    least: int
    longer: Sequence[int]


def room(whole: int, cuttable: Sequence[int], *, is_spare: bool = False) -> Room:
    """Return what a column needs: `whole` for what is never cut, and what is usual for what may be."""
    least = max(whole, min(max(cuttable, default=0), _CUT_SPARE if is_spare else _CUT))
    return Room(least, sorted(each for each in cuttable if each > least))


def share(rooms: Sequence[Room], width: int, *, is_even: bool = False) -> list[int]:
    """Share a width among columns whose cells may be cut: each character goes to where most cells lack one.

    With `is_even` it goes to the narrowest that lacks one, so that long notes leave room for titles.
    """
    widths = [each.least for each in rooms]
    for _ in range(width - across(widths)):
        lacking = [len(each.longer) - bisect_right(each.longer, has) for each, has in zip(rooms, widths, strict=True)]
        if not any(lacking):
            break
        if is_even:
            # No column is wider than the whole, so one that lacks nothing never comes first.
            lacking = [-has if lacks else -width for has, lacks in zip(widths, lacking, strict=True)]
        widths[lacking.index(max(lacking))] += 1
    return widths


def share_with_spare(rooms: Sequence[Room], spare: Sequence[Room], width: int) -> list[int]:
    """Share a width among columns, and what they leave among those that are there only because there is room."""
    widths = share(rooms, width - sum(each.least + GAP for each in spare))
    return [*widths, *share(spare, width - across(widths) - GAP)] if spare else widths


def are_mostly_whole(rooms: Sequence[Room], width: int, rows: int) -> bool:
    """Tell whether a width leaves most cells of every column whole."""
    widths = share(rooms, width)
    cut = (len(each.longer) - bisect_right(each.longer, has) for each, has in zip(rooms, widths, strict=True))
    # Even the least widths may be more than there is, which `share` doesn't look at.
    return across(widths) <= width and max(cut) <= _MOST_CUT * rows


def fits(wants: Sequence[Want], width: int) -> bool:
    """Tell whether all of the columns can be read in a width."""
    return across(want.least for want in wants) <= width


def has_room(wants: Sequence[Want], width: int) -> bool:
    """Tell whether a width is enough for most cells of all columns on a line each."""
    return across(want.usual for want in wants) <= width


def across(widths: Iterable[int]) -> int:
    """Return how wide columns of these widths are with the gaps between them."""
    every = list(widths)
    return sum(every) + GAP * (len(every) - 1)


def cut(text: Text, width: int) -> Text:
    """Cut a text to a width, with an ellipsis for what is left out."""
    if text.cell_len <= width:
        return text
    # One column is left for the ellipsis.
    kept = text[: _end(text.plain, width - 1)]
    kept.rstrip()
    return kept.append(ELLIPSIS)


def _end(text: str, width: int) -> int:
    """Return where the last cluster ends that a width has room for."""
    if text.isascii():  # a character a column
        return max(width, 0)
    # By clusters as a reader sees them, or a flag or an emoji of several characters would be split.
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
        # Two letters are a flag, so a third begins the next one.
        is_first_of_flag = letters % 2 == 1 and _is_within(following, _FLAG_LETTERS)
        is_joined = _is_within(following, _SKIN_TONES) or (combining(span[-1]) == _VIRAMA and following[:1].isalpha())
        if not (is_first_of_flag or is_joined):
            yield end


def _is_within(span: str, bounds: tuple[str, str]) -> bool:
    return bounds[0] <= span[:1] <= bounds[1]
