"""The steps of a hand-over: sign a folder, pack it, let a package go on.

Each step leaves its place whole or untouched, and tells the ledger.
"""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from kirjaamo.archive.packages import bagging, contents, files, lifecycle, opening, records
from kirjaamo.archive.packages import verifying as checks
from kirjaamo.archive.packages.bagging import Bag, Limits
from kirjaamo.archive.packages.errors import (
    DoesNotHoldError,
    EmptyFolderError,
    NoProtocolError,
    NotEmptyError,
    OtherBytesError,
    ProtocolMarksError,
    UnknownFileError,
)
from kirjaamo.archive.packages.records import State
from kirjaamo.archive.packages.verifying import Grounds, Verdict
from kirjaamo.archive.signing import Key, SignatureKind, Signer, sign
from kirjaamo.ledger import Ledger
from kirjaamo.protocol import marks

Sign = Callable[[bytes, str], bytes]
"""Signs the bytes of a document that an error would call so."""


def signing(
    key: Key, kind: SignatureKind, at: dt.datetime, signer: Signer | None = None
) -> Sign:
    """Return what signs documents with a key."""
    return lambda content, place: sign(
        content, key, kind=kind, at=at, signer=signer, place=place
    )


def sign_folder(source: Path, target: Path, signed: Sign, ledger: Ledger | None) -> int:
    """Sign the documents of a folder into a new one, with a manifest, and return their number.

    Frames are copied as they are.

    Raises:
        NotEmptyError: The new folder is not empty.
        EmptyFolderError: There is no document.
        UnknownFileError: A file is neither document nor frame.
        NoDocumentError: A document cannot be signed.
        PackedAlreadyError: A document is packed already.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise NotEmptyError(folder=target)
    with bagging.beside(target) as place:
        hashes: dict[str, str] = {}
        documents: dict[str, str] = {}
        for name in files.listed(source):
            content, document = _signed(source, name, signed)
            path = place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            hashes[name] = files.digest(content)
            if document:
                documents[document] = hashes[name]
        if not documents:
            raise EmptyFolderError(folder=source)
        (place / files.MANIFEST).write_bytes(files.manifest(hashes))
        if ledger is not None:
            lifecycle.complete(ledger, documents)
    return len(documents)


def _signed(source: Path, name: str, signed: Sign) -> tuple[bytes, str]:
    """Return the bytes of a file, signed if it is a document, and the document's identifier."""
    content = (source / name).read_bytes()
    entry = contents.entry(name, content)
    if entry is None:
        raise UnknownFileError(file=source / name)
    if entry.kind == "frame":
        return content, ""
    return signed(content, name), entry.document_id


@dataclass(frozen=True, slots=True)
class Packing:
    """How packages are made.

    Attributes:
        limits: How large each may be.
        prefix: How their names begin.
        facts: What their ``bag-info.txt`` tells beside.
        day: Their day.
        is_zip: Whether each becomes one zip file.
    """

    limits: Limits
    prefix: str
    facts: Mapping[str, str]
    day: dt.date
    is_zip: bool = False


def pack(
    source: Path, target: Path, how: Packing, ledger: Ledger, grounds: Grounds
) -> Iterator[Bag]:
    """Make packages of a folder of signed documents, and yield each when it is whole.

    Raises:
        DoesNotHoldError: A signature or hash does not hold.
        NotCompleteError: A document is not complete in the ledger with these bytes.
        SameDocumentError: Two files are the same document.
        LooseFrameError: A frame belongs to no document.
        NotEmptyError: The place of a package is taken.
    """
    verdict = checks.verify(source, grounds)
    verdict.found = [found for found in verdict.found if found.layer != "ledger"]
    refuse(verdict, source)
    entries = contents.checked(verdict.entries)
    hashes = {one.document_id: one.sha256 for one in entries if one.kind == "document"}
    lifecycle.check_complete(ledger, hashes)
    number = lifecycle.next_number(ledger)
    for place, chosen in enumerate(bagging.divided(entries, how.limits), start=number):
        folder = target / f"{how.prefix}-{place:04}"
        bag = bagging.make(source, chosen, folder, how.facts, how.day)
        lifecycle.packed(ledger, place, bag, how.day.isoformat())
        yield _zipped(bag) if how.is_zip else bag


def _zipped(bag: Bag) -> Bag:
    """Put a zip file in the place of a bag's folder."""
    target = bag.path.with_name(f"{bag.name}.zip")
    opening.write_zip(bag.path, target)
    shutil.rmtree(bag.path)
    return replace(bag, path=target)


def refuse(verdict: Verdict, place: Path) -> None:
    """Refuse what does not hold.

    Raises:
        DoesNotHoldError: Something was found.
    """
    if verdict.found:
        first = verdict.found[0]
        count = len({found.file for found in verdict.found})
        raise DoesNotHoldError(count=count, place=place, file=first.file, reason=str(first))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a step rests on.

    Attributes:
        package: The package itself, folder or zip file.
        file: A file that proves it: the filled protocol, the answer of the receiver.
        statement: On what ground, in words.
    """

    package: Path
    statement: str
    file: Path | None = None


def go_on(ledger: Ledger, state: State, evidence: Evidence, grounds: Grounds) -> str:
    """Let a package take a step, after it was verified once more; return its name.

    Raises:
        UnknownPackageError: The ledger does not know it.
        StepError: It cannot take the step now.
        DoesNotHoldError: It is not as it was packed.
        OtherBytesError: It is another package than the ledger knows.
        NoProtocolError: It is to be tested without a protocol.
        ProtocolMarksError: The protocol is not filled, or tells of a difference.
    """
    name = evidence.package.name.removesuffix(".zip")
    package = records.package(ledger, name)
    lifecycle.check_step(package, state)
    if state is State.TESTED:
        _tested(evidence.file)
    if state is not State.REFUSED:
        verdict = checks.verify(evidence.package, grounds)
        refuse(verdict, evidence.package)
        if verdict.hash != package["sha256"]:
            raise OtherBytesError(place=evidence.package)
    proof = files.sha256(evidence.file) if evidence.file else package["sha256"]
    lifecycle.step(ledger, package, state, evidence.statement, proof)
    return name


def _tested(protocol: Path | None) -> None:
    if protocol is None:
        raise NoProtocolError
    found = marks(protocol)
    if found.different or found.empty or not found.same:
        raise ProtocolMarksError(different=found.different, empty=found.empty, same=found.same)


def unpack(packages: Sequence[Path], target: Path, grounds: Grounds) -> int:
    """Unpack packages into a new folder, verified first, and return how many files there are.

    Raises:
        DoesNotHoldError: A package is not as it was packed.
        KirjaamoError: As `opening.unpack` and `opening.opened`.
    """
    with ExitStack() as stack:
        bags = []
        for package in packages:
            refuse(checks.verify(package, grounds), package)
            bags.append(stack.enter_context(opening.opened(package)))
        return opening.unpack(bags, target)
