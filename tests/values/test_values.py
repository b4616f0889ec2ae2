from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kzus.values.amounts import (
    CEILINGS,
    LIMIT,
    SIGNS,
    Value,
    parse_count,
    parse_listed_value,
    parse_reading,
    parse_value,
)
from kzus.values.codes import names
from kzus.values.numbers import print_amount, print_decimal

GRAMMAR = "is not a value; write a number, a scale (k, m, bn, tn) and a currency, as in '4.2bn USD' or 'about 3–5m JPY'"
NO_CURRENCY = "names no currency; write its ISO 4217 code behind the amount, or move what isn't money to `quantities`"
AMOUNTS = st.integers(1, LIMIT - 1) | st.builds(
    lambda digits, power: digits * 10**power, st.integers(1, 999), st.integers(0, 12)
)
QUALIFIED = st.sampled_from((None, *SIGNS))


@st.composite
def written_values(draw: st.DrawFn, currencies: st.SearchStrategy[str | None]) -> Value:
    currency, qualifier, high = draw(currencies), draw(QUALIFIED), draw(AMOUNTS)
    is_range = qualifier not in CEILINGS and draw(st.booleans())
    return Value(draw(st.integers(0, high)) if is_range else high, high, currency, qualifier)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4.2bn USD", Value(4_200_000_000, 4_200_000_000, "USD", None)),
        ("4.2 bn USD", Value(4_200_000_000, 4_200_000_000, "USD", None)),
        ("300 USD", Value(300, 300, "USD", None)),
        ("12k EUR", Value(12_000, 12_000, "EUR", None)),
        ("0.29m USD", Value(290_000, 290_000, "USD", None)),
        ("1.1tn KZT", Value(1_100_000_000_000, 1_100_000_000_000, "KZT", None)),
        ("999.999999999999tn USD", Value(999_999_999_999_999, 999_999_999_999_999, "USD", None)),
        ("4.200bn USD", Value(4_200_000_000, 4_200_000_000, "USD", None)),
        ("1.0 USD", Value(1, 1, "USD", None)),
        ("0" * 95 + "1 USD", Value(1, 1, "USD", None)),
        ("3–5bn USD", Value(3_000_000_000, 5_000_000_000, "USD", None)),
        ("3-5bn USD", Value(3_000_000_000, 5_000_000_000, "USD", None)),
        ("3 – 5 bn USD", Value(3_000_000_000, 5_000_000_000, "USD", None)),
        ("3 - 5bn USD", Value(3_000_000_000, 5_000_000_000, "USD", None)),
        ("0.9–1.5bn USD", Value(900_000_000, 1_500_000_000, "USD", None)),
        ("0–5bn USD", Value(0, 5_000_000_000, "USD", None)),
        ("5–5bn USD", Value(5_000_000_000, 5_000_000_000, "USD", None)),
        ("about 4bn USD", Value(4_000_000_000, 4_000_000_000, "USD", "about")),
        ("nearly 4bn USD", Value(4_000_000_000, 4_000_000_000, "USD", "nearly")),
        ("up to 4bn USD", Value(4_000_000_000, 4_000_000_000, "USD", "up to")),
        ("less than 4bn USD", Value(4_000_000_000, 4_000_000_000, "USD", "less than")),
        ("at least 4bn USD", Value(4_000_000_000, 4_000_000_000, "USD", "at least")),
        ("more than 4bn USD", Value(4_000_000_000, 4_000_000_000, "USD", "more than")),
        ("about 1–2bn USD", Value(1_000_000_000, 2_000_000_000, "USD", "about")),
    ],
)
def test_a_value_is_read_to_the_last_unit(text: str, value: Value) -> None:
    assert parse_value(text) == value


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", GRAMMAR),
        ("about", GRAMMAR),
        ("four billion USD", "is not in the form of a value; write '4bn USD'"),
        ("\uff14bn USD", "is not in the form of a value; write '4bn USD'"),
        ("\u0664bn USD", "is not in the form of a value; write '4bn USD'"),
        ("4,2bn", "names no currency; write '4.2bn USD', or another ISO 4217 code"),
        ("1,000,000 USD", "is not in the form of a value; write '1m USD'"),
        ("1_000 USD", "is not in the form of a value; write '1000 USD'"),
        ("4.2bn", "names no currency; write '4.2bn USD', or another ISO 4217 code"),
        ("4.2 bn", "names no currency; write '4.2bn USD', or another ISO 4217 code"),
        ("1bn XYZ", "has the unknown currency 'XYZ'; write an ISO 4217 code, such as USD"),
        ("USD 4.2bn", "is not in the form of a value; write '4.2bn USD'"),
        ("$5bn", "is not in the form of a value; write '5bn USD'"),
        ("€5bn", "is not in the form of a value; write '5bn EUR'"),
        ("₸100bn", "is not in the form of a value; write '100bn KZT'"),
        ("£5bn", "is not in the form of a value; write '5bn GBP'"),
        ("5 million USD", "is not in the form of a value; write '5m USD'"),
        ("5 Billion USD", "is not in the form of a value; write '5bn USD'"),
        ("5 thousand USD", "is not in the form of a value; write '5k USD'"),
        ("5mln USD", "is not in the form of a value; write '5m USD'"),
        ("5 mn USD", "is not in the form of a value; write '5m USD'"),
        ("5kk USD", "is not in the form of a value; write '5m USD'"),
        ("5B USD", "is not in the form of a value; write '5bn USD'"),
        ("5 bln USD", "is not in the form of a value; write '5bn USD'"),
        ("5 trillion USD", "is not in the form of a value; write '5tn USD'"),
        ("5trn USD", "is not in the form of a value; write '5tn USD'"),
        ("5t USD", "is not in the form of a value; write '5tn USD'"),
        ("-1bn USD", "is negative; a value is zero or more"),
        ("-1–2bn USD", "is negative; a value is zero or more"),
        ("5–3bn USD", "is a range that runs downwards; write the smaller end first"),
        ("up to 1–2bn USD", "says 'up to' of a range; write the range alone"),
        ("1.23456789012k USD", "is not a whole number; write it to the whole unit of its currency"),
        ("0.5 USD", "is not a whole number; write it to the whole unit of its currency"),
        ("0 USD", "is zero; leave the value out"),
        ("0–0bn USD", "is zero; leave the value out"),
        ("99999tn USD", "is too large; the most is 999tn"),
        ("1000tn USD", "is too large; the most is 999tn"),
        ("0" * 96 + "1 USD", "is longer than any amount"),
        (" 1bn USD", "is not in the form of a value; write '1bn USD'"),
        ("1bn USD ", "is not in the form of a value; write '1bn USD'"),
        ("1bn  USD", "is not in the form of a value; write '1bn USD'"),
        ("1bn USD\n", "is not in the form of a value; write '1bn USD'"),
        ("1bn usd", "is not in the form of a value; write '1bn USD'"),
        ("1BN USD", "is not in the form of a value; write '1bn USD'"),
        ("1bnUSD", "is not in the form of a value; write '1bn USD'"),
        ("About 1bn USD", "is not in the form of a value; write 'about 1bn USD'"),
        ("over 1bn USD", "is not in the form of a value; write 'more than 1bn USD'"),
        ("about up to 1bn USD", GRAMMAR),
        ("666 million yen", "is not in the form of a value; write '666m JPY'"),
        ("US$4.9m", "is not in the form of a value; write '4.9m USD'"),
        ("¥27.4 billion", "is not in the form of a value; write '27.4bn JPY'"),
        ("5 億円", "is not in the form of a value; write '500m JPY'"),
        ("1,5 млрд долл.", "is not in the form of a value; write '1.5bn USD'"),
        ("3m to 5m USD", "is not in the form of a value; write '3–5m USD'"),
        ("between $3m and $5m", "is not in the form of a value; write '3–5m USD'"),
        ("~$3m", "is not in the form of a value; write 'about 3m USD'"),
        ("$3m+", "is not in the form of a value; write 'at least 3m USD'"),
        ("under 3M EUR", "is not in the form of a value; write 'less than 3m EUR'"),
        ("4m usd", "is not in the form of a value; write '4m USD'"),
        ("1 000 000 EUR", "is not in the form of a value; write '1m EUR'"),
        ("1.5 million (USD)", "is not in the form of a value; write '1.5m USD'"),
        ("5m UK", "is not in the form of a value; write '5m GBP'"),
        ("5m RMB", "has the unknown currency 'RMB'; write '5m CNY'"),
        ("10 MW", NO_CURRENCY),
        ("500m–1bn USD", "is not in the form of a value; write '0.5–1bn USD'"),
        ("1–2–3bn USD", GRAMMAR),
        ("1e9 USD", GRAMMAR),
        ("0x10 USD", GRAMMAR),
        (".5bn USD", GRAMMAR),
        ("5.bn USD", GRAMMAR),
        ("1.000.000 USD", "is not in the form of a value; write '1m USD'"),
        ("3bn USD–4bn EUR", "has two currencies, USD and EUR; write it in one"),
        ("$3–€4bn", "has two currencies, USD and EUR; write it in one"),
        ("3bn USD–4bn USD", "is not in the form of a value; write '3–4bn USD'"),
        ("$3–4bn", "is not in the form of a value; write '3–4bn USD'"),
        # tonnes, of what is no money
        *(
            (text, NO_CURRENCY)
            for text in ("7 t gold", "7t gold", "7 kg gold", "5m silver", "7 t of platinum", "3 t cement")
        ),
        ("7t xau", "is not in the form of a value; write '7tn XAU'"),
        ("7 t USD", "is not in the form of a value; write '7tn USD'"),
    ],
)
def test_a_value_outside_the_grammar_is_refused_with_what_to_write(text: str, complaint: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole message is compared
        parse_listed_value(text)
    assert str(refused.value) == f"'{text}' {complaint}"


@pytest.mark.parametrize(
    ("text", "currency", "value"),
    [
        ("1bn", "USD", Value(1_000_000_000, 1_000_000_000, "USD", None)),
        ("1bn KZT", "USD", Value(1_000_000_000, 1_000_000_000, "KZT", None)),
        ("up to 3m", "EUR", Value(3_000_000, 3_000_000, "EUR", "up to")),
    ],
)
def test_a_given_currency_stands_in_only_for_a_missing_one(text: str, currency: str, value: Value) -> None:
    assert parse_value(text, currency=currency) == value


@pytest.mark.parametrize(
    ("text", "stated", "floor"),
    [
        ("4bn USD", 4_000_000_000, 4_000_000_000),
        ("3–5bn USD", 3_000_000_000, 3_000_000_000),
        ("up to 4bn USD", 4_000_000_000, 0),
        ("about 4bn USD", 4_000_000_000, 4_000_000_000),
        ("nearly 4bn USD", 4_000_000_000, 4_000_000_000),
        ("at least 4bn USD", 4_000_000_000, 4_000_000_000),
        ("more than 4bn USD", 4_000_000_000, 4_000_000_000),
    ],
)
def test_only_up_to_may_come_to_nothing(text: str, stated: int, floor: int) -> None:
    value = parse_value(text)
    assert (value.stated, value.floor) == (stated, floor)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Value(4_200_000_000, 4_200_000_000), "4.2bn USD"),
        (Value(3_000_000_000, 5_000_000_000), "3–5bn USD"),
        (Value(500_000_000, 1_000_000_000), "0.5–1bn USD"),
        (Value(1, 1_000_000_000_000), "0.000000000001–1tn USD"),
        (Value(0, 10), "0–10 USD"),
        (Value(100, 1000), "0.1–1k USD"),
        (Value(4, 4, "KZT", "more than"), "more than 4 KZT"),
        (Value(300, 300, None, "up to"), "up to 300"),
        (Value(1_234_567, 1_234_567), "1.234567m USD"),
    ],
)
def test_a_value_is_written_as_a_person_would(value: Value, text: str) -> None:
    assert str(value) == text


@settings(deadline=None)
@given(written_values(st.sampled_from(sorted(names("currency")))))
def test_a_written_value_reads_back_as_itself(value: Value) -> None:
    assert parse_value(str(value)) == value


@settings(deadline=None)
@given(written_values(st.none()))
def test_a_written_count_reads_back_as_itself(value: Value) -> None:
    assert parse_count(str(value)) == value


@settings(deadline=None)
@given(st.text(st.sampled_from("0123456789.,-–_ kmbntUSDKZTabout$€"), max_size=20))
@example("$5")
@example("1,2")
@example("USD 5")
def test_any_text_is_a_value_that_reads_back_or_is_refused_by_name(text: str) -> None:
    try:
        value = parse_value(text)
    except ValueError as refused:
        assert str(refused).startswith(f"'{text}' ")  # noqa: PT017 - either outcome is right, each in its way
    else:
        assert parse_value(str(value)) == value
        assert 0 <= value.low <= value.high < LIMIT


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("300", Value(300, 300, None, None)),
        ("0", Value(0, 0, None, None)),
        ("more than 290", Value(290, 290, None, "more than")),
        ("15–18", Value(15, 18, None, None)),
        ("1.5k", Value(1_500, 1_500, None, None)),
        ("up to 2m", Value(2_000_000, 2_000_000, None, "up to")),
    ],
)
def test_a_count_is_a_whole_number_of_things(text: str, value: Value) -> None:
    assert parse_count(text) == value


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("300 USD", "has a currency; move money from `quantities` to `values`"),
        ("2.5", "is not a whole number; take a smaller unit, as in 12500 kW for 12.5 MW"),
        ("-3", "is negative; a count is zero or more"),
        ("18–15", "is a range that runs downwards; write the smaller end first"),
        ("dozens", "is not a count; write a whole number, as in '300', 'more than 290' or '15–18'"),
        ("1,500", "is not in the form of a count; write '1500'"),
        (
            "12.5 MW",
            "has a unit and is not a whole number; take a smaller unit, as in 12500 kW for 12.5 MW, and write"
            " the unit under `unit`",
        ),
        ("300 locomotives", "has a unit; write '300', and 'locomotives' under `unit`"),
        ("7 t gold", "has a unit; write '7', and 't gold' under `unit`"),
        ("7 m doses", "has a unit; write '7m', and 'doses' under `unit`"),
    ],
)
def test_a_count_that_is_none_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole message is compared
        parse_count(text)
    assert str(refused.value) == f"'{text}' {complaint}"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("13.5", "13.5", "13.5"),
        ("-2", "-2", "-2"),
        ("61.2bn", "61200000000", "61200000000"),
        ("0.5k", "500", "500"),
        ("0", "0", "0"),
        ("-0", "0", "0"),
        ("0.00", "0", "0"),
        ("1.50", "1.5", "1.5"),
        ("-0.05", "-0.05", "-0.05"),
        ("0.0004k", "0.4", "0.4"),
        ("007", "7", "7"),
        ("about 13", "13", "13"),
        ("1.5–2.25", "1.5", "2.25"),
        ("9.99–10", "9.99", "10"),
        ("2.0–2", "2", "2"),
        ("-2–3", "-2", "3"),
        ("-2-3", "-2", "3"),
        ("-5–-2", "-5", "-2"),
        ("-1.25–0.5", "-1.25", "0.5"),
        ("1.5–2bn", "1500000000", "2000000000"),
        ("-999.999999999999tn", "-999999999999999", "-999999999999999"),
        ("123456789.123456789", "123456789.123456789", "123456789.123456789"),
    ],
)
def test_a_reading_keeps_sign_and_fraction(text: str, low: str, high: str) -> None:
    assert parse_reading(text) == (low, high)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("-2–-5", "is a range that runs downwards; write the smaller end first"),
        ("2.25–1.5", "is a range that runs downwards; write the smaller end first"),
        ("10–9.99", "is a range that runs downwards; write the smaller end first"),
        ("0.1–-0.1", "is a range that runs downwards; write the smaller end first"),
        ("5 USD", "has a currency; write '5', for the unit stands at the series"),
        ("1000tn", "is too large; the most is 999tn"),
        ("-1000tn", "is too large; the most is 999tn"),
        ("-1000–1tn", "is too large; the most is 999tn"),
        ("n/a", "is not a reading; write a number, as in '13.5', 'about 61.2bn' or '15–18'"),
        ("13,5", "is not in the form of a reading; write '13.5'"),
        ("5%", "has a unit; write '5', for the unit stands at the series"),
    ],
)
def test_a_reading_that_is_none_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole message is compared
        parse_reading(text)
    assert str(refused.value) == f"'{text}' {complaint}"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1_000, "1k"),
        (1_234_567, "1.234567m"),
        (4_200_000_000, "4.2bn"),
        (999_999_999_999, "999.999999999bn"),
        (1_000_000_000_000, "1tn"),
        (999_999_999_999_999, "999.999999999999tn"),
        (-1_500, "-1.5k"),
    ],
)
def test_an_amount_is_written_exactly(amount: int, text: str) -> None:
    assert print_amount(amount) == text


@pytest.mark.parametrize(
    ("amount", "places", "text"),
    [
        (0, 1, "0"),
        (999, 1, "999"),
        (1_000_000_000, 1, "1bn"),
        (4_249_999_999, 1, "4.2bn"),
        (4_250_000_000, 1, "4.3bn"),
        (4_256_000_000, 2, "4.26bn"),
        (10_049_999, 1, "10m"),
        (999_949_999, 1, "999.9m"),
        (999_950_000, 1, "1bn"),
        (999_960_000, 1, "1bn"),
        (999_950, 1, "1m"),
        (999_500_000, 0, "1bn"),
        (999_499_999, 0, "999m"),
        (999_950_000_000, 1, "1tn"),
        (999_950_000_000_000, 1, "1000tn"),
        (-999_960_000, 1, "-1bn"),
        (-4_250_000_000, 1, "-4.3bn"),
    ],
)
def test_rounding_up_may_reach_the_next_scale(amount: int, places: int, text: str) -> None:
    assert print_amount(amount, places=places) == text


@settings(deadline=None)
@given(st.integers(-(10**14), 10**14), st.integers(0, 3))
def test_a_rounded_amount_is_off_by_half_a_unit_of_its_last_place_at_most(amount: int, places: int) -> None:
    text = print_amount(amount, places=places)
    number = text.rstrip("kmbtn")
    factor = {"": 1, "k": 10**3, "m": 10**6, "bn": 10**9, "tn": 10**12}[text.removeprefix(number)]
    assert abs(Fraction(number) * factor - amount) <= Fraction(factor, 10**places) / 2
    assert len(number.partition(".")[2]) <= places


@pytest.mark.parametrize(
    ("digits", "places", "text"),
    [
        (135, 1, "13.5"),
        (-135, 1, "-13.5"),
        (5, 1, "0.5"),
        (-5, 3, "-0.005"),
        (1000, 3, "1.000"),
        (0, 2, "0.00"),
        (42, 0, "42"),
        (-42, 0, "-42"),
    ],
)
def test_a_decimal_has_its_point_where_it_is_asked_for(digits: int, places: int, text: str) -> None:
    assert print_decimal(digits, places) == text


@pytest.mark.parametrize("text", ["5m XDR", "31 XAU", "5m DEM", "3m SUR", "3tn UZS"])
def test_listed_currencies_are_taken_also_withdrawn_ones(text: str) -> None:
    assert str(parse_listed_value(text)) == text


@settings(deadline=None)
@given(st.text(st.sampled_from("0123456789.,-–~+<> kmbnUSDtoyenJP$€¥"), max_size=20))
def test_what_is_shown_for_a_refused_value_is_a_value(text: str) -> None:
    try:
        parse_listed_value(text)
    except ValueError as refused:
        if found := re.search(r"; write '([^']*)'(?:, or another ISO 4217 code)?$", str(refused)):
            parse_listed_value(found[1])


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5 hundred USD", "500"),
        ("5 lakh INR", "500k"),
        ("5 lakhs INR", "500k"),
        ("5 crore INR", "50m"),
        ("5 crores INR", "50m"),
        ("50 万 JPY", "500k"),
        ("5 億 JPY", "500m"),
        ("5 亿 CNY", "500m"),
        ("5 兆 JPY", "5tn"),
    ],
)
def test_numbers_of_other_languages_are_understood(text: str, amount: str) -> None:
    with pytest.raises(ValueError, match=f"write '{amount} {text[-3:]}'"):
        parse_value(text)
