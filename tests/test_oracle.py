"""kzus against a recount that knows only the contract, on the shipped facts and on generated ones.

`KZUS_GENERATED=10000 pytest tests/test_oracle.py` asks for so many files; `KZUS_FIRST` is the number of the first.
Facts go through the check and the index, and are asked by the functions behind the commands, which takes a tenth of
the time of the commands. Of a few files the commands themselves are asked.
"""

from __future__ import annotations

import json
import os
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import ROOT
from generate_facts import generate
from oracle import Recount
from oracle_questions import Asker

from kzus.errors import KzusError
from kzus.facts.check import load
from kzus.index.store import in_memory, with_lens
from kzus.query.filters import read_lens
from kzus.query.listing import fetch
from kzus.query.lists.deals import DEALS
from kzus.query.sums.added_deals import read_left_out
from kzus.query.sums.sum import add_up

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from conftest import Kzus
    from oracle_questions import Question

    Tree = dict[str, Any]
    Ask = Callable[[Question], Any]

GENERATED = int(os.environ.get("KZUS_GENERATED", "100"))
FIRST = int(os.environ.get("KZUS_FIRST", "0"))
BATCH = 25
SHIPPED = ROOT / "facts.yaml"


class Functions:
    """Answers from the functions behind the commands, in the shape of the commands' JSON."""

    def __init__(self, content: bytes) -> None:
        self.whole = in_memory(load(content, "facts.yaml"))
        self.seen: dict[str, sqlite3.Connection] = {}

    def __call__(self, question: Question) -> Any:
        index = self._index(question.lens)
        if not question.by:
            found = fetch(index, DEALS, question.filter())
            names = [column.name for column in found.columns]
            return [dict(zip(names, row, strict=True)) for row in found.rows]
        answer = add_up(index, question.filter(), ",".join(question.by))
        return {
            "groups": [group._asdict() for group in answer.groups],
            "total": answer.total._asdict(),
            "left_out": [left._asdict() for left in read_left_out(index, answer)],
        }

    def _index(self, lens: Tree) -> sqlite3.Connection:
        if not lens:
            return self.whole
        if str(lens) not in self.seen:
            asked = read_lens(self.whole, lens.get("source", ()), lens.get("as_of"))
            self.seen[str(lens)] = with_lens(self.whole, asked)
        return self.seen[str(lens)]


def by_commands(kzus: Kzus, path: Path) -> Ask:
    """Answer by the command line."""

    def ask(question: Question) -> Any:
        outcome = kzus(*question.words(), facts=path)
        if outcome.code:
            raise KzusError(outcome.err)
        return json.loads(outcome.out)

    return ask


def differences(recount: Recount, question: Question, answer: Any) -> list[str]:
    """Say where an answer isn't the recount's."""
    if not question.by:
        given = {row["id"]: row for row in answer}
        return list(_differing("", recount.rows(question.filters), given))
    expected = recount.sum(question.by, question.filters)
    keys = ("group", "group_2")[: len(question.by)]
    groups = {tuple(row[key] for key in keys): row for row in answer["groups"]}
    left = [{entry["id"]: entry for entry in one["left_out"]} for one in (expected, answer)]
    return [
        *_differing("", expected["groups"], groups),
        *_differing("total ", {"": expected["total"]}, {"": answer["total"]}),
        *_differing("left out ", *left),
    ]


def _differing(where: str, expected: dict[Any, Tree], given: dict[Any, Tree]) -> Iterator[str]:
    for name in [*expected, *(name for name in given if name not in expected)]:
        if name not in given or name not in expected:
            yield f"{where}{name}: {'missing' if name in expected else f'not expected: {given[name]}'}"
            continue
        for key, amount in expected[name].items():
            if given[name].get(key, "no such key") != amount:
                yield f"{where}{name}.{key}: expected {amount!r}, got {given[name].get(key, 'no such key')!r}"


def compare(ask: Ask, facts: Tree, questions: Iterable[Question]) -> list[str]:
    """Put each question to kzus and to the recount, and say where they differ."""
    found: list[str] = []
    recounts: dict[str, Recount] = {}
    for question in questions:
        lens = str(question.lens)
        if lens not in recounts:
            recounts[lens] = Recount(facts, **question.lens)
        try:
            differing = differences(recounts[lens], question, ask(question))
        except KzusError as error:
            differing = [str(error)]
        found += [f"kzus {' '.join(question.words())}: {one}" for one in differing]
    return found


def compare_generated(seed: int) -> list[str]:
    """Make a fact file and compare what is counted in it; JSON is YAML, and quickly written."""
    facts = generate(seed)
    ask = Functions(json.dumps(facts).encode())
    return compare(ask, facts, Asker(facts, seed).questions())


def shipped_facts() -> Tree:
    """Read the shipped facts as the recount wants them, all scalars as strings."""
    facts: Tree = yaml.load(SHIPPED.read_bytes(), Loader=yaml.CBaseLoader)  # noqa: S506 - it makes plain strings only
    return facts


def test_the_shipped_facts_are_counted_as_the_contract_has_it() -> None:
    facts = shipped_facts()
    ask = Functions(SHIPPED.read_bytes())
    assert compare(ask, facts, Asker(facts, seed=0).questions(lenses=5)) == []


def test_commands_say_of_the_shipped_facts_what_the_contract_has(kzus: Kzus) -> None:
    facts = shipped_facts()
    assert compare(by_commands(kzus, SHIPPED), facts, islice(Asker(facts, seed=1).questions(), 14)) == []


def test_commands_say_of_generated_facts_what_the_contract_has(kzus: Kzus, tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    for seed in range(FIRST, FIRST + 3):
        facts = generate(seed)
        path.write_text(yaml.safe_dump(facts, sort_keys=False, default_style="'"), "utf-8")
        assert compare(by_commands(kzus, path), facts, Asker(facts, seed).questions(lenses=1)) == [], seed


@pytest.mark.parametrize("start", range(FIRST, FIRST + GENERATED, BATCH))
def test_generated_facts_are_counted_as_the_contract_has_it(start: int) -> None:
    seeds = range(start, min(start + BATCH, FIRST + GENERATED))
    assert {seed: found for seed in seeds if (found := compare_generated(seed))} == {}
