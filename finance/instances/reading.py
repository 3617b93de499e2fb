"""An instance of any form, by what it is."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl

from kirjaamo.files import why
from kirjaamo.finance.facts import KEY, SCHEMA, Filing
from kirjaamo.finance.instances.errors import (
    NO_FORM,
    InstanceError,
    LooseReferenceError,
    SeveralFilersError,
)
from kirjaamo.finance.instances.looked import Looked
from kirjaamo.finance.writing.naming import FILED

_START: Final = 4096
_ZIP: Final = b"PK"


def is_instance(path: Path) -> bool:
    """Tell whether a path may be an instance: a look at its first bytes; a folder by its report."""
    try:
        if path.is_dir():
            return any(_is_report(one) for one in path.glob("*.json"))
        if path.suffix.lower() in {".xbrl", ".xbr"}:
            return path.is_file()
        start = _first(path)
    except OSError:
        return False
    if start.startswith(_ZIP):
        from kirjaamo.finance.instances.packed import is_package

        return is_package(path)
    return b"xbrl.org/20" in start and (b"documentType" in start or start.startswith(b"<"))


def _first(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_START).lstrip(b"\xef\xbb\xbf \t\r\n")


def _is_report(path: Path) -> bool:
    return b"xbrl.org/2021/xbrl-csv" in _first(path)


def read(path: Path) -> Filing:
    """Return what an instance says.

    Args:
        path: An XBRL instance, xBRL-JSON, the folder or the metadata of xBRL-CSV, or a report
            package.

    Raises:
        InstanceError: It cannot be read.
    """
    try:
        return _read(path)
    except OSError as error:
        raise InstanceError(file=path.name, reason=why(error)) from None


def _read(path: Path) -> Filing:
    from kirjaamo.finance.instances import csv, json, packed, xml

    if path.is_dir():
        return csv.read(csv.metadata_of(path))
    start = _first(path)
    if start.startswith(_ZIP):
        with packed.opened(path) as report:
            return read(report)
    if start.startswith(b"{"):
        return csv.read(path) if _is_report(path) else json.read(path)
    if start.startswith(b"<"):
        from kirjaamo.finance.instances import lines

        return lines.read(path) or filing(xml.read(path))
    raise InstanceError(file=path.name, reason=NO_FORM)


def filing(looked: Looked) -> Filing:
    """Return what an XML instance says, in canonical form.

    Raises:
        SeveralFilersError: Facts are of more than one filer.
        LooseReferenceError: A fact names a context or unit that is not there.
    """
    facts, entities = canonical(looked)
    loose = facts.filter(pl.col("period").is_null() | pl.col("unit").is_null())
    if len(loose):
        raise LooseReferenceError(file=looked.file, line=loose["line"][0])
    if len(entities) > 1:
        raise SeveralFilersError(file=looked.file)
    scheme, entity = next(iter(entities), ("", ""))
    reference = next((one for one in looked.parts if one.name.endswith(":schemaRef")), None)
    indicators = [one.code for one in looked.indicators if one.filed]
    bare = facts.select(SCHEMA.names())
    codes, bare = told_indicators(bare, looked.names)
    return Filing(
        reference.attributes.get("href", "") if reference else "",
        entity,
        named(bare, looked.names, looked.typed),
        bare.sort(KEY, maintain_order=True),
        tuple(sorted({*indicators, *codes})),
        scheme,
        looked.typed,
    )


def canonical(looked: Looked) -> tuple[pl.DataFrame, set[tuple[str, str]]]:
    """Return the facts with ``line`` and ``id``, and the filers; null where a reference is loose."""
    contexts = pl.DataFrame(
        [(one.id, one.place, one.period) for one in looked.contexts],
        schema={"context": pl.String, "place": pl.String, "period": pl.String}, orient="row",
    ).unique("context", keep="first", maintain_order=True)  # fmt: skip
    units = {one.id: one.measures[0] if one.measures else "" for one in looked.units}
    used = set(looked.facts["context"].unique())
    entities = {(one.scheme, one.entity) for one in looked.contexts if one.id in used}
    named_units = pl.DataFrame(
        {"unit": list(units), "measure": list(units.values())},
        schema={"unit": pl.String, "measure": pl.String},
    )
    facts = looked.facts.join(contexts, on="context", how="left", maintain_order="left")
    facts = facts.join(named_units, on="unit", how="left", maintain_order="left")
    unit = pl.when(pl.col("unit").is_null()).then(pl.lit("")).otherwise(pl.col("measure"))
    return facts.select(
        "line",
        "id",
        "context",
        "metric",
        signature=pl.concat_str(pl.lit("MET("), "metric", pl.lit(")"), "place"),
        period="period",
        unit=unit,
        decimals=pl.col("decimals").fill_null("").str.strip_chars(),
        value=pl.col("value").fill_null("").str.strip_chars(),
    ), entities


def told_indicators(
    facts: pl.DataFrame, namespaces: Mapping[str, str]
) -> tuple[list[str], pl.DataFrame]:
    """Return the tables that facts of filing indicators name, and the other facts."""
    from kirjaamo.finance.writing.naming import unpacked

    prefixes = [prefix for prefix, uri in namespaces.items() if uri == FILED]
    if not prefixes:
        return [], facts
    is_one = pl.col("signature").str.starts_with(f"MET({prefixes[0]}:filed)")
    told = facts.filter(is_one)
    code = pl.col("signature").str.extract(r":template\(=?([^)]*)\)")
    codes = told.filter(pl.col("value").is_in(["true", "1"])).select(code).to_series()
    return [unpacked(one) for one in codes.drop_nulls()], facts.filter(~is_one)


def named(
    facts: pl.DataFrame, namespaces: Mapping[str, str], typed: Mapping[str, str]
) -> dict[str, str]:
    """Return the namespaces that facts use."""
    from kirjaamo.finance.writing.naming import STANDARD, used

    wanted = used(facts["signature"]) | {one.partition(":")[0] for one in typed.values()}
    return {
        prefix: uri
        for prefix, uri in sorted(namespaces.items())
        if prefix in wanted and prefix not in STANDARD
    }
