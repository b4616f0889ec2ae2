from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from kzus.render.yaml import dump_yaml

if TYPE_CHECKING:
    from conftest import Kzus

COMMANDS = """deals|sum|sum --explain|show loan trade|packages|treaties|indicators|events|statements|sources|parties
sectors|timeline|deals --stage suspended|sum --stage suspended""".replace("\n", "|").split("|")
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("facts", ["fixture", "shipped"])
def test_yaml_reads_back_as_the_json_of_the_same_answer(kzus: Kzus, command: str, facts: str) -> None:
    own: dict[str, Any] = {} if facts == "fixture" else {"facts": None}
    if facts == "shipped" and "loan" in command:
        command = "show ktz-wabtec-locomotives"
    wanted = kzus(*command.split(), "--format", "json", **own)
    done = kzus(*command.split(), "--format", "yaml", **own)

    assert (done.code, done.err) == (0, wanted.err)
    assert yaml.safe_load(done.out) == json.loads(wanted.out)
    assert yaml.load(done.out, yaml.CSafeLoader) == json.loads(wanted.out)


def test_text_stands_bare_where_nothing_else_could_be_meant(kzus: Kzus) -> None:
    done = kzus("deals", "loan", "--tag", "credit", "-f", "yaml", "-c", "id,date,tags,title,amount_usd,reason,note")

    assert done.out == (
        "- id: loan\n"
        '  date: "2025-09"\n'
        "  tags:\n"
        "  - rail\n"
        "  - credit\n"
        "  title: Loan for locomotives\n"
        "  amount_usd: 1600000000\n"
        "  reason: lent, in no total\n"
        "  note: null\n"
    )


def written(value: Any) -> str:
    out = io.StringIO()
    dump_yaml(out, value)
    return out.getvalue()


def test_text_that_only_some_readers_take_for_something_else_is_quoted() -> None:
    texts = ["1e3", "0o14", "12:30", "2025-09-22", "y", "-", "=", "\u202eexe", "a\x1bb"]

    assert written(texts).splitlines() == [
        '- "1e3"', '- "0o14"', '- "12:30"', '- "2025-09-22"', '- "y"', '- "-"', "- '='", '- "\\u202eexe"', '- "a\\eb"'
    ]  # fmt: skip


@given(VALUES)
@example(["no", "NO", "Yes", "null", "~", "12:30:45", "1_000", "0x1f", "1e3", ".inf", "=", "<<", "- a", "a: b", "a #b"])
@example({"y": "on", "": " ", "a ": "\u0085\u2028\ufeff\x7f\x00", "b": "x" * 2000})
@example([1e-07, 1e22, 0.1, -0.0, [], {}, [[[]]], {"a": {"b": []}}])
def test_any_value_reads_back_as_itself(value: Any) -> None:
    text = written(value)

    assert yaml.safe_load(text) == value
    assert repr(yaml.safe_load(text)) == repr(value)  # 1 and True are equal, too


@pytest.mark.parametrize(("number", "text"), [(float("inf"), ".inf"), (float("-inf"), "-.inf"), (float("nan"), ".nan")])
def test_a_number_that_json_has_not_is_yamls_own(number: float, text: str) -> None:
    assert written(number).splitlines()[0] == text
