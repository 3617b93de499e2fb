"""Arrows between the rooms point down only, as CONTRIBUTING draws them."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = (
    {"core"},
    {"classifications"},
    {"validators", "mappings"},
    {"audit", "migration", "archive", "finance", "reports", "samples"},
    {"cli"},
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
STARTS_THE_PROGRAM = {ROOT / "core" / "__main__.py"}


def imported(path):
    """Yield the line and the room of everything of ours that a module imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.ImportFrom(module="kirjaamo", names=names):
                found = [alias.name for alias in names]
            case ast.ImportFrom(module=str(module)) if module.startswith("kirjaamo."):
                found = [module.split(".")[1]]
            case ast.Import(names=names):
                found = [
                    [*alias.name.split("."), ""][1]
                    for alias in names
                    if alias.name.split(".")[0] == "kirjaamo"
                ]
            case _:
                continue
        for name in found:
            yield node.lineno, name if name in FLOOR else "core"


@pytest.mark.parametrize("room", sorted(FLOOR))
def test_a_room_knows_only_rooms_below_it(room):
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {other}"
        for path in sorted((ROOT / room).rglob("*.py"))
        if path not in STARTS_THE_PROGRAM
        for line, other in imported(path)
        if other != room and FLOOR[other] >= FLOOR[room]
    ]

    assert wrong == []
