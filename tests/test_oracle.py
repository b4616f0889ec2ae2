"""kzus against a recount that knows only the contract, on the shipped facts and on generated ones.

`KZUS_GENERATED=10000 pytest tests/test_oracle.py` asks for so many files; `KZUS_FIRST` is the number of the first.
"""

from __future__ import annotations

import json
import os
from itertools import combinations
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml
from generate_facts import DATES, LANDS, generate
from oracle import Recount

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Kzus

GROUPINGS = (
    "sector flow direction stage measure instrument year month party country tag package".split()
)  # fmt: skip
PAIRS = list(combinations(GROUPINGS, 2)) + [pair[::-1] for pair in combinations(GROUPINGS, 2)]
GENERATED = int(os.environ.get("KZUS_GENERATED", "60"))
FIRST = int(os.environ.get("KZUS_FIRST", "0"))
BATCH = 10

Tree = dict[str, Any]


class Question(NamedTuple):
    """A sum under a lens, or the deals if there is no grouping."""

    by: tuple[str, ...]
    filters: dict[str, list[str]]
    lens: dict[str, str]

    def words(self) -> list[str]:
        found = ["sum", "--by", ",".join(self.by)] if self.by else ["deals"]
        for name, given in self.filters.items():
            for value in given or [""]:
                found += [f"--{name}", *([value] if value else [])]
        for name, value in self.lens.items():
            found += [f"--{name.replace('_', '-')}", value]
        return [*found, "-f", "json"]


class Asker:
    """Questions that a fact file has answers to."""

    def __init__(self, facts: Tree, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - it chooses questions, no secrets
        self.facts = facts

    def filters(self) -> Iterator[tuple[str, list[str]]]:
        deals = self.facts["deals"].values()
        # What no deal has is asked for too, where the name is known.
        of = {
            "sector": list(self.facts["sectors"]),
            "party": list(self.facts["parties"]),
            "flow": sorted({deal["flow"] for deal in deals}),
            "direction": [f"{LANDS[0]}-{LANDS[1]}", f"{LANDS[1]}-{LANDS[0]}"],
            "instrument": sorted({deal["instrument"] for deal in deals}),
            "stage": ["pledge", "commitment", "implementation", "completion", "suspended", "cancelled", "lapsed"],
            "measure": sorted({claim["measure"] for deal in deals for claim in deal.get("values", [])}),
            "tag": sorted({tag for deal in deals for tag in _listed(deal.get("tags"))}),
            "package": list(self.facts.get("packages", {})),
            "since": list(DATES),
            "until": list(DATES),
        }
        if "DE" in self.facts["sides"]["american"]:
            of["direction"] = ["KZ-US", "US-KZ"]
        for name, values in of.items():
            if values:
                yield name, self.random.sample(values, 2 if name not in ("since", "until") and len(values) > 2 else 1)
                yield name, [self.random.choice(values)]
        yield from ((name, []) for name in ("firm", "pledged", "dormant"))

    def lenses(self) -> list[dict[str, str]]:
        source = self.random.choice(list(self.facts["sources"]))
        days = self.random.sample([*DATES, "2026-07-01", "2030"], 2)
        both = {"as_of": self.random.choice(DATES), "source": source}
        return [{}, *({"as_of": day} for day in days), {"source": source}, both]

    def questions(self) -> Iterator[Question]:
        for lens in self.lenses():
            yield Question((), {}, lens)
            singles = [(by,) for by in GROUPINGS]
            for single in self.random.sample(singles, 4) if lens else singles:
                yield Question(single, {}, lens)
            for pair in self.random.sample(PAIRS, 2):
                yield Question(pair, {}, lens)
            filters = list(self.filters())
            for name, values in self.random.sample(filters, 4) if lens else filters:
                yield Question(self.random.choice([*singles, *PAIRS]), {name: values}, lens)
            yield Question(("party",), dict(self.random.sample(filters, 2)), lens)
            yield Question((), dict(self.random.sample(filters, 2)), lens)


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given] if given else []


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


def compare(kzus: Kzus, path: Path, facts: Tree, seed: int) -> list[str]:
    found: list[str] = []
    recounts: dict[str, Recount] = {}
    for question in Asker(facts, seed).questions():
        recount = recounts.setdefault(str(question.lens), Recount(facts, **question.lens))
        outcome = kzus(*question.words(), facts=path)
        command = f"[{seed}] kzus {' '.join(question.words())}"
        if outcome.code:
            found.append(f"{command}: {outcome.err}")
        else:
            found += [f"{command}: {one}" for one in differences(recount, question, json.loads(outcome.out))]
    return found


def test_the_shipped_facts_are_counted_as_the_contract_has_it(kzus: Kzus) -> None:
    from conftest import ROOT

    path = ROOT / "facts.yaml"
    facts = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - it makes plain strings only
    assert compare(kzus, path, facts, seed=0) == []


@pytest.mark.parametrize("start", range(FIRST, FIRST + GENERATED, BATCH))
def test_generated_facts_are_counted_as_the_contract_has_it(kzus: Kzus, tmp_path: Path, start: int) -> None:
    for seed in range(start, min(start + BATCH, FIRST + GENERATED)):
        facts = generate(seed)
        path = tmp_path / f"facts-{seed}.yaml"
        path.write_text(yaml.safe_dump(facts, sort_keys=False, default_style="'"), "utf-8")
        checked = kzus("check", str(path))
        assert checked.code == 0, (seed, checked.err)
        assert compare(kzus, path, facts, seed) == []
