from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from kzus.app import load_command
from kzus.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Kzus

LISTS = "deals packages treaties indicators events statements sources parties sectors".split()
SHORT = {
    "--sector": "-s",
    "--party": "-p",
    "--tag": "-t",
    "--kind": "-k",
    "--format": "-f",
    "--columns": "-c",
    "--limit": "-n",
    "--by": "-b",
    "--quiet": "-q",
}


def options(command: str) -> dict[str, Any]:
    """Return the options of a command by their long name."""
    return {option.opts[0]: option for option in load_command(command).params if option.param_type_name == "option"}


@pytest.mark.parametrize("flag", sorted({flag for command in COMMANDS for flag in options(command)}))
def test_a_flag_is_the_same_in_every_command(flag: str) -> None:
    found = [option for command in COMMANDS if (option := options(command).get(flag))]

    (described,) = {(tuple(option.opts), option.help, option.metavar, option.multiple) for option in found}
    names, text, _, _ = described
    assert names == ((flag, SHORT[flag]) if flag in SHORT else (flag,))
    assert text
    assert text.endswith(".")


@pytest.mark.parametrize("command", LISTS)
def test_a_listing_takes_every_output_option(command: str) -> None:
    assert {"--format", "--columns", "--sort", "--limit", "--no-header", "--facts"} <= set(options(command))


def test_deals_and_sums_take_the_same_filters() -> None:
    filters = "--sector --party --instrument --stage --tag --package --since --until --min --max".split()

    assert set(filters) <= set(options("deals")) & set(options("sum"))


@pytest.mark.parametrize("flag", "--sector --party --instrument --stage --tag --package --kind".split())
def test_a_filter_by_name_may_be_repeated_wherever_it_stands(flag: str) -> None:
    found = [option for command in COMMANDS if (option := options(command).get(flag))]

    assert found
    assert all(option.multiple for option in found)


def test_version_is_one_line(kzus: Kzus) -> None:
    from kzus import __version__

    meta = dict(line.split("\t") for line in kzus("sql", "select key, value from meta", facts=None).out.splitlines())
    done = kzus("--version")

    assert (done.code, done.err) == (0, "")
    assert done.out == f"kzus {__version__}, facts {meta['version']} as of {meta['as_of']}\n"


def test_the_version_needs_no_facts(kzus: Kzus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from kzus import __version__

    for text in (None, "title: T\n", "version: [\n\xff"):
        other = tmp_path / "other.yaml"
        if text is not None:
            other.write_bytes(text.encode("latin-1"))
        monkeypatch.setattr("kzus.index.fact_file.fact_file", lambda other=other: other)

        assert kzus("--version").out == f"kzus {__version__}\n"


@pytest.mark.parametrize("arguments", [["--verbose"], ["deals", "--nosuch"]])
def test_an_unknown_option_is_a_usage_error(kzus: Kzus, arguments: list[str]) -> None:
    done = kzus(*arguments)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Usage: kzus ")


def test_the_option_for_another_fact_file_wins_over_the_environment(kzus: Kzus, tmp_path: object) -> None:
    done = kzus("deals", "--facts", f"{tmp_path}/none.yaml")

    assert (done.code, done.out) == (1, "")
    assert f"{tmp_path}/none.yaml" in done.err


@pytest.mark.parametrize("arguments", [["\u202edeals"], ["deals", "--\u202e"], ["schema", "--", "b\u2066\udcff"]])
def test_what_is_wrong_with_a_command_line_turns_no_text_around(kzus: Kzus, arguments: list[str]) -> None:
    done = kzus(*arguments)

    assert (done.code, done.out) == (2, "")
    assert done.err.replace("\n", "").isprintable()
    assert "\\u202e" in done.err or "\\u2066\\udcff" in done.err


@pytest.mark.parametrize("command", [["deals"], ["sum"], ["sql", "select 1"], ["show", "loan"], ["brief"]])
def test_a_limit_may_be_more_than_can_be_counted(kzus: Kzus, command: list[str]) -> None:
    assert kzus(*command, "--limit", "9223372036854775808") == kzus(*command)


def test_an_unknown_command_names_the_nearest(kzus: Kzus) -> None:
    done = kzus("deal", "--sector", "rail")

    assert (done.code, done.out) == (2, "")
    assert "No such command 'deal'. Did you mean 'deals'?" in done.err


def test_a_complaint_breaks_between_words_for_a_person_and_nowhere_for_a_log(kzus: Kzus) -> None:
    told = "kzus: unknown format 'xls' (there are: table, tsv, csv, json, jsonl, yaml, markdown, html)\n"

    assert kzus("deals", "-f", "xls").err == told
    assert kzus("deals", "-f", "xls", width=60).err == (
        "kzus: unknown format 'xls' (there are: table, tsv, csv,\n      json, jsonl, yaml, markdown, html)\n"
    )


def test_the_format_that_was_dropped_names_what_replaces_it(kzus: Kzus) -> None:
    done = kzus("deals", "-f", "svg")

    assert (done.code, done.out) == (2, "")
    assert done.err == "kzus: there is no format 'svg' any more; write '--format html', which any browser shows\n"


def test_candidates_keep_to_their_lines(kzus: Kzus) -> None:
    lines = kzus("show", "loco", width=40).err.splitlines()

    assert lines[-3:-1] == ["  locomotives        deal  300 locomoti…", "  locomotive-letter  deal  Letter on lo…"]
    assert max(map(len, lines)) <= 40


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("sum --by year --by stage", "--by is given 2 times; write --by year,stage"),
        ("sum -b year --by=stage -bflow", "--by is given 3 times; write --by year,stage,flow"),
        ("deals -c id --columns title", "--columns is given 2 times; write --columns id,title"),
        ("deals --sort id --sort -date", "--sort is given 2 times; write --sort id,-date"),
        ("deals -f csv -f json", "--format is given 2 times, as 'csv' and 'json'; write it once"),
        ("deals --since 2020 --since 2021", "--since is given 2 times, as '2020' and '2021'; write it once"),
        ("deals -n 1 -n 2", "--limit is given 2 times, as '1' and '2'; write it once"),
    ],
)
def test_an_option_that_is_meant_once_is_refused_twice(kzus: Kzus, line: str, complaint: str) -> None:
    done = kzus(*line.split())

    assert (done.code, done.out, done.err) == (2, "", f"kzus: {complaint}\n")


@pytest.mark.parametrize("line", ["deals --firm --firm", "deals -q -q", "deals -s rail -s energy"])
def test_flags_and_names_may_come_again(kzus: Kzus, line: str) -> None:
    assert kzus(*line.split()).code == 0


def test_the_fact_file_may_stand_in_front_of_the_command(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    sources = "sources: {web: {title: T, publisher: P, kind: news}}"
    sectors = "sectors: {only: {label: Only}}"
    other = str(fact_file(f"format: 2\ntitle: T\nas_of: 2026-01-01\n{sectors}\n{sources}\n"))

    for line in (["--facts", other, "sectors"], ["sectors", "--facts", other], [f"--facts={other}", "sectors"]):
        assert kzus(*line, "-c", "id").out == "only\n"
    done = kzus("--facts", other, "sectors", "--facts", other)
    assert (done.code, done.out) == (2, "")
    assert done.err == "kzus: --facts is given in front of the command and behind it; write it once\n"


@pytest.mark.parametrize(
    ("line", "usual"),
    [
        ("-f json deals", "-f belongs behind the command: kzus deals -f json"),
        ("--sector=rail sum -f json", "--sector belongs behind the command: kzus sum --sector=rail -f json"),
        ("-q --no-pager deals", "-q belongs behind the command: kzus deals -q --no-pager"),
    ],
)
def test_an_option_in_front_of_the_command_says_where_it_belongs(kzus: Kzus, line: str, usual: str) -> None:
    done = kzus(*line.split())

    assert (done.code, done.out, done.err) == (2, "", f"kzus: {usual}\n")


def test_quiet_leaves_out_remarks_and_keeps_errors(kzus: Kzus) -> None:
    assert kzus("deals", "nosuch", "--quiet", width=80).err == ""
    assert kzus("sum", "-q", width=100).out.splitlines()[-1].startswith("All sectors")
    assert kzus("deals", "-q", "-c", "id", "-n", "1", width=80).out.split() == ["ID", "tenge-bond"]
    assert kzus("deals", "-q", "--sector", "nosuch").err.startswith("kzus: unknown sector 'nosuch'")


@pytest.mark.parametrize(("typed", "format_"), [("md", "markdown"), ("JSON", "json"), ("ndjson", "jsonl")])
def test_a_format_goes_by_what_people_call_it(kzus: Kzus, typed: str, format_: str) -> None:
    assert kzus("deals", "-f", typed) == kzus("deals", "-f", format_)


def test_the_version_may_be_asked_for_in_one_letter(kzus: Kzus) -> None:
    assert kzus("-V") == kzus("--version")


WHOLE = [
    *((["show", "loan", "ktz"], "whole entries", format_) for format_ in ("json", "jsonl", "yaml")),
    *((["brief"], "the whole card", format_) for format_ in ("json", "yaml")),
    *((["headline", "new-york-2025"], "the whole package", format_) for format_ in ("json", "jsonl", "yaml")),
]


@pytest.mark.parametrize(("option", "value"), [("--columns", "id"), ("--sort", "-id"), ("--limit", "1")])
@pytest.mark.parametrize(("words", "whole", "format_"), WHOLE)
def test_what_is_printed_whole_refuses_options_about_lines(
    kzus: Kzus, words: list[str], whole: str, format_: str, option: str, value: str
) -> None:
    done = kzus(*words, "-f", format_, option, value)

    assert (done.code, done.out) == (2, "")
    assert done.err == f"kzus: {option}: {words[0]} -f {format_} prints {whole}; write -f tsv or csv for lines\n"


@pytest.mark.parametrize(("words", "whole", "format_"), WHOLE)
def test_what_is_printed_whole_needs_no_header(kzus: Kzus, words: list[str], whole: str, format_: str) -> None:
    assert kzus(*words, "-f", format_, "--no-header") == kzus(*words, "-f", format_), whole


@pytest.mark.parametrize("words", ["show loan -f json", "brief -f yaml", "sum --chart", "indicators --chart"])
def test_columns_are_explained_where_they_can_not_be_chosen(kzus: Kzus, words: str) -> None:
    done = kzus(*words.split(), "-c", "help")

    assert (done.code, done.err, "meaning" in done.out.casefold()) == (0, "", True)


LINES = {
    "show loan -n 2 -f table": """\
ID    FIELD  VALUE                 DETAIL  SOURCE  DATE  NOTE
loan  type   deal                  –       –       –     –
loan  title  Loan for locomotives  –       –       –     –
""",
    "show loan --sort -field -n 2 --no-header -f table": """\
loan  values  1.6bn USD  –  akorda-2025  2025-09-22  measure: price
loan  type    deal       –  –            –           –
""",
    "brief -n 2 -f table": """\
SECTION  ID      TEXT                                    DATE  STATED  VALUE
card     –       A small fixture                         –        –    –
flow     trade:  Trade, with others or not told by whom  –      5.1bn  firm
""",
    "brief --sort value --no-header -n 1 -f table": """\
coverage  dormant  –  –  –  0
""",
}


@pytest.mark.parametrize("words", LINES)
def test_options_about_lines_make_lines_of_a_page(kzus: Kzus, words: str) -> None:
    done = kzus(*words.split())

    assert (done.code, "".join(f"{line.rstrip()}\n" for line in done.out.splitlines())) == (0, LINES[words])


@pytest.mark.parametrize("option", [["-n", "99"], ["--sort", "id"], ["--no-header"]])
@pytest.mark.parametrize("words", [["show", "loan"], ["brief"]])
def test_options_about_lines_make_one_table_of_a_document(kzus: Kzus, words: list[str], option: list[str]) -> None:
    page, lines = (kzus(*words, *more, "-f", "markdown").out for more in ([], option))

    assert page.count("\n## ") > lines.count("\n## ")
    assert len(re.findall(r"(?m)^\| -", lines)) == 1


@pytest.mark.parametrize("command", ["sum", "indicators"])
def test_a_chart_refuses_columns(kzus: Kzus, command: str) -> None:
    done = kzus(command, "--chart", "-c", "label")

    assert (done.code, done.out, done.err) == (2, "", "kzus: --columns: a chart has no columns; leave out --chart\n")
