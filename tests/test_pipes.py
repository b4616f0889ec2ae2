"""Life in a pipe: every command, in every format, into whatever may stand at its end."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from asked import LINES, every_way
from bench import generate
from forks import Ended, Forks, forks
from fuzz import COMMANDS

from kzus.render.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FIXTURE = Path(__file__).with_name("facts.yaml")
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
ITSELF = [[], ["--help"], ["--version"], ["deals", "--columns", "help"]]
ONCE = [next(line for line in LINES if line[0] == command) for command in COMMANDS]
NAMED = [["deals", "--party", "КТЖ"], ["search", "Қазақстан"], ["show", "КТЖ"], ["brief", "КТЖ"]]
WRONG = [["nosuch"], ["deals", "--nosuch"], ["deals", "-c", "nosuch"], ["show", "nosuch"], ["check", "nosuch.yaml"]]
FULL = b"kzus: can't write the answer: No space left on device\n"


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | None]:
    """What surrounds the processes of all tests: one cache, so that the index is built once."""
    cache = tmp_path_factory.mktemp("cache")
    unset = dict.fromkeys(("COLUMNS", "LINES", "TERM", "FORCE_COLOR", "NO_COLOR"))
    return {**unset, "KZUS_CACHE_DIR": str(cache), "KZUS_FACTS": str(FIXTURE)}


@pytest.fixture(scope="module")
def usual(around: dict[str, str | None]) -> Iterator[Forks]:
    with forks(around) as found:
        yield found


@pytest.fixture(scope="module")
def calm(usual: Forks) -> Callable[..., Ended]:
    """How a process ends when all is well around it."""
    return cache(usual.run)


@needs_full
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_a_reader_that_is_gone_is_no_failure_and_a_full_disk_is_one(
    usual: Forks, calm: Callable[..., Ended], command: str
) -> None:
    for words in every_way(command) if command else ITSELF:
        well, gone, full = calm(*words), usual.run(*words, stdout="gone"), usual.run(*words, stdout="full")

        assert well.code == 0, words
        assert gone.code == 0, words
        assert well.err.startswith(gone.err), words
        assert (full.code, full.err.endswith(FULL)) == ((1, True) if well.out else (0, False)), words
        assert well.err.startswith(full.err.removesuffix(FULL)), words


def test_a_closed_stdout_is_told_and_fails(around: dict[str, str | None]) -> None:
    with forks(around, without=[1]) as outless:
        for words in [*ONCE, *ITSELF]:
            assert outless.run(*words) == (1, b"", b"kzus: can't write the answer: stdout is closed\n"), words


@pytest.fixture(scope="module")
def long(around: dict[str, str | None], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    """Processes whose answers don't fit into a pipe."""
    path = tmp_path_factory.mktemp("long") / "long.yaml"
    generate.write(path, deals=150)
    with forks(around | {"KZUS_FACTS": str(path)}) as found:
        yield found


@pytest.mark.parametrize("form", FORMATS)
def test_a_reader_that_leaves_after_a_line_is_no_failure(long: Forks, form: str) -> None:
    ids = long.run("deals", "-c", "id", "-n", "20").out.decode().split()
    for words in (["deals"], ["sources"], ["timeline"], ["show", *ids], ["sql", "select * from entries"]):
        calm, ended = long.run(*words, "-f", form), long.run(*words, "-f", form, stdout="left")

        assert len(calm.out) > 4096 + 8192, words  # what a pipe and a stream hold
        assert ended == (0, calm.out[: calm.out.index(b"\n") + 1], b""), words


@needs_full
@pytest.mark.parametrize("stderr", ["gone", "full"])
def test_what_nobody_reads_of_stderr_changes_nothing(usual: Forks, calm: Callable[..., Ended], stderr: str) -> None:
    for words in [*ONCE, *WRONG]:
        well = calm(*words)

        assert usual.run(*words, stderr=stderr) == (well.code, well.out, b""), words


@pytest.mark.parametrize("without", [[2], [0], [0, 2]], ids=str)
def test_a_process_needs_no_stream_but_stdout(
    around: dict[str, str | None], calm: Callable[..., Ended], without: list[int]
) -> None:
    with forks(around, without=without) as lacking:
        for words in [*ONCE, *WRONG]:
            well = calm(*words)

            assert lacking.run(*words) == (well.code, well.out, b"" if 2 in without else well.err), words


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "C", "LC_ALL": "C"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "utf-16:strict", "TERM": "no-such-terminal"},
        {"PYTHONUTF8": "0", "LC_ALL": "POSIX", "TERM": ""},
        {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
        {"TERM": "dumb", "COLUMNS": "many", "LINES": "-1"},
        {"HOME": None, "LANG": None, "PATH": None, "COLUMNS": "0"},
    ],
    ids=str,
)
def test_data_are_the_same_bytes_wherever_they_go(
    around: dict[str, str | None], calm: Callable[..., Ended], environment: dict[str, str | None]
) -> None:
    with forks(around | environment) as elsewhere:
        for words in [*ONCE, *WRONG, *NAMED]:
            assert elsewhere.run(*words) == calm(*words), words
