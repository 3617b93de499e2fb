"""xBRL-JSON: one object for each fact, streamed.  Specification: xBRL-JSON 1.0."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import polars as pl

from kirjaamo.files import replacing
from kirjaamo.finance.facts import Filing, Review
from kirjaamo.finance.writing import oim
from kirjaamo.finance.writing.naming import METRIC, unpacked

TYPE: Final = "https://xbrl.org/2021/xbrl-json"
SLICE: Final = 25_000

_MEMBERS: Final = {"|": ',"', "(": '":"', ")": '"'}
_TYPED: Final = re.compile(r'"=([^"]*)"')


def write(path: Path, filing: Filing, review: Review | None = None) -> None:
    """Write an instance, whole or not at all.

    Raises:
        FactsError: The facts cannot stand in one instance.
        CannotWriteError: The file cannot be written.
    """
    del review
    facts, namespaces = oim.prepared(filing)
    info = {
        "documentType": TYPE,
        "namespaces": dict(namespaces),
        "taxonomy": oim.taxonomies(filing),
    }
    with replacing(path) as stream:
        stream.write(f'{{"documentInfo":{_text(info)},\n"facts":{{\n'.encode())
        comma = ""
        for text in _facts(filing, facts):
            stream.write((comma + text).encode())
            comma = ",\n"
        stream.write(b"\n}}\n")


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _facts(filing: Filing, facts: pl.DataFrame) -> Iterator[str]:
    """Yield the facts, slice by slice."""
    if filing.indicators:
        yield ",\n".join(_indicators(filing, str(facts["period"].max())))
    for start in range(0, len(facts), SLICE):
        part = facts.slice(start, SLICE).with_row_index("number", start + 1)
        lines = part.select(_line(filing, part)).to_series()
        if filing.typed:
            lines = lines.map_elements(_with_typed, return_dtype=pl.String)
        yield str(lines.str.join(",\n").item())


def _indicators(filing: Filing, period: str) -> Iterator[str]:
    for number, code in enumerate(sorted(set(filing.indicators)), start=1):
        dimensions = {
            "concept": f"{oim.INDICATOR}:filed",
            "entity": oim.entity(filing),
            "period": oim.midnight(period),
            f"{oim.INDICATOR}:template": code,
        }
        yield f'"i{number}":{_text({"value": "true", "dimensions": dimensions})}'


def _line(filing: Filing, part: pl.DataFrame) -> pl.Expr:
    """Return a fact as a member of the object of facts."""
    place = pl.col("signature").str.replace(METRIC, "")
    instants: Mapping[str, str] = {day: oim.midnight(day) for day in part["period"].unique()}
    precise = pl.concat_str(pl.lit(',"decimals":'), pl.col("decimals"))
    measured = pl.concat_str(pl.lit('","unit":"'), pl.col("unit"))
    return pl.concat_str(
        pl.lit('"f'), pl.col("number").cast(pl.String), pl.lit('":{"value":'), _values(part),
        pl.when(pl.col("decimals").is_in(["", "INF"])).then(pl.lit("")).otherwise(precise),
        pl.lit(',"dimensions":{"concept":"'), pl.col("signature").str.extract(METRIC),
        pl.lit(f'","entity":{_text(oim.entity(filing))},"period":"'),
        pl.col("period").replace_strict(instants, return_dtype=pl.String),
        pl.when(pl.col("unit").is_in(["", oim.PURE])).then(pl.lit("")).otherwise(measured),
        pl.lit('"'), place.str.replace_many(list(_MEMBERS), list(_MEMBERS.values())),
        pl.lit("}}"),
    )  # fmt: skip


def _values(part: pl.DataFrame) -> pl.Expr:
    """Return values as texts of JSON; numbers need no care."""
    number = pl.concat_str(pl.lit('"'), pl.col("value"), pl.lit('"'))
    if "" not in part["unit"].unique():
        return number
    text = pl.col("value").map_elements(_text, return_dtype=pl.String)
    return pl.when(pl.col("unit") == "").then(text).otherwise(number)


def _with_typed(line: str) -> str:
    head, mark, dimensions = line.partition('"dimensions":')
    return head + mark + _TYPED.sub(lambda found: _text(unpacked(found[1])), dimensions)
