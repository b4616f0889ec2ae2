"""What only a real process shows: what it imports, what it leaves to a pipe, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bench import generate

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURE = Path(__file__).with_name("facts.yaml")
KZUS = [sys.executable, "-m", "kzus"]
COMMANDS = (
    "deals",
    "sum",
    "events",
    "indicators",
    "parties",
    "sectors",
    "sources",
    "statements",
    "timeline",
    "treaties",
)
HEAVY = ("yaml", "pydantic", "rich", "platformdirs", "dataclasses")
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")


@pytest.fixture(autouse=True)
def facts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KZUS_FACTS", str(FIXTURE))
    monkeypatch.setenv("PYTHONPATH", str(FIXTURE.parent.parent))


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file that takes a while to build an index of."""
    path = tmp_path / "large.yaml"
    generate.write(path, deals=4000)
    return path


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*KZUS, *arguments], env={**os.environ, **environment}, capture_output=True, check=False, timeout=60
    )


def loaded(*arguments: str) -> set[str]:
    """Return the heavy modules that a warm query imports, whatever it prints."""
    code = f"""
import sys
from kzus.app import main
sys.stdout = open({os.devnull!r}, "w")
code = main({list(arguments)!r})
print(code, *sorted(set(sys.modules) & set({HEAVY!r})), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    code_and_modules = done.stderr.splitlines()[-1].split()
    assert code_and_modules[0] == "0", done.stderr
    return set(code_and_modules[1:])


@pytest.mark.parametrize(
    "arguments",
    [
        ("deals", "--sector", "transport"),
        ("deals", "--party", "КТЖ", "--format", "csv"),
        ("deals", "--min", "1bn", "--format", "json"),
        ("sum", "--by", "stage"),
        ("sum", "--format", "json"),
        ("show", "locomotives"),
        ("show", "locomotives", "--format", "jsonl"),
        ("timeline",),
        ("deals", "--as-of", "2025-10"),
    ],
    ids=" ".join,
)
def test_a_warm_query_that_draws_nothing_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).returncode == 0
    assert loaded(*arguments) == set()


@pytest.mark.parametrize("form", ["tsv", "csv", "json", "jsonl"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_has_enough_is_no_failure(command: str, form: str) -> None:
    shell = f"set -o pipefail; {sys.executable} -m kzus {command} -f {form} | head -n 1"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, check=False)

    assert (done.returncode, done.stderr if command != "sum" else b"") == (0, b"")


def test_a_reader_that_leaves_early_is_no_failure_however_long_the_answer(large: Path) -> None:
    shell = f"set -o pipefail; {sys.executable} -m kzus deals --facts {large} | head -n 1"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, check=False)

    assert (done.returncode, done.stdout.count(b"\n"), done.stderr) == (0, 1, b"")


@needs_full
@pytest.mark.parametrize("arguments", [["deals"], ["sum", "-f", "json"], ["show", "loan"], ["schema"], ["--version"]])
def test_a_full_disk_is_told_and_fails(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*KZUS, *arguments], stdout=full, stderr=subprocess.PIPE, check=False)

    assert (done.returncode, done.stderr.splitlines()[-1:]) == (
        1,
        [b"kzus: can't write the answer: No space left on device"],
    )


def test_a_closed_stdout_is_told_and_fails() -> None:
    done = subprocess.run(["bash", "-c", f"{sys.executable} -m kzus deals >&-"], capture_output=True, check=False)

    assert done.returncode == 1
    assert done.stderr == b"kzus: can't write the answer: stdout is closed\n"


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "C", "LC_ALL": "C"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONUTF8": "0", "LC_ALL": "POSIX"},
        {"TERM": ""},
        {"COLUMNS": "0"},
        {"COLUMNS": "many", "LINES": "-1"},
    ],
    ids=str,
)
def test_data_is_utf_8_wherever_it_goes(environment: dict[str, str]) -> None:
    done = run("parties", "--columns", "aliases", **environment)

    assert (done.returncode, done.stderr) == (0, b"")
    assert "КТЖ" in done.stdout.decode()


@pytest.fixture
def building(large: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A process in the middle of a build, with the folder that it builds in."""
    cache = Path(os.environ["KZUS_CACHE_DIR"])
    process = subprocess.Popen([*KZUS, "deals", "--facts", str(large)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while process.poll() is None and not list(cache.glob("*.tmp")) and time.monotonic() < deadline:
        time.sleep(0.002)
    yield process, cache
    process.kill()
    process.wait()
    for stream in (process.stdout, process.stderr):
        if stream:
            stream.close()


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["SIGINT", "SIGTERM"])
def test_a_build_that_is_told_to_end_leaves_nothing_behind(
    building: tuple[subprocess.Popen[bytes], Path], sent: signal.Signals, code: int
) -> None:
    process, cache = building
    process.send_signal(sent)
    out, err = process.communicate(timeout=30)

    assert (process.returncode, out, err.strip()) == (code, b"", b"")
    assert list(cache.iterdir()) == []


def test_a_build_that_is_killed_is_swept_up_by_the_next(building: tuple[subprocess.Popen[bytes], Path]) -> None:
    process, cache = building
    process.kill()
    process.wait()
    assert [path.suffix for path in cache.iterdir()] == [".tmp"]

    assert run("sum", "--facts", str(cache.parent / "large.yaml")).returncode == 0
    assert [path.suffix for path in cache.iterdir()] == [".sqlite"]


def test_many_that_start_cold_at_once_all_get_the_answer() -> None:
    processes = [subprocess.Popen([*KZUS, "deals", "-c", "id"], stdout=subprocess.PIPE) for _ in range(12)]
    answers = {process.communicate(timeout=60)[0] for process in processes}

    assert [process.returncode for process in processes] == [0] * 12
    assert answers == {run("deals", "-c", "id").stdout}
    assert [path.suffix for path in Path(os.environ["KZUS_CACHE_DIR"]).iterdir()] == [".sqlite"]
