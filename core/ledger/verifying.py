"""Verifying a ledger: whether every link of its audit trail is as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from kirjaamo.ledger.chain import START, link
from kirjaamo.ledger.ledger import Ledger, Row
from kirjaamo.ledger.tables import AUDIT
from kirjaamo.messages import N_, gettext

BROKEN_ENTRY = N_("entry {number} of the audit trail is not as it was written")
MISSING_ENTRY = N_("the audit trail lacks entry {number}")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the ledger that is not as it was written; a sentence and its places."""

    sentence: str
    facts: Row

    def __str__(self) -> str:
        """Return the sentence in the language in use."""
        return gettext(self.sentence).format(**self.facts)


def trail(ledger: Ledger) -> list[dict[str, object]]:
    """Return the audit trail, in order."""
    return ledger.rows(sa.select(AUDIT).order_by(AUDIT.c.number))


def head(ledger: Ledger) -> str:
    """Return the head of the audit trail: what to print, sign or keep elsewhere."""
    last = ledger.rows(sa.select(AUDIT.c.hash).order_by(AUDIT.c.number.desc()).limit(1))
    return str(last[0]["hash"]) if last else START


def broken(entries: list[dict[str, object]]) -> Iterator[Fault]:
    """Yield the entries of an audit trail that are not as they were written."""
    previous = START
    for expected, entry in enumerate(entries, start=1):
        if entry["number"] != expected:
            yield Fault(MISSING_ENTRY, {"number": expected})
            return
        content = [entry[key] for key in ("number", "at", "who", "event", "facts")]
        if entry["previous"] != previous or entry["hash"] != link(previous, content):
            yield Fault(BROKEN_ENTRY, {"number": expected})
        previous = str(entry["hash"])
