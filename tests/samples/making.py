"""What tests of sample documents share: makers with and without the wording of fixed texts."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kirjaamo.classifications.structures import Structures, importing
from kirjaamo.samples.documents import BUNDLED, Documents
from tests.reference import SCHEMAS

OIDS = BUNDLED.structures.versions()["oid"].to_list()
FILLS = ("required", "random", "all")

DECISION = "1.2.246.537.6.1506.11050.2023.12.1"
ENTRY = "1.2.246.537.6.1506.19005.2022.1.10"
SHELTER = "1.2.246.537.6.1506.1011.2024.12.19"


@cache
def worded():
    """Return a maker that knows the wording of every fixed text."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        importing.import_folder(SCHEMAS, place, place / "fixed_texts.json")
        maker = Documents(Structures(place))
        for oid in OIDS:
            maker.plan(oid)
            maker.structures.validator(oid)
    return maker


def leaves(value, path=""):
    """Yield the pointer and value of everything in a tree that is no group."""
    match value:
        case dict():
            for key, inner in value.items():
                yield from leaves(inner, f"{path}/{key}")
        case list():
            for number, inner in enumerate(value):
                yield from leaves(inner, f"{path}/{number}")
        case _:
            yield path, value


def groups(value):
    """Yield every object in a tree."""
    match value:
        case dict():
            yield value
            for inner in value.values():
                yield from groups(inner)
        case list():
            for inner in value:
                yield from groups(inner)
        case _:
            pass
