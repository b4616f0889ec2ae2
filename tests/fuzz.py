"""Command lines that nobody would write on purpose, made from the commands' own parameters.

By hand, for longer than a test may take: `python tests/fuzz.py 20000 [SEED]`, in an empty folder.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
import tempfile
import webbrowser
from contextlib import redirect_stderr, redirect_stdout
from html.parser import HTMLParser
from itertools import cycle, dropwhile
from math import inf
from pathlib import Path
from random import Random
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

import typer
import yaml

from kzus.app import load_command, main
from kzus.commands import COMMANDS as NAMES
from kzus.commands.export import EXPORT_KINDS as EXPORTS
from kzus.facts.reader import read
from kzus.query.citations import STYLES
from kzus.query.sums.groupings import GROUPINGS
from kzus.render import stderr
from kzus.render.environment import Environment
from kzus.render.formats import FORMATS
from kzus.values.text import unicode_escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

FIXTURE = Path(__file__).with_name("facts.yaml")
COMMANDS: dict[str, Any] = {name: load_command(name) for name in NAMES}

UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
"""What no terminal may get, but for the newlines between lines."""
STYLING = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^;\x1b]*;(?:https?://[!-~]*)?\x1b\\")
"""What a terminal gets from kzus itself: looks, and links to the web."""

ODD = (
    "", " ", "  \t ", "\n", "a\nb", "a\tb", "\r", "\x01", "\x1b[31mred\x1b[0m", "\x1b]8;;http://x\x1b\\y", "\x07",
    "\x7f",
    "\x85", "\u2028", "\u202egnp.exe", "\u2066", "\u200b", "\ufeff", "\udcff", "\udcff\udcfe",
    "\U0001f468\u200d\U0001f469",
    "e\u0301", "\u0130", "ß", "КТЖ", "Қазақстан", "１２", "²", "\u0661", "[red]", "[/x]", "[link=http://x]y", "[[",
    ":smile:",
    "%s", "%n", "{}", "{0.__class__}", "$(id)", "`id`", "$HOME", "~", "*", "?", "\\", '"', "'", "''", "' OR 1=1 --",
    ";",
    "=cmd()", "+1", "@x", "</script>", "<b>", "&amp;", "javascript:alert(1)", "AND", "OR", "NOT", "NEAR(a b)", "a*",
    "^a",
    "-", "--", "---", "-1", "-x", "--=", "-=x", "--no-such", "--help", "--version", "-f", "-n", "--facts",
    "--no-pager",
    "0", "1", "2", "00", "1.5", "1e3", "1e999", "nan", "inf", "-inf", "0x10", "1_000", "9223372036854775807",
    "9223372036854775808", "-9223372036854775809", "9" * 30, "9" * 5000, "1" + "0" * 400 + "bn", "null", "None",
    "true",
    "x" * 5000, "a " * 3000, "a," * 3000, "(" * 2000, '"' * 999, "\u0301" * 3000, "-" * 999, "é" * 300, "a-" * 200,
    "2025", "2025-13", "2025-02-30", "0000", "9999-12-31", "10000", "-2025", "2025-", "2027", "2025-09-22T00:00",
    "now",
    "1bn", "about 1bn", "1–2bn", "1bn EUR", "-1bn", "1,5bn", "999tn", "1000tn", "1 bn USD", "0", "0.0000001",
    "up to 1m",
    ",", "id,", ",id", "id,id", "id id", "-id", "--id", "-", "-,-", "help", "help,id", "ID", "title", "-title,id",
    "value",
)  # fmt: skip
VALID: dict[str, tuple[str, ...]] = {
    "sector": ("transport", "energy", "rail", "air-travel", "HEALTH"),
    "party": ("ktz", "КТЖ", "wabtec", "Samruk-Kazyna"),
    "instrument": ("contract", "letter of intent", "letter-of-intent"),
    "stage": ("pledge", "commitment"),
    "tag": ("rail", "credit"),
    "package": ("new-york-2025",),
    "kind": ("deal", "parties", "source"),
    "since": ("2025", "2025-09", "2027"),
    "until": ("2025", "2024-01-01", "2026"),
    "as_of": ("2025", "2025-10", "2026-06-30", "1990"),
    "min": ("1", "1bn", "250m USD"),
    "max": ("0", "1bn", "5m"),
    "source": ("akorda-2025", "wire-2025", "leaflet"),
    "format": FORMATS,
    "limit": ("0", "1", "3"),
    "columns": ("id", "title,id", "id,sources,value", "help", "group,share", "section,text", "line,message"),
    "sort": ("id", "-title", "date,-id", "-total_usd", "value"),
    "by": (*GROUPINGS, "no"),
    "style": (*STYLES, "apa"),
    "ids": ("locomotives", "ktz", "new-york-2025", "visit", "wire-2025", "transport", "loan", "tax-treaty", "Wab"),
    "name": ("locomotives", "transport", "wabtec", "leaflet", "КТЖ"),
    "words": ("rail", "КТЖ", "wab", "the"),
    "text": ("rail", "grid", "trade"),
    "target": ("out.json", "out", "out.sqlite", "-"),
    "timeout": ("1", "0.5", "0", "0.0001"),
    "file": (str(FIXTURE), "-", "nowhere.yaml"),
    "facts": (str(FIXTURE), "-", "."),
    "query": (
        "select * from deals",
        "select id, title from entries limit 2",
        "select 1 where 0",
        "select char(27), char(8238), char(9), char(10), char(0), x'00ff', 1e999, null, 9223372036854775807",
        'select 1 as "a\tb", 2 as "a\tb", 3 as "", 4 as "\x1b[31m"',
        "select json_object('a', 1), zeroblob(5), cast(x'ff' as text)",
        "select snippet(search, -1, '[', ']', '…', 3) from search where search match 'rail'",
        "select * from search where search match '\"'",
        "drop table deals",
        "-",
    ),
}  # fmt: skip
"""Words that a parameter may well get, by its name."""
EXPORTED = (*EXPORTS, "out.xlsx", "out.json", "out.db", "out.zip", "out", "-")
"""What may be written: a kind in front of a file, or a name that says it."""


NASTY = (
    "=cmd|' /C calc'!A0",
    "@SUM(1+1) [red]a[/red] [/x] [link=http://x.y]l[/link] [bold",
    "- # not: a list\n--- |\n\t> tabs\tand\r\nlines\rend",
    "\u202egnp.exe\u202c \u2066i\u2069 \u200f\u200e\u061c z\u200bw\u00ad\u2028\u2029\x85 \ue000 \ufffd",
    "\"quoted\" 'single' `tick` | * _ < > & \\ \\t \\u001b \\\\ %s %n {0} ${HOME} $(id)",
    "</script><script>alert(1)</script><img src=x onerror=alert(1)> &lt;b&gt; ]]> --> <!-- <![CDATA[",
    "} { }} {{ $ # ^ ~ % & \\input{/etc/passwd} \\ {\\bf x",
    "‹q› › ‹ … ‹‹ a; b, c; \u2026",
    "javascript:alert(1)",
    "e\u0301" + "\u0301\u0323" * 40 + " \U0001f468\u200d\U0001f469\u200d\U0001f467 漢字かな Қазақ \U000e0041 ﷽",
    "x" * 300 + " rail",
    "null",
    "+1",
    "1e5",
)
"""Texts that a fact file may hold, and that somebody's program might obey."""
URLS = (
    "https://x.y/'\"><script>alert(1)</script>",
    "http://x.y/a|b(c)[d]{e}\\^`",
    "https://a@x.y:80/%0a%1b?<>&amp;=javascript:alert(1)#\u202e\u200b",
    "https://x.y/]]>-->*/",
)
_TEXTS = {
    "sectors": ("label", "note"), "sources": ("title", "publisher", "note"), "parties": ("name", "note"),
    "deals": ("title", "place", "via", "note"), "packages": ("title", "place", "note"),
    "treaties": ("title", "citation", "note"), "indicators": ("title", "unit", "note"),
    "events": ("title", "place", "text", "via", "note"), "statements": ("text", "by", "via", "note"),
}  # fmt: skip
_WITHIN = {
    "values": ("of", "via", "note"), "quantities": ("via", "note"),
    "observations": ("basis", "via", "note"), "updates": ("text", "via"), "members": ("note",),
}  # fmt: skip
_MANY = {"sectors": "aliases", "parties": "aliases", "events": "people", "sources": "cites"}


def hostile() -> str:
    """Write the fixture as a fact file in which every text means harm."""
    facts: dict[str, Any] = read(FIXTURE.read_bytes()).root
    texts = (f"{text} {at}" if text[0].isalpha() else text for at, text in enumerate(cycle(NASTY)))
    facts["title"] = NASTY[1] + NASTY[5]
    urls = cycle(URLS)
    for collection, keys in _TEXTS.items():
        for entry in facts[collection].values():
            entry |= dict(zip(keys, texts, strict=False))
            if many := _MANY.get(collection):
                entry[many] = [f"{entry[keys[0]]} {at} {next(texts)}" for at in range(2)]
            if collection == "sources":
                entry["url"] = next(urls)
            for name, inner in _WITHIN.items():
                for item in entry.get(name, ()):
                    item |= dict(zip(inner, texts, strict=False))
    return unicode_escaped(json.dumps(facts, ensure_ascii=False, indent=1))


class Line(NamedTuple):
    """A command line, and what the process around it is like."""

    words: tuple[str, ...]
    is_terminal: bool
    has_styles: bool
    width: int
    stdin: str


class Outcome(NamedTuple):
    """What a command line did."""

    code: int
    out: str
    err: str


def draw(random: Random, names: Sequence[str] = tuple(COMMANDS)) -> Line:
    """Make up a command line of one of the commands, now and then of none."""
    name = random.choice(names)
    words = list(_words(random, name)) if random.random() > 0.02 else [random.choice(ODD), *_words(random, name)]
    is_terminal = random.random() < 0.5
    width = random.choice((80, 80, 60, 140, 20, 1, 5, 1000))
    stdin = random.choice((FIXTURE.read_text("utf-8"), "", "select 1", "\x00", "a: [", "\ufeff"))
    return Line(tuple(words), is_terminal, is_terminal and random.random() < 0.5, width, stdin)


def _words(random: Random, name: str) -> Iterator[str]:
    yield name
    oddity = random.choice((0, 0, 0.1, 0.3, 1))
    parameters = COMMANDS[name].params
    arguments = [each for each in parameters if each.param_type_name == "argument"]
    options = [each for each in parameters if each.param_type_name == "option" and each.name not in ("help", "facts")]
    pieces: list[list[str]] = []
    for each in arguments:
        many = random.choice((1, 1, 1, 2, 5)) if each.nargs == -1 else 1
        if each.required or random.random() < 0.6:
            pieces += [[_value(random, oddity, name, each)] for _ in range(many if random.random() < 0.97 else 0)]
    for each in random.sample(options, min(len(options), random.choice((0, 1, 1, 2, 3, 5, 20)))):
        for _ in range(random.choice((1, 1, 1, 1, 2, 3, 40))):
            flag = random.choice(each.opts)
            value = [] if each.is_flag else [_value(random, oddity, name, each)]
            glued = bool(value) and flag.startswith("--") and random.random() < 0.3
            pieces.append([f"{flag}={value[0]}"] if glued else [flag, *value])
    if random.random() < oddity / 4:
        pieces.append(
            [random.choice(("--facts", "--help", "--", "-", "-h", "--no-such", "--lim", "-fjson", random.choice(ODD)))]
        )
    if random.random() < oddity / 4:
        pieces.append(["--facts", random.choice((*VALID["facts"], *ODD))])
    if random.random() < 0.3:
        random.shuffle(pieces)
    for piece in pieces:
        yield from piece


def _value(random: Random, oddity: float, command: str, parameter: Any) -> str:
    written = {("export", "names"): EXPORTED, ("new", "target"): ("own.yaml", "-")}
    known = written.get((command, parameter.name)) or VALID.get(parameter.name, ODD)
    value = random.choice(ODD if random.random() < oddity else known)
    # What is written is written here, and nowhere else.
    return value if command not in ("export", "new") or value in known or not ("/" in value or "~" in value) else "out"


def run(line: Line) -> Outcome:
    """Run a command line in this process; whatever it raises is a fault."""
    out, err = io.StringIO(), io.StringIO()
    stdin = io.TextIOWrapper(io.BytesIO(line.stdin.encode()), "utf-8")
    env = Environment(
        out, err, is_terminal=line.is_terminal, is_watched=line.is_terminal, width=line.width, height=24,
        has_styles=line.has_styles, has_colour=line.has_styles, stdin=stdin,
    )  # fmt: skip
    # On a slow machine a bar would show that the facts are being read, and its codes would pass for a fault.
    with redirect_stdout(out), redirect_stderr(err), patch.object(stderr, "_SECONDS_BEFORE_BAR", inf):
        code = main(line.words, env)
    return Outcome(code, out.getvalue(), err.getvalue())


def faults(line: Line, done: Outcome) -> Iterator[str]:
    """Yield what is wrong with what a command line did, whatever it asked."""
    # Both answer with their exit code as well.
    may_fail_with_answer = "check" in line.words[:2] or ("diff" in line.words[:2] and "--exit-code" in line.words)
    if done.code not in (0, 1, 2):
        yield f"exit code {done.code}"
    if done.code and done.out and not may_fail_with_answer:
        yield f"fails with something on stdout: {done.out[:80]!r}"
    if done.code and not done.err.strip() and not (may_fail_with_answer and done.out):
        yield "fails without a word"
    if "Traceback" in done.err:
        yield "a traceback"
    if found := UNSAFE.search(done.err):
        yield f"{found[0]!r} on stderr, in {done.err[max(found.start() - 30, 0) : found.start() + 20]!r}"
    form = _format(line) if done.code == 0 or (may_fail_with_answer and done.out) else ""
    yield from unsafe(STYLING.sub("", done.out) if line.has_styles else done.out, form)
    if reason := unreadable(done.out, form):
        yield f"no {form}: {reason}"


def _format(line: Line) -> str:
    """Return the format that a command line prints in, as Typer understands it; nothing for what is no rows."""
    name, *words = dropwhile(("--no-pager", "--").__contains__, line.words)
    if name not in COMMANDS:
        return ""
    try:
        with redirect_stdout(io.StringIO()):
            context = COMMANDS[name].make_context(
                name, words, obj=Environment.of_process(), help_option_names=["--help", "-h"]
            )
    except (SystemExit, typer.Exit):
        return ""
    given = context.params
    if "format" not in given or given.get("schema") or (name == "check" and not given["format"] and not given["rules"]):
        return ""
    usual = "table" if line.is_terminal or given.get("chart") else "tsv"
    return str(given["format"] or usual)


def unsafe(out: str, form: str) -> Iterator[str]:
    """Yield what a terminal would obey."""
    if found := UNSAFE.search(out.replace("\t", "") if form in ("tsv", "csv") else out):
        yield f"{found[0]!r} on stdout, in {out[max(found.start() - 30, 0) : found.start() + 20]!r}"


def unreadable(out: str, form: str) -> str:
    """Say why a program that knows a format can't read it; nothing if it can."""
    try:
        READERS.get(form, len)(out)
    except (ValueError, AssertionError, yaml.YAMLError, csv.Error) as error:
        return f"{error!r} in {out[:200]!r}"
    return ""


def _even(rows: list[list[str]]) -> None:
    assert len({len(row) for row in rows}) <= 1, "rows of different lengths"


READERS: dict[str, Callable[[str], object]] = {
    "tsv": lambda out: _even([each.split("\t") for each in out.split("\n")[:-1]]),
    "csv": lambda out: _even(list(csv.reader(io.StringIO(out, newline=""), strict=True))),
    "json": json.loads,
    "jsonl": lambda out: [json.loads(each) for each in out.split("\n")[:-1]],
    "yaml": yaml.safe_load,
    "html": lambda out: page(out) if out else None,
}


def page(out: str) -> tuple[list[str], str]:
    """Read an HTML document; return where its links lead, and its text."""
    reader = _Page()
    reader.feed(out)
    reader.close()
    assert not reader.open, f"<{reader.open[-1]}> stays open"
    return reader.links, "".join(reader.text)


class _Page(HTMLParser):
    """Reads a document of kzus's; anything in it that kzus doesn't write is a fault."""

    elements = frozenset(
        """html head meta title style body article h1 h2 h3 p ol li footer dl dt dd table caption thead tbody tfoot tr
        th td small span data mark a pre""".split()
    )

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.elements, f"<{tag}>"
        assert not any(name.startswith("on") for name, _ in attrs), attrs
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        assert all(link.startswith(("http://", "https://")) for link in self.links), self.links
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1:] == [tag], f"</{tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def shown(line: Line) -> str:
    """Write a command line so that it can be tried."""
    around = f"width {line.width}, styles {line.has_styles}" if line.is_terminal else "a pipe"
    words = " ".join(repr(word) if len(word) < 100 else f"{word[:20]!r}*{len(word)}" for word in line.words)
    return f"kzus {words}  ({around})"


def tried(seed: str, count: int) -> Iterator[str]:
    """Run so many command lines on both fact files and yield what is wrong; the current folder is written to."""
    webbrowser.open = lambda *_, **__: False
    hostile_file = Path("hostile.json").absolute()
    hostile_file.write_text(hostile(), "utf-8")
    for at in range(count):
        line = draw(Random(f"{seed} {at}"))  # noqa: S311 - the same ones every time
        os.environ["KZUS_FACTS"] = str((FIXTURE, hostile_file)[at % 2])
        try:
            found = list(faults(line, run(line)))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            found = [f"raises {error!r:.300}"]
        yield from (f"{each}: {shown(line)}" for each in found)


def by_hand(count: int, seed: str) -> None:
    """Run many and print what is wrong."""
    start = monotonic()
    total = 0
    for total, fault in enumerate(tried(seed, count), start=1):  # noqa: B007 - counted
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"{count} command lines, {total} faults, {monotonic() - start:.0f} s\n")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KZUS_CACHE_DIR"] = f"{folder}/cache"
        os.chdir(folder)
        by_hand(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "0")
