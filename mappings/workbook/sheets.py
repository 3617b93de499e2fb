"""What stands on the sheets of a mapping workbook, before it is a workbook."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from kirjaamo.mappings import together
from kirjaamo.mappings.choices import Choice, choices
from kirjaamo.mappings.crosswalk import SCHEMA, Crosswalk, local
from kirjaamo.mappings.occurrences import Occurrences, like_a_code
from kirjaamo.mappings.suggesting import Known, Suggestion, suggestions
from kirjaamo.mappings.targets import Target

Line = dict[str, object]
"""Column to value: texts, counts and dates."""

_MOST: Final = 5  # neighbours and units that are named
_RANKS: Final = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list of old values with what is known of them.

    Attributes:
        crosswalk: Its rows so far; without rows where nothing is decided.
        offered: What values can become.
        lines: The rows of the sheet.
    """

    crosswalk: Crosswalk
    offered: Sequence[Choice]
    lines: Sequence[Line]


def sheets(found: Iterable[Occurrences], known: Known, wanted: Iterable[str]) -> list[Sheet]:
    """Return a sheet for every list with values to map, and for every other crosswalk.

    *wanted* are names of crosswalks; when there are none, every one.
    """
    chosen = set(wanted)
    made = {
        target.name: sheet
        for one in found
        for target in one.targets()
        if not chosen or target.name in chosen
        if (sheet := _sheet(one, target, known)).lines
    }
    others = (c for n, c in known.crosswalks.items() if not chosen or n in chosen)
    made |= {one.name: _of_list(one, known) for one in others if one.name not in made}
    return [made[name] for name in sorted(made)]


def _sheet(found: Occurrences, target: Target, known: Known) -> Sheet:
    """Return the sheet of a local list: values that occur, most frequent first."""
    crosswalk = known.crosswalks.get(target.name) or Crosswalk(
        target.name,
        local(found.system, target.field),
        target.target,
        pl.DataFrame(schema=SCHEMA),
    )
    facts = _facts(found, target, crosswalk, known)
    best = suggestions(found, target, known)
    olds = list(dict.fromkeys([*facts, *crosswalk.rows["old"]]))
    lines = [
        {"old": old, **facts.get(old, {}), **_suggested(best.get(old, [])), **row}
        for old in olds
        for row in _decided(crosswalk, old)
    ]
    return Sheet(crosswalk, choices(target, known.codes, known.day), lines)


def _of_list(crosswalk: Crosswalk, known: Known) -> Sheet:
    """Return the sheet of a crosswalk whose old values do not occur in the exports."""
    target = Target(crosswalk.name, "", crosswalk.target)
    source = (
        None if crosswalk.source.startswith("local:") else known.codes.find(crosswalk.source)
    )
    listed = list(source.frame["code"]) if source else []
    olds = list(dict.fromkeys([*listed, *crosswalk.rows["old"]]))
    names = {old: (source.display(old, "fi") or "") if source else "" for old in olds}
    lines = [
        {"old": old, "old_name": "" if names[old] == old else names[old], **row}
        for old in olds
        for row in _decided(crosswalk, old)
    ]
    return Sheet(crosswalk, choices(target, known.codes, known.day), lines)


def _decided(crosswalk: Crosswalk, old: str) -> Iterator[Line]:
    """Yield what is decided of a value, row by row; nothing decided is one empty row."""
    rows = crosswalk.rows.filter(pl.col("old") == old)
    yield from rows.drop("old", "origin").iter_rows(named=True)
    if rows.is_empty():
        yield {}


def _suggested(best: Sequence[Suggestion]) -> Line:
    return {
        rank: f"{one.choice.label} · {one.score}: {one.evidence}"
        for rank, one in zip(_RANKS, best, strict=False)
    }


def _facts(
    found: Occurrences, target: Target, crosswalk: Crosswalk, known: Known
) -> dict[str, Line]:
    """Return what is known of the values to map, most frequent first.

    Values that are national codes already, and texts that cannot be codes, are left out.
    """
    counted = (
        _to_map(found, target, crosswalk, known)
        .group_by("old")
        .agg(
            rows=pl.len(),
            decisions=(pl.col("table") == "decision").sum(),
            first=pl.col("day").dt.year().min(),
            last=pl.col("day").dt.year().max(),
            units=pl.col("unit"),
        )
        .sort(["rows", "old"], descending=[True, False])
    )
    names = dict(found.names.filter(pl.col("field") == target.field).drop("field").iter_rows())
    beside = _beside(together.pairs(found, target.field))
    return {
        old: {
            "old_name": names.get(old, ""),
            "rows": rows,
            "decisions": decisions,
            "years": years(first, last),
            "units": named_units(units),
            "beside": beside.get(old, ""),
        }
        for old, rows, decisions, first, last, units in counted.iter_rows()
    }


def _to_map(
    found: Occurrences, target: Target, crosswalk: Crosswalk, known: Known
) -> pl.DataFrame:
    """Return the records whose value is no national code already, and can be a code."""
    values = found.values(target.field).filter(like_a_code(pl.col("old")))
    if target.field in found.mapped:
        return values
    national = together.landed(values["old"], found.system, target, {}, known.codes)
    skip = [old for old in national if old not in set(crosswalk.rows["old"])]
    return values.filter(~pl.col("old").is_in(skip))


def years(first: int | None, last: int | None) -> str:
    """Return a span of years.

    >>> years(2009, 2025), years(2009, 2009), years(None, None)
    ('2009-2025', '2009', '')
    """
    ends = dict.fromkeys(str(year) for year in (first, last) if year is not None)
    return "-".join(ends)


def named_units(units: Iterable[str | None]) -> str:
    """Return the commonest units with their records.

    >>> named_units(["U1", None, "U2", "U1"])
    'U1 (2), U2 (1)'
    """
    counts = pl.Series("unit", list(units), pl.String).drop_nulls().value_counts()
    return _listed(counts.sort(["count", "unit"], descending=[True, False]).iter_rows())


def _beside(pairs: pl.DataFrame) -> dict[str, str]:
    """Return the commonest neighbours of every value, field by field."""
    texts: dict[str, list[str]] = {}
    for (old, field), group in pairs.group_by(["old", "field"], maintain_order=True):
        listed = _listed(group.select("beside", "rows").iter_rows())
        texts.setdefault(str(old), []).append(f"{field}: {listed}")
    return {old: "; ".join(parts) for old, parts in texts.items()}


def _listed(counts: Iterable[tuple[object, ...]]) -> str:
    every = [f"{value} ({count})" for value, count in counts]
    return ", ".join(every[:_MOST]) + (" …" if len(every) > _MOST else "")


def titles(made: Sequence[Sheet]) -> Mapping[str, str]:
    """Return the name of the sheet of every crosswalk: 31 characters at most, no two alike."""
    taken: dict[str, str] = {}
    for sheet in made:
        name, number = sheet.crosswalk.name[:31], 2
        while name.casefold() in taken:
            name = f"{sheet.crosswalk.name[:28]}_{number}"
            number += 1
        taken[name.casefold()] = sheet.crosswalk.name
    return {name: title for title, name in taken.items()}
