"""XBRL 2.1 instances: columns become text in slices, contexts and units stand once.

Facts stand in the order of their contexts, contexts in that of their dimensions and periods;
identifiers are running numbers in that order, and nothing of time or place is written.  In this
order a context is new where it differs from the one before, so that no table of contexts is
ever held.  Dimensions stand in the scenario; every period is an instant.  Specification: XBRL
2.1; XBRL Dimensions 1.0; filing indicators of Eurofiling.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

import polars as pl

from kirjaamo.files import replacing
from kirjaamo.finance.facts import Filing, Review, checked, plain
from kirjaamo.finance.writing.naming import METRIC, declared, unpacked

SLICE: Final = 5_000
"""Rows made to text at a time: about 3 MB; more take memory and no less time."""

_SAFE: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MEMBERS: Final = {
    "|": '<xbrldi:explicitMember dimension="',
    "(": '">',
    ")": "</xbrldi:explicitMember>",
}
_TYPED: Final = re.compile(r'<xbrldi:explicitMember dimension="([^"]*)">=([^<]*)</[^>]*>')


def write(path: Path, filing: Filing, review: Review | None = None) -> None:
    """Write an instance, whole or not at all.

    Raises:
        FactsError: The facts cannot stand in one instance.
        CannotWriteError: The file cannot be written.
    """
    del review
    facts = plain(checked(filing), filing.typed)
    namespaces = declared(filing, facts, _needs(filing, facts))
    with replacing(path) as stream:
        stream.write(_head(filing, facts, namespaces).encode())
        if len(facts):
            _write_facts(stream, filing, facts)
        stream.write(b"</xbrli:xbrl>\n")


def _needs(filing: Filing, facts: pl.DataFrame) -> set[str]:
    """Return the prefixes that the form itself uses."""
    needed = {"xbrli", "link", "xlink"} | ({"find"} if filing.indicators else set())
    if facts["signature"].str.contains("|", literal=True).any():
        needed.add("xbrldi")
    return needed


def _head(filing: Filing, facts: pl.DataFrame, namespaces: Mapping[str, str]) -> str:
    """Return everything before the first context of a fact."""
    named = "".join(f" xmlns:{name}={quoteattr(uri)}" for name, uri in namespaces.items())
    parts = [
        f'<?xml version="1.0" encoding="UTF-8"?>\n<xbrli:xbrl{named}>\n',
        f'<link:schemaRef xlink:type="simple" xlink:href={quoteattr(filing.entry_point)}/>\n',
        *_indicators(filing, facts),
    ]
    return "".join([*parts, *units(facts)])


def units(facts: pl.DataFrame) -> Iterator[str]:
    """Yield the elements of the units in use."""
    for unit in facts["unit"].unique().sort():
        if unit:
            measure = f"<xbrli:measure>{unit}</xbrli:measure>"
            yield f'<xbrli:unit id="{unit_id(unit)}">{measure}</xbrli:unit>\n'


def unit_id(unit: str) -> str:
    """Return the identifier of a unit.

    >>> unit_id("iso4217:EUR")
    'iso4217_EUR'
    """
    return re.sub("[^A-Za-z0-9]", "_", unit)


def entity_element(filing: Filing) -> str:
    """Return the element that names the filer."""
    return (
        f"<xbrli:entity><xbrli:identifier scheme={quoteattr(filing.scheme)}>"
        f"{escape(filing.entity)}</xbrli:identifier></xbrli:entity>"
    )


def _indicators(filing: Filing, facts: pl.DataFrame) -> Iterator[str]:
    """Yield the filing indicators, after their context where no fact has the same."""
    if not filing.indicators:
        return
    context, own = indicator_context(filing, facts)
    yield own
    yield "<find:fIndicators>\n"
    for code in sorted(set(filing.indicators)):
        indicator = f'<find:filingIndicator contextRef="{context}">{escape(code)}'
        yield f"{indicator}</find:filingIndicator>\n"
    yield "</find:fIndicators>\n"


def indicator_context(filing: Filing, facts: pl.DataFrame) -> tuple[str, str]:
    """Return the identifier of the context of filing indicators, and its element.

    The element is empty where a fact has the same context, or where there are no indicators.
    """
    day = str(facts["period"].max())
    bare = facts.filter(~pl.col("signature").str.contains("|", literal=True))
    days = bare["period"].unique().sort().to_list()
    if day in days or not filing.indicators:
        return f"c{days.index(day) + 1 if day in days else 0}", ""
    period = f"<xbrli:period><xbrli:instant>{day}</xbrli:instant></xbrli:period>"
    return "c0", f'<xbrli:context id="c0">{entity_element(filing)}{period}</xbrli:context>\n'


def _write_facts(stream: BinaryIO, filing: Filing, facts: pl.DataFrame) -> None:
    """Write all contexts, then all facts."""
    few = list(numbered(facts)) if len(facts) <= SLICE else None
    for part in few or numbered(facts):
        write_lines(stream, contexts(part.filter("new"), filing))
    for part in few or numbered(facts):
        write_lines(stream, part.select(_fact(part)).to_series())


def numbered(facts: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield the facts in slices with ``place``, ``context`` (its number) and ``new``."""
    order = _order(facts)
    number = 0
    place: str | None = None
    period: str | None = None
    for start in range(0, len(facts), SLICE):
        part = (
            facts.slice(start, SLICE) if order is None else facts[order[start : start + SLICE]]
        )
        keyed = part.with_columns(place=pl.col("signature").str.replace(METRIC, ""))
        before = [pl.col(name).shift(1, fill_value=pl.lit(value, pl.String)) for name, value in
                  (("place", place), ("period", period))]  # fmt: skip
        new = pl.col("place").ne_missing(before[0]) | pl.col("period").ne_missing(before[1])
        keyed = keyed.with_columns(new=new, context=new.cast(pl.UInt32).cum_sum() + number)
        place, period = keyed["place"][-1], keyed["period"][-1]
        number = int(keyed["context"][-1])
        yield keyed


def _order(facts: pl.DataFrame) -> pl.Series | None:
    """Return the rows in the order of contexts; None when they are in that order already."""
    metrics: set[str] = set()
    for part in facts.iter_slices(50_000):
        metric = pl.col("signature").str.extract(METRIC).unique()
        metrics.update(part.select(metric).to_series())
    if len(metrics) == 1:
        return None
    place = pl.col("signature").str.replace(METRIC, "")
    return facts.select(pl.arg_sort_by(place, "period", "signature")).to_series()


def write_lines(stream: BinaryIO, lines: pl.Series) -> None:
    """Write texts, each on a line."""
    if len(lines):
        lines.to_frame().write_csv(stream, include_header=False, quote_style="never")


def contexts(part: pl.DataFrame, filing: Filing) -> pl.Series:
    """Return a context element for each row of ``place``, ``period`` and ``context``."""
    members = pl.col("place").str.replace_many(list(_MEMBERS), list(_MEMBERS.values()))
    scenario = pl.concat_str(pl.lit("<xbrli:scenario>"), members, pl.lit("</xbrli:scenario>"))
    lines = part.select(
        pl.concat_str(
            pl.lit('<xbrli:context id="c'),
            pl.col("context").cast(pl.String),
            pl.lit(f'">{entity_element(filing)}<xbrli:period><xbrli:instant>'),
            pl.col("period"),
            pl.lit("</xbrli:instant></xbrli:period>"),
            pl.when(pl.col("place") == "").then(pl.lit("")).otherwise(scenario),
            pl.lit("</xbrli:context>"),
        )
    ).to_series()
    if not filing.typed:
        return lines
    return lines.map_elements(lambda line: _with_typed(line, filing), return_dtype=pl.String)


def _with_typed(line: str, filing: Filing) -> str:
    """Return a context whose open dimensions have typed members."""

    def member(found: re.Match[str]) -> str:
        element, value = filing.typed[found[1]], escape(unpacked(found[2]))
        return (
            f'<xbrldi:typedMember dimension="{found[1]}"><{element}>{value}</{element}>'
            "</xbrldi:typedMember>"
        )

    return _TYPED.sub(member, line)


def _fact(part: pl.DataFrame) -> pl.Expr:
    """Return the element of a fact."""
    metric, value = pl.col("signature").str.extract(METRIC), pl.col("value")
    units = part["unit"].unique()
    if "" in units:
        value = value.str.replace_many(list(_SAFE), list(_SAFE.values()))
    measured: pl.Expr = pl.lit("")
    for unit in units:
        if unit:
            text = pl.concat_str(
                pl.lit(f'" unitRef="{unit_id(unit)}" decimals="'), pl.col("decimals")
            )
            measured = pl.when(pl.col("unit") == unit).then(text).otherwise(measured)
    return pl.concat_str(
        pl.lit("<"), metric, pl.lit(' contextRef="c'), pl.col("context").cast(pl.String),
        measured, pl.lit('">'), value, pl.lit("</"), metric, pl.lit(">"),
    )  # fmt: skip
