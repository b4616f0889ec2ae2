"""Draw the README's picture from a real run: `python tests/tools/picture.py` writes tests/picture.svg."""

from __future__ import annotations

import io
import os
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.text import Text

from kzus.app import main
from kzus.render.environment import Environment

FILE = Path(__file__).parent.parent / "picture.svg"
WIDTH = 80
COMMANDS = (("brief",), ("deals", "--sector", "transport", "--since", "2025", "--min", "1bn"))


def screen() -> str:
    """Return what a terminal shows, with its colours."""
    out = io.StringIO()
    env = Environment(
        out, out, is_terminal=True, is_watched=True, width=WIDTH, height=40, has_styles=True, has_colour=True
    )
    for arguments in COMMANDS:
        out.write(f"$ kzus {' '.join(arguments)}\n")
        main(arguments, env)
        out.write("\n")
    return out.getvalue().rstrip("\n")


def picture(text: str) -> str:
    """Draw a screen as SVG that loads nothing from outside."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, highlight=False)
    console.print(Text.from_ansi(text))
    svg = console.export_svg(title="kzus", unique_id="kzus")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


if __name__ == "__main__":
    with TemporaryDirectory() as cache:
        os.environ["KZUS_CACHE_DIR"] = cache
        FILE.write_text(picture(screen()), "utf-8")
    sys.exit()
