"""What the Tab key offers, through the variables in which shells ask, and in the shells themselves."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from conftest import FIXTURE, ROOT

from kzus.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from conftest import Kzus, Outcome

    Tab = Callable[..., Outcome]

SECTORS = "energy health transport"
PARTIES = "citibank ktz samruk wabtec"
STAGES = "pledge commitment implementation completion suspended cancelled lapsed"
SOURCES = "akorda-2025 leaflet wire-2025"
LATE = 30


@pytest.fixture
def tab(kzus: Kzus, monkeypatch: pytest.MonkeyPatch) -> Tab:
    """Press Tab at the end of a line, in a shell."""

    def press(line: str, shell: str = "bash", facts: Path = FIXTURE) -> Outcome:
        for name, value in asking(line, shell).items():
            monkeypatch.setenv(name, value)
        return kzus(facts=facts)

    return press


def asking(line: str, shell: str = "bash") -> Mapping[str, str]:
    """Return the variables in which a shell asks."""
    if shell == "bash":
        asked = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    else:
        last = line.rpartition(" ")[2]
        asked = {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_WORD_TO_COMPLETE": last}
        asked["_TYPER_COMPLETE_FISH_ACTION"] = "get-args"
    return {"_KZUS_COMPLETE": f"complete_{shell}", **asked}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("kzus de", "deals"),
        ("kzus pa", "packages parties"),
        ("kzus help de", "deals"),
        ("kzus --no-pager sea", "search"),
        ("kzus --version de", "deals"),
        ("kzus --n", "--no-pager"),
        ("kzus deals --se", "--sector"),
        ("kzus deals --sector ", SECTORS),
        ("kzus deals -s t", "transport"),
        ("kzus deals words --party ", PARTIES),
        ("kzus deals --party w", "wabtec"),
        ("kzus deals --party Wab", "Wabtec"),  # a name, in any case
        ("kzus deals --party КТ", "КТж"),
        ("kzus deals --party İİ", ""),
        ("kzus deals --stage ", STAGES),
        ("kzus deals --instrument le", "letter-of-intent"),  # without a space to quote
        ("kzus deals --tag ", "credit rail"),
        ("kzus deals --package n", "new-york-2025"),
        ("kzus deals --source ", SOURCES),
        ("kzus search -k pa", "party package"),
        ("kzus sum --by t", "tag"),
        ("kzus deals -f c", "csv"),
        ("kzus deals -c ti", "title"),
        ("kzus deals -c id,ti", "id,title"),
        ("kzus deals -c title,ti", ""),  # no column twice
        ("kzus deals -c h", "high_usd help"),
        ("kzus sum -c f", "firm_usd financing_firm_usd financing_pledge_usd"),
        ("kzus sum -c re", ""),
        ("kzus sum --explain -c re", "reason"),
        ("kzus deals --sort date,-am", "date,-amount_usd"),
        ("kzus deals --sort h", "high_usd"),
        ("kzus show loc", "locomotive-letter locomotives"),
        ("kzus show loan loc", "locomotive-letter locomotives"),
        ("kzus cite tr", "trade transport"),
        ("kzus cite loan --style ", "text bibtex csl-json"),
        ("kzus open w", "wabtec wire-2025"),
        ("kzus brief ", f"{SECTORS} {PARTIES}"),
        ("kzus headline ", "new-york-2025"),
        ("kzus export ", "sqlite excel datapackage json"),
        ("kzus deals ", ""),
        ("kzus deals --since ", ""),
        ("kzus completion ", " ".join(COMMANDS)),
        ("kzus check te", ""),  # a file is the shell's to complete
        ("kzus deals --facts te", ""),
    ],
)
def test_tab_offers_what_may_stand_there(tab: Tab, line: str, expected: str) -> None:
    done = tab(line)

    assert (done.code, done.out.split(), done.err) == (0, expected.split(), "")


@pytest.mark.parametrize(
    ("shell", "expected"), [("zsh", "_arguments '*: :((\"ktz\"))'\n"), ("fish", "ktz\n"), ("pwsh", "ktz::: \n")]
)
def test_every_shell_is_answered_in_its_way(tab: Tab, shell: str, expected: str) -> None:
    done = tab("kzus deals --party k", shell)

    assert (done.code, done.out, done.err) == (0, expected, "")


def test_the_fact_file_of_the_line_is_the_one_that_is_read(
    tab: Tab, fact_file: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    sectors = "sectors: {own: {label: Own}}"
    sources = "sources: {web: {title: T, publisher: P, kind: news}}"
    own = fact_file(f"format: 2\ntitle: T\nas_of: 2026-01-01\n{sectors}\n{sources}\n")
    monkeypatch.setenv("HOME", str(own.parent))

    assert tab(f"kzus deals --facts {own} --sector ").out == "own\n"
    assert tab(f"kzus deals --facts ~/{own.name} --sector ").out == "own\n"
    assert tab("kzus deals --sector ", facts=own).out == "own\n"


@pytest.mark.parametrize("facts", ["none.yaml", "faulty.yaml", "."])
def test_without_a_sound_fact_file_there_is_silence(tab: Tab, tmp_path: Path, facts: str) -> None:
    (tmp_path / "faulty.yaml").write_text("format: 2\n", "utf-8")
    done = tab("kzus deals --sector ", facts=tmp_path / facts)

    assert (done.code, done.out.strip(), done.err) == (0, "", "")
    assert tab("kzus deals --stage pl", facts=tmp_path / facts).out == "pledge\n"


def test_standard_input_is_not_waited_for(tab: Tab) -> None:
    assert tab("kzus deals --facts - --sector ").out.strip() == ""


def test_a_damaged_index_is_silence(tab: Tab, kzus: Kzus, cache: Path) -> None:
    assert kzus("deals").code == 0
    (file,) = cache.glob("*.sqlite")
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    file.write_bytes(content)
    done = tab("kzus deals --sector ")

    assert (done.code, done.err) == (0, "")
    assert done.out.split() in ([], SECTORS.split())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("line", ["kzus deals --sector tr", "kzus deals --se", "kzus de"])
def test_completing_imports_nothing_heavy_once_there_is_an_index(kzus: Kzus, line: str, shell: str) -> None:
    assert kzus("deals").code == 0
    code = """
import sys
from kzus.app import main
main()
print(*sorted({"rich", "yaml", "pydantic"} & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **asking(line, shell)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert ("deals" in done.stdout or "sector" in done.stdout or "transport" in done.stdout, done.stderr) == (
        True,
        "\n",
    )


RC = {
    "bash": (
        "--norc --noprofile -i",
        'PS1="> "; bind "set bell-style none"; eval "$(_KZUS_COMPLETE=source_bash kzus)"',
    ),
    "zsh": ("-f -i", 'PS1="> "; autoload -Uz compinit; compinit -u; eval "$(_KZUS_COMPLETE=source_zsh kzus)"'),
}
"""Per shell how it is started, and what makes it complete kzus and ready to type in."""


LINES = [
    ("kzus de", "deals"),
    ("kzus deals --sect", "--sector"),
    ("kzus deals --sector tr", "transport"),
    ("kzus deals -c id,ti", "id,title"),
    ("kzus show loan", "loan"),
    ("kzus check fac", "facts.yaml"),
]
"""Lines to type in, and what the last word of each becomes."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a fact file to complete and a kzus that only says how it is called."""
    program = tmp_path / "kzus"
    program.write_text(
        f'#!/bin/sh\n[ -n "$_KZUS_COMPLETE" ] && exec "{sys.executable}" -m kzus\necho "called: $*"\n', "utf-8"
    )
    program.chmod(0o700)
    (tmp_path / "facts.yaml").touch()
    return tmp_path


@pytest.mark.parametrize("shell", RC)
@pytest.mark.parametrize(("typed", "last"), LINES)
def test_tab_completes_in_the_shell_itself(folder: Path, shell: str, typed: str, last: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} isn't installed")
    start, commands = RC[shell]
    words = [*typed.split()[1:-1], last]

    shown = _type_in([shell, *start.split()], folder, commands, f"{typed}\t")

    assert f"called: {' '.join(words)}" in [line.strip() for line in shown.splitlines()], shown


@pytest.mark.parametrize(("typed", "last"), LINES)
def test_fish_completes(folder: Path, typed: str, last: str) -> None:
    if not (fish := shutil.which("fish")):
        pytest.skip("fish isn't installed")
    code = f'_KZUS_COMPLETE=source_fish kzus | source; complete -C "{typed}"'
    done = subprocess.run(
        [fish, "-c", code], env=_around(folder), cwd=folder, capture_output=True, text=True, check=True
    )

    assert last in done.stdout.split()


def _around(folder: Path) -> dict[str, str]:
    path = os.pathsep.join((str(folder), os.environ["PATH"]))
    own = {"PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(folder), "KZUS_FACTS": str(FIXTURE), "TERM": "dumb"}
    return {**os.environ, **own}


def _type_in(shell: list[str], folder: Path, commands: str, line: str) -> str:
    """Start a shell on a terminal of its own, let it get ready, type a line in and return what it shows."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        shell, stdin=slave, stdout=slave, stderr=slave, env=_around(folder), cwd=folder, start_new_session=True
    )
    os.close(slave)
    try:
        os.write(master, f"{commands}; echo rea''dy\n".encode())
        _read_until(master, "\nready")
        os.write(master, line.encode())
        time.sleep(0.5)  # while a completion runs, what is typed is lost
        os.write(master, b"\n")
        return _read_until(master, "\ncalled: ")
    finally:
        process.kill()
        process.wait()
        os.close(master)


def _read_until(master: int, text: str) -> str:
    """Read a terminal until it shows a text and the line after that."""
    shown = ""
    until = time.monotonic() + LATE
    while time.monotonic() < until:
        if select.select([master], [], [], 0.1)[0]:
            shown += os.read(master, 10_000).decode("utf-8", "replace").replace("\r", "")
        elif text in shown and "\n" in shown.rpartition(text)[2]:
            break
    return shown


def test_the_command_that_printed_a_script_says_what_to_write_instead(kzus: Kzus) -> None:
    done = kzus("completion", "bash")

    assert (done.code, done.out) == (2, "")
    assert done.err == "kzus: there is no 'kzus completion' any more; write 'kzus --install-completion'\n"
