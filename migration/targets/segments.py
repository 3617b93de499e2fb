"""One file of all documents, as JSON lines or as a zip, made of a segment for each batch.

Segments are written whole; the one file is made of them when a run ends, in the order of runs
and batches, so that it holds the same bytes however often that was interrupted.
"""

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kirjaamo.errors import CannotWriteError
from kirjaamo.files import replacing, why, write
from kirjaamo.migration.errors import OtherTargetError
from kirjaamo.migration.targets import Document, receipts

NAMES = {"jsonl": "documents.jsonl", "zip": "documents.zip"}
"""Target to the name of its file."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every member, so that the same documents give the same bytes."""


class Line(msgspec.Struct, frozen=True):
    """A line of JSON lines: a document and what stands beside it."""

    id: str
    kind: str
    structure: str
    delivered: bool
    document: msgspec.Raw


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Line).decode


@dataclass(frozen=True, slots=True)
class Segments:
    """A file made of segments.

    Attributes:
        root: Folder of the file.
        form: ``jsonl`` or ``zip``.
    """

    root: Path
    form: str

    def apply(self, run: int, batch: int, documents: Sequence[Document]) -> str:
        """Write the segment of a batch, then the receipt."""
        lines = b"".join(_encode(_line(document)) + b"\n" for document in documents)
        places = [f"{document.kind}/{document.target_id}.json" for document in documents]
        receipts.intend(self.root, run, batch, receipts.lines(documents, places))
        write(self._segment(run, batch), lines)
        return receipts.leave(self.root, run, batch)

    def revert(self, run: int, batch: int) -> None:
        """Take the segment of a batch away, when it is as it was written."""
        receipt = receipts.of(self.root, run, batch)
        if receipt is None:
            return
        told = [(target_id, sha256) for target_id, sha256, _ in receipts.rows(receipt)]
        segment = self._segment(run, batch)
        if segment.exists() and [(line.id, _sum(line)) for line in _lines(segment)] != told:
            raise OtherTargetError(target=self.root, count=len(told))
        try:
            segment.unlink(missing_ok=True)
            receipts.prune(segment.parent, self.root)
            receipts.drop(self.root, run, batch)
        except OSError as error:
            raise CannotWriteError(path=self.root, reason=why(error)) from None

    def finish(self) -> None:
        """Make the one file of all segments, and the manifest."""
        receipts.tidy(self.root)
        path = self.root / NAMES[self.form]
        segments = [self._segment(*key) for key in receipts.found(self.root)]
        if not segments:
            path.unlink(missing_ok=True)
        else:
            with replacing(path) as stream:
                if self.form == "jsonl":
                    for segment in segments:
                        stream.write(segment.read_bytes())
                else:
                    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
                        _fill(archive, segments)
        receipts.write_manifest(self.root)

    def held(self) -> Iterator[tuple[str, bytes]]:
        """Yield identifier and content of every document in the one file."""
        path = self.root / NAMES[self.form]
        if not path.exists():
            return
        if self.form == "jsonl":
            yield from self._as_written(path)
            return
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield Path(name).stem, archive.read(name)

    def _as_written(self, path: Path) -> Iterator[tuple[str, bytes]]:
        """Yield the documents of a file of lines; a line that was changed beside it, as it is."""
        every = receipts.found(self.root).values()
        told = {one.target_id: one for receipt in every for one in receipts.entries(receipt)}
        with path.open("rb") as stream:
            for raw in stream:
                line = _decode(raw)
                found = told.get(line.id)
                same = _encode(line) + b"\n" == raw and found is not None and found.is_as(line)
                yield line.id, bytes(line.document) if same else raw

    def receipts(self) -> dict[tuple[int, int], str]:
        """Return the hashes of the receipts."""
        return receipts.sums(self.root)

    def _segment(self, run: int, batch: int) -> Path:
        return self.root / receipts.SEGMENTS / receipts.name(run, batch, ".jsonl")


def _line(document: Document) -> Line:
    return Line(
        document.target_id, document.kind, document.structure, document.delivered,
        msgspec.Raw(document.content),
    )  # fmt: skip


def _lines(path: Path) -> Iterator[Line]:
    with path.open("rb") as stream:
        yield from map(_decode, stream)


def _sum(line: Line) -> str:
    return hashlib.sha256(line.document).hexdigest()


def _fill(archive: zipfile.ZipFile, segments: Sequence[Path]) -> None:
    for segment in segments:
        for line in _lines(segment):
            member = zipfile.ZipInfo(f"{line.kind}/{line.id}.json", EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            archive.writestr(member, bytes(line.document))
