"""Spelling by Voikko, a free checker of Finnish; optional, and said to be absent where it is.

Debian's packages ``libvoikko1`` and ``voikko-fi`` hold the checker and its vocabulary; the extra
``kirjaamo[voikko]`` holds the way to it.  Every word is asked once.
"""

from collections.abc import Callable
from functools import cache

import polars as pl

from kirjaamo.audit.texts import is_swedish
from kirjaamo.messages import N_
from kirjaamo.rules import CannotRun

NO_VOIKKO = N_("Voikko or its Finnish vocabulary is not installed")

_WORD = r"\b\p{Ll}{3,}\b"


@cache
def _checker() -> Callable[[str], bool]:
    """Return what tells whether a word is known.

    Raises:
        CannotRun: Voikko is not installed.
    """
    try:
        from libvoikko import Voikko, VoikkoException
    except (ImportError, OSError):
        raise CannotRun(NO_VOIKKO) from None
    try:
        spell: Callable[[str], bool] = Voikko("fi").spell
    except (VoikkoException, OSError):
        raise CannotRun(NO_VOIKKO) from None
    return spell


def share_unknown(texts: pl.Series, at_least: int) -> pl.Series:
    """Return the share of words in small letters that Voikko does not know.

    Swedish texts, and texts with fewer than *at_least* such words, give null.

    Raises:
        CannotRun: Voikko is not installed.
    """
    spell = _checker()
    frame = texts.to_frame("text").with_columns(words=pl.col("text").str.extract_all(_WORD))
    every = frame.select(pl.col("words").explode().drop_nulls().unique().sort()).to_series()
    wrong = pl.Series([word for word in every if not spell(word)], dtype=pl.String).implode()
    count = pl.col("words").list.len()
    unknown = pl.col("words").list.eval(pl.element().is_in(wrong)).list.sum()
    judged = (count >= at_least) & ~is_swedish(pl.col("text"))
    return frame.select(pl.when(judged).then(unknown / count)).to_series()
