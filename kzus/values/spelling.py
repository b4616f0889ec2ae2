"""What somebody means by an amount that isn't written as the fact file takes it; imported for a message only.

`666 million yen` is a value of 666m JPY. Nothing is read this way: the message shows the spelling, a person writes it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from kzus.values.codes import meant_code, names
from kzus.values.names import WIDE_DIGITS
from kzus.values.numbers import SCALE_WORDS, SCALES, print_range

if TYPE_CHECKING:
    from collections.abc import Callable

_QUALIFIERS = {
    "about": "about approximately approx. approx around roughly some circa ca. ca c. ~ ≈",
    "nearly": "nearly almost close_to just_under",
    "up to": "up_to at_most no_more_than not_more_than not_exceeding maximum max max. ≤ <=",
    "at least": "at_least no_less_than not_less_than minimum min min. from ≥ >=",
    "more than": "more_than over above exceeding in_excess_of upwards_of > well_over",
    "less than": "less_than under below < fewer_than",
}
_QUALIFIER_OF = {word.replace("_", " "): name for name, words in _QUALIFIERS.items() for word in words.split()}
# The longest first, or 'max' would leave the dot of 'max.' behind.
_BEGINS = re.compile(
    rf"(?i)(?:{'|'.join(re.escape(word) for word in sorted(_QUALIFIER_OF, key=len, reverse=True))})(?=[\W\d]|$)"
)
_MORE_SCALE_WORDS = {
    "k": "thousands tsd тыс", "m": "millions mio mm kk млн миллионов",
    "bn": "billions mrd milliard млрд миллиардов", "tn": "trillions trn трлн",
}  # fmt: skip
_SCALE_OF = SCALE_WORDS | {word: scale for scale, words in _MORE_SCALE_WORDS.items() for word in words.split()}
_POWERS = {"lakh": 5, "lakhs": 5, "crore": 7, "crores": 7, "hundred": 2, "万": 4, "億": 8, "亿": 8, "兆": 12}
_NUMBER_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_RANGE = re.compile(r"(?i)(?:between |from )?(.*?[0-9].*?)(?: ?[–—−‒-] ?| to | and |\.\.)(.*[0-9].*)")
_PART = re.compile(r"([^0-9.-]*?) ?(-?[0-9][0-9.,_'’ ]*[0-9]|-?[0-9]) ?(.*)", re.DOTALL)
_CODE = len("USD")
_LEAST_SCALED = 10_000
"""Below this, an amount without a scale stays without one."""
_DIGIT_VALUES = WIDE_DIGITS | {0x660 + digit: str(digit) for digit in range(10)}
"""Full-width and Arabic digits."""


WHOLE_NUMBERS = {
    "a value": "write it to the whole unit of its currency",
    "a count": "take a smaller unit, as in 12500 kW for 12.5 MW",
}
_FORMS = {
    "value": "write a number, a scale (k, m, bn, tn) and a currency, as in '4.2bn USD' or 'about 3–5m JPY'",
    "count": "write a whole number, as in '300', 'more than 290' or '15–18'",
    "reading": "write a number, as in '13.5', 'about 61.2bn' or '15–18'",
}


class Spelled(NamedTuple):
    """An amount as somebody most likely means it: its spelling, the currency and what else stands behind it."""

    amount: str
    """With its qualifier, without its currency."""
    currency: str | None
    unit: str
    other_currency: str | None = None
    """That of the smaller end of a range, if it is another one."""


class _Part(NamedTuple):
    number: Decimal
    scale: str | None
    currency: str | None
    unit: str


def diagnose(text: str, place: str, given: str | None, read_value: Callable[[str], object]) -> str:
    """Say what is wrong with an amount that its place, a `value`, `count` or `reading`, doesn't take.

    A value needs no currency where one is `given`. `read_value` is handed down, since what reads values imports this.
    """
    spelled = spell(text)
    if spelled is None:
        return f"is not a {place}; {_FORMS[place]}"
    amount, currency, unit, _ = spelled
    if place == "value":
        return _diagnose_value(spelled, given, read_value)
    if place == "reading" and (currency or unit):
        return f"has a {'currency' if currency else 'unit'}; write '{amount}', for the unit stands at the series"
    return _diagnose_number(amount, currency, unit, place)


def _diagnose_number(amount: str, currency: str | None, unit: str, place: str) -> str:
    if currency:
        return "has a currency; move money from `quantities` to `values`"
    if unit and "." in amount and amount[-1].isdigit():
        return f"has a unit and is not a whole number; {WHOLE_NUMBERS['a count']}, and write the unit under `unit`"
    if unit:
        return f"has a unit; write '{amount}', and '{unit}' under `unit`"
    return f"is not in the form of a {place}; write '{amount}'"


def _diagnose_value(meant: Spelled, given: str | None, read_value: Callable[[str], object]) -> str:
    amount, currency, unit, other = meant
    if other:
        return f"has two currencies, {other} and {currency}; write it in one"
    if unit and not currency:
        return "names no currency; write its ISO 4217 code behind the amount, or move what isn't money to `quantities`"
    spelled = amount if given and not currency else f"{amount} {currency or 'USD'}"
    try:
        read_value(spelled)
    except ValueError as error:
        return f"is not in the form of a value, and {error}"
    if currency or given:
        return f"is not in the form of a value; write '{spelled}'"
    return f"names no currency; write '{spelled}', or another ISO 4217 code"


def spell(text: str) -> Spelled | None:
    """Return what an amount means, or None if that isn't clear."""
    # A sign only where no digit stands before it: in '3−5bn' the minus is the dash of a range.
    rest = re.sub(r"(?<![0-9])(?:−|\+)(?=[0-9])", lambda sign: "-" * (sign[0] == "−"), text.translate(_DIGIT_VALUES))
    rest = re.sub(rf"(?i)\b(?:{'|'.join(_NUMBER_WORDS)})\b", _in_digits, " ".join(rest.split()))
    qualifier, rest = _qualifier(rest)
    ends = _RANGE.fullmatch(rest)
    parts = [part for end in (ends.groups() if ends else (rest,)) if (part := _part(end))]
    if len(parts) != (2 if ends else 1):
        return None
    first, last = parts[0], parts[-1]
    # In '3–5bn' the scale is that of both ends.
    low, high = _scaled(first, first.scale or last.scale), _scaled(last, last.scale)
    # What a message shows must be a value that kzus takes, and such a range is none.
    if low > high or (qualifier in ("up to", "less than") and low < high):
        return None
    amount = _print_decimals(low, high, is_plain=not last.scale and high < _LEAST_SCALED)
    currency = last.currency or first.currency
    other = first.currency if first.currency != currency else None
    return Spelled(" ".join(filter(None, (qualifier, amount))), currency, last.unit, other)


def _in_digits(word: re.Match[str]) -> str:
    return str(_NUMBER_WORDS.index(word[0].casefold()))


def _qualifier(text: str) -> tuple[str | None, str]:
    if found := _BEGINS.match(text):
        return _QUALIFIER_OF[found[0].casefold()], text[found.end() :].strip()
    for sign in ("+", " or more", " at least"):
        if sign in text:
            return "at least", text.replace(sign, "", 1)
    return None, text


def _part(text: str) -> _Part | None:
    """Read one end of a range: a sign of a currency, digits, a scale, a currency or a unit."""
    found = _PART.fullmatch(text.strip())
    number = _parse_number(found[2]) if found else None
    if found is None or number is None:
        return None
    before, (scale, behind) = found[1].strip(), _scale(found[3].strip())
    code = next((code for name in (before, behind.strip("() ")) if name and (code := _currency(name))), None)
    unit = "" if behind.startswith("(") or (code and not before) else behind
    if scale == "t" and unit:  # tonnes of something
        scale, unit = None, f"t {unit}"
    # An unknown word in front, or more of a number behind: what is meant isn't clear.
    if (before and not _currency(before)) or re.search("^[.–—-]|^[A-Za-z]?[0-9]|[–—-]$", unit):
        return None
    return _Part(number, scale, code, unit)


def _scale(behind: str) -> tuple[str | None, str]:
    """Split what stands behind a number into its scale and the rest, also in `1bnUSD`."""
    word = re.match(r"[^\W\d_]+", behind)
    if word is None:
        return None, behind
    for length in (len(word[0]), len(word[0]) - _CODE, 1):
        name = word[0][: max(length, 0)].casefold()
        # One letter is a scale only by itself: the t of 'tonnes' is none.
        if (name in _SCALE_OF or name in _POWERS) and (length > 1 or name in _POWERS or word[0] == behind[:1]):
            return name, behind[length:].strip(" .")
    return None, behind


def _currency(name: str) -> str | None:
    name = name.removeprefix("of ").strip()
    return name.upper() if name.upper() in names("currency") else meant_code("currency", name)


def _parse_number(text: str) -> Decimal | None:
    """Read digits with marks of thousands or a decimal comma; what may be either is taken for thousands."""
    if re.fullmatch(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"-?[0-9]{1,3}([_'’ ])[0-9]{3}(?:\1[0-9]{3})*(?:[,.][0-9]+)?", text):
        text = re.sub("[_'’ ]", "", text).replace(",", ".")
    elif re.fullmatch(r"-?[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]+)?|-?[0-9]{1,3}\.[0-9]{3},[0-9]+", text):
        # Two dots, or one before a decimal comma; one dot alone is a decimal point.
        text = text.replace(".", "").replace(",", ".")
    elif text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    return Decimal(text) if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", text) else None


def _scaled(part: _Part, scale: str | None) -> Decimal:
    return part.number.scaleb(_POWERS[scale] if scale in _POWERS else SCALES[_SCALE_OF[scale]] if scale else 0)


def _print_decimals(low: Decimal, high: Decimal, *, is_plain: bool) -> str:
    if not is_plain and low == low.to_integral_value() and high == high.to_integral_value():
        return print_range(int(low), int(high))
    low_text, high_text = f"{low.normalize():f}", f"{high.normalize():f}"
    return low_text if low == high else f"{low_text}–{high_text}"
