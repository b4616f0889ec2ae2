"""Runs one command a line and tells what it took; started by `measure`, imports next to nothing.

A process's peak memory is never told below that of the process that forked it, so it must be forked by
one that is smaller than anything that is measured. A line is `pipe` or `pty`, then NAME=VALUE settings,
then the command, all parted by the unit separator; the answer is code, ns, KiB, bytes and lines of output.
"""

import os
import sys
import time

COLUMNS, LINES = 80, 24
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
# A command that is installed is compiled once, by whoever installs it; nobody compiles it at every start.


def main() -> None:
    for line in sys.stdin:
        kind, *words = line.rstrip("\n").split("\x1f")
        start = next(at for at, word in enumerate(words) if "=" not in word)
        settings = dict(word.split("=", 1) for word in words[:start])
        print(*run(kind == "pty", words[start:], {**ENVIRONMENT, **settings}), flush=True)  # noqa: T201 - its output


def run(on_terminal: bool, command: list[str], environment: dict[str, str]) -> tuple[int, int, int, int, int]:  # noqa: FBT001 - one caller
    ours, theirs = terminal() if on_terminal else os.pipe()
    nothing = os.open(os.devnull, os.O_RDWR)
    streams = (theirs, theirs, theirs) if on_terminal else (nothing, theirs, nothing)
    actions = [(os.POSIX_SPAWN_DUP2, stream, number) for number, stream in enumerate(streams)]
    began = time.perf_counter_ns()
    child = os.posix_spawnp(command[0], command, environment, file_actions=actions)
    os.close(theirs)
    size, lines = drain(ours)
    _, status, used = os.wait4(child, 0)
    took = time.perf_counter_ns() - began
    os.close(ours)
    os.close(nothing)
    return os.waitstatus_to_exitcode(status), took, used.ru_maxrss, size, lines


def drain(stream: int) -> tuple[int, int]:
    size = lines = 0
    while True:
        try:
            read = os.read(stream, 1 << 16)
        except OSError:  # a terminal whose other end has closed
            return size, lines
        if not read:
            return size, lines
        size, lines = size + len(read), lines + read.count(b"\n")


def terminal() -> tuple[int, int]:
    import fcntl
    import struct
    import termios

    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    return ours, theirs


if __name__ == "__main__":
    main()
