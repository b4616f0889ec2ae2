from __future__ import annotations

import webbrowser
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Kzus

AKORDA = "https://example.org/akorda"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a browser was asked to show."""
    asked: list[str] = []

    def show(url: str) -> bool:
        asked.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", show)
    return asked


@pytest.mark.parametrize("name", ["locomotives", "akorda-2025", "new-york-2025", "ktz", "КТЖ", "akor"])
def test_a_terminal_opens_the_first_source(kzus: Kzus, opened: list[str], name: str) -> None:
    done = kzus("open", name, width=80)

    assert (done.code, done.out, done.err) == (0, "", f"opened {AKORDA}\n")
    assert opened == [AKORDA]


def test_words_of_a_title_may_stand_unquoted(kzus: Kzus) -> None:
    assert kzus("open", "letter", "locomotives").err == kzus("open", "locomotive-letter").err
    assert kzus("open", "loan", "for", "locomotives").out == f"{AKORDA}\n"
    done = kzus("open", "ktz", "wabtec")
    assert (done.code, done.out, done.err) == (2, "", "kzus: 'ktz wabtec' is 2 entries; write one\n")


@pytest.mark.parametrize(("width", "options"), [(None, ()), (80, ("--print",)), (None, ("--print",))])
def test_else_its_address_is_printed(
    kzus: Kzus, opened: list[str], width: int | None, options: tuple[str, ...]
) -> None:
    done = kzus("open", "locomotives", *options, width=width)

    assert (done.code, done.out, done.err) == (0, f"{AKORDA}\n", "")
    assert opened == []


def test_a_source_that_is_nowhere_on_the_web_is_passed_over(kzus: Kzus) -> None:
    assert kzus("open", "trade").out == "https://example.org/wire?a=1\n"


@pytest.mark.parametrize("width", [None, 80])
def test_without_an_address_nothing_is_opened(kzus: Kzus, opened: list[str], width: int | None) -> None:
    done = kzus("open", "clinic", width=width)

    assert (done.code, done.out, opened) == (1, "", [])
    assert done.err == "kzus: no source of 'clinic' has a web address; 'kzus cite clinic' names them\n"


def test_without_a_browser_the_address_is_told(kzus: Kzus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    done = kzus("open", "loan", width=80)

    assert (done.code, done.out, done.err) == (1, "", f"kzus: no browser could be started; read it at {AKORDA}\n")


def test_an_unknown_id_fails(kzus: Kzus, opened: list[str]) -> None:
    done = kzus("open", "lone", width=80)

    assert (done.code, done.out, opened) == (1, "", [])
    assert done.err == "kzus: unknown id 'lone' (did you mean 'loan'?)\n"
