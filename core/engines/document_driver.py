"""The driver of documents: pieces in order, in this process or in several.

Parsing and validating hold the interpreter's lock, so more jobs mean more processes here; each
reads its pieces itself, and only findings travel.
"""

import hashlib
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import msgspec
import polars as pl

from kirjaamo import findings, messages
from kirjaamo.documents.model import Raw
from kirjaamo.documents.reading import Lines, Piece, line_count, pieces, read
from kirjaamo.engines.documents import Checker, Finding, Library
from kirjaamo.engines.errors import WorkerEndedError
from kirjaamo.engines.local import ordered
from kirjaamo.engines.pack import Context, Missing
from kirjaamo.engines.tally import Progress, Tally, silent
from kirjaamo.rules import Kind, Rule
from kirjaamo.run import SourceSummary

FEW = 4
"""Pieces up to which one process is faster: starting others takes about a second."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a piece came to.

    Attributes:
        documents: How many documents it holds.
        lines: How many lines it spans, where its documents are lines.
        sha256: Hash over the documents.
        found: Source, number and findings of each document that has any.
        missing: Rules that could not run: code, reason and facts.
    """

    documents: int
    lines: int
    sha256: str
    found: list[tuple[str, int, list[Finding]]]
    missing: list[tuple[str, str, dict[str, str]]]


class _Here:
    """The checker of this process."""

    checker: Checker | None = None


def _start(library: Library, rules: Sequence[Rule], context: Context, language: str) -> None:
    messages.use(language)
    _Here.checker = Checker(library, rules, context)


def _check(piece: Piece, structure: str) -> Answer:
    """Read and check the documents of a piece."""
    checker = _Here.checker
    assert checker is not None, "started first"  # noqa: S101 - by construction
    digest, count, found = hashlib.sha256(), 0, []
    for raw in read(piece):
        digest.update(raw.content)
        count += 1
        if findings_of := checker.check(_told(raw, structure)):
            found.append((raw.source, raw.number, findings_of))
    lines = line_count(piece) if isinstance(piece, Lines) else 0
    return Answer(count, lines, digest.hexdigest(), found, list(checker.missing()))


Submit = Callable[[Iterable[Piece], str], Iterator[tuple[Piece, Answer]]]


@contextmanager
def _alive() -> Iterator[None]:
    """Say in one sentence that a worker was ended from outside."""
    try:
        yield
    except BrokenProcessPool:
        raise WorkerEndedError from None


@contextmanager
def _engine(
    library: Library, rules: Sequence[Rule], context: Context, jobs: int
) -> Iterator[Submit]:
    """Give a function that checks pieces in order, with *jobs* processes."""
    start = (library, rules, context, messages.language())
    if jobs <= 1:
        _start(*start)
        yield lambda work, structure: ((piece, _check(piece, structure)) for piece in work)
        return
    spawn = multiprocessing.get_context("spawn")
    with (
        _alive(),
        ProcessPoolExecutor(jobs, spawn, initializer=_start, initargs=start) as pool,
    ):
        yield lambda work, structure: ordered(
            work, lambda piece: pool.submit(_check, piece, structure), jobs * 2
        )


def add_documents(  # noqa: PLR0913 - each is a choice of the caller, all but three by name
    tally: Tally,
    paths: Iterable[Path],
    rules: Sequence[Rule],
    *,
    library: Library,
    context: Context,
    structure: str = "",
    jobs: int = 1,
    progress: Progress = silent,
) -> None:
    """Check the documents of files and folders into a tally.

    Args:
        tally: Where findings and counts go.
        paths: Files and folders.
        rules: The rules that were selected; only document rules are used.
        library: The structures.
        context: The day of the check, the code lists and the thresholds.
        structure: OID of the structure of documents whose container tells none.
        jobs: How many processes.
        progress: Told of every finished batch.
    """
    mine = [rule for rule in rules if rule.kind is Kind.DOCUMENT]
    described = _described(mine)
    chosen = tuple(paths)
    few = sum(1 for _ in islice(chain.from_iterable(map(pieces, chosen)), FEW + 1)) <= FEW
    with _engine(library, mine, context, 1 if few else jobs) as submit:
        for path in chosen:
            digest, count, above = hashlib.sha256(), 0, Counter[str]()
            for piece, answer in submit(pieces(path), structure):
                lines = above[piece.name] if isinstance(piece, Lines) else 0
                tally.add(_table(answer.found, lines, described, library))
                _note(tally, answer, mine)
                if isinstance(piece, Lines):
                    above[piece.name] += answer.lines
                digest.update(answer.sha256.encode())
                count += answer.documents
                progress(path.name, answer.documents)
            tally.sources.append(
                SourceSummary(path.name, str(path), "", (), count, digest.hexdigest())
            )
    tally.ran.update(rule.code for rule in mine)


def _told(raw: Raw, structure: str) -> Raw:
    if raw.structure or not structure:
        return raw
    return msgspec.structs.replace(raw, structure=structure)


def _note(tally: Tally, answer: Answer, rules: Sequence[Rule]) -> None:
    by_code = {rule.code: rule for rule in rules}
    for code, reason, facts in answer.missing:
        tally.reasons[code][str(Missing(by_code[code], reason, facts))] = None


def _described(rules: Sequence[Rule]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "rule": [rule.code for rule in rules],
            "severity": [str(rule.severity) for rule in rules],
            "cause": [str(rule.cause) for rule in rules],
        },
        schema={"rule": pl.String, "severity": pl.String, "cause": pl.String},
    )


def _table(
    found: Iterable[tuple[str, int, list[Finding]]],
    above: int,
    described: pl.DataFrame,
    library: Library,
) -> pl.DataFrame:
    """Return the findings of a piece, with *above* lines before it, as a table."""
    rows = [
        (source, oid, number + above, place, library.field_name(oid, place), rule, parameters)
        for source, number, of in found
        for oid, place, rule, parameters in of
    ]
    names = ("source", "table", "row", "field", "column", "rule", "parameters")
    schema = {name: findings.SCHEMA[name] for name in names}
    table = pl.DataFrame(rows, schema=schema, orient="row")
    return table.join(described, on="rule", how="inner", maintain_order="left").select(
        findings.SCHEMA.names()
    )
