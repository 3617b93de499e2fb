"""Texts, numbers and days as people read them in the language in use.

Names of files and columns come from outside; `visible` makes them safe to show, so that
no control character of a damaged file reaches a terminal or breaks an XML document.
"""

import datetime as dt
import re

from kirjaamo.messages import N_, gettext, language

# C0 and C1 controls, the marks that turn the direction of text, surrogates, non-characters.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def visible(text: str | None) -> str:
    r"""Return *text* with each character that does not show replaced.

    >>> visible("hetu\x1b[31m")
    'hetu�[31m'
    """
    return _HIDDEN.sub("\ufffd", text or "")


def number(count: int) -> str:
    """Return *count* as it is written in the language in use.

    >>> number(12345)
    '12,345'
    """
    return f"{count:,}".replace(",", "," if language() == "en" else "\u00a0")


def day(date: dt.date) -> str:
    """Return *date* as it is written in the language in use.

    >>> day(dt.date(2026, 7, 1))
    '2026-07-01'
    """
    return gettext(N_("{date.year}-{date.month:02}-{date.day:02}")).format(date=date)


def points(score: float | None, digits: int = 0) -> str:
    r"""Return a score of 0 to 100, or a dash.

    >>> points(None), points(97.4), points(-0.04, 1)
    ('\u2013', '97', '0.0')
    """
    if score is None:
        return "\u2013"
    # A small loss is 0, not -0; a minus is a minus and no hyphen.
    text = f"{round(score, digits) + 0.0:.{digits}f}".replace("-", "\N{MINUS SIGN}")
    return text if language() == "en" else text.replace(".", ",")


def per_cent(share: float, digits: int = 1) -> str:
    r"""Return a share as per cent.

    >>> per_cent(0.1234)
    '12.3\xa0%'
    """
    return f"{points(100 * share, digits)}\u00a0%"
