from __future__ import annotations

import copy
import re
import shutil
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from conftest import FIXTURE, ROOT

from kzus.errors import KzusError
from kzus.export import excel
from kzus.export.excel import SHEETS, meaning, write_excel
from kzus.export.schema import fact_tables
from kzus.facts.check import load
from kzus.index.store import in_memory

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FACTS: Any = load(FIXTURE.read_bytes(), "facts.yaml")
OFFICE = shutil.which("soffice")
REPEATED = {"entries", "mentions", "conflicts", "deal_parties", "shares", "deal_tags", "timeline"}
"""Tables that hold what the sheets have, for SQL."""
ABOUT = [
    ("A small fixture", None, None),
    ("version", "2026.07.01", None),
    ("as_of", "2026-06-30", None),
    ("digest", "0123456789ab", None),
]


def book(path: Path, facts: Mapping[str, Any] = FACTS) -> Any:
    """Write a workbook and read it."""
    with closing(in_memory(facts)) as index:
        write_excel(index, path, digest="0123456789ab", force=True)
    return openpyxl.load_workbook(path)


def cells_of(sheet: Any, row: int) -> dict[str, Any]:
    """Return the cells of a row by the names of their columns."""
    return {head.value: cell for head, cell in zip(sheet[1], sheet[row], strict=True)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "facts.xlsx"


def test_the_first_sheet_says_which_facts_these_are(path: Path) -> None:
    first = book(path)["about"]

    assert [tuple(cell.value for cell in row) for row in first["A1:C4"]] == ABOUT
    rows = [tuple(row) for row in first.iter_rows(values_only=True)]
    assert (
        "deals",
        8,
        "What was agreed, newest first, with what it counts. All amounts are whole U.S. dollars.",
    ) in rows
    assert ("deals", "id", "What kzus show takes; unique over all kinds.") in rows
    assert ("deals", "period", "When it is to be carried out: a date, or two with a slash.") in rows


def test_every_table_is_a_sheet_or_repeats_one(path: Path) -> None:
    with closing(in_memory(FACTS)) as index:
        tables = {table.name for table in fact_tables(index)}

    assert tables == {*SHEETS, *REPEATED}
    assert book(path).sheetnames == ["about", *SHEETS]


def test_every_column_has_a_meaning() -> None:
    with closing(in_memory(FACTS)) as index:
        unexplained = [
            (table.name, column.name)
            for table in fact_tables(index)
            if table.name in SHEETS
            for column in table.columns
            if not meaning(column)
        ]

    assert unexplained == []


def test_a_header_is_frozen_and_filtered(path: Path) -> None:
    sheet = book(path)["deals"]

    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:AJ9")


def test_cells_have_the_types_of_their_columns(path: Path) -> None:
    sheets = book(path)
    deal = cells_of(sheets["deals"], 6)
    source = cells_of(sheets["sources"], 2)

    assert deal["id"].value == "locomotives"
    assert (str(deal["date"].value), deal["date"].number_format) == ("2025-09-22 00:00:00", "yyyy-mm-dd")
    assert (deal["amount_usd"].value, deal["amount_usd"].number_format) == (4_200_000_000, "#,##0")
    assert (deal["is_ceiling"].value, deal["is_ceiling"].data_type) == (False, "b")
    assert deal["note"].value is None
    assert [str(row[2].value) for row in sheets["deals"].iter_rows(min_row=2)] == [
        "2026-01-15 00:00:00", "2025-11-06 00:00:00", "2025-11-06 00:00:00", "2025-11", "2025-09-22 00:00:00",
        "2025-09", "2024", "2023-05",
    ]  # fmt: skip
    assert (source["url"].value, source["url"].hyperlink.target) == ("https://example.org/akorda",) * 2
    assert cells_of(sheets["sources"], 4)["cites"].value == "Wire; Akorda"
    assert [row[4].value for row in sheets["observations"].iter_rows(min_row=2)] == [4_100_000_000, 3_300_000_000, 13.5]


def test_what_a_spreadsheet_would_work_out_is_text(path: Path) -> None:
    facts = copy.deepcopy(FACTS)
    facts["deals"]["locomotives"]["title"] = '=HYPERLINK("https://example.org")'
    facts["deals"]["loan"]["title"] = "{=1+1}"
    facts["deals"]["plant"]["title"] = "https://example.org/no-link"
    facts["deals"]["clinic"]["title"] = "0012"
    titles = {row[0].value: row[1] for row in book(path, facts)["deals"].iter_rows(min_row=2)}

    assert titles["locomotives"].value == '=HYPERLINK("https://example.org")'
    assert titles["locomotives"].quotePrefix
    assert {name: titles[name].value for name in ("loan", "plant", "clinic")} == {
        "loan": "{=1+1}", "plant": "https://example.org/no-link", "clinic": "0012",
    }  # fmt: skip
    assert {cell.hyperlink for cell in titles.values()} == {None}
    sheet = re.sub(r"<v>.*?</v>", "", part(path, "xl/worksheets/sheet2.xml"))
    assert "<f>" not in sheet


def part(path: Path, name: str) -> str:
    from zipfile import ZipFile

    with ZipFile(path) as file:
        return file.read(name).decode()


def test_links_end_where_excel_has_no_more(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "_MOST_LINKS", 1)
    sheet = book(path)["sources"]

    assert [(row[7].value, bool(row[7].hyperlink)) for row in sheet.iter_rows(min_row=2)] == [
        ("https://example.org/akorda", True), ("https://example.org/wire?a=1", False), (None, False),
    ]  # fmt: skip


def test_an_address_too_long_for_a_link_is_text(path: Path) -> None:
    facts = copy.deepcopy(FACTS)
    longest, longer = (f"https://example.org/{'a' * (length - 20)}" for length in (2079, 2080))
    facts["sources"]["akorda-2025"]["url"], facts["sources"]["wire-2025"]["url"] = longest, longer
    sheet = book(path, facts)["sources"]

    assert [(row[7].value, bool(row[7].hyperlink)) for row in sheet.iter_rows(min_row=2, max_row=3)] == [
        (longest, True),
        (longer, False),
    ]


def test_text_too_long_for_a_cell_is_cut_and_says_so(path: Path) -> None:
    facts = copy.deepcopy(FACTS)
    facts["deals"]["clinic"]["note"] = "x" * 32_768

    assert cells_of(book(path, facts)["deals"], 5)["note"].value == "x" * 32_766 + "…"


@pytest.mark.parametrize(
    ("value", "cell"), [("123456789.012345", 123456789.012345), ("0.12345678901234567", "0.12345678901234567")]
)
def test_a_number_that_excel_would_round_is_text(path: Path, value: str, cell: object) -> None:
    facts = copy.deepcopy(FACTS)
    facts["indicators"]["trade"]["observations"][2]["value"] = value

    assert cells_of(book(path, facts)["observations"], 4)["low"].value == cell


def test_the_last_day_of_a_month_is_a_date(path: Path) -> None:
    assert cells_of(book(path)["deals"], 5)["last_known"].value.date().isoformat() == "2025-11-30"


def test_a_table_with_more_rows_than_a_sheet_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "_MOST_ROWS", 7)
    with pytest.raises(KzusError, match=r"^deals has more rows than a sheet of Excel takes; write \.sqlite instead$"):
        book(path)

    assert not path.exists()


def test_the_same_facts_are_the_same_bytes(path: Path) -> None:
    book(path)
    first = path.read_bytes()
    book(path)

    assert path.read_bytes() == first


def test_only_a_workbook_needs_the_library(tmp_path: Path) -> None:
    code = (
        "import sys; from kzus.app import main\n"
        f"main(['deals', '-n', '1']); main(['export', {str(tmp_path / 'facts.json')!r}])\n"
        "sys.exit('xlsxwriter' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not OFFICE, reason="needs LibreOffice")
@pytest.mark.parametrize("facts", [FIXTURE, ROOT / "facts.yaml"], ids=["fixture", "shipped"])
def test_libreoffice_opens_it(path: Path, tmp_path: Path, facts: Path) -> None:
    book(path, load(facts.read_bytes(), facts.name))
    # Commas, quotes, UTF-8, all lines, cells as they are shown, every sheet.
    to_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
    profile = f"-env:UserInstallation=file://{tmp_path / 'office'}"
    command = [str(OFFICE), "--headless", profile, "--convert-to", to_csv, "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, capture_output=True, check=True, timeout=120)

    assert {file.name for file in tmp_path.glob("*.csv")} == {f"facts-{name}.csv" for name in ("about", *SHEETS)}
    sheet = (tmp_path / "facts-deals.csv").read_text("utf-8")
    assert "Err:" not in sheet
    assert "#NAME?" not in sheet
    if facts == FIXTURE:
        assert '"4,200,000,000"' in sheet
        assert "2025-09-22" in sheet
