"""Counts of what the bundled facts of document structures hold."""

from collections.abc import Iterable
from pathlib import Path

from kirjaamo.classifications.structures import Field, Kind, Structure, Structures, SystemCheck
from kirjaamo.classifications.structures.schemas import PLACE

PUBLISHED = 263
"""Structure versions in the national snapshot of 2025-05-20: 202 current, 61 obsolete."""


def measures() -> dict[str, int]:
    """Return the counts by name; those with ``current`` speak of current versions only."""
    every = list(Structures().all())
    current = [one for one in every if one.status == "current"]
    return {
        "published": PUBLISHED,
        "imported": len(every),
        "imported_current": len(current),
        "kilobytes": _kilobytes(),
        **_counts(every, ""),
        **_counts(current, "_current"),
    }


def _kilobytes() -> int:
    files = [path for path in Path(str(PLACE)).glob("*.json") if path.name[0] == "1"]
    return round(sum(path.stat().st_size for path in files) / 1000)


def _counts(structures: Iterable[Structure], end: str) -> dict[str, int]:
    fields = [field for structure in structures for field in structure.fields]
    coded = [field for field in fields if field.kind is Kind.CODE]
    return {
        f"fields{end}": len(fields),
        f"mandatory_fields{end}": sum(field.minimum == 1 for field in fields),
        f"conditional_fields{end}": sum(field.conditional for field in fields),
        f"coded_fields{end}": len(coded),
        f"coded_fields_enumerated{end}": sum(map(_enumerated, coded)),
        f"coded_fields_unrestricted{end}": sum(not _enumerated(field) for field in coded),
        f"coded_fields_national_list{end}": sum(_national(field) for field in coded),
        f"coded_fields_own_list{end}": sum(
            field.system_check is SystemCheck.EXACT for field in coded
        ),
        f"fixed_texts{end}": sum(field.kind is Kind.PHRASE for field in fields),
    }


def _enumerated(field: Field) -> bool:
    """Return whether the national schema itself lists the codes a field accepts."""
    return bool(field.codes) and not field.open


def _national(field: Field) -> bool:
    """Return whether the codes are those of a list on the national code server."""
    return field.system is not None and field.system_check is not SystemCheck.EXACT
