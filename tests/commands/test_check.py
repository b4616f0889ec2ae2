from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Kzus

FIXTURE = Path(__file__).parent.parent / "facts.yaml"
COUNTS = (
    "sectors 3, sources 3, parties 4, deals 8, packages 1, treaties 1, indicators 1, events 1, statements 1"
)  # fmt: skip
FAULTY = """\
format: 1
title: Faulty
as_of: 2026-01-01
sectors:
  health: {label: Health}
sources:
  wire: {title: News, publisher: Wire, kind: news}
parties:
  ktz: {name: KTZ, country: KZ, kind: state company}
deals:
  clinic:
    title: A clinic
    instrument: contract
    stage: commitment
    date: 2025-02-30
    date_kind: signed
    sector: helth
    parties: [ktz]
    values:
      - {value: "4,2bn USD", source: wier}
"""
PROBLEMS = [
    "15:11: deals.clinic.date: '2025-02-30' has no such day",
    "17:13: deals.clinic.sector: unknown sector 'helth' (did you mean 'health'?)",
    "20:17: deals.clinic.values[0].value: '4,2bn USD' has a comma;"
    " write a decimal point and no thousands mark, as in '4.2bn' or '1000'",
    "20:38: deals.clinic.values[0].source: unknown source 'wier' (did you mean 'wire'?)",
]


def test_a_sound_file_is_one_line_of_counts(kzus: Kzus) -> None:
    done = kzus("check", str(FIXTURE))

    assert (done.code, done.out, done.err) == (0, f"{FIXTURE}: sound · {COUNTS}\n", "")


def test_without_a_name_the_file_in_use_is_checked(kzus: Kzus) -> None:
    assert kzus("check").out == f"{FIXTURE}: sound · {COUNTS}\n"


def test_the_option_names_a_file_as_everywhere(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    path = fact_file(FAULTY)

    assert kzus("check", "--facts", str(path)).err == kzus("check", str(path)).err != ""


def test_the_shipped_file_is_sound(kzus: Kzus) -> None:
    done = kzus("check", facts=None)

    assert (done.code, done.err) == (0, "")
    assert "facts.yaml: sound · " in done.out


def test_a_faulty_file_fails_with_every_problem_in_line_order(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    path = fact_file(FAULTY)
    done = kzus("check", str(path))

    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [f"{path}:{problem}" for problem in PROBLEMS]


@pytest.mark.parametrize("command", ["deals", "sum", "sectors"])
def test_a_question_to_a_faulty_file_fails_with_the_same_problems(
    kzus: Kzus, fact_file: Callable[[str], Path], command: str
) -> None:
    path = fact_file(FAULTY)
    done = kzus(command, facts=path)

    assert (done.code, done.out, done.err) == (1, "", kzus("check", str(path)).err)


def test_check_leaves_no_index_behind(kzus: Kzus, cache: Path) -> None:
    assert kzus("check").code == 0
    assert not cache.exists()


def test_a_missing_file_fails(kzus: Kzus, tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    done = kzus("check", str(path))

    assert (done.code, done.out) == (1, "")
    assert done.err == f"kzus: can't read the fact file '{path}': No such file or directory\n"


def test_a_folder_fails(kzus: Kzus, tmp_path: Path) -> None:
    done = kzus("check", str(tmp_path))

    assert (done.code, done.out) == (1, "")
    assert done.err == f"kzus: can't read the fact file '{tmp_path}': Is a directory\n"
