"""An index that others could have put there, that was changed after it was built, or that many build at once."""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from multiprocessing.pool import ThreadPool
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest

import kzus
from kzus.api import reference as library
from kzus.commands import lists
from kzus.errors import DamagedIndexError, KzusError
from kzus.index import kept as store
from kzus.index.cache import index_path
from kzus.query import listing as query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Kzus

    Setup = Callable[[Path, Path], object]

FIXTURE = Path(__file__).parent.parent / "facts.yaml"
KZUS = [sys.executable, "-m", "kzus"]
NOBODY = 65534
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can act for another user"
)


@pytest.fixture(autouse=True)
def not_for_ever() -> Iterator[None]:
    """End a test that hangs, as one that waits for a writer of a FIFO would."""

    def stop(*_: object) -> None:
        pytest.fail("it hangs")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(120)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """A fact file whose stamp is trusted: from long ago, but for the time that nothing can set."""
    path = tmp_path / "own.yaml"
    shutil.copy(FIXTURE, path)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    return path


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzus.index.fact_file._SETTLED_NS", -(10**12))


def place(facts: Path) -> Path:
    found = index_path(facts)
    assert found is not None
    return found


def ids(facts: Path) -> list[str]:
    with kzus.open(facts) as reference:
        return [deal.id for deal in reference.deals()]


@pytest.fixture
def expected(facts: Path) -> list[str]:
    """The right answer, with its index in the cache."""
    return ids(facts)


def edited(index: Path, *statements: str) -> None:
    """Change a kept index as another program would, and seal it again, as only a careful forger would."""
    with closing(sqlite3.connect(index, isolation_level=None)) as connection:
        connection.execute("PRAGMA trusted_schema = ON")
        for statement in statements:
            connection.execute(statement)
        store.keep(index, connection)


def test_threads_on_a_cold_cache_all_get_the_whole_answer(facts: Path, cache: Path) -> None:
    for _ in range(10):
        shutil.rmtree(cache, ignore_errors=True)
        with ThreadPool(4) as pool:
            answers = pool.map(lambda _: len(ids(facts)), range(4))
        assert answers == [answers[0]] * 4
        assert answers[0] > 0
        assert [path.suffix for path in cache.iterdir()] == [".sqlite"]


def test_threads_share_a_reference(facts: Path, expected: list[str]) -> None:
    with kzus.open(facts) as reference, ThreadPool(4) as pool:
        answers = pool.map(lambda _: [deal.id for deal in reference.deals()], range(40))

    assert answers == [expected] * 40


def test_only_our_own_error_comes_out_of_a_thread_whose_reference_is_closed(facts: Path) -> None:
    reference = kzus.open(facts)

    def ask(at: int) -> str:
        if at == 20:
            reference.close()
        try:
            return str(len(reference.deals()))
        except KzusError as error:
            return str(error)

    with ThreadPool(4) as pool:
        answers = set(pool.map(ask, range(40), 1))
    assert "this reference is closed; open another with kzus.open()" in answers
    assert len(answers) <= 2


@as_root
def test_processes_of_one_number_on_a_cold_cache_all_get_the_whole_answer(tmp_path: Path, facts: Path) -> None:
    unshared = ["unshare", "--pid", "--fork", "--mount-proc"]
    if not shutil.which("unshare") or subprocess.run([*unshared, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no process namespaces here")
    whole = subprocess.run([*KZUS, "deals"], capture_output=True, check=True, env=around(tmp_path / "0", facts)).stdout
    for at in range(1, 4):
        pair = []
        for _ in range(2):
            pair.append(
                subprocess.Popen(
                    [*unshared, *KZUS, "deals"], stdout=subprocess.PIPE, env=around(tmp_path / str(at), facts)
                )
            )
            time.sleep(0.15)
        assert [process.communicate(timeout=60)[0] for process in pair] == [whole, whole]


def around(cache: Path, facts: Path) -> dict[str, str]:
    root = str(Path(__file__).parent.parent.parent)
    return {**os.environ, "KZUS_CACHE_DIR": str(cache), "KZUS_FACTS": str(facts), "PYTHONPATH": root}


def a_link(index: Path, aside: Path) -> None:
    index.rename(aside)
    index.symlink_to(aside)


def a_hard_link(index: Path, aside: Path) -> None:
    os.link(index, aside)


def a_fifo(index: Path, _: Path) -> None:
    index.unlink()
    os.mkfifo(index)


def a_folder(index: Path, _: Path) -> None:
    index.unlink()
    index.mkdir()


def writable_by_others(index: Path, _: Path) -> None:
    index.chmod(0o666)


def of_another_user(index: Path, _: Path) -> None:
    os.chown(index, NOBODY, NOBODY)


@pytest.mark.parametrize(
    "setup",
    [a_link, a_hard_link, a_fifo, a_folder, writable_by_others, pytest.param(of_another_user, marks=as_root)],
)
def test_a_file_that_others_could_have_put_there_is_not_believed(
    facts: Path, tmp_path: Path, expected: list[str], setup: Setup
) -> None:
    edited(place(facts), "UPDATE deals SET id = 'forged-' || id")
    assert ids(facts)[0].startswith("forged-")  # sealed as it is, and in nobody else's reach, it is believed

    setup(place(facts), tmp_path / "aside")
    assert ids(facts) == expected
    assert ids(facts) == expected


def writable_folder(folder: Path) -> None:
    folder.chmod(0o777)


def group_writable_folder(folder: Path) -> None:
    folder.chmod(0o770)


def folder_of_another_user(folder: Path) -> None:
    os.chown(folder, NOBODY, NOBODY)


@pytest.mark.parametrize(
    ("setup", "why"),
    [
        (writable_folder, "other users can write to the cache folder '{}'"),
        (group_writable_folder, "other users can write to the cache folder '{}'"),
        pytest.param(folder_of_another_user, "the cache folder '{}' belongs to another user", marks=as_root),
    ],
)
def test_in_a_folder_that_others_can_write_to_nothing_is_believed_written_or_removed(
    kzus: Kzus, facts: Path, cache: Path, expected: list[str], setup: Callable[[Path], None], why: str
) -> None:
    edited(place(facts), "UPDATE deals SET id = 'forged-' || id")
    setup(cache)
    before = place(facts).stat()
    said = kzus("deals", "-c", "id", "--no-header", facts=facts)

    assert (said.code, said.out.split()) == (0, expected)
    assert said.err == (
        f"kzus: {why.format(cache)}, so the index is built for each answer; "
        "name a folder of your own in KZUS_CACHE_DIR\n"
    )
    assert list(cache.iterdir()) == [place(facts)]
    assert place(facts).stat() == before


def test_a_swap_between_the_check_and_the_opening_is_noticed(
    facts: Path, tmp_path: Path, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    forged = tmp_path / "forged.sqlite"
    shutil.copy(place(facts), forged)
    with closing(sqlite3.connect(forged)) as connection, connection:
        connection.execute("UPDATE deals SET id = 'forged-' || id")
    connect = store.Index.__init__

    def swap_and_connect(self: store.Index, database: str, *, is_uri: bool = False) -> None:
        if is_uri and forged.exists():
            forged.replace(place(facts))
        connect(self, database, is_uri=is_uri)

    monkeypatch.setattr(store.Index, "__init__", swap_and_connect)

    assert ids(facts) == expected
    assert not forged.exists()


def test_a_swap_after_the_build_changes_no_answer(
    facts: Path, tmp_path: Path, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    forged = tmp_path / "forged.sqlite"
    edited(place(facts), "UPDATE deals SET id = 'forged-' || id")
    place(facts).rename(forged)
    keep = store.keep

    def keep_and_swap(index: Path, connection: sqlite3.Connection) -> None:
        keep(index, connection)
        forged.replace(index)

    monkeypatch.setattr("kzus.index.store.keep", keep_and_swap)

    assert ids(facts) == expected
    assert not forged.exists()


ENDLESS = "WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t) SELECT {} FROM t"
TRIGGER = "CREATE TRIGGER forged AFTER INSERT ON names BEGIN DELETE FROM deals; END"


@pytest.mark.parametrize(
    "statements",
    [
        ("DROP TABLE meta", "CREATE VIEW meta AS " + ENDLESS.format("'title' AS key, max(n) AS value")),
        ("DROP TABLE deals", "CREATE VIEW deals AS " + ENDLESS.format("n AS id")),
        ("DROP TABLE search", "CREATE VIEW search AS " + ENDLESS.format("n AS rowid")),
        (TRIGGER,),
        ("DROP TABLE names",),
        ("CREATE TABLE more (id TEXT)",),
        ("ALTER TABLE names ADD COLUMN more TEXT",),
        ("DELETE FROM meta WHERE key = 'as_of'",),
        ("DELETE FROM meta WHERE key = 'title'",),
    ],
    ids=str,
)
def test_an_index_with_other_tables_is_built_anew(
    facts: Path, expected: list[str], statements: tuple[str, ...]
) -> None:
    edited(place(facts), *statements)

    assert ids(facts) == expected
    assert ids(facts) == expected


@pytest.mark.parametrize("summed", [store.SUMMED, 0], ids=["by its checksum", "by the time of its change"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET body = '{'",
        "UPDATE deals SET counted_usd = counted_usd + 1",
        "DELETE FROM deals",
        "UPDATE meta SET value = 'another title' WHERE key = 'title'",
    ],
)
def test_an_index_that_was_changed_is_built_anew(
    kzus: Kzus, facts: Path, monkeypatch: pytest.MonkeyPatch, summed: int, statement: str
) -> None:
    monkeypatch.setattr(store, "SUMMED", summed)
    questions = (["sum", "-f", "json"], ["show", "locomotives"], ["export", "json"], ["brief"])
    whole = [kzus(*question, facts=facts) for question in questions]
    for question, answer in zip(questions, whole, strict=True):
        with closing(sqlite3.connect(place(facts))) as connection, connection:
            connection.execute(statement)
        assert kzus(*question, facts=facts) == answer


@pytest.mark.parametrize("summed", [store.SUMMED, 0], ids=["by its checksum", "by the time of its change"])
def test_no_overwritten_page_changes_an_answer(
    kzus: Kzus, facts: Path, monkeypatch: pytest.MonkeyPatch, summed: int
) -> None:
    monkeypatch.setattr(store, "SUMMED", summed)
    whole = kzus("timeline", facts=facts)
    size = place(facts).stat().st_size
    chance = random.Random(11)  # noqa: S311 - which pages is no secret
    for _ in range(20):
        with place(facts).open("r+b") as file:
            file.seek(chance.randrange(size // 4096) * 4096)
            file.write(chance.randbytes(4096))
        assert kzus("timeline", facts=facts) == whole


def test_a_change_whose_time_was_put_back_is_noticed(facts: Path, expected: list[str]) -> None:
    found = place(facts).stat()
    with closing(sqlite3.connect(place(facts))) as connection, connection:
        connection.execute("DELETE FROM deals WHERE id = ?", (expected[0],))
    os.utime(place(facts), ns=(found.st_atime_ns, found.st_mtime_ns))

    assert ids(facts) == expected


class Failing:
    """A cursor whose first row can be read and no other."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self.fetchmany = cursor.fetchmany

    def __iter__(self) -> Iterator[object]:
        raise sqlite3.DatabaseError("database disk image is malformed")


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many more lists fail after their first row, as those of a large index on a failing disk do."""
    left = [1]
    look = query.fetch_rows

    def fail(*given: Any, **more: Any) -> tuple[object, object]:
        shown, found = look(*given, **more)
        left[0] -= 1
        return (shown, found) if left[0] < 0 else (shown, Failing(found))

    monkeypatch.setattr(lists, "fetch_rows", fail)
    return left


UNREADABLE = "kzus: the index of the fact file can't be read: database disk image is malformed"


@pytest.mark.parametrize("width", [None, 80], ids=["pipe", "terminal"])
def test_damage_that_is_found_before_anything_is_printed_is_mended(
    kzus: Kzus, facts: Path, failing: list[int], width: int | None
) -> None:
    failing[0] = 0
    whole = kzus("deals", "-f", "tsv", "--no-header", facts=facts, width=width)
    failing[0] = 1

    assert kzus("deals", "-f", "tsv", "--no-header", facts=facts, width=width) == whole
    assert whole.code == 0


def test_damage_that_is_found_when_rows_are_out_is_an_error_and_the_next_answer_is_whole(
    kzus: Kzus, facts: Path, failing: list[int]
) -> None:
    failing[0] = 0
    whole = kzus("deals", "-f", "json", facts=facts)
    failing[0] = 1
    broken = kzus("deals", "-f", "json", facts=facts)

    assert (broken.code, broken.err) == (1, f"{UNREADABLE}; what was printed is not whole, so ask again\n")
    assert broken.out.count("\n") == 1
    assert whole.out.startswith(broken.out)
    assert not place(facts).exists()
    assert kzus("deals", "-f", "json", facts=facts) == whole


def test_an_index_that_stays_unreadable_is_an_error(kzus: Kzus, facts: Path, failing: list[int]) -> None:
    failing[0] = 2
    broken = kzus("deals", facts=facts)

    assert (broken.code, broken.out, broken.err) == (1, "", f"{UNREADABLE}\n")


def test_in_python_an_index_that_cant_be_read_is_built_anew_once(
    facts: Path, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    left = [1]
    ask = query.fetch

    def fail(*given: Any, **more: Any) -> Any:
        left[0] -= 1
        if left[0] >= 0:
            raise sqlite3.DatabaseError("database disk image is malformed")
        return ask(*given, **more)

    monkeypatch.setattr(library, "fetch", fail)
    assert ids(facts) == expected
    left[0] = 2
    with pytest.raises(DamagedIndexError, match="can't be read: database disk image is malformed"):
        ids(facts)


def a_temporary_name(index: Path, token: str, checksum: str = "") -> Path:
    own = f"{index.name}.{token}"
    return index.with_name(f"{own}-{checksum or format(crc32(os.fsencode(own)), '08x')}.tmp")


def test_only_what_kzus_left_itself_is_swept(facts: Path, cache: Path) -> None:
    cache.mkdir(mode=0o700)
    index = place(facts)
    digits = "0123456789abcdef"
    ours = a_temporary_name(index, digits)
    of_another = a_temporary_name(index.with_name("gone [*?]-00000000.sqlite"), digits)
    written, linked, folder, link = (a_temporary_name(index, f"{at:016x}") for at in range(4))
    others = [
        a_temporary_name(index, digits, "00000000"),
        a_temporary_name(index, digits.upper()),
        *(
            cache / name
            for name in (
                f"{index.name}.2147000000.tmp",
                f"{index.name}.{os.getpid()}.tmp",
                f"{index.name}.1.tmp",
                f"{index.name}.{digits}.tmp",
                f"*.{digits}.tmp",
                "[a-z]?.2147000000.tmp",
                "report.json.draft.2147000000.tmp",
            )
        ),
    ]
    for path in (ours, of_another, written, linked, *others):
        path.touch()
    os.link(linked, cache / "another name")
    folder.mkdir()
    link.symlink_to(ours.name)
    with written.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        ids(facts)

    kept = [index, written, linked, cache / "another name", folder, link, *others]
    assert sorted(cache.iterdir()) == sorted(kept)


def test_the_index_is_the_users_alone_whatever_the_umask(facts: Path, cache: Path) -> None:
    before = os.umask(0)
    try:
        ids(facts)
    finally:
        os.umask(before)

    assert [stat.S_IMODE(path.stat().st_mode) for path in (cache, place(facts))] == [0o700, 0o600]


def test_an_sqlite_that_is_too_old_is_named(kzus: Kzus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 34, 1))
    monkeypatch.setattr("sqlite3.sqlite_version", "3.34.1")

    done = kzus("deals")

    assert (done.code, done.out, done.err) == (
        1,
        "",
        "kzus: the SQLite of this Python is 3.34.1, and kzus needs 3.38 or a later one;"
        " use a Python that comes with a newer SQLite\n",
    )
