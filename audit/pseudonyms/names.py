"""Which words are forms of a person's name, in Finnish and Swedish text.

Finnish names take endings and their last consonants change (*Matti*: *Matin*; *Virtanen*:
*Virtasen*; *Markus*: *Markuksen*).  A word is taken for a form of a name when it begins with
one of the name's stems, is written with a capital and is at most six letters longer.  That
masks some words too many, which is the right way to err.

Source of the sound changes: general grammar of Finnish (consonant gradation of kk, pp, tt, k,
p, t and their clusters; nouns in -nen, -us and -is).
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LETTER, _MARK = r"[^\W\d_]", r"[\u0300-\u036f\u200b-\u200d\u00ad]"
WORD = rf"{_LETTER}(?:['\u2019-]*(?:{_LETTER}|{_MARK}))*"
"""A word: letters, with hyphens, apostrophes and invisible characters between them."""

_ENDING = 6
"""Letters that endings add at most."""

_SHORTEST = 3
"""Letters of a stem at least; shorter names are found only as they are."""

_UNSEEN = re.compile(r"[\u200b-\u200d\u00ad\ufeff]")

_WEAK = (
    ("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("mp", "mm"), ("nt", "nn"),
    ("lt", "ll"), ("rt", "rr"), ("ht", "hd"), ("k", ""), ("p", "v"), ("t", "d"),
)  # fmt: skip
_OTHER_STEMS = {
    "nen": ("s",),
    "us": ("uks", "ude"),
    "ys": ("yks",),
    "is": ("iks",),
    "as": ("aks", "aa"),
}


def plain(word: str) -> str:
    r"""Return a word to compare by: composed letters, small, nothing invisible.

    >>> plain("Ma\u0308ki\u200bnen")
    'mäkinen'
    """
    return unicodedata.normalize("NFC", _UNSEEN.sub("", word)).casefold()


def stems(name: str) -> frozenset[str]:
    """Return the stems of a plain name.

    >>> sorted(stems("matti"))
    ['mati', 'matti']
    """
    found = {name}
    found |= {
        name.removesuffix(end) + other
        for end, others in _OTHER_STEMS.items()
        if name.endswith(end)
        for other in others
    }
    vowel = name[-1:]
    for strong, weak in _WEAK:
        if name[:-1].endswith(strong):
            found.add(name[:-1].removesuffix(strong) + weak + vowel)
            break
    return frozenset(stem for stem in found if len(stem) >= _SHORTEST) | {name}


class Names:
    """The names of everybody in the exports."""

    def __init__(self, names: Iterable[str]) -> None:
        parts = {plain(part) for name in names for part in _parts(name)} - {""}
        self.whole = frozenset(parts)
        self.stems = {stem: name for name in sorted(parts) for stem in sorted(stems(name))}
        self.owner = lru_cache(maxsize=1 << 17)(self._owner)

    def _owner(self, word: str) -> str:
        """Return the name of which a word is a form, or ""."""
        found = plain(word)
        if found in self.whole:
            return found if len(found) > 1 else ""
        if not word[:1].isupper():
            return ""
        least = max(_SHORTEST, len(found) - _ENDING)
        ends = range(len(found) - 1, least - 1, -1)
        return next((self.stems[found[:end]] for end in ends if found[:end] in self.stems), "")


def _parts(name: str) -> list[str]:
    """Return a name and the names it is put together from."""
    words = re.findall(WORD, name)
    return [*words, *(part for word in words for part in re.split(r"['\u2019-]", word))]
