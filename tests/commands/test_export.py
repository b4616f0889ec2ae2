from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import openpyxl
import pytest
from conftest import DIGEST

from kzus import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Kzus

FIXTURE = Path(__file__).parent.parent / "facts.yaml"


HEADS = {
    "facts.sqlite": b"SQLite format 3",
    "facts.SQLITE3": b"SQLite format 3",
    "facts.db": b"SQLite format 3",
    "facts.xlsx": b"PK\x03\x04",
    "facts.json": b'{\n  "format": 2',
    "facts.zip": b"PK\x03\x04",
}
"""How a file of each name begins."""


@pytest.mark.parametrize("name", HEADS)
def test_the_name_says_what_to_write(kzus: Kzus, tmp_path: Path, name: str) -> None:
    done = kzus("export", str(tmp_path / name))

    assert (done.code, done.out, done.err) == (0, "", "")
    assert (tmp_path / name).read_bytes().startswith(HEADS[name])


@pytest.mark.parametrize("name", ["package", "package/", "v1.2/", "there.is"])
def test_a_folder_gets_a_data_package(kzus: Kzus, tmp_path: Path, name: str) -> None:
    (tmp_path / "there.is").mkdir()
    done = kzus("export", f"{tmp_path}/{name}")

    assert (done.code, done.out, done.err) == (0, "", "")
    assert sorted(path.name for path in (tmp_path / name).iterdir()) == ["data", "datapackage.json"]


def test_a_zip_has_the_files_of_the_data_package(kzus: Kzus, tmp_path: Path) -> None:
    kzus("export", str(tmp_path / "package"))
    kzus("export", str(tmp_path / "package.zip"))
    with ZipFile(tmp_path / "package.zip") as package:
        zipped = {name: package.read(name) for name in package.namelist()}

    files = [path for path in (tmp_path / "package").rglob("*") if path.is_file()]
    assert zipped == {str(path.relative_to(tmp_path / "package")): path.read_bytes() for path in files}


def test_an_ending_that_says_nothing_is_a_usage_error(kzus: Kzus, tmp_path: Path) -> None:
    done = kzus("export", f"{tmp_path}/facts.csv")

    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"kzus: '{tmp_path}/facts.csv' doesn't say what to write; end it in .sqlite, .db, .xlsx, .json or .zip,"
        " or name a folder for a data package\n"
    )


def test_one_file_is_written_at_a_time(kzus: Kzus) -> None:
    done = kzus("export", "json", "a", "b")

    assert (done.code, done.out, done.err) == (2, "", "kzus: one file at a time; 'b' is too much\n")


def test_a_file_of_the_workbook_names_the_facts(kzus: Kzus, tmp_path: Path) -> None:
    kzus("export", str(tmp_path / "facts.xlsx"))
    first = openpyxl.load_workbook(tmp_path / "facts.xlsx")["about"]

    assert [row[1].value for row in first["A2:B4"]] == ["2026.07.01", "2026-06-30", DIGEST]


@pytest.mark.parametrize("target", [(), ("-",)])
@pytest.mark.parametrize("width", [None, 80])
def test_json_goes_to_stdout_unless_a_file_is_named(kzus: Kzus, target: tuple[str, ...], width: int | None) -> None:
    done = kzus("export", "json", *target, width=width)
    facts = json.loads(done.out)

    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("}\n")
    assert facts["deals"]["locomotives"]["values"][1] == {
        "value": "4.2bn USD",
        "of": "order and service",
        "source": "akorda-2025",
        "rank": "preferred",
        "because": "the official account",
        "measure": "price",
    }


def test_a_json_export_answers_as_the_fact_file_does(kzus: Kzus, tmp_path: Path) -> None:
    target = tmp_path / "facts.json"
    done = kzus("export", "json", str(target))

    assert (done.code, done.out, done.err) == (0, "", "")
    assert target.read_text("utf-8") == kzus("export", "json").out
    assert kzus("check", str(target)).out == kzus("check").out.replace(str(FIXTURE), str(target))
    for question in ("deals -f json", "sum -f json", "show locomotives ktz trade -f json", "timeline -f csv"):
        assert kzus(*question.split(), facts=target) == kzus(*question.split())


def test_sqlite_has_the_tables_and_no_trace_of_this_machine(kzus: Kzus, tmp_path: Path) -> None:
    target = tmp_path / "facts.sqlite"
    done = kzus("export", "sqlite", str(target))

    assert (done.code, done.out, done.err) == (0, "", "")
    with closing(sqlite3.connect(target)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("SELECT id, counted_usd FROM deals WHERE sector = 'health'").fetchall() == [
            ("clinic", None)
        ]
        meta = dict(database.execute("SELECT key, value FROM meta"))
    assert set(meta) == {"title", "version", "as_of", "sides", "format", "kzus"}
    assert (meta["title"], meta["as_of"], meta["kzus"]) == ("A small fixture", "2026-06-30", __version__)
    assert str(tmp_path).encode() not in target.read_bytes()


def test_a_lens_makes_the_export_smaller(kzus: Kzus) -> None:
    facts = json.loads(kzus("export", "json", "--source", "leaflet").out)

    assert list(facts["sources"]) == ["leaflet"]
    assert list(facts["deals"]) == ["locomotive-letter", "clinic"]


@pytest.mark.parametrize("kind", ["sqlite", "excel", "json"])
def test_what_exists_is_replaced_only_if_told_so(kzus: Kzus, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "export"
    target.write_text("precious")
    done = kzus("export", kind, str(target))

    assert (done.code, done.out) == (1, "")
    assert done.err == f"kzus: '{target}' exists; name another, or replace it with --force\n"
    assert target.read_text() == "precious"

    assert kzus("export", kind, str(target), "--force").code == 0
    assert not target.read_bytes().startswith(b"precious")


def test_the_fact_file_itself_is_never_replaced(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    path = fact_file(FIXTURE.read_text("utf-8"))
    done = kzus("export", "json", str(path), "--force", facts=path)

    assert (done.code, done.out, done.err) == (2, "", f"kzus: '{path}' is the fact file itself; name another\n")
    assert path.read_bytes() == FIXTURE.read_bytes()


def test_a_link_stays_a_link(kzus: Kzus, tmp_path: Path) -> None:
    link, target = tmp_path / "link", tmp_path / "target"
    target.write_text("old")
    link.symlink_to(target)

    assert kzus("export", "json", str(link), "--force").code == 0
    assert link.is_symlink()
    assert target.read_text("utf-8") == kzus("export", "json").out


@pytest.mark.parametrize("kind", ["sqlite", "excel", "datapackage", "json"])
def test_a_folder_that_is_not_there_fails(kzus: Kzus, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "none" / "export"
    done = kzus("export", kind, str(target))

    assert (done.code, done.out) == (1, "")
    assert done.err == f"kzus: can't write '{target}': No such file or directory\n"


@pytest.mark.parametrize("kind", ["sqlite", "excel", "json"])
def test_a_folder_is_never_replaced(kzus: Kzus, tmp_path: Path, kind: str) -> None:
    done = kzus("export", kind, str(tmp_path), "--force")

    assert (done.code, done.out, done.err) == (1, "", f"kzus: '{tmp_path}' is not a file; name one to write\n")


def test_a_person_is_told_what_was_written(kzus: Kzus, tmp_path: Path) -> None:
    target = tmp_path / "facts.json"

    assert kzus("export", "json", str(target), width=80).err == f"wrote {target}\n"


@pytest.mark.parametrize(
    ("kind", "example"), [("sqlite", "facts.sqlite"), ("excel", "facts.xlsx"), ("datapackage", "facts/")]
)
@pytest.mark.parametrize("target", [(), ("-",)])
def test_what_is_no_text_needs_a_name(kzus: Kzus, kind: str, example: str, target: tuple[str, ...]) -> None:
    done = kzus("export", kind, *target)

    assert (done.code, done.out) == (2, "")
    assert done.err == f"kzus: {kind} is not for stdout; name what to write: kzus export {example}\n"


def test_a_data_package_is_a_folder(kzus: Kzus, tmp_path: Path) -> None:
    target = tmp_path / "package"
    done = kzus("export", "datapackage", str(target))

    assert (done.code, done.out, done.err) == (0, "", "")
    assert sorted(path.name for path in target.iterdir()) == ["data", "datapackage.json"]
    assert (target / "data" / "sectors.csv").read_bytes() == (
        b"id,position,label,dac,aliases,note\n"
        b"energy,1,Energy,230,,\n"
        b"health,2,Health,,,\n"
        b'transport,0,Transport,210,"[""rail"", ""air travel""]",\n'
    )


@pytest.mark.parametrize(("facts", "licences"), [(FIXTURE, None), (None, ["MIT"])])
def test_only_the_shipped_facts_have_our_licence(
    kzus: Kzus, tmp_path: Path, facts: Path | None, licences: list[str] | None
) -> None:
    kzus("export", "datapackage", str(tmp_path / "package"), facts=facts)
    manifest = json.loads((tmp_path / "package" / "datapackage.json").read_text("utf-8"))

    assert [licence["name"] for licence in manifest.get("licenses", ())] == (licences or [])


def test_a_folder_that_holds_something_is_written_into_only_if_told_so(kzus: Kzus, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("precious")
    (tmp_path / "datapackage.json").write_text("old")
    done = kzus("export", "datapackage", str(tmp_path))

    assert (done.code, done.out) == (1, "")
    assert done.err == f"kzus: '{tmp_path}' is not empty; name another, or write into it with --force\n"
    assert not (tmp_path / "data").exists()

    assert kzus("export", "datapackage", str(tmp_path), "--force").code == 0
    assert (tmp_path / "mine").read_text() == "precious"
    assert json.loads((tmp_path / "datapackage.json").read_text("utf-8"))["name"] == "kzus"


def test_a_file_is_no_folder(kzus: Kzus, tmp_path: Path) -> None:
    target = tmp_path / "package"
    target.write_text("precious")
    done = kzus("export", "datapackage", str(target), "--force")

    assert (done.code, done.out, done.err) == (1, "", f"kzus: '{target}' is not a folder; name one to write to\n")
    assert target.read_text() == "precious"


def test_an_unknown_kind_is_a_usage_error(kzus: Kzus) -> None:
    done = kzus("export", "sqlit", "x")

    assert (done.code, done.out) == (2, "")
    assert done.err == "kzus: unknown kind of export 'sqlit' (did you mean 'sqlite'?)\n"


@pytest.mark.parametrize("kind", ["sqlite", "excel", "datapackage", "json"])
def test_a_name_that_no_file_can_have_fails(kzus: Kzus, tmp_path: Path, kind: str) -> None:
    target = tmp_path / ("x" * 300)
    done = kzus("export", kind, str(target))

    assert (done.code, done.out, done.err) == (1, "", f"kzus: can't write '{target}': File name too long\n")


def test_without_a_fact_file_nothing_is_replaced(kzus: Kzus, tmp_path: Path) -> None:
    facts, target = tmp_path / "none.yaml", tmp_path / "target"
    target.write_text("precious")
    done = kzus("export", "json", str(target), "--force", facts=facts)

    assert (done.code, done.out) == (1, "")
    assert done.err == f"kzus: can't read the fact file '{facts}': No such file or directory\n"
    assert target.read_text() == "precious"


@pytest.mark.parametrize(("kind", "name"), [("xlsx", "a.bin"), ("db", "b.bin"), ("zip", "c.zip")])
def test_an_ending_in_front_of_a_file_is_a_kind_too(kzus: Kzus, tmp_path: Path, kind: str, name: str) -> None:
    done = kzus("export", kind, f"{tmp_path}/{name}")

    assert (done.code, done.out, done.err) == (0, "", "")
    assert (tmp_path / name).read_bytes().startswith(HEADS[f"facts.{kind}"])
