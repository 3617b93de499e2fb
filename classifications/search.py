"""Finding a code by what a person remembers of its name, or by the code itself."""

from collections.abc import Iterable

import polars as pl
from rapidfuzz import fuzz, utils

from kirjaamo.classifications.codelist import CodeList

SCHEMA = pl.Schema(
    {
        "score": pl.Int64,  # 0 to 100; 100 is the code or a name to the letter
        "code_list": pl.String,
        "oid": pl.String,
        "code": pl.String,  # empty: the class is known, its code is not
        "name_fi": pl.String,
        "name_sv": pl.String,
        "confidence": pl.String,
    }
)

ENOUGH = 75
"""Score below which a name is not offered."""


def search(lists: Iterable[CodeList], text: str, *, most: int = 20) -> pl.DataFrame:
    """Return the codes whose code or Finnish or Swedish name is like *text*, best first."""
    wanted = utils.default_process(text)
    hits = [
        (score, one.slug, one.oid, *row)
        for one in lists
        for row in _rows(one)
        if (score := _score(text, wanted, row)) >= ENOUGH
    ]
    found = pl.DataFrame(hits, schema=SCHEMA, orient="row")
    best = found.sort("score", descending=True, maintain_order=True)
    return best.unique(
        ["code_list", "code", "name_fi"], keep="first", maintain_order=True
    ).head(most)


def _rows(one: CodeList) -> Iterable[tuple[str, str, str, str]]:
    columns = ["code", "name_fi", "name_sv", "confidence"]
    yield from one.frame.select(columns).iter_rows()
    yield from one.displays.select(columns).iter_rows()
    yield from (("", known.fi, known.sv, "confirmed") for known in one.unnumbered)


def _score(text: str, wanted: str, row: tuple[str, str, str, str]) -> int:
    code, fi, sv, _ = row
    if code and code.casefold() == text.strip().casefold():
        return 100
    names = (utils.default_process(name) for name in (fi, sv) if name)
    return max((round(fuzz.WRatio(wanted, name)) for name in names), default=0)
