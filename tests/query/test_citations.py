from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzus.query.citations import Citation, bibtex, csl, text
from kzus.values import codes

PAGE = Citation("page-2025", "A page", "Akorda", "official", "2025-09-22", "https://example.org/a", "en")
COMMANDS = {
    r"\textbackslash": "\\",
    r"\textbraceleft": "{",
    r"\textbraceright": "}",
    r"\textasciicircum": "^",
    r"\textasciitilde": "~",
}


def without_tex(field: str) -> str:
    """Read what TeX would typeset."""
    field = re.sub(r"(\\[a-z]+)\{\}", lambda found: COMMANDS[found[1]] if found[1] in COMMANDS else found[0], field)
    return re.sub(r"\\([$&#%_])", r"\1", field)


def test_text_is_publisher_title_date_and_address() -> None:
    assert text(PAGE) == "Akorda, “A page”, 2025-09-22, https://example.org/a"


@pytest.mark.parametrize(("published", "shown"), [("2025-11", "2025-11"), ("2025", "2025"), (None, "n.d.")])
def test_text_dates_as_precisely_as_is_known(published: str | None, shown: str) -> None:
    assert text(PAGE._replace(published=published, url=None)) == f"Akorda, “A page”, {shown}"


@pytest.mark.parametrize(
    ("language", "end"),
    [
        ("en", ""),
        (None, ""),
        ("ru", ", in Russian"),
        ("kk", ", in Kazakh"),
        ("bg", ", in Bulgarian"),
        ("xx", ", in xx"),
    ],
)
def test_text_names_the_language_unless_it_is_english(language: str | None, end: str) -> None:
    assert text(PAGE._replace(language=language, url=None)) == f"Akorda, “A page”, 2025-09-22{end}"


def test_text_is_one_line_whatever_the_title_holds() -> None:
    assert text(PAGE._replace(title="A\npage\x1b[31m", url=None)) == "Akorda, “A page\\u001b[31m”, 2025-09-22"


def test_text_ends_with_when_it_was_read_and_the_note() -> None:
    assert text(PAGE._replace(url=None, retrieved="2026-01-02", note="as in kzus")) == (
        "Akorda, “A page”, 2025-09-22, accessed 2026-01-02, as in kzus"
    )


def test_bibtex_and_csl_have_when_it_was_read_and_the_note() -> None:
    page = PAGE._replace(retrieved="2026-01-02", note="as in kzus")

    assert "  urldate = {2026-01-02},\n  note = {as in kzus},\n}" in bibtex(page)
    assert csl(page)["accessed"] == {"date-parts": [[2026, 1, 2]]}
    assert csl(page)["note"] == "as in kzus"


def test_what_is_nowhere_on_the_web_has_no_date_of_access_in_bibtex() -> None:
    assert "urldate" not in bibtex(PAGE._replace(url=None, retrieved="2026-01-02"))


def test_bibtex_has_an_entry_for_a_page_on_the_web() -> None:
    assert bibtex(PAGE._replace(published="2025-11", language="ru")) == (
        "@online{page-2025,\n"
        "  organization = {{Akorda}},\n"
        "  title = {{A page}},\n"
        "  date = {2025-11},\n"
        "  url = {https://example.org/a},\n"
        "  language = {russian},\n"
        "}"
    )


def test_bibtex_has_another_for_what_is_nowhere_on_the_web() -> None:
    assert bibtex(PAGE._replace(published=None, url=None)) == (
        "@misc{page-2025,\n  organization = {{Akorda}},\n  title = {{A page}},\n}"
    )


@pytest.mark.parametrize(
    ("title", "escaped"),
    [
        ("R&D at 5% for $1_000 #1", r"R\&D at 5\% for \$1\_000 \#1"),
        ("a~b^c", r"a\textasciitilde{}b\textasciicircum{}c"),
        (r"{curly} \ back", r"\textbraceleft{}curly\textbraceright{} \textbackslash{} back"),
        ("Қазақстан “1”", "Қазақстан “1”"),
    ],
)
def test_bibtex_escapes_what_tex_would_obey(title: str, escaped: str) -> None:
    assert f"  title = {{{{{escaped}}}}},\n" in bibtex(PAGE._replace(title=title))


def test_bibtex_leaves_nothing_in_an_address_that_turns_text_around() -> None:
    assert "  url = {https://example.org/ә%E2%80%AE}," in bibtex(PAGE._replace(url="https://example.org/ә\u202e"))


def test_bibtex_leaves_an_address_as_it_is_but_for_braces() -> None:
    url = r"https://example.org/a_b?c=%20&d={e}\f#g~h"

    assert r"  url = {https://example.org/a_b?c=%20&d=%7Be%7D%5Cf#g~h}," in bibtex(PAGE._replace(url=url))


@settings(deadline=None)
@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"], exclude_characters="\ufffe\uffff"),
        min_size=1,
    )
)
def test_no_title_breaks_a_bibtex_entry(title: str) -> None:
    entry = bibtex(PAGE._replace(title=title))
    (line,) = [line for line in entry.split("\n") if line.startswith("  title = ")]

    assert entry.count("{") == entry.count("}")
    assert without_tex(line.removeprefix("  title = {{").removesuffix("}},")) == title


@pytest.mark.parametrize(
    ("published", "parts"), [("2025-09-02", [2025, 9, 2]), ("2025-11", [2025, 11]), ("2025", [2025])]
)
def test_csl_dates_have_the_parts_that_are_known(published: str, parts: list[int]) -> None:
    assert csl(PAGE._replace(published=published))["issued"] == {"date-parts": [parts]}


def test_csl_leaves_out_what_is_unknown() -> None:
    assert csl(PAGE._replace(published=None, url=None, language=None)) == {
        "id": "page-2025",
        "type": "document",
        "title": "A page",
        "publisher": "Akorda",
    }


@pytest.mark.parametrize(
    ("kind", "type_", "by"),
    [
        ("official", "webpage", "publisher"),
        ("company", "webpage", "publisher"),
        ("analysis", "webpage", "publisher"),
        ("news", "article-newspaper", "container-title"),
        ("dataset", "dataset", "publisher"),
        ("filing", "report", "publisher"),
        ("academic", "article", "publisher"),
    ],
)
def test_csl_tells_kinds_of_sources_apart(kind: str, type_: str, by: str) -> None:
    item = csl(PAGE._replace(kind=kind))

    assert (item["type"], item[by]) == (type_, "Akorda")


def test_every_language_of_the_shipped_facts_has_a_name() -> None:
    from kzus.facts.check import load
    from conftest import ROOT  # isort: skip

    facts = load((ROOT / "facts.yaml").read_bytes(), "facts.yaml")
    used = {source.get("language", "en") for source in facts["sources"].values()}

    assert used - {"en"} <= set(codes.names("language"))
