"""The benchmark's parts that can be wrong; how long anything takes is never one of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from bench import generate
from bench.measure import Case, Key, Runner, Sample, measure
from bench.report import Target, results, verdicts

from kzus.facts.check import load

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Kzus

BARE, NOTHING = Key("bare", "–"), Key("nothing", "–")
QUERY, GONE = Key("`deals`", "40"), Key("`gone`", "40")
SAMPLES = {
    BARE: Sample((10.0, 9.0, 11.5), 9.04),
    NOTHING: Sample((50.0,), 16.0),
    QUERY: Sample((55.2, 54.96, 1234.5), 20.0),
}


def test_generated_file_is_sound(tmp_path: Path, kzus: Kzus) -> None:
    path = tmp_path / "facts.yaml"
    generate.write(path, deals=60)
    found = kzus("check", str(path))
    assert found.code == 0
    assert found.out.startswith(
        f"{path}: sound · sectors 15, sources 60, parties 12, deals 60, packages 1, treaties 3, indicators 3,"
        " events 3, statements 3 · warnings "
    )


def test_generated_file_has_every_sort_of_relation_and_claim(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    generate.write(path, deals=60)
    facts = load(path.read_bytes(), "facts.yaml")
    deals = facts["deals"].values()
    assert {"part_of", "finances", "supersedes", "updates", "values", "quantities", "note"} <= {
        key for deal in deals for key in deal
    }
    assert {len(deal.get("values", ())) for deal in deals} == {0, 1, 2, 3}
    assert {len(deal.get("part_of", ())) for deal in deals} == {0, 1, 2}
    assert {len(package.get("members", ())) for package in facts["packages"].values()} == {12}


def test_generated_file_depends_on_its_size_and_seed_alone(tmp_path: Path) -> None:
    first, second, other = (tmp_path / name for name in ("first", "second", "other"))
    generate.write(first, deals=40)
    generate.write(second, deals=40)
    generate.write(other, deals=40, seed=2)
    assert first.read_bytes() == second.read_bytes() != other.read_bytes()


def test_searched_words_occur_in_one_deal_of_five_hundred(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    generate.write(path, deals=1001)
    assert path.read_text("utf-8").count(generate.RARE) == 3


def test_results_show_median_extent_and_multiples() -> None:
    assert results([BARE, NOTHING, QUERY, GONE], SAMPLES, BARE, NOTHING) == (
        "| run | deals | median ms | min–max | × bare | × do-nothing | MB |\n"
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |\n"
        "| bare | – | 10.0 | 9.0–11.5 | 1.00 | 0.20 | 9.0 |\n"
        "| nothing | – | 50.0 | 50.0–50.0 | 5.00 | 1.00 | 16.0 |\n"
        "| `deals` | 40 | 55.2 | 55.0–1234 | 5.52 | 1.10 | 20.0 |\n"
        "| `gone` | 40 | – | – | – | – | – |\n"
    )


def test_verdicts_hold_what_was_measured_against_the_limit() -> None:
    aims = [
        Target(QUERY, NOTHING, 1.11),
        Target(QUERY, NOTHING, 1.1),  # shown as 1.10, but it isn't
        Target(QUERY, NOTHING, 1.25, "memory"),
        Target(QUERY, NOTHING, 1.2, "memory"),
        Target(GONE, QUERY, 1.2),
    ]
    assert verdicts(aims, SAMPLES) == (
        "| run | its | against | measured × | at most × | verdict |\n"
        "| --- | --- | --- | ---: | ---: | --- |\n"
        "| `deals` (40) | time | nothing | 1.10 | 1.11 | met |\n"
        "| `deals` (40) | time | nothing | 1.10 | 1.10 | **not met** |\n"
        "| `deals` (40) | memory | nothing | 1.25 | 1.25 | met |\n"
        "| `deals` (40) | memory | nothing | 1.25 | 1.20 | **not met** |\n"
        "| `gone` (40) | time | `deals` (40) | – | 1.20 | – |\n"
    )


def test_runner_reads_a_pipe_and_a_terminal() -> None:
    width = "import os, sys; print(sys.stdout.isatty() and os.get_terminal_size().columns, os.environ['SAID'])"
    command, said = [sys.executable, "-c", width], {"SAID": "é=1"}
    with Runner() as runner:
        piped = runner.run(Case(QUERY, command, said))
        drawn = runner.run(Case(QUERY, command, said, on_terminal=True))
    assert (piped.code, piped.size, piped.lines) == (0, len("False é=1\n".encode()), 1)
    assert (drawn.code, drawn.size, drawn.lines) == (0, len("80 é=1\r\n".encode()), 1)


def test_runner_refuses_to_time_a_failure() -> None:
    with Runner() as runner, pytest.raises(RuntimeError, match=r"-c exit\(3\): exit code 3$"):
        runner.run(Case(QUERY, [sys.executable, "-c", "exit(3)"]))


def test_measure_warms_up_prepares_each_run_and_leaves_out_what_is_not_there() -> None:
    prepared: list[str] = []
    cases = [
        Case(BARE, [sys.executable, "-S", "-c", ""], prepare=lambda: prepared.append("bare")),
        Case(GONE, ()),
    ]
    with Runner() as runner:
        samples = measure(runner, cases, 2, lambda _: None)
    assert prepared == ["bare"] * 3
    assert {key: len(sample.milliseconds) for key, sample in samples.items()} == {BARE: 2}
