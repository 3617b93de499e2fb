"""Checking archive documents: one, or every document of files and folders."""

import importlib
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from kirjaamo.archive.checking.archived import Archived, Means
from kirjaamo.archive.checking.errors import NothingToCheckError
from kirjaamo.archive.checking.layout import INNER
from kirjaamo.archive.fields.filling import Written
from kirjaamo.archive.signing.form import HL7, LARGEST, document_oid, parse
from kirjaamo.rules import Hit, Rule

FRAME, HEAD = b"<RCMR_IN200002FI01", 4096
"""How a frame begins, and bytes of a file that are looked at to tell."""


OF_FORM = frozenset({"MD001", "MD002", "MD007", "MD010", "MD012", "MD015", "MD016", "MD020"})
"""Rules that look at nothing that stands in a slot: what they accept once they accept again."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A place in an archive document that breaks a rule.

    Attributes:
        file: Name of the file, or what the document was called.
        rule: Code of the rule.
        place: Part and path of elements; no value.
        count: How many times the rule is broken there.
    """

    file: str
    rule: str
    place: str
    count: int = 1


@cache
def rules() -> dict[str, Rule]:
    """Return every rule of the family by its code, in code order."""
    from kirjaamo.archive.checking import family

    found = [
        importlib.import_module(info.name).check
        for info in pkgutil.iter_modules(family.__path__, prefix=f"{family.__name__}.")
    ]
    return {rule.code: rule for rule in sorted(found, key=lambda rule: rule.code)}


def check(
    document: bytes | Written,
    frame: bytes | Written | None,
    means: Means,
    name: str = "document",
) -> list[Fault]:
    """Return every fault of a document and its frame, in the order of rules and places.

    Args:
        document: The document: its bytes, or as its template wrote it.
        frame: Its message frame; None when there is none.
        means: Environment, code lists, structures and schemas.
        name: What the document is called in faults.
    """
    archived = Archived(document, frame, means)
    is_accepted = archived.is_accepted
    found = [
        (code, hits)
        for code, asked in _asked(is_accepted)
        if (hits := [hit.path for hit in asked(archived)])
    ]
    if not is_accepted and OF_FORM.isdisjoint(code for code, _ in found):
        archived.remember()
    if not found:
        return []
    return [
        Fault(name, code, place, count)
        for code, hits in found
        for place, count in Counter(hits).items()
    ]


@cache
def _asked(is_accepted: bool) -> tuple[tuple[str, Callable[[Archived], Iterator[Hit]]], ...]:  # noqa: FBT001 - a key of the cache
    """Return the rules to ask: all, or those that look at slots."""
    return tuple(
        (code, rule.check)
        for code, rule in rules().items()
        if not (is_accepted and code in OF_FORM)
    )


def check_files(paths: Sequence[Path], means: Means) -> Iterator[tuple[str, list[Fault]]]:
    """Yield every document of files and folders with its faults; frames are found by their ids.

    A frame without its document is yielded too, as a frame of another document.

    Raises:
        NothingToCheckError: A path holds no document and no frame.
    """
    for name, document, frame in pairs(paths):
        if document is None:
            yield name, [Fault(name, "MD004", "frame: id")]
        else:
            yield name, check(document, frame, means, name)


def pairs(paths: Sequence[Path]) -> Iterator[tuple[str, bytes | None, bytes | None]]:
    """Yield the name and bytes of every document of files and folders with those of its frame.

    A frame without its document comes last, without one.

    Raises:
        NothingToCheckError: A path holds no document and no frame.
    """
    for path in paths:
        found = sorted(path.rglob("*.xml")) if path.is_dir() else [path]
        if not found:
            raise NothingToCheckError(path=path)
        frames = {one: described(root) for one in found if (root := _frame(one)) is not None}
        by_id = {oid: one for one, oid in frames.items()}
        loose = set(frames)
        for one in found:
            if one in frames:
                continue
            content = _read(one)
            root = parse(content)
            frame = by_id.get("" if root is None else document_oid(root))
            loose.discard(frame or one)
            name = one.relative_to(path).as_posix() if path.is_dir() else one.name
            yield name, content, _read(frame) if frame else None
        for one in sorted(loose):
            yield one.name, None, _read(one)


def described(root: etree._Element) -> str:
    """Return the OID of the document that a frame describes, or ""."""
    inner = root.find("/".join(f"{HL7}{step}" for step in INNER.split("/")))
    return "" if inner is None else document_oid(inner)


def _frame(path: Path) -> etree._Element | None:
    """Return the root of a file that is a frame."""
    with path.open("rb") as file:
        if FRAME not in file.read(HEAD):
            return None
    return parse(_read(path))


def _read(path: Path) -> bytes:
    """Return the bytes of a file; one byte too many of those that are too large."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)
