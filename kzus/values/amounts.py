"""Amounts as people write them: `about 4.2bn USD`, `3–5bn USD`, `more than 290`.

Every number is exact: digits are shifted, never multiplied as floats.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple, NoReturn

from kzus.values.amounts_print import SCALES, print_amount, print_decimal, print_range

QUALIFIERS = ("about", "nearly", "up to", "at least", "more than", "less than")
CEILINGS = frozenset(("up to", "less than"))
"""Qualifiers of the most that it may be; it may come to nothing."""
SIGNS = {"about": "~", "nearly": "~", "up to": "≤", "less than": "<", "at least": "≥", "more than": ">"}
"""The sign that a table has room for, for each qualifier."""
CURRENCIES = frozenset(
    # ISO 4217, the currencies in circulation.
    """AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD
    CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
    GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT
    LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR
    NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP
    STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD
    XOF XPF YER ZAR ZMW ZWG""".split()
)
LIMIT = 10**15
"""No amount reaches this: sums over a whole file then stay within a 64-bit integer."""
_TOO_LARGE = f"is too large; the most is {print_amount(LIMIT - 10**12)}"

_LONGEST = 100
_SHAPE = (  # compiled when the first value is read: a query that only prints has no use for it
    r"(?:(?P<qualifier>about|nearly|up to|at least|more than|less than) )?"
    r"(?P<low>-?[0-9]+(?:\.[0-9]+)?)(?: ?[–-] ?(?P<high>-?[0-9]+(?:\.[0-9]+)?))?"
    r" ?(?P<scale>k|m|bn|tn)?(?: (?P<currency>[A-Z]{3}))?"
)
_MANY = 2**16
"""Values that are kept read: the check reads each of a file, and the index twice more."""
_OTHER_SCALES = {
    "thousand": "k", "million": "m", "mln": "m", "mn": "m", "billion": "bn", "b": "bn", "bln": "bn",
    "trillion": "tn", "trn": "tn", "t": "tn", "kk": "m",
}  # fmt: skip


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


def print_value(value: Value) -> str:
    """Write a value as a table has room for: `~300m`, `≤3.7bn`, `900m EUR`; U.S. dollars go without saying."""
    currency = f" {value.currency}" if value.currency not in (None, "USD") else ""
    return f"{SIGNS.get(value.qualifier or '', '')}{print_range(value.low, value.high)}{currency}"


@lru_cache(_MANY)
def parse_value(text: str, *, currency: str | None = None) -> Value:
    """Read an amount of money; a missing currency is an error unless `currency` stands in for it.

    Raises `ValueError` with what is wrong and what to write instead.
    """
    match = _match(text)
    found = match["currency"] or currency
    if found is None:
        _fail(text, f"names no currency; write '{text} USD'")
    if found not in CURRENCIES:
        _fail(text, f"has an unknown currency '{found}'; write an ISO 4217 code such as USD")
    low, high = _whole_range(text, match)
    if high == 0:
        _fail(text, "is zero; leave the value out instead")
    return Value(low, high, found, match["qualifier"])


@lru_cache(_MANY)
def parse_count(text: str) -> Value:
    """Read a number of things: `300`, `more than 290`, `15–18`; no currency, no fraction."""
    match = _match(text)
    if match["currency"]:
        _fail(text, "has a currency; a count is a plain number, put money under values")
    return Value(*_whole_range(text, match), None, match["qualifier"])


def parse_reading(text: str) -> tuple[str, str]:
    """Read one observation of a series: its low and high end in plain decimal notation.

    The unit stands at the series, so there is none here; `13.5`, `-2`, `61.2bn`, `about 13` are all right.
    """
    match = _match(text)
    if match["currency"]:
        _fail(text, "has a currency; it belongs to the unit of the series")
    low, low_places = _shift(match["low"], match["scale"])
    high, high_places = _shift(match["high"] or match["low"], match["scale"])
    if max(abs(low) // 10**low_places, abs(high) // 10**high_places) >= LIMIT:
        _fail(text, _TOO_LARGE)
    if high * 10**low_places < low * 10**high_places:
        _fail(text, "is a range that runs downwards; write the smaller end first")
    return print_decimal(low, low_places), print_decimal(high, high_places)


def _match(text: str) -> re.Match[str]:
    if len(text) > _LONGEST:  # Python refuses to turn very many digits into a number, or takes very long
        _fail(text, "is longer than any amount")
    match = re.fullmatch(_SHAPE, text)
    if match is None:
        _fail(text, _diagnosis(text))
    return match


def _whole_range(text: str, match: re.Match[str]) -> tuple[int, int]:
    ends = []
    for number in (match["low"], match["high"] or match["low"]):
        digits, places = _shift(number, match["scale"])
        if places:
            _fail(text, "is not a whole number; leave out the digits that are too fine")
        if digits < 0:
            _fail(text, "is negative; a value is what is agreed, zero or more")
        if digits >= LIMIT:
            _fail(text, _TOO_LARGE)
        ends.append(digits)
    low, high = ends
    if high < low:
        _fail(text, "is a range that runs downwards; write the smaller end first")
    if high > low and (qualifier := match["qualifier"]) in CEILINGS:
        _fail(text, f"says '{qualifier}' of a range; write the range alone")
    return low, high


def _shift(number: str, scale: str | None) -> tuple[int, int]:
    """Read `number` times its scale as digits and the places that stay behind the point."""
    whole, _, fraction = number.partition(".")
    fraction = fraction.rstrip("0")
    room = SCALES[scale or ""] - len(fraction)
    digits = int(whole + fraction)
    return (digits * 10**room, 0) if room >= 0 else (digits, -room)


def _diagnosis(text: str) -> str:
    """Say what a person most likely meant, for text that the grammar refuses."""
    if not re.search("[0-9]", text):
        return "has no digits; write a number such as '4.2bn USD', or leave the value out"
    if re.search(r"[0-9],[0-9]", text):
        return "has a comma; write a decimal point and no thousands mark, as in '4.2bn' or '1000'"
    if "_" in text:
        return "has an underscore; write the digits together, or use k, m, bn, tn"
    if match := re.match(r"(?:([A-Z]{3}|[$€₸£]) ?)([0-9].*)", text):
        code = {"$": "USD", "€": "EUR", "₸": "KZT", "£": "GBP"}.get(match[1], match[1])
        return f"starts with the currency; write '{match[2]} {code}'"
    if (match := re.search(r"[0-9.] ?([A-Za-z]+)", text)) and match[1].lower() in _OTHER_SCALES:
        return f"has the scale '{match[1]}'; write {_OTHER_SCALES[match[1].lower()]}"
    return (
        f"is not an amount; write [{'|'.join(QUALIFIERS)}] NUMBER[–NUMBER][k|m|bn|tn] and the currency,"
        " as in 'about 4.2bn USD'"
    )


def _fail(text: str, complaint: str) -> NoReturn:
    raise ValueError(f"'{text}' {complaint}")
