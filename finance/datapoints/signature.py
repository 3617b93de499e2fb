"""What the signature of a data point says: metric, dimensions and members.

A signature is ``MET(metric)`` and ``dimension(member)`` with bars between them.  Its canonical
form has the metric first and the dimensions in alphabetical order, so that two files that
write one data point in two ways mean the same.  ``dimension(*)`` is open: it takes any value.
"""

import re
from dataclasses import dataclass

import polars as pl

from kirjaamo.finance.datapoints.errors import SignatureError

METRIC = "MET"
_VALUE = re.compile(r"\(=[^)]*\)")
_PART = re.compile(r"([A-Za-z_][\w.-]*(?::[\w.-]+)?)\((.+)\)", re.ASCII)
_NAME = r"[A-Za-z_][A-Za-z0-9_.-]*"
_PLAIN = rf"^MET\({_NAME}(?::{_NAME})?\)(?:\|{_NAME}(?::{_NAME})?\({_NAME}:[A-Za-z0-9_.-]+\))*$"


@dataclass(frozen=True, slots=True)
class Signature:
    """A data point: what is measured, and of what.

    Attributes:
        metric: The metric.
        members: Pairs of dimension and member, in alphabetical order of dimensions.
    """

    metric: str
    members: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Return the canonical text."""
        parts = (f"|{dimension}({member})" for dimension, member in self.members)
        return f"{METRIC}({self.metric}){''.join(parts)}"

    @property
    def is_open(self) -> bool:
        """Tell whether a dimension takes any value."""
        return any(member.startswith("*") for _, member in self.members)


def parse(text: str, place: str = "") -> Signature:
    """Return the signature that a text says.

    >>> str(parse("x_dim:TIL(x_TI:x1)|MET(x_met:md1)|x_dim:PAL(x_PA:x2)"))
    'MET(x_met:md1)|x_dim:PAL(x_PA:x2)|x_dim:TIL(x_TI:x1)'

    Raises:
        SignatureError: It is none; *place* says where it stands.
    """
    found = [_PART.fullmatch(part) for part in text.strip().split("|")]
    pairs = [(one[1], one[2]) for one in found if one]
    metrics = [member for name, member in pairs if name == METRIC]
    members = sorted((name, member) for name, member in pairs if name != METRIC)
    names = [name for name, _ in members]
    if len(pairs) < len(found) or len(metrics) != 1 or len(set(names)) < len(names):
        raise SignatureError(place=place, signature=text)
    return Signature(metrics[0], tuple(members))


def canonical(texts: pl.Series, place: str) -> pl.Series:
    """Return signatures in their canonical form; millions in a few seconds.

    Raises:
        SignatureError: A text is no signature.
    """
    joined, names_differ = _ordered(texts)
    fits = joined.str.contains(_PLAIN) & names_differ
    doubtful = texts.filter(~fits.fill_null(value=False))
    # Open and typed dimensions are rare: they take the long way, which also finds what is wrong.
    slow = {text: str(parse(text or "", place)) for text in doubtful.unique().to_list()}
    return joined if not slow else texts.replace_strict(
        slow, default=joined, return_dtype=pl.String)  # fmt: skip


def _ordered(texts: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return signatures with their parts in order, and whether no dimension stands twice.

    Capitals sort before small letters, so that the metric nearly always comes first.  Sorting
    all parts as one column is ten times faster than sorting list by list.
    """
    parts = pl.DataFrame({"part": texts.str.strip_chars().str.split("|")})
    every = parts.with_row_index("row").explode("part").sort("row", "part")
    grouped = (
        every.with_columns(name=pl.col("part").str.extract(r"^([^(]*)\("))
        .group_by("row", maintain_order=True)
        .agg("part", differ=pl.col("name").n_unique() == pl.len())
    )
    return grouped["part"].list.join("|").alias(texts.name), grouped["differ"]


def told(signature: str) -> str:
    """Return a data point as messages tell it: without values of open dimensions.

    >>> told("MET(x:md1)|x:AVO(=Unit%201)|x:PAL(x:x1)")
    'MET(x:md1)|x:AVO(=)|x:PAL(x:x1)'
    """
    return _VALUE.sub("(=)", signature)
