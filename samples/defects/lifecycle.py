"""Damage that the rules of the life cycle (LC) must find."""

import datetime as dt

from kirjaamo.samples import staff
from kirjaamo.samples.defects.planning import Injector
from kirjaamo.samples.defects.scene import Damage, Row, Scene
from kirjaamo.samples.people import AS_OF

ENTRY_STRUCTURES = dt.datetime(2022, 1, 10)  # noqa: DTZ001 - records have local time
FUTURE = dt.date(2041, 5, 14)


def _days(count: int) -> dt.timedelta:
    return dt.timedelta(count)


def _employed(scene: Scene, worker: object, day: dt.date) -> bool:
    return staff.covers(scene.find("worker", worker), day, day)


def _absent(scene: Scene, table: str, day: dt.date) -> str | None:
    """Return somebody, or a unit, that was not there on *day*."""
    gone = [row for row in scene.rows[table] if not staff.covers(row, day, day)]
    return str(scene.rng.choice(gone)[f"{table}_id"]) if gone else None


def relationship_left_open(row: Row, scene: Scene) -> Damage | None:
    last = scene.last_event[row["relationship_id"]]
    old = last < AS_OF - _days(900) and row["end"] is not None
    return Damage({"end": None}) if old and not scene.client(row)["death_date"] else None


def open_after_death(row: Row, scene: Scene) -> Damage | None:
    death = scene.client(row)["death_date"]
    recent = scene.last_event[row["relationship_id"]] > AS_OF - _days(600)
    return Damage({"end": None}) if death and recent and row["end"] >= death else None


def begun_after_death(row: Row, scene: Scene) -> Damage | None:
    death = scene.client(row)["death_date"]
    if death is None or row["relationship_id"] in scene.decisions:
        return None
    return Damage({"start": death + _days(12), "end": death + _days(30)})


def ended_before_it_began(row: Row, scene: Scene) -> Damage | None:
    without_events = row["relationship_id"] not in scene.decisions
    return Damage({"end": row["start"] - _days(5)}) if without_events else None


def adult_in_child_protection(row: Row, scene: Scene) -> Damage | None:
    age = (row["start"] - scene.client(row)["birth_date"]).days // 366
    return Damage({"service_task": "10"}) if age >= 30 else None  # noqa: PLR2004 - past aftercare


def unit_closed_at_start(row: Row, scene: Scene) -> Damage | None:
    unit = _absent(scene, "unit", row["start"])
    return Damage({"unit": unit}) if unit else None


def closed_before_opened(row: Row, scene: Scene) -> Damage | None:
    late = row["opened"] > scene.relationship(row)["start"] + _days(30)
    return Damage({"closed": row["opened"] - _days(5)}) if late and row["closed"] else None


def closed_without_day(row: Row, _: Scene) -> Damage | None:
    return Damage({"closed": None}) if row["is_closed"] else None


def shared_without_days(row: Row, _: Scene) -> Damage | None:
    return Damage({"joined": None}) if row["joined"] else None


def opened_before_relationship(row: Row, scene: Scene) -> Damage | None:
    return Damage({"opened": scene.relationship(row)["start"] - _days(100)})


def closed_after_relationship(row: Row, scene: Scene) -> Damage | None:
    end = scene.relationship(row)["end"]
    return Damage({"closed": end + _days(90)}) if end and row["closed"] else None


def opened_in_future(row: Row, scene: Scene) -> Damage | None:
    going_on = scene.relationship(row)["end"] is None and row["closed"] is None
    return Damage({"opened": FUTURE}) if going_on else None


def decision_before_relationship(row: Row, scene: Scene) -> Damage | None:
    relationship = scene.relationship(row)
    first = scene.relationships[row["client_id"]][0] is relationship
    decided = relationship["start"] - _days(90)
    back = row["decided"] - decided
    there = _employed(scene, row["decision_maker"], decided) and staff.covers(
        scene.find("unit", row["unit"]), decided, decided
    )
    if not (first and there and row["valid_to"]):
        return None
    fields = ("valid_from", "valid_to", "delivered")
    return Damage({"decided": decided, **{name: row[name] - back for name in fields}})


def overlapping_decision(row: Row, scene: Scene) -> Damage | None:
    others = scene.decisions[row["relationship_id"]]
    place = others.index(row)
    if place == 0:
        return None
    before = others[place - 1]
    equal = all(row[name] == before[name] for name in ("old_type", "outcome", "social_service"))
    day = before["valid_to"] - _days(2)
    if not equal or day <= before["valid_from"] or row["decided"] - day > _days(28):
        return None
    return Damage({"valid_from": day}, beside=None)


def in_force_after_relationship(row: Row, scene: Scene) -> Damage | None:
    ended = scene.relationship(row)["end"]
    last = scene.rows["decision"]
    final = row is scene.decisions[row["relationship_id"]][-1]
    only = scene.relationships[row["client_id"]][-1] is scene.relationship(row)
    return Damage({"valid_to": None}) if ended and final and only and last else None


def decided_after_death(row: Row, scene: Scene) -> Damage | None:
    death, end = scene.client(row)["death_date"], scene.relationship(row)["end"]
    if not death or not end or end < death + _days(8):
        return None
    day = death + _days(3)
    there = _employed(scene, row["decision_maker"], day)
    there &= staff.covers(scene.find("unit", row["unit"]), day, day)
    if not there or row is not scene.decisions[row["relationship_id"]][-1]:
        return None
    return Damage({"decided": day, "valid_from": day, "valid_to": end, "delivered": day})


def maker_not_employed(row: Row, scene: Scene) -> Damage | None:
    worker = _absent(scene, "worker", row["decided"])
    return Damage({"decision_maker": worker}) if worker else None


def unit_not_in_operation(row: Row, scene: Scene) -> Damage | None:
    unit = _absent(scene, "unit", row["decided"])
    return Damage({"unit": unit}) if unit else None


def decided_late(row: Row, scene: Scene) -> Damage | None:
    day = row["valid_from"] + _days(60)
    last = min(row["valid_to"] or AS_OF, AS_OF)
    there = _employed(scene, row["decision_maker"], day)
    there &= staff.covers(scene.find("unit", row["unit"]), day, day)
    fits = there and day + _days(4) < last
    return Damage({"decided": day, "delivered": day + _days(2)}) if fits else None


def ends_before_it_begins(row: Row, _: Scene) -> Damage | None:
    return Damage({"valid_to": row["valid_from"] - _days(3)})


def delivered_before_decided(row: Row, _: Scene) -> Damage | None:
    return Damage({"delivered": row["decided"] - _days(10)})


def recorded_before_event(row: Row, scene: Scene) -> Damage | None:
    early = row["event_time"] - _days(2)
    sound = row["structure"] is None or early > ENTRY_STRUCTURES
    there = _employed(scene, row["author"], early.date())
    return Damage({"recorded_time": early}) if sound and there else None


def recorded_late(row: Row, scene: Scene) -> Damage | None:
    late = row["event_time"] + _days(40)
    there = _employed(scene, row["author"], late.date())
    return Damage({"recorded_time": late}) if there and late.date() <= AS_OF else None


def entry_after_death(row: Row, scene: Scene) -> Damage | None:
    death = scene.client(row)["death_date"]
    if not death:
        return None
    moved = dt.datetime.combine(death + _days(16), row["event_time"].time())
    if not _employed(scene, row["author"], moved.date()):
        return None
    return Damage({"event_time": moved, "recorded_time": moved + dt.timedelta(hours=1)})


def entry_by_absent(row: Row, scene: Scene) -> Damage | None:
    worker = _absent(scene, "worker", row["recorded_time"].date())
    return Damage({"author": worker}) if worker else None


def document_by_absent(row: Row, scene: Scene) -> Damage | None:
    worker = _absent(scene, "worker", row["authored"].date())
    return Damage({"author": worker}) if worker else None


def document_after_death(row: Row, scene: Scene) -> Damage | None:
    death = scene.client(row)["death_date"]
    if not death or row["structure"]:
        return None
    moved = dt.datetime.combine(death + _days(15), row["authored"].time())
    there = _employed(scene, row["author"], moved.date())
    return Damage({"authored": moved, "recorded": moved}) if there else None


def replaces_itself(row: Row, _: Scene) -> Damage | None:
    return Damage({"replaces": row["document_id"]}) if not row["replaces"] else None


def version_zero(row: Row, _: Scene) -> Damage | None:
    return Damage({"version": 0}) if row["version"] == 1 else None


def idle_ended_before_it_began(row: Row, scene: Scene) -> Damage | None:
    """Damage a worker or unit that records nothing, so that no event loses its worker."""
    used = {"worker": ("decision_maker", "author", "responsible_worker"), "unit": ("unit",)}
    table = "worker" if "worker_id" in row else "unit"
    key = row[f"{table}_id"]
    rows = (r for name in ("decision", "entry", "document", "relationship") for r in scene.rows[name])
    busy = any(r.get(name) == key for r in rows for name in used[table])
    return None if busy else Damage({"valid_to": row["valid_from"] - _days(20)})


def right_ends_before_it_begins(row: Row, _: Scene) -> Damage | None:
    return Damage({"valid_to": row["valid_from"] - _days(20)})


def withdrawn_before_given(row: Row, _: Scene) -> Damage | None:
    return Damage({"withdrawn": row["given"] - _days(20)})


def given_in_future(_row: Row, _: Scene) -> Damage | None:
    return Damage({"given": FUTURE})


def death_in_future(row: Row, _: Scene) -> Damage | None:
    return Damage({"death_date": FUTURE}) if row["death_date"] is None else None


def death_before_birth(row: Row, scene: Scene) -> Damage | None:
    quiet = row["client_id"] not in scene.relationships
    return Damage({"death_date": row["birth_date"] - _days(100)}) if quiet else None


def born_in_future(row: Row, scene: Scene) -> Damage | None:
    quiet = row["client_id"] not in scene.relationships or not row["identity_code"]
    fits = quiet and not row["identity_code"] and not row["death_date"]
    return Damage({"birth_date": FUTURE}) if fits else None


def born_on_placeholder_day(row: Row, scene: Scene) -> Damage | None:
    tasks = {r["service_task"] for r in scene.relationships.get(row["client_id"], ())}
    fits = not row["identity_code"] and not row["death_date"] and "10" not in tasks
    return Damage({"birth_date": dt.date(1900, 1, 1)}) if fits else None


ALL = (
    Injector("open-relationship-of-dead-client", "LC015", "relationship.end", open_after_death, alone=True),
    Injector("relationship-beginning-after-death", "LC023", "relationship.start", begun_after_death, alone=True, systems="BC"),
    Injector("relationship-ending-before-start", "LC001", "relationship.end", ended_before_it_began, alone=True, systems="BC"),
    Injector("relationship-left-open", "LC002", "relationship.end", relationship_left_open, alone=True),
    Injector("adult-in-child-protection", "LC009", "relationship.start", adult_in_child_protection, alone=True),
    Injector("relationship-in-closed-unit", "LC029", "relationship.unit", unit_closed_at_start),
    Injector("shared-matter-without-joining-dates", "LC010", "matter.joined", shared_without_days),
    Injector("matter-closed-before-opening", "LC001", "matter.closed", closed_before_opened),
    Injector("closed-matter-without-date", "LC003", "matter.closed", closed_without_day),
    Injector("matter-opened-before-relationship", "LC016", "matter.opened", opened_before_relationship, alone=True),
    Injector("matter-closed-after-relationship", "LC028", "matter.closed", closed_after_relationship, alone=True),
    Injector("matter-opened-in-future", "LC019", "matter.opened", opened_in_future, alone=True),
    Injector("decision-after-death", "LC007", "decision.decided", decided_after_death, alone=True),
    Injector("decision-before-relationship", "LC004", "decision.decided", decision_before_relationship, alone=True),
    Injector("overlapping-equal-decisions", "LC005", "decision.valid_from", overlapping_decision, alone=True),
    Injector("decision-in-force-after-relationship", "LC006", "decision.valid_to", in_force_after_relationship, alone=True),
    Injector("decision-made-late", "LC013", "decision.decided", decided_late, alone=True),
    Injector("decision-maker-not-employed", "LC011", "decision.decision_maker", maker_not_employed),
    Injector("decision-by-closed-unit", "LC012", "decision.unit", unit_not_in_operation),
    Injector("decision-ending-before-start", "LC001", "decision.valid_to", ends_before_it_begins),
    Injector("decision-delivered-before-made", "LC014", "decision.delivered", delivered_before_decided),
    Injector("entry-after-death", "LC024", "entry.event_time", entry_after_death, alone=True),
    Injector("entry-recorded-before-event", "LC008", "entry.recorded_time", recorded_before_event),
    Injector("entry-recorded-late", "LC020", "entry.recorded_time", recorded_late),
    Injector("entry-author-not-employed", "LC027", "entry.author", entry_by_absent, systems="AC"),
    Injector("document-after-death", "LC025", "document.authored", document_after_death, alone=True),
    Injector("document-author-not-employed", "LC026", "document.author", document_by_absent),
    Injector("document-replacing-itself", "LC021", "document.replaces", replaces_itself),
    Injector("document-version-zero", "LC022", "document.version", version_zero),
    Injector("worker-leaving-before-start", "LC001", "worker.valid_to", idle_ended_before_it_began, systems="BC"),
    Injector("unit-closing-before-start", "LC001", "unit.valid_to", idle_ended_before_it_began, systems="BC"),
    Injector("right-ending-before-start", "LC001", "access_right.valid_to", right_ends_before_it_begins),
    Injector("prohibition-withdrawn-before-given", "LC001", "disclosure.withdrawn", withdrawn_before_given),
    Injector("prohibition-given-in-future", "LC019", "disclosure.given", given_in_future),
    Injector("death-before-birth", "LC017", "client.death_date", death_before_birth, alone=True, systems="BC"),
    Injector("birth-in-future", "LC018", "client.birth_date", born_in_future, alone=True, systems="BC"),
    Injector("birth-on-placeholder-day", "LC018", "client.birth_date", born_on_placeholder_day, alone=True, systems="BC"),
    Injector("death-in-future", "LC019", "client.death_date", death_in_future, alone=True),
)  # fmt: skip
