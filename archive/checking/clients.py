"""The clients that a part of an archive document tells of."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from kirjaamo.archive.checking.layout import INNER, Layout, Slot
from kirjaamo.archive.checking.reading import Part

CLIENTS: Final = {
    "document": ("recordTarget", "patientRole", "patient"),
    "frame": (f"{INNER}/recordTarget", "patient", "patientPerson"),
}
"""Part to where a client begins, and to the role and person inside."""


class Client(NamedTuple):
    """A client as a part tells of it; "" for what it does not tell.

    Attributes:
        code: Identity code.
        family: Family name.
        given: Given names.
        used: Names marked as the one used.
        sex: Code of the sex.
        born: Day of birth.
    """

    code: str
    family: str
    given: tuple[str, ...]
    used: tuple[str, ...]
    sex: str
    born: str


Told = list[tuple["str | Slot", "str | Slot"]]
"""Qualifier and value of the elements at one path."""


def clients(name: str, part: Part) -> Iterator[Client]:
    """Yield the clients of a part."""
    if part.layout is None:
        return
    if part.layout.clients is None:
        part.layout.clients = [*_groups(name, part.layout)]
    for five in part.layout.clients:
        code, family, given, sex, born = [
            [(part.told(mark), part.told(value)) for mark, value in one] for one in five
        ]
        yield Client(
            code[0][1] if code else "",
            family[0][1] if family else "",
            tuple(value for mark, value in given if not mark),
            tuple(value for mark, value in given if mark == "CL"),
            sex[0][1] if sex else "",
            born[0][1] if born else "",
        )


def _groups(name: str, layout: Layout) -> Iterator[tuple[Told, ...]]:
    """Yield what stands of each client: code, family name, given names, sex, day of birth."""
    start, role, person = CLIENTS[name]
    within, mine = f"{start}/{role}", f"{start}/{role}/{person}"
    paths = (
        f"{within}/id", f"{mine}/name/family", f"{mine}/name/given",
        f"{mine}/administrativeGenderCode", f"{mine}/birthTime",
    )  # fmt: skip
    found: dict[str, Told] | None = None
    for entry in layout.entries:
        if entry.path == start:
            if found is not None:
                yield tuple(found.get(path, []) for path in paths)
            found = {}
        elif found is not None and entry.path in paths:
            told = entry.attributes
            value = told.get("extension") or told.get("code") or told.get("value") or entry.text
            found.setdefault(entry.path, []).append((told.get("qualifier", ""), value))
    if found is not None:
        yield tuple(found.get(path, []) for path in paths)
