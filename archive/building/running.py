"""Building whole sources: jobs, files, held documents, provenance.

Documents are built in the order of their cases, in this process or in several.  The files
appear together when all are built; an interrupted build leaves nothing.
"""

import hashlib
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import msgspec
import polars as pl

from kirjaamo import messages
from kirjaamo.archive.building.cases import Case
from kirjaamo.archive.building.ground import Ground
from kirjaamo.archive.building.making import Built, Maker
from kirjaamo.archive.building.reasons import REASONS, Fault
from kirjaamo.archive.checking import Means
from kirjaamo.archive.packages.bagging import beside
from kirjaamo.archive.packages.errors import NotEmptyError
from kirjaamo.engines.local import ordered
from kirjaamo.files import replacing
from kirjaamo.messages import gettext
from kirjaamo.tabular import write_csv_header, write_csv_rows

TOGETHER = 200
"""Documents that a process makes at once."""

COLUMNS = ("source", "row", "field", "reason", "sentence")
"""Columns of the list of held documents."""

Made = list[tuple[str, int, Built | list[Fault]]]
"""Place and row of each case, and what became of it."""


@dataclass(frozen=True, slots=True)
class Output:
    """Where a build is written.

    Attributes:
        folder: New folder for documents and frames.
        held: File for the list of held documents; None for none.
        provenance: File that tells where every field came from; None for none.
    """

    folder: Path
    held: Path | None = None
    provenance: Path | None = None


@dataclass(slots=True)
class Outcome:
    """What became of a build.

    Attributes:
        built: Documents that were built.
        held: Documents that were held.
        faults: Field and reason to how many documents it holds.
        bytes: Bytes of documents and frames.
    """

    built: int = 0
    held: int = 0
    faults: Counter[Fault] = field(default_factory=Counter)
    bytes: int = 0


def made(cases: Iterable[Case], maker: Maker, jobs: int) -> Iterator[Made]:
    """Yield what becomes of cases, in their order, some at a time."""
    chunks = _chunks(cases)
    if jobs <= 1:
        for chunk in chunks:
            yield _make(maker, chunk)
        return
    spawn = multiprocessing.get_context("spawn")
    ground = maker.ground
    facts = (ground.settings, ground.codes, ground.structures, ground.made, ground.folder)
    start = (facts, maker.means, messages.language())
    with ProcessPoolExecutor(jobs, spawn, initializer=_start, initargs=start) as pool:
        for _, found in ordered(chunks, lambda chunk: pool.submit(_work, chunk), jobs):
            yield found


def _chunks(cases: Iterable[Case]) -> Iterator[list[Case]]:
    waiting = iter(cases)
    while chunk := [*islice(waiting, TOGETHER)]:
        yield chunk


def _make(maker: Maker, chunk: list[Case]) -> Made:
    """Build some cases, then check them: each kind of work finds its own things near."""
    built = [maker.build(case) for case in chunk]
    return [
        (case.place, case.row, maker.checked(one))
        for case, one in zip(chunk, built, strict=True)
    ]


_own: list[Maker] = []
"""The maker of a worker process."""


def _start(facts: tuple[object, ...], means: Means | None, language: str) -> None:
    messages.use(language)
    fresh = None if means is None else replace(means, moulds={})
    _own[:] = [Maker(Ground(*facts), fresh)]  # type: ignore[arg-type]  # as `made` gives them


def _work(chunk: list[Case]) -> Made:
    return _make(_own[0], chunk)


def run(
    cases: Iterable[Case],
    maker: Maker,
    output: Output,
    *,
    jobs: int = 1,
    told: Callable[[str, int], None] = lambda _name, _count: None,
) -> Outcome:
    """Build every case into a folder, and return what became of them.

    Raises:
        NotEmptyError: The folder holds something.
        CannotWriteError: There is no space or no permission.
    """
    target = output.folder
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise NotEmptyError(folder=target)
    outcome, seen = Outcome(), set[bytes]()
    with ExitStack() as stack:
        held = stack.enter_context(replacing(output.held)) if output.held else None
        if held is not None:
            write_csv_header(held, COLUMNS)
        source = output.provenance
        provenance = stack.enter_context(replacing(source)) if source else None
        place = stack.enter_context(beside(target))
        for chunk in made(cases, maker, jobs):
            faults = [*_written(chunk, place, outcome, seen, provenance)]
            if held is not None and faults:
                _tell_held(held, faults)
            told(target.name, len(chunk))
    return outcome


def _written(
    chunk: Made, place: Path, outcome: Outcome, seen: set[bytes], provenance: BinaryIO | None
) -> Iterator[tuple[str, int, Fault]]:
    """Write what was built, and yield what holds the rest."""
    for source, row, found in chunk:
        faults = found if isinstance(found, list) else _twice(found, seen)
        if isinstance(found, list) or faults:
            outcome.held += 1
            outcome.faults.update(faults)
            yield from ((source, row, fault) for fault in faults)
            continue
        outcome.built += 1
        outcome.bytes += len(found.cda) + len(found.frame)
        put(place, found)
        if provenance is not None:
            told = {"document": found.oid, "fields": dict(sorted(found.origins.items()))}
            provenance.write(msgspec.json.encode(told) + b"\n")


def _twice(found: Built, seen: set[bytes]) -> list[Fault]:
    """Return the fault of a document whose identifier was built before."""
    key = hashlib.blake2b(found.oid.encode(), digest_size=8).digest()
    if key in seen:
        return [Fault("document_id", "file-twice")]
    seen.add(key)
    return []


def put(place: Path, found: Built) -> None:
    """Write a document and its frame; the first digits of a hash spread the files."""
    shard = hashlib.sha256(found.oid.encode()).hexdigest()[:2]
    for name, content in (("documents", found.cda), ("frames", found.frame)):
        folder = place / name / shard
        path = folder / f"{found.oid}.xml"
        try:
            path.write_bytes(content)
        except FileNotFoundError:
            folder.mkdir(parents=True)
            path.write_bytes(content)


def _tell_held(stream: BinaryIO, faults: list[tuple[str, int, Fault]]) -> None:
    rows = [
        (source, row, fault.field, fault.reason, gettext(REASONS[fault.reason]))
        for source, row, fault in faults
    ]
    write_csv_rows(stream, pl.DataFrame(rows, COLUMNS, orient="row"))
