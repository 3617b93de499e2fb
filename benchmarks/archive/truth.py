"""What checks of archive documents find: nothing in sound ones, and every single mutation.

The documents have the header and frame of the tests' material and a body of every current
structure.  Signatures are changed a byte at a time, inside what a signature covers.
"""

import copy
import datetime as dt
from pathlib import Path
from random import Random

from lxml import etree

from benchmarks.structures.__main__ import worded
from kirjaamo.archive.checking import Means, check
from kirjaamo.archive.signing import Key, SignatureKind, Trust, sign, verify
from kirjaamo.archive.signing.form import serialised
from kirjaamo.classifications.structures import Structures
from kirjaamo.samples.documents import Documents
from tests.archive import material
from tests.archive.authority import issue
from tests.archive.mutations import BYTES, MUTATIONS

CHANGES = 500
AT = dt.datetime(2026, 3, 5, 7, 20, tzinfo=dt.UTC)


def structures(folder: Path) -> dict[str, float]:
    """Return how many structures have a document, and how many of those pass every check.

    Args:
        folder: National schemas; their wording of fixed texts is imported for this run.  Without
            them, structures with a long fixed text fail their own schema.
    """
    library = worded(folder) if folder.is_dir() else Structures()
    documents, frame = Documents(library), material.frame()
    means = Means(structures=library)
    made = {oid: material.document(oid, make=documents.make) for oid in documents.current()}
    valid = sum(not check(content, frame, means) for content in made.values())
    return {"structures_checked": len(made), "structures_valid": valid}


def mutations() -> dict[str, float]:
    """Return how many single mutations were made, and how many were found."""
    sound = {"document": material.document(fill="all"), "frame": material.frame()}
    means, found, made = Means(), 0, 0
    for _, part, change in MUTATIONS:
        root = copy.deepcopy(etree.fromstring(sound[part]))
        change(root)
        parts = sound | {part: serialised(root)}
        found += bool(check(parts["document"], parts["frame"], means))
        made += 1
    for part, content in sound.items():
        for _, changed in BYTES:
            parts = sound | {part: changed(content)}
            found += bool(check(parts["document"], parts["frame"], means))
            made += 1
    return {"mutations": made, "mutations_found": found}


def signatures() -> dict[str, float]:
    """Return how many signed bytes were changed, and how many changes were refused."""
    authority = issue("Benchmark authority", ca=True)
    seal = issue("Benchmark seal", authority)
    trust = Trust((authority.certificate,), ())
    key = Key(seal.private, seal.certificate)
    signed = sign(material.document(), key, kind=SignatureKind.SYSTEM, at=AT)
    if verify(signed, trust, now=AT).faults:
        message = "the unchanged document must hold"
        raise AssertionError(message)
    start, end = signed.index(b"<nonXMLBody"), signed.index(b"</nonXMLBody>")
    chance, refused = Random(1), 0  # noqa: S311 - no secret
    for _ in range(CHANGES):
        place = chance.randrange(start, end)
        changed = bytearray(signed)
        changed[place] ^= 1 << chance.randrange(7)
        refused += bool(verify(bytes(changed), trust, now=AT).faults)
    return {"signature_changes": CHANGES, "signature_changes_refused": refused}
