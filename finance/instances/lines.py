"""XBRL 2.1 as this product writes it: one element on a line, read as columns.

Every line must have exactly the form that `kirjaamo.finance.writing.xml` gives it, or the file
is left to the reader of any XBRL; so the facts are the same, ten times sooner.
"""

import re
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

from kirjaamo.finance.facts import KEY, SCHEMA, Filing
from kirjaamo.finance.instances import xml
from kirjaamo.finance.instances.errors import InstanceError
from kirjaamo.finance.instances.looked import Context, Looked
from kirjaamo.finance.instances.reading import named, told_indicators
from kirjaamo.finance.writing.naming import used

_NAME: Final = r"[A-Za-z_][A-Za-z0-9_.-]*:[A-Za-z0-9_.-]+"
_MEMBER: Final = rf'<xbrldi:explicitMember dimension="{_NAME}">{_NAME}</xbrldi:explicitMember>'
_MARKS: Final = {
    '<xbrldi:explicitMember dimension="': "|",
    '">': "(",
    "</xbrldi:explicitMember>": ")",
}
_START: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n<xbrli:xbrl '
_ENTITY: Final = re.compile(r"<xbrli:entity>.*?</xbrli:entity>")
_HEAD: Final = 1 << 20
"""Bytes in which everything before the first context of a fact stands."""


def read(path: Path) -> Filing | None:
    """Return what an instance of ours says; None when it has any other form."""
    head = _head(path)
    lines = None if head is None else _lines(path, head)
    if head is None or lines is None:
        return None
    is_context = lines.str.starts_with("<xbrli:context ")
    contexts = _contexts(lines.filter(is_context), head.entity)
    facts = _facts(lines.filter(~is_context), head)
    if contexts is None or facts is None:
        return None
    joined = facts.join(contexts, on="context", how="left", maintain_order="left")
    signature = pl.concat_str(pl.lit("MET("), "metric", pl.lit(")"), "place")
    frame = joined.select(signature.alias("signature"), *SCHEMA.names()[1:])
    if joined["period"].null_count() or used(frame["signature"]) - set(head.looked.namespaces):
        return None
    return _filing(head, frame.sort(KEY, maintain_order=True))


class _Head(NamedTuple):
    """What stands before the first context of a fact; that context; lines; text of its entity."""

    looked: Looked
    first: Context
    skipped: int
    entity: str


def _head(path: Path) -> _Head | None:
    """Return the head of a file, read by the reader of any XBRL; None when it is not as ours."""
    with path.open("rb") as stream:
        start = stream.read(_HEAD)
    first = start.find(b'<xbrli:context id="c1"')
    if first < 0 or not start.startswith(_START):
        return None
    before = start[:first]
    line = start[first : start.find(b"\n", first)]
    entity = _ENTITY.search(line.decode("utf-8", "replace"))
    if b"<!" in before or entity is None:
        return None
    try:
        looked = xml.read_bytes(before + line + b"</xbrli:xbrl>", path.name)
    except InstanceError:
        return None
    single = len(set(looked.namespaces.values())) == len(looked.namespaces)
    other = looked.names != looked.namespaces
    odd = other or looked.below or looked.typed or looked.facts.height
    named = all(len(one.measures) == 1 and not one.divided for one in looked.units)
    if odd or not single or not named or looked.contexts[-1].id != "c1":
        return None
    return _Head(looked, looked.contexts[-1], before.count(b"\n"), entity[0])


def _lines(path: Path, head: _Head) -> pl.Series | None:
    """Return the lines of contexts and facts; None when the file does not end as ours."""
    try:
        lines = pl.read_csv(
            path, has_header=False, new_columns=["line"], separator="\x01", quote_char=None,
            infer_schema=False, skip_rows=head.skipped,
        )["line"]  # fmt: skip
    except pl.exceptions.PolarsError:
        return None
    if lines.null_count() or lines[-1] != "</xbrli:xbrl>":
        return None
    return lines.slice(0, len(lines) - 1)


def _filing(head: _Head, facts: pl.DataFrame) -> Filing:
    """Return the filing of a head and its facts."""
    looked = head.looked
    reference = next((one for one in looked.parts if one.name == "link:schemaRef"), None)
    codes, bare = told_indicators(facts, looked.namespaces)
    told = {one.code for one in looked.indicators if one.filed}
    return Filing(
        reference.attributes.get("href", "") if reference else "",
        head.first.entity,
        named(bare, looked.namespaces, {}),
        bare,
        tuple(sorted({*told, *codes})),
        head.first.scheme,
    )


def _contexts(lines: pl.Series, entity: str) -> pl.DataFrame | None:
    """Return ``context, place, period``; None when any line has another form."""
    pattern = (
        r'^<xbrli:context id="c[0-9]+">' + re.escape(entity)
        + r"<xbrli:period><xbrli:instant>[0-9]{4}-[0-9]{2}-[0-9]{2}</xbrli:instant>"
        + rf"</xbrli:period>(?:<xbrli:scenario>(?:{_MEMBER})+</xbrli:scenario>)?"
        + r"</xbrli:context>$"
    )  # fmt: skip
    if not lines.str.contains(pattern).all():
        return None
    line = pl.col("line")
    made = lines.to_frame("line").select(
        context=line.str.splitn('"', 3).struct.field("field_1"),
        period=line.str.splitn("<xbrli:instant>", 2).struct.field("field_1").str.head(10),
        place=line.str.splitn("<xbrli:scenario>", 2).struct.field("field_1").fill_null("")
        .str.strip_suffix("</xbrli:scenario></xbrli:context>").str.replace_many(_MARKS),
    )  # fmt: skip
    if made["context"].is_duplicated().any():
        return None
    return made if _in_order(made["place"]) else None


def _in_order(places: pl.Series) -> bool:
    """Tell whether the dimensions of every context are in alphabetical order."""
    shapes = places.str.replace_all(r"\([^)]*\)", "").unique()
    return all(
        names == sorted(set(names)) for names in (shape.split("|")[1:] for shape in shapes)
    )


def _facts(lines: pl.Series, head: _Head) -> pl.DataFrame | None:
    """Return ``metric, context, unit, decimals, value``; None when any line has another form."""
    pattern = (
        rf'^<{_NAME} contextRef="c[0-9]+"(?: unitRef="[A-Za-z0-9_]+" '
        rf'decimals="(?:-?[0-9]+|INF)")?>(?:[^<&]|&(?:lt|gt|amp);)+</{_NAME}>$'
    )
    if not lines.str.contains(pattern).all():
        return None
    parts = lines.to_frame("line").select(
        tag=pl.col("line").str.splitn(">", 2).struct.field("field_0"),
        rest=pl.col("line").str.splitn(">", 2).struct.field("field_1"),
    )
    words = pl.col("tag").str.splitn('"', 7).struct
    frame = parts.select(
        metric=words.field("field_0").str.strip_prefix("<").str.strip_suffix(" contextRef="),
        context=words.field("field_1"),
        unit=words.field("field_3").fill_null(""),
        decimals=words.field("field_5").fill_null(""),
        value=pl.col("rest").str.splitn("<", 2).struct.field("field_0"),
        end=pl.col("rest").str.splitn("</", 2).struct.field("field_1").str.strip_suffix(">"),
    )
    if not frame.select((pl.col("metric") == pl.col("end")).all()).item():
        return None
    units = {"": "", **{one.id: one.measures[0] for one in head.looked.units}}
    if set(frame["unit"].unique()) - set(units):
        return None
    value = pl.col("value").str.replace_many(["&lt;", "&gt;", "&amp;"], ["<", ">", "&"])
    return frame.with_columns(
        pl.col("unit").replace_strict(units, return_dtype=pl.String), value.str.strip_chars()
    ).drop("end")
