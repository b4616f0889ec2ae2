"""Real processes at a tenth of their price: one has kzus loaded already and forks another for every command line.

Each gets streams of its own, as a shell would hand them over; what surrounds it all, such as LANG or a closed stdout,
is that of the first process, as it was started.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).parent.parent
LATE = 60
_HEAVY = ("kzus.app", "kzus.facts.check", "kzus.render.terminal.table", "kzus.render.html", "yaml", "rich.table")


class Ended(NamedTuple):
    """How a process ended; a signal that ended it is its negative code, as `subprocess` has it."""

    code: int
    out: bytes
    err: bytes


class Forks:
    """Starts processes, by words, with a stdout that is `read` to its end, `gone`, left after a line or `full`."""

    def __init__(self, line: socket.socket) -> None:
        """Talk over a socket with the process that forks."""
        self._line = line.makefile("rw", encoding="utf-8")

    def run(self, *words: str, stdout: str = "read", stderr: str = "read", **environment: str) -> Ended:
        self._line.write(json.dumps([words, stdout, stderr, environment]) + "\n")
        self._line.flush()
        code, out, err = json.loads(self._line.readline())
        return Ended(code, out.encode("latin-1"), err.encode("latin-1"))


@contextmanager
def forks(environment: Mapping[str, str | None], *, without: Sequence[int] = ()) -> Iterator[Forks]:
    """Start the process that forks, in an environment that differs so much, and without some of its streams."""
    ours, theirs = socket.socketpair()
    around = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", **environment}
    closed = " ".join(f"{stream}>&-" for stream in without)
    process = subprocess.Popen(
        ["sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, __file__, str(theirs.fileno())],
        env={name: value for name, value in around.items() if value is not None},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,  # which Python takes for what its children have: no place to seek in
        stderr=subprocess.PIPE,
        pass_fds=[theirs.fileno()],
    )
    theirs.close()
    try:
        yield Forks(ours)
    finally:
        ours.shutdown(socket.SHUT_RDWR)
        ours.close()
        process.communicate(timeout=LATE)


def _serve(line: socket.socket) -> None:
    for name in _HEAVY:
        import_module(name)
    with line.makefile("rw", encoding="utf-8") as talk:
        while asked := talk.readline():
            words, stdout, stderr, environment = json.loads(asked)
            ended = _fork(words, stdout, stderr, environment)
            talk.write(json.dumps([ended.code, ended.out.decode("latin-1"), ended.err.decode("latin-1")]) + "\n")
            talk.flush()


def _fork(words: Sequence[str], stdout: str, stderr: str, environment: Mapping[str, str]) -> Ended:
    reading, writing = os.pipe()
    fcntl.fcntl(writing, getattr(fcntl, "F_SETPIPE_SZ", fcntl.F_GETFD), 4096)  # so that it soon has to wait for us
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        streams = {"read": out.fileno(), "full": -1, "gone": writing, "left": writing}
        if "full" in (stdout, stderr):
            streams["full"] = os.open("/dev/full", os.O_WRONLY)
        if stdout != "left":
            os.close(reading)
        child = os.fork()
        if not child:
            _be(words, environment, (streams[stdout], err.fileno() if stderr == "read" else streams[stderr]))
        os.close(writing)
        if stdout == "left":
            with os.fdopen(reading, "rb") as pipe:
                out.write(pipe.readline())
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if streams["full"] >= 0:
            os.close(streams["full"])
        out.seek(0)
        err.seek(0)
        return Ended(code, out.read(), err.read())


def _be(words: Sequence[str], environment: Mapping[str, str], streams: Sequence[int]) -> NoReturn:
    """Become kzus."""
    from kzus.__main__ import start

    try:
        signal.alarm(LATE)
        os.environ.update(environment)
        sys.argv = ["kzus", *(os.fsdecode(word.encode()) for word in words)]
        for stream, (number, ours) in zip(streams, ((1, sys.stdout), (2, sys.stderr)), strict=True):
            if ours is not None:
                os.dup2(stream, number)
        os.closerange(3, 64)
        start()
    except BaseException:  # noqa: BLE001 - as the interpreter does it
        traceback.print_exc()
        os._exit(1)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
