"""Cases from the target of a migration and the records that it was made of.

The documents are the files that the migration wrote, each with the hash of its manifest.  What
the body does not tell (the author's registration number, the unit, the matter) is taken from
the record that the document was made of.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import polars as pl

from kirjaamo.archive.building.cases import Case
from kirjaamo.archive.building.errors import ChangedError, NoCasesError
from kirjaamo.archive.packages.files import MANIFEST, digest, read_manifest
from kirjaamo.ledger.identity import identifier
from kirjaamo.mappings.recordmaps.cases import cases as recorded
from kirjaamo.mappings.recordmaps.model import Of
from kirjaamo.records import ROW, SOURCE

ORDER: Final[tuple[Of, ...]] = ("relationship", "matter", "decision", "entry")
"""Tables whose records become documents, in the order of building."""

AUTHORED: Final = {"decision": ("decided",), "entry": ("recorded_time", "event_time")}
"""Table to the fields that tell when its document was made, the first that is filled."""

AUTHORS: Final = {"decision": "decision_maker", "entry": "author"}

System = tuple[str, Mapping[str, pl.DataFrame]]
"""Name of a system and its canonical tables, its service tasks already national."""


def is_target(folder: Path) -> bool:
    """Return whether a folder is the target of a migration."""
    return (folder / MANIFEST).is_file()


def cases(folder: Path, systems: Sequence[System], oid: str, node: int) -> Iterator[Case]:
    """Yield the documents that were moved, in the order of systems, tables and records.

    Args:
        folder: The target.
        systems: The records it was made of.
        oid: The organisation's own OID.
        node: Arc below it under which the migration gave identifiers.

    Raises:
        NoCasesError: The folder is no target.
        ChangedError: A document is not as the migration wrote it.
    """
    if not is_target(folder):
        raise NoCasesError(path=folder)
    listed = {
        Path(path).stem: (path, sha) for path, sha in read_manifest(folder / MANIFEST).items()
    }
    for name, tables in systems:
        identity = partial(identifier, oid, name, node=node)
        for kind in ORDER:
            if kind not in tables:
                continue
            for told in recorded(kind, tables, system=name, organisation={}, identity=identity):
                target = told["ids"].get("document")
                if target in listed:
                    content = _content(folder, *listed[target])
                    yield _case(kind, told, content)


def _content(folder: Path, path: str, sha: str) -> bytes:
    try:
        content = (folder / path).read_bytes()
    except OSError:
        raise ChangedError(path=folder / path) from None
    if digest(content) != sha:
        raise ChangedError(path=folder / path)
    return content


def _case(kind: Of, told: Mapping[str, Any], content: bytes) -> Case:
    record, ids = told[kind], told["ids"]
    own = told.get("document") or {}
    made = (record.get(name) for name in AUTHORED.get(kind, ()))
    document = {
        **{name: own.get(name) for name in ("language", "service_process")},
        "document_id": ids["document"],
        "matter_id": ids["document"] if kind == "matter" else ids.get("matter"),
        "relationship_id": ids["document"]
        if kind == "relationship"
        else ids.get("relationship"),
        "service_task": _service_task(kind, told),
        "authored": own.get("authored") or next((day for day in made if day), None),
        "recorded": own.get("recorded"),
    }
    people = told.get("clients") or [told.get("client") or {}]
    clients = tuple(one for one in people if one and one.get("identity_code"))
    return Case(
        str(record.get(SOURCE) or kind), int(record.get(ROW) or 0), document, content,
        clients=clients if len(clients) == len(people) else (),
        author=told.get(AUTHORS.get(kind, "")) or {},
        unit=told.get("unit") or {},
        matter=record if kind == "matter" else told.get("matter") or {},
    )  # fmt: skip


def _service_task(kind: Of, told: Mapping[str, Any]) -> object:
    """Return the service task of the record, of its matter, or of its relationship."""
    rows = (told.get(name) or {} for name in (kind, "matter", "relationship"))
    return next((row["service_task"] for row in rows if row.get("service_task")), None)
