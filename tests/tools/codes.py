"""Write kzus/values/codes.tsv anew, with Babel installed: `python tests/tools/codes.py > kzus/values/codes.tsv`."""

import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

NOT_IN_ISO_3166 = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split())
NO_CURRENCY = frozenset("CNH XTS XXX".split())
"""The yuan as traded abroad, which ISO 4217 doesn't have, the code for tests, and the one for no currency."""


def lines() -> Iterator[str]:
    babel: Any = import_module("babel")
    cldr = import_module("babel.core").get_cldr_version()
    english = babel.Locale("en")
    yield "# ISO 639-1 languages, ISO 3166-1 countries, ISO 4217 currencies (also withdrawn) and their English names.\n"
    yield f"# Source: Unicode CLDR {cldr}, by way of Babel {babel.__version__}; Unicode License v3, (c) Unicode, Inc.\n"
    yield "# Written by tests/tools/codes.py on 2026-11-25.\n"
    for kind, names, length, left_out in (
        ("language", english.languages, 2, frozenset[str]()),
        ("country", english.territories, 2, NOT_IN_ISO_3166),
        ("currency", english.currencies, 3, NO_CURRENCY),
    ):
        codes = (code for code in sorted(names) if len(code) == length and code.isalpha() and code not in left_out)
        yield from (f"{kind}\t{code}\t{names[code]}\n" for code in codes)


sys.stdout.writelines(lines())
