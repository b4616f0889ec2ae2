from __future__ import annotations

import pytest

from kzus.values.codes import meant_code, names, refuse


def test_the_list_has_what_is_listed_and_what_was_withdrawn() -> None:
    assert (len(names("language")), len(names("country")), len(names("currency"))) == (184, 249, 304)
    assert {"USD", "XDR", "XAU", "DEM", "SUR", "ZWG"} <= set(names("currency"))
    assert names("currency").keys().isdisjoint(("XXX", "XTS", "CNH"))


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("language", "jp", "ja"), ("language", "kz", "kk"), ("language", "eng", "en"), ("language", "Japanese", "ja"),
        ("language", "EN", "en"), ("language", "uzbek", "uz"), ("language", "xx", None),
        ("country", "UK", "GB"), ("country", "kz", "KZ"), ("country", "Uzbekistan", "UZ"), ("country", "USA", "US"),
        ("country", "Türkiye", "TR"), ("country", "KX", None),
        ("currency", "£", "GBP"), ("currency", "US$", "USD"), ("currency", "yen", "JPY"), ("currency", "Tenge", "KZT"),
        ("currency", "dollars", "USD"), ("currency", "usd", "USD"), ("currency", "sums", "UZS"),
        ("currency", "U.S. dollars", "USD"), ("currency", "baht", "THB"), ("currency", "XYZ", None),
    ],
)  # fmt: skip
def test_a_code_is_meant_by_another_list_a_sign_or_a_name(kind: str, text: str, code: str | None) -> None:
    assert meant_code(kind, text) == code


def test_a_refusal_names_the_standard_and_the_code() -> None:
    assert refuse("language", "jp") == "'jp' is not an ISO 639-1 language code; write ja for Japanese"
    assert refuse("country", "KX") == "'KX' is not an ISO 3166-1 country code; write one, such as KZ"
