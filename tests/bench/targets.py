"""What kzus is allowed to take."""

from __future__ import annotations

from . import cases
from .measure import Key
from .report import Target


def targets(smallest: str, largest: str) -> list[Target]:
    """Return all targets; the fact files are named by the numbers of their deals."""
    shipped = [Key(run, cases.SHIPPED) for run in (cases.DEALS, cases.SUM, cases.SHOW)]
    few_rows = (cases.NARROW, cases.SUM, cases.SHOW, cases.SEARCH)
    cold, load = Key(cases.COLD, largest), Key(cases.LOAD, largest)
    return [
        *(Target(run, cases.NOTHING, 1.10) for run in shipped),
        *(Target(Key(run, largest), Key(run, smallest), 1.20) for run in few_rows),
        Target(Key(cases.ALL, largest), cases.NOTHING, 3),
        *(
            Target(Key(cases.TABLE, facts), Key(cases.DRAWING, facts), 1.15)
            for facts in (cases.SHIPPED, smallest, largest)
        ),
        *(Target(Key(cases.COMPLETION, facts), cases.NOTHING, 2) for facts in (cases.SHIPPED, largest)),
        *(Target(Key(run, cases.NONE), Key(cases.TYPERS.format(run), cases.NONE), 1) for run in cases.HELPS),
        # Reading YAML is libyaml's part of a cold question, and most of it; checking and indexing come on top.
        Target(cold, load, 1.5),
        Target(cold, load, 1.5, "memory"),
        Target(Key(cases.COLD, smallest), Key(cases.DEALS, smallest), 4),
        *(Target(run, cases.NOTHING, 1.25, "memory") for run in shipped),
        *(Target(Key(run, largest), cases.NOTHING, 1.25, "memory") for run in (cases.DEALS, *few_rows)),
    ]
