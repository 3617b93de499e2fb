"""Whether a document, a folder of signed documents or a bag is as it was signed and packed.

Three layers find three kinds of changes, and each finding says which found it:

* the *signature* finds changes of the body and of the time of signing, and proves who signed;
* the *hash* of the whole file (manifest beside the documents, manifests of a bag) finds every
  changed byte, also in the header and where XML would call two forms equal;
* the *ledger* knows the hash of every document and bag, so that a manifest made anew is found.

A document without any hash of the whole file is never called whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import bagit
import msgspec
import polars as pl

from kirjaamo.archive.packages import contents, files, opening
from kirjaamo.archive.packages.bagging import INDEX, TAG_MANIFEST
from kirjaamo.archive.packages.contents import Entry
from kirjaamo.archive.packages.errors import EmptyFolderError, NoPackageError
from kirjaamo.archive.signing import FAULTS, Trust
from kirjaamo.archive.signing import verify as verify_signatures
from kirjaamo.errors import SettingsError
from kirjaamo.files import why
from kirjaamo.messages import N_, gettext

REASONS: Mapping[str, str] = {
    **FAULTS,
    "missing": N_("it is missing"),
    "extra": N_("it is not in the manifest"),
    "changed": N_("its bytes are others than the manifest says"),
    "unknown": N_("it is neither an archive document nor a frame"),
    "ledger": N_("its bytes are others than the ledger knows"),
    "unlisted": N_("the ledger does not know it"),
    "index": N_("the index does not say of it what it holds"),
    "bag": N_("the bag is not made as a bag must be"),
    "hashless": N_("nothing here tells the hash of the whole file, so a changed header stays unseen"),
}  # fmt: skip
"""What can be wrong: word to sentence."""

Layer = str
"""``signature``, ``hash``, ``ledger``, ``index`` or ``form``."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that is not as it was signed and packed.

    Attributes:
        file: The file, below what was verified.
        layer: What found it.
        reason: A word of `REASONS`.
    """

    file: str
    layer: Layer
    reason: str

    def __str__(self) -> str:
        """Return the sentence in the language in use."""
        return gettext(REASONS[self.reason])


@dataclass(slots=True)
class Verdict:
    """What verifying gave.

    Attributes:
        documents: Documents whose signatures were computed.
        found: What is wrong.
        hashed: Whether a hash of every whole file was there to compare.
        entries: The files, where they could be read.
        hash: Hash of the bag, if it is one.
    """

    documents: int = 0
    found: list[Found] = field(default_factory=list)
    hashed: bool = False
    entries: list[Entry] = field(default_factory=list)
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What is verified against.

    Attributes:
        trust: Whose signatures are believed.
        now: No signature may be later.
        known: What the ledger knows: document identifier to SHA-256; None without a ledger.
    """

    trust: Trust
    now: datetime
    known: Mapping[str, str] | None = None


def verify(path: Path, grounds: Grounds) -> Verdict:
    """Return whether a document, folder or bag is as it was signed and packed.

    Raises:
        NoPackageError: A zip file is no package.
        EmptyFolderError: There is no document.
        UnsafeNameError: A name is not safe.
        SettingsError: A file cannot be read.
    """
    if opening.is_bag(path):
        with opening.opened(path) as bag:
            return _bag(bag, grounds)
    if path.is_dir():
        return _folder(path, grounds)
    return _single(path, grounds)


def document(
    name: str, content: bytes, sha256: str | None, grounds: Grounds
) -> Iterator[Found]:
    """Yield what is wrong with one document, layer by layer.

    Args:
        name: What it is called.
        content: Its bytes.
        sha256: The hash that it should have, where that is told.
        grounds: What it is verified against.
    """
    entry = contents.entry(name, content)
    if entry is None:
        yield Found(name, "form", "xml" if name.endswith(".xml") else "unknown")
    yield from _judged(name, content, entry, sha256, grounds)


def _judged(
    name: str, content: bytes, entry: Entry | None, sha256: str | None, grounds: Grounds
) -> Iterator[Found]:
    actual = files.digest(content)
    if sha256 is not None and actual != sha256:
        yield Found(name, "hash", "changed")
    if entry is None or entry.kind != "document":
        return
    verified = verify_signatures(content, grounds.trust, now=grounds.now)
    yield from (Found(name, "signature", fault) for fault in verified.faults)
    if grounds.known is not None:
        known = grounds.known.get(entry.document_id)
        if known != actual:
            yield Found(name, "ledger", "unlisted" if known is None else "ledger")


def _single(path: Path, grounds: Grounds) -> Verdict:
    """Verify one file; the manifest in its folder tells its hash, or the ledger does."""
    content = _read(path)
    beside = path.parent / files.MANIFEST
    told = files.read_manifest(beside).get(path.name) if beside.is_file() else None
    verdict = Verdict(hashed=told is not None or grounds.known is not None)
    verdict.found += document(path.name, content, told, grounds)
    verdict.documents = 1
    if not verdict.hashed:
        verdict.found.append(Found(path.name, "hash", "hashless"))
    return verdict


def _folder(folder: Path, grounds: Grounds) -> Verdict:
    """Verify signed documents and the manifest beside them."""
    beside = folder / files.MANIFEST
    told = files.read_manifest(beside) if beside.is_file() else None
    names = list(files.listed(folder))
    verdict = Verdict(hashed=told is not None or grounds.known is not None)
    if told is not None:
        verdict.found += _differences(set(names), set(told))
    for name in names:
        _one(verdict, folder, name, (told or {}).get(name), grounds)
    if not verdict.hashed:
        verdict.found.append(Found(folder.name, "hash", "hashless"))
    if not verdict.documents:
        raise EmptyFolderError(folder=folder)
    return verdict


def _differences(here: set[str], told: set[str]) -> Iterator[Found]:
    yield from (Found(name, "hash", "missing") for name in sorted(told - here))
    yield from (Found(name, "hash", "extra") for name in sorted(here - told))


def _one(
    verdict: Verdict, folder: Path, name: str, sha256: str | None, grounds: Grounds
) -> None:
    content = _read(folder / name)
    entry = contents.entry(name, content)
    if entry is None:
        verdict.found.append(Found(name, "form", "unknown"))
    else:
        verdict.entries.append(entry)
        verdict.documents += entry.kind == "document"
    verdict.found += _judged(name, content, entry, sha256, grounds)


def _bag(bag: Path, grounds: Grounds) -> Verdict:
    """Verify a bag: its manifests, its index, and every document in it."""
    tags, payload = _manifests(bag)
    names = {name for name in (*files.listed(bag), files.MANIFEST) if name != TAG_MANIFEST}
    verdict = Verdict(hashed=True, hash=files.sha256(bag / TAG_MANIFEST))
    verdict.found += _differences(names, {*tags, *payload})
    for name in sorted(tags.keys() & names):
        if files.sha256(bag / name) != tags[name]:
            verdict.found.append(Found(name, "hash", "changed"))
    for name in sorted(name for name in names if name.startswith("data/")):
        _one(verdict, bag, name, payload.get(name), grounds)
    verdict.found += _index(bag, verdict.entries)
    if not verdict.found and not bagit.Bag(str(bag)).is_valid(completeness_only=True):
        verdict.found.append(Found(bag.name, "form", "bag"))
    return verdict


def _manifests(bag: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Return the hashes of a bag's own files and of its payload."""
    try:
        tags, payload = (files.read_manifest(bag / n) for n in (TAG_MANIFEST, files.MANIFEST))
    except SettingsError as error:
        raise NoPackageError(place=bag, reason=str(error.facts["reason"])) from None
    wrong = [name for name in payload if not name.startswith("data/")]
    if wrong or any(name.startswith("data/") for name in tags):
        raise NoPackageError(place=bag, reason=gettext(REASONS["bag"]))
    return tags, payload


def _index(bag: Path, entries: list[Entry]) -> Iterator[Found]:
    """Yield the files of which the index says something else than they hold."""
    name = f"{INDEX}.parquet"
    try:
        told = pl.read_parquet(bag / name)
        rows = {row["file"]: row for row in told.iter_rows(named=True)}
    except (pl.exceptions.PolarsError, OSError, KeyError):
        yield Found(name, "index", "index")
        return
    for entry in entries:
        held = msgspec.structs.asdict(entry) | {"file": entry.file.removeprefix("data/")}
        if rows.pop(held["file"], None) != held:
            yield Found(entry.file, "index", "index")
    yield from (Found(name, "index", "index") for name in sorted(rows))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(file=path, reason=why(error)) from None
