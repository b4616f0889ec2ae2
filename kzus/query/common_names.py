"""What people also call the words of a vocabulary, beside the word itself: each folded, with what it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

_COMMON_NAMES: Mapping[str, Mapping[str, str]] = {
    "instrument": {
        "mou": "memorandum",
        "moc": "memorandum",
        "memo": "memorandum",
        "memorandum of understanding": "memorandum",
        "memorandum of cooperation": "memorandum",
        "memoranda": "memorandum",
        "loi": "letter of intent",
        "letter": "letter of intent",
        "letters of intent": "letter of intent",
        "terms": "term sheet",
        "framework": "framework agreement",
        "grant": "grant agreement",
        "loan": "loan agreement",
        "credit agreement": "loan agreement",
        "notes": "exchange of notes",
    },
    "stage": {
        "committed": "commitment",
        "implemented": "implementation",
        "under way": "implementation",
        "underway": "implementation",
        "completed": "completion",
        "done": "completion",
        "canceled": "cancelled",
        "on hold": "suspended",
    },
    "flow": {
        "bought": "trade",
        "purchase": "trade",
        "invested": "investment",
        "lent": "financing",
        "loan": "financing",
        "credit": "financing",
        "lending": "financing",
        "given": "grant",
        "aid": "grant",
    },
    "measure": {"list": "list price", "plan": "planned", "cost": "project cost"},
    "country": {"usa": "US", "america": "US", "united states": "US", "kazakhstan": "KZ"},
}
_SEVERAL = {"living": "--firm --pledged"}
"""What people write for a stage, though it is several: the options that ask for them."""


def common_name(kind: str, name: str) -> str:
    """Return the word of a vocabulary that people mean by a folded name, or the name itself."""
    return _COMMON_NAMES.get(kind, {}).get(name, name)


def refuse_several(kind: str, name: str) -> None:
    """Raise `UsageError` for the name of several stages, with the option that asks for them."""
    if kind == "stage" and name in _SEVERAL:
        raise UsageError(f"--stage: '{name}' is more than one stage; write {_SEVERAL[name]}")
