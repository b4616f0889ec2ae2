"""A conflict of sources, and what is said of it in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SAME, LENT, REVISION = "same figure, different thing", "lent more than it pays for", "revision"
_RELATION_SIGNS = {SAME: " = ", REVISION: " → "}
"""What stands between the values of a conflict, where it isn't that they differ."""


class ConflictingClaim(NamedTuple):
    """What one source says; `low` and `high` are its figure as written, in the unit of the conflict."""

    value: str
    low: Any
    high: Any
    of: str | None
    source: str
    publisher: str
    published: str | None
    via: str | None
    note: str | None


class Conflict(NamedTuple):
    """Claims of two sources or more about one thing, the largest first; of a revision the oldest.

    `what` is value, share, count, reading, date, stage, SAME, LENT or REVISION, `unit` its currency, what is counted
    or what happened then, `ratio` the largest by the smallest figure to two places, of LENT what is lent by what it
    pays for; words and dates have none, nor has what lies apart without bound. `basis` says whether the claims
    measure the same thing, different ones, or that is unclear as some don't tell.
    """

    id: str
    kind: str
    title: str
    what: str
    unit: str
    period: str | None
    ratio: float | None
    basis: str
    claims: tuple[ConflictingClaim, ...]

    def rows(self) -> Iterator[tuple[object, ...]]:
        """Yield one row a claim, in `CONFLICT_COLUMNS`."""
        for claim in self.claims:
            yield (*self[:-1], *claim)

    def document(self, names: Sequence[str] = ()) -> dict[str, Any]:
        """Return it with its claims as plain objects, or only the columns that are named."""
        of_claims = [name for name in names if name in ConflictingClaim._fields] if names else ConflictingClaim._fields
        claims = [{name: getattr(claim, name) for name in of_claims} for claim in self.claims]
        own = [name for name in names if name not in ConflictingClaim._fields] if names else self._fields[:-1]
        return {**{name: getattr(self, name) for name in own}, **({"claims": claims} if of_claims else {})}

    def describe(self) -> tuple[str, ...]:
        """Say what it is about, how far its claims lie apart, and what they measure if not the same."""
        return describe(self.document())

    @property
    def has_figures(self) -> bool:
        """Whether its claims are numbers, and no words or dates."""
        return self.claims[0].low is not None


def describe(conflict: Mapping[str, Any]) -> tuple[str, ...]:
    """Say of a conflict as an object what `Conflict.describe` says."""
    what, unit, period = conflict["what"], conflict["unit"], conflict["period"]
    heads = {
        "count": f"count of {unit}",
        "reading": f"{period} in {unit}",
        "date": f"date {unit}",
        "stage": f"stage on {period}",
        SAME: SAME,
        LENT: LENT,
        REVISION: f"revision: {f'{period} in ' if period else ''}{unit}",
    }
    return (heads.get(what, f"{what} in {unit}"), *_apart(conflict), *_differing(conflict))


def in_words(conflict: Mapping[str, Any]) -> tuple[str, str]:
    """Return the values with a sign between them, each wording once, and what `describe` says, each in a line."""
    values = [claim["value"] for claim in conflict["claims"]]
    if conflict["what"] == LENT:
        return f"{' + '.join(values[:-1])} > {values[-1]}", " · ".join(describe(conflict))
    values = list(dict.fromkeys(values))
    return _RELATION_SIGNS.get(conflict["what"], " ≠ ").join(values), " · ".join(describe(conflict))


def rounded_ratio(one: float, other: float) -> float:
    """Divide two positive numbers, to two places."""
    return int((200 * one + other) // (2 * other)) / 100


def _apart(conflict: Mapping[str, Any]) -> tuple[str, ...]:
    if conflict["what"] == SAME or conflict["claims"][0]["low"] is None:
        return ()
    return ("∞" if conflict["ratio"] is None else f"{conflict['ratio']:.2f}×",)


def _differing(conflict: Mapping[str, Any]) -> tuple[str, ...]:
    return () if conflict["basis"] == "same" or conflict["what"] in (SAME, LENT) else (f"{conflict['basis']} basis",)
