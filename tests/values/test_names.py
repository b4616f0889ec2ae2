from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzus.values.names import composed, fold, matching


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Letter of Intent", "letter of intent"),
        ("letter-of-intent", "letter of intent"),
        ("LETTER_OF_INTENT", "letter of intent"),
        ("  letter \t of\n intent ", "letter of intent"),
        ("Samruk-Kazyna", "samruk kazyna"),
        ("КТЖ", "ктж"),
        ("Қазақстан Темір Жолы", "қазақстан темір жолы"),
        ("Straße", "strasse"),
        ("air--travel", "air travel"),
        ("-", ""),
        ("", ""),
    ],
)
def test_case_space_and_hyphens_do_not_matter(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [("rail", "rails"), ("ktz", "ктз"), ("air travel", "airtravel"), ("u.s.", "us")],
    ids=["letter", "alphabet", "space", "dot"],
)
def test_other_spellings_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_folding_twice_changes_nothing_more(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize("name", ["Жайық", "Şimkent", "Société Générale"])
def test_a_letter_is_the_same_however_its_accent_is_encoded(name: str) -> None:
    assert fold(unicodedata.normalize("NFD", name)) == fold(unicodedata.normalize("NFC", name))


def test_composing_leaves_everything_but_accents_alone() -> None:
    assert composed("Жайык Straße № ½") == "Жайык Straße № ½"
    assert composed(unicodedata.normalize("NFD", "йод É")) == "йод É"


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("boeing", '"boeing"*'),
        ("critical  min", '"critical"* "min"*'),
        ("787-9", '"787-9"*'),
        ('"a" OR b*', '"a"* "OR"* "b*"*'),
        ("a\0b", '"a"* "b"*'),
        ("\ud800", '"?"*'),
        ("", '""'),
        (' " ', '""'),
    ],
)
def test_nothing_that_is_typed_is_syntax_of_a_search(text: str, query: str) -> None:
    assert matching(text) == query
