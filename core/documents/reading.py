"""Finding documents: a JSON file, JSON lines, a folder, a zip, or an archive document (CDA).

Everything is read lazily and in name order, one document at a time, so that memory depends on
the largest document and not on how many there are.
"""

import base64
import binascii
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from kirjaamo.documents.model import Raw
from kirjaamo.documents.parsing import LARGEST
from kirjaamo.sources.errors import MissingFileError, NoPermissionError, UnsafeArchiveError

SUFFIXES = (".json", ".jsonl", ".ndjson", ".xml", ".zip")
"""Endings of the names of files that may hold documents."""

MEMBERS = 1_000_000
"""Most files in a zip."""

RATIO = 200
"""Most times smaller a member of a zip may be than what it unpacks to."""

OID = re.compile(r"1\.2\.246\.537\.6\.150[56]\.[0-9]+\.[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,2}")
SOCIAL = "urn:hl7finland"


def documents(path: Path) -> Iterator[Raw]:
    """Yield the documents of a file or folder.

    Raises:
        KirjaamoError: The path does not exist, cannot be opened, or is an unsafe archive.
    """
    if path.is_dir():
        for inner in sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES):
            yield from _file(inner, inner.relative_to(path).as_posix())
        return
    yield from _file(path, path.name)


def _file(path: Path, name: str) -> Iterator[Raw]:
    try:
        if path.suffix.lower() == ".zip":
            yield from _archive(path, name)
        elif path.suffix.lower() in (".jsonl", ".ndjson"):
            yield from _lines(path, name)
        elif path.stat().st_size > LARGEST:
            yield Raw(name, 1, b"", damage="size")
        else:
            yield _one(name, path.read_bytes())
    except FileNotFoundError:
        raise MissingFileError(source=name) from None
    except PermissionError:
        raise NoPermissionError(source=name) from None


def _one(name: str, content: bytes) -> Raw:
    """Return the document in the bytes of a file."""
    if name.lower().endswith(".xml"):
        return _from_cda(name, content)
    named = OID.search(name)
    return Raw(name, 1, content, named[0] if named else "")


def _lines(path: Path, name: str) -> Iterator[Raw]:
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(LARGEST + 1):
            number += 1
            if len(line) > LARGEST:
                yield Raw(name, number, b"", damage="size")
                while line and not line.endswith(b"\n"):
                    line = stream.readline(LARGEST)
            elif line.strip():
                yield Raw(name, number, line)


def _archive(path: Path, name: str) -> Iterator[Raw]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            if len(members) > MEMBERS or any(_is_bomb(m) for m in members):
                raise UnsafeArchiveError(source=name)
            for member in sorted(members, key=lambda m: m.filename):
                if Path(member.filename).suffix.lower() in (".json", ".xml"):
                    yield _one(f"{name}[{member.filename}]", archive.read(member))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        yield Raw(name, 1, b"", damage="container")


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    packed = max(member.compress_size, 1)
    return member.file_size > LARGEST or (
        member.file_size > 1 << 20 and member.file_size / packed > RATIO
    )


def _from_cda(name: str, content: bytes) -> Raw:
    """Return the JSON body of an archive document; its header names the structure."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return Raw(name, 1, b"", damage="container")
    if root.getroottree().docinfo.doctype:
        return Raw(name, 1, b"", damage="entity")
    body = root.find(f".//{{{SOCIAL}}}json")
    if body is None:
        return Raw(name, 1, b"", damage="container")
    told = root.find(f".//{{{SOCIAL}}}contentSpecificationId")
    structure = OID.search(told.get("text") or told.text or "") if told is not None else None
    try:
        text = "".join((body.text or "").split())
        decoded = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return Raw(name, 1, b"", structure[0] if structure else "", damage="base64")
    return Raw(name, 1, decoded, structure[0] if structure else "")
