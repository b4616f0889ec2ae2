"""The README is a test: what its console blocks show is what their commands print."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from shell import run

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```console\n\$ (.*?)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=[command for command, _ in BLOCKS])
def test_example_prints_what_the_readme_shows(command: str, shown: str) -> None:
    if "jq" in command and not shutil.which("jq"):
        pytest.skip("jq isn't installed")
    assert run(command) == shown


def test_readme_has_six_recipes() -> None:
    assert len(BLOCKS) >= 6


def test_readme_names_every_command() -> None:
    from kzus.commands import COMMANDS

    assert [name for name in COMMANDS if f"`{name}`" not in README and f"`kzus {name}" not in README] == []


def test_readme_is_short_enough_to_be_read() -> None:
    assert len(README.splitlines()) <= 250
