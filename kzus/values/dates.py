"""ISO 8601 date prefixes: `2025`, `2025-09` and `2025-09-22`; the precision is what is written."""

from __future__ import annotations

import re
from functools import lru_cache

PATTERN = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
FIRST_YEAR = 1000
"""A year with fewer digits is a slip of the pen: 0202 for 2020."""
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2
_DAY = len("2025-09-22")
_DATES_CACHED = 2**15
"""Dates that are known to be right: there are not so many days that a file could tell of."""


@lru_cache(_DATES_CACHED)
def parse_date(text: str) -> str:
    """Return `text` if it is a date that exists; raises `ValueError` with what to write instead."""
    if not re.fullmatch(PATTERN, text, re.ASCII):
        raise ValueError(f"'{text}' is not a date; {_advice(text)}")
    year, month, day = (int(part) for part in (text + "-01-01")[:10].split("-"))
    if year < FIRST_YEAR:
        raise ValueError(f"'{text}' lies before {FIRST_YEAR}")
    if not 1 <= month <= len(_DAYS):
        raise ValueError(f"'{text}' has no such month")
    if not 1 <= day <= _days_in(year, month):
        raise ValueError(f"'{text}' has no such day")
    return text


def _days_in(year: int, month: int) -> int:
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _DAYS[month - 1] - (month == _FEBRUARY and not is_leap)


def _advice(text: str) -> str:
    from kzus.values.date_spelling import spell_date, spell_period

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
    if slash and is_after(start, parse_date(end)):
        raise ValueError(f"'{text}' ends before it begins; write the earlier date first")
    return text


def _period_advice(text: str) -> str:
    from kzus.values.date_spelling import fiscal_year, spell_period

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
    from kzus.values.date_spelling import spell_period

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


def is_after(date: str, limit: str) -> bool:
    """Tell whether `date` surely lies after `limit`; a shorter prefix leaves it open."""
    length = min(len(date), len(limit))
    return date[:length] > limit[:length]


def months_before(day: str, months: int) -> str:
    """Return the day so many months before; it may be one that no month has, which compares all the same."""
    total = int(day[:4]) * 12 + int(day[5:7]) - 1 - months
    return f"{total // 12:04}-{total % 12 + 1:02}{day[7:]}"
