"""Turning a folder of national JSON Schemas into fact files and an index of them."""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kirjaamo import files
from kirjaamo.classifications.structures import facts, national, schemas
from kirjaamo.classifications.structures.errors import (
    NoStructuresError,
    NotRebuiltError,
    SameStructureTwiceError,
)
from kirjaamo.classifications.structures.model import Structure

INDEX = "index.csv"
COLUMNS = (
    "oid", "code", "name_fi", "name_sv", "type", "subject", "author", "status",
    "valid_from", "valid_to", "root", "fields",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought: counts, and the size of the fact files in bytes."""

    structures: int
    fields: int
    size: int


def import_folder(folder: Path, output: Path, texts: Path | None = None) -> Imported:
    """Write a fact file for every national JSON Schema in *folder*, and the index.

    Everything is read and proved before anything is written.

    Args:
        folder: The national definitions, in any folders below it.
        output: Where the fact files go; what else is there stays and is indexed too.
        texts: Where the wording of the long fixed texts goes, if it is wanted.

    Raises:
        NoStructuresError: There is no JSON file.
        SameStructureTwiceError: Two files define one version.
        NotAStructureError, UnknownKeywordError, NotRebuiltError: See the classes.
    """
    found = _definitions(folder)
    size = 0
    for definition in found.values():
        content = facts.write(definition.structure)
        files.write(output / f"{definition.structure.oid}.json", content)
        size += len(content)
    files.write(output / INDEX, index(output))
    if texts is not None:
        wording = {name: text for one in found.values() for name, text in one.texts.items()}
        told = json.dumps(wording, ensure_ascii=False, indent=0, sort_keys=True)
        files.write(texts, f"{told}\n".encode())
    fields = sum(len(one.structure.fields) for one in found.values())
    return Imported(len(found), fields, size)


def _definitions(folder: Path) -> dict[Path, national.Definition]:
    paths = sorted(folder.rglob("*.json"))
    if not paths:
        raise NoStructuresError(folder=folder)
    found: dict[Path, national.Definition] = {}
    seen: dict[str, Path] = {}
    for path in paths:
        found[path] = definition = national.read(path)
        oid = definition.structure.oid
        if oid in seen:
            raise SameStructureTwiceError(first=seen[oid], second=path, oid=oid)
        seen[oid] = path
        prove(path, definition)
    return found


def prove(path: Path, definition: national.Definition) -> None:
    """Refuse facts that do not rebuild the schema they were taken from."""
    rebuilt = schemas.schema(definition.structure, definition.texts)
    place = difference(validation(definition.original), validation(rebuilt))
    if place is not None:
        raise NotRebuiltError(file=path, place=place or "/")


def validation(schema: dict[str, Any]) -> dict[str, Any]:
    r"""Return the part of a schema that validates, in one normal form.

    Order and repetition in ``required`` and ``enum`` mean nothing, and ``\\d`` is ``[0-9]``.

    >>> validation({"type": "string", "pattern": "\\d", "title": "t"})
    {'type': 'string', 'pattern': '[0-9]'}
    """
    found = {k: v for k, v in schema.items() if k not in {"sosmeta", "title", "$schema"}}
    for key in found.keys() & {"required", "enum"}:
        found[key] = sorted(set(found[key]))
    if "pattern" in found:
        found["pattern"] = found["pattern"].replace(r"\d", "[0-9]")
    if "items" in found:
        found["items"] = validation(found["items"])
    if "properties" in found:
        found["properties"] = {k: validation(v) for k, v in found["properties"].items()}
    return found


def difference(one: object, other: object, place: str = "") -> str | None:
    """Return the JSON path of the first place where two schemas differ.

    >>> difference({"a": [1], "b": 2}, {"a": [1], "b": 3})
    '/b'
    """
    if isinstance(one, dict) and isinstance(other, dict) and list(one) == list(other):
        places = (difference(one[key], other[key], f"{place}/{key}") for key in one)
        return next((found for found in places if found is not None), None)
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        ordered = {key: other[key] for key in one}
        return difference(one, ordered, place)
    return None if one == other else place


def index(folder: Path) -> bytes:
    """Return the index of the fact files in *folder*: one line for each version.

    A version ends on the day on which the next version of the same document begins.
    """
    found = sorted(
        (facts.read(path) for path in folder.glob("1.*.json")),
        key=lambda one: (*_list_and_code(one), one.valid_from),
    )
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for one, following in zip(found, [*found[1:], None], strict=True):
        next_one = following and _list_and_code(following) == _list_and_code(one)
        rows.writerow(_row(one, following if next_one else None))
    return text.getvalue().encode()


def _list_and_code(structure: Structure) -> tuple[str, int]:
    return structure.oid.rsplit(".", 4)[0], int(structure.code)


def _row(one: Structure, following: Structure | None) -> tuple[object, ...]:
    end = following.valid_from if following else None
    return (
        one.oid, one.code, one.name.fi, one.name.sv, one.type, one.subject, one.author,
        one.status, one.valid_from, end, one.root, len(one.fields),
    )  # fmt: skip
