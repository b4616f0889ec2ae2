from __future__ import annotations

import json

import pytest

from kzus.values.text import brief, escaped, quoted, shortened, spread, unicode_escaped, visible

ODD = "a\tb\r\nc\x1b[1md\u2028e\\f"


def test_a_field_stays_one_line_that_says_what_it_holds() -> None:
    assert escaped(ODD) == r"a\tb\r\nc\u001b[1md\u2028e\\f"
    assert escaped("C:\\new") == r"C:\\new"


def test_a_terminal_gets_spaces_for_the_ends_of_lines() -> None:
    assert visible(ODD) == "a b c\\u001b[1md e\\f"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\r\nb\rc\n\nd", "a\nb\nc\n\nd"), ("a\tb", "a\tb"), ("a\x1b[1mb\u2028c\x85", "a\\u001b[1mb\\u2028c\\u0085")],
)
def test_text_over_several_lines_keeps_newlines_and_tabs_alone(text: str, expected: str) -> None:
    assert spread(text) == expected


def test_escaped_json_is_the_same_json() -> None:
    text = json.dumps({"a": "b\x9b\u202e\ufeff—"}, ensure_ascii=False, indent=1)
    assert unicode_escaped(text) == '{\n "a": "b\\u009b\\u202e\\ufeff—"\n}'
    assert json.loads(unicode_escaped(text)) == json.loads(text)


def test_a_message_keeps_its_ends() -> None:
    assert brief("x" * 600) == "x" * 600
    assert brief("a" * 301 + "b" * 300) == f"{'a' * 300} … {'b' * 300}"
    assert quoted("a" * 301 + "b" * 300) == f"'{'a' * 300} … {'b' * 300}'"


@pytest.mark.parametrize(("longest", "expected"), [(9, "one three"), (8, "one thr…"), (5, "one…"), (1, "…"), (0, "…")])
def test_shortened_text_ends_with_an_ellipsis(longest: int, expected: str) -> None:
    assert shortened("one three", longest) == expected
