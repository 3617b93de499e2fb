"""The driver of documents: batches in order, in this process or in several.

Parsing and validating hold the interpreter's lock, so more jobs mean more processes here.
"""

import hashlib
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import polars as pl

from kirjaamo import findings, messages
from kirjaamo.documents.model import Raw
from kirjaamo.documents.reading import documents
from kirjaamo.engines.documents import Checker, Finding, Library, batches
from kirjaamo.engines.local import ordered
from kirjaamo.engines.pack import Context, Missing
from kirjaamo.engines.tally import Progress, Tally, silent
from kirjaamo.rules import Kind, Rule
from kirjaamo.run import SourceSummary

BATCH_DOCUMENTS, BATCH_BYTES = 1000, 16 << 20
"""A batch ends at so many documents or bytes, whichever comes first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a batch came to: findings per document, and rules that could not run."""

    found: list[list[Finding]]
    missing: list[tuple[str, str, dict[str, str]]]


class _Here:
    """The checker of this process."""

    checker: Checker | None = None


def _start(library: Library, rules: Sequence[Rule], context: Context, language: str) -> None:
    messages.use(language)
    _Here.checker = Checker(library, rules, context)


def _check(batch: list[Raw]) -> Answer:
    checker = _Here.checker
    assert checker is not None, "started first"  # noqa: S101 - by construction
    return Answer([checker.check(raw) for raw in batch], list(checker.missing()))


Submit = Callable[[Iterable[list[Raw]]], Iterator[tuple[list[Raw], Answer]]]


@contextmanager
def _engine(
    library: Library, rules: Sequence[Rule], context: Context, jobs: int
) -> Iterator[Submit]:
    """Give a function that checks batches in order, with *jobs* processes."""
    start = (library, rules, context, messages.language())
    if jobs <= 1:
        _start(*start)
        yield lambda work: ((batch, _check(batch)) for batch in work)
        return
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, spawn, initializer=_start, initargs=start) as pool:
        yield lambda work: ordered(work, lambda batch: pool.submit(_check, batch), jobs * 2)


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
    with _engine(library, mine, context, jobs) as submit:
        for path in paths:
            raws = (_told(raw, structure) for raw in documents(path))
            digest, count = hashlib.sha256(), 0
            for batch, answer in submit(batches(raws, BATCH_DOCUMENTS, BATCH_BYTES)):
                tally.add(_table(batch, answer.found, described, library))
                _note(tally, answer, mine)
                for raw in batch:
                    digest.update(raw.content)
                count += len(batch)
                progress(path.name, len(batch))
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
    batch: Sequence[Raw],
    found: Sequence[Sequence[Finding]],
    described: pl.DataFrame,
    library: Library,
) -> pl.DataFrame:
    """Return the findings of a batch as a table."""
    rows = [
        (raw.source, oid, raw.number, place, library.field_name(oid, place), rule, parameters)
        for raw, of in zip(batch, found, strict=True)
        for oid, place, rule, parameters in of
    ]
    names = ("source", "table", "row", "field", "column", "rule", "parameters")
    schema = {name: findings.SCHEMA[name] for name in names}
    table = pl.DataFrame(rows, schema=schema, orient="row")
    return table.join(described, on="rule", how="inner", maintain_order="left").select(
        findings.SCHEMA.names()
    )
