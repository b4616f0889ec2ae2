"""Amounts as people write and read them: `about 4.2bn USD`, `3–5bn USD`, `more than 290`.

Every number is exact: digits are shifted, never multiplied as floats.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import NamedTuple, NoReturn

from kzus.values.numbers import SCALES, print_amount, print_decimal, print_range

CEILINGS = frozenset(("up to", "less than"))
"""Qualifiers of the most that it may be; it may come to nothing."""
SIGNS = {"about": "~", "nearly": "~", "up to": "≤", "less than": "≤", "at least": "≥", "more than": "≥"}
"""The sign that a table has room for, for each qualifier."""
LIMIT = 10**15
"""No amount reaches this: sums over a whole file then stay within a 64-bit integer."""
_TOO_LARGE = f"is too large; the most is {print_amount(LIMIT - 10**12)}"

_DOWNWARDS = "is a range that runs downwards; write the smaller end first"
_LONGEST_AMOUNT = 100
_SHAPE = (  # compiled when the first value is read: a query that only prints has no use for it
    r"(?:(?P<qualifier>about|nearly|up to|at least|more than|less than) )?"
    # [0-9], because \d takes the digits of every script.
    r"(?P<low>-?[0-9]+(?:\.[0-9]+)?)(?: ?[–-] ?(?P<high>-?[0-9]+(?:\.[0-9]+)?))?"
    r" ?(?P<scale>k|m|bn|tn)?(?: (?P<currency>[A-Z]{3}))?"
)
_VALUES_CACHED = 2**16
"""Values that are kept read: the check reads each of a file, and the index twice more."""


class Value(NamedTuple):
    """An amount or a range of them, in whole units of a currency (or of no currency)."""

    low: int
    high: int
    currency: str | None = "USD"
    qualifier: str | None = None

    @property
    def stated(self) -> int:
        """What a sum uses: the low end of a range; `up to X` and `less than X` state X."""
        return self.low

    @property
    def floor(self) -> int:
        """The least that the words allow: what has only a ceiling may come to nothing."""
        return 0 if self.qualifier in CEILINGS else self.low

    def __str__(self) -> str:
        amount = print_range(self.low, self.high)
        return " ".join(part for part in (self.qualifier, amount, self.currency) if part)


def print_value(value: Value, *, places: int | None = None) -> str:
    """Write a value as a table has room for: `~300m`, `≤3.7bn`, `900m EUR`; U.S. dollars go without saying.

    `places` rounds a single amount; a range stays exact, because its ends share a scale.
    """
    currency = f" {value.currency}" if value.currency not in (None, "USD") else ""
    is_range = value.low != value.high
    amount = print_range(value.low, value.high) if is_range else print_amount(value.low, places=places)
    return f"{SIGNS.get(value.qualifier or '', '')}{amount}{currency}"


def with_sign(text: str) -> str:
    """Write the words in front of an amount as their sign: `≥290` for `more than 290`."""
    found = next((words for words in SIGNS if text.startswith(f"{words} ")), "")
    return f"{SIGNS[found]}{text[len(found) + 1 :]}" if found else text


def with_thousands(text: str) -> str:
    """Write a number of five digits or more with commas: `more than 4,200,000`; what stands behind a point stays."""
    return re.sub("(?<![0-9.])[0-9]{5,}", lambda found: f"{int(found[0]):,}", text)


@lru_cache(_VALUES_CACHED)
def parse_value(text: str, *, currency: str | None = None) -> Value:
    """Read an amount of money; a missing currency is an error unless `currency` stands in for it.

    Any three capitals are taken for a currency. Raises `ValueError` with what is wrong and what to write instead.
    """
    match = _match(text, "value", currency)
    low, high = _whole_range(text, match, "a value")
    # 0 would count as a known amount, which isn't the same as none published.
    if high == 0:
        _fail(text, "is zero; leave the value out")
    value = Value(low, high, match["currency"] or currency or "USD", match["qualifier"])
    if not (match["currency"] or currency):
        _fail(text, f"names no currency; write '{value}', or another ISO 4217 code")
    return value


@lru_cache(_VALUES_CACHED)
def parse_listed_value(text: str) -> Value:
    """Read an amount of money in a currency of ISO 4217; raises `ValueError` as `parse_value` does."""
    from kzus.values.codes import meant_code, names

    value = parse_value(text)
    if (code := str(value.currency)) not in names("currency"):
        known = meant_code("currency", code)
        advice = f"write '{value._replace(currency=known)}'" if known else "write an ISO 4217 code, such as USD"
        _fail(text, f"has the unknown currency '{code}'; {advice}")
    return value


@lru_cache(_VALUES_CACHED)
def parse_count(text: str) -> Value:
    """Read a number of things: `300`, `more than 290`, `15–18`; no currency, no fraction."""
    match = _match(text, "count")
    if match["currency"]:
        _fail(text, "has a currency; move money from `quantities` to `values`")
    return Value(*_whole_range(text, match, "a count"), None, match["qualifier"])


def parse_reading(text: str) -> tuple[str, str]:
    """Read one observation of a series: its low and high end in plain decimal notation.

    The unit stands at the series, so there is none here; `13.5`, `-2`, `61.2bn`, `about 13` are all right.
    """
    match = _match(text, "reading")
    if match["currency"]:
        number = text.removesuffix(match["currency"]).strip()
        _fail(text, f"has a currency; write '{number}', for the unit stands at the series")
    low, low_places = _shift(match["low"], match["scale"])
    high, high_places = _shift(match["high"] or match["low"], match["scale"])
    if max(abs(low) // 10**low_places, abs(high) // 10**high_places) >= LIMIT:
        _fail(text, _TOO_LARGE)
    # Each end times the places of the other, so that unlike decimals are compared exactly.
    if high * 10**low_places < low * 10**high_places:
        _fail(text, _DOWNWARDS)
    return print_decimal(low, low_places), print_decimal(high, high_places)


def _match(text: str, place: str, currency: str | None = None) -> re.Match[str]:
    if len(text) > _LONGEST_AMOUNT:  # Python refuses to turn very many digits into a number, or takes very long
        _fail(text, "is longer than any amount")
    match = re.fullmatch(_SHAPE, text)
    if match is None:
        from kzus.values.spelling import diagnose

        _fail(text, diagnose(text, place, currency, partial(parse_value, currency=currency)))
    return match


def _whole_range(text: str, match: re.Match[str], what: str) -> tuple[int, int]:
    ends = []
    for number in (match["low"], match["high"] or match["low"]):
        digits, places = _shift(number, match["scale"])
        if places:
            from kzus.values.spelling import WHOLE_NUMBERS

            _fail(text, f"is not a whole number; {WHOLE_NUMBERS[what]}")
        if digits < 0:
            _fail(text, f"is negative; {what} is zero or more")
        if digits >= LIMIT:
            _fail(text, _TOO_LARGE)
        ends.append(digits)
    low, high = ends
    if high < low:
        _fail(text, _DOWNWARDS)
    # 'up to 3–5bn' would have two ceilings.
    if high > low and (qualifier := match["qualifier"]) in CEILINGS:
        _fail(text, f"says '{qualifier}' of a range; write the range alone")
    return low, high


def _shift(number: str, scale: str | None) -> tuple[int, int]:
    """Read `number` times its scale as digits and the places that stay behind the point."""
    whole, _, fraction = number.partition(".")
    # 300.0 is a whole number.
    fraction = fraction.rstrip("0")
    room = SCALES[scale or ""] - len(fraction)
    digits = int(whole + fraction)
    return (digits * 10**room, 0) if room >= 0 else (digits, -room)


def _fail(text: str, complaint: str) -> NoReturn:
    raise ValueError(f"'{text}' {complaint}")
