from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from conftest import DIGEST, FIXTURE

from kzus import __version__
from kzus.query.listing import Column
from kzus.render import html
from kzus.render.data_table import DataTable
from kzus.render.document import Document, Footnote, Section
from kzus.render.html_style import COLOURS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Kzus

COMMANDS = """deals|sum|sum --chart|sum --explain|indicators trade --chart|show locomotives|show trade visit|brief
timeline|sources|events|search rail|deals --stage suspended|deals -c id,title --no-header""".replace("\n", "|").split(
    "|"
)
VOID = {"meta", "br"}
EDITION = f"A small fixture, version 2026.07.01, as of 2026-06-30, digest {DIGEST}; kzus {__version__}."
DEALS = f"""\
<h1>Deals</h1>
<p class="dim">Deals with the words “loan”, with the tag credit.</p>
<table>
<caption>1 deal</caption>
<thead><tr><th scope="col" class="prose">Title</th><th scope="col" class="right whole">Stated</th>\
<th scope="col" class="whole">Stage</th><th scope="col" class="refs">Sources</th></tr></thead>
<tbody>
<tr><td class="prose" data-label="Title">Loan for locomotives</td>\
<td class="right whole" data-label="Stated"><data value="1600000000">1.6bn</data></td>\
<td class="whole" data-label="Stage"><span class="yellow">pledge</span></td>\
<td class="refs" data-label="Sources"><a href="https://example.org/akorda">[1]</a></td></tr>
</tbody>
</table>
<h2>Sources</h2>
<ol class="sources">
<li>Akorda, “Visit to New York”, 2025-09-22, <a href="https://example.org/akorda">https://example.org/akorda</a></li>
</ol>
<footer class="note">{EDITION}</footer>
"""


class Reader(HTMLParser):
    """Reads a document and remembers its elements, its text, and whether every one is closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += f"{data} " if self.open[-1:] != ["style"] else ""

    def many(self, tag: str) -> int:
        return sum(each == tag for each, _ in self.elements)


def drawn(sheet: DataTable) -> str:
    out = io.StringIO()
    html.write_html(out, Document([sheet]))
    return out.getvalue()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_document_is_well_formed_and_needs_nothing_from_outside(kzus: Kzus, command: str) -> None:
    done = kzus(*command.split(), "--format", "html")
    read = Reader(done.out)

    assert (done.code, done.err) == (0, "no deals · stage suspended\n" if "suspended" in command else "")
    assert done.out.startswith("<!doctype html>\n")
    assert read.many("script") == read.many("link") == read.many("img") == 0
    addresses = {value for tag, attributes in read.elements for name, value in attributes.items()
                 if name in {"src", "href", "action", "data"} and tag != "a"}  # fmt: skip
    assert addresses == set()
    assert "url(" not in done.out
    assert "@import" not in done.out
    assert "prefers-color-scheme:dark" in done.out


@pytest.mark.parametrize("command", COMMANDS)
def test_a_document_is_the_same_on_a_terminal_and_off_it(kzus: Kzus, command: str) -> None:
    watched = kzus(*command.split(), "--format", "html", width=60)

    assert watched.out == kzus(*command.split(), "--format", "html").out
    assert watched.out == kzus(*command.split(), "--format", "html", width=140).out


def test_a_table_has_a_caption_scopes_and_exact_amounts(kzus: Kzus) -> None:
    done = kzus("deals", "loan", "-t", "credit", "-c", "title,amount_usd,stage,sources", "-f", "html")

    assert done.out.partition("<body>\n")[2] == f"{DEALS}</body>\n</html>\n"


def test_a_sum_has_its_total_and_what_it_leaves_out_in_the_document(kzus: Kzus) -> None:
    done = kzus("sum", "--format", "html")

    assert done.err == ""
    assert (
        '<tfoot><tr><td data-label="Sector">All sectors</td>'
        '<td class="right whole" data-label="Trade"><data value="5100000000">5.1bn</data></td>' in done.out
    )
    assert re.findall('<p class="note">(.*?)</p>', done.out) == [
        "In no total: lent 1.6bn pledged; 1 deal states 100bn KZT.",
        "In no total: 250m of 1 cancelled deal.",
        "Of trade 400m is a ceiling.",
        "1 of 8 has no figure. More: --explain",
    ]


def test_a_chart_has_both_stretches_and_a_legend(kzus: Kzus) -> None:
    done = kzus("sum", "--chart", "--by", "stage", "-f", "html")
    read = Reader(done.out)

    assert {"firm", "pledge"} <= set(re.findall(r"[a-z]+", read.text))
    looks = [attributes.get("class") for tag, attributes in read.elements if tag == "span"]
    assert looks.count("green") == 3  # the legend, commitment, implementation


def test_a_page_has_its_fields_claims_and_linked_sources(kzus: Kzus) -> None:
    done = kzus("show", "locomotives", "-f", "html")
    read = Reader(done.out)

    assert "<title>300 locomotives</title>" in done.out
    assert '<dt>stage</dt><dd><span class="green">under way</span>, by Wire</dd>' in done.out
    assert '<td class="right whole">→ 4.2bn</td>' in done.out
    assert [part[0] for part in re.findall("<(h[1-6])>(.*?)</", done.out)[:2]] == ["h1", "h2"]
    assert re.findall("<h1>(.*?)</h1>", done.out) == ["300 locomotives"]
    assert ("a", {"href": "https://example.org/wire?a=1"}) in read.elements


def test_several_pages_have_a_heading_above_theirs(kzus: Kzus) -> None:
    done = kzus("show", "trade", "visit", "-f", "html")

    assert re.findall("<(h[123])>([^<]*)", done.out) == [
        ("h1", "What is known"), ("h2", "Trade in goods"), ("h3", "Observations"), ("h3", "Conflicts"),
        ("h3", "Sources"), ("h2", "Visit to New York"), ("h3", "Parties"), ("h3", "Sources"),
    ]  # fmt: skip
    assert '<p class="dim">What is known about trade and visit.</p>' in done.out


def test_a_section_is_a_heading_a_table_and_sentences() -> None:
    table = DataTable((Column("text"),), [("a",)], [("text",)])
    out = io.StringIO()
    html.write_html(out, Document([Section("A & B", ["One.", "<Two>."], table)]))

    assert "<h2>A &amp; B</h2>\n<table>" in out.getvalue()
    assert "</table>\n<p>One.</p>\n<p>&lt;Two&gt;.</p>\n" in out.getvalue()


def test_years_of_a_timeline_are_bodies_of_their_own(kzus: Kzus) -> None:
    done = kzus("timeline", "--since", "2025", "-f", "html")

    assert re.findall('class="section" colspan="5">([0-9]+)</th>', done.out) == ["2026", "2025"]
    assert Reader(done.out).many("tbody") == 2


@pytest.mark.parametrize("kind", ["text", "id", "ids", "texts", "stage", "value", "match", "url"])
def test_text_from_data_is_never_markup(kind: str) -> None:
    evil = '<script>alert("x")</script>&\'"'
    cell = '["<script>alert(1)</script>"]' if kind == "texts" else evil
    text = drawn(DataTable((Column("text", kind),), [(cell,)], [("text",)], caption=evil))
    read = Reader(text)

    assert read.many("script") == 0
    assert read.text.count("<script>") >= 2
    assert not any(name.startswith("on") or name == "style" for _, attributes in read.elements for name in attributes)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " https://a",
        "data:text/html,x",
        "//a",
        "https://a/\nb",
        'https://"',
    ],
)
def test_only_addresses_of_the_web_are_linked(url: str) -> None:
    columns = (Column("title"), Column("url", "url"), Column("sources", "sources"))
    text = drawn(DataTable(columns, [("t", url, "s")], [("title",), ("url",), ("sources",)], links=lambda: {"s": url}))

    assert Reader(text).many("a") == 0


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", [name for name in COLOURS if name not in {"line", "band", "page"}])
@pytest.mark.parametrize("ground", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("under", ["page", "band"])
def test_text_has_a_contrast_of_four_and_a_half(name: str, ground: int, under: str) -> None:
    dark, light = sorted((luminance(COLOURS[name][ground]), luminance(COLOURS[under][ground])))

    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_note_is_escaped() -> None:
    out = io.StringIO()
    html.write_html(out, Document([Footnote("a <b> & c")]))

    assert '<p class="note">a &lt;b&gt; &amp; c</p>' in out.getvalue()


def test_the_picture_in_a_document_has_no_markup_of_data(kzus: Kzus) -> None:
    assert "Deals [bold]signed[/bold]" in Reader(kzus("show", "wire-2025", "-f", "html").out).text


def test_marks_that_a_text_has_of_its_own_break_nothing() -> None:
    text = drawn(DataTable((Column("match", "match"),), [("a› ‹b› ‹c ‹‹d›",)], [("match",)]))

    assert '<td data-label="Match">a› <mark>b</mark> ‹c ‹<mark>d</mark></td>' in text


def test_no_id_of_a_list_breaks_at_its_hyphens(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    facts = fact_file(FIXTURE.read_text("utf-8").replace("citibank", "citi-bank"))
    done = kzus("deals", "-t", "credit", "-c", "parties", "-f", "html", facts=facts)

    assert (
        '<td data-label="Parties"><span class="whole">ktz</span>, <span class="whole">citi-bank</span></td>' in done.out
    )
