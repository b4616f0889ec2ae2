from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from kzus.output.colours import COLOURS

if TYPE_CHECKING:
    from conftest import Kzus

SVG = "{http://www.w3.org/2000/svg}"
COMMANDS = """deals|sum|sum --chart|indicators trade --chart|show locomotives|show trade visit|brief|timeline
sources|search rail|deals --stage suspended""".replace("\n", "|").split("|")


def read(kzus: Kzus, command: str) -> ET.Element:
    done = kzus(*command.split(), "--format", "svg")
    assert (done.code, done.err) == (0, "")
    return ET.fromstring(done.out)  # noqa: S314 - our own


@pytest.mark.parametrize("command", COMMANDS)
def test_a_picture_is_xml_that_needs_nothing_from_outside(kzus: Kzus, command: str) -> None:
    picture = read(kzus, command)

    allowed = {f"{SVG}{name}" for name in ("svg", "title", "style", "rect", "text", "a")}
    assert {each.tag for each in picture.iter()} <= allowed
    style = picture.findtext(f"{SVG}style") or ""
    assert not re.search("url|import|font-face", style)
    assert "prefers-color-scheme:dark" in style


@pytest.mark.parametrize("command", COMMANDS)
def test_all_that_is_drawn_lies_within_the_picture(kzus: Kzus, command: str) -> None:
    picture = read(kzus, command)

    width, height = float(picture.get("width", "0")), float(picture.get("height", "0"))
    for each in picture.iter():
        if each.tag in {f"{SVG}text", f"{SVG}rect"}:
            right = float(each.get("x", "0")) + float(each.get("textLength") or each.get("width") or "0")
            assert right <= width
            assert float(each.get("y", "0")) <= height


def test_a_picture_says_what_the_table_says(kzus: Kzus) -> None:
    words = " ".join(text.text or "" for text in read(kzus, "sum").iter(f"{SVG}text")).split()

    assert words[:9] == "LABEL TOTAL FIRM PLEDGE SHARE LOW HIGH DEALS VALUED".split()
    assert words[9:13] == ["Transport", "4.6bn", "4.6bn", "0"]
    assert " ".join(words).endswith("tenge-bond (KZT)")


def test_bars_are_drawn_to_scale(kzus: Kzus) -> None:
    bars = {rect.get("y"): float(rect.get("width", "0")) for rect in read(kzus, "sum --chart").iter(f"{SVG}rect")
            if rect.get("class") == "green"}  # fmt: skip
    _, transport, energy = bars.values()  # the legend is the first

    assert abs(energy / transport - 500 / 4600) < 0.01


def test_a_source_is_a_link(kzus: Kzus) -> None:
    links = [link.get("href") for link in read(kzus, "show locomotives").iter(f"{SVG}a")]

    assert set(links) == {"https://example.org/akorda", "https://example.org/wire?a=1"}


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


def test_a_picture_stays_xml_whatever_it_is_asked_for(kzus: Kzus) -> None:
    picture = read(kzus, "deals \x1b[31m<&>\ufffe")
    found = ET.fromstring(kzus("show", "wire-2025", "-f", "svg").out)  # noqa: S314 - our own

    assert picture.findtext(f"{SVG}title") == "0 deals · text \\u001b[31m<&>\\ufffe"
    assert "Deals [bold]signed[/bold]" in [text.text for text in found.iter(f"{SVG}text")]
