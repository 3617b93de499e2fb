"""Placeholder instead of content.

**What it checks.** Names and texts say something: they are not only a word such as “testi”, “ei
tietoa”, “tuntematon” or “asdf”, a row of x or a row of marks such as - or ?.

**Why it matters.** The field looks filled and is empty.
It passes every check of completeness, goes into the archive and tells the client and the next
worker nothing.

**Example.** The reasons of a decision are “xxx”.
"""

from importlib.resources import files

import msgspec
import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule
from kirjaamo.settings import read_yaml
from kirjaamo.validators.damage.kinds import WORDS


class _Placeholders(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[str, ...]


def _pattern(words: tuple[str, ...]) -> str:
    """Return the pattern of a value that is one of *words*, a row of x or a row of marks."""
    literal = "|".join(word.replace(".", r"\.") for word in words)
    return rf"(?i)^[ \t\r\n]*(?:{literal}|x{{2,}}|[-.?*_/+#\u2013\u2014\u2026]+)[ \t\r\n]*$"


PLACEHOLDER = _pattern(
    read_yaml(files("kirjaamo.validators.damage") / "placeholders.yaml", _Placeholders).words
)


@column_rule(
    "DQ009",
    on=WORDS,
    severity=Severity.WARNING,
    basis="Act 703/2023, section 17",
    since="0.1.0",
    advice="Record what is known, or leave the field empty.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Return whether the whole value is a placeholder."""
    return value.str.contains(PLACEHOLDER)
