from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzus.values.names import composed, fold, sort_key


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Letter of Intent", "letter of intent"),
        ("letter-of-intent", "letter of intent"),
        ("LETTER_OF_INTENT", "letter of intent"),
        ("  letter \t of\n intent ", "letter of intent"),
        ("Samruk-Kazyna", "samruk kazyna"),
        ("КТЖ", "ктж"),
        ("Қазақстан Темір Жолы", "казакстан темир жолы"),
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


def test_an_accent_on_nothing_stays() -> None:
    assert fold("\u0301 a") == "\u0301 a"


@pytest.mark.parametrize("name", ["Жайық", "Şimkent", "Société Générale"])
def test_a_letter_is_the_same_however_its_accent_is_encoded(name: str) -> None:
    assert fold(unicodedata.normalize("NFD", name)) == fold(unicodedata.normalize("NFC", name))


def test_composing_leaves_everything_but_accents_alone() -> None:
    assert composed("Жайык Straße № ½") == "Жайык Straße № ½"
    assert composed(unicodedata.normalize("NFD", "йод É")) == "йод É"


@pytest.mark.parametrize(
    "spelling",
    ["O'zbekiston", "Oʻzbekiston", "Oʼzbekiston", "O’zbekiston", "O‘zbekiston", "O`zbekiston", "O´zbekiston",
     "O＇ZBEKISTON", "o\u00adzbekiston", "O\u200bzbekiston"],
)  # fmt: skip
def test_apostrophes_and_what_nobody_sees_do_not_matter(spelling: str) -> None:
    assert fold(spelling) == "ozbekiston"


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Société Générale", "societe generale"),
        ("Qazaqstan Tuñğysh Şymkent Ñur", "qazaqstan tungysh symkent nur"),
        ("Әуе Ғарыш Ңұр Өріс Үлгі Һаваи Ілияс", "ауе гарыш нур орис улги хаваи илияс"),
        ("Ёлка", "елка"),
        ("Жайык йод", "жайык йод"),
        ("ﬁnance Æther œuvre", "finance aether oeuvre"),
        ("787–9 787—9 787‑9", "787 9 787 9 787 9"),
        ("ǅ", "dz"),
    ],
)
def test_accents_ligatures_dashes_and_letters_that_keyboards_lack_do_not_matter(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_names_are_sorted_as_people_sort_them() -> None:
    names = ["Zebra", "éclair", "ABN", "abacus", "Қазақ", "Eton", "Жол", "кран", None, 7]

    assert sorted((name for name in names if isinstance(name, str)), key=lambda name: str(sort_key(name))) == [
        "abacus", "ABN", "éclair", "Eton", "Zebra", "Жол", "Қазақ", "кран",
    ]  # fmt: skip
    assert [sort_key(name) for name in (None, 7)] == [None, 7]
