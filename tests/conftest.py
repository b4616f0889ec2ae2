"""A kzus to call in process: its own cache, a small fact file, a terminal if a test wants one."""

from __future__ import annotations

import io
import signal
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from kzus.app import main
from kzus.render.environment import Environment

if TYPE_CHECKING:
    from collections.abc import Callable

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell has it for what runs in the background
    signal.signal(signal.SIGINT, signal.default_int_handler)

FIXTURE = Path(__file__).with_name("facts.yaml")
ROOT = FIXTURE.parent.parent
DIGEST = blake2b(FIXTURE.read_bytes(), digest_size=20).hexdigest()[:12]
"""What a document or citation names of the fixture."""


@dataclass(frozen=True)
class Outcome:
    """What a command line did."""

    code: int
    out: str
    err: str


class Kzus(Protocol):
    """Runs one command line on the fixture; `width` makes it a terminal."""

    def __call__(
        self, *arguments: str, width: int | None = None, facts: Path | None = FIXTURE, has_colour: bool = False
    ) -> Outcome: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--redraw", action="store_true", help="Draw the screens of the gallery anew.")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("KZUS_CACHE_DIR", str(folder))
    # SQLite's limit is one of the process, and can't be raised again: a later test would run out of memory.
    monkeypatch.setattr("kzus.query.sql._MEMORY", 8 << 30)
    for name in ("KZUS_FACTS", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def kzus(monkeypatch: pytest.MonkeyPatch) -> Kzus:
    def run(
        *arguments: str, width: int | None = None, facts: Path | None = FIXTURE, has_colour: bool = False
    ) -> Outcome:
        if facts:
            monkeypatch.setenv("KZUS_FACTS", str(facts))
        monkeypatch.setenv("COLUMNS", str(width or 80))  # which rich asks for the help
        out, err = io.StringIO(), io.StringIO()
        env = Environment(
            out,
            err,
            is_terminal=bool(width),
            is_watched=bool(width),
            width=width or 80,
            height=24,
            has_styles=has_colour,
            has_colour=has_colour,
        )
        code = main(arguments, env)
        return Outcome(code, out.getvalue(), err.getvalue())

    return run


@pytest.fixture
def fact_file(tmp_path: Path) -> Callable[[str], Path]:
    """Write a fact file of the test's own."""

    def write(text: str) -> Path:
        path = tmp_path / "own.yaml"
        path.write_text(text, "utf-8")
        return path

    return write
