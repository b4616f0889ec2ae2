from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kzus.errors import KzusError
from kzus.facts.check import load
from kzus.index.store import in_memory
from kzus.query.lookup import named, named_ids

if TYPE_CHECKING:
    import sqlite3

FIXTURE = Path(__file__).parent.parent / "facts.yaml"


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    return in_memory(load(FIXTURE.read_bytes(), FIXTURE.name))


@settings(deadline=None)
@given(st.text(max_size=12))
@example("\ud800")
@example("\0")
@example('"')
def test_any_name_is_found_or_refused(index: sqlite3.Connection, name: str) -> None:
    try:
        found = named(index, name)
    except KzusError as refused:
        assert f"'{name}'" in str(refused)  # noqa: PT017 - either outcome is right
    else:
        assert index.execute("SELECT 1 FROM entries WHERE id = ?", (found,)).fetchone()


@settings(deadline=None)
@given(st.data())
def test_every_id_and_name_is_found_as_itself(index: sqlite3.Connection, data: st.DataObject) -> None:
    entry = data.draw(
        st.sampled_from(index.execute("SELECT id, id FROM entries UNION SELECT name, id FROM names").fetchall())
    )
    typed = data.draw(st.sampled_from([str.upper, str.title, str.swapcase, lambda name: name.replace(" ", "_")]))

    assert named(index, entry[0]) == named(index, typed(entry[0])) == entry[1]


@pytest.mark.parametrize(("name", "is_told"), [("0", True), ("777", True), ("zero", False), ("1.5", False)])
def test_who_types_a_bare_number_is_told_what_an_id_is(index: sqlite3.Connection, name: str, *, is_told: bool) -> None:
    with pytest.raises(KzusError) as refused:
        named(index, name)

    assert str(refused.value).startswith("an id is a word such as locomotives; ") is is_told


def test_words_that_name_nothing_each_may_stand_in_one_title(index: sqlite3.Connection) -> None:
    assert named_ids(index, ["300", "locomotives"]) == ["locomotives"]
    assert named_ids(index, ["loan", "КТЖ"]) == ["loan", "ktz"]
    assert named_ids(index, []) == []
    with pytest.raises(KzusError):
        named_ids(index, ["300", "loans"])
