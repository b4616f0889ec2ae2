from __future__ import annotations

import io

import pytest

from kzus.render import stderr
from kzus.render.environment import Environment


def environment(*, is_watched: bool) -> Environment:
    return Environment(
        io.StringIO(), io.StringIO(), is_terminal=is_watched, is_watched=is_watched, width=80, height=24,
        has_styles=False, has_colour=False,
    )  # fmt: skip


def told(*, is_watched: bool, seconds: float, monkeypatch: pytest.MonkeyPatch) -> str:
    now = [0.0]
    monkeypatch.setattr(stderr, "monotonic", lambda: now[0])
    env = environment(is_watched=is_watched)
    bar = stderr.ProgressBar(env)
    now[0] = seconds
    bar("reading", 30, 100)
    bar("indexing", 5, 10)
    bar.end()
    assert env.stdout.getvalue() == ""  # type: ignore[attr-defined]
    text: str = env.stderr.getvalue()  # type: ignore[attr-defined]
    return text


def test_work_that_takes_over_a_second_is_shown_on_stderr(monkeypatch: pytest.MonkeyPatch) -> None:
    text = told(is_watched=True, seconds=1.1, monkeypatch=monkeypatch)
    assert "reading" in text
    assert "indexing" in text
    assert "50%" in text


@pytest.mark.parametrize(("is_watched", "seconds"), [(True, 0.9), (False, 60)], ids=["quick", "unwatched"])
def test_nothing_is_shown_of_what_is_quick_or_unwatched(
    monkeypatch: pytest.MonkeyPatch, *, is_watched: bool, seconds: float
) -> None:
    assert told(is_watched=is_watched, seconds=seconds, monkeypatch=monkeypatch) == ""
