"""The lists that can be asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kzus.query.listing import Listing

_IN_DEALS_MODULE = frozenset(("deals", "packages", "timeline"))


def listing_of(name: str) -> Listing:
    """Return the definition of a list; only the module that it stands in is imported."""
    module = import_module(f"kzus.query.lists.{'deals' if name in _IN_DEALS_MODULE else 'entries'}")
    listing: Listing = getattr(module, name.upper())
    return listing
