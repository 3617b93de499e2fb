"""Codes of code lists, their names, and general types of documents."""

from collections.abc import Mapping
from functools import cache

import polars as pl

from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures.library import Structures


@cache
def known_codes(codes: Codes, system: str) -> frozenset[str] | None:
    """Return the codes of a code list, or None when it is not known to be complete."""
    listed = codes.find(system)
    if listed is None or not listed.complete or not listed.has_codes:
        return None
    return frozenset(listed.frame["code"])


@cache
def names(codes: Codes, system: str) -> Mapping[str, frozenset[str]]:
    """Return code to its known names, in lower case; a code without a name is left out."""
    listed = codes.find(system) or codes.find(system.rpartition(".")[0])
    if listed is None:
        return {}
    rows = [*listed.frame.select("code", "name_fi", "name_sv").iter_rows()]
    rows += listed.displays.select("code", "name_fi", "name_sv").iter_rows()
    found: dict[str, set[str]] = {}
    for code, *told in rows:
        found.setdefault(code, set()).update(" ".join(n.split()).casefold() for n in told if n)
    return {code: frozenset(all_) for code, all_ in found.items() if all_}


GENERAL = 100
"""General document types have smaller numbers."""


@cache
def general_types(codes: Codes, structures: Structures) -> Mapping[str, str]:
    """Return document type to its general type, by the name that the structures group it by."""
    listed = codes.find("document_type")
    rows = () if listed is None else listed.frame.select("code", "name_fi").iter_rows()
    numbers = {name: code for code, name in rows if code.isdigit() and int(code) < GENERAL}
    own = structures.versions().filter(~pl.col("oid").str.contains(r"\.1505\."))
    types = own.select("code", "type").iter_rows()
    return {code: numbers[name] for code, name in types if name in numbers}
