"""ISO codes of languages, countries and currencies, and the code that somebody most likely means.

The list, codes.tsv, is read when a fact file is checked, and never for a query.
"""

from __future__ import annotations

import re
from functools import cache

from kzus.values.names import fold
from kzus.values.packaged import read_packaged

STANDARDS = {"language": "ISO 639-1 language code", "country": "ISO 3166-1 country code", "currency": "ISO 4217 code"}
"""The kinds of codes, as messages name them."""
_EXAMPLE_CODES = {"language": "en", "country": "KZ", "currency": "USD"}
_CURRENCY_WORDS = {
    "$": "USD", "us$": "USD", "u.s.$": "USD", "usd$": "USD", "a$": "AUD", "c$": "CAD", "ca$": "CAD", "hk$": "HKD",
    "nz$": "NZD", "s$": "SGD", "r$": "BRL", "€": "EUR", "£": "GBP", "¥": "JPY", "jp¥": "JPY", "cn¥": "CNY", "₸": "KZT",
    "₽": "RUB", "₹": "INR", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₾": "GEL", "₼": "AZN", "֏": "AMD", "₫": "VND",
    "₪": "ILS", "₱": "PHP", "฿": "THB", "₮": "MNT",
    "dollar": "USD", "us dollar": "USD", "u.s. dollar": "USD", "american dollar": "USD", "euro": "EUR",
    "pound": "GBP", "sterling": "GBP", "pound sterling": "GBP", "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY",
    "rouble": "RUB", "ruble": "RUB", "rur": "RUB", "franc": "CHF", "swiss franc": "CHF", "rupee": "INR", "won": "KRW",
    "dirham": "AED", "riyal": "SAR", "lira": "TRY", "krona": "SEK", "krone": "NOK", "soum": "UZS", "sum": "UZS",
    "som": "KGS", "real": "BRL", "reais": "BRL", "sdr": "XDR", "uk": "GBP", "dram": "AMD",
    "dinar": "KWD", "peso": "MXN", "rand": "ZAR", "tugrik": "MNT", "rupiah": "IDR",
    "円": "JPY", "元": "CNY", "人民币": "CNY", "ドル": "USD", "米ドル": "USD", "доллар": "USD", "долларов": "USD",
    "долл": "USD", "долл. сша": "USD", "долларов сша": "USD", "евро": "EUR", "тенге": "KZT", "рублей": "RUB",
    "руб": "RUB", "иен": "JPY", "сум": "UZS", "сўм": "UZS", "юаней": "CNY",
}  # fmt: skip
"""Signs and names of currencies, where the list doesn't have them or has several of the name."""
_COUNTRY_WORDS = {
    "uk": "GB", "usa": "US", "u.s.": "US", "u.s.a.": "US", "america": "US", "united states of america": "US",
    "en": "GB", "england": "GB", "britain": "GB", "great britain": "GB", "korea": "KR", "uae": "AE", "turkey": "TR",
    "prc": "CN",
    "kaz": "KZ", "jpn": "JP", "gbr": "GB", "deu": "DE", "chn": "CN", "rus": "RU", "uzb": "UZ", "fra": "FR",
    "jap": "JP", "ger": "DE", "el": "GR", "ja": "JP", "kk": "KZ",
}  # fmt: skip
_LANGUAGE_WORDS = {
    "jp": "ja", "kz": "kk", "cn": "zh", "gr": "el", "ua": "uk", "us": "en", "gb": "en", "dk": "da", "cz": "cs",
    "kg": "ky", "tj": "tg", "am": "hy", "ge": "ka", "by": "be", "in": "hi", "ir": "fa", "il": "he", "iw": "he",
    "vn": "vi", "my": "ms", "rs": "sr", "al": "sq", "ee": "et", "eng": "en", "rus": "ru", "kaz": "kk", "jpn": "ja",
    "uzb": "uz", "zho": "zh", "chi": "zh", "ger": "de", "deu": "de", "fra": "fr", "fre": "fr", "spa": "es",
    "mandarin": "zh", "farsi": "fa", "at": "de", "ch": "de", "br": "pt", "mx": "es",
}  # fmt: skip
"""What people write for a language: the code of a country where it is spoken, or of ISO 639-2."""
_METALS = frozenset(("XAG", "XAU", "XPD", "XPT"))
"""Codes of currencies by whose names people mean a thing, as in tonnes of gold."""
_WORDS_BY_KIND = {"currency": _CURRENCY_WORDS, "country": _COUNTRY_WORDS, "language": _LANGUAGE_WORDS}


@cache
def names(kind: str) -> dict[str, str]:
    """Return the English name of every code of a kind: `language`, `country` or `currency`."""
    text = read_packaged("values", "codes.tsv")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {code: name for found, code, name in rows if found == kind}


def meant_code(kind: str, text: str) -> str | None:
    """Return the code that somebody most likely means by a code of another list, a sign or a name; None if unclear."""
    known, word = names(kind), " ".join(text.casefold().split())
    # Most often only the case is wrong: 'kz' for KZ, 'EN' for en.
    for spelled in (text.upper(), text.lower()):
        if spelled in known and spelled != text:
            return spelled
    code = _WORDS_BY_KIND[kind].get(word) or _WORDS_BY_KIND[kind].get(word.removesuffix("s"))
    return code if code in known else _code_by_name(kind, word)


def _code_by_name(kind: str, word: str) -> str | None:
    """Find the one code whose name is the word, or has it; of currencies only those that weren't withdrawn."""
    # People write plurals, such as 'forints'.
    words = {fold(word), fold(word.removesuffix("s"))}
    # Only withdrawn currencies have years in their names: Afghan Afghani (1927–2002).
    found = {
        code: fold(name) for code, name in names(kind).items() if code not in _METALS and not re.search("[0-9]", name)
    }
    whole = [code for code, name in found.items() if name in words]
    within = whole or [code for code, name in found.items() if words & set(name.split())]
    return within[0] if len(within) == 1 else None


def refuse(kind: str, text: str) -> str:
    """Say that a text is no code of its kind, and which one is meant, if that is clear."""
    code = meant_code(kind, text)
    advice = f"write {code} for {names(kind)[code]}" if code else f"write one, such as {_EXAMPLE_CODES[kind]}"
    return f"'{text}' is not an {STANDARDS[kind]}; {advice}"
