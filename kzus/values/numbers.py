"""Numbers as people write them, with a scale: 4.2bn. Digits are shifted, never multiplied as floats."""

from __future__ import annotations

SCALES = {"": 0, "k": 3, "m": 6, "bn": 9, "tn": 12}
SCALE_WORDS = {
    "k": "k", "thousand": "k", "m": "m", "mn": "m", "mln": "m", "million": "m",
    "b": "bn", "bn": "bn", "bln": "bn", "billion": "bn", "t": "tn", "tn": "tn", "trillion": "tn",
}  # fmt: skip
"""What people write in English for a scale."""


def print_decimal(digits: int, places: int) -> str:
    """Write `digits` with the last `places` of them behind the point: (135, 1) is `13.5`."""
    if not places:
        return str(digits)
    sign, padded = "-" * (digits < 0), str(abs(digits)).rjust(places + 1, "0")
    return f"{sign}{padded[:-places]}.{padded[-places:]}"


def print_amount(amount: int, *, places: int | None = None) -> str:
    """Write a whole amount with its scale, exactly (`4.2bn`) or to so many decimal places."""
    scale, power = next((s, p) for s, p in reversed(SCALES.items()) if abs(amount) >= 10**p or not p)
    if places is None or not power:
        return without_zeros(print_decimal(amount, power)) + scale
    unit = 10 ** (power - places)
    # Of abs(), since // rounds downwards: halves of either sign go away from zero.
    rounded = (abs(amount) + unit // 2) // unit
    # 999.96m to one place would be 1000m; with the next scale it is 1bn.
    if rounded >= 10 ** (places + 3) and scale != "tn":
        return print_amount((rounded * unit) * (1 if amount > 0 else -1), places=places)
    return without_zeros(print_decimal(rounded if amount > 0 else -rounded, places)) + scale


def print_range(low: int, high: int) -> str:
    """Write a range of whole amounts, exactly, with the scale of its high end."""
    text = print_amount(high)
    if low == high:
        return text
    # The grammar has one scale for both ends.
    scale = text.lstrip("0123456789.")
    return f"{without_zeros(print_decimal(low, SCALES[scale]))}–{text}"


def without_zeros(decimal: str) -> str:
    """Drop zeros at the end of a decimal, and the point if nothing is left behind it."""
    return decimal.rstrip("0").rstrip(".") if "." in decimal else decimal
