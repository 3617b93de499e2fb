"""What changed between two versions of a structure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kirjaamo.classifications.structures.model import Field, Structure


class Change(StrEnum):
    """What happened to a field."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    Attributes:
        change: What happened.
        path: The field, from below the root key down, so that a new root key changes nothing.
        what: The fact that changed; empty when the whole field came or went.
        before: The fact in the first version, as text.
        after: The fact in the second.
    """

    change: Change
    path: str
    what: str = ""
    before: str = ""
    after: str = ""


def diff(a: Structure, b: Structure) -> tuple[Difference, ...]:
    """Return how *b* differs from *a*, in the order of the fields of *b*, removed ones last."""
    old, new = _fields(a), _fields(b)
    found = [*_head(a, b)]
    for path, field in new.items():
        if path in old:
            found += _changed(path, old[path], field)
        else:
            found.append(Difference(Change.ADDED, path))
    found += [Difference(Change.REMOVED, path) for path in old if path not in new]
    return tuple(found)


def _fields(structure: Structure) -> dict[str, Field]:
    return {field.path.removeprefix(f"{structure.root}/"): field for field in structure.fields}


def _head(a: Structure, b: Structure) -> Iterator[Difference]:
    """Yield what changed in the structure itself; its path is empty."""
    for what in ("root", "type", "subject", "author"):
        before, after = str(getattr(a, what)), str(getattr(b, what))
        if before != after:
            yield Difference(Change.CHANGED, "", what, before, after)
    yield from _names("", a.name.fi, b.name.fi, a.name.sv, b.name.sv)


def _changed(path: str, old: Field, new: Field) -> Iterator[Difference]:
    yield from _names(path, old.name.fi, new.name.fi, old.name.sv, new.name.sv)
    for what in ("kind", "occurs", "system", "system_check", "fixed", "fingerprint", "open"):
        yield from _fact(path, what, getattr(old, what), getattr(new, what))
    for what in ("conditional", "national", "hidden", "untitled"):
        yield from _fact(path, what, getattr(old, what), getattr(new, what))
    codes = [dict.fromkeys(code.code for code in field.codes) for field in (old, new)]
    yield from _fact(path, "codes", " ".join(codes[0]), " ".join(codes[1]))


def _names(
    path: str, fi: str, new_fi: str, sv: str | None, new_sv: str | None
) -> Iterator[Difference]:
    yield from _fact(path, "name fi", fi, new_fi)
    yield from _fact(path, "name sv", sv, new_sv)


def _fact(path: str, what: str, before: object, after: object) -> Iterator[Difference]:
    if before != after:
        yield Difference(Change.CHANGED, path, what, _text(before), _text(after))


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)
