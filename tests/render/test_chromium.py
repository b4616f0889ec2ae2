"""Documents in a real browser, where there is one."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Kzus

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ALWAYS = """--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking
--disable-component-update --disable-sync""".split()
GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(13, 17, 23)"}
WIDTHS = (1100, 700, 400)
pytestmark = pytest.mark.skipif(not BROWSER, reason="needs Chromium")


def rendered(file: Path, *options: str) -> str:
    """Return what a browser makes of a file after it has run whatever there is to run."""
    command = [str(BROWSER), *ALWAYS, *options, "--dump-dom", f"file://{file}"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


@pytest.mark.parametrize("command", ["deals", "sum --chart", "show locomotives"])
def test_a_browser_asks_for_nothing_else(kzus: Kzus, tmp_path: Path, command: str) -> None:
    file, log = tmp_path / "answer.html", tmp_path / "net.json"
    file.write_text(kzus(*command.split(), "-f", "html").out, "utf-8")
    rendered(file, f"--log-net-log={log}", "--disable-background-networking", "--disable-component-update")

    asked = set(re.findall(r'"url":"((?:https?|file)://[^"]*example\.org[^"]*|file://[^"]*)"', log.read_text("utf-8")))
    assert {url for url in asked if "example.org" in url} == set()


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_document_follows_the_readers_ground(kzus: Kzus, tmp_path: Path, ground: str) -> None:
    """A page of the test's own frames the document and writes down the colour that it has there."""
    (tmp_path / "answer.html").write_text(kzus("sum", "-f", "html").out, "utf-8")
    probe = tmp_path / "probe.html"
    probe.write_text(
        '<iframe id="f" src="answer.html"></iframe><p id="p"></p><script>f.onload = () => {'
        "p.textContent = getComputedStyle(f.contentDocument.body).backgroundColor }</script>"
    )
    options = [f"--blink-settings=preferredColorScheme={int(ground == 'light')}", "--allow-file-access-from-files"]
    found = re.search('<p id="p">(.*?)</p>', rendered(probe, *options, "--virtual-time-budget=2000"))

    assert found
    assert found[1] == GROUNDS[ground]


@pytest.mark.parametrize(
    "command",
    [
        "deals", "deals -s transport", "sum", "sum --by sector,stage", "sum --by party", "show ktz-wabtec-locomotives",
        "show washington-2025-11 ktz", "timeline", "sources", "parties", "treaties", "statements", "events",
        "indicators", "sum --chart",
    ],
)  # fmt: skip
def test_no_document_scrolls_sideways(kzus: Kzus, tmp_path: Path, command: str) -> None:
    """A page of the test's own frames the document and writes down how much wider it is than its frame."""
    (tmp_path / "answer.html").write_text(kzus(*command.split(), "-f", "html", facts=None).out, "utf-8")
    probe = tmp_path / "probe.html"
    frames = "".join(
        f'<iframe class="f" src="answer.html" style="width:{width}px;height:800px"></iframe>' for width in WIDTHS
    )
    probe.write_text(
        f'{frames}<p id="p"></p><script>onload = () => {{ p.textContent = [...document.querySelectorAll(".f")].map('
        "f => f.contentDocument.documentElement.scrollWidth - f.contentDocument.documentElement.clientWidth) }</script>"
    )
    found = re.search(
        '<p id="p">(.*?)</p>', rendered(probe, "--allow-file-access-from-files", "--virtual-time-budget=5000")
    )

    assert found
    assert found[1] == ",".join("0" for _ in WIDTHS)
