"""Python's modes, and ways to install: everything works in each, if only slower."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipapp
from typing import TYPE_CHECKING, Any

import pytest
from conftest import FIXTURE, ROOT

if TYPE_CHECKING:
    from pathlib import Path

MODES = [
    ("-O",), ("-OO",), ("-s", "-E"), ("-X", "utf8=0"), ("-X", "dev"), ("-W", "error"), ("-bb",), ("-P",),
]  # fmt: skip
VARIABLES = [
    {"PYTHONSAFEPATH": "1"},
    {"PYTHONWARNINGS": "error"},
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Adak", "LC_ALL": "tr_TR.UTF-8"},
    {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"},
    {"PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"},
]
ASKED = [("deals", "-f", "table"), ("schema",), ("sum", "--help"), ("sql", "--schema"), ("check",)]


def answer(*command: str, cwd: Any = None, **variables: str) -> tuple[int, str, str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "KZUS_FACTS": str(FIXTURE), "COLUMNS": "80", **variables}
    done = subprocess.run(command, env=environment, cwd=cwd, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


START = "import sys; sys.path.insert(0, {!r}); from kzus.__main__ import start; start()".format(str(ROOT))  # noqa: UP032 - of a literal


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], tuple[int, str, str]]:
    folder = str(tmp_path_factory.mktemp("expected"))
    return {asked: answer(sys.executable, "-c", START, *asked, KZUS_CACHE_DIR=folder) for asked in ASKED}


@pytest.mark.parametrize("mode", MODES, ids=" ".join)
def test_every_mode_of_python_gives_the_same_answer(
    expected: dict[tuple[str, ...], tuple[int, str, str]], mode: tuple[str, ...]
) -> None:
    assert {asked: answer(sys.executable, *mode, "-c", START, *asked) for asked in ASKED} == expected


def test_an_isolated_python_gives_the_same_answer(expected: dict[tuple[str, ...], tuple[int, str, str]]) -> None:
    assert answer(sys.executable, "-I", "-c", START, *ASKED[0]) == expected[ASKED[0]]


@pytest.mark.parametrize("variables", VARIABLES, ids=str)
def test_no_variable_of_python_changes_an_answer(
    expected: dict[tuple[str, ...], tuple[int, str, str]], variables: dict[str, str]
) -> None:
    found = {asked: answer(sys.executable, "-c", START, *asked, cwd=None, **variables) for asked in ASKED[:3]}

    assert found == {asked: expected[asked] for asked in ASKED[:3]}


@pytest.mark.parametrize("name", ["GITHUB_ACTIONS", "PY_COLORS"])
@pytest.mark.parametrize("asked", [("--help",), ("deals", "--no-such")])
def test_a_job_gets_no_colours_in_a_pipe(name: str, asked: tuple[str, ...]) -> None:
    assert answer(sys.executable, "-m", "kzus", *asked, cwd=None, **{name: "1"}) == answer(
        sys.executable, "-m", "kzus", *asked
    )


@pytest.mark.parametrize("folder", [".", "..", "elsewhere"])
def test_an_archive_answers_as_the_folder_does(tmp_path: Path, folder: str) -> None:
    source, home = tmp_path / "source", tmp_path / "home"
    shutil.copytree(ROOT / "kzus", source / "kzus", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "facts.yaml", source / "kzus")
    home.mkdir()
    (home / "elsewhere").mkdir()
    archive = home / "kzus.pyz"
    zipapp.create_archive(source, archive, main="kzus.__main__:start")
    asked = ("deals", "-c", "id", "-n", "3")
    cwd = (home / folder).resolve()
    program = os.path.relpath(archive, cwd)
    without_checkout = {"PYTHONPATH": "", "KZUS_FACTS": ""}
    first = answer(sys.executable, "-S", "-c", _archive_program(program), *asked, cwd=cwd, **without_checkout)

    assert first == answer(sys.executable, "-m", "kzus", *asked, KZUS_FACTS="")
    assert answer(sys.executable, "-S", "-c", _archive_program(program), *asked, cwd=cwd, **without_checkout) == first
    code, out, err = answer(sys.executable, "-S", "-c", _archive_program(program), "check", cwd=cwd, **without_checkout)
    assert (code, err) == (0, "")
    assert out.startswith(f"{archive}{os.sep}kzus{os.sep}facts.yaml: sound · ")


def _archive_program(archive: str) -> str:
    """Run an archive with this environment's libraries, but not its kzus, which may be a link to the checkout."""
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    return f"import sys; sys.path[:0] = [{archive!r}, *{libraries!r}]; from kzus.__main__ import start; start()"
