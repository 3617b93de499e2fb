"""The life cycle in the ledger: surveyed → complete → packed → tested → transferred → accepted.

A document is surveyed when it is known, complete when it is checked and signed.  The other
states are those of its package, step by step; none is left out.  A package that is refused
lets its documents go: they are complete again and can be packed anew.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import sqlalchemy as sa

from kirjaamo.archive.packages.bagging import Bag
from kirjaamo.archive.packages.errors import (
    NotCompleteError,
    PackedAlreadyError,
    StepError,
)
from kirjaamo.archive.packages.records import NAMES, State, documents
from kirjaamo.archive.packages.tables import DOCUMENT, PACKAGE, STEP
from kirjaamo.ledger import Ledger
from kirjaamo.messages import gettext

BEFORE: Final[Mapping[State, tuple[State, ...]]] = {
    State.TESTED: (State.PACKED,),
    State.TRANSFERRED: (State.TESTED,),
    State.ACCEPTED: (State.TRANSFERRED,),
    State.REFUSED: (State.PACKED, State.TESTED, State.TRANSFERRED),
}
"""The states from which a package may take each step."""

Hashes = Mapping[str, str]
"""Document identifier to SHA-256."""


def surveyed(ledger: Ledger, names: Iterable[str]) -> int:
    """Enter documents that the ledger does not know, and return how many those are."""
    wanted = list(dict.fromkeys(names))
    known = documents(ledger, wanted)
    fresh = [_row(name, State.SURVEYED, "") for name in wanted if name not in known]
    with ledger.transaction() as connection:
        if fresh:
            connection.execute(sa.insert(DOCUMENT), fresh)
            ledger.note(connection, "documents surveyed", {"documents": len(fresh)})
    return len(fresh)


def complete(ledger: Ledger, hashes: Hashes) -> int:
    """Tell the ledger the signed bytes of documents, and return how many are new or others.

    Raises:
        PackedAlreadyError: A document is in a package with other bytes.
    """
    surveyed(ledger, hashes)
    known = documents(ledger, list(hashes))
    other = [name for name, sha in hashes.items() if known[name]["sha256"] != sha]
    packed = [name for name in other if known[name]["package"]]
    if packed:
        raise PackedAlreadyError(count=len(packed), file=packed[0])
    with ledger.transaction() as connection:
        if other:
            changes = [
                {"name": name, "state": State.COMPLETE, "sha256": hashes[name]}
                for name in other
            ]
            where = DOCUMENT.c.document_id == sa.bindparam("name")
            connection.execute(
                sa.update(DOCUMENT).where(where).values(
                    state=sa.bindparam("state"), sha256=sa.bindparam("sha256")
                ),
                changes,
            )  # fmt: skip
            ledger.note(connection, "documents complete", {"documents": len(other)})
    return len(other)


def check_complete(ledger: Ledger, hashes: Hashes) -> None:
    """Refuse documents that are not complete with these bytes, or are packed already.

    Raises:
        NotCompleteError: There are some.
    """
    known = documents(ledger, list(hashes))
    wrong = [
        name
        for name, sha in hashes.items()
        if (row := known.get(name)) is None
        or row["state"] != State.COMPLETE
        or row["sha256"] != sha
    ]
    if wrong:
        raise NotCompleteError(count=len(wrong), file=wrong[0])


def next_number(ledger: Ledger) -> int:
    """Return the number of the next package; none is given twice."""
    found = ledger.rows(sa.select(sa.func.max(PACKAGE.c.number).label("last")))
    return int(found[0]["last"] or 0) + 1


def packed(ledger: Ledger, number: int, bag: Bag, at_step: str) -> None:
    """Enter a package that was made, with its documents."""
    names = [one.document_id for one in bag.entries if one.kind == "document"]
    facts = {"number": number, "documents": len(names), "sha256": bag.hash}
    size = sum(one.bytes for one in bag.entries)
    with ledger.transaction() as connection:
        row = facts | {"name": bag.name, "state": State.PACKED, "bytes": size}
        connection.execute(sa.insert(PACKAGE), row)
        _add_step(ledger, connection, number, State.PACKED, at_step, bag.hash)
        where = DOCUMENT.c.document_id == sa.bindparam("name")
        connection.execute(
            sa.update(DOCUMENT).where(where).values(state=State.PACKED, package=number),
            [{"name": name} for name in names],
        )
        ledger.note(connection, "package packed", facts)


def step(
    ledger: Ledger, package: Mapping[str, Any], state: State, statement: str, evidence: str
) -> None:
    """Let a package take a step.

    Args:
        ledger: The ledger.
        package: Its row.
        state: What it becomes.
        statement: On what ground.
        evidence: Hash of what proves it.

    Raises:
        StepError: It is not in the state before.
    """
    check_step(package, state)
    number = package["number"]
    is_refused = state is State.REFUSED
    with ledger.transaction() as connection:
        mine = PACKAGE.c.number == number
        connection.execute(sa.update(PACKAGE).where(mine).values(state=state))
        freed = {"state": State.COMPLETE, "package": 0} if is_refused else {"state": state}
        theirs = DOCUMENT.c.package == number
        connection.execute(sa.update(DOCUMENT).where(theirs).values(**freed))
        _add_step(ledger, connection, number, state, statement, evidence)
        ledger.note(connection, f"package {state}", {"number": number, "evidence": evidence})


def check_step(package: Mapping[str, Any], state: State) -> None:
    """Refuse a step that a package cannot take now.

    Raises:
        StepError: It cannot.
    """
    if package["state"] not in BEFORE[state]:
        before = ", ".join(gettext(NAMES[one]) for one in BEFORE[state])
        now, wanted = gettext(NAMES[State(package["state"])]), gettext(NAMES[state])
        raise StepError(name=package["name"], state=now, wanted=wanted, before=before)


def _add_step(  # noqa: PLR0913, PLR0917 - a row of the table
    ledger: Ledger,
    connection: sa.Connection,
    number: int,
    state: State,
    statement: str,
    evidence: str,
) -> None:
    last = sa.select(sa.func.max(STEP.c.number)).where(STEP.c.package == number)
    row = {
        "package": number, "number": (connection.scalar(last) or 0) + 1, "state": state,
        "at": ledger.now(), "who": ledger.who, "statement": statement, "evidence": evidence,
    }  # fmt: skip
    connection.execute(sa.insert(STEP), row)


def _row(name: str, state: State, sha256: str) -> dict[str, Any]:
    return {"document_id": name, "state": state, "sha256": sha256, "package": 0}
