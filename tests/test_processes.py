"""What only a real process shows: what it imports, what it leaves to a pipe, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from bench import generate

FIXTURE = Path(__file__).with_name("facts.yaml")
KZUS = [sys.executable, "-m", "kzus"]
HEAVY = ("yaml", "pydantic", "rich", "platformdirs", "dataclasses", "kzus.values.codes", "kzus.values.spelling")


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
        ("deals", "locomotives", "wabt*"),
        ("deals", "boing"),
        ("events", "--person", "jane", "--kind", "visit"),
        ("timeline",),
        ("deals", "--as-of", "2025-10"),
    ],
    ids=" ".join,
)
def test_a_warm_query_that_draws_nothing_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).returncode == 0
    assert loaded(*arguments) == set()


def test_what_reads_words_is_imported_for_words_only() -> None:
    code = "import sys; from kzus.app import main; main(['deals', '-s', 'rail']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert {"kzus.query.words", "kzus.query.common_names", "kzus.query.lookup"} & set(done.stderr.split()) == set()


@pytest.mark.parametrize("arguments", [["sum"], ["sum", "--by", "party", "-f", "csv"], ["deals"], ["show", "wabtec"]])
def test_nothing_that_only_draws_or_completes_is_imported_for_a_pipe(arguments: list[str]) -> None:
    code = f"import sys; from kzus.app import main; main({arguments!r}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    drawing = {"kzus.render.sums", "kzus.render.document", "kzus.render.cells", "kzus.query.related"}
    assert {*drawing, "kzus.commands.complete", "kzus.query.sums.added_deals"} & set(done.stderr.split()) == set()


@pytest.mark.parametrize("arguments", [["show", "locomotives"], ["conflicts"]])
def test_conflicts_are_read_from_the_index_and_not_worked_out_anew(arguments: list[str]) -> None:
    code = f"import sys; from kzus.app import main; main({arguments!r}); print(*sys.modules, file=sys.stderr)"
    assert run(*arguments).returncode == 0
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert {"kzus.counting.disagreement", "kzus.index.conflicts"} & set(done.stderr.split()) == set()


def test_a_reader_that_leaves_early_is_no_failure_however_long_the_answer(large: Path) -> None:
    shell = f"set -o pipefail; {sys.executable} -m kzus deals --facts {large} | head -n 1"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, check=False)

    assert (done.returncode, done.stdout.count(b"\n"), done.stderr) == (0, 1, b"")


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


def test_many_that_start_cold_at_once_all_get_the_answer() -> None:
    processes = [subprocess.Popen([*KZUS, "deals", "-c", "id"], stdout=subprocess.PIPE) for _ in range(12)]
    answers = {process.communicate(timeout=60)[0] for process in processes}

    assert [process.returncode for process in processes] == [0] * 12
    assert answers == {run("deals", "-c", "id").stdout}
    assert [path.suffix for path in Path(os.environ["KZUS_CACHE_DIR"]).iterdir()] == [".sqlite"]
