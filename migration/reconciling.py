"""Reconciling a run from three sides: the sources, the ledger and the target.

Read = moved + held + rejected, for every system, table, service task, unit and year.  Every
document in the target is the one that the ledger knows, and the one that the source gives.
"""

import hashlib
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
from kirjaamo.migration.targets import Target

GROUP = ("system", "kind", "service_task", "unit", "year")
"""By what read and moved records are compared."""

NOT_FOOTING = N_("groups in which read is not moved + held + rejected")
CHANGED = N_("things that decide the result and changed since the plan")
MISSING = N_("documents that the ledger knows and the target lacks")
EXTRA = N_("documents in the target that the ledger does not know")
DIFFERENT = N_("documents in the target that are not as they were written")
RECEIPTS = N_("batches whose receipt in the target is not that of the ledger")
LEDGER = N_("places in the ledger that are not as they were written")
SOURCE = N_("records of the sources that give something else than the ledger says")
FIELDS = N_("fields that differ when read back from the documents")
YEARS = N_("documents whose own year is not that of the old record")


@dataclass(slots=True)
class Reconciliation:
    """What a reconciliation found.

    Attributes:
        run: Number of the run.
        groups: Counts by `GROUP`: ``read, moved, held, rejected, difference``.
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
    stands = {name: hashlib.sha256(content).hexdigest() for name, content in target.held()}
    records = book.records(number)
    again = _Again(maker, {record["ordinal"]: record for record in records})
    for work, made in results(prepared.batches()):
        again.compare(work, made)
    groups = _groups(prepared, records)
    now = prepared.ingredients
    return Reconciliation(
        number, groups, _indicators(again, records), again.inverted,
        {
            CHANGED: sum(now.get(k) != plan.ingredients.get(k) for k in {*now, *plan.ingredients}),
            NOT_FOOTING: groups.filter(pl.col("difference") != 0).height,
            SOURCE: again.different + len(again.records),
            FIELDS: again.inverted.different,
            YEARS: again.years,
            **_in_target(book, number, records, target, stands),
            LEDGER: len(verify(book)),
        },
    )  # fmt: skip


def _in_target(
    book: Book,
    run: int,
    records: list[dict[str, Any]],
    target: Target,
    stands: Mapping[str, str],
) -> dict[str, int]:
    """Return the differences of ledger and target."""
    known = {r["target_id"]: r["target_hash"] for r in records if r["outcome"] == "moved"}
    others = {
        record["target_id"]
        for other in book.runs()
        if other["number"] != run and other["state"] != "rolled_back"
        for record in book.records(other["number"])
    }
    receipts = target.receipts()
    batches = [batch for batch in book.batches(run) if batch["state"] == "done"]
    return {
        MISSING: len(known.keys() - stands.keys()),
        EXTRA: len(stands.keys() - known.keys() - others),
        DIFFERENT: sum(stands.get(name, sha) != sha for name, sha in known.items()),
        RECEIPTS: sum(receipts.get((run, b["number"])) != b["receipt"] for b in batches),
    }


@dataclass(slots=True)
class _Again:
    """Every record made again, and compared with what the ledger says.

    Attributes:
        maker: Chooses record maps and tells the day of documents.
        records: Ordinal to record; those compared are taken away.
        inverted: Fields read back.
        own_years: Table and own year to the number of documents.
        fields: Structure to the fields that can be read back.
        different: Records that give something else.
        years: Documents whose own year is not that of the record.
    """

    maker: Maker
    records: dict[int, dict[str, Any]]
    inverted: Inverted = field(default_factory=Inverted)
    own_years: Counter[tuple[str, int]] = field(default_factory=Counter)
    fields: dict[str, tuple[Plain, ...]] = field(default_factory=dict)
    different: int = 0
    years: int = 0

    def compare(self, work: Work, made: Iterable[Made]) -> None:
        """Compare the records of a batch."""
        cases = self.maker.cases(work)
        for one, case in zip(made, cases, strict=True):
            record = self.records.pop(one.row["ordinal"], None)
            if record is None or not _same(one.row, record):
                self.different += 1
            elif one.content:
                self._read_back(work.kind, record, one.content, case)

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


def _groups(prepared: Prepared, records: list[dict[str, Any]]) -> pl.DataFrame:
    """Return what was read and what became of it, by `GROUP`."""
    schema = {name: pl.Int32 if name == "year" else pl.String for name in GROUP}
    read = pl.concat(
        [
            pl.DataFrame(schema=schema),
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
    rows = [[record[name] for name in (*GROUP, "outcome")] for record in records]
    told = pl.DataFrame(rows, schema={**schema, "outcome": pl.String}, orient="row")
    counted = told.group_by(GROUP).agg(
        (pl.col("outcome") == str(outcome)).sum().cast(pl.Int64).alias(str(outcome))
        for outcome in Outcome
    )
    every = read.group_by(GROUP).agg(pl.len().cast(pl.Int64).alias("read"))
    both = every.join(counted, on=GROUP, how="full", coalesce=True).fill_null(0)
    ends = sum((pl.col(str(outcome)) for outcome in Outcome), pl.lit(0))
    ordered = both.select(*GROUP, "read", *map(str, Outcome), difference=pl.col("read") - ends)
    return ordered.sort(GROUP)


def _indicators(again: _Again, records: list[dict[str, Any]]) -> pl.DataFrame:
    """Return old and new counts by table and year: what statistics are made of.

    *new* is counted from the documents and their own days, not from the ledger.
    """
    old = Counter((record["kind"], record["year"]) for record in records)
    still = Counter(
        (record["kind"], record["year"]) for record in records if record["outcome"] != "moved"
    )
    rows = [
        (kind, year, old[kind, year], again.own_years[kind, year], still[kind, year])
        for kind, year in sorted({*old, *again.own_years})
    ]
    schema = {"kind": pl.String, "year": pl.Int64}
    schema |= dict.fromkeys(("old", "new", "not_moved"), pl.Int64)
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        difference=pl.col("old") - pl.col("new") - pl.col("not_moved")
    )
