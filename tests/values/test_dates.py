from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzus.values.dates import end_of_period, is_after, last_day, month_number, months_before, parse_date, parse_period

DAYS = st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)).map(str)
PREFIXES = st.builds(lambda day, length: day[:length], DAYS, st.sampled_from((4, 7, 10)))


@pytest.mark.parametrize(
    "text", ["1000", "1867-03-30", "1900", "2025", "2025-01", "2025-12", "2025-09-22", "2024-02-29", "2000-02-29"]
)
def test_a_date_that_exists_comes_back_as_it_was_written(text: str) -> None:
    assert parse_date(text) == text


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("2025-02-30", "has no such day; the last is 2025-02-28"),
        ("2025-02-29", "has no such day; the last is 2025-02-28"),
        ("1900-02-29", "has no such day; the last is 1900-02-28"),
        ("2100-02-29", "has no such day; the last is 2100-02-28"),
        ("2025-04-31", "has no such day; the last is 2025-04-30"),
        ("2025-01-32", "has no such day; the last is 2025-01-31"),
        ("2025-01-00", "has no such day; the last is 2025-01-31"),
        ("2025-13", "has no such month; the last is 2025-12"),
        ("2025-00", "has no such month; the last is 2025-12"),
        ("2025-13-40", "has no such month; the last is 2025-12"),
        ("0000", "lies before 1000"),
        ("0999-12-31", "lies before 1000"),
        ("2025-1", "is not a date; write 2025-01"),
        ("2025-09-2", "is not a date; write 2025-09-02"),
        ("20250922", "is not a date; write 2025-09-22"),
        ("22.09.2025", "is not a date; write 2025-09-22"),
        ("2025-09-22T10:00", "is not a date; write 2025-09-22"),
        ("2025-", "is not a date; write 2025, 2025-09 or 2025-09-22"),
        ("2025\n", "is not a date; write 2025"),
        (" 2025", "is not a date; write 2025"),
        ("\uff12\uff10\uff12\uff15", "is not a date; write 2025"),
        ("", "is not a date; write 2025, 2025-09 or 2025-09-22"),
    ],
)
def test_a_date_that_does_not_exist_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole message is compared
        parse_date(text)
    assert str(refused.value) == f"'{text}' {complaint}"


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_ends_on_its_last_day(month: int) -> None:
    last = dt.date(2025 + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    assert parse_date(str(last)) == str(last)
    with pytest.raises(ValueError, match=r"has no such day; the last is "):
        parse_date(f"2025-{month:02}-{last.day + 1}")


@pytest.mark.parametrize(
    ("date", "last"),
    [
        ("2025", "2025-12-31"),
        ("2025-09", "2025-09-30"),
        ("2025-09-22", "2025-09-22"),
        ("2024-02", "2024-02-29"),
        ("2025-02", "2025-02-28"),
        ("2000-02", "2000-02-29"),
        ("1900-02", "1900-02-28"),
    ],
)
def test_a_prefix_reaches_to_the_end_of_what_it_names(date: str, last: str) -> None:
    assert last_day(date) == last


def test_a_year_ends_after_a_part_of_it() -> None:
    periods = ["2025-01/2025-03", "2025", "2024-12-31", "2024/2025-06"]

    assert sorted(periods, key=end_of_period) == ["2024-12-31", "2025-01/2025-03", "2024/2025-06", "2025"]


@settings(deadline=None)
@given(st.integers(1000, 2999), st.integers(0, 13), st.integers(0, 32))
def test_the_calendar_is_that_of_the_standard_library(year: int, month: int, day: int) -> None:
    text = f"{year}-{month:02}-{day:02}"
    try:
        dt.date(year, month, day)
    except ValueError:
        with pytest.raises(ValueError, match=r"has no such (month|day); the last is "):
            parse_date(text)
    else:
        assert parse_date(text) == text


@pytest.mark.parametrize(
    ("date", "limit", "after"),
    [
        ("2025-09-22", "2025-09-21", True),
        ("2025-09-22", "2025-09-22", False),
        ("2025-09-21", "2025-09-22", False),
        ("2026", "2025", True),
        ("2026", "2025-12-31", True),
        ("2025", "2025-01-01", False),
        ("2025-12-31", "2025", False),
        ("2026-01-01", "2025", True),
        ("2025-10", "2025-09-30", True),
        ("2025-09", "2025-09-01", False),
        ("2025-09-30", "2025-09", False),
        ("2024", "2025-01", False),
    ],
)
def test_a_date_is_after_a_limit_only_if_that_is_sure(date: str, limit: str, after: bool) -> None:  # noqa: FBT001 - the table's third column
    assert is_after(date, limit) is after


@settings(deadline=None)
@given(PREFIXES, PREFIXES)
def test_no_two_dates_lie_after_each_other(date: str, other: str) -> None:
    assert not (is_after(date, other) and is_after(other, date))


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-06-30", 36, "2023-06-30"),
        ("2026-06-30", 6, "2025-12-30"),
        ("2026-01-31", 1, "2025-12-31"),
        ("2026-12-31", 10, "2026-02-31"),
        ("2026-12-31", 11, "2026-01-31"),
        ("1003-01-01", 36, "1000-01-01"),
    ],
)
def test_months_are_counted_back(day: str, months: int, before: str) -> None:
    assert months_before(day, months) == before


@pytest.mark.parametrize(
    ("length", "advice"), [(100, "write 2023/2024"), (101, "write a date, or two with a slash, as in 2023-01/2023-03")]
)
def test_a_text_of_at_most_100_characters_may_be_meant_for_a_period(length: int, advice: str) -> None:
    text = "2023 to 2024".ljust(length)
    with pytest.raises(ValueError, match=f"is not a period; {advice}$"):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("2023 H2", "write 2023-07/2023-12"),
        ("2023 H3", "write a date, or two with a slash, as in 2023-01/2023-03"),
        ("Q4 2023", "write 2023-10/2023-12"),
    ],
)
def test_a_year_has_two_halves_and_four_quarters(text: str, advice: str) -> None:
    with pytest.raises(ValueError, match=f"^'{text}' is not a period; {advice}$"):
        parse_period(text)


@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_goes_by_its_whole_name_and_its_first_three_letters(month: int) -> None:
    name = dt.date(2025, month, 1).strftime("%B").casefold()  # of the standard library, in the C locale

    assert {month_number(name), month_number(name[:3])} == {month}


@pytest.mark.parametrize(("name", "expected"), [("sept", 9), ("ma", None), ("marc", None), ("", None), ("2025", None)])
def test_few_other_words_are_months(name: str, expected: int | None) -> None:
    assert month_number(name) == expected
