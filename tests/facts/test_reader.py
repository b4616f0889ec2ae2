from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from kzus.errors import Problem
from kzus.facts.reader import MAX_DEPTH, Mark, Path, Tree, print_path, read
from kzus.facts.yaml_errors import in_quotes

needs_libyaml = pytest.mark.skipif(not yaml.__with_libyaml__, reason="these are the words of libyaml")


def found(data: bytes) -> list[str]:
    return [str(problem) for problem in read(data).problems]


def test_scalars_stay_text() -> None:
    data = (
        b"country: NO\ncount: 1_000\nmonth: 2025-11\ntime: 12:30:45\nnull: ~\nflag: yes\n"
        b"octal: 0o17\nday: 2025-11-24\nfloat: 1.50\nhex: 0x1F\nnothing:\nquoted: '1'\nlist: [1, true, .inf]\n1: 2\n"
    )
    assert read(data) == Tree(
        {
            "country": "NO",
            "count": "1_000",
            "month": "2025-11",
            "time": "12:30:45",
            "null": "",
            "flag": "yes",
            "octal": "0o17",
            "day": "2025-11-24",
            "float": "1.50",
            "hex": "0x1F",
            "nothing": "",
            "quoted": "1",
            "list": ["1", "true", ".inf"],
            "1": "2",
        },
        [],
        {},
        {},
    )


@pytest.mark.parametrize(
    ("data", "root"),
    [
        (b"%YAML 1.1\n---\na: 1\n...\n", {"a": "1"}),
        (b"a: >\n  b\n  c\n", {"a": "b c\n"}),
        (b"a: |-\n  b\n  c\n", {"a": "b\nc"}),
        (b"{a: [], b: {}}", {"a": [], "b": {}}),
        ("ключ: «значение» 😀\n".encode(), {"ключ": "«значение» 😀"}),
        (b"a: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}),
    ],
    ids=["directive", "folded", "literal", "empty", "unicode", "crlf"],
)
def test_sound_yaml_is_read_without_a_problem(data: bytes, root: dict[str, Any]) -> None:
    tree = read(data)
    assert tree.problems == []
    assert tree.root == root


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"a: 1\nb:\n  c: 1\n  c: 2\n", "4:3: b.c: the key 'c' stands twice"),
        (b"{\xc3\xa9: 1, \xc3\xa9: 2}\n", "1:8: é: the key 'é' stands twice"),
        ("😀: 1\nb: {😀: 1, 😀: 2}\n".encode(), "2:11: b.😀: the key '😀' stands twice"),
        (b"a: 1\r\na: 2\r\n", "2:1: a: the key 'a' stands twice"),
        (
            b"a: !!int 1\n",
            "1:4: a: 'tag:yaml.org,2002:int' is a tag to YAML; put a text in quotes, or take the tag out",
        ),
        (b"a:\n  - !x {b: 1}\n", "2:5: a[0]: '!x' is a tag to YAML; put a text in quotes, or take the tag out"),
        (b"!x a: 1\n", "1:1: '!x' is a tag to YAML; put a text in quotes, or take the tag out"),
        (b"a: &x 1\n", "1:4: a: '&x' is an anchor to YAML; put a text in quotes, or write the data out"),
        (b"a: [&x {b: 1}]\n", "1:5: a[0]: '&x' is an anchor to YAML; put a text in quotes, or write the data out"),
        (b"a: *x\n", "1:4: a: '*x' is an alias to YAML; put a text in quotes, or write the data out"),
        (b"a:\n  <<: *x\n", "2:7: a.<<: '*x' is an alias to YAML; put a text in quotes, or write the data out"),
        (b"*x : 1\n", "1:1: '*x' is an alias to YAML; put a text in quotes, or write the data out"),
        (b"a: 1\n---\nb: 2\n", "2:1: starts a second document; a fact file is one document"),
        (b"a: 1\n? [x, y]\n: 1\n", "2:3: has a key that isn't text"),
        (b"b:\n  ? {x: y}\n  : 1\n", "2:5: b: has a key that isn't text"),
    ],
)
def test_what_a_fact_file_may_not_use_is_told_with_its_place(data: bytes, problem: str) -> None:
    tree = read(data)
    assert [str(each) for each in tree.problems] == [problem]
    assert isinstance(tree.root, dict), "the rest is still checked"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "1:1: is empty; a fact file starts with 'format: 2'"),
        (b"# nothing yet\n", "2:1: is empty; a fact file starts with 'format: 2'"),
        (b"---\n", "1:1: is not a mapping; a fact file starts with 'format: 2'"),
        (b"- a\n- b\n", "1:1: is not a mapping; a fact file starts with 'format: 2'"),
        (b"hello\n", "1:1: is not a mapping; a fact file starts with 'format: 2'"),
        (b"\xef\xbb\xbfa: 1\n", "1:1: starts with a byte order mark; save the file as UTF-8 without BOM"),
        (b"a: 1\nb: \xc3\xa9\xff\n", "2:5: byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"a: \xc3", "1:4: byte 0xc3 is not UTF-8; save the file as UTF-8"),
        (b"\xff\xfea\x00", "1:1: byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"a: 1\nb: x\x00y\n", "2:5: has the control character U+0000; take it out"),
        (b"a: \x1b[31m\n", "1:4: has the control character U+001B; take it out"),
        (b"a: \x7f\n", "1:4: has the control character U+007F; take it out"),
        ("a: x\ufeff\n".encode(), "1:5: has the control character U+FEFF; take it out"),
        ("a: x\ufffe\n".encode(), "1:5: has the control character U+FFFE; take it out"),
    ],
)
def test_nothing_is_read_from_a_file_that_is_no_fact_file(data: bytes, problem: str) -> None:
    tree = read(data)
    assert [str(each) for each in tree.problems] == [problem]
    assert tree.root is None


@needs_libyaml
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: [1, 2\nb: 3\n", "2:2: the [ in line 1 isn't closed; write ] behind its last item"),
        ("a: b: c\n", '1:4: this text must be in quotes; write a: "b: c"'),
        ("t: Talks: the second round # x\n", '1:4: this text must be in quotes; write t: "Talks: the second round"'),
        ("a: 'x\n", "2:1: the quote that opens in line 1 isn't closed; close it with the same sign"),
        ("a: 1\nb\n", "3:1: a key stands without a value; write 'key: text', or set a text that runs on further in"),
        ("a:\n\tb: 1\n", "2:1: is indented with a tab; write spaces"),
        ("a: @x\n", '1:4: this text must be in quotes; write a: "@x"'),
        ('a: The "big" deal: x\n', "1:4: this text must be in quotes; write a: 'The \"big\" deal: x'"),
        ('a: "The "big" deal"\n', "1:4: this text must be in quotes; write a: 'The \"big\" deal'"),
        ('a: "The "fund #2" deal"\n', "1:4: this text must be in quotes; write a: 'The \"fund #2\" deal'"),
        ("a: 'KTZ's \"big\" deal'\n", "1:4: this text must be in quotes; write a: 'KTZ''s \"big\" deal'"),
        ("a:\n  - KTZ: b: c\n", '2:10: this text must be in quotes; write KTZ: "b: c"'),
        ("x: {a: b: c, d: e}\n", '1:8: this text must be in quotes; write a: "b: c"'),
        (
            "x: [a: b: c]\n",
            "1:9: a text with one of the signs : , [ ] { } # must be in quotes within a list or mapping",
        ),
        ("a: !e!x 1\n", '1:4: this text must be in quotes; write a: "!e!x 1"'),
        ("a: 1\n]\n", "2:1: this isn't in line with the keys above it; give it their indentation"),
    ],
)
def test_a_slip_of_syntax_is_told_with_what_to_write(text: str, problem: str) -> None:
    tree = read(text.encode())
    assert [str(each) for each in tree.problems] == [problem]
    assert tree.root is None


@needs_libyaml
def test_a_text_is_put_in_quotes_in_a_line_of_at_most_1000_characters() -> None:
    line = f"a: @{'x' * 996}"
    assert found(f"{line}\n".encode())[0].startswith("1:4: this text must be in quotes; ")
    assert found(f"{line}x\n".encode()) == ["1:4: a text can't begin with this sign; put the text in quotes"]


@needs_libyaml
@example('"')
@example("'")
@given(st.text(st.sampled_from("Aa1 :#'\"[]{}&*!|>%@`-,?\\é"), min_size=1, max_size=20))
def test_a_text_in_quotes_is_read_as_itself(text: str) -> None:
    assume(text.strip() == text and (len(text) < 2 or text[0] != text[-1] or text[0] not in "\"'"))
    assert read(f"a: {in_quotes(text)}\n".encode()).root == {"a": text}


def test_a_text_loses_the_quotes_around_it_once() -> None:
    assert in_quotes("\"'x'\"") == "\"'x'\""
    assert in_quotes("'KTZ''s'") == '"KTZ\'s"'


def test_several_problems_are_told_at_once() -> None:
    assert found(b"a: &x 1\na: *x\nb: !y 2\n? [k]\n: 1\n---\nc: 3\n") == [
        "1:4: a: '&x' is an anchor to YAML; put a text in quotes, or write the data out",
        "2:1: a: the key 'a' stands twice",
        "2:4: a: '*x' is an alias to YAML; put a text in quotes, or write the data out",
        "3:4: b: '!y' is a tag to YAML; put a text in quotes, or take the tag out",
        "4:3: has a key that isn't text",
        "6:1: starts a second document; a fact file is one document",
    ]


def test_every_control_character_is_told() -> None:
    assert found(b"a: \x07\nb: \x08x\x0c\n") == [
        "1:4: has the control character U+0007; take it out",
        "2:4: has the control character U+0008; take it out",
        "2:6: has the control character U+000C; take it out",
    ]


def test_a_second_document_is_told_beside_a_first_that_is_no_mapping() -> None:
    assert found(b"- a\n---\nb: 1\n") == [
        "2:1: starts a second document; a fact file is one document",
        "1:1: is not a mapping; a fact file starts with 'format: 2'",
    ]


def test_nesting_of_32_is_allowed() -> None:
    tree = read(b"a: " + b"[" * 31 + b"]" * 31)
    node, depth = tree.root["a"], 1
    while isinstance(node, list):
        node, depth = (node[0] if node else None), depth + 1
    assert (tree.problems, depth, MAX_DEPTH) == ([], 32, 32)


@pytest.mark.parametrize(
    "data",
    [b"a: " + b"[" * 32 + b"]" * 32, b"a: " + b"[" * 31 + b"x" + b"]" * 31, b"a: " + b"[" * 900],
    ids=["33 levels", "a scalar at level 33", "900 levels, never closed"],
)
def test_nesting_beyond_32_stops_the_reading(data: bytes) -> None:
    place = 4 + 31
    assert read(data) == Tree(None, [Problem(1, place, "a" + "[0]" * 31, "is nested more than 32 deep")], {}, {})


def test_any_depth_is_one_problem_and_no_failure() -> None:
    (problem,) = read(b"a: " + b"[" * 100_000).problems  # libyaml gives up before kzus would
    assert problem.message == "is nested more than 32 deep"


def test_keys_and_nodes_are_marked_on_the_way_to_the_paths_that_are_asked_for() -> None:
    data = 'a: 1\nb:\n  - é: [x, y]\n    "d": {}\nc: 3\n'.encode()
    tree = read(data, marked=[("a",), ("b", 0, "é", 1), ("b", 0, "d"), ("nowhere",)])
    assert tree.root == {"a": "1", "b": [{"é": ["x", "y"], "d": {}}], "c": "3"}
    assert tree.keys == {
        ("a",): Mark(1, 1),
        ("b",): Mark(2, 1),
        ("b", 0, "é"): Mark(3, 5),
        ("b", 0, "d"): Mark(4, 5),
    }
    assert tree.nodes == {
        (): Mark(1, 1),
        ("a",): Mark(1, 4),
        ("b",): Mark(3, 3),
        ("b", 0): Mark(3, 5),
        ("b", 0, "é"): Mark(3, 8),
        ("b", 0, "é", 1): Mark(3, 12),
        ("b", 0, "d"): Mark(4, 10),
    }


def test_progress_is_told_at_every_entry() -> None:
    heard: list[tuple[str, int, int]] = []
    read(b"a:\n  b: {c: 1}\n  d: 2\ne: 3\n", on_progress=lambda *step: heard.append(step))
    assert heard == [("reading", 5, 27), ("reading", 17, 27)]


def test_marks_are_left_out_unless_asked_for() -> None:
    tree = read(b"a: {b: 1}\n")
    assert (tree.keys, tree.nodes) == ({}, {})


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("deals",), "deals"),
        (("deals", "x", "values", 0, "source"), "deals.x.values[0].source"),
        (("a", 0, 1), "a[0][1]"),
    ],
)
def test_a_path_is_printed_as_a_person_would_write_it(path: Path, text: str) -> None:
    assert print_path(path) == text


@settings(deadline=None)
@given(st.binary(max_size=40) | st.text("a:-[]{}&*!?|>'\"%@# \n\t,\u2028é", max_size=40).map(str.encode))
def test_any_bytes_give_a_mapping_or_a_problem(data: bytes) -> None:
    tree = read(data)
    assert isinstance(tree.root, dict) or tree.problems
