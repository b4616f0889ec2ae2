"""A conflict of sources in words."""

from collections.abc import Mapping
from typing import Any

from kzus.facts.vocabulary import OVERLENT, REVISION, SAME

_RELATION_SIGNS = {SAME: " = ", REVISION: " → "}
"""What stands between the values of a conflict, where it isn't that they differ."""


def describe(conflict: Mapping[str, Any]) -> tuple[str, ...]:
    """Say what a conflict is about, how far its claims lie apart, and what they measure if not the same."""
    what, unit, period = conflict["what"], conflict["unit"], conflict["period"]
    heads = {
        "count": f"count of {unit}",
        "reading": f"{period} in {unit}",
        "date": f"date {unit}",
        "stage": f"stage on {period}",
        SAME: SAME,
        OVERLENT: OVERLENT,
        REVISION: f"revision: {f'{period} in ' if period else ''}{unit}",
    }
    return (heads.get(what, f"{what} in {unit}"), *_apart(conflict), *_differing(conflict))


def in_words(conflict: Mapping[str, Any]) -> tuple[str, str]:
    """Return the values with a sign between them, each wording once, and what `describe` says, each in a line."""
    values = [claim["value"] for claim in conflict["claims"]]
    # Before equal values become one: two loans of one sum are two loans.
    if conflict["what"] == OVERLENT:
        return f"{' + '.join(values[:-1])} > {values[-1]}", " · ".join(describe(conflict))
    values = list(dict.fromkeys(values))
    return _RELATION_SIGNS.get(conflict["what"], " ≠ ").join(values), " · ".join(describe(conflict))


def _apart(conflict: Mapping[str, Any]) -> tuple[str, ...]:
    if conflict["what"] == SAME or conflict["claims"][0]["low"] is None:
        return ()
    if conflict["ratio"] is None:
        return ("∞",)
    return ("<1.01×" if conflict["ratio"] == 1 and _differ(conflict) else f"{conflict['ratio']:.2f}×",)


def _differ(conflict: Mapping[str, Any]) -> bool:
    """Tell whether figures aren't all the same, or are added up to more than what they are set against."""
    ends = {claim[end] for claim in conflict["claims"] for end in ("low", "high")}
    return conflict["what"] == OVERLENT or len(ends) > 1


def _differing(conflict: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        () if conflict["basis"] == "same" or conflict["what"] in (SAME, OVERLENT) else (f"{conflict['basis']} basis",)
    )
