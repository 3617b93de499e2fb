"""Damage that the rules of the life cycle (LC) must find: records, people and organisation."""

import datetime as dt

from kirjaamo.samples.defects.lifecycle import FUTURE, absent, days, employed
from kirjaamo.samples.defects.planning import Injector
from kirjaamo.samples.defects.scene import Damage, Row, Scene
from kirjaamo.samples.people import AS_OF

ENTRY_STRUCTURES = dt.datetime(2022, 1, 10)  # noqa: DTZ001 - records have local time
"""From this day on entries have a structure."""


def _recorded_before_event(row: Row, scene: Scene) -> Damage | None:
    early = row["event_time"] - days(2)
    sound = row["structure"] is None or early > ENTRY_STRUCTURES
    there = employed(scene, row["author"], early.date())
    return Damage({"recorded_time": early}) if sound and there else None


def _recorded_late(row: Row, scene: Scene) -> Damage | None:
    late = row["event_time"] + days(40)
    there = employed(scene, row["author"], late.date())
    return Damage({"recorded_time": late}) if there and late.date() <= AS_OF else None


def _entry_after_death(row: Row, scene: Scene) -> Damage | None:
    death = scene.client(row)["death_date"]
    if not death:
        return None
    moved = dt.datetime.combine(death + days(16), row["event_time"].time())
    if not employed(scene, row["author"], moved.date()):
        return None
    return Damage({"event_time": moved, "recorded_time": moved + dt.timedelta(hours=1)})


def _entry_by_absent(row: Row, scene: Scene) -> Damage | None:
    worker = absent(scene, "worker", row["recorded_time"].date())
    return Damage({"author": worker}) if worker else None


def _document_by_absent(row: Row, scene: Scene) -> Damage | None:
    worker = absent(scene, "worker", row["authored"].date())
    return Damage({"author": worker}) if worker else None


def _document_after_death(row: Row, scene: Scene) -> Damage | None:
    death = scene.client(row)["death_date"]
    if not death or row["structure"]:
        return None
    moved = dt.datetime.combine(death + days(15), row["authored"].time())
    there = employed(scene, row["author"], moved.date())
    return Damage({"authored": moved, "recorded": moved}) if there else None


def _replaces_itself(row: Row, _: Scene) -> Damage | None:
    return Damage({"replaces": row["document_id"]}) if not row["replaces"] else None


def _version_zero(row: Row, _: Scene) -> Damage | None:
    return Damage({"version": 0}) if row["version"] == 1 else None


def _idle_ended_before_it_began(row: Row, scene: Scene) -> Damage | None:
    """Damage a worker or unit that records nothing, so that no event loses its worker."""
    used = {"worker": ("decision_maker", "author", "responsible_worker"), "unit": ("unit",)}
    table = "worker" if "worker_id" in row else "unit"
    key = row[f"{table}_id"]
    rows = (
        r
        for name in ("decision", "entry", "document", "relationship")
        for r in scene.rows[name]
    )
    busy = any(r.get(name) == key for r in rows for name in used[table])
    return None if busy else Damage({"valid_to": row["valid_from"] - days(20)})


def _right_ends_before_it_begins(row: Row, _: Scene) -> Damage | None:
    return Damage({"valid_to": row["valid_from"] - days(20)})


def _withdrawn_before_given(row: Row, _: Scene) -> Damage | None:
    return Damage({"withdrawn": row["given"] - days(20)})


def _given_in_future(_row: Row, _: Scene) -> Damage | None:
    return Damage({"given": FUTURE})


def _death_in_future(row: Row, _: Scene) -> Damage | None:
    return Damage({"death_date": FUTURE}) if row["death_date"] is None else None


def _death_before_birth(row: Row, scene: Scene) -> Damage | None:
    quiet = row["client_id"] not in scene.relationships
    return Damage({"death_date": row["birth_date"] - days(100)}) if quiet else None


def _born_in_future(row: Row, _: Scene) -> Damage | None:
    fits = not row["identity_code"] and not row["death_date"]
    return Damage({"birth_date": FUTURE}) if fits else None


def _born_on_placeholder_day(row: Row, scene: Scene) -> Damage | None:
    tasks = {r["service_task"] for r in scene.relationships.get(row["client_id"], ())}
    fits = not row["identity_code"] and not row["death_date"] and "10" not in tasks
    return Damage({"birth_date": dt.date(1900, 1, 1)}) if fits else None


ALL = (
    Injector("entry-after-death", "LC024", "entry.event_time", _entry_after_death, alone=True),
    Injector("entry-recorded-before-event", "LC008", "entry.recorded_time", _recorded_before_event),
    Injector("entry-recorded-late", "LC020", "entry.recorded_time", _recorded_late),
    Injector("entry-author-not-employed", "LC027", "entry.author", _entry_by_absent, systems="AC"),
    Injector("document-after-death", "LC025", "document.authored", _document_after_death, alone=True),
    Injector("document-author-not-employed", "LC026", "document.author", _document_by_absent),
    Injector("document-replacing-itself", "LC021", "document.replaces", _replaces_itself),
    Injector("document-version-zero", "LC022", "document.version", _version_zero),
    Injector("worker-leaving-before-start", "LC001", "worker.valid_to", _idle_ended_before_it_began, systems="BC"),
    Injector("unit-closing-before-start", "LC001", "unit.valid_to", _idle_ended_before_it_began, systems="BC"),
    Injector("right-ending-before-start", "LC001", "access_right.valid_to", _right_ends_before_it_begins),
    Injector("prohibition-withdrawn-before-given", "LC001", "disclosure.withdrawn", _withdrawn_before_given),
    Injector("prohibition-given-in-future", "LC019", "disclosure.given", _given_in_future),
    Injector("death-before-birth", "LC017", "client.death_date", _death_before_birth, alone=True, systems="BC"),
    Injector("birth-in-future", "LC018", "client.birth_date", _born_in_future, alone=True, systems="BC"),
    Injector("birth-on-placeholder-day", "LC018", "client.birth_date", _born_on_placeholder_day, alone=True, systems="BC"),
    Injector("death-in-future", "LC019", "client.death_date", _death_in_future, alone=True),
)  # fmt: skip
