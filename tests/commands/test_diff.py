from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Kzus

HEAD = """\
format: 2
title: T
version: 2026.01.01
as_of: 2026-01
sides: {kazakh: [KZ], american: [US]}
sectors: {rail: {label: Rail}}
sources:
  old: {title: Old, publisher: P, kind: news, published: 2024-05}
  new: {title: New, publisher: P, kind: news, published: 2025-05}
parties: {k: {name: K, country: KZ, kind: company}, u: {name: U, country: US, kind: company}}
deals:
"""
ORDER = """\
  order: {title: An order, instrument: contract, flow: trade, payer: k, payee: u, stage: commitment, stage_source: old,
    date: 2024-05, date_kind: signed, sector: rail, parties: [k, u], values: [
    {value: 5m USD, measure: price, source: old}%s]}
"""
LOAN = """\
  loan: {title: A loan, instrument: loan agreement, flow: financing, stage: commitment, stage_source: new,
    date: 2025-05, date_kind: signed, sector: rail, parties: [k, u],
    values: [{value: 3m USD, measure: principal, source: new}]}
"""
BEFORE = HEAD + ORDER % ""
AFTER = (
    BEFORE.replace("An order", "The order")
    .replace("source: old}]", "source: old}, {value: 6m USD, measure: price, source: new, counts: false}]")
    .replace("version: 2026.01.01", "version: 2026.01.02")
    + LOAN
)
CLAIM = "6m USD (source: new, counts: false, measure: price)"
KEYS = ("change", "kind", "id", "title", "field", "old", "new")
CHANGES = [
    ("changed", "file", None, "T", "version", "2026.01.01", "2026.01.02"),
    ("added", "deal", "loan", "A loan", None, None, None),
    ("changed", "deal", "order", "The order", "title", "An order", "The order"),
    ("added", "deal", "order", "The order", "values", None, CLAIM),
    ("changed", "deal", "loan", "A loan", "counted_usd", None, "3000000"),
    ("changed", "sum", "financing", "financing", "financing_firm_usd", "0", "3000000"),
]


@pytest.fixture
def files(tmp_path: Path) -> Callable[[], tuple[str, Path]]:
    def write() -> tuple[str, Path]:
        before, after = tmp_path / "before.yaml", tmp_path / "after.yaml"
        before.write_text(BEFORE, "utf-8")
        after.write_text(AFTER, "utf-8")
        return str(before), after

    return write


def test_two_files_differ_in_entries_fields_claims_and_sums(kzus: Kzus, files: Callable[[], tuple[str, Path]]) -> None:
    before, after = files()
    done = kzus("diff", before, "-f", "json", facts=after)

    assert (done.code, done.err) == (0, "")
    expected = [dict(zip(KEYS, change, strict=True)) for change in CHANGES]
    assert sorted(json.loads(done.out), key=str) == sorted(expected, key=str)


def test_files_the_other_way_round_lose_what_they_gained(kzus: Kzus, files: Callable[[], tuple[str, Path]]) -> None:
    before, after = files()
    done = kzus("diff", str(after), before, "-f", "tsv", "-c", "change,kind,id,field", "--no-header", facts=after)

    assert done.out == (
        "changed\tfile\t\tversion\nchanged\tdeal\torder\ttitle\nremoved\tdeal\torder\tvalues\nremoved\tdeal\tloan\t\n"
        "changed\tdeal\tloan\tcounted_usd\nchanged\tsum\tfinancing\tfinancing_firm_usd\n"
    )


def test_two_days_differ_in_what_was_published_in_between(kzus: Kzus, files: Callable[[], tuple[str, Path]]) -> None:
    _, after = files()
    done = kzus("diff", "2024-12", "2025-12", "-c", "change,kind,id,field", facts=after)

    assert (done.code, done.err) == (0, "")
    assert "added\tdeal\tloan\t\n" in done.out
    assert "added\tdeal\torder\tvalues\n" in done.out
    assert "added\tsource\tnew\t\n" in done.out
    assert "changed\tsum\tfinancing\tfinancing_firm_usd\n" in done.out


@pytest.mark.parametrize(("code", "new"), [(1, None), (0, "same")])
def test_an_exit_code_tells_a_job_whether_anything_differs(
    kzus: Kzus, files: Callable[[], tuple[str, Path]], code: int, new: str | None
) -> None:
    before, after = files()
    arguments = [before] if new is None else [str(after)]
    done = kzus("diff", *arguments, "--exit-code", "-f", "json", facts=after)

    assert done.code == code
    assert (json.loads(done.out) == []) == (code == 0)


def test_nothing_found_is_said_to_who_watches(kzus: Kzus, files: Callable[[], tuple[str, Path]]) -> None:
    _, after = files()
    done = kzus("diff", str(after), facts=after, width=80)

    assert (done.code, done.err) == (0, f"nothing differs between {after} and the present file\n")


@pytest.mark.parametrize(
    ("named", "code", "said"),
    [
        ("no-such-file.yaml", 1, "can't read the fact file '{folder}/no-such-file.yaml': No such file or directory"),
        ("october", 2, "'october' is neither a file nor a day; write 2025, 2025-10 or 2025-10-31"),
        ("October 2025", 2, "'October 2025' is neither a file nor a day; write 2025-10"),
        ("2025-13", 2, "OLD: '2025-13' has no such month; the last is 2025-12"),
    ],
)
def test_what_is_neither_a_file_nor_a_day_is_an_error(
    kzus: Kzus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, code: int, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = kzus("diff", named)

    assert (done.code, done.out, done.err) == (code, "", f"kzus: {said.format(folder=tmp_path)}\n")


def test_a_file_without_an_ending_is_a_file(
    kzus: Kzus, files: Callable[[], tuple[str, Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = files()
    (tmp_path / "october").write_bytes((tmp_path / "before.yaml").read_bytes())
    monkeypatch.chdir(tmp_path)

    assert kzus("diff", "october", facts=after).out == kzus("diff", before, facts=after).out


@pytest.mark.parametrize("width", [80, 140])
def test_a_person_reads_the_sums_first_then_the_deals(
    kzus: Kzus, files: Callable[[], tuple[str, Path]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, width: int
) -> None:
    files()
    monkeypatch.chdir(tmp_path)
    done = kzus("diff", "before.yaml", facts=tmp_path / "after.yaml", width=width)

    assert done.out.splitlines()[:8] == [
        "before.yaml → now · 1 deal came",
        "",
        "FLOW  SUM   OLD → NEW  CHANGE",
        "lent  firm  0 → 3m     +3m",
        "",
        f"DATE     STAGE       TITLE   COUNTS  FLOW{'  ID' * (width > 80)}",
        f"1 deal came ─────────────────────────────{'──────' * (width > 80)}",
        f"2025-05  commitment  A loan      3m  lent{'  loan' * (width > 80)}",
    ]
    assert (done.code, done.err) == (0, "")


UPDATED = """\
  plan: {title: A plan, instrument: memorandum, flow: trade, payer: k, payee: u, stage: pledge,
    date: 2024-05, date_kind: signed, sector: rail, parties: [k, u], sources: [old], values: [
    {value: 7m USD, measure: list price, source: old}],
    updates: [{date: 2025-05, text: Signed., source: new, stage: implementation}]}
"""
SUCCESSOR = """\
  second: {title: A second order, instrument: contract, flow: trade, payer: k, payee: u, stage: commitment,
    stage_source: new, date: 2025-05, date_kind: signed, sector: rail, parties: [k, u], supersedes: order,
    values: [{value: 8m EUR, usd: 9m USD, measure: price, source: new}]}
"""


def test_an_update_changes_the_stage_of_today(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    facts = fact_file(HEAD + UPDATED)
    rows = kzus("diff", "2024-12", "2025-12", "-c", "id,field,old,new", facts=facts).out.splitlines()
    screen = kzus("diff", "2024-12", "2025-12", facts=facts, width=80).out

    assert "plan\tstage\tpledge\timplementation" in rows
    assert "plan\tstanding\tpledge\tfirm" in rows
    assert [line for line in rows if line.startswith("trade")] == [
        "trade\tfirm_usd\t0\t7000000",
        "trade\tpledge_usd\t7000000\t0",
    ]
    assert (
        "TITLE   STAGE               COUNTS  FLOW\n"
        "1 deal changed stage or what it counts ───\n"
        "A plan  pledge → under way  7m*     bought\n"
    ) in screen
    assert "\n* list price, before discounts\n" in screen


def test_a_deal_that_another_supersedes_shows_what_it_counted(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    facts = fact_file(HEAD + ORDER % "" + SUCCESSOR)
    rows = kzus("diff", "2024-12", "2025-12", "-c", "change,id,field,old,new", facts=facts).out.splitlines()
    narrow, wide = (kzus("diff", "2024-12", "2025-12", facts=facts, width=width).out for width in (80, 120))

    assert "changed\torder\tcounted_usd\t5000000\t0" in rows
    assert "changed\tsecond\tcounted_usd\t\t9000000" in rows
    assert "\nAn order  commitment  5m → 0  bought\n" in narrow
    assert "\nAn order  commitment  5m → 0  bought  superseded by second\n" in wide


def test_another_first_stage_is_told_apart_from_that_of_today(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    before = HEAD + UPDATED
    old = fact_file(before).rename(fact_file(before).with_name("old.yaml"))
    new = fact_file(before.replace("stage: pledge", "stage: commitment"))
    done = kzus("diff", str(old), "-c", "id,field,old,new", facts=new)

    assert done.out == "plan\tstage_before_updates\tpledge\tcommitment\n"


UNDATED = """\
  page: {title: A page, publisher: P, kind: news}
  year: {title: Of a year, publisher: P, kind: news, published: 2025}
"""
OLDER = """\
  gift: {title: A gift, instrument: grant agreement, flow: grant, stage: commitment, stage_source: page, date: 2012,
    date_kind: signed, sector: rail, parties: [k, u], values: [{value: 2m USD, measure: grant, source: page}]}
  pact: {title: A pact, instrument: memorandum, flow: cooperation, stage: pledge, date: 2011, date_kind: signed,
    sector: rail, parties: [k, u], sources: [year]}
"""
WITH_UNDATED = (HEAD + ORDER % ", {value: 6m USD, measure: price, source: page}" + OLDER).replace(
    "parties: {k", f"{UNDATED}parties: {{k", 1
)


def test_undated_pages_are_no_news(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    done = kzus("diff", "2025-03", "-c", "change,kind,id,field", facts=fact_file(WITH_UNDATED))

    assert "added\tdeal\tgift\t\n" in done.out
    assert done.err == (
        "1 source has no date and counts as of 2026-01; 1 source is dated too coarsely to tell;"
        " what rests on such sources may be older: 2 deals, 1 other change (gift, pact)\n"
    )


def test_a_screen_sets_apart_what_may_be_older(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    done = kzus("diff", "2025-03", facts=fact_file(WITH_UNDATED), width=80)

    assert done.out == (
        "end of 2025-03 → 2026-01 · no deal came, went or changed what it counts · 2 may\n"
        "be older\n"
        "\n"
        "FLOW   SUM   OLD → NEW  CHANGE  MAY BE OLDER\n"
        "given  firm  0 → 2m     +2m     +2m\n"
        "\n"
        "DATE  STAGE       TITLE   COUNTS  FLOW\n"
        "May be older: 2 deals came ────────────\n"
        "2012  commitment  A gift      2m  given\n"
        "2011  dormant     A pact\n"
        "not listed: 3 sources, 1 change that may be older; all: --all\n"
        "1 source has no date and counts as of 2026-01; 1 source is dated too coarsely to\n"
        "tell; what rests on such sources may be older: 2 deals, 1 other change\n"
    )
    assert done.err == ""


def test_a_sum_says_which_part_of_its_change_may_be_older(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    help_of_new = LOAN.replace("financing", "grant").replace("principal", "grant").replace("loan agreement", "project")
    screen = kzus("diff", "2025-03", facts=fact_file(WITH_UNDATED + help_of_new), width=80).out

    assert "\nFLOW   SUM   OLD → NEW  CHANGE  MAY BE OLDER\ngiven  firm  0 → 5m     +5m     +2m\n" in screen


def test_all_lists_sources_and_what_may_be_older(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    done = kzus("diff", "2025-03", "--all", facts=fact_file(WITH_UNDATED), width=80)

    for line in (
        "1 source came",
        "2025-05  New",
        "May be older: 2 sources came",
        "2025  Of a year",
        "May be older: 1 other change ",
        "6m USD (source: page, measure: price)",
    ):
        assert line in done.out
    assert "not listed" not in done.out


def test_two_days_leave_undated_pages_out(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    done = kzus("diff", "2025-03", "2025-12", "-c", "change,kind,id,field", facts=fact_file(WITH_UNDATED))

    assert "gift" not in done.out
    assert done.err == (
        "1 source has no date and is on neither side; 1 source is dated too coarsely to tell;"
        " what rests on such sources may be older: 1 deal (pact)\n"
    )


def test_files_tell_of_undated_pages_as_of_any(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    old = fact_file(BEFORE)
    old = old.rename(old.with_name("old.yaml"))
    done = kzus("diff", str(old), "-c", "change,kind,id,field", facts=fact_file(WITH_UNDATED))

    assert "added\tdeal\tgift\t\n" in done.out
    assert done.err == ""


def test_a_day_without_news_says_so(kzus: Kzus, files: Callable[[], tuple[str, Path]]) -> None:
    _, after = files()
    done = kzus("diff", "2024-06", "2024-07", facts=after, width=80)

    assert (done.code, done.out) == (0, "")
    assert done.err == "nothing differs between end of 2024-06 and end of 2024-07 but the day\n"


LONG = "An order of a great many locomotives and wagons and much else for the railway"
LISTS = HEAD.replace("  new:", "  third: {title: Third, publisher: P, kind: news, published: 2025-06}\n  new:") + (
    ORDER % ""
).replace("sector: rail", "sector: rail, sources: [%s], note: %s")


@pytest.mark.parametrize("width", [80, 100, 160])
@pytest.mark.parametrize("option", [(), ("--sort", "field"), ("--all",)])
def test_old_and_new_are_never_left_out(
    kzus: Kzus, fact_file: Callable[[str], Path], width: int, option: tuple[str, ...]
) -> None:
    old = fact_file((LISTS % ("old, third", "before")).replace("An order", LONG))
    old = old.rename(old.with_name("old.yaml"))
    new = fact_file((LISTS % ("old, new", "after")).replace("An order", LONG))
    done = kzus("diff", str(old), *option, facts=new, width=width)

    assert "before" in done.out
    assert "after" in done.out
    assert ("−third" in done.out, "+new" in done.out) == ((bool(option),) * 2)
    assert "old, " not in done.out
    lines = [line for line in done.out.splitlines() if "before" in line or "after" in line]
    assert len(lines) == (1 if width >= 100 else 2)


def test_a_limit_keeps_what_leads(kzus: Kzus, files: Callable[[], tuple[str, Path]]) -> None:
    before, after = files()
    done = kzus("diff", before, "-n", "2", facts=after, width=80)

    assert "\nlent  firm  0 → 3m     +3m\n" in done.out
    assert "\n2025-05  commitment  A loan      3m  lent\n" in done.out
    assert "The order" not in done.out


def test_a_claim_that_does_not_count_is_in_brackets(kzus: Kzus, files: Callable[[], tuple[str, Path]]) -> None:
    before, after = files()
    done = kzus("diff", before, facts=after, width=100)

    assert "\nTITLE      CLAIM   MEASURE  SAYS\n1 claim came ─" in done.out
    assert "\nThe order  + (6m)  price    P\n" in done.out
    assert "\n(…) not counted: not of the deal as a whole, deprecated, or not in dollars\n" in done.out


def test_a_document_lists_everything(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    done = kzus("diff", "2025-03", "-f", "markdown", facts=fact_file(WITH_UNDATED))

    assert done.out.startswith("# What changed from end of 2025-03 to the present file\n")
    assert "\n## May be older: 2 sources came\n" in done.out
    assert "1 source has no date and counts as of 2026-01" in done.out
    assert done.err == ""
