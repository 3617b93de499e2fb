"""The message catalogue: every sentence a user sees, in Finnish, Swedish and English.

English sentences stand in the code and are the keys (gettext).  The translations are
``core/locale/<language>/LC_MESSAGES/<room>.po``, one catalogue per room, compiled to
``.mo`` by ``python -m kirjaamo.messages.update``.  A test proves them complete.
"""

import gettext as _gettext
import os
from functools import cache
from importlib.resources import as_file, files

LANGUAGES = ("fi", "sv", "en")
"""The languages of Kirjaamo; English is the language of the keys."""


class _Chosen:
    """The language in use; one per process, set once by the command line."""

    language = "en"


def N_(sentence: str) -> str:  # noqa: N802 - the gettext name for "a key, translated later"
    """Mark a sentence for the catalogue without translating it yet."""
    return sentence


def use(language: str) -> None:
    """Make *language* (``fi``, ``sv`` or ``en``) the language of every later message."""
    _Chosen.language = language


def language() -> str:
    """Return the language in use."""
    return _Chosen.language


def preferred(asked: str | None = None) -> str:
    """Return the language to use: asked for, then ``KIRJAAMO_LANG``, then the locale.

    >>> preferred("sv")
    'sv'
    """
    wishes = [asked, os.environ.get("KIRJAAMO_LANG")]
    wishes += [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    for wish in wishes:
        if wish and wish[:2] in LANGUAGES:
            return wish[:2]
    return "en"


@cache
def _catalogue(chosen: str) -> dict[str, str]:
    """Return every translation of a language: English sentence to translated one."""
    found: dict[str, str] = {}
    folder = files("kirjaamo") / "locale" / chosen / "LC_MESSAGES"
    with as_file(folder) as place:
        for path in sorted(place.glob("*.mo")):
            with path.open("rb") as stream:
                found |= vars(_gettext.GNUTranslations(stream))["_catalog"]
    return found


def gettext(sentence: str, chosen: str | None = None) -> str:
    """Return *sentence* in the language in use, or in *chosen*."""
    wanted = chosen or _Chosen.language
    return sentence if wanted == "en" else _catalogue(wanted).get(sentence, sentence)
