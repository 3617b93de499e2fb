"""A sample of what was moved, field by field: what a person compares and signs.

Only this protocol holds values of records; it is written where it was asked for and nowhere else.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from kirjaamo.mappings.recordmaps import Builder
from kirjaamo.mappings.recordmaps.model import Case
from kirjaamo.migration.making import Maker, Work
from kirjaamo.migration.preparing import Prepared
from kirjaamo.migration.reasons import Outcome
from kirjaamo.migration.screening import SETTINGS
from kirjaamo.migration.targets import Target

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
    strata = defaultdict(list)
    for record in records:
        if record["outcome"] == Outcome.MOVED and record["kind"] not in SETTINGS:
            strata[tuple(record[name] for name in STRATUM)].append(record)
    chance = Random(seed)  # noqa: S311 - a sample that anyone can draw again, not a secret
    chosen = [
        record
        for _, members in sorted(strata.items())
        for record in chance.sample(members, min(size, len(members)))
    ]
    return {record["ordinal"]: record for record in chosen}


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
    for pointer, value in leaves(tree, ""):
        origin = builder.provenance(pointer)
        path = "/".join(key for key in pointer.split("/") if key and not key.isdigit())
        fields = origin.fields if origin else ()
        told = (*fields, *(origin.settings if origin else ()))
        old = " · ".join(text(_value(case, name)) for name in fields)
        yield Compared(
            **place, field=names.get(path, path), path=pointer, origin=", ".join(told), old=old,
            new=text(value),
        )  # fmt: skip


def leaves(tree: Any, pointer: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any JSON value
    """Yield pointer and value of what holds no other; codes and identifiers count as one.

    >>> list(leaves({"a": [{"b": 1}]}, ""))
    [('/a/0/b', 1)]
    """
    match tree:
        case {"code": _} | {"value": _}:
            yield pointer, tree
        case dict():
            for key, inner in tree.items():
                yield from leaves(inner, f"{pointer}/{key}")
        case list():
            for number, inner in enumerate(tree):
                yield from leaves(inner, f"{pointer}/{number}")
        case _:
            yield pointer, tree


def _value(case: Case, name: str) -> Any:  # noqa: ANN401 - any canonical value
    table, _, field = name.partition(".")
    return (case.get(table) or {}).get(field)


def text(value: Any) -> str:  # noqa: ANN401 - any value
    """Return a value as a person reads it.

    >>> text({"code": "10", "display": "Lastensuojelu"}), text(None)
    ('10 Lastensuojelu', '')
    """
    match value:
        case None:
            return ""
        case {"code": code}:
            return f"{code} {value.get('display', '')}".strip()
        case {"value": inner}:
            return str(inner)
        case list():
            return ", ".join(map(text, value))
        case _:
            return str(value)
