"""A taxonomy package, looked at before anything is done with it.

Nothing is unpacked: names that lead out, links, locked or endless files and document types are
refused, and entry points and namespaces are read.  Specification: Taxonomy Packages 1.0; OASIS
XML Catalogs (``rewriteURI``, ``rewriteSystem``).
"""

import io
import posixpath
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urldefrag

from lxml import etree

from kirjaamo.files import why
from kirjaamo.finance.proof.errors import (
    ENTITIES,
    LEAVES,
    LINKS,
    LOCKED,
    NO_METADATA,
    NO_XML,
    TOO_MUCH,
    UNREADABLE,
    PackageError,
)

FILES: Final = 200_000
BYTES: Final = 8 << 30
ONE: Final = 512 << 20
"""Most files of a package, bytes of all of them, and bytes of one."""

METADATA: Final = "META-INF/taxonomyPackage.xml"
CATALOG: Final = "META-INF/catalog.xml"
_PACKAGE: Final = "{http://xbrl.org/2016/taxonomy-package}"
_XML: Final = (".xml", ".xsd", ".xbrl")
_DOCTYPE: Final = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E")
_LOCKED: Final = 0x1
_DRIVE: Final = re.compile(r"^[A-Za-z]:|^[\\/]|\\")


@dataclass(frozen=True, slots=True)
class Package:
    """What a taxonomy package says of itself.

    Attributes:
        path: The zip file.
        identifier: Its identifier.
        version: Its version; empty when it tells none.
        entry_points: Address to name of every entry point.
        namespaces: Prefix to namespace, as the package's own schemas use them.
        rewrites: Beginning of an address to beginning of a path in the zip, longest first.
        names: Paths of all files.
    """

    path: Path
    identifier: str
    version: str
    entry_points: Mapping[str, str]
    namespaces: Mapping[str, str]
    rewrites: tuple[tuple[str, str], ...]
    names: frozenset[str]

    def holds(self, address: str) -> bool:
        """Tell whether a file of an address stands in the package."""
        bare = urldefrag(address).url
        for start, prefix in self.rewrites:
            if bare.startswith(start):
                return posixpath.normpath(prefix + bare[len(start) :]) in self.names
        return False


def opened(path: Path) -> Package:
    """Return what a package says of itself, having looked at every file of it.

    Raises:
        PackageError: It is damaged, dangerous, or no taxonomy package.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = _names(path, archive)
            return _package(path, archive, names)
    except OSError as error:
        raise PackageError(file=path.name, reason=why(error)) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
        raise PackageError(file=path.name, reason=UNREADABLE) from None


def _names(path: Path, archive: zipfile.ZipFile) -> frozenset[str]:
    """Return the paths of all files; every one stays in the package and is of a sane size."""
    entries = archive.infolist()
    sizes = [one.file_size for one in entries]
    if len(entries) > FILES or sum(sizes) > BYTES or max(sizes, default=0) > ONE:
        raise PackageError(file=path.name, reason=TOO_MUCH)
    for one in entries:
        if _DRIVE.search(one.orig_filename) or ".." in one.filename.split("/"):
            raise PackageError(file=path.name, reason=LEAVES)
        if stat.S_ISLNK(one.external_attr >> 16):
            raise PackageError(file=path.name, reason=LINKS)
        if one.flag_bits & _LOCKED:
            raise PackageError(file=path.name, reason=LOCKED)
    return frozenset(one.filename for one in entries if not one.is_dir())


def _package(path: Path, archive: zipfile.ZipFile, names: frozenset[str]) -> Package:
    tops = {name.partition("/")[0] for name in names}
    top = next(iter(tops)) if len(tops) == 1 else ""
    if f"{top}/{METADATA}" not in names:
        raise PackageError(file=path.name, reason=NO_METADATA)
    namespaces: dict[str, str] = {}
    for name, data in _contents(path, archive, names):
        if name.endswith(".xsd"):
            prefix, uri = _own_namespace(path, data)
            if prefix:
                namespaces.setdefault(prefix, uri)
    metadata = _parsed(path, archive.read(f"{top}/{METADATA}"))
    catalog = f"{top}/{CATALOG}"
    rewrites = _rewrites(path, archive.read(catalog), top) if catalog in names else ()
    identifier = (metadata.findtext(f"{_PACKAGE}identifier") or "").strip()
    version = (metadata.findtext(f"{_PACKAGE}version") or "").strip()
    points = dict(_entry_points(metadata))
    own = dict(sorted(namespaces.items()))
    return Package(path, identifier, version, points, own, rewrites, names)


def _contents(
    path: Path, archive: zipfile.ZipFile, names: frozenset[str]
) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every XML file; none may have a document type."""
    for name in sorted(names):
        if name.lower().endswith(_XML):
            data = archive.read(name)
            if _DOCTYPE.search(data):
                raise PackageError(file=path.name, reason=ENTITIES)
            yield name, data


def _parsed(path: Path, data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    if _DOCTYPE.search(data):
        raise PackageError(file=path.name, reason=ENTITIES)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise PackageError(file=path.name, reason=NO_XML) from None


def _own_namespace(path: Path, data: bytes) -> tuple[str, str]:
    """Return the prefix and the namespace that a schema has for its own elements."""
    events = etree.iterparse(
        io.BytesIO(data), events=("start",), resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=False,
    )  # fmt: skip
    try:
        _, root = next(iter(events))
    except (etree.XMLSyntaxError, StopIteration):
        raise PackageError(file=path.name, reason=NO_XML) from None
    own = root.get("targetNamespace", "")
    return next(((prefix, own) for prefix, uri in root.nsmap.items() if prefix and uri == own),
                ("", ""))  # fmt: skip


def _rewrites(path: Path, data: bytes, top: str) -> tuple[tuple[str, str], ...]:
    """Return where the catalogue says that addresses stand, the longest beginning first."""
    folder = posixpath.dirname(f"{top}/{CATALOG}")
    found = []
    for one in _parsed(path, data).iter("{*}rewriteURI", "{*}rewriteSystem"):
        start = one.get("uriStartString") or one.get("systemIdStartString") or ""
        target = f"{folder}/{one.get('rewritePrefix', '')}"
        if start:
            slash = "/" if target.endswith("/") else ""
            found.append((start, posixpath.normpath(target) + slash))
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def _entry_points(metadata: etree._Element) -> Iterator[tuple[str, str]]:
    for point in metadata.iter(f"{_PACKAGE}entryPoint"):
        name = (point.findtext(f"{_PACKAGE}name") or "").strip()
        for document in point.iter(f"{_PACKAGE}entryPointDocument"):
            yield document.get("href", ""), name
