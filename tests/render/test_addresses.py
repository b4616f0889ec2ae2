"""Addresses on pages: whole on one line, so that a terminal wraps them and they can be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Kzus

SHORT = "https://example.org/short"
LONG = f"https://example.org/{'a-long-path/' * 8}%D2%9B"
FACTS = f"""\
format: 2
title: T
as_of: 2026-06-30
sides: {{kazakh: [KZ], american: [US]}}
sectors: {{rail: {{label: Rail}}}}
sources:
  one: {{title: First, publisher: P, kind: news, published: 2026-01-01, url: {SHORT}}}
  two: {{title: {"A title that takes two lines on any screen that isn't very wide " * 2}, publisher: P, kind: news,
    published: 2026-01-02, url: "{LONG}", archive: "{LONG}?archive"}}
  three: {{title: Third, publisher: P, kind: news, published: 2026-01-03, url: {SHORT}/3}}
parties:
  ktz: {{name: KTZ, country: KZ, kind: company}}
deals:
  deal:
    {{title: A deal, instrument: contract, flow: trade, stage: pledge, date: 2025, date_kind: signed, sector: rail,
    parties: ktz, sources: [one, two, three]}}
"""


@pytest.fixture
def facts(fact_file: Callable[[str], Path]) -> Path:
    return fact_file(FACTS)


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_a_long_address_has_a_line_of_its_own(kzus: Kzus, facts: Path, width: int) -> None:
    lines = kzus("show", "deal", width=width, facts=facts).out.splitlines()

    assert [line.split()[-1] for line in lines if "https" in line] == [SHORT, LONG, f"{SHORT}/3"]
    assert all(cell_len(line) <= width for line in lines if LONG not in line)
    assert [line.lstrip() for line in lines if LONG in line] == [LONG]
    assert len({len(line) - len(line.lstrip()) for line in lines if "https" in line}) == 1


def test_sources_stay_apart_and_in_their_columns(kzus: Kzus, facts: Path) -> None:
    out = kzus("show", "deal", width=80, facts=facts).out.partition("SOURCES\n")[2]

    assert out.replace(LONG, "LONG") == (
        "  [1]  P: First                                                       2026-01-01\n"
        f"       one · {SHORT}\n\n"
        "  [2]  P: A title that takes two lines on any screen that isn't very  2026-01-02\n"
        "       wide A title that takes two lines on any screen that isn't\n"
        "       very wide\n"
        "       two\n"
        "       LONG\n\n"
        "  [3]  P: Third                                                       2026-01-03\n"
        f"       three · {SHORT}/3\n"
    )


def test_a_long_address_of_a_source_stands_whole_behind_its_name(kzus: Kzus, facts: Path) -> None:
    lines = kzus("show", "two", width=80, facts=facts).out.splitlines()

    assert f"url        {LONG}" in lines
    assert f"archive    {LONG}?archive" in lines
    assert "publisher  P" in lines
    coloured = kzus("show", "two", width=80, facts=facts, has_colour=True).out
    assert f";{LONG}\x1b\\{LONG}\x1b]8;;" in coloured.replace("\x1b[0m", "")
