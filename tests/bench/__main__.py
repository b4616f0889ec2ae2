"""Measure kzus: `python -m tests.bench` prints two Markdown tables, what everything takes and which targets are met."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from . import cases, generate, peers
from .measure import Case, Runner, measure
from .report import results, verdicts
from .targets import targets

_SIZES = (40, 1_000, 20_000)
_QUICK = (40, 1_000)
_SETTLED = 2.1
"""Seconds until kzus trusts the time stamp of a fact file that has just been written."""


def main() -> None:
    """Generate, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, metavar="N", help="rounds at most; slow runs get fewer")
    parser.add_argument("--quick", action="store_true", help=f"three rounds, and no more than {_QUICK[-1]} deals")
    asked = parser.parse_args()
    sizes, rounds = (_QUICK, 3) if asked.quick else (_SIZES, asked.rounds)
    with TemporaryDirectory(prefix="kzus-bench-") as folder, Runner() as runner:
        planned = _plan(cases.Bench(Path(folder)), sizes)
        samples = measure(runner, planned, rounds, _tell)
    _tell("")
    order = [case.key for case in planned]
    aims = targets(str(sizes[0]), str(sizes[-1]))
    sys.stdout.write(f"{_machine()}; up to {rounds} interleaved rounds.\n\n")
    sys.stdout.write(results(order, samples, cases.BARE, cases.NOTHING))
    sys.stdout.write("\nMB is a process's peak; less than the bare interpreter's can't be told.\n")
    if missing := peers.missing():
        sys.stdout.write(f"\nNot installed, so not measured: {', '.join(missing)}.\n")
    sys.stdout.write(f"\n{verdicts(aims, samples)}")


def _plan(bench: cases.Bench, sizes: tuple[int, ...]) -> list[Case]:
    names = [str(size) for size in sizes]
    for size, name in zip(sizes, names, strict=True):
        _tell(f"writing {size} deals")
        generate.write(bench.path(name), deals=size)
    time.sleep(_SETTLED)
    planned = list(cases.baselines(bench))
    for name in (cases.SHIPPED, *names):
        _tell(f"preparing {name}")
        planned += cases.warm(bench, name)
        if name != cases.SHIPPED:
            planned += [*cases.cold(bench, name), *peers.peers(bench, name)]
    return planned


def _machine() -> str:
    today = datetime.now(tz=UTC).date()
    tools = f"Python {platform.python_version()}, Typer {version('typer')}, kzus {version('kzus')}"
    return f"{today}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, {tools}"


def _tell(text: str) -> None:
    """Show how far it is, to someone who is watching."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


main()
