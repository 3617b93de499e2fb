"""What a folder of archive documents and frames holds: facts for an index, no personal data."""

import msgspec
import polars as pl
from lxml import etree

from kirjaamo.archive.packages import files
from kirjaamo.archive.packages.errors import (
    LooseFrameError,
    SameDocumentError,
)
from kirjaamo.archive.signing import form
from kirjaamo.archive.signing.form import HL7, SOCIAL

FRAME = f"{HL7}RCMR_IN200002FI01"
FRAMED = f"{HL7}controlActProcess/{HL7}subject/{HL7}clinicalDocument/{HL7}id"


class Entry(msgspec.Struct, frozen=True):
    """A file of a package; a row of its index.

    Attributes:
        file: Path below the folder.
        kind: ``document`` or ``frame``.
        document_id: OID of the document version.
        version: Number of the version.
        structure: OID of the structure version.
        document_type: Code of the specific document type.
        service_task: Code of the service task.
        language: Language of the document.
        retention: Code of the total retention period.
        signatures: Codes of the kinds of signatures, joined with a space.
        bytes: Size of the file.
        sha256: Hash of the file.
    """

    file: str
    kind: str
    document_id: str
    version: str
    structure: str
    document_type: str
    service_task: str
    language: str
    retention: str
    signatures: str
    bytes: int
    sha256: str


SCHEMA = pl.Schema(
    {name: pl.Int64 if name == "bytes" else pl.String for name in Entry.__struct_fields__}
)

_CODES = {
    "document_type": f"{SOCIAL}specificDocumentType",
    "service_task": f"{SOCIAL}functionCode",
    "retention": f"{SOCIAL}totalRetentionPeriodClass",
}


def entry(name: str, content: bytes) -> Entry | None:
    """Return the facts of a document or frame, or None when it is neither."""
    root = form.parse(content)
    if root is None:
        return None
    if root.tag == FRAME:
        return _entry(name, content, "frame", _root(root.find(FRAMED)))
    if root.tag != f"{HL7}ClinicalDocument":
        return None
    header = root.find(form.HEADER)
    header = etree.Element("none") if header is None else header
    kinds = header.findall(f"{form.COLLECTION}/{form.SIGNATURE}/{SOCIAL}signatureDescription")
    return _entry(
        name, content, "document", form.document_oid(root),
        version=_attribute(root, f"{HL7}versionNumber", "value"),
        structure=(header.findtext(f"{SOCIAL}contentSpecificationId") or "").strip(),
        language=_attribute(root, f"{HL7}languageCode", "code"),
        signatures=" ".join(kind.get("code", "") for kind in kinds),
        **{field: _attribute(header, path, "code") for field, path in _CODES.items()},
    )  # fmt: skip


def _entry(name: str, content: bytes, kind: str, oid: str, **facts: str) -> Entry:
    told = dict.fromkeys(Entry.__struct_fields__, "") | facts
    told |= {"file": name, "kind": kind, "document_id": oid}
    return msgspec.convert(
        told | {"bytes": len(content), "sha256": files.digest(content)}, Entry
    )


def _root(element: etree._Element | None) -> str:
    return "" if element is None else element.get("root", "")


def _attribute(parent: etree._Element, path: str, name: str) -> str:
    found = parent.find(path)
    return "" if found is None else found.get(name, "")


def checked(entries: list[Entry]) -> list[Entry]:
    """Return the files of a folder, each frame with its document.

    Raises:
        SameDocumentError: Two files are the same document.
        LooseFrameError: A frame belongs to no document.
    """
    documents: dict[str, Entry] = {}
    for one in entries:
        if one.kind == "document":
            other = documents.setdefault(one.document_id, one)
            if other is not one:
                raise SameDocumentError(file=one.file, other=other.file)
    for one in entries:
        if one.document_id not in documents:
            raise LooseFrameError(file=one.file)
    return entries


def index(entries: list[Entry]) -> pl.DataFrame:
    """Return the index of files."""
    rows = [msgspec.structs.astuple(one) for one in entries]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def statistics(entries: list[Entry]) -> list[dict[str, object]]:
    """Return documents and bytes by structure, service task and language."""
    groups = ("structure", "service_task", "language", "retention")
    table = index(entries).filter(pl.col("kind") == "document")
    counted = table.group_by(groups).agg(
        pl.len().alias("documents"), pl.col("bytes").sum().alias("bytes")
    )
    return counted.sort(groups).to_dicts()
