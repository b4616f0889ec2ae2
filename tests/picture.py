"""Draw the README's picture from a real run: `python tests/picture.py` writes tests/picture.svg."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from rich.text import Text

from kzus.app import main
from kzus.environment import Environment
from kzus.output.sheet import Drawing
from kzus.output.svg import picture

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


if __name__ == "__main__":
    os.environ.setdefault("KZUS_CACHE_DIR", str(Path(__file__).parent / ".cache"))
    text = Text.from_ansi(screen())
    drawn = picture([Drawing(lambda _: text, "kzus in a terminal")])
    Path(__file__).with_name("picture.svg").write_text(drawn, "utf-8")
    sys.exit()
