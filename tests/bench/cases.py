"""What is measured: the questions put to kzus on each fact file, and what they are held against."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from . import apps
from .generate import RARE
from .measure import Case, Key

if TYPE_CHECKING:
    from collections.abc import Iterator

SHIPPED = "shipped"
"""The fact file that comes with kzus."""
NONE = "–"
"""No fact file."""
BARE, NOTHING = Key("bare interpreter", NONE), Key("do-nothing Typer app", NONE)
DEALS, NARROW, SUM, SHOW, SEARCH = (
    "`deals --sector transport`",
    "`deals --sector transport --since 2026`",
    "`sum`",
    "`show ID`",
    "`search WORDS`",
)
ALL, COMPLETION = "`deals`, all rows", "completion of `--sector tr`"
TABLE, DRAWING = "`deals --sector transport`, a table", "do-nothing app drawing that table"
COLD, CHECK, LOAD = "`deals --sector transport`, cold", "`check`", "`yaml.load` with CSafeLoader"
HELPS = {"`--help`": (), "`deals --help`": ("deals",)}
TYPERS = "{}, Typer's own"
_TRANSPORT = ("deals", "--sector", "transport")
_COMPLETED = "kzus deals --sector tr"


@dataclass(frozen=True)
class Bench:
    """A folder to work in and the kzus that is measured."""

    folder: Path

    @property
    def kzus(self) -> list[str]:
        """The console script beside this Python, as people run it."""
        script = Path(sys.executable).with_name("kzus")
        return [str(script)] if script.exists() else [sys.executable, "-m", "kzus"]

    def settings(self, facts: str, cache: str = "cache") -> dict[str, str]:
        """Return the environment in which kzus finds a fact file and keeps its index."""
        found = {"KZUS_CACHE_DIR": str(self.folder / f"{cache}-{facts}")}
        return found if facts == SHIPPED else {**found, "KZUS_FACTS": str(self.path(facts))}

    def path(self, facts: str) -> Path:
        """Where a generated fact file is."""
        return self.folder / f"facts-{facts}.yaml"

    def index(self, facts: str) -> Path:
        """Where the index of a fact file is, once it has been asked for."""
        return next(Path(self.settings(facts)["KZUS_CACHE_DIR"]).glob("*.sqlite"))

    def ask(self, facts: str, *arguments: str, **more: str) -> str:
        """Return what kzus prints in a pipe, whatever its exit code."""
        settings = {**self.settings(facts), **more}
        command = ["env", *(f"{name}={value}" for name, value in settings.items()), *self.kzus, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8").stdout


def baselines(bench: Bench) -> Iterator[Case]:
    """Yield what needs no fact file: Python, Typer, and the help of kzus and of its plain double."""
    nothing, plain = apps.write_nothing(bench.folder), apps.write_plain(bench.folder)
    yield Case(BARE, [sys.executable, "-c", "pass"])
    yield Case(NOTHING, [sys.executable, str(nothing), "deals"])
    for run, arguments in HELPS.items():
        yield Case(Key(TYPERS.format(run), NONE), [sys.executable, str(plain), *arguments, "--help"])
        yield Case(Key(run, NONE), [*bench.kzus, *arguments, "--help"])


def warm(bench: Bench, facts: str) -> Iterator[Case]:
    """Yield the questions that an index answers, and the drawing that a terminal's table is held against."""
    settings, name = bench.settings(facts), bench.ask(facts, "deals", "-n", "1", "-c", "id").strip()
    questions = {
        DEALS: _TRANSPORT,
        NARROW: (*_TRANSPORT, "--since", "2026"),
        SUM: ("sum",),
        SHOW: ("show", name),
        SEARCH: ("search", "uranium" if facts == SHIPPED else RARE),
        ALL: ("deals",),
    }
    for run, arguments in questions.items():
        command = [*bench.kzus, *arguments] if bench.ask(facts, arguments[0], "--help") else ()
        yield Case(Key(run, facts), command, settings)
    completing = {"_KZUS_COMPLETE": "complete_bash", "COMP_WORDS": _COMPLETED, "COMP_CWORD": "3"}
    command = bench.kzus if "transport" in bench.ask(facts, **completing).split() else ()
    yield Case(Key(COMPLETION, facts), command, {**settings, **completing})
    rows = bench.folder / f"rows-{facts}.tsv"
    rows.write_text(bench.ask(facts, *_TRANSPORT, "-c", apps.TABLE_COLUMNS), "utf-8")
    drawing = [sys.executable, str(apps.write_table(bench.folder)), "deals", str(rows)]
    yield Case(Key(DRAWING, facts), drawing, on_terminal=True)
    yield Case(Key(TABLE, facts), [*bench.kzus, *_TRANSPORT, "--no-pager"], settings, on_terminal=True)


def cold(bench: Bench, facts: str) -> Iterator[Case]:
    """Yield what reads the fact file itself, and YAML's own loader on it."""
    settings, path = bench.settings(facts, "cold"), str(bench.path(facts))

    def forget() -> None:
        shutil.rmtree(settings["KZUS_CACHE_DIR"], ignore_errors=True)

    load = "import sys, yaml; yaml.load(open(sys.argv[1], encoding='utf-8').read(), Loader=yaml.CSafeLoader)"
    yield Case(Key(COLD, facts), [*bench.kzus, *_TRANSPORT], settings, prepare=forget)
    yield Case(Key(CHECK, facts), [*bench.kzus, "check"], settings)
    yield Case(Key(LOAD, facts), [sys.executable, "-c", load, path])
