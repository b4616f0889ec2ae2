from __future__ import annotations

import copy
import csv
import io
import json
import re
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from conftest import FIXTURE, ROOT

from kzus.export.datapackage import LICENCE, files, write_datapackage
from kzus.facts.check import load
from kzus.facts.lens import Lens, apply_lens
from kzus.index.store import in_memory
from kzus.query.sql import statements

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FACTS: Any = load(FIXTURE.read_bytes(), "facts.yaml")


def package(facts: Mapping[str, Any] = FACTS, **options: Any) -> dict[str, bytes]:
    with closing(in_memory(facts)) as index:
        return dict(files(index, **options))


def manifest() -> Any:
    return json.loads(package()["datapackage.json"])


def resource(name: str) -> Any:
    (found,) = [resource for resource in manifest()["resources"] if resource["name"] == name]
    return found


def field(table: str, name: str) -> Any:
    (found,) = [field for field in resource(table)["schema"]["fields"] if field["name"] == name]
    return found


def write(facts: Mapping[str, Any], folder: Path) -> Path:
    with closing(in_memory(facts)) as index:
        write_datapackage(index, folder)
    return folder / "datapackage.json"


def errors(path: Path) -> dict[str, set[str]]:
    """Return what frictionless finds wrong with a package, by table."""
    command = [sys.executable, "-m", "frictionless", "validate", "--json", str(path)]
    report = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    assert report["errors"] == []
    assert report["stats"]["tasks"] == len(manifest()["resources"])
    return {task["name"]: {error["type"] for error in task["errors"]} for task in report["tasks"] if task["errors"]}


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(FACTS, id="fixture"),
        pytest.param(load((ROOT / "facts.yaml").read_bytes(), "facts.yaml"), id="shipped"),
        pytest.param(apply_lens(FACTS, Lens(["wire-2025"], "2025-11")), id="lens"),
        pytest.param({"title": "Nothing", "as_of": "2026", "sectors": {}, "sources": {}}, id="empty"),
    ],
)
def test_frictionless_finds_nothing_wrong(facts: Any, tmp_path: Path) -> None:
    assert errors(write(facts, tmp_path / "package")) == {}


def test_frictionless_finds_what_is_wrong(tmp_path: Path) -> None:
    path = write(FACTS, tmp_path / "package")
    described = json.loads(path.read_text("utf-8"))
    for table, old, new in [
        ("deals", "energy", "enrgy"),
        ("events", "2025-09-22", "2025-9-22"),
        ("observations", "4100000000", "much"),
        ("parties", "Wabtec", ""),
        ("members", "new-york-2025", "locomotives"),
        ("claims", ",1,", ",yes,"),
    ]:
        file = path.parent / "data" / f"{table}.csv"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")
    for each in described["resources"]:
        del each["hash"], each["bytes"]
    path.write_text(json.dumps(described), "utf-8")

    assert errors(path) == {
        "deals": {"foreign-key"},
        "events": {"constraint-error"},
        "observations": {"type-error"},
        "parties": {"constraint-error"},
        "members": {"foreign-key"},
        "claims": {"type-error"},
    }


def test_frictionless_finds_a_file_that_was_changed(tmp_path: Path) -> None:
    path = write(FACTS, tmp_path / "package")
    file = path.parent / "data" / "sectors.csv"
    file.write_text(file.read_text("utf-8").replace("Health", "Wealth"), "utf-8")

    assert errors(path) == {"sectors": {"hash-count"}}


def test_the_package_says_what_it_is() -> None:
    head = {name: value for name, value in manifest().items() if name not in ("resources", "version")}

    assert head == {
        "profile": "tabular-data-package",
        "name": "kzus",
        "title": "A small fixture",
        "description": (
            "What was known on 2026-06-30, every figure with its source, from kzus 0.2.0. Text that a spreadsheet "
            "would work out has an apostrophe in front; replace what matches the pattern of textGuard, and it is the "
            "true text."
        ),
        "textGuard": {
            "pattern": "^'(?='*(?:[\\t\\r\\n]|[ \u00a0\u3000]*[-=+@＝＋－＠]))",
            "replacement": "",
        },
    }


def test_a_licence_is_stated_where_it_is_known() -> None:
    assert json.loads(package(licence=LICENCE)["datapackage.json"])["licenses"] == [LICENCE]


def test_the_manifest_comes_last_and_names_every_other_file() -> None:
    *others, last = package()

    assert last == "datapackage.json"
    assert others == [resource["path"] for resource in manifest()["resources"]]


def test_every_table_is_there_but_for_what_kzus_looks_up_names_in() -> None:
    with closing(in_memory(FACTS)) as index:
        made = {name for name, sql in statements(index).items() if "INDEX" not in sql.split("(")[0]}

    assert {resource["name"] for resource in manifest()["resources"]} == made - {
        "meta",
        "hidden_names",
        "names",
        "search",
        "spellings",
    }


def test_every_table_is_explained() -> None:
    assert [resource["name"] for resource in manifest()["resources"] if not resource["description"]] == []


@pytest.mark.parametrize(
    ("table", "name", "described"),
    [
        ("sectors", "id", {"type": "string", "constraints": {"required": True}}),
        ("deals", "amount_usd", {"type": "integer", "description": "The stated value; the low end of a range."}),
        (
            "treaties",
            "in_force",
            {
                "type": "string",
                "description": "When it came into force.",
                "constraints": {"pattern": "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"},
            },
        ),
        ("sources", "url", {"type": "string", "format": "uri"}),
        ("sources", "cites", {"type": "array", "description": "Outlets and bodies that it names as its own sources."}),
        ("observations", "low", {"type": "number", "constraints": {"required": True}}),
        (
            "claims",
            "is_stated",
            {
                "type": "boolean",
                "trueValues": ["1"],
                "falseValues": ["0"],
                "description": "Whether it is the stated value.",
                "constraints": {"required": True},
            },
        ),
        ("claims", "of", {"type": "string", "description": "What precisely the amount measures."}),
        ("statements", "by", {"type": "string", "description": "Who says it.", "constraints": {"required": True}}),
    ],
)
def test_a_column_has_the_type_and_meaning_of_its_table(table: str, name: str, described: Any) -> None:
    assert field(table, name) == {"name": name, **described}


def test_keys_are_those_of_the_tables() -> None:
    schema = resource("members")["schema"]

    assert schema["primaryKey"] == ["package", "deal", "source"]
    assert schema["foreignKeys"] == [
        {"fields": [name], "reference": {"resource": f"{name}s", "fields": ["id"]}}
        for name in ("deal", "package", "source")
    ]


def test_a_csv_has_the_rows_of_its_table() -> None:
    rows = list(csv.DictReader(io.StringIO(package()["data/deals.csv"].decode())))
    with closing(in_memory(FACTS)) as index:
        cursor = index.execute("SELECT * FROM deals ORDER BY id")
        names = [column[0] for column in cursor.description]
        expected = [
            {name: "" if cell is None else str(cell) for name, cell in zip(names, row, strict=True)} for row in cursor
        ]

    assert rows == expected
    assert rows[2]["title"] == "The western part of the grid"


def test_the_same_facts_make_the_same_bytes() -> None:
    assert package() == package()


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+7 (727) 1",
        "-5–-2",
        "@SUM(A1)",
        "＝1+1",
        "＋1+",
        "－2+3",
        "＠SUM(A1)",
        "'=1",
        "''@x",
        "'tis",
        "-2",
        "'-2",
        "a\rb",
    ],
)
def test_text_is_no_formula_and_can_be_read_back(text: str) -> None:
    facts = copy.deepcopy(FACTS)
    facts["deals"]["loan"]["title"] = text
    files = package(facts)
    (row,) = [
        row
        for row in csv.DictReader(io.StringIO(files["data/deals.csv"].decode(), newline=""), strict=True)
        if row["id"] == "loan"
    ]
    guard = json.loads(files["datapackage.json"])["textGuard"]

    assert row["title"][:1] not in {*"=+@＝＋－＠"}
    assert row["title"][:1] != "-" or text == "-2"
    assert re.sub(guard["pattern"], guard["replacement"], row["title"]) == text
