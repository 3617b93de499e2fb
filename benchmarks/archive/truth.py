"""What checks of archive documents find: nothing in what is built, and every single mutation.

The documents are built by the product itself from sample documents of every current structure.
Signatures are changed a byte at a time, inside what a signature covers.
"""

import copy
import datetime as dt
from pathlib import Path
from random import Random

from lxml import etree

from benchmarks.structures.__main__ import worded
from kirjaamo import validators
from kirjaamo.archive.building import Built, Maker
from kirjaamo.archive.checking import Means, check
from kirjaamo.archive.signing import Key, SignatureKind, Trust, sign, verify
from kirjaamo.archive.signing.form import serialised
from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import Structures
from kirjaamo.classifications.structures.checking import Library
from kirjaamo.documents.model import Raw
from kirjaamo.engines.documents import Checker
from kirjaamo.engines.pack import Context
from kirjaamo.rules import Kind
from kirjaamo.samples.documents import FILLS, Documents
from tests.archive import material
from tests.archive.authority import issue
from tests.archive.mutations import BYTES, MUTATIONS

CHANGES = 500
LATER = dt.date(2027, 1, 1)
"""The day of the check of bodies: after every day in the samples."""

AT = dt.datetime(2026, 3, 5, 7, 20, tzinfo=dt.UTC)


def structures(folder: Path) -> dict[str, float]:
    """Return how many structures were built, and of how many every document passes every check.

    A structure counts as valid when its documents of every fill are built, pass our schema and
    all rules of family MD, and their bodies pass the structure.

    Args:
        folder: National schemas; their wording of fixed texts is imported for this run.  Without
            them, structures with a long fixed text fail their own schema.
    """
    library = worded(folder) if folder.is_dir() else Structures()
    documents, means = Documents(library), Means(structures=library)
    maker, bare = Maker(material.ground(structures=library), means), Maker(
        material.ground(structures=library)
    )  # fmt: skip
    checker = _structure_rules(library)
    built = valid = made = 0
    for oid in documents.current():
        cases = [material.case(oid, fill, documents.make) for fill in FILLS]
        built += all(isinstance(bare.make(one), Built) for one in cases)
        sound = not any(checker.check(Raw("", 1, one.content, oid)) for one in cases)
        valid += sound and all(isinstance(maker.make(one), Built) for one in cases)
        made += len(cases)
    return {"structures_built": built, "structures_valid": valid, "structure_documents": made}


def _structure_rules(library: Structures) -> Checker:
    """Return what checks bodies against the rules of family ST."""
    rules = [
        rule
        for rule in validators.rules().values()
        if rule.kind is Kind.DOCUMENT and rule.code.startswith("ST")
    ]
    return Checker(Library(library), rules, Context(LATER, Codes()))


def mutations() -> dict[str, float]:
    """Return how many single mutations were made, and how many were found.

    The checks have seen the sound document before, so that their quick way is tried too.
    """
    sound = material.sound()
    means, found, made = Means(), 0, 0
    assert not check(sound["document"], sound["frame"], means), "it is sound"  # noqa: S101 - of the benchmark itself
    for _, part, change in MUTATIONS:
        root = copy.deepcopy(etree.fromstring(sound[part]))
        change(root)
        parts = sound | {part: serialised(root)}
        found += bool(check(parts["document"], parts["frame"], means))
        made += 1
    for part, content in sound.items():
        for _, changed in BYTES:
            parts = sound | {part: changed(content)}
            if parts == sound:
                continue
            found += bool(check(parts["document"], parts["frame"], means))
            made += 1
    return {"mutations": made, "mutations_found": found}


def signatures() -> dict[str, float]:
    """Return how many signed bytes were changed, and how many changes were refused."""
    authority = issue("Benchmark authority", ca=True)
    seal = issue("Benchmark seal", authority)
    trust = Trust((authority.certificate,), ())
    key = Key(seal.private, seal.certificate)
    signed = sign(material.built().cda, key, kind=SignatureKind.SYSTEM, at=AT)
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
