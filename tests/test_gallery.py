"""The gallery: what answers look like on a terminal of 60, 80 and 140 columns, wherever kzus itself decides the layout.

Some are kept in colour as well. Text for a machine looks the same at every width: of that there is the first screen.

`pytest tests/test_gallery.py --redraw` draws all screens anew; look at them before you commit them.
`cat tests/screens/deals-80.ansi` shows one as it was.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import FIXTURE

if TYPE_CHECKING:
    from conftest import Kzus

FOLDER = Path(__file__).with_name("screens")
SCREENS = {
    "brief": "brief",
    "brief-party": "brief wabtec",
    "deals": "deals",
    "deals-lens": "deals --as-of 2025-10",
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
    "search-wabtec": "search wabtec",
    "diff": "diff 2025-10",
    "treaties": "treaties",
    "indicators": "indicators",
}
"""The screens by their names, each with its command line on the fixture."""
COLOURED = ("brief", "show-locomotives", "sum-chart", "indicators-chart")
"""Those of which one width is kept in colour as well."""
SAME = {
    "sql-schema": "sql --schema",
    "check": "check",
}
"""What looks the same whatever the terminal."""
WIDTHS = (60, 80, 140)
HEIGHT = 24
KINDS = {"txt": False, "ansi": True}
_LINK_ID = re.compile("\x1b]8;id=[^;]*;")
_CODES = re.compile("\x1b(\\[[0-9;]*m|]8;[^\x1b]*\x1b\\\\)")


DRAWN = [(name, width, "txt") for name in SCREENS for width in WIDTHS] + [(name, 80, "ansi") for name in COLOURED]


@pytest.mark.parametrize(("name", "width", "kind"), DRAWN)
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


@pytest.mark.parametrize("name", SAME)
def test_text_for_a_machine_is_the_same_on_every_terminal(kzus: Kzus, name: str, pytestconfig: pytest.Config) -> None:
    screens = set()
    for width in WIDTHS:
        for has_colour in KINDS.values():
            done = kzus(*SAME[name].split(), width=width, has_colour=has_colour)
            screens.add((done.err + done.out).replace(str(FIXTURE), FIXTURE.name))
            assert done.code == 0
    (drawn,) = screens
    first = drawn.splitlines()[:HEIGHT]
    file = FOLDER / f"{name}.txt"
    if pytestconfig.getoption("--redraw"):
        file.write_text("\n".join(first) + "\n", "utf-8")

    assert first == file.read_text("utf-8").splitlines()


def test_every_file_of_the_gallery_is_a_screen() -> None:
    drawn = {f"{name}-{width}.{kind}" for name, width, kind in DRAWN}

    assert {file.name for file in FOLDER.iterdir()} == drawn | {f"{name}.txt" for name in SAME}
