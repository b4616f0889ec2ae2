"""Bars and sparklines out of characters, which say what they say without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

FULL, PALE = "█", "░"
_EIGHTHS = " ▏▎▍▌▋▊▉"
_LEVELS = "▁▂▃▄▅▆▇█"


def bar(firm: int | Fraction, pledged: int | Fraction, most: int | Fraction, width: int) -> tuple[str, str]:
    """Return the full and the pale stretch of a bar; `most` would take the whole width.

    What is there is seen, however small: each stretch has at least one mark.
    """
    if not most:
        return "", ""
    if not pledged:
        eighths = max(firm * width * 8 // most, bool(firm))
        return FULL * (eighths // 8) + _EIGHTHS[eighths % 8].strip(), ""
    cells = max((firm * width + most // 2) // most, bool(firm))  # whole ones: the pale stretch follows without a gap
    full = FULL * min(cells, width - 1)
    return full, PALE * max((firm + pledged) * width // most - len(full), 1)


def sparkline(numbers: Sequence[float]) -> str:
    """Return a mark a number, as high as it is above zero, or above the lowest if that lies below zero."""
    low = min((0.0, *numbers))
    span = max((low, *numbers)) - low
    if not span:
        return _LEVELS[0] * len(numbers)
    return "".join(_LEVELS[min(int((number - low) / span * 8), 7)] for number in numbers)
