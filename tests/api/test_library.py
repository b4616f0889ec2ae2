from __future__ import annotations

import dataclasses
import io
import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stdout
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from conftest import FIXTURE, ROOT

import kzus
from kzus.api import rows
from kzus.commands.lists import listing_of
from kzus.errors import FactFileError, KzusError, UnknownIdError, UnknownNameError, UsageError
from kzus.query.sums.groupings import GROUPINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Kzus

    from kzus.api.reference import Reference

ROWS = {
    "deals": rows.Deal,
    "timeline": rows.Happening,
    "packages": rows.Package,
    "treaties": rows.Treaty,
    "indicators": rows.Indicator,
    "events": rows.Event,
    "statements": rows.Statement,
    "sources": rows.Source,
    "parties": rows.Party,
    "sectors": rows.Sector,
    "search": rows.Match,
}
FILTERS: list[tuple[str, dict[str, Any], str]] = [
    ("deals", {}, ""),
    ("deals", {"sector": "transport"}, "--sector transport"),
    ("deals", {"sector": ["rail", "Energy"]}, "--sector rail --sector Energy"),
    ("deals", {"party": ("КТЖ",), "stage": "pledge"}, "--party КТЖ --stage pledge"),
    ("deals", {"since": 2025, "until": "2025-10"}, "--since 2025 --until 2025-10"),
    ("deals", {"since": date(2025, 9, 22)}, "--since 2025-09-22"),
    ("deals", {"min": 1_000_000_000}, "--min 1bn"),
    ("deals", {"max": "1bn"}, "--max 1bn"),
    ("deals", {"package": "new-york-2025"}, "--package new-york-2025"),
    ("deals", {"flow": "financing", "country": "US"}, "--flow financing --country US"),
    ("deals", {"measure": ["price"], "firm": True}, "--measure price --firm"),
    ("deals", {"pledged": True, "dormant": True}, "--pledged --dormant"),
    ("deals", {"tag": ["rail"], "instrument": "contract"}, "--tag rail --instrument contract"),
    ("deals", {"text": "grid"}, "grid"),
    ("deals", {"sort": "-amount_usd", "limit": 2}, "--sort -amount_usd --limit 2"),
    ("deals", {"since": None, "sector": None}, ""),
    ("deals", {"text": "no such words"}, "no-such-words"),
    ("timeline", {"sector": "transport"}, "--sector transport"),
    ("packages", {"since": "2025"}, "--since 2025"),
    ("treaties", {}, ""),
    ("indicators", {"sector": "transport"}, "--sector transport"),
    ("events", {"party": "ktz"}, "--party ktz"),
    ("statements", {}, ""),
    ("sources", {"until": "2025-10"}, "--until 2025-10"),
    ("parties", {"sort": "-deals"}, "--sort -deals"),
    ("sectors", {}, ""),
]


@pytest.fixture
def facts() -> Iterator[Reference]:
    with kzus.open(FIXTURE) as reference:
        yield reference


@pytest.mark.parametrize(
    ("kind", "asked", "options"), FILTERS, ids=[f"{kind} {options}" for kind, _, options in FILTERS]
)
def test_dicts_are_the_json_of_the_command_line(
    kzus: Kzus, facts: Reference, kind: str, asked: dict[str, Any], options: str
) -> None:
    answer = getattr(facts, kind)(**asked)

    assert answer.to_dicts() == json.loads(kzus(kind, *options.split(), "-f", "json").out)


@pytest.mark.parametrize("by", [*GROUPINGS, "sector,stage"])
def test_a_sum_is_that_of_the_command_line(kzus: Kzus, facts: Reference, by: str) -> None:
    answer = facts.sum(by=by, sector=["transport", "energy"])
    printed = json.loads(kzus("sum", "--by", by, "-s", "transport", "-s", "energy", "-f", "json").out)

    assert answer.to_dicts() == printed["groups"]
    assert {column.name: getattr(answer.total, column.name) for column in answer.columns} == printed["total"]
    assert [left._asdict() for left in answer.left_out] == printed["left_out"]


@pytest.mark.parametrize(
    ("asked", "options"),
    [
        ({"sort": "-total_usd", "limit": 2}, "--sort -total_usd --limit 2"),
        ({"by": "flow", "sort": "label"}, "--by flow --sort label"),
        ({"by": "tag", "limit": 1, "sector": "transport"}, "--by tag -n 1 -s transport"),
        ({"sort": "-total,label", "limit": 0}, "--sort -total,label -n 0"),
        ({"sort": None, "limit": None}, ""),
    ],
)
def test_a_sum_is_sorted_and_cut_as_on_the_command_line(
    kzus: Kzus, facts: Reference, asked: dict[str, Any], options: str
) -> None:
    printed = json.loads(kzus("sum", *options.split(), "-f", "json").out)

    assert facts.sum(**asked).to_dicts() == printed["groups"]
    assert facts.sum(**asked).total.total_usd == printed["total"]["total_usd"]


@pytest.mark.parametrize("limit", [2**63 - 1, 2**70])
def test_a_limit_may_be_any_number(facts: Reference, limit: int) -> None:
    assert (len(facts.deals(limit=limit)), len(facts.sum(limit=limit))) == (8, 3)


def test_a_record_is_that_of_the_command_line(kzus: Kzus, facts: Reference) -> None:
    assert [facts.show("locomotives")] == json.loads(kzus("show", "locomotives", "-f", "json").out)


def test_a_search_goes_over_every_kind(facts: Reference) -> None:
    assert {match.kind for match in facts.search("wabt*")} >= {"party", "deal"}
    assert [match.id for match in facts.search("wabtec", kind="party")] == ["wabtec"]
    assert len(facts.search("wabtec", limit=1)) == 1
    assert len(facts.search("?!")) == 0


@pytest.mark.parametrize("kind", ROWS)
def test_a_row_has_the_columns_of_its_list_as_fields(kind: str) -> None:
    listing = listing_of(kind)

    assert [field.name for field in dataclasses.fields(ROWS[kind])] == [column.name for column in listing.columns]


@pytest.mark.parametrize("kind", [kind for kind in ROWS if kind != "search"])
def test_rows_are_of_the_type_that_they_say(facts: Reference, kind: str) -> None:
    answer = getattr(facts, kind)()

    assert len(answer) > 0
    assert {type(row) for row in answer} == {ROWS[kind]}
    for row in answer:
        for field in dataclasses.fields(row):
            assert type(getattr(row, field.name)).__name__ in field.type.replace("[str, ...]", "").split(" | ") + (
                ["NoneType"] if "None" in field.type else []
            )


def test_rows_are_a_sequence(facts: Reference) -> None:
    sectors = facts.sectors()

    assert len(sectors) == 3
    assert sectors[0].label == "Transport"
    assert sectors[0].aliases == ("rail", "air travel")
    assert [sector.id for sector in sectors[1:]] == ["energy", "health"]
    assert sectors[1:].to_dicts() == sectors.to_dicts()[1:]
    assert sectors == facts.sectors()
    assert hash(sectors) == hash(facts.sectors())
    assert sectors != facts.parties()
    assert sectors[2] in sectors
    assert (
        repr(sectors[2:]) == "<1 rows: Sector(id='health', label='Health', dac=None, aliases=(), deals=1, note=None)>"
    )
    assert repr(sectors[:0]) == "<no rows>"
    assert repr(facts.deals()).endswith(", …>")


def test_a_row_is_frozen(facts: Reference) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        facts.sectors()[0].label = "Rail"  # type: ignore[misc]


def test_a_notebook_gets_a_table_in_which_nothing_is_markup(facts: Reference) -> None:
    assert facts.sources(limit=1)._repr_html_() == (
        "<table><thead><tr><th>Id</th><th>Title</th><th>Publisher</th><th>Kind</th><th>Published</th><th>Language</th>"
        "<th>Url</th><th>Cites</th><th>Note</th><th>Retrieved</th><th>Archive</th><th>Via</th></tr></thead><tbody><tr>"
        + "".join(
            f'<td style="text-align:left">{cell}</td>'
            for cell in (
                "wire-2025",
                "Deals [bold]signed[/bold]",
                "Wire",
                "news",
                "2025-11",
                "–",
                "https://example.org/wire?a=1",
                "–",
                "–",
                "–",
                "–",
                "–",
            )
        )
        + "</tr></tbody></table>"
    )


def test_a_notebook_sees_money_as_a_terminal_does_and_no_more_than_it_can_hold(
    facts: Reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "_FEW", 2)
    drawn = facts.sum(by="sector")._repr_html_()

    assert '<td style="text-align:right">4.6bn</td>' in drawn
    assert drawn.endswith("</table><p>1 more rows</p>")


def test_text_of_the_file_is_escaped_in_a_notebook(fact_file: Callable[[str], Path]) -> None:
    path = fact_file(
        'format: 2\ntitle: T\nas_of: 2026\nsectors: {x: {label: <b>&"x</b>}}\n'
        "sources: {s: {title: T, publisher: P, kind: news}}\n"
    )
    with kzus.open(path) as reference:
        assert "&lt;b&gt;&amp;&quot;x&lt;/b&gt;" in reference.sectors()._repr_html_()


@pytest.mark.parametrize("source", ["wire-2025", ["wire-2025"]])
def test_a_lens_is_looked_through(kzus: Kzus, source: str | list[str]) -> None:
    import kzus as library

    with library.open(FIXTURE, source=source, as_of="2025-12") as seen:
        ids = [deal.id for deal in seen.deals()]

    assert "\n".join(ids) == kzus("deals", "--source", "wire-2025", "--as-of", "2025-12", "-c", "id").out.strip()
    assert 0 < len(ids) < 8


def test_the_environment_names_the_fact_file_as_for_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KZUS_FACTS", str(FIXTURE))
    with kzus.open() as reference:
        assert len(reference.deals()) == 8
    monkeypatch.delenv("KZUS_FACTS")
    with kzus.open() as reference:
        assert len(reference.deals()) > 40
    with kzus.open(str(FIXTURE)) as reference:
        assert len(reference.deals()) == 8


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda facts: facts.deals(secter="x"), UnknownNameError, "unknown filter 'secter' (did you mean 'sector'?)"),
        (lambda facts: facts.deals(sector="transprt"), UnknownNameError, "unknown sector 'transprt' (did you mean"),
        (lambda facts: facts.treaties(stage="pledge"), UnknownNameError, "unknown filter 'stage' (there are: sector, "),
        (lambda facts: facts.deals(sort="vaule"), UnknownNameError, "unknown column 'vaule' (did you mean 'value'?)"),
        (lambda facts: facts.deals(limit=-1), UsageError, "limit: -1 is negative; write 0 or more"),
        (lambda facts: facts.deals(limit="3"), UsageError, "limit: '3' is no whole number; write 0 or more"),
        (lambda facts: facts.deals(limit=1.0), UsageError, "limit: 1.0 is no whole number; write 0 or more"),
        (lambda facts: facts.sum(limit=-1), UsageError, "limit: -1 is negative; write 0 or more"),
        (lambda facts: facts.sum(sort="totl"), UnknownNameError, "unknown column 'totl' (did you mean"),
        (lambda facts: facts.deals(sort=["date"]), UsageError, "sort: ['date'] is no text; write it in quotes"),
        (lambda facts: facts.deals(sector=1), UsageError, "sector: 1 is no text; write it in quotes"),
        (lambda facts: facts.deals(party=["ktz", None]), UsageError, "party: None is no text; write it in quotes"),
        (lambda facts: facts.deals(2025), UsageError, "text: 2025 is no text; write it in quotes"),
        (lambda facts: facts.deals(""), UsageError, "'' is no word to look for; write one, or leave it out"),
        (lambda facts: facts.search(" "), UsageError, "' ' is no word to look for; write one, or leave it out"),
        (lambda facts: facts.search(None), UsageError, "text: None is no text; write it in quotes"),
        (lambda facts: facts.search(2025), UsageError, "text: 2025 is no text; write it in quotes"),
        (lambda facts: facts.sum(by=None), UsageError, "by: None is no text; write it in quotes"),
        (lambda facts: facts.show(1), UsageError, "name: 1 is no text; write it in quotes"),
        (lambda facts: facts.deals(min=object()), UsageError, "--min: '<object object at"),
        (lambda facts: facts.deals(since="soon"), UsageError, "--since: 'soon' is not a date"),
        (lambda facts: facts.sum(by="secter"), UnknownNameError, "unknown grouping 'secter' (did you mean 'sector'?)"),
        (lambda facts: facts.show("lone"), UnknownIdError, "unknown id 'lone' (did you mean 'loan'?)"),
    ],
)
def test_what_cannot_be_meant_raises(
    facts: Reference, ask: Callable[[Any], Any], error: type[KzusError], message: str
) -> None:
    with pytest.raises(error) as refused:
        ask(facts)

    assert str(refused.value).startswith(message)


def test_a_missing_file_or_a_faulty_one_raises_at_once(tmp_path: Path, fact_file: Callable[[str], Path]) -> None:
    with pytest.raises(KzusError, match="No such file"):
        kzus.open(tmp_path / "none.yaml")
    with pytest.raises(FactFileError) as refused:
        kzus.open(fact_file("format: 2\n"))
    assert len(refused.value.problems) > 1
    with pytest.raises(UnknownNameError):
        kzus.open(FIXTURE, source="nobody")


def test_nothing_is_asked_of_a_closed_reference() -> None:
    reference = kzus.open(FIXTURE)
    reference.close()
    reference.close()

    with pytest.raises(KzusError, match="closed"):
        reference.deals()


def test_a_damaged_index_is_built_anew(cache: Path) -> None:
    with kzus.open(FIXTURE) as reference:
        expected = reference.deals()
        (index,) = cache.glob("*.sqlite")
        damage(index)
        assert kzus.open(FIXTURE).deals() == expected


def damage(index: Path) -> None:
    size = index.stat().st_size
    with index.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))


def modules(script: str) -> set[str]:
    """Run a script in a process of its own and return the modules that it leaves loaded."""
    done = subprocess.run(
        [sys.executable, "-c", f"{script}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "KZUS_FACTS": str(FIXTURE)},
    )
    return set(done.stdout.split())


def test_importing_kzus_loads_nothing_of_it() -> None:
    assert {name for name in modules("import kzus") if name.startswith("kzus")} == {"kzus"}


def test_a_warm_answer_needs_none_of_the_heavy_libraries() -> None:
    script = "import kzus\nkzus.open().deals(sector='rail').to_dicts()"
    modules(script)

    assert modules(script).isdisjoint({"typer", "rich", "yaml", "pydantic"})


def test_the_example_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (example,) = re.findall(
        r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    printed, names = io.StringIO(), dict[str, Any]()
    with redirect_stdout(printed):
        exec(example, names)  # noqa: S102 - the example is ours

    assert len([line for line in example.splitlines() if line]) == 5
    assert re.fullmatch(r"[0-9]{10,} \['.*'\]\n", printed.getvalue())
    assert {row["sector"] for row in names["table"]} == {"transport"}


def test_pandas_takes_it(facts: Reference) -> None:
    pandas = pytest.importorskip("pandas")
    deals = facts.deals()

    assert list(pandas.DataFrame(deals.to_dicts()).columns) == [column.name for column in deals.columns]
    assert list(pandas.DataFrame(deals)["id"]) == [deal.id for deal in deals]
