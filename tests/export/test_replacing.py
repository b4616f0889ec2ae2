"""What stands where an export is written: replaced whole or not at all, and nothing beside it touched."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing, suppress
from itertools import count, cycle
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest
from conftest import FIXTURE, ROOT

from kzus.errors import KzusError
from kzus.export import folder as datafolder
from kzus.index import atomic as module
from kzus.index.atomic import atomic_write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Kzus

KINDS = ("json", "sqlite", "datapackage")
LATE = 60
OTHER = ROOT / "facts.yaml"
FOREIGN = (
    "target.2147000000.tmp",
    "target.1.tmp",
    f"target.{os.getpid()}.tmp",
    "target.draft.2147000000.tmp",
    "target.0123456789abcdef.tmp",
    "target.tmp",
    "*.2147000000.tmp",
    "a?[b].2147000000.tmp",
    "[a-z]*.0123456789abcdef.tmp",
    "data.0123456789abcdef.tmp",
)
"""Names like those of temporary files."""
OF_OTHERS = ("README", "data/mine.csv", ".git/config", "data/deals.csv.bak")


def touched(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_ctime_ns


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def made(kzus: Kzus, kind: str, target: Path, facts: Path = FIXTURE) -> dict[str, bytes]:
    """Export what another fact file has, and return what it is."""
    done = kzus("export", kind, str(target), "--force", facts=facts)
    assert (done.code, done.out, done.err) == (0, "", "")
    return tree(target.parent)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["target", "*", "a?[b]", "[a-z]*", "a**b"])
def test_files_named_like_temporary_ones_are_nobody_elses_to_touch(
    kzus: Kzus, tmp_path: Path, kind: str, name: str
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for foreign in FOREIGN:
        (folder / foreign).write_text(foreign)
    before = {path: touched(path) for path in folder.iterdir()}

    for _ in range(2):
        made(kzus, kind, folder / name)

    assert {path: touched(path) for path in before} == before
    assert {path.name for path in folder.iterdir()} == {*FOREIGN, name}


def test_a_temporary_name_that_is_taken_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.urandom", bytes)
    taken = module.temporary(tmp_path / "target")
    taken.write_text("somebody's")

    with pytest.raises(FileExistsError), atomic_write(tmp_path / "target"):
        pass

    assert tree(tmp_path) == {taken.name: b"somebody's"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_temporary_name_that_leads_elsewhere_is_left_alone(
    kzus: Kzus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr("os.urandom", bytes)
    module.temporary(tmp_path / "target").symlink_to(tmp_path / "elsewhere")

    done = kzus("export", kind, str(tmp_path / "target"))

    assert (done.code, done.out, done.err) == (1, "", f"kzus: can't write '{tmp_path / 'target'}': File exists\n")
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_as_long_as_they_can_be_is_written(kzus: Kzus, tmp_path: Path, kind: str) -> None:
    made(kzus, kind, tmp_path / ("é" * 127))


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o755, 0o444])
@pytest.mark.parametrize("kind", ["json", "sqlite"])
def test_force_keeps_the_mode_of_a_file(kzus: Kzus, tmp_path: Path, kind: str, mode: int) -> None:
    target = tmp_path / "target"
    target.write_text("old")
    target.chmod(mode)

    made(kzus, kind, target)

    assert stat.S_IMODE(target.stat().st_mode) == mode


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("foreign", [False, True])
def test_force_keeps_the_modes_of_a_package(kzus: Kzus, tmp_path: Path, *, foreign: bool) -> None:
    target = tmp_path / "target"
    made(kzus, "datapackage", target)
    if foreign:
        (target / "README").write_text("mine")
    modes = {
        target: 0o750,
        target / "data": 0o700,
        target / "datapackage.json": 0o640,
        target / "data/deals.csv": 0o600,
    }
    for path, mode in modes.items():
        path.chmod(mode)

    made(kzus, "datapackage", target)

    assert {path: stat.S_IMODE(path.stat().st_mode) for path in modes} == modes


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder of whoever this test runs as: of nobody where that is root, who may do anything."""
    folder = Path(tempfile.mkdtemp())
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(folder, 65534, -1)
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if is_root:
            os.seteuid(0)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o700)
        shutil.rmtree(folder)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("unreadable", ["target", "target/data"])
def test_a_folder_that_cant_be_read_is_written_to_and_keeps_what_it_has(open_folder: Path, unreadable: str) -> None:
    target, mine = open_folder / "target", open_folder / unreadable / "mine"
    (target / "data").mkdir(parents=True)
    mine.write_text("mine")
    (open_folder / unreadable).chmod(0o300)
    files = {"data/deals.csv": b"id\n", "datapackage.json": b'{"resources": [{"path": "data/deals.csv"}]}\n'}

    datafolder.write_folder(target, files, target)

    assert {name: (target / name).read_bytes() for name in files} == files
    assert mine.read_text() == "mine"
    (open_folder / unreadable).chmod(0o700)
    assert {*tree(open_folder)} == {str(mine.relative_to(open_folder)), *(f"target/{name}" for name in files)}


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("mode", [0o500, 0o600, 0o000])
def test_a_folder_that_cant_be_written_to_is_named(open_folder: Path, mode: int) -> None:
    target = open_folder / "target"
    (target / "data").mkdir(parents=True)
    target.chmod(mode)

    with pytest.raises(KzusError) as refused:
        datafolder.write_folder(target, {"data/deals.csv": b"id\n", "datapackage.json": b'{"resources": []}'}, target)

    assert str(refused.value).startswith(f"can't write '{target}")
    assert str(refused.value).endswith(": Permission denied")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
@pytest.mark.parametrize("kind", KINDS)
def test_force_keeps_the_owner(kzus: Kzus, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "target"
    made(kzus, kind, target)
    for path in (target, *target.rglob("*")):
        os.chown(path, 1234, 4321)

    made(kzus, kind, target)

    assert {(path.stat().st_uid, path.stat().st_gid) for path in (target, *target.rglob("*"))} == {(1234, 4321)}


@pytest.mark.parametrize("kind", KINDS)
def test_an_owner_that_cant_be_kept_is_an_error(
    kzus: Kzus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    target = tmp_path / "target"
    before = made(kzus, kind, target)

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted", "a temporary name")

    monkeypatch.setattr("os.chown", refuse)
    found = target / "datapackage.json" if kind == "datapackage" else target
    real = Path.stat

    def of_another(self: Path, **how: bool) -> os.stat_result:
        answer = real(self, **how)
        return os.stat_result((*answer[:4], 4711, *answer[5:10])) if self == found else answer

    monkeypatch.setattr(Path, "stat", of_another)
    done = kzus("export", kind, str(target), "--force", facts=OTHER)

    assert (done.code, done.out) == (1, "")
    assert done.err == f"kzus: can't write '{found}': its owner and group can't be kept; name another\n"
    assert (
        tree(tmp_path)["target" if kind != "datapackage" else "target/data/deals.csv"]
        == (before["target" if kind != "datapackage" else "target/data/deals.csv"])
    )


@pytest.mark.parametrize("kind", ["json", "sqlite"])
@pytest.mark.parametrize("name", ["newdir/", "newdir//", "newdir/.", "newdir/.."])
def test_a_folder_that_isnt_there_is_no_file(
    kzus: Kzus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, name: str
) -> None:
    monkeypatch.chdir(tmp_path)

    done = kzus("export", kind, name)

    assert (done.code, done.out, done.err) == (1, "", f"kzus: '{name}' names a folder; name a file to write\n")
    assert not (tmp_path / "newdir").exists()


def test_a_folder_may_be_named_with_a_slash(kzus: Kzus, tmp_path: Path) -> None:
    done = kzus("export", "datapackage", f"{tmp_path / 'newdir'}/")

    assert (done.code, done.out, done.err) == (0, "", "")
    assert (tmp_path / "newdir/datapackage.json").is_file()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_stays_a_link_and_what_it_leads_to_is_written(
    kzus: Kzus, tmp_path: Path, kind: str, *, is_there: bool
) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    link.symlink_to("real")
    if is_there:
        made(kzus, kind, real, OTHER)

    made(kzus, kind, link)

    assert link.is_symlink()
    assert not real.is_symlink()
    assert {path.name for path in tmp_path.iterdir() if path.name != "cache"} == {"real", "link"}


@pytest.mark.parametrize("kind", KINDS)
def test_links_in_a_circle_are_an_error(kzus: Kzus, tmp_path: Path, kind: str) -> None:
    link = tmp_path / "link"
    link.symlink_to("link")

    done = kzus("export", kind, str(link))

    assert (done.code, done.out) == (1, "")
    assert done.err == f"kzus: can't write '{link}': Too many levels of symbolic links\n"
    assert link.is_symlink()


def test_links_within_a_package_stay_links(kzus: Kzus, tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    expected = made(kzus, "datapackage", tmp_path / "whole/target")
    target, elsewhere = tmp_path / "target", tmp_path / "elsewhere"
    target.mkdir()
    elsewhere.mkdir()
    (target / "data").symlink_to("../elsewhere")
    (elsewhere / "mine").write_text("mine")

    made(kzus, "datapackage", target)

    assert (target / "data").is_symlink()
    assert {f"target/{name}": content for name, content in tree(target).items()} | {
        f"target/data/{name}": content for name, content in tree(elsewhere).items() if name != "mine"
    } == expected
    assert (elsewhere / "mine").read_text() == "mine"


@pytest.mark.parametrize(
    ("blocked", "reason"),
    [("data", "File exists"), ("data/deals.csv", "Is a directory"), ("datapackage.json", "Is a directory")],
)
def test_an_error_names_the_file_that_failed(kzus: Kzus, tmp_path: Path, blocked: str, reason: str) -> None:
    target = tmp_path / "target"
    if blocked == "data":
        target.mkdir()
        (target / "data").write_text("mine")
    else:
        (target / blocked).mkdir(parents=True)

    done = kzus("export", "datapackage", str(target), "--force")

    assert (done.code, done.out, done.err) == (1, "", f"kzus: can't write '{target / blocked}': {reason}\n")
    assert [path.name for path in tmp_path.rglob("*.tmp")] == []
    assert len(tree(target)) == (blocked == "data")


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_names_what_the_user_named(kzus: Kzus, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "nowhere/target"

    done = kzus("export", kind, str(target))

    assert (done.code, done.out) == (1, "")
    assert done.err == f"kzus: can't write '{target}': No such file or directory\n"


def test_files_of_others_in_a_package_stay(kzus: Kzus, tmp_path: Path) -> None:
    target = tmp_path / "target"
    made(kzus, "datapackage", target)
    for name in OF_OTHERS:
        (target / name).parent.mkdir(exist_ok=True)
        (target / name).write_text(name)
    before = {target / name: touched(target / name) for name in OF_OTHERS}

    made(kzus, "datapackage", target, OTHER)

    assert {path: touched(path) for path in before} == before
    assert list(tmp_path.rglob("*.tmp")) == []


def test_a_file_that_is_put_there_meanwhile_stays(kzus: Kzus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "target"
    made(kzus, "datapackage", target)

    def exchange(one: Path, other: Path, really=datafolder._exchange_folders) -> bool:  # type: ignore[no-untyped-def] # noqa: ANN001, SLF001
        (target / "README").write_text("mine")
        (target / "data/mine.csv").write_text("mine")
        return bool(really(one, other))

    monkeypatch.setattr(datafolder, "_exchange_folders", exchange)
    made(kzus, "datapackage", target, OTHER)

    assert [(target / name).read_text() for name in ("README", "data/mine.csv")] == ["mine", "mine"]
    assert list(tmp_path.rglob("*.tmp")) == []


def test_the_current_folder_stays_the_current_folder(
    kzus: Kzus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "target"
    target.mkdir()
    monkeypatch.chdir(target)

    for _ in range(2):
        done = kzus("export", "datapackage", ".", "--force")
        assert (done.code, done.out, done.err) == (0, "", "")

    assert Path("datapackage.json").is_file()
    assert sorted(path.name for path in Path().iterdir()) == ["data", "datapackage.json"]


def contents(kind: str, target: Path) -> object:
    """Read an export as its reader does: of a package the tables that its manifest names."""
    if kind == "json":
        return target.read_bytes()
    if kind == "sqlite":
        with closing(sqlite3.connect(f"{target.as_uri()}?mode=ro", uri=True)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return sorted(database.iterdump())
    manifest = json.loads((target / "datapackage.json").read_bytes())
    tables = {each["name"]: (target / each["path"]).read_bytes() for each in manifest["resources"]}
    return tables, tree(target) if (kind, (target / "README").exists()) == ("datapackage", False) else None


SENT = {"INT": (2, 130), "TERM": (15, 143), "KILL": (9, -9)}
"""Each signal, by number, and the exit code that it leads to."""
WRITES = 0.04
"""Seconds in which the slowest kind of export is written."""


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
@pytest.mark.parametrize("sent", SENT)
@pytest.mark.parametrize("kind", [*KINDS, "datapackage beside others"])
def test_an_interrupted_export_is_the_old_or_the_new_one(kzus: Kzus, tmp_path: Path, kind: str, sent: str) -> None:
    folder, (kind, _, beside) = tmp_path / "folder", kind.partition(" ")
    target = folder / "target"
    if beside:
        target.mkdir(parents=True)
        (target / "README").write_text("mine")
    folder.mkdir(exist_ok=True)
    states = []
    for facts in (OTHER, FIXTURE):
        made(kzus, kind, target, facts)
        states.append(contents(kind, target))
    number, code = SENT[sent]
    rounds = int(os.environ.get("KZUS_INTERRUPTIONS", "4"))
    for at, facts in zip(range(rounds), cycle((OTHER, FIXTURE)), strict=False):
        process = subprocess.Popen(
            [sys.executable, "-m", "kzus", "export", kind, str(target), "--force"],
            env={**os.environ, "KZUS_FACTS": str(facts), "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        _wait_for_a_temporary_file(process, folder)
        sleep(at / rounds * WRITES)
        process.send_signal(number)
        ended = process.communicate(timeout=LATE)
        assert (ended, process.returncode in (0, code, -number)) == ((b"", b""), True)
        assert contents(kind, target) in states
        left = list(folder.rglob("*.tmp"))
        assert sent == "KILL" or left == []
    if beside:
        assert (target / "README").read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are POSIX's")
def test_a_package_beside_others_is_whole_after_each_step(
    kzus: Kzus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "target"
    target.mkdir()
    (target / "README").write_text("mine")
    made(kzus, "datapackage", target, OTHER)
    new = contents("datapackage", target)
    made(kzus, "datapackage", target)
    old = contents("datapackage", target)
    steps = len(tree(target))  # the README is not replaced, the manifest twice
    assert old != new
    found = []
    moments = (0, 1, 2, steps // 2, steps - 1)
    for last in moments:
        if not (child := os.fork()):
            after = count()
            replace = Path.replace

            def die(self: Path, to: Path, replace=replace, after=after, last=last) -> Path:  # type: ignore[no-untyped-def] # noqa: ANN001
                if next(after) == last:
                    os._exit(9)
                return replace(self, to)  # type: ignore[no-any-return]

            monkeypatch.setattr(Path, "replace", die)
            kzus("export", "datapackage", str(target), "--force", facts=OTHER)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
        found.append(contents("datapackage", target))
        made(kzus, "datapackage", target)

    assert found == [old] + [new] * (len(moments) - 1)


def _wait_for_a_temporary_file(process: subprocess.Popen[bytes], folder: Path) -> None:
    begun = monotonic()
    while process.poll() is None and monotonic() < begun + LATE:
        with suppress(OSError):  # it is gone again
            if any(folder.glob("*.tmp")) or any(folder.glob("target/*.tmp")):
                return
