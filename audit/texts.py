"""Free text as columns: what measures ask of it."""

import polars as pl

PHONE = r"(?:\+358|00358|(?:^|[^0-9.,\p{L}-])0)(?:[ \x{a0}()/-]{0,2}[0-9]){6,12}(?:[^0-9]|$)"
"""A Finnish telephone number; dates have full stops, so that none is taken for one."""

CLIENTS_VIEW = (
    "kerto", "toivo", "pyysi", "pyytä", "koki", "koke", "halua", "mielestä", "mieltä", "omasta",
    "näkemyksensä", "ymmärsi", "berätta", "önska", "anser", "upplev", "uttryck", "vill",
)  # fmt: skip
"""Beginnings of words that tell that somebody's own view is given."""

WORKERS_VIEW = (
    "arvioi", "arvion", "johtopäätö", "havai", "näkemykseni", "työntekijän arvio",
    "työntekijän näkemy", "todettiin", "vaikutti", "bedöm", "observer", "slutsats",
)  # fmt: skip
"""Beginnings of words that tell that the worker's own view is given."""

_LONG = 7
_SWEDISH = r"(?i)\b(?:och|att|som|för|med|den|det|är|ett|vi|på|till|om|klienten)\b"
_SWEDISH_WORDS = 2


def readability(text: pl.Expr, at_least: int) -> pl.Expr:
    """Return LIX: words a sentence, plus the share of words of more than six letters in per cent.

    Args:
        text: Texts.
        at_least: Words that a text has at least; shorter ones give null.
    """
    count = words(text).cast(pl.Float64)
    long = text.str.count_matches(rf"\p{{L}}{{{_LONG},}}")
    sentences = pl.max_horizontal(text.str.count_matches(r"[.!?:](?:\s|$)"), pl.lit(1))
    return pl.when(count >= at_least).then(count / sentences + 100 * long / count)


def words(text: pl.Expr) -> pl.Expr:
    """Return the number of words of a text."""
    return text.str.count_matches(r"\p{L}+")


def is_swedish(text: pl.Expr) -> pl.Expr:
    """Return whether a text has at least two common Swedish words."""
    return text.str.count_matches(_SWEDISH) >= _SWEDISH_WORDS


def plain(text: pl.Expr) -> pl.Expr:
    """Return a text as small letters with single spaces: without marks and numbers."""
    letters = text.str.to_lowercase().str.replace_all(r"[^\p{L}]+", " ")
    return letters.str.strip_chars()


def begins(text: pl.Expr, beginnings: tuple[str, ...]) -> pl.Expr:
    """Return whether some word of a text that is `plain` begins in one of these ways."""
    return (pl.lit(" ") + text).str.contains_any([f" {one}" for one in beginnings])
