"""Prefixes and names that every form of an instance shares."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, unquote

import polars as pl

from kirjaamo.finance.facts import FactsError, Filing
from kirjaamo.messages import N_

STANDARD: Final = {
    "xbrli": "http://www.xbrl.org/2003/instance",
    "link": "http://www.xbrl.org/2003/linkbase",
    "xlink": "http://www.w3.org/1999/xlink",
    "xbrldi": "http://xbrl.org/2006/xbrldi",
    "iso4217": "http://www.xbrl.org/2003/iso4217",
    "find": "http://www.eurofiling.info/xbrl/ext/filing-indicators",
}
"""Prefixes of the specifications."""

FILED: Final = "http://www.xbrl.org/taxonomy/int/filing-indicators/REC/2021-02-03"
"""Namespace of filing indicators as facts, which xBRL-CSV and xBRL-JSON can hold."""

METRIC: Final = r"^MET\(([^)]+)\)"
SLICE: Final = 20_000
"""Signatures looked at at a time."""


class NoNamespaceError(FactsError):
    """A signature uses a prefix without a namespace."""

    sentence = N_("The prefix {prefix} has no namespace. Is the taxonomy of another version?")


def declared(filing: Filing, facts: pl.DataFrame, needed: set[str]) -> Mapping[str, str]:
    """Return prefix to namespace of every prefix in use, and no other, in their order.

    Args:
        filing: The filing.
        facts: Its facts, checked.
        needed: Prefixes that the form itself uses.

    Raises:
        NoNamespaceError: A prefix in use has no namespace.
    """
    known = {**filing.namespaces, **STANDARD}
    wanted = needed | used(facts["signature"])
    wanted |= {unit.partition(":")[0] for unit in facts["unit"].unique() if unit}
    wanted |= {name.partition(":")[0] for name in filing.typed.values()}
    for prefix in sorted(wanted - set(known)):
        raise NoNamespaceError(prefix=prefix)
    return {prefix: known[prefix] for prefix in sorted(wanted)}


def used(signatures: pl.Series) -> set[str]:
    """Return the prefixes in signatures, looking at a slice at a time."""
    found: set[str] = set()
    split = pl.col("signature").str.split("|").list
    parts = split.explode(empty_as_null=True, keep_nulls=True).unique().drop_nulls()
    for start in range(0, len(signatures), SLICE):
        names = signatures.slice(start, SLICE).to_frame("signature").select(parts)
        found.update(names.to_series())
    named = (name for part in found for name in part.removesuffix(")").split("(", 1))
    return {
        name.partition(":")[0] for name in named if ":" in name and not name.startswith("=")
    }


def packed(text: str) -> str:
    """Return the value of an open dimension as signatures write it, after ``=``.

    >>> packed("a|b (c)"), unpacked("a%7Cb%20%28c%29")
    ('a%7Cb%20%28c%29', 'a|b (c)')
    """
    return quote(text, safe="")


def unpacked(text: str) -> str:
    """Return the value of an open dimension."""
    return unquote(text)
