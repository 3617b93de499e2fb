"""A stratified sample of a package, field by field: what a receiver compares and signs.

Only this protocol holds values of documents; it is written where it was asked for.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import msgspec
from lxml import etree

from kirjaamo import sampling
from kirjaamo.archive.packages.contents import Entry
from kirjaamo.archive.signing import form
from kirjaamo.archive.view import Views
from kirjaamo.classifications.structures import Structures
from kirjaamo.documents import reading
from kirjaamo.errors import UnknownNameError
from kirjaamo.messages import N_, gettext
from kirjaamo.protocol import Protocol
from kirjaamo.tabular import Cell

STRATUM = ("structure", "service_task")
"""By what the sample is stratified."""

COLUMNS = (
    N_("document"), N_("file"), N_("structure"), N_("field"), N_("path"), N_("in the source"),
    N_("in the package"), N_("equal"),
)  # fmt: skip
WIDTHS = (34, 40, 34, 30, 40, 40, 40, 10)

AGREES, DIFFERS = N_("shows what the body says"), N_("does not show what the body says")
VIEW = N_("Display form")
UNREAD = N_("cannot be read")

_OID = re.compile(r"[0-9]+(?:\.[0-9]+){5,}(?=\.(?:json|xml)\]?$)")
_MAIN = b'<div class="soc-main-wrapper">'
_FOOTER = b'<div class="soc-footer">'


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of one sampled document.

    Attributes:
        document: Its identifier.
        file: Its file in the package.
        structure: Name of its structure.
        field: Name of the field.
        path: JSON pointer of the value.
        source: What the source holds; empty when none was given.
        package: What the package holds.
        equal: Whether both are the same; empty when no source was given.
    """

    document: str
    file: str
    structure: str
    field: str
    path: str
    source: str
    package: str
    equal: str


def drawn(entries: Iterable[Entry], size: int, seed: int) -> list[Entry]:
    """Return the sampled documents: at most *size* of each structure and service task."""
    documents = [msgspec.structs.asdict(one) for one in entries if one.kind == "document"]
    return [Entry(**one) for one in sampling.drawn(documents, STRATUM, size, seed)]


def sources(path: Path, wanted: frozenset[str]) -> dict[str, Mapping[str, Any]]:
    """Return the source documents by identifier: from JSON, JSON lines or archive documents.

    Raises:
        KirjaamoError: The path cannot be read.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for raw in reading.documents(path):
        told = _OID.search(raw.source)
        name = raw.metadata.get("document_id") or (told[0] if told else "")
        tree = _tree(raw.content)
        match tree:
            case {"id": str(own), "document": dict(inner)}:  # a line of a migration
                name, tree = own, inner
        if name in wanted and tree is not None:
            found[name] = tree
    return found


def compared(
    bag: Path, chosen: Iterable[Entry], source: Mapping[str, Mapping[str, Any]] | None
) -> Iterator[Compared]:
    """Yield the fields of the sampled documents, in the order of the sample.

    Args:
        bag: Folder of the package.
        chosen: The sample.
        source: Source documents by identifier; None when there are none to compare with.
    """
    structures, views = Structures(), Views()
    for entry in chosen:
        root = form.parse((bag / entry.file).read_bytes())
        body = None if root is None else root.find(form.BODY)
        told = (
            None if source is None else dict(sampling.leaves(source.get(entry.document_id, {})))
        )
        if body is not None:
            yield from _fields(entry, body, told, structures, views)


def _fields(
    entry: Entry,
    body: etree._Element,
    told: Mapping[str, Any] | None,
    structures: Structures,
    views: Views,
) -> Iterator[Compared]:
    tree = _tree(_unpacked(body.findtext(f"{form.SOCIAL}json")))
    try:
        structure = structures.facts(entry.structure)
    except UnknownNameError:
        structure = None
    title = str(structure.name) if structure else entry.structure
    names = {field.path: str(field.name) for field in structure.fields} if structure else {}
    place = (entry.document_id, entry.file, title)
    if tree is None or structure is None:
        yield Compared(*place, "", "/", "", gettext(UNREAD), _answer(is_equal=False))
        return
    shown = _unpacked(body.findtext(f"{form.HL7}text"))
    made = views.view(tree, structure, language=entry.language.lower(), oid=entry.document_id)
    is_same = _main(shown) == _main(made)
    word = gettext(AGREES if is_same else DIFFERS)
    yield Compared(*place, gettext(VIEW), "", "", word, _answer(is_equal=is_same))
    held = dict(sampling.leaves(tree))
    for pointer in dict.fromkeys((*held, *(told or ()))):
        path = sampling.field_path(pointer)
        new, old = (sampling.text(each.get(pointer)) for each in (held, told or {}))
        equal = "" if told is None else _answer(is_equal=old == new)
        yield Compared(*place, names.get(path, path), pointer, old, new, equal)


def _answer(*, is_equal: bool) -> str:
    return gettext("yes") if is_equal else gettext("no")


def _main(view: bytes) -> bytes:
    """Return what stands between head and foot of a view: what the body gives."""
    main, footer, _ = view.partition(_MAIN)[2].partition(_FOOTER)
    return main if footer else main.removesuffix(b"</div>")


def _unpacked(text: str | None) -> bytes:
    try:
        return base64.b64decode("".join((text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _tree(content: bytes) -> dict[str, Any] | None:
    try:
        found = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def facts(name: str, sha256: str, seed: int, size: int, documents: int) -> dict[str, Cell]:
    """Return what stands above a protocol: which package, and which sample."""
    return {
        gettext("Package"): name,
        gettext("Hash of the package"): sha256,
        gettext("Seed of the sample"): seed,
        gettext("Documents of each structure and service task, at most"): size,
        gettext("Documents in the sample"): documents,
    }


def protocol(rows: Iterable[Compared], told: dict[str, Cell]) -> Protocol:
    """Return the protocol of a sample."""
    return Protocol(told, COLUMNS, map(astuple, rows), WIDTHS)
