"""Free text: identity codes, names, telephone numbers, e-mail addresses and bank accounts.

Personal identity codes have the form of Decree 690/2022 (ddmmyy, sign of the century, three
digits and a control character); a code with a wrong control character is masked as well.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from kirjaamo.audit.pseudonyms.names import WORD, Names, plain
from kirjaamo.audit.pseudonyms.vault import Kind, Tokens

_GAP = r"[ \u00a0\u202f\u200b-\u200d\u00ad]{0,2}"
"""What may stand inside a number: a space, also one that does not show."""

_PART = re.compile(r"[^'\u2019-]+")

_FOUND = {
    Kind.EMAIL: r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    Kind.ACCOUNT: r"(?<![^\W_])[Ff][Ii][0-9]{2}(?:[ ]?[0-9]{4}){3}[ ]?[0-9]{2}(?![0-9])",
    Kind.IDENTITY_CODE: (
        rf"(?<![0-9])[0-9]{{6}}{_GAP}[-+A-FU-Ya-fu-y\u2010-\u2013\u2212]{_GAP}"
        r"[0-9]{3}[0-9A-Za-z](?![^\W_])"
    ),
    Kind.PHONE: (
        r"(?<![0-9.,])(?:\+[1-9]|00[1-9]|358|0)"
        r"(?:[ \u00a0\u202f\u200b-\u200d()/\u2010-\u2013-]{0,2}[0-9]){6,14}(?![0-9])"
    ),
}
_DATE = r"(?<![0-9.])[0-9]{1,2}\.[ ]?[0-9]{1,2}\.(?:[ ]?[0-9]{4}|[0-9]{2})?(?![0-9])|(?<![0-9-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9-])"


@dataclass(slots=True)
class Masker:
    """Replaces what names a person in a text.

    Attributes:
        tokens: Makes the tokens.
        names: The names of everybody.
        days: Whether days are replaced too.
        counts: How many of each kind were replaced.
    """

    tokens: Tokens
    names: Names
    days: bool = False
    counts: Counter[Kind] = field(default_factory=Counter)
    _pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        """Put the patterns together; the first that fits is taken."""
        wanted = _FOUND | ({Kind.DATE: _DATE} if self.days else {}) | {Kind.NAME: WORD}
        order = [Kind.EMAIL, Kind.ACCOUNT, Kind.IDENTITY_CODE, Kind.DATE, Kind.PHONE, Kind.NAME]
        parts = [f"(?P<{kind.name}>{wanted[kind]})" for kind in order if kind in wanted]
        self._pattern = re.compile("|".join(parts))

    def mask(self, text: str) -> str:
        """Return a text in which nothing names a person that can be recognised."""
        return self._pattern.sub(self._replaced, text)

    def _replaced(self, found: re.Match[str]) -> str:
        kind, text = Kind[str(found.lastgroup)], found[0]
        if kind is Kind.NAME:
            return self._name(text)
        return self.replaced(kind, text)

    def _name(self, word: str) -> str:
        """Return a word as it is, or its token; parts of a compound are looked at alone."""
        owner = self.names.owner(word)
        if owner:
            return self.replaced(Kind.NAME, word, owner)
        return _PART.sub(self._part, word)

    def _part(self, found: re.Match[str]) -> str:
        """Return a part of a compound as it is, or its token."""
        owner = self.names.owner(found[0])
        return self.replaced(Kind.NAME, found[0], owner) if owner else found[0]

    def name(self, text: str) -> str:
        """Return the cell of a name: every word in it is a name."""
        return re.sub(
            r"\S+", lambda found: self.replaced(Kind.NAME, found[0], plain(found[0])), text
        )

    def replaced(self, kind: Kind, text: str, who: str = "") -> str:
        """Return the token of a text and count it."""
        self.counts[kind] += 1
        return self.tokens.token(kind, text, who)
