"""Sources as `Postings`: every row of a ledger with its amount in cents and its period."""

import hashlib
from collections.abc import Iterator, Sequence

import polars as pl

from kirjaamo import records
from kirjaamo.finance.postings import EURO, SCHEMA, SUBTOTALS, Postings
from kirjaamo.finance.postings.errors import NoPostingsError
from kirjaamo.finance.postings.numbers import amount
from kirjaamo.finance.postings.running import periodic
from kirjaamo.records import ROW, SOURCE
from kirjaamo.run import SourceSummary
from kirjaamo.sources import Unit
from kirjaamo.sources.canonical import raw, typed
from kirjaamo.sources.formats import Source
from kirjaamo.sources.periods import period, year_of
from kirjaamo.sources.profile import TableMap

TABLE = "posting"
_CODES = ("account", "cost_centre", "service_class", "sector")
"""Fields that stay as they stand in the source: the mapping speaks of local codes."""

_TEXTS = ("unit", "currency", "document_no")
_NOTHING = ("account", "cents", "document_no")


def read(sources: Sequence[Source]) -> Postings:
    """Return the postings in *sources*.

    Raises:
        NoPostingsError: No source holds postings.
        SourceError: A source cannot be read.
    """
    ledgers = [source for source in sources if TABLE in source.part.tables]
    if not ledgers:
        raise NoPostingsError
    whole = [_whole(source) for source in ledgers]
    rows = pl.concat([SUBTOTALS.to_frame(), *(frame for frame, _ in whole)])
    sums = pl.col("begins").is_not_null()
    return Postings(
        rows.filter(~sums).drop("begins"),
        rows.filter(sums),
        tuple(summary for _, found in whole for summary in found),
    )


def _whole(source: Source) -> tuple[pl.DataFrame, list[SourceSummary]]:
    """Return the rows of one source, sub-totals included, and what was read."""
    mapped = source.part.tables[TABLE]
    parts: list[pl.DataFrame] = []
    summaries: list[SourceSummary] = []
    for unit, place, frame, sha256 in _units(source):
        shaped = frame.with_columns(pl.lit(unit.source).alias(SOURCE), place.alias(ROW))
        parts.append(_shaped(shaped, source, mapped))
        summaries.append(_summary(unit, source, frame.height, sha256))
    rows = pl.concat([SUBTOTALS.to_frame(), *parts])
    if mapped.amounts.running == "cumulative":
        sums = pl.col("begins").is_not_null()
        apart = periodic(rows.filter(~sums).drop("begins"))
        rows = pl.concat([apart.match_to_schema(SUBTOTALS, missing_columns="insert"),
                          rows.filter(sums)])  # fmt: skip
    return rows, _joined(summaries)


def _units(source: Source) -> Iterator[tuple[Unit, pl.Expr, pl.DataFrame, str]]:
    """Yield every unit, the expression of its rows, its text and its hash."""
    lines = 0
    for unit in source.units():
        piece = source.read(unit)
        yield unit, (pl.col(ROW) + lines + 1).cast(pl.UInt64), piece.frame, piece.sha256
        lines += piece.rows


def _shaped(frame: pl.DataFrame, source: Source, mapped: TableMap) -> pl.DataFrame:
    """Return the rows of a piece of text in the shape of `SUBTOTALS`."""
    forms, amounts = source.profile.forms, mapped.amounts
    column = raw(mapped.column("amount"), forms) if "amount" in mapped.fields else None
    read = frame.select(
        SOURCE,
        ROW,
        *_texts(mapped, source),
        amount(column, amounts, forms).alias("_amount"),
        _period(mapped, source).alias("period"),
    ).unnest("_amount")
    shape = pl.Schema({k: v for k, v in SCHEMA.items() if k != "system"})
    rows = read.match_to_schema(shape, missing_columns="insert").with_columns(
        pl.lit(source.profile.system).alias("system"),
        pl.col("currency").fill_null(EURO),
        _begins(amounts.subtotal).alias("begins"),
    )
    empty = pl.all_horizontal(pl.col(_NOTHING).is_null())
    return rows.filter(~empty).select(SUBTOTALS.names())


def _texts(mapped: TableMap, source: Source) -> Iterator[pl.Expr]:
    """Yield the fields that stay text, codes as they stand in the source."""
    forms, model = source.profile.forms, records.get(TABLE)
    for name in mapped.fields:
        if name in _TEXTS:
            yield typed(model[name], mapped.column(name), forms).alias(name)
        elif name in _CODES:
            yield raw(mapped.column(name), forms).alias(name)


def _period(mapped: TableMap, source: Source) -> pl.Expr:
    if "period" not in mapped.fields:
        return pl.lit(None, pl.String)
    column = mapped.column("period")
    text = raw(column, source.profile.forms)
    if not mapped.amounts.opening:
        return period(text, column.form, mapped.amounts, pl.lit(""))
    dated = period(text, column.form, type(mapped.amounts)(), pl.lit(""))
    return period(text, column.form, mapped.amounts, year_of(dated))


def _begins(pattern: str) -> pl.Expr:
    """Return how the accounts begin that a sub-total sums; null for a posting."""
    return pl.col("account").str.extract(pattern) if pattern else pl.lit(None, pl.String)


def _summary(unit: Unit, source: Source, rows: int, sha256: str) -> SourceSummary:
    mapped = source.part.tables[TABLE]
    own = {f"{TABLE}.{name}": mapped.column(name).column for name in mapped.fields}
    if mapped.amounts.debit:
        own[f"{TABLE}.amount"] = mapped.amounts.debit
    return SourceSummary(
        source=unit.source,
        location=source.location,
        system=source.profile.system,
        tables=(TABLE,),
        rows=rows,
        sha256=sha256,
        encoding=unit.encoding,
        delimiter=unit.delimiter,
        columns=own,
    )


def _joined(parts: Sequence[SourceSummary]) -> list[SourceSummary]:
    """Return one summary for the units of each source, with the hash of their hashes."""
    found: dict[str, list[SourceSummary]] = {}
    for part in parts:
        found.setdefault(part.source, []).append(part)
    return [_one(every) for every in found.values()]


def _one(parts: Sequence[SourceSummary]) -> SourceSummary:
    from dataclasses import replace

    if len(parts) == 1:
        return parts[0]
    digest = hashlib.sha256("".join(part.sha256 for part in parts).encode()).hexdigest()
    return replace(parts[0], rows=sum(part.rows for part in parts), sha256=digest)
