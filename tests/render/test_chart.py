from __future__ import annotations

import io
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from conftest import FIXTURE
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from kzus.query.series import Reading
from kzus.render.document import Chart, ChartBar
from kzus.render.terminal.chart import draw_chart

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Kzus

SUM = """\
8 deals by stage
                       █ firm  ░ pledged
pledge              0
commitment       500m  █████▍                                              trade
implementation  4.6bn  ██████████████████████████████████████████████████  trade
cancelled           0
"""
TRADE = """\
Trade in goods, USD
2024       4.1bn  ███████████████████████████████  Kazakh statistics · wire-2025
           3.3bn  ████████████████████████▉        U.S. statistics · leaflet
2020/2025   13.5  ▏                                leaflet
"""


def drawn(*bars: ChartBar, width: int = 40, legend: tuple[str, str] = ("", "")) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width).print(draw_chart(Chart("title", bars, legend), width))
    return [line.rstrip() for line in out.getvalue().splitlines()]


def reading(low: str, high: str | None = None) -> ChartBar:
    found = Reading("2024", low, Fraction(low), Fraction(high or low), None, "wire")
    return ChartBar("", found.value, *found.stretches)


@pytest.mark.parametrize("width", [None, 80])
def test_a_sum_is_drawn_as_bars_in_a_pipe_and_on_a_terminal(kzus: Kzus, width: int | None) -> None:
    done = kzus("sum", "--by", "stage", "--chart", width=width)

    assert done.code == 0
    assert done.out.startswith(SUM)
    assert (done.err or done.out.removeprefix(SUM)).startswith(
        "0: adds nothing (lent, lapsed …).\nIn no total: lent 1.6bn pledged; 1 deal states 100bn KZT.\n"
    )


@pytest.mark.parametrize(
    ("words", "legend"),
    [
        ("--by year", "0: adds nothing (lent, lapsed …)."),
        (
            "--by year --stage cancelled --stage commitment",
            "0: adds nothing (lent, lapsed …); blank: no deal.",
        ),
        ("--by sector", "–: no figure that counts."),
        ("--by country", None),
        (
            "--by year --sector health --stage cancelled --sector energy --stage pledge",
            "0: adds nothing (lent, lapsed …); –: no figure that counts; blank: no deal.",
        ),
    ],
)
def test_signs_in_place_of_an_amount_are_explained(kzus: Kzus, words: str, legend: str | None) -> None:
    lines = kzus("sum", *words.split(), "--chart", width=100).out.splitlines()

    assert [line for line in lines if line.startswith(("0: ", "–: ", "blank: "))] == ([legend] if legend else [])


@pytest.mark.parametrize(("sort", "years"), [((), "2023 2024 2025 2026"), (("--sort", "-group"), "2026 2025 2023")])
def test_a_year_without_deals_has_its_place_on_an_axis_of_time(kzus: Kzus, sort: tuple[str, ...], years: str) -> None:
    asked = ("sum", "--by", "year", "--stage", "cancelled", "--stage", "commitment", "--chart", *sort)
    lines = kzus(*asked).out.splitlines()

    assert [line.split()[0] for line in lines[2:]] == years.split()


def test_a_series_is_drawn_by_period_with_basis_and_source(kzus: Kzus) -> None:
    done = kzus("indicators", "trade", "--chart", width=80)

    assert (done.code, done.err) == (0, "")
    assert done.out == TRADE


def test_an_id_draws_its_own_series_and_words_draw_all_that_have_them(kzus: Kzus) -> None:
    titles = [line for line in kzus("indicators", "uranium", "--chart", facts=None).out.split("\n") if ", " in line]
    own = kzus("indicators", "bilateral-trade", "--chart", facts=None).out

    assert "Kazakhstan's uranium output in one year, tonnes" in titles
    assert len(titles) > 2
    assert own.startswith("Trade between Kazakhstan and the United States, USD\n2014")
    assert "\n\n" not in own


def test_no_series_found_is_said(kzus: Kzus) -> None:
    done = kzus("indicators", "nothing", "--chart", width=80)

    assert (done.code, done.out, done.err) == (0, "", "no indicators · text nothing\n")


@pytest.mark.parametrize("command", ["sum", "indicators"])
@pytest.mark.parametrize("form", ["tsv", "csv", "json", "jsonl", "yaml"])
def test_a_format_without_pictures_is_a_usage_error(kzus: Kzus, command: str, form: str) -> None:
    done = kzus(command, "--chart", "--format", form)

    assert (done.code, done.out) == (2, "")
    assert done.err == f"kzus: --chart: there are no charts in {form} (there are in: table, markdown, html)\n"


def test_a_chart_obeys_sort_and_limit(kzus: Kzus) -> None:
    lines = kzus("sum", "--chart", "--sort", "deals", "-n", "2").out.splitlines()

    assert [line.split()[0] for line in lines[2:]] == ["Health", "Energy"]


def test_a_range_is_full_up_to_its_low_end_and_pale_to_its_high_one() -> None:
    assert drawn(reading("2", "4"), reading("4"), width=15)[1:] == [
        "  2  █████░░░░░",
        "  4  ██████████",
    ]


def test_below_zero_a_bar_grows_to_the_left() -> None:
    assert drawn(reading("-5"), reading("5"), reading("-2", "3"), reading("0"), width=16)[1:] == [
        "  -5  █████",
        "   5       █████",
        "  -2     ░░░░░",
        "   0",
    ]


def test_a_remark_leaves_before_the_bar_does() -> None:
    bar = ChartBar("2024", "1", (0, 1), (1, 1), ("basis", "source"))

    assert drawn(bar, width=40)[1] == f"2024  1  {'█' * 15}  basis · source"
    assert drawn(bar, width=28)[1:] == [f"2024  1  {'█' * 10}  basis", f"{' ' * 21}source"]
    assert drawn(bar, width=18)[1:] == ["2024  1  █████████"]


def test_a_long_label_wraps_by_word_and_marks_of_data_are_text() -> None:
    lines = drawn(ChartBar("a rather long label of [bold]", "1", (0, 1), (1, 1)), width=36)

    assert lines[1:] == [f"a rather      1  {'█' * 19}", "long label", "of [bold]"]


@given(st.lists(st.tuples(st.integers(-100, 100), st.integers(0, 100)), min_size=1, max_size=5), st.integers(20, 100))
def test_no_bar_leaves_its_place_and_none_that_is_something_is_empty(ranges: list[tuple[int, int]], width: int) -> None:
    lines = drawn(*(reading(str(low), str(low + more)) for low, more in ranges), width=width)

    assert max(map(len, lines)) <= width
    for (low, more), line in zip(ranges, lines[1:], strict=True):
        has_bar = bool(set(line) & set("█░▏▎▍▌▋▊▉"))
        assert has_bar is (low != 0 or more != 0)


def test_a_fact_file_of_negative_readings_is_drawn(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    path = fact_file(
        "format: 2\ntitle: T\nas_of: 2026-01-01\n"
        "sectors: {trade: {label: Trade}}\n"
        "sources: {wire: {title: W, publisher: W, kind: news}}\n"
        "indicators:\n  growth:\n    title: Growth\n    unit: '%'\n    observations:\n"
        "      - {period: 2023, value: 5.1, source: wire}\n      - {period: 2024, value: -2.5, source: wire}\n"
    )

    assert kzus("indicators", "growth", "--chart", facts=path).out.splitlines()[0] == "Growth, %"


def test_a_bar_of_several_kinds_of_money_says_how_much_is_of_each(kzus: Kzus) -> None:
    facts = FIXTURE.with_name("brief.yaml")
    lines = kzus("sum", "--chart", width=140, facts=facts).out.splitlines()
    one = kzus("sum", "--chart", "--by", "flow", width=140, facts=facts).out

    assert [line.split("  ")[-1] for line in lines[2:4]] == ["20.3bn trade · 2bn unclear · 5m given", "invested"]
    assert "bn trade" not in one
