"""What is recorded of a client: relationships, matters and decisions."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from kirjaamo.samples import papers, wording
from kirjaamo.samples.people import AS_OF, WITHOUT_EVENTS, Life, Row
from kirjaamo.samples.recorder import Recorder
from kirjaamo.samples.world import DecisionType, Task

SHARED_EVERY, OTHER_EVERY = 12, 9
"""Every how many matters several clients share one, or its kind is other."""


NEW_MATTER, OTHER_TYPE, GRANTED, ENDLESS = 0.45, 0.25, 0.88, 0.4
"""Chances of a decision: a matter of its own, another type, granted, without a last day."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The days of one decision within a relationship."""

    first: dt.date
    last: dt.date
    is_open: bool


def record(to: Recorder, client: Row, span: Life, number: int) -> None:
    """Write everything that is recorded of *client*."""
    length = (span.last - span.first).days // span.parts
    shares = [span.decisions // span.parts] * span.parts
    shares[0] += span.decisions - sum(shares)
    for part, count in enumerate(shares):
        first = span.first + dt.timedelta(part * length)
        is_last = part == span.parts - 1
        last = span.last if is_last else first + dt.timedelta(length - to.rng.randint(1, 20))
        slot = Slot(first, last, is_open=span.is_open and is_last)
        _relationship(to, client, span, slot, count)
    if number % 25 == WITHOUT_EVENTS and to.system != "A":
        _relationship_without_events(to, client, span)


def _relationship(to: Recorder, client: Row, span: Life, slot: Slot, count: int) -> None:
    task = _task(to, span.group)
    row = _opened(to, client, task, slot)
    if span.death and slot.last == span.last:
        row["end"] = slot.last + dt.timedelta(to.rng.randint(10, 25))
    types = [kind for kind in task.types if span.group in kind.groups]
    chosen = to.rng.choice(types)
    slots = _slots(slot, count)
    for number, part in enumerate(slots):
        if number == 0 or to.rng.random() < NEW_MATTER:
            matter = _matter(to, client, row, part)
        _close(matter, part)
        if to.rng.random() < OTHER_TYPE:
            chosen = to.rng.choice(types)
        decision = _decision(to, row, matter, task, chosen, part)
        papers.document(to, client, task, matter, decision)
        papers.entries(to, client, matter, part.first, part.last, going_on=part.is_open)


def _opened(to: Recorder, client: Row, task: Task, slot: Slot) -> Row:
    row: Row = {
        "relationship_id": to.number("relationship", "S"),
        "client_id": client["client_id"],
        "service_task": task.code(to.system),
        "start": slot.first,
        "end": None if slot.is_open else slot.last,
        "end_reason": None if slot.is_open else to.rng.choice(to.world.region.end_reasons),
        "responsible_worker": to.on_duty(slot.first, slot.last)["worker_id"],
        "unit": to.place(slot.first, slot.last)["unit_id"],
    }
    to.rows["relationship"].append(row)
    return row


def _relationship_without_events(to: Recorder, client: Row, span: Life) -> None:
    """Write a relationship that was opened by mistake and closed soon, before the others."""
    first = span.first - dt.timedelta(40)
    last = first + dt.timedelta(to.rng.randint(6, 20))
    task = to.world.services.tasks["family_law"]
    row = _opened(to, client, task, Slot(first, last, is_open=False))
    row["unit"] = to.place(first, AS_OF)["unit_id"]


def _task(to: Recorder, group: str) -> Task:
    tasks = [task for task in to.world.services.tasks.values() if group in task.weights]
    return to.rng.choices(tasks, [task.weights[group] for task in tasks])[0]


def _slots(slot: Slot, count: int) -> list[Slot]:
    length = (slot.last - slot.first).days // count
    firsts = [slot.first + dt.timedelta(length * number) for number in range(count)]
    lasts = [*(day - dt.timedelta(1) for day in firsts[1:]), slot.last]
    return [
        Slot(first, last, is_open=slot.is_open and number == count - 1)
        for number, (first, last) in enumerate(zip(firsts, lasts, strict=True))
    ]


def _matter(to: Recorder, client: Row, relationship: Row, slot: Slot) -> Row:
    opened = to.days(slot.first, 0, 5, slot.last)
    others = _others(to, client)
    is_other = to.system == "C" and len(to.rows["matter"]) % OTHER_EVERY == 0
    row: Row = {
        "matter_id": to.number("matter", "V"),
        "client_ids": [client["client_id"], *others],
        "relationship_id": relationship["relationship_id"],
        "service_task": relationship["service_task"],
        "matter_code": "99" if is_other else None,
        "matter_other": to.rng.choice(to.world.texts.other_matters) if is_other else None,
        "opened": opened,
        "closed": None,
        "is_closed": False,
        "joined": _joined(to, opened, slot, len(others)),
    }
    to.rows["matter"].append(row)
    return row


def _joined(to: Recorder, opened: dt.date, slot: Slot, others: int) -> list[str] | None:
    """Return the days of joining a shared matter, as the system writes days."""
    form = "%Y-%m-%d" if to.system == "C" else "%d.%m.%Y"
    later = [to.days(opened, 0, 30, slot.last) for _ in range(others)]
    return [day.strftime(form) for day in (opened, *later)] if others else None


def _others(to: Recorder, client: Row) -> Sequence[str]:
    """Return the ids of the clients who share the matter: now and then a sister or brother."""
    clients = to.rows["client"]
    if len(to.rows["matter"]) % SHARED_EVERY or len(clients) < 2:  # noqa: PLR2004 - two people
        return ()
    other = clients[-2]
    other["last_name"] = client["last_name"]
    return (str(other["client_id"]),)


def _close(matter: Row, slot: Slot) -> None:
    """Close a matter with the last of its decisions, unless service goes on."""
    matter["closed"] = None if slot.is_open else slot.last
    matter["is_closed"] = not slot.is_open


def _decision(  # noqa: PLR0913, PLR0917 - what a decision belongs to
    to: Recorder, relationship: Row, matter: Row, task: Task, kind: DecisionType, slot: Slot
) -> Row:
    decided = to.days(slot.first, 14, 30, slot.last)
    valid_from = to.days(decided, 0, 10, slot.last)
    outcome = "1" if to.rng.random() < GRANTED else "2"
    endless = slot.is_open and to.rng.random() < ENDLESS
    number = task.types.index(kind) + 1
    row: Row = {
        "decision_id": to.number("decision", "P"),
        "document_id": None,
        "client_id": relationship["client_id"],
        "relationship_id": relationship["relationship_id"],
        "matter_id": matter["matter_id"],
        "old_type": f"{task.local[to.system]}-{number:02}",
        "old_type_name": kind.name,
        "service_task": relationship["service_task"],
        "social_service": kind.social_service or None,
        "social_service_name": to.world.services.social_services.get(kind.social_service),
        "outcome": outcome,
        "outcome_name": to.world.services.outcomes[outcome],
        "valid_from": valid_from,
        "valid_to": None if endless else max(valid_from, slot.last - dt.timedelta(3)),
        "decided": decided,
        "decision_maker": to.on_duty(slot.first, slot.last)["worker_id"],
        "unit": to.place(slot.first, slot.last)["unit_id"],
        "delivered": to.days(decided, 0, 7, slot.last),
        "delivery_channel": to.rng.choice(to.world.region.channels),
        "legal_basis": task.law(decided),
    }
    language = to.language()
    row |= wording.decision(to.rng, to.world.texts, language, kind.name.lower(), outcome)
    to.rows["decision"].append(row)
    return row
