"""Each room of the package imports only from rooms below it."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import kzus

PACKAGE = Path(kzus.__file__).parent
FLOORS = (
    {"values", "errors"}, {"facts"}, {"counting"}, {"index"}, {"query"},
    {"render", "export", "api"}, {"commands"}, {"app"}, {"__main__"},
)  # fmt: skip
"""From the lowest up; rooms of one floor may import each other, as export does the CSV of render."""
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


def room_of(parts: tuple[str, ...]) -> str:
    return parts[1] if len(parts) > 1 else ""


def imported_rooms(path: Path) -> Iterator[str]:
    """Yield the rooms that a module imports from, wherever in it; the package itself is no room."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            pytest.fail(f"{path}:{node.lineno} imports relatively")
        if isinstance(node, ast.ImportFrom) and node.module == "kzus":
            yield from (alias.name for alias in node.names if alias.name in FLOOR_OF)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("kzus."):
            yield room_of(tuple(node.module.split(".")))
        elif isinstance(node, ast.Import):
            yield from (room_of(tuple(alias.name.split("."))) for alias in node.names if alias.name.startswith("kzus."))


def modules() -> Iterator[tuple[str, Path]]:
    """Yield every module with its room, but `kzus/__init__.py`, which opens the door to the api."""
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room != "__init__":
            yield room, path


def test_every_room_has_a_floor() -> None:
    assert {room for room, _ in modules()} == set(FLOOR_OF)


def test_imports_run_downwards_only() -> None:
    upwards = {
        (room, other) for room, path in modules() for other in imported_rooms(path) if FLOOR_OF[other] > FLOOR_OF[room]
    }

    assert upwards == set()


def imported_modules(path: Path) -> Iterator[str]:
    """Yield the modules of the package that a module imports, wherever in it, also for types alone."""
    names = {".".join((PACKAGE.name, *each.relative_to(PACKAGE).with_suffix("").parts)) for _, each in modules()}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            members = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from members & names or {node.module} & names


def test_no_modules_import_each_other_in_a_circle() -> None:
    imports = {
        ".".join((PACKAGE.name, *path.relative_to(PACKAGE).with_suffix("").parts)): {*imported_modules(path)}
        for _, path in modules()
    }

    assert list(TopologicalSorter(imports).static_order())
