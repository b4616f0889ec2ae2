"""The colours of documents: each on a light and on a dark ground, text with a contrast of 4.5 at least."""

from __future__ import annotations

COLOURS = {
    "text": ("#1f2328", "#e6edf3"),
    "dim": ("#59636e", "#9aa4ae"),
    "red": ("#b3202b", "#ff7b72"),
    "green": ("#1a7f37", "#3fb950"),
    "yellow": ("#8a5d00", "#d8a02c"),
    "magenta": ("#7a3fd0", "#c297ff"),
    "cyan": ("#0f6e75", "#39c5cf"),
    "blue": ("#0a5bc4", "#6cb0ff"),
    "line": ("#d1d9e0", "#3d444d"),
    "band": ("#f6f8fa", "#151b23"),
    "page": ("#ffffff", "#0d1117"),
}
LIGHT, DARK = 0, 1


def css_variables(ground: int) -> str:
    """Return the colours for `LIGHT` or `DARK` as the variables of a style sheet."""
    return ";".join(f"--{name}:{tones[ground]}" for name, tones in COLOURS.items())
