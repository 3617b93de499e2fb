"""Free text: identity codes, names, telephone numbers, e-mail addresses and bank accounts.

Personal identity codes have the form of Decree 690/2022 (ddmmyy, sign of the century, three
digits and a control character); a code with a wrong control character is masked as well.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from kirjaamo.audit.pseudonyms.names import WORD, Names, plain
from kirjaamo.audit.pseudonyms.vault import Kind, Tokens

_FOUND = {
    Kind.EMAIL: r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    Kind.ACCOUNT: r"(?<![^\W_])[Ff][Ii][0-9]{2}(?:[ ]?[0-9]{4}){3}[ ]?[0-9]{2}(?![0-9])",
    Kind.IDENTITY_CODE: (
        r"(?<![0-9])[0-9]{6}[ ]?[-+A-FU-Ya-fu-y\u2212\u2013][ ]?[0-9]{3}[0-9A-Za-z](?![^\W_])"
    ),
    Kind.PHONE: r"(?<![0-9.,])(?:\+?358|00358|0)(?:[ \u00a0()/-]{0,2}[0-9]){6,12}(?![0-9])",
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
        parts = re.split(r"(['\u2019-]+)", word)
        return "".join(map(self._name, parts)) if len(parts) > 1 else word

    def name(self, text: str) -> str:
        """Return the cell of a name: every word in it is a name."""
        return re.sub(
            r"\S+", lambda found: self.replaced(Kind.NAME, found[0], plain(found[0])), text
        )

    def replaced(self, kind: Kind, text: str, who: str = "") -> str:
        """Return the token of a text and count it."""
        self.counts[kind] += 1
        return self.tokens.token(kind, text, who)
