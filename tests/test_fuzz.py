"""Any command line is answered, or refused with a word on stderr and nothing on stdout; see `fuzz`."""

from __future__ import annotations

import webbrowser
from typing import TYPE_CHECKING

import fuzz
import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("part", range(4))
def test_any_command_line_is_answered_or_refused(part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(webbrowser, "open", lambda *_, **__: False)
    monkeypatch.setenv("KZUS_FACTS", "")  # whatever the tried ones set, it is undone

    assert list(fuzz.tried(f"part {part}", 300)) == []
