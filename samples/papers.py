"""Documents and record entries of a matter."""

import datetime as dt

from kirjaamo.samples import wording
from kirjaamo.samples.people import AS_OF, Row
from kirjaamo.samples.recorder import Recorder
from kirjaamo.samples.world import Task, structure

VERSION_EVERY, PLAN_EVERY = 30, 6
"""Every how many decisions there is a second version of the document, or a plan."""


def document(to: Recorder, client: Row, task: Task, matter: Row, decision: Row) -> None:
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
    authored = to.at(day)
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


def entries(  # noqa: PLR0913 - what an entry belongs to, and when
    to: Recorder, client: Row, matter: Row, start: dt.date, end: dt.date, *, going_on: bool
) -> None:
    """Write an entry between two days, and a recent one where service goes on."""
    latest = end - dt.timedelta(4)
    first = min(start + dt.timedelta(5), latest)
    middle = first + dt.timedelta(to.rng.randrange(max(1, (latest - first).days)))
    _entry(to, client, matter, middle)
    if going_on:
        _entry(to, client, matter, AS_OF - dt.timedelta(to.rng.randint(5, 60)))


def _entry(to: Recorder, client: Row, matter: Row, day: dt.date) -> None:
    happened = to.at(day)
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
        "text": wording.entry(to.rng, to.world.texts, to.language(), day),
    }
    to.rows["entry"].append(row)
