"""xBRL-CSV: metadata with templates, and tables.  Specification: xBRL-CSV 1.0.

Read are the parts of the specification that a report can state by itself: dimensions of the
report, of tables and of columns, references to columns and parameters, decimals.  Metadata that
extend those of a taxonomy, and property groups, are not.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from kirjaamo.finance.facts import KEY, SCHEMA, Filing
from kirjaamo.finance.instances import oim
from kirjaamo.finance.instances.errors import (
    BROKEN_TABLE,
    NO_OIM,
    NO_REPORT,
    OTHER_OIM,
    InstanceError,
    TooLargeInstanceError,
)
from kirjaamo.finance.instances.json import tree
from kirjaamo.finance.instances.reading import named, told_indicators
from kirjaamo.finance.writing.csv import TYPE
from kirjaamo.sources import limits

_SCHEMA: Final = pl.Schema([*SCHEMA.items(), ("entity", pl.String())])
_CORE: Final = frozenset({"concept", "entity", "period", "unit", "language"})
_ABSENT: Final = ("", "#none")
_UNREAD: Final = frozenset({"propertyGroups", "propertiesFrom", "transposed"})


def metadata_of(folder: Path) -> Path:
    """Return the metadata of the report in a folder.

    Raises:
        InstanceError: There are none, or several.
    """
    found = [
        one
        for one in sorted(folder.glob("*.json"))
        if one.is_file() and TYPE.encode() in one.read_bytes()[:4096]
    ]
    if len(found) != 1:
        raise InstanceError(file=folder.name, reason=NO_REPORT)
    return found[0]


def read(path: Path) -> Filing:
    """Return what a report says.

    Args:
        path: Its metadata; the tables stand beside them.

    Raises:
        InstanceError: It is no xBRL-CSV that can be read, or of more than one filer.
    """
    content = tree(path)
    info, tables = content.get("documentInfo"), content.get("tables", {})
    if not isinstance(info, dict) or not isinstance(tables, dict):
        raise InstanceError(file=path.name, reason=NO_OIM)
    if "extends" in info:
        raise InstanceError(file=path.name, reason=OTHER_OIM)
    head = oim.head(info, TYPE, path.name)
    try:
        frames = [_table(path, content, name, head) for name in sorted(tables)]
    except (TypeError, AttributeError, KeyError, ValueError):
        raise InstanceError(file=path.name, reason=NO_OIM) from None
    frame = pl.concat([pl.DataFrame(schema=_SCHEMA), *frames])
    scheme, entity = oim.filer(set(frame["entity"].unique()), head, path.name)
    codes, facts = told_indicators(frame.select(SCHEMA.names()), head.namespaces)
    return Filing(
        head.entry_point,
        entity,
        named(facts, head.namespaces, {}),
        facts.sort(KEY, maintain_order=True),
        tuple(sorted(codes)),
        scheme,
    )


def _table(path: Path, content: Mapping[str, Any], name: str, head: oim.Head) -> pl.DataFrame:
    """Return the facts of one table."""
    table = content["tables"][name]
    template = content["tableTemplates"][table.get("template", name)]
    rows = _rows(path, table)
    if rows is None:
        return pl.DataFrame(schema=_SCHEMA)
    parameters = {**content.get("parameters", {}), **table.get("parameters", {})}
    above = {**content.get("dimensions", {}), **template.get("dimensions", {})}
    if any(_UNREAD & set(column) for column in template["columns"].values()):
        raise InstanceError(file=path.name, reason=OTHER_OIM)
    known = {**{key: pl.lit(str(text)) for key, text in parameters.items()},
             **{key: pl.col(key) for key in rows.columns}}  # fmt: skip
    parts = []
    for column, stated in template["columns"].items():
        if "dimensions" not in stated:
            continue
        if column not in rows.columns:
            raise InstanceError(file=path.name, reason=BROKEN_TABLE)
        about = {**above, **stated["dimensions"]}
        decimals = stated.get("decimals", template.get("decimals", content.get("decimals")))
        filled = rows.filter(pl.col(column) != "")
        parts.append(_facts(filled, column, (about, decimals), known, head))
    return pl.concat([pl.DataFrame(schema=_SCHEMA), *parts])


def _rows(path: Path, table: Mapping[str, Any]) -> pl.DataFrame | None:
    """Return the cells of a table as text; None where an optional table is not there.

    Raises:
        InstanceError: It is not there, leads out of the folder, or is broken.
    """
    url = str(table["url"])
    place = (path.parent / url).resolve()
    if not place.is_relative_to(path.parent.resolve()) or not place.is_file():
        if table.get("optional") and "://" not in url:
            return None
        raise InstanceError(file=path.name, reason=BROKEN_TABLE)
    if place.stat().st_size > limits.JSON:
        raise TooLargeInstanceError(file=place.name, limit=limits.JSON // limits.MEBI)
    try:
        found = pl.read_csv(place, infer_schema=False, encoding="utf8")
    except pl.exceptions.PolarsError:
        raise InstanceError(file=path.name, reason=BROKEN_TABLE) from None
    return found.with_columns(pl.all().fill_null("").str.strip_chars())


def _facts(
    rows: pl.DataFrame,
    column: str,
    stated: tuple[Mapping[str, Any], object],
    known: Mapping[str, pl.Expr],
    head: oim.Head,
) -> pl.DataFrame:
    """Return the facts of one column."""
    about, decimals = stated
    texts = {name: _text(value, known) for name, value in about.items()}
    dims = sorted(name for name in texts if name not in _CORE)
    made = rows.select(
        pl.concat_str(
            pl.lit("MET("), texts["concept"], pl.lit(")"), *[_member(n, texts[n]) for n in dims]
        ).alias("signature"),
        texts.get("period", pl.lit("")).alias("period"),
        texts.get("unit", pl.lit("")).alias("unit"),
        _text("" if decimals is None else decimals, known).alias("decimals"),
        _plain(pl.col(column)).alias("value"),
        texts["entity"].alias("entity"),
        texts["concept"].alias("metric"),
    )
    return _canonical(made, head)


def _text(value: object, known: Mapping[str, pl.Expr]) -> pl.Expr:
    """Return a value of the metadata: itself, or the column or parameter it refers to."""
    text = str(value)
    if text.startswith("$$"):
        return pl.lit(text[1:])
    return known[text[1:]] if text.startswith("$") else pl.lit(text)


def _member(name: str, text: pl.Expr) -> pl.Expr:
    there = pl.concat_str(pl.lit(f"|{name}("), text, pl.lit(")"))
    return pl.when(text.is_in(_ABSENT)).then(pl.lit("")).otherwise(there)


def _plain(cell: pl.Expr) -> pl.Expr:
    """Return the value of a cell: special values are empty, ``##`` is a ``#``."""
    special = cell.is_in(["#empty", "#nil", "#none"])
    bare = pl.when(cell.str.starts_with("##")).then(cell.str.slice(1)).otherwise(cell)
    return pl.when(special).then(pl.lit("")).otherwise(bare)


def _canonical(made: pl.DataFrame, head: oim.Head) -> pl.DataFrame:
    """Return facts with canonical periods, units, decimals and values of open dimensions."""
    periods = {one: oim.period(_abbreviated(one)) for one in made["period"].unique()}
    measures = made.select("metric", "unit", "decimals").unique(maintain_order=True)
    pairs = [
        oim.measure(metric, unit or None, decimals or None)
        for metric, unit, decimals in measures.iter_rows()
    ]
    looked_up = measures.with_columns(
        pl.Series("canonical_unit", [pair[0] for pair in pairs], pl.String),
        pl.Series("canonical_decimals", [pair[1] for pair in pairs], pl.String),
    )
    keys = ["metric", "unit", "decimals"]
    joined = made.join(looked_up, on=keys, how="left", maintain_order="left")
    return joined.select(
        _with_open(joined["signature"], head),
        pl.col("period").replace_strict(periods, return_dtype=pl.String),
        pl.col("canonical_unit").alias("unit"),
        pl.col("canonical_decimals").alias("decimals"),
        "value",
        "entity",
    )


def _abbreviated(text: str) -> str:
    """Return a period without its short forms of an instant.

    >>> _abbreviated("2026-12-31@end"), _abbreviated("2027-01-01")
    ('2027-01-01T00:00:00', '2027-01-01')
    """
    from kirjaamo.finance.writing.oim import midnight

    day, at, end = text.partition("@")
    if at and end == "end" and len(day) == len("2026-12-31"):
        return midnight(day)
    return (
        f"{day}T00:00:00" if at and end == "start" and len(day) == len("2026-12-31") else text
    )


def _with_open(signatures: pl.Series, head: oim.Head) -> pl.Series:
    """Return signatures whose values of open dimensions are marked as such."""
    parts = "|".join(sorted(head.namespaces))
    named_only = rf"^MET\([^()|]+\)(?:\|[^()|]+\((?:{parts}):[^\s:()|]+\))*$"
    doubtful = signatures.filter(~signatures.str.contains(named_only)).unique()
    if doubtful.is_empty():
        return signatures
    slow = {text: "".join(_signed(text, head)) for text in doubtful}
    return signatures.replace_strict(slow, default=signatures, return_dtype=pl.String)


def _signed(text: str, head: oim.Head) -> Iterator[str]:
    """Yield the parts of a signature whose members may hold any text."""
    metric, mark, rest = text.partition(")")
    yield metric + mark
    # A member ends where the next dimension of a known prefix begins, or at the end.
    import re

    prefixes = "|".join(map(re.escape, sorted(head.namespaces)))
    starts = [*re.finditer(rf"\|((?:{prefixes}):[\w.-]+)\(", rest)]
    for number, found in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(rest)
        member = rest[found.end() : end].removesuffix(")")
        yield f"|{found[1]}({oim.member(_bare(member), head)})"


def _bare(text: str) -> str:
    return text[1:] if text.startswith("##") else text
