"""Paths of any bytes, and `~` where no shell has put the home in."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import FIXTURE, ROOT, Kzus

import kzus as package
from kzus.index.cache import index_path

NAMES = [b"\xc4\xcf", b"a?b#c%41 [d]'e\"f", "Қазақстан ✓".encode(), b"-n", b"line\nend", b"\xe2\x80\xae"]
"""Latin letters that are no UTF-8, what an address gives a meaning, options, controls."""


@pytest.fixture(params=NAMES, ids=repr)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / os.fsdecode(request.param)
    path.mkdir()
    shutil.copy(FIXTURE, path / "facts.yaml")
    return path


def lines_of(facts: Path, *arguments: str, cwd: Any = None, **environment: str) -> list[str]:
    """Return what a process answers that must succeed without a word on stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "kzus", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), "KZUS_FACTS": os.fspath(facts), **environment},
        cwd=cwd,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode().splitlines()


@pytest.fixture
def expected(kzus: Kzus) -> list[str]:
    return kzus("deals", "-c", "id").out.splitlines()


def test_a_fact_file_is_read_and_its_index_is_found_again(
    kzus: Kzus, folder: Path, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kzus.index.fact_file._SETTLED_NS", -(10**12))
    facts = folder / "facts.yaml"
    first = kzus("deals", "-c", "id", facts=facts)
    index = index_path(facts)
    assert index
    written = index.stat().st_ino

    assert (first.code, first.out.splitlines(), first.err) == (0, expected, "")
    assert kzus("deals", "-c", "id", facts=facts) == first
    assert index.stat().st_ino == written
    with closing(sqlite3.connect(index)) as connection:
        ((path,),) = connection.execute("SELECT value FROM meta WHERE key = 'path'")
    assert os.fsencode(path) == os.fsencode(facts)


@pytest.mark.parametrize(
    "arguments",
    [("sum",), ("brief", "-f", "html"), ("show", "loan"), ("sql", "select * from meta"), ("check",), ("schema",),
     ("timeline", "--as-of", "2025-10"), ("sql", "select * from meta", "-f", "json")],
    ids=" ".join,
)  # fmt: skip
def test_every_kind_of_answer_comes_whatever_the_path(kzus: Kzus, folder: Path, arguments: tuple[str, ...]) -> None:
    done = kzus(*arguments, facts=folder / "facts.yaml")

    assert done.code == 0
    assert done.out.encode("utf-8")


def test_the_working_folder_and_the_cache_have_any_name(folder: Path, expected: list[str]) -> None:
    found = lines_of(Path("facts.yaml"), "deals", "-c", "id", cwd=folder, KZUS_CACHE_DIR=os.fspath(folder / "cache"))

    assert found == expected
    assert [path.suffix for path in (folder / "cache").iterdir()] == [".sqlite"]


@pytest.mark.parametrize("home", ["HOME", "XDG_CACHE_HOME"])
def test_the_home_has_any_name(folder: Path, expected: list[str], home: str) -> None:
    assert lines_of(FIXTURE, "deals", "-c", "id", cwd=None, KZUS_CACHE_DIR="", **{home: os.fspath(folder)}) == expected
    assert len(list(folder.rglob("kzus/*.sqlite"))) == 1


def test_kzus_itself_stands_in_any_folder(folder: Path, expected: list[str]) -> None:
    shutil.copytree(ROOT / "kzus", folder / "kzus", ignore=shutil.ignore_patterns("__pycache__"))

    assert lines_of(FIXTURE, "deals", "-c", "id", cwd=folder, PYTHONPATH=os.fspath(folder)) == expected


@pytest.mark.parametrize("kind", ["json", "sqlite", "datapackage"])
def test_an_export_has_any_name(kzus: Kzus, folder: Path, kind: str) -> None:
    target = folder / os.fsdecode(b"out \xff'")
    done = kzus("export", kind, os.fspath(target))
    again = kzus("export", kind, os.fspath(target))

    assert (done.code, done.out, done.err) == (0, "", "")
    assert target.exists()
    assert (again.code, again.out) == (1, "")
    assert "\\udcff" in again.err


def test_a_message_names_a_file_on_one_line(kzus: Kzus, folder: Path) -> None:
    (folder / "facts.yaml").write_text("format: 2\n", "utf-8")
    done = kzus("deals", facts=folder / "facts.yaml")

    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines()[0].endswith("facts.yaml:1:1: the key 'as_of' is missing")
    assert done.err.encode("utf-8")


def test_a_tilde_is_the_home_wherever_a_path_is_taken(
    kzus: Kzus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: list[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("KZUS_CACHE_DIR", "~/kept")
    monkeypatch.chdir(tmp_path)
    shutil.copy(FIXTURE, tmp_path / "f.yaml")

    assert kzus("deals", "-c", "id", facts=Path("~/f.yaml")).out.splitlines() == expected
    assert kzus("deals", "-c", "id", "--facts", "~/f.yaml", facts=None).out.splitlines() == expected
    assert kzus("check", "~/f.yaml").code == 0
    assert kzus("diff", "~/f.yaml", "~/f.yaml", "--exit-code").code == 0
    assert kzus("export", "json", "~/out.json").code == 0
    assert kzus("export", "datapackage", "~/package").code == 0
    with package.open("~/f.yaml") as reference:
        assert len(reference.deals()) == len(expected)
    names = {path.name for path in tmp_path.iterdir()} - {"cache"}
    assert names == {"f.yaml", "kept", "out.json", "package"}


def test_a_name_that_only_has_a_tilde_is_a_name(kzus: Kzus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(FIXTURE, tmp_path / "facts.yaml~")

    assert kzus("check", "facts.yaml~").code == 0


def test_json_of_a_path_is_json(kzus: Kzus, folder: Path) -> None:
    done = kzus("sql", "select value from meta where key = 'path'", "-f", "json", facts=folder / "facts.yaml")
    (row,) = json.loads(done.out)

    assert row["value"] in (os.fspath(folder / "facts.yaml"), f"X'{os.fsencode(folder / 'facts.yaml').hex()}'")
