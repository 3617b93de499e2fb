"""Receipts: what a target of files holds of each batch, one small file each."""

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

from kirjaamo.files import write
from kirjaamo.migration.targets import Document

MANIFEST = "manifest-sha256.txt"
"""Hash and place of every document, sorted: the last thing written."""

SEGMENTS = ".segments"
"""Folder of the segments of which one file is made."""

INTENT = ".intent"
"""End of the name of what will be a receipt when the batch is whole."""

_NAME = re.compile(r"([0-9]{4,})-([0-9]{6,})\.tsv")


def folder(root: Path) -> Path:
    """Return the folder of the receipts."""
    return root / ".receipts"


def name(run: int, batch: int, suffix: str) -> str:
    """Return the name of what belongs to a batch.

    >>> name(1, 20, ".tsv")
    '0001-000020.tsv'
    """
    return f"{run:04}-{batch:06}{suffix}"


def lines(documents: Sequence[Document], places: Sequence[str]) -> bytes:
    """Return a receipt: a line for each document, nothing of its content."""
    rows = (
        f"{d.target_id}\t{d.kind}\t{d.structure}\t{int(d.delivered)}\t{d.sha256}\t{place}\n"
        for d, place in zip(documents, places, strict=True)
    )
    return "".join(rows).encode()


def intend(root: Path, run: int, batch: int, content: bytes) -> bool:
    """Write what will be a receipt; return whether it was written before, by an interrupted run."""
    intent = folder(root) / name(run, batch, INTENT)
    again = intent.exists() or (folder(root) / name(run, batch, ".tsv")).exists()
    write(intent, content)
    return again


def leave(root: Path, run: int, batch: int) -> str:
    """Make the intent of a batch its receipt, and return its hash."""
    intent = folder(root) / name(run, batch, INTENT)
    receipt = intent.with_name(name(run, batch, ".tsv"))
    intent.replace(receipt)
    sync(receipt.parent)
    return hashlib.sha256(receipt.read_bytes()).hexdigest()


def of(root: Path, run: int, batch: int) -> Path | None:
    """Return the receipt of a batch, or its intent when it was interrupted."""
    paths = (folder(root) / name(run, batch, suffix) for suffix in (".tsv", INTENT))
    return next((path for path in paths if path.exists()), None)


def found(root: Path) -> dict[tuple[int, int], Path]:
    """Return run and batch to their receipt, in order."""
    place = folder(root)
    paths = sorted(place.iterdir()) if place.is_dir() else []
    matched = ((_NAME.fullmatch(path.name), path) for path in paths)
    return {(int(m[1]), int(m[2])): path for m, path in matched if m}


class Described(Protocol):
    """Anything that says of a document what it is."""

    @property
    def kind(self) -> str:
        """Return the table of the old record."""

    @property
    def structure(self) -> str:
        """Return the OID of its structure."""

    @property
    def delivered(self) -> bool:
        """Return whether the client has it already."""


class Entry(NamedTuple):
    """A line of a receipt."""

    target_id: str
    kind: str
    structure: str
    delivered: bool
    sha256: str
    place: str

    def is_as(self, other: Described) -> bool:
        """Return whether something else says the same of the document."""
        mine = (self.kind, self.structure, self.delivered)
        return mine == (other.kind, other.structure, other.delivered)


def entries(receipt: Path) -> Iterator[Entry]:
    """Yield the lines of a receipt."""
    for line in receipt.read_text("utf-8").splitlines():
        target_id, kind, structure, delivered, sha256, place = line.split("\t")
        yield Entry(target_id, kind, structure, delivered == "1", sha256, place)


def rows(receipt: Path) -> Iterator[tuple[str, str, str]]:
    """Yield identifier, hash and place of the documents that a receipt tells."""
    return ((one.target_id, one.sha256, one.place) for one in entries(receipt))


def sums(root: Path) -> dict[tuple[int, int], str]:
    """Return run and batch to the hash of their receipt."""
    return {
        key: hashlib.sha256(path.read_bytes()).hexdigest() for key, path in found(root).items()
    }


def write_manifest(root: Path) -> None:
    """Write the manifest of all receipts; none when there is nothing."""
    told = sorted(
        (place, sha256) for path in found(root).values() for _, sha256, place in rows(path)
    )
    if told:
        write(root / MANIFEST, "".join(f"{sha}  {place}\n" for place, sha in told).encode())
    else:
        (root / MANIFEST).unlink(missing_ok=True)
        prune(root, root)


def drop(root: Path, run: int, batch: int) -> None:
    """Take the receipt of a batch away, and what became empty."""
    for suffix in (".tsv", INTENT):
        (folder(root) / name(run, batch, suffix)).unlink(missing_ok=True)
    prune(folder(root), root)


def tidy(root: Path) -> None:
    """Drop what an interrupted run left half written beside its own files."""
    for place in (root, folder(root), root / SEGMENTS):
        for path in place.glob(".*") if place.is_dir() else ():
            if path.is_file():
                path.unlink()


def prune(place: Path, root: Path) -> None:
    """Take empty folders away, from *place* up to *root*, which goes too when it is empty."""
    for path in (place, *place.parents):
        if not path.is_relative_to(root):
            return
        with suppress(OSError):
            path.rmdir()


def sync(place: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can tell."""
    if os.name != "posix":
        return
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
