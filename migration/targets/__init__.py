"""Targets: where documents are put, so that doing it twice is the same as doing it once.

A target takes a batch whole and leaves a receipt; the receipt is the last thing written.  The
list of everything it holds (``manifest-sha256.txt``, or the table of receipts) comes last of
all.  What another hand put there is never overwritten.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kirjaamo.migration.errors import UnknownTargetError

FILES = ("folder", "jsonl", "zip")
"""Targets that are files in a folder."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document to put into a target.

    Attributes:
        target_id: Its OID.
        kind: Table of the old record.
        structure: OID of its structure, "" for settings.
        delivered: Whether the client has the decision already: it is never sent again.
        sha256: Hash of the content.
        content: JSON in UTF-8.
    """

    target_id: str
    kind: str
    structure: str
    delivered: bool
    sha256: str
    content: bytes


class Target(Protocol):
    """What every target offers."""

    def apply(self, run: int, batch: int, documents: Sequence[Document]) -> str:
        """Put the documents of a batch, whole, and return the hash of the receipt.

        Raises:
            OtherTargetError: Something else stands where a document would go.
            CannotWriteError: No permission or no space.
        """

    def revert(self, run: int, batch: int) -> None:
        """Take a batch away, so that the target is as it was before it."""

    def finish(self) -> None:
        """Write the list of what the target holds, and what is made of all batches."""

    def held(self) -> Iterator[tuple[str, bytes]]:
        """Yield identifier and content of every document that stands in the target."""

    def receipts(self) -> dict[tuple[int, int], str]:
        """Return run and batch to the hash of the receipt that the target has."""


@contextmanager
def open_target(form: str, place: Path) -> Iterator[Target]:
    """Open a target.

    Args:
        form: A word of `FILES`, or a database URL.
        place: Folder of the target, when it is no database.

    Raises:
        UnknownTargetError: There is no such target.
    """
    if form == "folder":
        from kirjaamo.migration.targets.folder import Folder

        yield Folder(place)
    elif form in FILES:
        from kirjaamo.migration.targets.segments import Segments

        yield Segments(place, form)
    elif "://" in form:
        from kirjaamo.migration.targets.database import open_database

        with open_database(form) as target:
            yield target
    else:
        raise UnknownTargetError(name=form)
