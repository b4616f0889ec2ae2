"""The gallery: what each command looks like on a terminal of 60, 80 and 140 columns, in colour and without.

`pytest tests/test_gallery.py --redraw` draws all screens anew; look at them before you commit them.
`cat tests/screens/deals-80.ansi` shows one as it was.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Kzus

FOLDER = Path(__file__).with_name("screens")
SCREENS = {
    "kzus": "",
    "help-schema": "schema --help",
    "brief": "brief",
    "brief-sector": "brief transport",
    "brief-party": "brief wabtec",
    "deals": "deals",
    "sum": "sum",
    "sum-by-party": "sum --by party",
    "sum-explain": "sum --explain",
    "sum-chart": "sum --chart",
    "indicators-chart": "indicators trade --chart",
    "headline": "headline",
    "conflicts": "conflicts",
    "timeline": "timeline --since 2024",
    "show-locomotives": "show locomotives",
    "show-new-york-2025": "show new-york-2025",
    "show-trade": "show trade",
    "show-visit": "show visit",
    "show-wire-2025": "show wire-2025",
    "search": "search rail",
    "search-wabtec": "search wabtec",
    "packages": "packages",
    "treaties": "treaties",
    "indicators": "indicators",
    "events": "events",
    "statements": "statements",
    "sources": "sources",
    "parties": "parties",
    "sectors": "sectors",
    "sql": "sql 'select id, title, amount_usd, stage from deals order by amount_usd desc limit 3'",
}
"""Every screen by its name, with its command line on the fixture."""
WIDTHS = (60, 80, 140)
KINDS = {"txt": False, "ansi": True}
_LINK_ID = re.compile("\x1b]8;id=[^;]*;")
_CODES = re.compile("\x1b(\\[[0-9;]*m|]8;[^\x1b]*\x1b\\\\)")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_the_one_in_the_gallery(
    kzus: Kzus, name: str, width: int, kind: str, pytestconfig: pytest.Config
) -> None:
    done = kzus(*shlex.split(SCREENS[name]), width=width, has_colour=KINDS[kind])
    drawn = _LINK_ID.sub("\x1b]8;;", done.out)  # which rich draws by lot
    lines = [line.rstrip() for line in drawn.splitlines()]
    file = FOLDER / f"{name}-{width}.{kind}"
    if pytestconfig.getoption("--redraw"):
        file.write_text("\n".join(lines) + "\n", "utf-8")

    assert (done.code, done.err) == (0, "")
    assert max(len(line) for line in _CODES.sub("", drawn).splitlines()) <= width
    assert lines == file.read_text("utf-8").splitlines()


def test_colour_changes_no_word(kzus: Kzus) -> None:
    for command in SCREENS.values():
        plain, coloured = (kzus(*shlex.split(command), width=80, has_colour=has_colour) for has_colour in (False, True))

        assert _CODES.sub("", coloured.out) == plain.out
        assert "\x1b" in coloured.out


def test_every_file_of_the_gallery_is_a_screen() -> None:
    drawn = {f"{name}-{width}.{kind}" for name in SCREENS for width in WIDTHS for kind in KINDS}

    assert {file.name for file in FOLDER.iterdir()} == drawn
