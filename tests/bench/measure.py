"""Runs many things in turn, so that a slow minute of the machine falls on all of them alike."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import TracebackType

_SECONDS, _LEAST = 20, 3
"""About how long one slow thing may be measured for in all, and how often it is run all the same."""
_SLOW_NS = 1_000_000_000
_KIBIBYTES = 1 if sys.platform == "darwin" else 1024
_OURS = ("KZUS_FACTS", "KZUS_CACHE_DIR", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES")


class Key(NamedTuple):
    """What a row of the table is about: a run and the fact file that it was on."""

    run: str
    facts: str


@dataclass(frozen=True)
class Case:
    """Something to be run often; `prepare` goes before each run and isn't timed.

    Without a command it is something that isn't there to be run, and stays without a sample.
    """

    key: Key
    command: Sequence[str]
    settings: Mapping[str, str] = field(default_factory=dict)
    on_terminal: bool = False
    prepare: Callable[[], None] | None = None


class Run(NamedTuple):
    """What one run took: its exit code, wall time, peak memory as the system counts it, and its output."""

    code: int
    nanoseconds: int
    peak: int
    size: int
    lines: int


@dataclass(frozen=True)
class Sample:
    """All that is known of one thing after its runs."""

    milliseconds: tuple[float, ...]
    megabytes: float

    @classmethod
    def of(cls, runs: Sequence[Run]) -> Sample:
        """Sum up some runs; memory is the highest peak."""
        times = tuple(run.nanoseconds / 1e6 for run in runs)
        return cls(times, max(run.peak for run in runs) * _KIBIBYTES / 1e6)

    @property
    def median(self) -> float:
        """The middle of the wall times, in milliseconds."""
        return median(self.milliseconds)


class Runner:
    """The small process that starts and times all others."""

    def __enter__(self) -> Self:
        kept = {name: value for name, value in os.environ.items() if name not in _OURS}
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(Path(__file__).with_name("runner.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**kept, "TERM": "xterm-256color"},
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def run(self, case: Case) -> Run:
        """Run something once; raises `RuntimeError` if it fails, for then its time means nothing."""
        if case.prepare:
            case.prepare()
        settings = [f"{name}={value}" for name, value in case.settings.items()]
        words = ["pty" if case.on_terminal else "pipe", *settings, *case.command]
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\x1f".join(words) + "\n")
        self._process.stdin.flush()
        found = Run(*map(int, self._process.stdout.readline().split()))
        if found.code:
            raise RuntimeError(f"{' '.join(words[1:])}: exit code {found.code}")
        return found


def measure(runner: Runner, cases: Sequence[Case], rounds: int, tell: Callable[[str], None]) -> dict[Key, Sample]:
    """Run everything once to warm up, then round by round in an order of its own each."""
    runs: dict[Key, list[Run]] = {}
    turns: dict[Key, int] = {}
    present = [case for case in cases if case.command]
    for case in present:
        tell(f"warming up: {case.key.run}, {case.key.facts}")
        first = runner.run(case)
        is_slow = first.nanoseconds >= _SLOW_NS
        runs[case.key] = [first] if is_slow else []
        most = max(_LEAST, _SECONDS * 1_000_000_000 // first.nanoseconds)
        turns[case.key] = min(rounds, most) - is_slow
    for turn, case in _turns(present, rounds):
        if turn < turns[case.key]:
            tell(f"round {turn + 1} of {rounds}: {case.key.run}, {case.key.facts}")
            runs[case.key].append(runner.run(case))
    return {key: Sample.of(found) for key, found in runs.items()}


def _turns(cases: Sequence[Case], rounds: int) -> Iterator[tuple[int, Case]]:
    order = random.Random(1)  # noqa: S311 - any order will do
    for turn in range(rounds):
        for case in order.sample(list(cases), len(cases)):
            yield turn, case
