"""What a shell is told when somebody presses Tab, through the variables in which shells ask."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kzus.completion import choices, grammar
from kzus.completion.line import complete
from kzus.completion.reply import main
from kzus.completion.shells import SHELLS, Question, answer, question, script, split
from kzus.factfile import load
from kzus.index import in_memory

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping

    from conftest import Kzus

FIXTURE = Path(__file__).with_name("facts.yaml")
COMMANDS = grammar.read()
SECTORS = "energy health transport"
PARTIES = "citibank ktz samruk wabtec"
STAGES = "pledge commitment implementation completion suspended cancelled lapsed"
SOURCES = "akorda-2025 leaflet wire-2025"
OPEN = {
    # what cannot be told beforehand: words, days, amounts, numbers
    "as_of", "brief.name", "conflicts.min_ratio", "limit", "max", "min", "query", "since", "text", "timeout", "until",
    "words",
}  # fmt: skip


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    return in_memory(load(FIXTURE.read_bytes(), FIXTURE.name))


@pytest.fixture
def tab(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Press Tab at the end of a line, in a shell; returns exit code and what kzus prints."""

    def press(line: str, shell: str = "bash", facts: Path = FIXTURE) -> tuple[int, str]:
        monkeypatch.setenv("KZUS_FACTS", str(facts))
        for name, value in asking(line, shell).items():
            monkeypatch.setenv(name, value)
        code = main()
        printed = capsys.readouterr()
        assert printed.err == ""
        return code, printed.out

    return press


def asking(line: str, shell: str) -> Mapping[str, str]:
    """Return the variables in which a shell asks."""
    words = line.split(" ")
    if shell == "bash":
        asked = {"COMP_WORDS": "\n".join(words).rstrip("\n"), "COMP_CWORD": str(len(words) - 1)}
    else:
        asked = {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1]}
    return {"_KZUS_COMPLETE": f"complete_{shell}", **asked}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("kzus de", "deals"),
        ("kzus pa", "packages parties"),
        ("kzus --no-pager sea", "search"),
        ("kzus --", "--no-pager --version --help"),
        ("kzus nosuch ", ""),
        ("kzus sum -", "--by --explain --chart --sector --party --instrument --stage --tag --package --since --until"
         " --min --max --source --as-of --format --columns --sort --limit --no-header --no-pager --facts --help"),
        ("kzus deals --se", "--sector"),
        ("kzus deals --sector energy --s", "--sector --stage --since --source --sort"),  # which may be repeated
        ("kzus deals --since 2025 --sin", ""),  # which may not
        ("kzus deals --sector ", SECTORS),
        ("kzus deals -s t", "transport"),
        ("kzus deals --sector = t", "transport"),  # as bash sets it apart
        ("kzus deals --sector =", SECTORS),
        ("kzus deals --sector=t", "--sector=transport"),
        ("kzus deals --format=j", "--format=json --format=jsonl"),
        ("kzus deals words --party ", PARTIES),
        ("kzus deals --party w", "wabtec"),
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
        ("kzus sum -c f", "firm_usd"),
        ("kzus sum -c re", ""),
        ("kzus sum --explain -c re", "reason"),
        ("kzus deals --sort -am", "-amount_usd"),
        ("kzus deals --sort date,-am", "date,-amount_usd"),
        ("kzus deals --sort h", "high_usd"),
        ("kzus show loc", "locomotive-letter locomotives"),
        ("kzus show locomotives loc", "locomotive-letter"),
        ("kzus show -- l", "leaflet loan locomotive-letter locomotives"),
        ("kzus cite tr", "trade transport"),
        ("kzus cite loan --style ", "text bibtex csl-json"),
        ("kzus open w", "wabtec wire-2025"),
        ("kzus open wabtec ", ""),
        ("kzus brief ", f"{SECTORS} {PARTIES}"),
        ("kzus indicators ", "trade"),
        ("kzus headline ", "new-york-2025"),
        ("kzus export ", "sqlite datapackage json"),
        ("kzus completion ", "bash zsh fish pwsh"),
        ("kzus deals ", ""),
        ("kzus deals --since ", ""),
        ("kzus deals --limit ", ""),
    ],
)  # fmt: skip
def test_tab_offers_what_may_stand_there(tab: Callable[..., tuple[int, str]], line: str, expected: str) -> None:
    assert tab(line) == (0, "".join(f"{word}\n" for word in expected.split()))


def test_tab_offers_every_command_in_the_order_of_the_help(tab: Callable[..., tuple[int, str]]) -> None:
    from kzus.app import COMMANDS as LINES

    assert tab("kzus ", "fish") == (0, "".join(f"{name}\t{about}\n" for name, about in LINES.items()))


@pytest.mark.parametrize("line", ["kzus check ", "kzus check fa", "kzus deals --facts ", "kzus export json "])
@pytest.mark.parametrize("shell", SHELLS)
def test_a_file_is_left_to_the_shell(tab: Callable[..., tuple[int, str]], line: str, shell: str) -> None:
    assert tab(line, shell) == (1, "")


@pytest.mark.parametrize(
    ("shell", "expected"),
    [
        ("bash", "ktz\n"),
        ("zsh", "ktz:Kazakhstan Temir Zholy\n"),
        ("fish", "ktz\tKazakhstan Temir Zholy\n"),
        ("pwsh", "ktz\tKazakhstan Temir Zholy\n"),
        ("powershell", "ktz\tKazakhstan Temir Zholy\n"),
    ],
)
def test_a_shell_with_room_for_it_is_told_what_an_id_stands_for(
    tab: Callable[..., tuple[int, str]], shell: str, expected: str
) -> None:
    assert tab("kzus deals --party k", shell) == (0, expected)


def test_an_unknown_shell_is_told_nothing(tab: Callable[..., tuple[int, str]]) -> None:
    assert tab("kzus de", "tcsh") == (1, "")


def test_what_an_id_stands_for_stays_on_its_line() -> None:
    choice = choices.Choice("id", "one\ttwo\n\x1b[31mthree")

    assert answer("fish", [choice]) == "id\tone two \\u001b[31mthree\n"


def test_the_fact_file_of_the_line_is_the_one_that_is_read(
    tab: Callable[..., tuple[int, str]], fact_file: Callable[[str], Path]
) -> None:
    sectors = "sectors: {own: {label: Own}}"
    own = fact_file(f"format: 2\ntitle: T\nas_of: 2026-01-01\n{sectors}\nsources: {{}}\n")

    assert tab(f"kzus deals --facts {own} --sector ") == (0, "own\n")
    assert tab(f"kzus deals --facts={own} --sector ") == (0, "own\n")
    assert tab("kzus deals --sector ", facts=own) == (0, "own\n")


@pytest.mark.parametrize("facts", ["none.yaml", "faulty.yaml", "."])
def test_without_a_sound_fact_file_there_is_silence(
    tab: Callable[..., tuple[int, str]], tmp_path: Path, facts: str
) -> None:
    (tmp_path / "faulty.yaml").write_text("format: 2\n", "utf-8")

    assert tab("kzus deals --sector ", facts=tmp_path / facts) == (0, "")
    assert tab("kzus deals --stage pl", facts=tmp_path / facts) == (0, "pledge\n")


def test_standard_input_is_not_waited_for(tab: Callable[..., tuple[int, str]]) -> None:
    assert tab("kzus deals --facts - --sector ") == (0, "")


def test_a_damaged_index_is_silence(tab: Callable[..., tuple[int, str]], kzus: Kzus, cache: Path) -> None:
    assert kzus("deals").code == 0
    (file,) = cache.glob("*.sqlite")
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    file.write_bytes(content)

    code, out = tab("kzus deals --sector ")
    assert (code, out) in {(0, ""), (0, "energy\nhealth\ntransport\n")}


def test_every_value_of_an_option_is_offered_or_known_to_be_open() -> None:
    untold = set()
    for name, command in COMMANDS.items():
        for each in command.parameters:
            key = choices.key(name, each.name)
            told = each.is_flag or each.words or key in {*choices.IDS, *choices.FILES, *choices.COLUMNS, "tag"}
            if not told:
                untold |= {each.name} if each.name in OPEN else {f"{name}.{each.name}"}

    assert untold == {name for name in OPEN if name != "brief.name"}


@pytest.mark.parametrize(
    ("shell", "variables", "expected"),
    [
        ("bash", {"COMP_WORDS": "kzus show lo", "COMP_CWORD": "2"}, Question(["show"], "lo")),
        ("bash", {"COMP_WORDS": "kzus show", "COMP_CWORD": "2"}, Question(["show"], "")),
        ("bash", {"COMP_WORDS": "kzus\nshow\n'a b", "COMP_CWORD": "2"}, Question(["show"], "a b")),
        ("zsh", {"_TYPER_COMPLETE_ARGS": "kzus show lo"}, Question(["show"], "lo")),
        ("zsh", {"_TYPER_COMPLETE_ARGS": "kzus show lo "}, Question(["show", "lo"], "")),
        ("fish", {"_TYPER_COMPLETE_ARGS": "kzus"}, Question([], "")),
        ("fish", {}, Question([], "")),
        (
            "pwsh",
            {"_TYPER_COMPLETE_ARGS": "kzus show lo", "_TYPER_COMPLETE_WORD_TO_COMPLETE": "lo"},
            Question(["show"], "lo"),
        ),
        (
            "pwsh",
            {"_TYPER_COMPLETE_ARGS": "kzus show", "_TYPER_COMPLETE_WORD_TO_COMPLETE": ""},
            Question(["show"], ""),
        ),
    ],
)
def test_a_question_is_read_as_its_shell_puts_it(shell: str, variables: dict[str, str], expected: Question) -> None:
    assert question(shell, variables) == expected


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("kzus  deals", ["kzus", "deals"]),
        ("kzus 'two words' \"more of them\"", ["kzus", "two words", "more of them"]),
        ("kzus two\\ words", ["kzus", "two words"]),
        ("kzus 'open words", ["kzus", "open words"]),
        ("kzus open\\", ["kzus", "open"]),
        ("", []),
    ],
)
def test_a_line_comes_apart_as_in_a_shell(line: str, words: list[str]) -> None:
    assert split(line) == words


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*COMMANDS, "--sector", "-c", "--", "=", "-", "--x=", "é", "'"]) | st.text(), max_size=5)
)
@example(["\ud800"])
@example(["deals", "--sort", "-"])
@example(["="])
def test_no_line_is_an_error(index: sqlite3.Connection, words: list[str]) -> None:
    found = complete(COMMANDS, words[:-1], words[-1] if words else "", lambda _: index)

    assert found is None or all(choice.word for choice in found)


def test_completing_needs_neither_typer_nor_what_reads_and_draws() -> None:
    code = (
        "import sys; from kzus.completion.reply import main; main();"
        "print(sorted({'typer', 'rich', 'yaml', 'pydantic', 're'} & set(sys.modules)), file=sys.stderr)"
    )
    done = ask(["-c", code], {**asking("kzus deals --sector tr", "bash"), "KZUS_FACTS": str(FIXTURE)})
    again = ask(["-c", code], {**asking("kzus deals --sector tr", "bash"), "KZUS_FACTS": str(FIXTURE)})

    assert done.stdout == again.stdout == "transport\n"
    assert again.stderr in {"[]\n", "['re']\n"}  # the first one has built the index; some Pythons start with re


def test_the_command_itself_answers_a_shell() -> None:
    done = ask(["-m", "kzus"], {**asking("kzus show loco", "zsh"), "KZUS_FACTS": str(FIXTURE)})

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "locomotive-letter:Letter on locomotives\nlocomotives:300 locomotives\n"


def ask(arguments: list[str], variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_says_where_it_goes(kzus: Kzus, shell: str) -> None:
    done = kzus("completion", shell)

    assert (done.code, done.out, done.err) == (0, script(shell), "")
    assert f"kzus completion {shell}" in done.out.partition("kzus() {")[0]


def test_an_unknown_shell_is_a_usage_error(kzus: Kzus) -> None:
    done = kzus("completion", "tcsh")

    assert (done.code, done.out) == (2, "")
    assert done.err == "kzus: unknown shell 'tcsh' (did you mean 'bash'?)\n" or "there are: bash" in done.err


BASH = """
compopt() { printf "compopt %s %s\\n" "$@"; }
source /dev/stdin <<< "$SCRIPT"
COMP_WORDS=(kzus deals --party "$1" --limit 1) COMP_CWORD=3
_kzus kzus "$1" --party
printf '%s\\n' "${COMPREPLY[@]}"
COMP_WORDS=(kzus check "") COMP_CWORD=2 COMPREPLY=()
_kzus kzus "" check
echo "${#COMPREPLY[@]}"
complete -p kzus
"""
FISH = 'source (echo $SCRIPT | psub); complete -C "kzus deals --sector=t"; complete -C "kzus check test_comp"'
ZSH = """
compdef() { echo "compdef $*"; }
_describe() { print -l -- ${(P)3}; }
_files() { echo files; }
eval "$SCRIPT"
words=(kzus deals --party "$1") CURRENT=4; _kzus
words=(kzus check "") CURRENT=3; _kzus
"""


@pytest.mark.parametrize(
    ("shell", "code", "expected"),
    [
        ("bash", BASH, "compopt +o default\nktz\n0\ncomplete -o default -F _kzus kzus\n"),
        ("zsh", ZSH, "compdef _kzus kzus\nktz:Kazakhstan Temir Zholy\nfiles\n"),
        ("fish", FISH, "--sector=transport\tTransport\ntest_completion.py\n"),
    ],
)
def test_a_script_works_in_its_shell(tmp_path: Path, shell: str, code: str, expected: str) -> None:
    found: Any = shutil.which(shell)
    if not found:
        pytest.skip(f"{shell} isn't installed")
    program = tmp_path / "kzus"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kzus "$@"\n', "utf-8")
    program.chmod(0o700)
    path = os.pathsep.join((str(tmp_path), os.environ["PATH"]))
    where = {"PATH": path, "PYTHONPATH": str(FIXTURE.parent.parent), "HOME": str(tmp_path)}
    done = subprocess.run(
        [found, "-c", code, shell, "k"],
        env={**os.environ, **where, "SCRIPT": script(shell), "KZUS_FACTS": str(FIXTURE)},
        cwd=FIXTURE.parent,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )

    assert (done.stdout, done.stderr) == (expected, "")
