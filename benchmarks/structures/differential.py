"""The compiled structures and the national schemas judge documents alike, or they do not.

Documents are made from the facts (the least, everything, something between) and then
damaged at random.  Each is judged by the validator compiled from the facts and by the
``jsonschema`` library with the national schema.

    python -m benchmarks.structures.differential /path/to/national/schemas --documents 10000
"""

import argparse
import sys
import time
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from jsonschema import Draft7Validator

from kirjaamo.classifications.structures import Field, Kind, Structure, Structures, SystemCheck
from kirjaamo.classifications.structures.national import read

VALUES = {
    Kind.TEXT: "teksti",
    Kind.NAME: "nimi",
    Kind.SIGNATURE: "allekirjoitus",
    Kind.DATE: "2024-02-29",
    Kind.DATETIME: "2024-02-29T12:00:00+02:00",
    Kind.BOOLEAN: True,
    Kind.NUMBER: 3,
    Kind.COUNT: 2,
    Kind.AMOUNT: {"value": 10.5, "code": "EUR"},
    Kind.MEASURE: {"value": 50, "code": "m2"},
    Kind.PERCENT: {"value": 50, "code": "%"},
    Kind.IDENTIFIER: {"system": "urn:oid:1.2.246.10", "value": "1"},
}
"""A value that every field of a kind accepts."""

DAMAGE = (None, "", 0, True, [], {}, "x", "2024-13-01", "2024", "urn:oid:1.2.3", {"value": 1})
"""Values that some field somewhere refuses, or accepts by surprise."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two judges got on."""

    documents: int
    accepted: int
    agreed: int
    disagreed_in: tuple[str, ...]


class Maker:
    """Makes documents of one structure from its facts and the wording of its fixed texts."""

    def __init__(self, structure: Structure, texts: dict[str, str], random: Random) -> None:
        self.structure, self.texts, self.random = structure, texts, random

    def document(self, share: float) -> dict[str, Any]:
        """Return a valid document with the mandatory fields and *share* of the others."""
        root = self.structure.root
        return {root: self._group(root, share)}

    def _group(self, path: str, share: float) -> dict[str, Any]:
        return {
            field.key: self._field(field, share)
            for field in self.structure.inside(path)
            if field.minimum or self.random.random() < share
        }

    def _field(self, field: Field, share: float) -> object:
        if field.maximum == 1:
            return self._one(field, share)
        return [self._one(field, share) for _ in range(self.random.randint(1, 2))]

    def _one(self, field: Field, share: float) -> object:
        match field.kind:
            case Kind.GROUP | Kind.HEADING:
                return self._group(field.path, share)
            case Kind.PHRASE:
                return field.fixed or self.texts[field.fingerprint or ""]
            case Kind.CODE:
                return {"system": _system(field), "code": self._code(field), "display": "nimi"}
            case _ if field.codes:
                return self._code(field)
            case kind:
                return deepcopy(VALUES[kind])

    def _code(self, field: Field) -> str:
        return self.random.choice(field.codes).code if field.codes else "1"


def _system(field: Field) -> str:
    return (
        (field.system or "")
        if field.system_check is SystemCheck.EXACT
        else f"urn:oid:{field.system}.2020"
    )


def damaged(document: dict[str, Any], random: Random) -> dict[str, Any]:
    """Return the document with one thing changed, taken away or added."""
    changed = deepcopy(document)
    place, key = random.choice([*_places(changed)])
    match random.randrange(3):
        case 0:
            place[key] = random.choice(DAMAGE)
        case 1:
            del place[key]
        case _:
            target = place[key]
            if isinstance(target, dict):
                target["tuntematon"] = "x"
            else:
                place[key] = [target]
    return changed


def _places(node: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - any JSON value
    keys = (
        list(node)
        if isinstance(node, dict)
        else range(len(node))
        if isinstance(node, list)
        else ()
    )
    for key in keys:
        yield node, key
        yield from _places(node[key])


def compare(paths: list[Path], documents: int, seed: int = 1) -> Agreement:
    """Return how the two judges agree on *documents* documents, spread over *paths*."""
    random, library = Random(seed), Structures()  # noqa: S311 - documents, not secrets
    accepted = agreed = made = 0
    disagreed: dict[str, None] = {}
    for number, path in enumerate(paths):
        definition = read(path)
        maker = Maker(library.facts(definition.structure.oid), definition.texts, random)
        ours, theirs = (
            library.validator(maker.structure.oid),
            Draft7Validator(definition.original),
        )
        share = documents // len(paths) + (number < documents % len(paths))
        for document in _documents(maker, share):
            verdict = theirs.is_valid(document)
            same = ours.is_valid(document) == verdict
            made, accepted, agreed = made + 1, accepted + verdict, agreed + same
            if not same:
                disagreed[maker.structure.oid] = None
    return Agreement(made, accepted, agreed, tuple(disagreed))


def _documents(maker: Maker, count: int) -> Iterator[dict[str, Any]]:
    """Yield the least, everything, then by turns something between and something damaged."""
    for number in range(count):
        share = (0.0, 1.0)[number] if number < 2 else maker.random.random()
        document = maker.document(share)
        yield damaged(document, maker.random) if number >= 2 and number % 3 else document


def main() -> int:
    """Print the counts; 0 when the judges always agree."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="the national schemas")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    start = time.perf_counter()
    found = compare(sorted(asked.folder.rglob("*.json")), asked.documents, asked.seed)
    seconds = time.perf_counter() - start
    refused = found.documents - found.accepted
    print(f"{found.documents} documents, {found.accepted} accepted, {refused} refused")
    print(
        f"{found.agreed} verdicts alike ({100 * found.agreed / found.documents:.2f} %), {seconds:.1f} s"
    )
    for oid in found.disagreed_in:
        print(f"differs: {oid}")
    return 0 if found.agreed == found.documents else 1


if __name__ == "__main__":
    sys.exit(main())
