"""The audit trail of a workspace as JSON lines, one event each, for a SIEM.

Events are numbered, so that a collector asks for what came after the last one it has.  The
hashes go along: who holds a copy can tell whether the trail was changed afterwards.
"""

import json
from collections.abc import Iterable, Mapping

PROGRAM = "kirjaamo"


def lines(entries: Iterable[Mapping[str, object]], after: int = 0) -> bytes:
    """Return entries of a trail as JSON lines, UTF-8.

    Each line has ``number``, ``@timestamp`` (UTC), ``program``, ``user``, ``event``, ``facts``
    (an object without values of records), ``previous`` and ``hash``.

    Args:
        entries: Entries of `kirjaamo.ledger.verifying.trail`.
        after: Number of the last entry that is left out.
    """
    told = [_line(entry) for entry in entries if int(str(entry["number"])) > after]
    return "".join(told).encode()


def _line(entry: Mapping[str, object]) -> str:
    event = {
        "number": entry["number"],
        "@timestamp": entry["at"],
        "program": PROGRAM,
        "user": entry["who"],
        "event": entry["event"],
        "facts": json.loads(str(entry["facts"])),
        "previous": entry["previous"],
        "hash": entry["hash"],
    }
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")) + "\n"
