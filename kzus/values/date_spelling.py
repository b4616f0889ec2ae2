"""What somebody means by a date or period that isn't written as ISO 8601 does; imported for a message only."""

from __future__ import annotations

import re

from kzus.values.dates import parse_date

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NAME = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATES = (
    r"(?P<year>[0-9]{4})[-./ ](?P<month>[0-9]{1,2})[-./ ](?P<day>[0-9]{1,2})(?:[t ].*)?",
    r"(?P<year>[0-9]{4})[-./ ](?P<month>[0-9]{1,2})",
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
    r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})",
    r"(?P<month>[0-9]{1,2})[./](?P<year>[0-9]{4})",
    rf"(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? )?{_NAME},? (?P<year>[0-9]{{4}})",
    rf"{_NAME} (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<year>[0-9]{{4}})",
    r"(?:c\.|ca\.?|circa|about|around|early|mid|late|~)?[ -]?(?P<year>[0-9]{4})\??",
)
_QUARTER = re.compile(
    r"(?:(?:cy ?)?([0-9]{4})[ -]?([qh])([1-4])|([qh])([1-4])[ -/']*([0-9]{4})|([1-4])([qh]) ?([0-9]{4}))"
)
_FISCAL = re.compile(r"(?:fy|fiscal(?: year)?)[ -]?'?(?:20)?([0-9]{2})(?:[/–-](?:20)?[0-9]{2})?")
_SPAN = re.compile(r"(?:from |between )?(.*?[0-9].*?)(?: ?[–—/] ?| - | to | until | and |\.\.)(.*[0-9].*)")
_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)}
_YEAR = 12
_LONGEST = 100
_YEARS = re.compile(r"([0-9]{4}) ?- ?([0-9]{4})")


def spell_date(text: str) -> str | None:
    """Return the ISO prefix that a date means, or None; `03/05/2023` means two days, and so none."""
    plain = _plain(text)
    for form in _DATES:
        if found := re.fullmatch(form, plain):
            parts = found.groupdict()
            name = parts.get("name")
            month = str(_MONTHS.index(name) + 1) if name else parts.get("month")
            return _real("-".join([parts["year"], *(part.zfill(2) for part in (month, parts.get("day")) if part)]))
    return None


def _plain(text: str) -> str:
    """Return a text in plain digits and small letters; nothing of one that is too long to be a period."""
    return " ".join(text.translate(_DIGITS).casefold().split()) if len(text) <= _LONGEST else ""


def _real(date: str) -> str | None:
    try:
        return parse_date(date)
    except ValueError:
        return None


def spell_period(text: str) -> str | None:
    """Return the period that a quarter, a half or a span means, or None."""
    plain = _plain(text)
    if found := _QUARTER.fullmatch(plain):
        groups = [group for group in found.groups() if group]
        year = next(group for group in groups if len(group) > 1)
        kind, number = next(group for group in groups if group in "qh"), int(next(g for g in groups if g in "1234"))
        months = 3 if kind == "q" else 6
        return (
            f"{year}-{number * months - months + 1:02}/{year}-{number * months:02}"
            if number * months <= _YEAR
            else None
        )
    if found := None if fiscal_year(text) else _YEARS.fullmatch(plain) or _SPAN.fullmatch(plain):
        ends = [spell_date(end) for end in found.groups()]
        return f"{ends[0]}/{ends[1]}" if all(ends) else None
    return spell_date(text)


def fiscal_year(text: str) -> str | None:
    """Return the year that the name of a fiscal year has in it, or None for any other text."""
    found = _FISCAL.fullmatch(_plain(text))
    return f"20{found[1]}" if found else None
