"""A sample of what was moved, field by field: what a person compares and signs.

Only this protocol holds values of records; it is written where it was asked for and nowhere else.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kirjaamo import sampling
from kirjaamo.mappings.recordmaps import Builder
from kirjaamo.mappings.recordmaps.model import Case
from kirjaamo.migration.making import Maker, Work
from kirjaamo.migration.preparing import Prepared
from kirjaamo.migration.reasons import Outcome
from kirjaamo.migration.screening import SETTINGS
from kirjaamo.migration.targets import Target
from kirjaamo.sampling import field_path, leaves, text

STRATUM = ("system", "kind", "service_task")
"""By what the sample is stratified."""


PLACE = ("system", "kind", "source", "source_row", "source_key", "target_id")
"""What a row of the protocol has of the ledger."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of one sampled record.

    Attributes:
        system: Old system.
        kind: Table of the record.
        source: File or sheet of the old record.
        source_row: Row in it.
        source_key: Its key.
        target_id: OID of the document.
        field: Name of the field in the structure.
        path: Its path in the document.
        origin: Fields and settings that the value comes from.
        old: What they hold in the old record.
        new: What the document holds.
    """

    system: str
    kind: str
    source: str
    source_row: int
    source_key: str
    target_id: str
    field: str
    path: str
    origin: str
    old: str
    new: str


def drawn(
    records: Iterable[Mapping[str, Any]], size: int, seed: int
) -> dict[int, Mapping[str, Any]]:
    """Return the sampled records by ordinal: at most *size* of each stratum.

    The same ledger, size and seed give the same sample.
    """
    moved = (
        record
        for record in records
        if record["outcome"] == Outcome.MOVED and record["kind"] not in SETTINGS
    )
    return {record["ordinal"]: record for record in sampling.drawn(moved, STRATUM, size, seed)}


def compared(
    prepared: Prepared, maker: Maker, target: Target, chosen: Mapping[int, Mapping[str, Any]]
) -> Iterator[Compared]:
    """Yield the fields of the sampled records, in the order of the records.

    Args:
        prepared: The sources, read anew.
        maker: Chooses record maps.
        target: Where the documents are read from.
        chosen: The sample.
    """
    wanted = {record["target_id"] for record in chosen.values()}
    contents = {name: content for name, content in target.held() if name in wanted}
    for work in prepared.batches():
        for ordinal, case in _wanted(work, maker, chosen):
            record = chosen[ordinal]
            content = contents.get(record["target_id"], b"{}")
            tree, _ = maker.opened(record["structure"], content)
            yield from _fields(record, maker.builder(work.kind, case), tree, case)


def _wanted(
    work: Work, maker: Maker, chosen: Mapping[int, Mapping[str, Any]]
) -> Iterator[tuple[int, Case]]:
    last = work.first + work.screened.height
    if any(work.first <= ordinal < last for ordinal in chosen):
        for ordinal, case in enumerate(maker.cases(work), start=work.first):
            if ordinal in chosen:
                yield ordinal, case


def _fields(
    record: Mapping[str, Any], builder: Builder, tree: Mapping[str, Any], case: Case
) -> Iterator[Compared]:
    names = {field.path: str(field.name) for field in builder.structure.fields}
    place = {n: record[n] for n in PLACE}
    for pointer, value in leaves(tree):
        origin = builder.provenance(pointer)
        path = field_path(pointer)
        fields = origin.fields if origin else ()
        told = (*fields, *(origin.settings if origin else ()))
        old = " · ".join(text(_value(case, name)) for name in fields)
        yield Compared(
            **place, field=names.get(path, path), path=pointer, origin=", ".join(told), old=old,
            new=text(value),
        )  # fmt: skip


def _value(case: Case, name: str) -> Any:  # noqa: ANN401 - any canonical value
    table, _, field = name.partition(".")
    return (case.get(table) or {}).get(field)
