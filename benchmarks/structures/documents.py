"""The documents of the section: synthetic, of a small, a median and the largest structure."""

import json
from pathlib import Path

import msgspec

from kirjaamo.classifications.structures.checking import Library
from kirjaamo.samples.documents import Documents

COUNT = 60
"""Documents of each structure, with half of the optional fields on average."""


def structures(library: Library) -> dict[str, str]:
    """Return the OIDs of the current structures with least, middling and most fields.

    Structures with fixed texts whose wording is not bundled are left out: no document of
    them would be in order.
    """
    versions = library.structures.versions()
    current = versions.filter(versions["status"] == "current").sort("fields", "oid")["oid"]
    whole = [
        oid
        for oid in current
        if not any(field.fingerprint for field in library.structures.facts(oid).fields)
    ]
    return {"small": whole[0], "median": whole[len(whole) // 2], "largest": whole[-1]}


def write(folder: Path) -> dict[str, str]:
    """Write documents and base schemas, and return the name of each size with its OID."""
    folder.mkdir(parents=True, exist_ok=True)
    library = Library()
    samples = Documents(library.structures)
    sizes = structures(library)
    for size, oid in sizes.items():
        made = [samples.make(oid, "random", seed) for seed in range(COUNT)]
        lines = b"\n".join(map(msgspec.json.encode, made))
        (folder / f"{size}.jsonl").write_bytes(lines + b"\n")
        (folder / f"{size}.schema.json").write_text(json.dumps(library.base(oid)), "utf-8")
        (folder / f"{size}.oid").write_text(oid, "utf-8")
    return sizes
