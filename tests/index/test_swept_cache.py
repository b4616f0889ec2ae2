"""Indexes of fact files that are gone are removed, and no other file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import FIXTURE

from kzus.index.cache import index_path

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Kzus


@pytest.fixture
def lost(kzus: Kzus, tmp_path: Path) -> Path:
    """The index of a fact file that is gone."""
    facts = tmp_path / "lost.yaml"
    shutil.copy(FIXTURE, facts)
    assert kzus("deals", facts=facts).code == 0
    facts.unlink()
    found = index_path(facts)
    assert found
    assert found.exists()
    return found


def test_an_index_of_a_file_that_is_gone_goes_when_another_is_built(kzus: Kzus, lost: Path, cache: Path) -> None:
    assert kzus("deals").code == 0
    assert list(cache.iterdir()) == [index_path(FIXTURE)]
    assert not lost.exists()


def test_an_index_of_a_file_that_is_there_stays(kzus: Kzus, tmp_path: Path, cache: Path) -> None:
    facts = tmp_path / "there.yaml"
    shutil.copy(FIXTURE, facts)
    kzus("deals", facts=facts)
    kzus("deals")

    assert set(cache.iterdir()) == {index_path(FIXTURE), index_path(facts)}


@pytest.mark.parametrize("other", ["sealed by nobody", "of another name", "no database", "a folder", "a link"])
def test_what_is_not_provably_an_index_of_a_lost_file_stays(
    kzus: Kzus, lost: Path, cache: Path, tmp_path: Path, other: str
) -> None:
    path = cache / "other-01234567.sqlite"
    if other == "sealed by nobody":
        path = lost
        with lost.open("r+b") as file:
            file.seek(-1, os.SEEK_END)
            file.write(b"\x01")
    elif other == "of another name":
        lost.rename(path)
    elif other == "no database":
        path.write_text("mine")
        path.chmod(0o600)
    elif other == "a folder":
        path.mkdir()
    else:
        lost.rename(tmp_path / "elsewhere.sqlite")
        path.symlink_to(tmp_path / "elsewhere.sqlite")

    assert kzus("deals").code == 0
    assert os.path.lexists(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may look everywhere")
def test_a_file_that_cannot_be_looked_at_is_not_gone(kzus: Kzus, tmp_path: Path, cache: Path) -> None:
    facts = tmp_path / "closed" / "facts.yaml"
    facts.parent.mkdir()
    shutil.copy(FIXTURE, facts)
    kzus("deals", facts=facts)
    facts.parent.chmod(0)
    try:
        kzus("deals")
        assert index_path(facts) in set(cache.iterdir())
    finally:
        facts.parent.chmod(0o700)


@pytest.mark.parametrize(
    "line",
    [
        "{kzus} deals --facts - < {facts}",
        "cat {facts} | {kzus} deals --facts -",
        "cat {facts} | KZUS_FACTS=- {kzus} sum",
        "{kzus} deals --facts <(cat {facts})",
        "{kzus} deals --facts /dev/stdin < {facts}",
        "{kzus} deals --facts /proc/self/fd/0 < {facts}",
        "cat {facts} | {kzus} check -",
    ],
)
def test_what_is_piped_in_leaves_no_index(cache: Path, line: str) -> None:
    command = line.format(kzus=f"{sys.executable} -m kzus", facts=FIXTURE)
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)

    assert done.stdout
    assert not cache.exists()
