"""A desk reference on what Kazakhstan and the United States have agreed."""

from __future__ import annotations

TYPE_CHECKING = False  # as in typing, which takes longer to import than all that stands here
if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from kzus.api.reference import Reference

__version__ = "0.2.0"


def open(  # noqa: A001 - as gzip.open is called
    facts: str | PathLike[str] | None = None, *, source: str | Sequence[str] = (), as_of: str | None = None
) -> Reference:
    """Open a fact file for questions: `facts`, else `KZUS_FACTS`, else the one that comes with kzus.

    `source`, one id or several, and `as_of`, an ISO prefix, make it answer only what those sources say, or what was
    published by that day. Raises `kzus.errors.KzusError`, and `FactFileError` with every problem of a faulty file.
    """
    import os

    from kzus.api.reference import Reference
    from kzus.index.fact_file import fact_file

    named = facts or os.environ.get("KZUS_FACTS")
    sources = (source,) if isinstance(source, str) else tuple(source)
    return Reference(fact_file(os.fspath(named) if named else None), sources, as_of)
