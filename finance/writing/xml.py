"""XBRL 2.1 instances: columns become text in slices, contexts and units stand once.

The order is that of signatures and periods, identifiers are running numbers in that order, and
nothing of time or place is written.  Dimensions stand in the scenario; every period is an
instant.  Specification: XBRL 2.1; XBRL Dimensions 1.0; filing indicators of Eurofiling.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import polars as pl

from kirjaamo.files import replacing
from kirjaamo.finance.facts import FactsError, Filing, checked
from kirjaamo.messages import N_

SLICE: Final = 50_000
"""Rows made to text at a time: about 40 MB."""

STANDARD: Final = {
    "xbrli": "http://www.xbrl.org/2003/instance",
    "link": "http://www.xbrl.org/2003/linkbase",
    "xlink": "http://www.w3.org/1999/xlink",
    "xbrldi": "http://xbrl.org/2006/xbrldi",
    "iso4217": "http://www.xbrl.org/2003/iso4217",
    "find": "http://www.eurofiling.info/xbrl/ext/filing-indicators",
}
_METRIC: Final = r"^MET\(([^)]+)\)"
_MEMBER: Final = r"\|([^(|]+)\(([^)|]+)\)"
_PLAIN: Final = r"^MET\([^)|<>&*]+:[^)|<>&*]+\)(?:\|[^(|<>&]+\([^)|<>&*]+:[^)|<>&*]+\))*$"


class NotWritableError(FactsError):
    """A data point is open, or its metric has no prefix."""

    sentence = N_("The data point {signature} is open or has no prefix and cannot be written.")


class NoNamespaceError(FactsError):
    """A signature uses a prefix without a namespace."""

    sentence = N_("The prefix {prefix} has no namespace. Is the taxonomy of another version?")


def write(path: Path, filing: Filing) -> None:
    """Write an instance, whole or not at all.

    Raises:
        FactsError: The facts cannot stand in one instance.
        CannotWriteError: The file cannot be written.
    """
    facts = checked(filing)
    wrong = facts.filter(~pl.col("signature").str.contains(_PLAIN))
    if len(wrong):
        raise NotWritableError(signature=wrong["signature"][0])
    namespaces = _namespaces(filing, facts)
    with replacing(path) as stream:
        for text in _texts(filing, facts, namespaces):
            stream.write(text.encode("utf-8"))


def _namespaces(filing: Filing, facts: pl.DataFrame) -> dict[str, str]:
    """Return what the root declares: every prefix in use, and no other."""
    prefixes = (
        facts["signature"].str.extract_all(r"[A-Za-z_][A-Za-z0-9_.-]*:").explode().unique()
    )
    used = {prefix.removesuffix(":") for prefix in prefixes.drop_nulls()}
    used |= {unit.partition(":")[0] for unit in facts["unit"].unique() if unit}
    known = {**filing.namespaces, **STANDARD}
    missing = sorted(used - set(known))
    if missing:
        raise NoNamespaceError(prefix=missing[0])
    used |= {"xbrli", "link", "xlink"} | ({"find"} if filing.indicators else set())
    if facts["signature"].str.contains("|", literal=True).any():
        used.add("xbrldi")
    return {prefix: known[prefix] for prefix in sorted(used)}


def _texts(filing: Filing, facts: pl.DataFrame, namespaces: dict[str, str]) -> Iterator[str]:
    """Yield the instance in pieces."""
    declared = "".join(f" xmlns:{name}={quoteattr(uri)}" for name, uri in namespaces.items())
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<xbrli:xbrl{declared}>\n'
    yield f'<link:schemaRef xlink:type="simple" xlink:href={quoteattr(filing.entry_point)}/>\n'
    place = pl.col("signature").str.replace(_METRIC, "").alias("place")
    keyed = facts.with_columns(place)
    contexts = keyed.select("place", "period").unique().sort("place", "period")
    contexts = contexts.with_row_index("context", offset=1)
    units = facts.filter(pl.col("unit") != "")["unit"].unique().sort().to_list()
    yield from _indicators(filing, str(facts["period"].max()))
    for part in contexts.iter_slices(SLICE):
        yield from part.select(_context(filing)).to_series()
    for unit in units:
        name = re.sub("[^A-Za-z0-9]", "_", unit)
        yield f'<xbrli:unit id="{name}"><xbrli:measure>{unit}</xbrli:measure></xbrli:unit>\n'
    for part in keyed.iter_slices(SLICE):
        numbered = part.join(contexts, on=["place", "period"], maintain_order="left")
        yield "".join(numbered.select(_fact()).to_series())
    yield "</xbrli:xbrl>\n"


def _entity(filing: Filing) -> str:
    return (
        f"<xbrli:entity><xbrli:identifier scheme={quoteattr(filing.scheme)}>"
        f"{escape(filing.entity)}</xbrli:identifier></xbrli:entity>"
    )


def _indicators(filing: Filing, period: str) -> Iterator[str]:
    """Yield the filing indicators and the context they are of."""
    if not filing.indicators:
        return
    yield (
        f'<xbrli:context id="c0">{_entity(filing)}<xbrli:period><xbrli:instant>{period}'
        "</xbrli:instant></xbrli:period></xbrli:context>\n<find:fIndicators>\n"
    )
    for code in sorted(set(filing.indicators)):
        indicator = f'<find:filingIndicator contextRef="c0">{escape(code)}'
        yield f"{indicator}</find:filingIndicator>\n"
    yield "</find:fIndicators>\n"


def _context(filing: Filing) -> pl.Expr:
    member = '<xbrldi:explicitMember dimension="${1}">${2}</xbrldi:explicitMember>'
    members = pl.col("place").str.replace_all(_MEMBER, member)
    scenario = pl.concat_str(pl.lit("<xbrli:scenario>"), members, pl.lit("</xbrli:scenario>"))
    return pl.concat_str(
        pl.lit('<xbrli:context id="c'),
        pl.col("context").cast(pl.String),
        pl.lit(f'">{_entity(filing)}<xbrli:period><xbrli:instant>'),
        pl.col("period"),
        pl.lit("</xbrli:instant></xbrli:period>"),
        pl.when(pl.col("place") == "").then(pl.lit("")).otherwise(scenario),
        pl.lit("</xbrli:context>\n"),
    )


def _fact() -> pl.Expr:
    metric = pl.col("signature").str.extract(_METRIC)
    value = pl.col("value")
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        value = value.str.replace_all(sign, entity, literal=True)
    unit = pl.col("unit").str.replace_all("[^A-Za-z0-9]", "_")
    measured = pl.concat_str(
        pl.lit('" unitRef="'), unit, pl.lit('" decimals="'), pl.col("decimals")
    )
    return pl.concat_str(
        pl.lit("<"), metric, pl.lit(' contextRef="c'), pl.col("context").cast(pl.String),
        pl.when(pl.col("unit") == "").then(pl.lit("")).otherwise(measured),
        pl.lit('">'), value, pl.lit("</"), metric, pl.lit(">\n"),
    )  # fmt: skip
