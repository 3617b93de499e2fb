"""The driver: everything that must be in order, around the pure kernel.

It cuts sources into units, numbers their lines by prefix sum, keeps findings in order, runs the
table rules on the columns they need, sets known findings aside, and makes the `Run`.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

import polars as pl

from kirjaamo import findings, records
from kirjaamo.engines import kernel, tables
from kirjaamo.engines.local import in_order
from kirjaamo.engines.pack import Context
from kirjaamo.engines.planning import Model, Planned, Source, plan
from kirjaamo.engines.tally import Progress, Tally, silent
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import Rule
from kirjaamo.run import Run, SourceSummary
from kirjaamo.sources import Unit
from kirjaamo.sources.formats import UNIT_SIZE
from kirjaamo.waivers import Known


def check(  # noqa: PLR0913 - each is a choice of the caller, all but two by name
    sources: Sequence[Source],
    rules: Sequence[Rule],
    *,
    context: Context,
    model: Model | None = None,
    known: Known | None = None,
    jobs: int = 1,
    size: int = UNIT_SIZE,
    progress: Progress = silent,
) -> Run:
    """Check the tables of *sources* against *rules*.

    Args:
        sources: What to read.
        rules: The rules that were selected.
        context: The day of the check, the code lists and the thresholds.
        model: The record model; the eleven tables unless given.
        known: Waivers and baseline.
        jobs: How many units are read at once.
        size: Bytes of a unit.
        progress: Told of every finished unit.

    Raises:
        KirjaamoError: A source cannot be read.
    """
    tally = Tally(known or Known())
    add_tables(
        tally, sources, rules,
        context=context, model=model, jobs=jobs, size=size, progress=progress,
    )  # fmt: skip
    return tally.finish(rules, context)


def add_tables(  # noqa: PLR0913 - as `check`
    tally: Tally,
    sources: Sequence[Source],
    rules: Sequence[Rule],
    *,
    context: Context,
    model: Model | None = None,
    jobs: int = 1,
    size: int = UNIT_SIZE,
    progress: Progress = silent,
) -> None:
    """Check tables as `check` does, into a tally that other work is added to as well."""
    chosen = model or records.tables()
    kept: dict[str, dict[str, list[pl.DataFrame]]] = defaultdict(lambda: defaultdict(list))
    read = partial(_read, jobs=jobs, size=size, tally=tally, progress=progress)
    for source in sources:
        planned = plan(source, rules, chosen, context)
        _note(tally, planned)
        tally.sources += read(source, planned, kept=kept[source.profile.system])
    for system, parts in kept.items():
        mine = [source for source in sources if source.profile.system == system]
        _add_answers(tally, tables.run(mine, parts, rules, model=chosen, context=context))


def _note(tally: Tally, planned: Planned) -> None:
    """Remember which rules run and why others do not."""
    tally.ran.update(flag.rule.code for flag in planned.flags)
    for missing in planned.missing:
        tally.reasons[missing.rule.code][str(missing)] = None


def _read(  # noqa: PLR0913 - the state of the run, by name
    source: Source,
    planned: Planned,
    *,
    jobs: int,
    size: int,
    tally: Tally,
    kept: dict[str, list[pl.DataFrame]],
    progress: Progress,
) -> Iterator[SourceSummary]:
    """Run the kernel over a source and yield a summary for each name it goes by."""
    units = source.units(size)
    results = in_order(units, partial(kernel.run, plan=planned.plan), jobs)
    described: dict[str, pl.DataFrame] = {}
    counts: dict[str, _Count] = {}
    for unit, outcome in results:
        count = counts.setdefault(unit.source, _Count(unit))
        if unit.source not in described:
            described[unit.source] = planned.describe(unit.source)
        tally.add(_findings(outcome.hits, described[unit.source], count.lines))
        for table, frame in outcome.kept.items():
            kept[table].append(_placed(frame, unit.source, count.lines))
        tally.failed.update(planned.flags[number].rule.code for number in outcome.broken)
        count.add(outcome)
        progress(unit.source, outcome.records)
    yield from (_summary(source, count) for count in counts.values())


@dataclass(slots=True)
class _Count:
    """Lines and records of a source so far."""

    unit: Unit
    lines: int = 0
    records: int = 0
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def add(self, outcome: kernel.Outcome) -> None:
        self.lines += outcome.rows
        self.records += outcome.records
        self.digest.update(outcome.sha256.encode())


def _findings(hits: pl.DataFrame, described: pl.DataFrame, lines: int) -> pl.DataFrame:
    """Return findings from hits: what each flag is, at the row a person sees."""
    if not hits.height:
        return findings.empty()
    rows = hits.select((pl.col("row") + lines + 1).alias("row"))
    return described[hits["flag"]].with_columns(rows["row"]).select(findings.SCHEMA.names())


def _placed(frame: pl.DataFrame, source: str, lines: int) -> pl.DataFrame:
    """Return kept columns with the place columns of the record model."""
    return frame.with_columns(pl.lit(source).alias(SOURCE), pl.col(ROW) + lines + 1)


def _add_answers(tally: Tally, answers: Sequence[tables.Answer]) -> None:
    for answer in answers:
        if answer.reason:
            tally.reasons[answer.rule.code][answer.reason] = None
        elif answer.failed:
            tally.failed.add(answer.rule.code)
        else:
            tally.ran.add(answer.rule.code)
            tally.add(answer.findings)


def _summary(source: Source, count: _Count) -> SourceSummary:
    part = source.part
    columns = {
        f"{table}.{name}": mapped.column(name).column
        for table, mapped in part.tables.items()
        for name in mapped.fields
    }
    return SourceSummary(
        source=count.unit.source,
        location=source.location,
        system=source.profile.system,
        tables=tuple(part.tables),
        rows=count.records,
        sha256=count.digest.hexdigest(),
        encoding=count.unit.encoding,
        delimiter=count.unit.delimiter,
        columns=columns,
    )
