from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from kzus.counting.rules import adding
from kzus.facts.check import load
from kzus.facts.lint.rules import lint
from kzus.facts.template import new_fact_file
from kzus.facts.vocabulary import SINGULAR
from kzus.values.codes import names

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Kzus


def test_a_new_file_is_sound_and_strictly_so(kzus: Kzus, tmp_path: Path) -> None:
    target = tmp_path / "own.yaml"
    made = kzus("new", str(target), "--sides", "UZ,JP", facts=None)
    assert (made.code, made.out, made.err) == (0, "", "")
    checked = kzus("check", "--strict", str(target))
    assert (checked.code, checked.err) == (0, "")
    assert "sides: {uzbekistan: [UZ], japan: [JP]}" in target.read_text("utf-8")


def test_a_person_is_told_what_to_do_next(kzus: Kzus, tmp_path: Path) -> None:
    target = tmp_path / "own.yaml"
    assert kzus("new", str(target), width=200).err == (
        f"wrote {target}; put your own entries in place of its examples, then: kzus check {target}\n"
    )


def test_a_dash_is_standard_output(kzus: Kzus) -> None:
    done = kzus("new", "-")
    assert (done.code, done.err) == (0, "")
    assert load(done.out.encode(), "own.yaml").get("sides") == {"kazakhstan": ["KZ"], "united-states": ["US"]}


def test_a_file_that_exists_is_replaced_only_by_force(kzus: Kzus, tmp_path: Path) -> None:
    target = tmp_path / "own.yaml"
    target.write_text("mine")
    done = kzus("new", str(target))
    assert (done.code, done.out) == (1, "")
    assert done.err == f"kzus: '{target}' exists; name another, or replace it with --force\n"
    assert target.read_text() == "mine"
    assert kzus("new", str(target), "--force").code == 0
    assert target.read_text("utf-8").startswith("# A fact file of kzus")


@pytest.mark.parametrize(
    ("sides", "complaint"),
    [
        ("UK,US", "'UK' is not an ISO 3166-1 country code; write GB for United Kingdom"),
        ("KZ", "'KZ' doesn't name two countries; write two ISO 3166-1 codes, as in KZ,US"),
        ("KZ,KZ", "'KZ,KZ' doesn't name two countries; write two ISO 3166-1 codes, as in KZ,US"),
        ("", "'' doesn't name two countries; write two ISO 3166-1 codes, as in KZ,US"),
    ],
)
def test_sides_are_two_countries(kzus: Kzus, sides: str, complaint: str) -> None:
    done = kzus("new", "-", "--sides", sides)
    assert (done.code, done.out, done.err) == (2, "", f"kzus: --sides: {complaint}\n")


def test_it_is_sound_for_every_country_on_any_day() -> None:
    days = ("2026-01-01", "2026-12-31", "2028-02-29", "2026-11-25")
    for at, (home, other) in enumerate(pairwise(sorted(names("country")))):
        text = new_fact_file(f"{home},{other}", days[at % len(days)])
        facts = load(text.encode(), "own.yaml")
        assert list(lint(facts, adding(facts["deals"]))) == [], (home, other)


def test_it_has_one_of_everything_and_fits_a_wide_screen() -> None:
    text = new_fact_file("KZ,US", str(date(2026, 11, 25)))
    assert set(SINGULAR) <= set(load(text.encode(), "own.yaml"))
    keys = set(re.findall(r"(\w+): ", text))
    assert {"values", "quantities", "updates", "part_of", "finances", "members", "observations"} <= keys
    assert max(map(len, text.splitlines())) <= 120


def test_its_dates_follow_the_day() -> None:
    text = new_fact_file("KZ,US", "2026-01-01")
    assert "date: 2025-12-31/2026-01-01 " in text
    assert "{period: 2025, value: 1.2bn," in text
    assert "period: 2026/2029 " in text
