"""What the body of a document tells of its people, its unit, its matter and its service task.

The keys are those of the national structures; a body that lacks them tells nothing.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

Row = Mapping[str, Any]
"""A row of a canonical table."""

Tree = Mapping[str, Any]

AUTHORS: Final = (
    ("laatija",), ("paatos", "paatoksentekija"), ("paatoksentekija",),
    ("ammattihenkilon_laatima_asiakirja", "laatija"),
)  # fmt: skip
"""Where structures tell the author, surest first."""

TASKS: Final = (
    ("palvelutehtava",), ("asiakaskertomusmerkinta", "palvelutehtava"),
    ("asian_tiedot", "palvelutehtava"), ("sosiaalihuollon_palvelutehtava", "palvelutehtava"),
)  # fmt: skip
"""Where structures tell the service task of the document itself."""

MATTERS: Final = (("asian_tiedot", "asiatunnus"), ("asiatunnus",), ("asianumero",))
UNITS: Final = (*((*path, "palveluyksikko") for path in AUTHORS),)
OID: Final = "urn:oid:"


def inside(tree: Tree) -> Tree:
    """Return what stands below the root key."""
    found = next(iter(tree.values()), None)
    return found if isinstance(found, dict) else {}


def first(body: Tree, *keys: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return the first value at a path of keys; of a list the first item."""
    found: Any = body
    for key in keys:
        found = found[0] if isinstance(found, list) and found else found
        found = found.get(key) if isinstance(found, dict) else None
    return found[0] if isinstance(found, list) and found else found


def clients(body: Tree) -> tuple[Row, ...]:
    """Return the clients as rows of the table ``client``."""
    told = body.get("asiakas")
    found = told if isinstance(told, list) else [told]
    return tuple(_person(one) for one in found if isinstance(one, dict))


def author(body: Tree) -> Row:
    """Return the author as a row of the table ``worker``; without a registration number."""
    found = (first(body, *path) for path in AUTHORS)
    return next((_person(one) for one in found if isinstance(one, dict)), {})


def _person(group: Tree) -> Row:
    told = {
        "last_name": group.get("sukunimi"),
        "first_names": group.get("etunimet"),
        "identity_code": _value(group.get("henkilotunnus"), "value"),
        "birth_date": group.get("syntymaaika"),
        "sex": _value(group.get("sukupuoli"), "code"),
    }
    return {name: value for name, value in told.items() if isinstance(value, str)}


def _value(group: object, key: str) -> object:
    return group.get(key) if isinstance(group, dict) else None


def _teller(paths: tuple[tuple[str, ...], ...], key: str) -> Callable[[Tree], str | None]:
    def told(body: Tree) -> str | None:
        for path in paths:
            if path[0] in body:  # most bodies have few of the paths
                value = _value(first(body, *path), key)
                if isinstance(value, str):
                    return value.removeprefix(OID)
        return None

    return told


TELLERS: Final[Mapping[str, Callable[[Tree], Any]]] = {
    "service_task": _teller(TASKS, "code"),
    "matter": _teller(MATTERS, "value"),
    "unit_oid": _teller(UNITS, "code"),
    "unit_name": _teller(UNITS, "display"),
}
"""What a source ``record body.…`` may name, to what tells it."""


def authors(body: Tree) -> tuple[Row, ...]:
    """Return every author as a row of the table ``worker``."""
    found: list[Row] = []
    for path in AUTHORS:
        if path[0] not in body:
            continue
        group = first(body, *path[:-1]) if path[:-1] else body
        told = group.get(path[-1]) if isinstance(group, dict) else None
        every = told if isinstance(told, list) else [told]
        found += (_person(one) for one in every if isinstance(one, dict))
    return tuple(found)


def service_tasks(body: Tree) -> frozenset[str]:
    """Return the codes of every service task that the body tells of itself."""
    found: set[Any] = set()
    for path in TASKS:
        if path[0] not in body:
            continue
        groups: Any = [body]
        for key in path:
            inner = [one.get(key) for one in groups if isinstance(one, dict)]
            groups = [
                item for one in inner for item in (one if isinstance(one, list) else [one])
            ]
        found |= {one.get("code") for one in groups if isinstance(one, dict)}
    return frozenset(code for code in found if isinstance(code, str))
