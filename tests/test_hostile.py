"""Fact files that mean harm, or only look like it: each ends in clear problems, in time and memory by its size."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kzus.counting.rules import adding
from kzus.errors import FactFileError
from kzus.facts.check import load
from kzus.facts.lint.rules import lint
from kzus.facts.reader import MAX_KEY, MAX_TEXT, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Kzus

ACCENTS = "\u0301\u0323"
"""Two marks in the order that Unicode has to turn round."""
FIXTURE = Path(__file__).with_name("facts.yaml").read_bytes()
HEAD = """\
format: 2
title: T
as_of: 2026-06-30
sectors:
  rail: {label: Rail}
sources:
  page: {title: Page, publisher: P, kind: news}
parties:
  ktz: {name: KTZ, country: KZ, kind: company}
"""
DEAL = """\
    title: D
    instrument: contract
    flow: trade
    stage: pledge
    date: 2025
    date_kind: signed
    sector: rail
    parties: [ktz]
    sources: [page]
"""
SECONDS = 20
"""What no file of these sizes takes on any machine, unless its time grows faster than it does."""


@pytest.fixture(params=["libyaml", "pure Python"])
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure Python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    elif not yaml.__with_libyaml__:
        pytest.skip("this PyYAML has no libyaml")


def check(text: str | bytes) -> list[str]:
    """Return all problems of a fact file, none if it is sound."""
    try:
        facts = load(text.encode() if isinstance(text, str) else text, "own.yaml")
        lint(facts, adding(facts.get("deals", {})))
    except FactFileError as refused:
        return str(refused).splitlines()
    return []


def deals(count: int, more: Callable[[int], str] = lambda _: "") -> str:
    return HEAD + "deals:\n" + "".join(f"  d{at}:\n{DEAL}{more(at)}" for at in range(count))


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 1\nb: !x%ED%A0%80 1\n", "2:"),
        ("a: 1\nb: !x%C0%80 1\n", "2:"),
        ("a: !<%ED%A0%80> 1\n", "1:"),
        ("%TAG ! x%ED%A0%80\n---\na: !b 1\n", ""),
        ('a: "\\U00110000"\n', "1:"),
        ('a: "\\Uffffffff"\n', "1:"),
    ],
)
def test_what_can_be_no_text_is_no_yaml(text: str, place: str) -> None:
    (problem,) = read(text.encode()).problems
    assert str(problem).startswith(place)
    assert problem.message.startswith(("is not YAML: ", "this text must be in quotes; "))


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize(
    ("escape", "code"),
    [("\\0", "0000"), ("\\e[31m", "001B"), ("\\x7f", "007F"), ("\\x9b", "009B"), ("\\ufeff", "FEFF")],
)
def test_an_escape_hides_no_control_character(escape: str, code: str) -> None:
    assert check(HEAD.replace("title: T", f'title: "A{escape}B"')) == [
        f"own.yaml:2:8: title: has the control character U+{code}; take it out"
    ]


@pytest.mark.usefixtures("_loader")
def test_half_a_surrogate_pair_is_refused() -> None:
    (problem,) = check(HEAD.replace("title: T", 'title: "A\\ud800B"'))
    assert problem.startswith("own.yaml:2:")


@pytest.mark.usefixtures("_loader")
def test_a_key_hides_no_control_character() -> None:
    assert read(b'a: 1\n"b\\e": 2\n').problems[0][:2] == (2, 1)


def test_escapes_for_text_are_text() -> None:
    assert read(b'a: "\\t\\n\\r\\N\\_\\L\\u202e\\U0001F600"\n').root == {"a": "\t\n\r\x85\xa0\u2028\u202e\U0001f600"}


def test_text_and_keys_have_a_most() -> None:
    tree = read(f"{'k' * MAX_KEY}: {'x' * MAX_TEXT}\n".encode())
    assert tree.problems == []

    tree = read(f"? {'k' * (MAX_KEY + 1)}\n: {'x' * (MAX_TEXT + 1)}\n".encode())
    key = "k" * MAX_KEY
    assert [str(problem) for problem in tree.problems] == [
        f"1:3: {key}: has 201 characters; the most for a key is 200",
        f"2:3: {key}: has 10001 characters; the most for a text is 10000",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_lines_are_counted_by_any_sort_of_end(end: str) -> None:
    yaml_counts = read(f"a: 1{end}b: 2{end}b: &x 3{end}".encode()).problems[0]
    assert yaml_counts[:2] == (3, 1)
    own_counts = read(f"a: 1{end}b: 2{end}\x01b: 3{end}".encode()).problems[0]
    assert own_counts[:2] == (3, 1)
    byte_counts = read(f"a: 1{end}b: 2{end}".encode() + b"\xff: 3").problems[0]
    assert byte_counts[:2] == (3, 1)


def test_control_characters_side_by_side_are_one_problem() -> None:
    assert check("a: \x01\x02\x02\nb: \x03 \x04\n") == [
        "own.yaml:1:4: has the control character U+0001; take it out",
        "own.yaml:2:4: has the control character U+0003; take it out",
        "own.yaml:2:6: has the control character U+0004; take it out",
    ]


def test_of_a_file_that_is_no_text_not_every_character_is_told() -> None:
    told = check("a\x01\n" * 150)
    assert len(told) == 101
    assert told[99:] == [
        "own.yaml:100:2: has the control character U+0001; take it out",
        "own.yaml:101:2: has control characters in 50 more places; is this a text file?",
    ]


def test_a_long_text_is_told_in_brief() -> None:
    (problem,) = check(HEAD.replace("2026-06-30", "9" * 5000))
    assert problem == (
        f"own.yaml:3:8: as_of: '{'9' * 299} … {'9' * 250}' is not a date; write 2025, 2025-09 or 2025-09-22"
    )


def test_a_long_circle_is_told_in_brief() -> None:
    (problem,) = check(deals(1000, lambda at: f"    part_of: d{(at + 1) % 1000}\n"))
    assert problem.endswith("runs in a circle: d0 → d1 → d2 → d3 → … → d997 → d998 → d999 → d0")


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (10, "d0 → d1 → d2 → d3 → d4 → d5 → d6 → d7 → d8 → d9 → d0"),
        (11, "d0 → d1 → d2 → d3 → … → d8 → d9 → d10 → d0"),
    ],
)
def test_a_circle_of_ten_is_told_in_full(count: int, told: str) -> None:
    (problem,) = check(deals(count, lambda at: f"    part_of: d{(at + 1) % count}\n"))
    assert problem.endswith(f"runs in a circle: {told}")


@pytest.mark.parametrize("number", ["9" * 5000, f"1–{'9' * 5000}", f"0.{'0' * 5000}1bn", "9223372036854775808"])
def test_no_number_is_too_much_for_the_message(number: str) -> None:
    text = deals(1, lambda _: f"    values: [{{value: {number} USD, measure: price, source: page}}]\n")
    (problem,) = check(text)
    assert "deals.d0.values[0].value: '" in problem
    assert problem.endswith(("is longer than any amount", "is too large; the most is 999tn"))


def test_a_reading_has_a_most_as_well() -> None:
    text = HEAD + "indicators:\n  i: {title: I, unit: x, observations: [{period: 2025, value: 1%s, source: page}]}\n"
    assert check(text % ("0" * 14 + ".25")) == []
    (problem,) = check(text % ("0" * 50))
    assert problem.endswith("' is too large; the most is 999tn")


@pytest.mark.parametrize("date", ["0000", "0000-01-01", "0999-12", "9999-12-31", "9999", "10000", "-001", "２０２５"])
def test_a_date_beyond_all_knowledge_is_refused(date: str) -> None:
    (problem,) = check(deals(1).replace("date: 2025", f'date: "{date}"'))
    assert f"deals.d0.date: '{date}' " in problem


def test_a_file_may_reach_as_far_as_dates_do() -> None:
    assert check(HEAD.replace("2026-06-30", "9999-12-31")) == []


def test_ids_and_keys_that_are_numbers_are_text() -> None:
    assert check(deals(1).replace("  d0:", "  2025:")) == []
    (problem,) = check(deals(1, lambda _: "    7: x\n"))
    assert problem == "own.yaml:21:8: deals.d0.7: unknown key '7'"


def test_a_fault_in_a_key_that_stands_twice_is_told_at_the_second() -> None:
    assert check(deals(1, lambda _: "    part_of: [nope]\n    part_of:\n")) == [
        "own.yaml:22:5: deals.d0.part_of: is empty; leave the key out",
        "own.yaml:22:5: deals.d0.part_of: the key 'part_of' stands twice",
    ]


def test_a_billion_laughs_are_a_line_each() -> None:
    laughs = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 30))
    problems = check(laughs + HEAD)
    assert sum("or write the data out" in problem for problem in problems) == 30 + 29 * 9
    assert len("".join(problems)) < 50_000


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize(
    "text", ["a: " + "[" * 100_000, "a:\n" + "- " * 100_000, "? " * 100_000, "a: " + "{a: " * 50_000]
)
def test_any_depth_is_told_and_left(text: str) -> None:
    problems = check(text)
    assert any("nest" in problem for problem in problems)


def lines(count: int, template: str) -> str:
    """Write a line so many times, numbered where it has a `#`."""
    return "".join(template.replace("#", str(at)) + "\n" for at in range(count))


def with_sources(count: int, template: str) -> str:
    return HEAD.replace("parties:\n", lines(count, template) + "parties:\n")


SLOW: dict[str, Callable[[], str]] = {
    "dots in an address": lambda: with_sources(
        100, '  s#: {title: S, publisher: P, kind: news, url: "http://' + "." * 9000 + ' "}'
    ),
    "dots and letters in an address": lambda: with_sources(
        100, '  s#: {title: S, publisher: P, kind: news, url: "http://' + "a." * 4500 + '/ x"}'
    ),
    "accents upon accents": lambda: HEAD + f"  bank: {{name: a{ACCENTS * 250_000}, country: KZ, kind: company}}\n",
    "control characters": lambda: "a: " + "\x01" * 1_000_000,
    "control characters apart": lambda: "a: " + "\x01a" * 500_000,
    "a control character a line": lambda: "a\x01\n" * 300_000,
    "unknown sources among many": lambda: (
        with_sources(3000, "  gazette-of-#-records: {title: S, publisher: P, kind: news}")
        + "deals:\n  d:\n"
        + DEAL.replace("[page]\n", "\n" + lines(3000, "      - gazete-of-#-rekords"))
    ),
    "unknown keys": lambda: deals(1, lambda _: lines(20_000, "    kee#: x")),
    "unknown countries": lambda: HEAD + lines(20_000, "  p#: {name: N#, country: X#, kind: company}"),
    "unknown rules": lambda: deals(1, lambda _: "    accept:\n" + lines(20_000, "      rul#: x")),
    "unknown words": lambda: deals(20_000).replace("pledge", "pledj"),
    "problems under a long key": lambda: f"? {'k' * 500_000}\n:\n" + lines(50_000, "  - &a x"),
    "names of an entry with a long id": lambda: (
        f"{HEAD}  ? {'p' * 500_000}\n  : {{name: Same, country: KZ, kind: company}}\n"
        + lines(10_000, "  p#: {name: Same, country: KZ, kind: company}")
    ),
    "ids of a long collection": lambda: (
        f"{HEAD}? {'c' * 500_000}\n:\n" + lines(10_000, "  i#: x") + "deals:\n" + lines(10_000, "  i#: x")
    ),
    "many who pay for their umbrella": lambda: deals(
        12_000,
        lambda at: "    part_of: d0\n    finances: d0\n    values: [{value: 1m USD, source: page}]\n" if at else "",
    ),
    "circles within a circle": lambda: deals(5000, lambda at: f"    part_of: [d{(at + 1) % 5000}, d0]\n"),
}


@pytest.mark.parametrize("name", SLOW)
def test_time_and_words_stay_in_proportion_to_the_file(name: str) -> None:
    text = SLOW[name]()
    start = time.process_time()
    problems = check(text)
    assert time.process_time() - start < SECONDS
    assert sum(map(len, problems)) < 50 * len(text)


MOTHS = [line for line in FIXTURE.splitlines(keepends=True) if line.strip()]


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_moth_eaten_file_is_sound_or_told(data: st.DataObject) -> None:
    """Bytes, lines and words of a real file, cut, doubled, swapped and replaced."""
    text = bytearray(FIXTURE)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text)))
        upto = min(len(text), at + data.draw(st.sampled_from((0, 1, 2, 8, 80))))
        odd = st.binary(max_size=4) | st.sampled_from(ODD) | st.sampled_from(MOTHS)
        text[at:upto] = data.draw(odd)
    assert told_or_sound(bytes(text))


ODD = [
    *(bytes((each,)) for each in b"[]{}:,-?&*!|>'%@`#\t\r\n\x00\x1b\xff" + b'"'),
    *(each.encode() for each in "\x85\u2028\u202e\ufeff–"),
    *b": |- |? |\n  |\n    |&a |*a|!!int |---\n|...\n|<<: |''|1e9|0000-00-00|9999|null|~|true".split(b"|"),
    *b"USD|bn|\r\n|2025/2024|USD USD|deals:\n|accept: ".split(b"|"),
    *b'"\\ud800"|"\\U00110000"|"\\0"|%TAG ! x%C0\n|!a%ED%A0%80 |999999999999999999999999999999'.split(b"|"),
]


def told_or_sound(data: bytes) -> bool:
    try:
        facts = load(data, "own.yaml")
    except FactFileError as refused:
        problems = str(refused).splitlines()
        assert all(problem.startswith("own.yaml:") for problem in problems)
        return bool(problems)
    lint(facts, adding(facts.get("deals", {})))
    return True


def test_a_file_that_breaks_off_at_any_byte_is_sound_or_told() -> None:
    for end in range(len(FIXTURE)):
        assert told_or_sound(FIXTURE[:end]), end


def test_a_pipe_with_no_writer_is_not_waited_for(kzus: Kzus, tmp_path: Path) -> None:
    path = tmp_path / "pipe.yaml"
    os.mkfifo(path)
    for command in (["check", str(path)], ["deals", "--facts", str(path)]):
        done = kzus(*command)
        assert (done.code, done.out) == (1, "")
        assert done.err == (f"kzus: can't read the fact file '{path}': it is no file; name one, or pipe it in as '-'\n")


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_a_device_is_not_read(kzus: Kzus, path: str) -> None:
    done = kzus("check", path)

    assert (done.code, done.out) == (1, "")
    assert f"can't read the fact file '{path}'" in done.err


def test_a_socket_is_not_read(kzus: Kzus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # its name may not be long
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.yaml")
        assert "it is no file" in kzus("check", "socket.yaml").err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read_fails(kzus: Kzus, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_bytes(FIXTURE)
    path.chmod(0)

    assert kzus("check", str(path)).err == f"kzus: can't read the fact file '{path}': Permission denied\n"


def test_a_link_that_leads_round_fails(kzus: Kzus, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.symlink_to(path)

    assert kzus("check", str(path)).err.startswith(f"kzus: can't read the fact file '{path}': ")


def test_a_file_that_changes_while_it_is_read_is_read_again(
    kzus: Kzus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.yaml"
    path.write_bytes(FIXTURE)
    changes = iter([HEAD.replace("title: T", "title: Torn"), HEAD])
    after_change(monkeypatch, lambda: [path.write_text(text, "utf-8") for text in islice(changes, 1)])

    assert kzus("check", str(path)).out == f"{path}: sound · sectors 1, sources 1, parties 1 · warnings 3\n"


def test_a_file_that_never_stands_still_fails(kzus: Kzus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "own.yaml"
    path.write_bytes(FIXTURE)
    after_change(monkeypatch, lambda: path.write_bytes(path.read_bytes() + b"#"))
    done = kzus("check", str(path))

    assert (done.code, done.out) == (1, "")
    assert done.err == f"kzus: can't read the fact file '{path}': it keeps changing; try again\n"


def test_a_file_without_end_fails(kzus: Kzus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzus.index.fact_file.LARGEST", 2**20)
    path = tmp_path / "own.yaml"
    path.write_bytes(FIXTURE.ljust(2**20))
    as_large_as_may_be = kzus("check", str(path))
    path.write_bytes(FIXTURE.ljust(2**20 + 1))
    done = kzus("check", str(path))

    assert as_large_as_may_be.code == 0
    assert (done.code, done.out) == (1, "")
    assert done.err == f"kzus: can't read the fact file '{path}': it has more than 1 MiB; is this a fact file?\n"


def after_change(monkeypatch: pytest.MonkeyPatch, change: Callable[[], object]) -> None:
    """Change a file whenever it has been looked at, as an editor would that saves at that moment."""
    look = os.fstat

    def look_and_change(descriptor: int) -> os.stat_result:
        found = look(descriptor)
        change()
        return found

    monkeypatch.setattr(os, "fstat", look_and_change)


@pytest.mark.parametrize("command", [["check", "-"], ["deals", "--facts", "-"], ["check", "/dev/stdin"]])
def test_a_fact_file_can_be_piped_in(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "kzus", *command], input=FIXTURE, capture_output=True, check=True)

    assert done.stdout


@pytest.mark.skipif(not Path("/dev/fd").exists() or not shutil.which("bash"), reason="needs bash")
def test_a_fact_file_can_be_what_a_command_prints() -> None:
    line = f'"{sys.executable}" -m kzus check <(cat)'
    done = subprocess.run(["bash", "-c", line], input=FIXTURE, capture_output=True, check=True)

    assert b": sound \xc2\xb7 " in done.stdout
