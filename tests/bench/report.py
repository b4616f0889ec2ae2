"""The tables that the benchmark prints, in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .measure import Key, Sample

ABSENT = "–"


class Target(NamedTuple):
    """What one thing may take at most, as a multiple of another's time or memory."""

    run: Key
    against: Key
    limit: float
    of: Literal["time", "memory"] = "time"

    def measured(self, samples: Mapping[Key, Sample]) -> float | None:
        """Return the multiple that was measured, nothing if either wasn't run."""
        if self.run not in samples or self.against not in samples:
            return None
        mine, other = samples[self.run], samples[self.against]
        return mine.median / other.median if self.of == "time" else mine.megabytes / other.megabytes


def results(order: Iterable[Key], samples: Mapping[Key, Sample], bare: Key, nothing: Key) -> str:
    """Draw what everything took; a run that there was none of has dashes."""
    head = ("run", "deals", "median ms", "min–max", "× bare", "× do-nothing", "MB")
    return _table(head, "llrrrrr", [_result(key, samples, (bare, nothing)) for key in order])


def verdicts(targets: Iterable[Target], samples: Mapping[Key, Sample]) -> str:
    """Draw the targets and whether each is met; the comparison is with what was measured, not as rounded."""
    rows = []
    for target in targets:
        found = target.measured(samples)
        verdict = ABSENT if found is None else "met" if found <= target.limit else "**not met**"
        multiple = ABSENT if found is None else f"{found:.2f}"
        rows.append((_named(target.run), target.of, _named(target.against), multiple, f"{target.limit:.2f}", verdict))
    return _table(("run", "its", "against", "measured ×", "at most ×", "verdict"), "lllrrl", rows)


def _result(key: Key, samples: Mapping[Key, Sample], bases: Sequence[Key]) -> tuple[str, ...]:
    if key not in samples:
        return (*key, *(ABSENT for _ in range(5)))
    sample = samples[key]
    extent = f"{_number(min(sample.milliseconds))}–{_number(max(sample.milliseconds))}"
    multiples = (f"{sample.median / samples[base].median:.2f}" for base in bases)
    return (*key, _number(sample.median), extent, *multiples, _number(sample.megabytes))


def _number(amount: float) -> str:
    return f"{amount:.1f}" if amount < 100 else f"{amount:.0f}"  # finer would be noise


def _named(key: Key) -> str:
    return key.run if key.facts == ABSENT else f"{key.run} ({key.facts})"


def _table(head: Sequence[str], sides: str, rows: Iterable[Sequence[str]]) -> str:
    rules = [{"l": "---", "r": "---:"}[side] for side in sides]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (head, rules, *rows))
