"""A process that is told to end: at once, with its own exit code, without a word, and with nothing left behind.

The moment is of the test's choice, not the machine's: a process stops there and waits to be told.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bench import generate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Start = Callable[..., subprocess.Popen[bytes]]

FIXTURE = Path(__file__).with_name("facts.yaml")
LATE = 60
SENT = pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["INT", "TERM"])
STALL = """
def stall():
    os.write(1, b"!")
    time.sleep(60)
"""
IN_A_BUILD = f"""
import os, sys, time
from itertools import islice
from kzus.index import tables
{STALL}
def rows(facts, whole_file, whole=tables.table_rows):
    yield from islice(whole(facts, whole_file), 3)
    stall()
tables.table_rows = rows
"""
WHEN_IT_BEGINS = """
import os, signal, sys
def open_and_die(path, *rest, openly=os.open):
    found = openly(path, *rest)
    if str(path).endswith(".tmp"):
        os.kill(os.getpid(), signal.SIG{0})
    return found
os.open = open_and_die
"""
BEFORE_IT_IS_DONE = """
import os, signal, sys
from pathlib import Path
Path.replace = lambda *_: os.kill(os.getpid(), signal.SIG{0})
"""
ON_THE_WAY_IN = """
import os, signal, sys
class Importer:
    def find_spec(self, name, *_):
        if name == "kzus.app":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Importer())
"""


@pytest.fixture
def start(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Start a process that does something before it is kzus."""
    monkeypatch.setenv("KZUS_FACTS", str(FIXTURE))
    monkeypatch.setenv("PYTHONPATH", str(FIXTURE.parent.parent))
    monkeypatch.chdir(cache.parent)
    started: list[subprocess.Popen[bytes]] = []

    def begin(code: str, *words: str) -> subprocess.Popen[bytes]:
        code += f"\nsys.argv = ['kzus', *{words!r}]\nfrom kzus.__main__ import start\nstart()"
        started.append(
            subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE),
        )
        return started[-1]

    yield begin
    for process in started:
        with process:  # closes its streams
            process.kill()


def told(process: subprocess.Popen[bytes], sent: signal.Signals) -> tuple[int, bytes, bytes]:
    """Tell a process to end once it has written something, and return how it did."""
    assert process.stdout
    process.stdout.read(1)
    process.send_signal(sent)
    out, err = process.communicate(timeout=LATE)
    return process.returncode, out, err


def ended(process: subprocess.Popen[bytes]) -> tuple[int, bytes, bytes]:
    out, err = process.communicate(timeout=LATE)
    return process.returncode, out, err


@pytest.mark.parametrize(
    ("sent", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM), (signal.SIGKILL, -signal.SIGKILL)],
    ids=["INT", "TERM", "KILL"],
)
@pytest.mark.parametrize("words", [["deals"], ["search", "rail", "-f", "html"], ["brief"]], ids=" ".join)
def test_a_build_leaves_nothing_behind(
    start: Start, cache: Path, words: list[str], sent: signal.Signals, code: int
) -> None:
    assert told(start(IN_A_BUILD, *words), sent) == (code, b"", b"")
    assert not cache.exists()


@SENT
@pytest.mark.parametrize("moment", [WHEN_IT_BEGINS, BEFORE_IT_IS_DONE], ids=["first", "last"])
def test_the_first_and_last_moment_of_a_build_leave_nothing_behind(
    start: Start, cache: Path, moment: str, sent: signal.Signals, code: int
) -> None:
    assert ended(start(moment.format(sent.name.removeprefix("SIG")), "deals")) == (code, b"", b"")
    assert list(cache.iterdir()) == []


@SENT
@pytest.mark.parametrize("kind", ["sqlite", "json", "datapackage"])
def test_an_export_leaves_no_half_a_file(start: Start, cache: Path, kind: str, sent: signal.Signals, code: int) -> None:
    assert ended(start("import sys", "deals"))[0] == 0
    moment = BEFORE_IT_IS_DONE.format(sent.name.removeprefix("SIG"))

    assert ended(start(moment, "export", kind, "target")) == (code, b"", b"")
    assert [path.name for path in cache.parent.rglob("target*") if path.is_file()] == []
    assert list(cache.parent.rglob("*.tmp")) == []


def test_a_build_that_is_killed_is_swept_up_by_the_next(start: Start, cache: Path) -> None:
    assert ended(start(BEFORE_IT_IS_DONE.format("KILL"), "deals")) == (-9, b"", b"")
    assert [path.suffix for path in cache.iterdir()] == [".tmp"]

    assert ended(start("import sys", "deals"))[0] == 0
    assert [path.suffix for path in cache.iterdir()] == [".sqlite"]


@pytest.mark.parametrize(
    "words",
    [
        ["deals"],
        ["deals", "-f", "yaml"],
        ["timeline", "-f", "html"],
        ["sql", "select a.*, b.* from entries a, entries b"],
        ["sql", "with recursive t(n) as (values (1) union all select n + 1 from t) select n from t", "-f", "json"],
    ],
    ids=str,
)
def test_a_long_answer_that_is_interrupted_stops(start: Start, tmp_path: Path, words: list[str]) -> None:
    generate.write(tmp_path / "long.yaml", deals=400)
    process = start("import os, sys; os.environ['KZUS_FACTS'] = 'long.yaml'", *words)
    code, _, err = told(process, signal.SIGINT)  # it waits for a reader in the middle of a line

    assert (code, err) == (130, b"")


def test_a_query_that_is_interrupted_stops(start: Start) -> None:
    endless = "with recursive t(n) as (values (1) union all select n + 1 from t)"
    query = f"{endless} select hex(zeroblob(50000)) union all values ('') union all select count(*) from t"  # noqa: S608 - a query is what is tried
    process = start("import sys", "sql", query, "--timeout", "600", "-f", "jsonl")
    assert process.stdout
    process.stdout.read(90_000)  # a row is read when the next one is found: from here on it counts

    assert told(process, signal.SIGINT)[::2] == (130, b"")


@pytest.mark.parametrize("variables", [{}, {"_KZUS_COMPLETE": "complete_bash"}], ids=["asked", "completing"])
def test_an_interrupt_on_the_way_in_is_quiet(start: Start, variables: dict[str, str]) -> None:
    code = ON_THE_WAY_IN + f"os.environ.update({variables!r})"

    assert ended(start(code, "deals")) == (130, b"", b"")


IN_A_CLASS = """
import os, signal, sys
class Named:
    def __set_name__(self, *_):
        os.kill(os.getpid(), signal.SIGINT)
class Importer:
    def find_spec(self, name, *_):
        if name == "kzus.query.lists.deals":
            type("Class", (), {"name": Named()})
sys.meta_path.insert(0, Importer())
"""
WHERE_NOTHING_IS_RAISED = """
import os, signal, sys
class Lost:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
class Importer:
    def find_spec(self, name, *_):
        if name == "kzus.query.lists.deals":
            Lost()
sys.meta_path.insert(0, Importer())
"""


def test_an_interrupt_that_an_import_makes_another_error_of_is_quiet(start: Start) -> None:
    assert ended(start(IN_A_CLASS, "deals")) == (130, b"", b"")


def test_an_interrupt_that_gets_lost_is_in_the_exit_code(start: Start) -> None:
    code, _, err = ended(start(WHERE_NOTHING_IS_RAISED, "deals"))

    assert (code, err) == (130, b"")


def test_an_interrupt_that_is_ignored_stays_ignored(start: Start) -> None:
    code, out, err = ended(start(f"{ON_THE_WAY_IN}signal.signal(signal.SIGINT, signal.SIG_IGN)", "deals"))

    assert (code, out.count(b"\n"), err) == (0, 8, b"")


def test_nothing_slow_is_imported_before_an_interrupt_is_minded() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(FIXTURE.parent.parent)!r}); import kzus, _signal;"
        " print(_signal.getsignal(2) is _signal.default_int_handler); import kzus.__main__ as main;"
        " print(_signal.getsignal(2) is main._exit_interrupted, {'enum', 're', 'typing', 'typer'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, check=True, timeout=LATE)

    assert (done.stdout, done.stderr) == (b"True\nTrue set()\n", b"")


def test_too_little_memory_is_told(start: Start) -> None:
    code = """
import sys
from kzus.commands.session import Session
def check(*_):
    raise MemoryError
Session.check = check
"""
    assert ended(start(code, "deals")) == (1, b"", b"kzus: there is not enough memory for this; ask for less\n")
