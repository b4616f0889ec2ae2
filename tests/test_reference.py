"""What is made of the help is that of today, and sound."""

from __future__ import annotations

import shutil
import subprocess

import pytest
import reference

from kzus.completion.grammar import FILE as GRAMMAR

STALE = f"is stale: run '{reference.COMMAND}' and commit what it writes"


def test_the_readmes_reference_is_that_of_the_help() -> None:
    text = reference.README.read_text("utf-8")

    assert text.count(reference.BEGIN) == text.count(reference.END) == 1
    assert text == reference.readme(text), f"the reference in README.md {STALE}"


def test_the_man_page_is_that_of_the_help() -> None:
    assert reference.MAN.read_text("utf-8") == reference.man(), f"kzus/man/kzus.1 {STALE}"


def test_completion_knows_the_commands_of_today() -> None:
    assert GRAMMAR.read_text("utf-8") == reference.grammar(), f"kzus/completion/grammar.json {STALE}"


@pytest.mark.skipif(not shutil.which("groff"), reason="groff isn't installed")
def test_the_man_page_is_sound_and_says_what_the_help_says() -> None:
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-rLL=200n", "-rHY=0", "-P-cbou", str(reference.MAN)],
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip

    assert done.stderr == ""
    shown = " ".join(done.stdout.split())
    for _, under in reference.pages():
        for page in under:
            for text in (page.sentence, *page.paragraphs, *page.examples):
                assert " ".join(text.split()) in shown


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a-b", r"a\-b"),
        (r"\t", r"\et"),
        (".so /etc/passwd", r"\&.so /etc/passwd"),
        ("'quoted' `x` ^~", r"\(aqquoted\(aq \(gax\(ga \(ha\(ti"),
        ("КТЖ", r"\[u041A]\[u0422]\[u0416]"),
    ],
)
def test_text_stays_what_it_is_in_roff(text: str, written: str) -> None:
    assert reference.roff(text) == written


def test_text_stays_what_it_is_in_a_table_of_markdown() -> None:
    assert reference.cell("a|b <c>") == r"a\|b &lt;c>"
