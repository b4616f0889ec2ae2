from __future__ import annotations

import pytest

from kzus.facts.check import load
from kzus.facts.lint.rules import lint

FILE = """\
format: 2
title: T
as_of: 2026-06-30
sectors: {rail: {label: Rail}}
sources: {page: {title: Page, publisher: P, kind: news}}
events: {visit: {title: "%s", date: 2025, sector: rail, sources: page}}
"""


@pytest.mark.parametrize(
    "text",
    ["👨\u200d👩\u200d👧", "❤️\u200d🔥", "क्\u200dष", "می\u200cخواهم", "🏴\U000e0067\U000e0062\U000e007f"],
    ids=["family", "heart", "Devanagari", "Persian", "flag"],
)
def test_a_joiner_may_stand_where_a_script_or_an_emoji_needs_it(text: str) -> None:
    assert lint(load((FILE % text).encode(), "own.yaml"), ()) == []


@pytest.mark.parametrize("text", ["Wab\u200dtec", "Қаз\u200cақ", "\u200dA", "A \u200d", "A\U000e0067", "a\u200bb"])
def test_elsewhere_nobody_sees_it(text: str) -> None:
    (found,) = lint(load((FILE % text).encode(), "own.yaml"), ())
    assert found.rule == "invisible-character"
