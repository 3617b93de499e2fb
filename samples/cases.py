"""What is recorded of a client: relationships, matters, decisions, documents and entries."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from kirjaamo.samples import staff, wording
from kirjaamo.samples.people import AS_OF, WITHOUT_EVENTS, Life, Row
from kirjaamo.samples.world import DecisionType, Task, World, structure

TABLES = (
    "client", "relationship", "matter", "document", "decision", "entry",
    "worker", "unit", "access_right", "disclosure",
)  # fmt: skip
"""Tables of a system, in the order in which they are shown."""

SHARED_EVERY, VERSION_EVERY, PLAN_EVERY, OTHER_EVERY = 12, 30, 6, 9
"""Every how many matters, documents and decisions something special happens."""


NEW_MATTER, OTHER_TYPE, GRANTED, ENDLESS = 0.45, 0.25, 0.88, 0.4
"""Chances of a decision: a matter of its own, another type, granted, without a last day."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The days of one decision within a relationship."""

    first: dt.date
    last: dt.date
    is_open: bool


@dataclass(slots=True)
class Recorder:
    """One system while its tables are being written."""

    world: World
    system: str
    rng: Random
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})

    def number(self, table: str, letter: str) -> str:
        """Return the identifier of the next row of *table*."""
        return f"{self.system}{letter}{len(self.rows[table]) + 1:06}"

    def days(self, day: dt.date, low: int, high: int, last: dt.date) -> dt.date:
        """Return a day from *low* to *high* days after *day*, never after *last*."""
        return min(day + dt.timedelta(self.rng.randint(low, high)), last)

    def on_duty(self, first: dt.date, last: dt.date) -> Row:
        """Return a worker who was employed from *first* to *last*."""
        active = self.rows["worker"][: staff.WORKERS - staff.IDLE]
        return self.rng.choice([row for row in active if staff.covers(row, first, last)])

    def place(self, first: dt.date, last: dt.date) -> Row:
        """Return a unit that makes decisions and was in operation from *first* to *last*."""
        units = (row for row in self.rows["unit"] if row["kind"] != staff.SUPPORT)
        return self.rng.choice([row for row in units if staff.covers(row, first, last)])


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
        _papers(to, client, task, matter, decision)
        _entries(to, client, matter, part)


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
    _opened(to, client, task, Slot(first, last, is_open=False))


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
    language = _language(to)
    row |= wording.decision(to.rng, to.world.texts, language, kind.name.lower(), outcome)
    to.rows["decision"].append(row)
    return row


def _language(to: Recorder) -> str:
    return "sv" if to.rng.random() < to.world.region.systems[to.system].swedish else "fi"


def _papers(to: Recorder, client: Row, task: Task, matter: Row, decision: Row) -> None:
    """Write the document of a decision, and now and then a plan and a second version."""
    if to.system == "A":
        return
    first = _document(to, client, task, matter, decision, task.decision)
    decision["document_id"] = first["document_id"]
    number = len(to.rows["decision"])
    if number % PLAN_EVERY == 0:
        _document(to, client, task, matter, decision, task.plan)
    if number % VERSION_EVERY == 0:
        again = _document(to, client, task, matter, decision, task.decision)
        again |= {"set_id": first["set_id"], "version": 2, "replaces": first["document_id"]}


def _document(  # noqa: PLR0913, PLR0917 - what a document belongs to
    to: Recorder, client: Row, task: Task, matter: Row, decision: Row, code: str
) -> Row:
    day: dt.date = decision["decided"]
    authored = _at(to, day)
    kind = to.world.services.documents.get(code)
    version = kind.version(day) if kind else None
    known = kind is not None and version is not None
    identifier = to.number("document", "D")
    row: Row = {
        "document_id": identifier,
        "set_id": identifier,
        "version": 1,
        "matter_id": matter["matter_id"],
        "client_ids": [client["client_id"]],
        "structure": structure(code, version) if version else None,
        "document_type": code if known else None,
        "document_type_name": kind.name if kind and known else None,
        "service_task": decision["service_task"],
        "service_task_name": task.name,
        "social_service": decision["social_service"],
        "social_service_name": decision["social_service_name"],
        "language": client["language"],
        "authored": authored,
        "recorded": authored + dt.timedelta(minutes=to.rng.randint(0, 40)),
        "author": decision["decision_maker"],
        "status": "valmis",
        "replaces": None,
    }
    to.rows["document"].append(row)
    return row


def _at(to: Recorder, day: dt.date) -> dt.datetime:
    """Return a time of day within office hours."""
    return dt.datetime.combine(day, dt.time(to.rng.randint(8, 15), to.rng.randint(0, 59)))


def _entries(to: Recorder, client: Row, matter: Row, slot: Slot) -> None:
    """Write an entry of the slot, and a recent one where service goes on."""
    latest = slot.last - dt.timedelta(4)
    first = min(slot.first + dt.timedelta(5), latest)
    middle = first + dt.timedelta(to.rng.randrange(max(1, (latest - first).days)))
    _entry(to, client, matter, middle)
    if slot.is_open:
        _entry(to, client, matter, AS_OF - dt.timedelta(to.rng.randint(5, 60)))


def _entry(to: Recorder, client: Row, matter: Row, day: dt.date) -> None:
    happened = _at(to, day)
    late = dt.timedelta(minutes=to.rng.randint(5, 90), days=to.rng.choice((0, 0, 0, 1, 2)))
    code = to.rng.choice(tuple(to.world.services.entries))
    version = to.world.services.entries[code].version(day)
    row: Row = {
        "entry_id": to.number("entry", "M"),
        "client_id": client["client_id"],
        "matter_id": matter["matter_id"],
        "structure": structure(code, version) if version else None,
        "service_task": matter["service_task"],
        "event_time": happened,
        "recorded_time": happened + late,
        "author": to.on_duty(day, day + dt.timedelta(60))["worker_id"],
        "status": "valmis",
        "text": wording.entry(to.rng, to.world.texts, _language(to), day),
    }
    to.rows["entry"].append(row)
