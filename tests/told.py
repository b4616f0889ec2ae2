"""Runs the command lines that provoke messages, and returns what a person reads of each."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from conftest import ROOT

import kzus as library
from kzus.commands import lists
from kzus.commands.session import Session
from kzus.errors import KzusError
from kzus.query import limits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pytest
    from conftest import Kzus, Outcome

HERE = Path(__file__).parent
CASES = yaml.safe_load(HERE.joinpath("messages.yaml").read_text("utf-8"))
CHANGED_FILES: Mapping[str, Mapping[str, str]] = CASES.pop("files")
FILES = ("facts.yaml", "brief.yaml", "conflicts.yaml", "commands/headline.yaml", "facts/sound.yaml")
WIDTH = 140
_DIGEST = re.compile("digest [0-9a-f]{12}")
_LONG = {
    "{501 columns}": ",".join(["id"] * 501),
    "{2,001 columns}": ",".join(["id"] * 2001),
    "{201 columns}": f"select {', '.join(map(str, range(201)))}",
    "{1,001 characters}": "x" * 1001,
    "{a row of 4,000,001 characters}": f"select '{'x' * 4_000_001}'",
    "{25 banks}": "".join(f"  bank-{at}: {{name: Bank {at}, country: KZ, kind: company}}\n" for at in range(25)),
    "{25 sectors}": "".join(f"  sector-{at}: {{label: Sector {at}}}\n" for at in range(25)),
    "{25 sources}": "".join(f"  page-{at}: {{title: Page, publisher: P, kind: news}}\n" for at in range(25)),
    "{25 packages}": "".join(
        f"  visit-{at}: {{title: V, date: 2025, values: [{{value: 1m USD, source: leaflet}}]}}\n" for at in range(25)
    ),
}
"""What is too long to be read, by what stands in its place."""


class Commands:
    """Runs the command lines of the cases; each of its methods is a way of looking at what they print.

    In a list each command line has its exit code behind it, if that isn't 0.
    """

    def __init__(self, kzus: Kzus, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        """Run them in a folder as `make_folder` makes it."""
        self._kzus, self._monkeypatch, self._folder = kzus, monkeypatch, folder

    def refused(self, line: str) -> list[str]:
        done = self._run(line)
        return self._told(f"kzus {line}", done.code, done.err)

    def printed(self, line: str) -> list[str]:
        done = self._run(line)
        return self._told(f"kzus {line}", done.code, done.err + done.out)

    def whole(self, line: str) -> list[str]:
        done = self._run(line, width=WIDTH)
        return self._told(f"kzus {line}", done.code, done.err + done.out)

    def narrow(self, line: str) -> list[str]:
        done = self._run(line, width=20)
        return self._told(f"kzus {line}", done.code, " ".join(done.out.split()))

    def remarks(self, line: str) -> list[str]:
        done = self._run(line, width=WIDTH)
        bare = self._run(line, "--quiet", width=WIDTH).out.splitlines()
        return self._told(f"kzus {line}", done.code, done.err, [e for e in done.out.splitlines() if e not in bare])

    def done(self, line: str) -> list[str]:
        done = self._run(line, width=WIDTH)
        return self._told(f"kzus {line}", done.code, done.err)

    def asked(self, line: str) -> list[str]:
        done = self._run(line, "-f", "markdown")
        return self._told(f"kzus {line}", done.code, done.err, done.out.split("\n\n")[:2])

    def documents(self, line: str) -> list[str]:
        done = self._run(line, "-f", "markdown")
        body = re.split("(?m)^(?:## Sources|---)$", done.out)[0]
        text = [each for each in body.splitlines() if each[:1] not in ("|", "#", "`")]
        return self._told(f"kzus {line} -f markdown", done.code, done.err, text)

    def shell(self, line: str) -> list[str]:
        around = {"PYTHONPATH": str(ROOT), "PYTHON": sys.executable, "KZUS_FACTS": "facts.yaml"}
        done = subprocess.run(
            ["bash", "-c", f'kzus() {{ "$PYTHON" -m kzus "$@"; }}; {line}'],
            env={**os.environ, **around},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return self._told(line, done.returncode, done.stderr)

    def faults(self, line: str) -> list[str]:
        name, _, line = line.partition(": ")
        with self._monkeypatch.context() as patch:
            _FAULTS[name](patch)
            done = self._run(line, width=WIDTH if line.startswith("open") else None)
        return self._told(f"kzus {line}, with {name}", done.code, done.err)

    def library(self, line: str) -> list[str]:
        try:
            shown = repr(eval(line, {"facts": library.open("facts.yaml")}))  # noqa: S307 - a line of ours
        except KzusError as error:
            shown = f"{type(error).__name__}: {error}"
        return self._told(line, 0, shown)

    def _run(self, line: str, *more: str, width: int | None = None) -> Outcome:
        words = [_LONG.get(word, word) for word in shlex.split(line)]
        return self._kzus(*words, *more, facts=Path("facts.yaml"), width=width)

    def _told(self, line: str, code: int, text: str, more: Sequence[str] = ()) -> list[str]:
        """Return a command line with its exit code, and below it what a person reads, without the box of Typer's."""
        text = text.replace(f"{self._folder}/", "").replace(str(self._folder), ".").replace("x" * 300, "xxx")
        lines = [_DIGEST.sub("digest …", each.strip("│ ")) for each in (*text.splitlines(), *more)]
        read = [each for each in lines if each and not each.startswith(("╭", "╰", "Usage: ", "Try 'kzus"))]
        return [f"  {line}{f'  [{code}]' * bool(code)}", *(f"      {each}" for each in read)]


def make_folder(folder: Path) -> None:
    """Fill a folder with the fact files of the cases, and with what can't be read or written."""
    for name in FILES:
        shutil.copy(HERE / name, folder)
    for name, changes in CHANGED_FILES.items():
        text = (folder / changes["of"]).read_text("utf-8")
        for old, new in changes.items():
            if old != "of":
                assert old in text, (name, old)
                text = text.replace(old, re.sub(r"\{25 \w+\}", lambda found: _LONG[found[0]], new))
        (folder / name).write_text(text, "utf-8")
    (folder / "faulty.yaml").write_text("format: 2\ntitle:\n", "utf-8")
    with (folder / "huge.yaml").open("wb") as file:
        file.truncate(2**28 + 1)
    for name in ("pipe", "pipe.json"):
        os.mkfifo(folder / name)
    for name in ("folder.json", "full"):
        (folder / name).mkdir()
    for name in ("exists.json", "exists.sqlite", "exists.txt", "full/notes.txt"):
        (folder / name).touch()
    (folder / "circle.json").symlink_to("circle.json")


def _old_sqlite(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("sqlite3.sqlite_version_info", (3, 34, 1))
    patch.setattr("sqlite3.sqlite_version", "3.34.1")


def _little_memory(patch: pytest.MonkeyPatch) -> None:
    def check(*_: object) -> None:
        raise MemoryError

    patch.setattr(Session, "check", check)


def _little_time(patch: pytest.MonkeyPatch) -> None:
    def is_over(deadline: limits.Deadline) -> bool:
        deadline.is_stopped = True
        return True

    patch.setattr(limits.Deadline, "is_over", is_over)
    patch.setattr(limits, "_STEPS", 1)


def _failing_disk(patch: pytest.MonkeyPatch) -> None:
    class Failing:
        def __init__(self, cursor: sqlite3.Cursor) -> None:
            self.fetchmany = cursor.fetchmany

        def __iter__(self) -> Any:
            raise sqlite3.DatabaseError("database disk image is malformed")

    look: Callable[..., Any] = lists.fetch_rows  # type: ignore[attr-defined]

    def fail(*given: Any, **more: Any) -> tuple[object, object]:
        shown, found = look(*given, **more)
        return shown, Failing(found)

    patch.setattr(lists, "fetch_rows", fail)


def _restless_file(patch: pytest.MonkeyPatch) -> None:
    look = os.fstat

    def look_and_change(descriptor: int) -> os.stat_result:
        found = look(descriptor)
        with suppress(OSError):
            os.utime("facts.yaml", ns=(0, found.st_mtime_ns + 1))
        return found

    patch.setattr(os, "fstat", look_and_change)


def _other_owner(patch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    look = Path.stat

    def look_at_another(path: Path, **how: bool) -> os.stat_result:
        found = look(path, **how)
        return os.stat_result((*found[:4], 4711, *found[5:10])) if path.name == "exists.json" else found

    patch.setattr(os, "chown", refuse)
    patch.setattr(Path, "stat", look_at_another)


_FAULTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "an old SQLite": _old_sqlite,
    "too little memory": _little_memory,
    "too little time": _little_time,
    "too many columns for SQLite": lambda patch: patch.setattr("kzus.commands.session.MOST_COLUMNS", 2**20),
    "a disk that fails": _failing_disk,
    "a fact file that keeps changing": _restless_file,
    "a cache of another user": lambda patch: patch.setattr(os, "geteuid", lambda: 4711),
    "another owner": _other_owner,
    "short sheets": lambda patch: patch.setattr("kzus.export.excel._MOST_ROWS", 7),
    "no browser": lambda patch: patch.setattr(webbrowser, "open", lambda _: False),
}
"""What has to go wrong, by its name."""
