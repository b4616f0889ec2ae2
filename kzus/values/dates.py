"""ISO 8601 date prefixes, `2025`, `2025-09` and `2025-09-22`, and which of them another way to write a date means."""

from __future__ import annotations

import re
from functools import lru_cache

from kzus.values.names import WIDE_DIGITS

PATTERN = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
FIRST_YEAR = 1000
"""A year with fewer digits is a slip of the pen: 0202 for 2020."""
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2
_DAY = len("2025-09-22")
_DATES_CACHED = 2**15
"""Dates that are known to be right: there are not so many days that a file could tell of."""
_MONTHS = "january february march april may june july august september october november december".split()
_SHORT_MONTHS = tuple(name[:3] for name in _MONTHS)
_MONTH_NAME = rf"(?P<name>{'|'.join(_SHORT_MONTHS)})[a-z]*\.?"
_WRITTEN_DATES = (
    r"(?P<year>[0-9]{4})[-./ ](?P<month>[0-9]{1,2})[-./ ](?P<day>[0-9]{1,2})(?:[t ].*)?",
    r"(?P<year>[0-9]{4})[-./ ](?P<month>[0-9]{1,2})",
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
    # With dots the day stands first; 03/05/2023 may be either of two days, so it has no form here.
    r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})",
    r"(?P<month>[0-9]{1,2})[./](?P<year>[0-9]{4})",
    rf"(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? )?{_MONTH_NAME},? (?P<year>[0-9]{{4}})",
    rf"{_MONTH_NAME} (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<year>[0-9]{{4}})",
    r"(?:c\.|ca\.?|circa|about|around|early|mid|late|~)?[ -]?(?P<year>[0-9]{4})\??",
)
_QUARTER = r"(?:(?:cy ?)?([0-9]{4})[ -]?([qh])([1-4])|([qh])([1-4])[ -/']*([0-9]{4})|([1-4])([qh]) ?([0-9]{4}))"
_FISCAL = r"(?:fy|fiscal(?: year)?)[ -]?'?(?:20)?([0-9]{2})(?:[/–-](?:20)?[0-9]{2})?"
_SPAN = r"(?:from |between )?(.*?[0-9].*?)(?: ?[–—/] ?| - | to | until | and |\.\.)(.*[0-9].*)"
# The time that _SPAN takes grows with the square of the text: 8,000 characters took a second.
_LONGEST_PERIOD = 100
_YEARS = r"([0-9]{4}) ?- ?([0-9]{4})"


@lru_cache(_DATES_CACHED)
def parse_date(text: str) -> str:
    """Return `text` if it is a date that exists; raises `ValueError` with what to write instead."""
    if not re.fullmatch(PATTERN, text, re.ASCII):
        raise ValueError(f"'{text}' is not a date; {_advice(text)}")
    # A prefix is filled up: 2025 becomes 2025-01-01.
    year, month, day = (int(part) for part in (text + "-01-01")[:10].split("-"))
    if year < FIRST_YEAR:
        raise ValueError(f"'{text}' lies before {FIRST_YEAR}")
    if not 1 <= month <= len(_DAYS):
        raise ValueError(f"'{text}' has no such month; the last is {text[:4]}-12")
    if not 1 <= day <= _days_in(year, month):
        raise ValueError(f"'{text}' has no such day; the last is {text[:7]}-{_days_in(year, month)}")
    return text


def _days_in(year: int, month: int) -> int:
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _DAYS[month - 1] - (month == _FEBRUARY and not is_leap)


def _advice(text: str) -> str:
    if spelled := spell_date(text):
        return f"write {spelled}"
    if period := spell_period(text):
        return f"write one, such as {period.partition('/')[0]}; only a period and the date of an event take two"
    return "write 2025, 2025-09 or 2025-09-22"


def parse_period(text: str) -> str:
    """Return `text` if it is a date or two with a slash, in order; raises `ValueError` with what to write instead."""
    start, slash, end = text.partition("/")
    if not all(re.fullmatch(PATTERN, each, re.ASCII) for each in ((start, end) if slash else (start,))):
        raise ValueError(f"'{text}' is not a period; {_period_advice(text)}")
    parse_date(start)
    # Refused only if it is sure: 2025-06/2025 may well end in December.
    if slash and is_after(start, parse_date(end)):
        raise ValueError(f"'{text}' ends before it begins; write the earlier date first")
    return text


def _period_advice(text: str) -> str:
    if spelled := spell_period(text):
        return f"write {spelled}"
    if year := fiscal_year(text):
        return f"write its first and last month, as in {year}-04/{int(year) + 1}-03 for a year that begins in April"
    return "write a date, or two with a slash, as in 2023-01/2023-03"


def parse_days(text: str) -> str:
    """Return `text` if it is a date, or two whole days with a slash; raises `ValueError` with what to write instead."""
    start, slash, end = text.partition("/")
    if slash and len(start) == len(end) == _DAY:
        return parse_period(text)
    if not slash and re.fullmatch(PATTERN, text, re.ASCII):
        return parse_date(text)
    spelled = spell_period(text) or ""
    if len(spelled) not in (0, _DAY + 1 + _DAY) and "/" in spelled:
        raise ValueError(f"'{text}' is no range of days; write both whole, as in 2025-11-04/2025-11-07")
    raise ValueError(f"'{text}' is not a date; write {spelled or '2025, 2025-09, 2025-09-22 or 2025-11-04/2025-11-07'}")


def last_day(date: str) -> str:
    """Return the last day that a prefix may stand for: `2024-02` is `2024-02-29`."""
    if len(date) >= _DAY:
        return date
    year, month = int(date[:4]), int(date[5:7] or len(_DAYS))
    return f"{date[:4]}-{month:02}-{_days_in(year, month):02}"


def end_of_period(period: str) -> str:
    """Return the last day of a period, which is a date or two with a slash: `2025` ends after `2025-01/2025-03`."""
    return last_day(period.rpartition("/")[2])


def is_after(date: str, limit: str) -> bool:
    """Tell whether `date` surely lies after `limit`; a shorter prefix leaves it open."""
    length = min(len(date), len(limit))
    return date[:length] > limit[:length]


def months_before(day: str, months: int) -> str:
    """Return the day so many months before; it may be one that no month has, which compares all the same."""
    total = int(day[:4]) * 12 + int(day[5:7]) - 1 - months
    return f"{total // 12:04}-{total % 12 + 1:02}{day[7:]}"


def month_number(name: str) -> int | None:
    """Return the number of the month that an English name or its short form means, or None."""
    short = "sep" if name == "sept" else name
    return next((at for at, month in enumerate(_MONTHS, 1) if short in (month, month[:3])), None)


def spell_date(text: str) -> str | None:
    """Return the ISO prefix that a date means, or None; `03/05/2023` means two days, and so none."""
    plain = _normalized(text)
    for form in _WRITTEN_DATES:
        if found := re.fullmatch(form, plain):
            parts = found.groupdict()
            name = parts.get("name")
            month = str(_SHORT_MONTHS.index(name) + 1) if name else parts.get("month")
            return _real("-".join([parts["year"], *(part.zfill(2) for part in (month, parts.get("day")) if part)]))
    return None


def _normalized(text: str) -> str:
    """Return a text in plain digits and small letters; nothing of one that is too long to be a period."""
    return " ".join(text.translate(WIDE_DIGITS).casefold().split()) if len(text) <= _LONGEST_PERIOD else ""


def _real(date: str) -> str | None:
    try:
        return parse_date(date)
    except ValueError:
        return None


def spell_period(text: str) -> str | None:
    """Return the period that a quarter, a half or a span means, or None."""
    plain = _normalized(text)
    if found := re.fullmatch(_QUARTER, plain):
        groups = [group for group in found.groups() if group]
        year = next(group for group in groups if len(group) > 1)
        kind, number = next(group for group in groups if group in "qh"), int(next(g for g in groups if g in "1234"))
        months = 3 if kind == "q" else 6
        # The pattern takes h3 and h4 as well, which no year has.
        return (
            f"{year}-{number * months - months + 1:02}/{year}-{number * months:02}"
            if number * months <= len(_MONTHS)
            else None
        )
    if found := re.fullmatch(_YEARS, plain) or re.fullmatch(_SPAN, plain):
        ends = [spell_date(end) for end in found.groups()]
        return f"{ends[0]}/{ends[1]}" if all(ends) else None
    return spell_date(text)


def fiscal_year(text: str) -> str | None:
    """Return the year that the name of a fiscal year has in it, or None for any other text."""
    found = re.fullmatch(_FISCAL, _normalized(text))
    return f"20{found[1]}" if found else None
