"""Giving out OIDs below the organisation's own node; the ledger gives none out twice."""

from collections.abc import Sequence
from dataclasses import dataclass

from kirjaamo.errors import ExitCode, KirjaamoError
from kirjaamo.ledger import Ledger
from kirjaamo.ledger.identity import identifier
from kirjaamo.messages import N_


class OidTakenError(KirjaamoError):
    """An identifier belongs to something else: two keys with one hash."""

    exit_code = ExitCode.CONFLICT
    sentence = N_(
        "{count} of the identifiers stand for something else already; nothing was allocated. "
        "Give these objects another key."
    )


class NoKeysError(KirjaamoError):
    """Nothing was named to give identifiers to."""

    sentence = N_("No key was given. Name keys, or a file with one key on each line.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where identifiers lie, and what they are for.

    Attributes:
        oid: OID of the organisation.
        node: Arc below it.
        system: The system whose keys these are.
        kind: What kind of object they are of.
    """

    oid: str
    node: int
    system: str
    kind: str

    def identifier(self, key: str) -> str:
        """Return the identifier of a key."""
        return identifier(self.oid, self.system, self.kind, key, node=self.node)


def allocate(ledger: Ledger, place: Place, keys: Sequence[str]) -> list[tuple[str, str]]:
    """Return each key with its identifier, old or new; all are given, or none.

    Args:
        ledger: Where identifiers are written down.
        place: Where they lie, and what they are for.
        keys: Keys; what is named twice is given once.

    Raises:
        NoNodeError: The place is below no OID of a Finnish organisation.
        NoKeysError: There are no keys.
        OidTakenError: An identifier stands for something else.
    """
    if not keys:
        raise NoKeysError
    given = [(key, place.identifier(key)) for key in dict.fromkeys(keys)]
    rows = [
        {"target_id": name, "system": place.system, "kind": place.kind, "source_key": key}
        for key, name in given
    ]
    with ledger.transaction() as connection:
        taken = ledger.claim(connection, rows)
        if taken:
            raise OidTakenError(count=len(taken))
        facts = {"kind": place.kind, "count": len(given)}
        ledger.note(connection, "identifiers allocated", facts)
    return given
