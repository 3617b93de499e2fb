"""A folder of JSON files, one a document, in subfolders of about the same size."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from kirjaamo.errors import CannotWriteError
from kirjaamo.files import why
from kirjaamo.migration.errors import OtherTargetError
from kirjaamo.migration.targets import Document, receipts

_TEMPORARY = ".new"
_WAITING = 8  # files that are waited for at the same time


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of JSON files.

    Attributes:
        root: The folder.
    """

    root: Path

    def apply(self, run: int, batch: int, documents: Sequence[Document]) -> str:
        """Write what will be the receipt, then the files, each whole, then make it the receipt."""
        places = [_place(document.kind, document.target_id) for document in documents]
        pairs = [(d, self.root / place) for d, place in zip(documents, places, strict=True)]
        again = receipts.of(self.root, run, batch) is not None
        stands = [path for _, path in pairs if path.exists()]
        wrong = [p for d, p in pairs if p in set(stands) and _hash(p) != d.sha256]
        if wrong or (stands and not again):
            raise OtherTargetError(target=self.root, count=len(wrong) or len(stands))
        content = receipts.lines(documents, places)
        receipts.intend(self.root, run, batch, content)
        try:
            _write([(document, path) for document, path in pairs if not path.exists()])
            return receipts.leave(self.root, run, batch)
        except OSError as error:
            raise CannotWriteError(path=self.root, reason=why(error)) from None

    def revert(self, run: int, batch: int) -> None:
        """Take the files of a batch away, those that are as they were written."""
        receipt = receipts.of(self.root, run, batch)
        if receipt is None:
            return
        told = list(receipts.rows(receipt))
        wrong = [place for _, sha, place in told if _hash(self.root / place) not in {sha, None}]
        if wrong:
            raise OtherTargetError(target=self.root, count=len(wrong))
        try:
            for _, _, place in told:
                (self.root / place).unlink(missing_ok=True)
            for parent in sorted({(self.root / place).parent for _, _, place in told}):
                receipts.prune(parent, self.root)
            receipts.drop(self.root, run, batch)
        except OSError as error:
            raise CannotWriteError(path=self.root, reason=why(error)) from None

    def finish(self) -> None:
        """Write the manifest, and drop what an interrupted run left half written."""
        for path in self.root.rglob(f"*{_TEMPORARY}"):
            path.unlink()
        receipts.tidy(self.root)
        receipts.write_manifest(self.root)

    def held(self) -> Iterator[tuple[str, bytes]]:
        """Yield identifier and content of every file."""
        for path in sorted(self.root.glob("*/*/*.json")):
            yield path.stem, path.read_bytes()

    def receipts(self) -> dict[tuple[int, int], str]:
        """Return the hashes of the receipts."""
        return receipts.sums(self.root)


def _place(kind: str, target_id: str) -> str:
    """Return the place of a document; the first digits of a hash spread the files.

    >>> _place("decision", "1.2.246.10.1.95.7")
    'decision/58/1.2.246.10.1.95.7.json'
    """
    shard = hashlib.sha256(target_id.encode()).hexdigest()[:2]
    return f"{kind}/{shard}/{target_id}.json"


def _write(fresh: Sequence[tuple[Document, Path]]) -> None:
    """Write files beside their places, wait for the disk, and only then give them their names.

    First all are written, then waited for, several at a time: a disk waits once for many.
    """
    folders = {path.parent for _, path in fresh}
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    for document, path in fresh:
        with open(f"{path}{_TEMPORARY}", "wb", buffering=0) as stream:  # noqa: PTH123 - three times as quick
            stream.write(document.content)
    with ThreadPoolExecutor(_WAITING) as pool:
        for _ in pool.map(_name, (path for _, path in fresh)):
            pass
        for _ in pool.map(receipts.sync, folders):
            pass


def _name(path: Path) -> None:
    """Wait until what was written beside *path* is on the disk, and give it its name."""
    temporary = f"{path}{_TEMPORARY}"
    _flush(temporary)
    os.replace(temporary, path)  # noqa: PTH105 - three times as quick


def _flush(path: str) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _hash(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
