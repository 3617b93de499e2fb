"""Inline XBRL: one page that people read and programs read as an instance, streamed.

Numbers stand as people here write them, with the transformation that says so.  Specification:
Inline XBRL 1.1; Transformation Rules Registry 4.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

import polars as pl

from kirjaamo.files import replacing
from kirjaamo.finance.facts import Filing, Review, checked, plain
from kirjaamo.finance.instances.showing import labelled
from kirjaamo.finance.writing import xml
from kirjaamo.finance.writing.naming import METRIC, declared
from kirjaamo.messages import N_, gettext, language
from kirjaamo.pages import asset

NAMESPACES: Final = {
    "ix": "http://www.xbrl.org/2013/inlineXBRL",
    "ixt": "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12",
}
"""Prefixes of the form itself."""

FORM: Final = "ixt:num-comma-decimal"
"""Numbers with spaces between thousands and a decimal comma."""

TITLE: Final = N_("Financial report")


def write(path: Path, filing: Filing, review: Review | None = None) -> None:
    """Write the page, whole or not at all.

    Raises:
        FactsError: The facts cannot stand in one instance.
        CannotWriteError: The file cannot be written.
    """
    facts = plain(checked(filing), filing.typed)
    needed = {"xbrli", "link", "xlink", *({"find"} if filing.indicators else ())}
    if facts["signature"].str.contains("|", literal=True).any():
        needed.add("xbrldi")
    namespaces = {**declared(filing, facts, needed), **NAMESPACES}
    with replacing(path) as stream:
        stream.write(_start(filing, namespaces).encode())
        _write_header(stream, filing, facts)
        stream.write("".join(_table_head()).encode())
        for part in xml.numbered(facts):
            shown = labelled(part, review.points if review else None)
            xml.write_lines(stream, shown.select(_row()).to_series())
        stream.write(b"</tbody></table></div></div></body></html>\n")


def _start(filing: Filing, namespaces: Mapping[str, str]) -> str:
    named = "".join(
        f" xmlns:{name}={quoteattr(uri)}" for name, uri in sorted(namespaces.items())
    )
    title = escape(f"{gettext(TITLE)} {filing.entity}")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml"{named} xml:lang="{language()}">\n'
        '<head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>'
        f"<title>{title}</title>"
        f'<style type="text/css">{escape(asset("page.css"))}</style></head>\n'
        f'<body><div style="display:none">'
    )


def _write_header(stream: BinaryIO, filing: Filing, facts: pl.DataFrame) -> None:
    """Write what people do not see: schema, contexts, units, filing indicators."""
    stream.write(b"<ix:header>")
    indicators = "".join(_indicators(filing, facts))
    if indicators:
        stream.write(f"<ix:hidden>{indicators}</ix:hidden>".encode())
    reference = (
        f'<link:schemaRef xlink:type="simple" xlink:href={quoteattr(filing.entry_point)}/>'
    )
    stream.write(f"<ix:references>{reference}</ix:references><ix:resources>\n".encode())
    _, own = xml.indicator_context(filing, facts)
    stream.write(own.encode())
    for part in xml.numbered(facts):
        xml.write_lines(stream, xml.contexts(part.filter("new"), filing))
    stream.write("".join(xml.units(facts)).encode())
    title = escape(f"{gettext(TITLE)} {filing.entity}")
    stream.write(f"</ix:resources></ix:header></div>\n<div><h1>{title}</h1>\n".encode())


def _indicators(filing: Filing, facts: pl.DataFrame) -> Iterator[str]:
    if not filing.indicators:
        return
    context, _ = xml.indicator_context(filing, facts)
    yield '<ix:tuple tupleID="filed" name="find:fIndicators"/>'
    for order, code in enumerate(sorted(set(filing.indicators)), start=1):
        yield (
            f'<ix:nonNumeric tupleRef="filed" order="{order}" name="find:filingIndicator" '
            f'contextRef="{context}">{escape(code)}</ix:nonNumeric>'
        )


def _table_head() -> Iterator[str]:
    yield '<div class="table"><table><thead><tr>'
    for name in (N_("Data point"), N_("Name")):
        yield f'<th scope="col">{escape(gettext(name))}</th>'
    yield f'<th scope="col" class="number">{escape(gettext("Value"))}</th></tr></thead><tbody>\n'


def _row() -> pl.Expr:
    """Return the row of a fact."""
    safe = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
    metric = pl.col("signature").str.extract(METRIC)
    named = pl.when(pl.col("id") == "").then(pl.col("signature")).otherwise(pl.col("id"))
    negative = pl.col("value").str.starts_with("-")
    whole = pl.col("value").str.strip_prefix("-").str.replace(".", ",", literal=True)
    number = pl.concat_str(
        pl.when(negative).then(pl.lit("\N{MINUS SIGN}")).otherwise(pl.lit("")),
        pl.lit('<ix:nonFraction name="'), metric, pl.lit('" contextRef="c'),
        pl.col("context").cast(pl.String), pl.lit('" unitRef="'),
        pl.col("unit").str.replace_all("[^A-Za-z0-9]", "_"), pl.lit('" decimals="'),
        pl.col("decimals"), pl.lit(f'" format="{FORM}"'),
        pl.when(negative).then(pl.lit(' sign="-"')).otherwise(pl.lit("")), pl.lit(">"), whole,
        pl.lit("</ix:nonFraction>"),
    )  # fmt: skip
    text = pl.concat_str(
        pl.lit('<ix:nonNumeric name="'), metric, pl.lit('" contextRef="c'),
        pl.col("context").cast(pl.String), pl.lit('">'),
        pl.col("value").str.replace_many(list(safe), list(safe.values())),
        pl.lit("</ix:nonNumeric>"),
    )  # fmt: skip
    value = pl.when(pl.col("unit") == "").then(text).otherwise(number)
    return pl.concat_str(
        pl.lit("<tr><td>"), named.str.replace_many(list(safe), list(safe.values())),
        pl.lit("</td><td>"), pl.col("label").str.replace_many(list(safe), list(safe.values())),
        pl.lit('</td><td class="number">'), value, pl.lit("</td></tr>"),
    )  # fmt: skip
