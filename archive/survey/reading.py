"""The records of exports by kind of document, as they stand in the source.

Only local codes, units, days and whether a field is filled are kept: no text, no name of a
person.  A decision whose document is in the export too counts once, as a decision.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from kirjaamo.archive.survey.metadata import AUTHORS, IDS, METADATA, TYPES, has
from kirjaamo.archive.survey.model import COLUMNS, KEY, Survey
from kirjaamo.mappings.occurrences import DAYS, like_a_code
from kirjaamo.mappings.workbook.sheets import named_units
from kirjaamo.records import get
from kirjaamo.sources.canonical import raw, typed
from kirjaamo.sources.formats import Source
from kirjaamo.sources.profile import Profile, TableMap


@dataclass(frozen=True, slots=True)
class Found:
    """What exports hold.

    Attributes:
        records: A row for each record: ``system, table, key, document`` (id of its document),
            ``old, old_name, task, unit, day`` and for each of `METADATA` whether it is filled, in the column `has` names; null where
            the export has no such field.
        cannot: ``(system, table, metadata)`` that a system cannot record, as its profile says.
    """

    records: pl.DataFrame
    cannot: frozenset[tuple[str, str, str]]

    def kinds(self) -> pl.DataFrame:
        """Return a row for each kind, the most frequent first.

        Returns:
            `KEY`, ``old_name``, ``records``, ``first``, ``last`` (years), ``units`` (a text),
            and for each of `METADATA` how many records have it, null where none can.
        """
        counted = self.records.group_by(KEY).agg(
            pl.col("old_name").drop_nulls().mode().sort().first(),
            records=pl.len(),
            first=pl.col("day").dt.year().min(),
            last=pl.col("day").dt.year().max(),
            units=pl.col("unit"),
            **{
                name: pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum())
                for name in map(has, METADATA)
            },
        )
        units = [named_units(row) for row in counted["units"]]
        told = counted.with_columns(pl.Series("units", units, pl.String))
        order = ["records", *KEY]
        return told.sort(order, descending=[True, *[False] * len(KEY)])


def read(sources: Sequence[Source]) -> Found:
    """Return what *sources* hold of documents.

    Raises:
        SourceError: A source cannot be read.
    """
    systems: dict[str, list[Source]] = {}
    for source in sources:
        systems.setdefault(source.profile.system, []).append(source)
    frames = [_system(name, of) for name, of in sorted(systems.items())]
    cannot = {
        (source.profile.system, table, name)
        for source in sources
        for name, one in METADATA.items()
        for table, field in one.fields.items()
        if f"{table}.{field}" in source.profile.cannot_record()
    }
    return Found(pl.concat([pl.DataFrame(schema=_SCHEMA), *frames]), frozenset(cannot))


_SCHEMA = {
    "system": pl.String, "table": pl.String, "key": pl.String, "document": pl.String, "old": pl.String,
    "old_name": pl.String, "task": pl.String, "unit": pl.String, "day": pl.Date,
    **dict.fromkeys(map(has, METADATA), pl.Boolean),
}  # fmt: skip


def _system(name: str, sources: Sequence[Source]) -> pl.DataFrame:
    parts: dict[str, list[pl.DataFrame]] = {}
    for source in sources:
        for table, frame in _read(source):
            parts.setdefault(table, []).append(frame)
    tables = {
        table: _once(pl.concat(frames, how="diagonal")) for table, frames in parts.items()
    }
    workers = tables.pop("worker", None)
    decisions, documents = tables.get("decision"), tables.get("document")
    if decisions is not None and documents is not None and "document" in decisions.columns:
        tables["decision"] = _with_documents(decisions, documents)
        tables["document"] = documents.join(
            decisions, left_on="key", right_on="document", how="anti", maintain_order="left"
        )
    found = [_shaped(name, table, frame, workers) for table, frame in sorted(tables.items())]
    return pl.concat([pl.DataFrame(schema=_SCHEMA), *found])


def _read(source: Source) -> Iterator[tuple[str, pl.DataFrame]]:
    wanted = {
        table: list(_columns(table, mapped, source.profile))
        for table, mapped in source.part.tables.items()
        if table in IDS or (table == "worker" and {"worker_id", "unit"} <= set(mapped.fields))
    }
    for unit in source.units() if wanted else ():
        frame = source.read(unit).frame
        for table, columns in wanted.items():
            yield table, frame.select(columns)


def _columns(table: str, mapped: TableMap, profile: Profile) -> Iterator[pl.Expr]:
    """Yield what is read of a table: keys, local codes, the day, and what is filled."""

    def text(field: str, name: str) -> Iterator[pl.Expr]:
        if field in mapped.fields:
            yield raw(mapped.column(field), profile.forms).alias(name)

    if table == "worker":
        yield from (*text("worker_id", "key"), *text("unit", "unit"))
        return
    yield from text(IDS[table], "key")
    if table == "decision":
        yield from text("document_id", "document")
    kind = TYPES.get(table, "structure")
    yield from (*text(kind, "old"), *text(f"{kind}_name", "old_name"))
    yield from (*text("service_task", "task"), *text("unit", "unit"))
    yield from text(AUTHORS[table], "by")
    days = [
        typed(get(table)[field], mapped.column(field), profile.forms).cast(pl.Date)
        for field in DAYS[table]
        if field in mapped.fields
    ]
    yield pl.coalesce([*days, pl.lit(None, pl.Date)]).alias("day")
    for name, one in METADATA.items():
        field = one.fields.get(table, "")
        if field in mapped.fields:
            yield raw(mapped.column(field), profile.forms).is_not_null().alias(has(name))


def _once(frame: pl.DataFrame) -> pl.DataFrame:
    """Return each record once where its source repeats it."""
    if "key" not in frame.columns:
        return frame
    known = frame.filter(pl.col("key").is_not_null())
    rest = frame.filter(pl.col("key").is_null())
    return pl.concat([known.unique("key", keep="first", maintain_order=True), rest])


def _with_documents(decisions: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Return decisions, each with what its document tells beside."""
    told = [name for name in documents.columns if name.startswith("has_")]
    beside = documents.select("key", *(pl.col(name).alias(f"its_{name}") for name in told))
    joined = decisions.join(
        beside, left_on="document", right_on="key", how="left", maintain_order="left"
    )
    both = [
        (pl.col(f"its_{name}").fill_null(value=False) | pl.col(name)).alias(name)
        if name in decisions.columns
        else pl.col(f"its_{name}").fill_null(value=False).alias(name)
        for name in told
    ]
    return joined.with_columns(both)


def _shaped(
    system: str, table: str, frame: pl.DataFrame, workers: pl.DataFrame | None
) -> pl.DataFrame:
    missing = [
        pl.lit(None, pl.String).alias(name)
        for name in ("key", "document", "old", "old_name", "task", "unit", "by")
        if name not in frame.columns
    ]
    whole = frame.with_columns(missing)
    if workers is not None:
        places = workers.select(by="key", place="unit").drop_nulls("by")
        whole = whole.join(places, on="by", how="left", maintain_order="left")
        whole = whole.with_columns(pl.coalesce("unit", "place").alias("unit"))
    code = {name: pl.when(like_a_code(pl.col(name))).then(name) for name in ("old", "old_name")}
    return whole.select(
        pl.lit(system).alias("system"),
        pl.lit(table).alias("table"),
        "key",
        (pl.col("key") if table == "document" else pl.col("document")).alias("document"),
        pl.coalesce(code["old"], code["old_name"]).fill_null("").alias("old"),
        code["old_name"].alias("old_name"),
        pl.when(like_a_code(pl.col("task"))).then("task").fill_null("").alias("task"),
        "unit",
        "day",
        *(
            pl.col(name) if name in whole.columns else pl.lit(None, pl.Boolean).alias(name)
            for name in map(has, METADATA)
        ),
    )


def settled(sources: Sequence[Source], survey: Survey) -> pl.DataFrame:
    """Return what the survey says of every record.

    Returns:
        ``system, table, key, document``, `COLUMNS` and ``outcome``; see the package.  Columns are null
        unless the outcome is *approved*.

    Raises:
        SourceError: A source cannot be read.
    """
    records = read(sources).records.select("key", "document", *KEY)
    joined = records.join(survey.frame, on=list(KEY), how="left", maintain_order="left")
    sure = pl.col("outcome") == "approved"
    return joined.select(
        "system", "table", "key", "document",
        *(pl.when(sure).then(name).alias(name) for name in COLUMNS),
        pl.col("outcome").fill_null("missing"),
    )  # fmt: skip
