"""What conditions may ask of a relationship or a matter.

A fact is not known where the export lacks what it is made from.  A day of something that has not
happened (a death, an end) is no missing value: `Fact.never` says so.
"""

from dataclasses import dataclass
from enum import StrEnum

from kirjaamo.messages import N_

RELATIONSHIP, MATTER = "relationship", "matter"
SUBJECTS = (RELATIONSHIP, MATTER)
"""The tables whose records rules may close."""


class Kind(StrEnum):
    """What a fact is, which decides what may be asked of it."""

    DAY = "day"
    NUMBER = "number"
    FLAG = "flag"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact.

    Attributes:
        name: Its name in rules.
        kind: What it is.
        about: What it says, a catalogue sentence.
        subjects: The tables of which it can be asked.
        needs: ``table.field`` names without which it is not known.
        never: Whether a missing day means that it has not happened.
    """

    name: str
    kind: Kind
    about: str
    subjects: tuple[str, ...] = SUBJECTS
    needs: tuple[str, ...] = ()
    never: bool = False


_DECISIONS = ("decision.decided", "decision.valid_to")
_DEATH = ("client.client_id", "client.death_date")
_EVENTS = ("decision.decided", "entry.event_time")

_EVERY = (
    Fact("opened", Kind.DAY, N_("Day on which the relationship or matter began")),
    Fact("last_event", Kind.DAY, N_("Day of the last decision, document, entry or opening; days to come do not count"), needs=_EVENTS),
    Fact("has_valid_decision", Kind.FLAG, N_("A decision that is not negative is in force or will be"), needs=_DECISIONS),
    Fact("decision_end", Kind.DAY, N_("Last day of the decision that was in force longest; missing while one has no end"), needs=_DECISIONS, never=True),
    Fact("decisions", Kind.NUMBER, N_("Number of decisions"), needs=("decision.decided",)),
    Fact("entries", Kind.NUMBER, N_("Number of record entries"), needs=("entry.matter_id",)),
    Fact("documents", Kind.NUMBER, N_("Number of documents"), needs=("document.matter_id",)),
    Fact("matters", Kind.NUMBER, N_("Number of matters"), (RELATIONSHIP,), ("matter.relationship_id",)),
    Fact("open_matters", Kind.NUMBER, N_("Number of matters without an end"), (RELATIONSHIP,), ("matter.relationship_id", "matter.closed")),
    Fact("client_died", Kind.DAY, N_("Day of death of the client; of a shared matter when all have died, the last"), needs=_DEATH, never=True),
    Fact("client_age", Kind.NUMBER, N_("Age of the client in whole years; of a shared matter the youngest"), needs=("client.birth_date",)),
    Fact("municipality", Kind.CODE, N_("Client's municipality of residence"), (RELATIONSHIP,), ("client.municipality",)),
    Fact("unit_closed", Kind.DAY, N_("Last day of the unit"), needs=("unit.valid_to",), never=True),
    Fact("worker_known", Kind.FLAG, N_("A responsible worker is recorded"), (RELATIONSHIP,), ("relationship.responsible_worker",)),
    Fact("worker_left", Kind.DAY, N_("Last day of the responsible worker"), (RELATIONSHIP,), ("relationship.responsible_worker", "worker.valid_to"), never=True),
    Fact("same_task_open", Kind.NUMBER, N_("Number of the client's other open relationships with the same service task"), (RELATIONSHIP,), ("relationship.service_task",)),
    Fact("relationship_known", Kind.FLAG, N_("The matter belongs to a relationship that exists"), (MATTER,), ("matter.relationship_id",)),
    Fact("relationship_ended", Kind.DAY, N_("Last day of the matter's relationship"), (MATTER,), ("matter.relationship_id", "relationship.end"), never=True),
    Fact("service_task", Kind.CODE, N_("Code of the service task")),
    Fact("unit", Kind.CODE, N_("Identifier of the unit")),
)  # fmt: skip

FACTS = {fact.name: fact for fact in _EVERY}
"""Every fact by name."""


def of(subject: str) -> dict[str, Fact]:
    """Return the facts of a subject by name.

    >>> "matters" in of("matter"), "matters" in of("relationship")
    (False, True)
    """
    return {name: fact for name, fact in FACTS.items() if subject in fact.subjects}
