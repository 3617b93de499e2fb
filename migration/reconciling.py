"""Reconciling a run from three sides: the sources, the ledger and the target.

Read = moved + held + rejected, for every system, table, service task, unit and year.  Every
document in the target is the one that the ledger knows, and the one that the source gives.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from kirjaamo.messages import N_, gettext
from kirjaamo.migration.inverting import Inverted, Plain, inverted, plain_fields
from kirjaamo.migration.ledger import Book
from kirjaamo.migration.ledger.verifying import verify
from kirjaamo.migration.making import Made, Maker, Work
from kirjaamo.migration.planning import Plan, Results
from kirjaamo.migration.preparing import Prepared
from kirjaamo.migration.reasons import Outcome
from kirjaamo.migration.screening import TASK, UNIT, YEAR
from kirjaamo.migration.standing import GROUP, Standing, standing
from kirjaamo.migration.targets import Target

NOT_FOOTING = N_("groups in which read is not moved + held + rejected")
CHANGED = N_("things that decide the result and changed since the plan")
LEDGER = N_("places in the ledger that are not as they were written")
SOURCE = N_("records of the sources that give something else than the ledger says")
FIELDS = N_("fields that differ when read back from the documents")
YEARS = N_("documents whose own year is not that of the old record")


@dataclass(slots=True)
class Reconciliation:
    """What a reconciliation found.

    Attributes:
        run: Number of the run.
        groups: By `GROUP`: ``read, moved, held, rejected, bytes, difference``; *bytes* are
            those of the documents in the target.
        indicators: Old and new counts by table and year.
        inverted: Fields read back from the documents.
        differences: Sentence to how many places there are; zero where all is well.
    """

    run: int
    groups: pl.DataFrame
    indicators: pl.DataFrame
    inverted: Inverted
    differences: dict[str, int] = field(default_factory=dict)

    @property
    def difference(self) -> int:
        """Return the number of differences; zero is what it must be."""
        return sum(self.differences.values())

    def sentences(self) -> Iterator[str]:
        """Yield what differs, in the language in use."""
        for sentence, count in self.differences.items():
            if count:
                yield f"{count} {gettext(sentence)}"


def reconcile(  # noqa: PLR0913 - the three sides, and what makes documents
    book: Book, run: Mapping[str, Any], prepared: Prepared, *,
    plan: Plan, target: Target, maker: Maker, results: Results,
) -> Reconciliation:  # fmt: skip
    """Compare sources, ledger and target of a run.

    Args:
        book: The ledger.
        run: The run.
        prepared: The sources, read anew.
        plan: The plan of the run.
        target: The target, read anew.
        maker: Chooses record maps and tells the day of documents.
        results: Makes every batch again.
    """
    number = int(run["number"])
    again, ledger = _Again(maker), standing(target)
    seen = set()
    for work, made in results(prepared.batches()):
        records = book.records(number, work.number)
        again.compare(work, made, records)
        ledger.add(records)
        seen.add(work.number)
    for batch in book.batches(number):
        if batch["number"] not in seen:
            records = book.records(number, batch["number"])
            again.different += len(records)
            ledger.add(records)
    groups = _groups(prepared, ledger)
    now = prepared.ingredients
    return Reconciliation(
        number, groups, _indicators(again, ledger.ends), again.inverted,
        {
            CHANGED: sum(now.get(k) != plan.ingredients.get(k) for k in {*now, *plan.ingredients}),
            NOT_FOOTING: groups.filter(pl.col("difference") != 0).height,
            SOURCE: again.different,
            FIELDS: again.inverted.different,
            YEARS: again.years,
            **ledger.differences(book, number, target),
            LEDGER: len(verify(book)),
        },
    )  # fmt: skip


@dataclass(slots=True)
class _Again:
    """Every record made again, and compared with what the ledger says.

    Attributes:
        maker: Chooses record maps and tells the day of documents.
        inverted: Fields read back.
        own_years: Table and own year to the number of documents.
        fields: Structure to the fields that can be read back.
        different: Records that give something else.
        years: Documents whose own year is not that of the record.
    """

    maker: Maker
    inverted: Inverted = field(default_factory=Inverted)
    own_years: Counter[tuple[str, int]] = field(default_factory=Counter)
    fields: dict[str, tuple[Plain, ...]] = field(default_factory=dict)
    different: int = 0
    years: int = 0

    def compare(
        self, work: Work, made: Iterable[Made], records: Iterable[dict[str, Any]]
    ) -> None:
        """Compare the records of a batch with those that the ledger has of it."""
        known = {record["ordinal"]: record for record in records}
        cases = self.maker.cases(work)
        for one, case in zip(made, cases, strict=True):
            record = known.pop(one.row["ordinal"], None)
            if record is None or not _same(one.row, record):
                self.different += 1
            elif one.content:
                self._read_back(work.kind, record, one.content, case)
        self.different += len(known)

    def _read_back(self, kind: str, record: dict[str, Any], content: bytes, case: Any) -> None:  # noqa: ANN401 - a case
        if not record["structure"]:
            self.own_years[kind, 0] += 1
            return
        tree, day = self.maker.opened(record["structure"], content)
        self.own_years[kind, day.year if day else 0] += 1
        self.years += bool(day and record["year"] and day.year != record["year"])
        if record["structure"] not in self.fields:
            builder = self.maker.builder(kind, case)
            self.fields[record["structure"]] = plain_fields(builder)
        inverted(self.fields[record["structure"]], tree, case, self.inverted)


def _same(row: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    """Tell whether a record made again is as the ledger says; a taken identifier is settled there."""
    if record["reason"] == "identifier-taken":
        return bool(row["source_hash"] == record["source_hash"])
    return all(record[name] == value for name, value in row.items())


_SCHEMA = {name: pl.Int32 if name == "year" else pl.String for name in GROUP}


def _read(prepared: Prepared) -> pl.DataFrame:
    """Return the `GROUP` of every record that was read."""
    return pl.concat(
        [
            pl.DataFrame(schema=_SCHEMA),
            *(
                part.frame.select(
                    pl.lit(part.system).alias("system"), pl.lit(part.kind).alias("kind"),
                    pl.col(TASK).alias("service_task"), pl.col(UNIT).alias("unit"),
                    pl.col(YEAR).alias("year"),
                )
                for part in prepared.parts
            ),
        ]
    )  # fmt: skip


def _groups(prepared: Prepared, ledger: Standing) -> pl.DataFrame:
    """Return what was read, what became of it, and the bytes in the target, by `GROUP`."""
    rows = [(*key, count) for key, count in ledger.ends.items()]
    shape = {**_SCHEMA, "outcome": pl.String, "records": pl.Int64}
    told = pl.DataFrame(rows, schema=shape, orient="row")
    counted = told.group_by(GROUP).agg(
        pl.col("records").filter(pl.col("outcome") == str(outcome)).sum().alias(str(outcome))
        for outcome in Outcome
    )
    every = _read(prepared).group_by(GROUP).agg(pl.len().cast(pl.Int64).alias("read"))
    sized = pl.DataFrame(
        [(*key, size) for key, size in ledger.sizes.items()],
        schema={**_SCHEMA, "bytes": pl.Int64}, orient="row",
    )  # fmt: skip
    both = every.join(counted, on=GROUP, how="full", coalesce=True)
    both = both.join(sized, on=GROUP, how="full", coalesce=True).fill_null(0)
    sums = sum((pl.col(str(outcome)) for outcome in Outcome), pl.lit(0))
    shown = (*GROUP, "read", *map(str, Outcome), "bytes")
    return both.select(*shown, difference=pl.col("read") - sums).sort(GROUP)


def _indicators(again: _Again, ends: Mapping[tuple[Any, ...], int]) -> pl.DataFrame:
    """Return old and new counts by table and year: what statistics are made of.

    *new* is counted from the documents and their own days, not from the ledger.
    """
    old, still = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    for (_, kind, _, _, year, outcome), count in ends.items():
        old[kind, year] += count
        still[kind, year] += count if outcome != Outcome.MOVED else 0
    rows = [
        (kind, year, old[kind, year], again.own_years[kind, year], still[kind, year])
        for kind, year in sorted({*old, *again.own_years})
    ]
    schema = {"kind": pl.String, "year": pl.Int64}
    schema |= dict.fromkeys(("old", "new", "not_moved"), pl.Int64)
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        difference=pl.col("old") - pl.col("new") - pl.col("not_moved")
    )
