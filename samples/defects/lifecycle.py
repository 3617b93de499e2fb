"""Damage that the rules of the life cycle (LC) must find: relationships, matters, decisions."""

import datetime as dt

from kirjaamo.samples import staff
from kirjaamo.samples.defects.planning import Injector
from kirjaamo.samples.defects.scene import Damage, Row, Scene
from kirjaamo.samples.people import AS_OF

FUTURE = dt.date(2041, 5, 14)
"""A day that has not come, and that is not so far that it is impossible."""


def days(count: int) -> dt.timedelta:
    """Return a number of days."""
    return dt.timedelta(count)


def employed(scene: Scene, worker: object, day: dt.date) -> bool:
    """Return whether a worker was employed on *day*."""
    return staff.covers(scene.find("worker", worker), day, day)


def absent(scene: Scene, table: str, day: dt.date) -> str | None:
    """Return somebody who had left, or a unit that was closed, before *day*."""
    gone = [row for row in scene.rows[table] if row["valid_to"] and row["valid_to"] < day]
    return str(scene.rng.choice(gone)[f"{table}_id"]) if gone else None


def _relationship_left_open(row: Row, scene: Scene) -> Damage | None:
    last = scene.last_event[row["relationship_id"]]
    old = last < AS_OF - days(900) and row["end"] is not None
    return Damage({"end": None}) if old and not scene.client(row)["death_date"] else None


def _open_after_death(row: Row, scene: Scene) -> Damage | None:
    death = scene.client(row)["death_date"]
    recent = scene.last_event[row["relationship_id"]] > AS_OF - days(600)
    return Damage({"end": None}) if death and recent and row["end"] >= death else None


def _begun_after_death(row: Row, scene: Scene) -> Damage | None:
    death = scene.client(row)["death_date"]
    if death is None or row["relationship_id"] in scene.decisions:
        return None
    start, end = death + days(12), death + days(30)
    there = staff.covers(scene.find("unit", row["unit"]), start, end)
    return Damage({"start": start, "end": end}) if there else None


def _ended_before_it_began(row: Row, scene: Scene) -> Damage | None:
    without_events = row["relationship_id"] not in scene.decisions
    return Damage({"end": row["start"] - days(5)}) if without_events else None


def _adult_in_child_protection(row: Row, scene: Scene) -> Damage | None:
    age = (row["start"] - scene.client(row)["birth_date"]).days // 366
    return Damage({"service_task": "10"}) if age >= 30 else None  # noqa: PLR2004 - past aftercare


def _unit_closed_at_start(row: Row, scene: Scene) -> Damage | None:
    unit = absent(scene, "unit", row["start"])
    return Damage({"unit": unit}) if unit else None


def _closed_before_opened(row: Row, scene: Scene) -> Damage | None:
    late = row["opened"] > scene.relationship(row)["start"] + days(30)
    return Damage({"closed": row["opened"] - days(5)}) if late and row["closed"] else None


def _closed_without_day(row: Row, _: Scene) -> Damage | None:
    return Damage({"closed": None}) if row["is_closed"] else None


def _shared_without_days(row: Row, _: Scene) -> Damage | None:
    return Damage({"joined": None}) if row["joined"] else None


def _opened_before_relationship(row: Row, scene: Scene) -> Damage | None:
    return Damage({"opened": scene.relationship(row)["start"] - days(100)})


def _closed_after_relationship(row: Row, scene: Scene) -> Damage | None:
    end = scene.relationship(row)["end"]
    return Damage({"closed": end + days(90)}) if end and row["closed"] else None


def _opened_in_future(row: Row, scene: Scene) -> Damage | None:
    going_on = scene.relationship(row)["end"] is None and row["closed"] is None
    return Damage({"opened": FUTURE}) if going_on else None


def _decision_before_relationship(row: Row, scene: Scene) -> Damage | None:
    relationship = scene.relationship(row)
    first = scene.relationships[row["client_id"]][0] is relationship
    decided = relationship["start"] - days(90)
    back = row["decided"] - decided
    values = {name: row[name] - back for name in ("valid_from", "delivered")}
    there = employed(scene, row["decision_maker"], decided) and staff.covers(
        scene.find("unit", row["unit"]), decided, decided
    )
    if not (first and there):
        return None
    return Damage({"decided": decided, "valid_to": relationship["start"], **values})


def _overlapping_decision(row: Row, scene: Scene) -> Damage | None:
    others = scene.decisions[row["relationship_id"]]
    place = others.index(row)
    if place == 0:
        return None
    before = others[place - 1]
    equal = all(row[name] == before[name] for name in ("old_type", "outcome", "social_service"))
    day = before["valid_to"] - days(2)
    if not equal or day <= before["valid_from"] or row["decided"] - day > days(28):
        return None
    return Damage({"valid_from": day})


def _in_force_after_relationship(row: Row, scene: Scene) -> Damage | None:
    ended = scene.relationship(row)["end"]
    final = row is scene.decisions[row["relationship_id"]][-1]
    only = scene.relationships[row["client_id"]][-1] is scene.relationship(row)
    return Damage({"valid_to": None}) if ended and final and only else None


def _decided_after_death(row: Row, scene: Scene) -> Damage | None:
    death, end = scene.client(row)["death_date"], scene.relationship(row)["end"]
    if not death or not end or end < death + days(8):
        return None
    day = death + days(3)
    there = employed(scene, row["decision_maker"], day)
    there &= staff.covers(scene.find("unit", row["unit"]), day, day)
    if not there or row is not scene.decisions[row["relationship_id"]][-1]:
        return None
    return Damage({"decided": day, "valid_from": day, "valid_to": end, "delivered": day})


def _maker_not_employed(row: Row, scene: Scene) -> Damage | None:
    worker = absent(scene, "worker", row["decided"])
    return Damage({"decision_maker": worker}) if worker else None


def _unit_not_in_operation(row: Row, scene: Scene) -> Damage | None:
    unit = absent(scene, "unit", row["decided"])
    return Damage({"unit": unit}) if unit else None


def _decided_late(row: Row, scene: Scene) -> Damage | None:
    day = row["valid_from"] + days(60)
    last = min(row["valid_to"] or AS_OF, AS_OF)
    there = employed(scene, row["decision_maker"], day)
    there &= staff.covers(scene.find("unit", row["unit"]), day, day)
    fits = there and day + days(4) < last
    return Damage({"decided": day, "delivered": day + days(2)}) if fits else None


def _ends_before_it_begins(row: Row, _: Scene) -> Damage | None:
    return Damage({"valid_to": row["valid_from"] - days(3)})


def _delivered_before_decided(row: Row, _: Scene) -> Damage | None:
    return Damage({"delivered": row["decided"] - days(10)})


ALL = (
    Injector("open-relationship-of-dead-client", "LC015", "relationship.end", _open_after_death, alone=True),
    Injector("relationship-beginning-after-death", "LC023", "relationship.start", _begun_after_death, alone=True, systems="BC"),
    Injector("relationship-ending-before-start", "LC001", "relationship.end", _ended_before_it_began, alone=True, systems="BC"),
    Injector("relationship-left-open", "LC002", "relationship.end", _relationship_left_open, alone=True),
    Injector("adult-in-child-protection", "LC009", "relationship.start", _adult_in_child_protection, alone=True),
    Injector("relationship-in-closed-unit", "LC029", "relationship.unit", _unit_closed_at_start),
    Injector("shared-matter-without-joining-dates", "LC010", "matter.joined", _shared_without_days),
    Injector("matter-closed-before-opening", "LC001", "matter.closed", _closed_before_opened),
    Injector("closed-matter-without-date", "LC003", "matter.closed", _closed_without_day),
    Injector("matter-opened-before-relationship", "LC016", "matter.opened", _opened_before_relationship, alone=True),
    Injector("matter-closed-after-relationship", "LC028", "matter.closed", _closed_after_relationship, alone=True),
    Injector("matter-opened-in-future", "LC019", "matter.opened", _opened_in_future, alone=True),
    Injector("decision-after-death", "LC007", "decision.decided", _decided_after_death, alone=True),
    Injector("decision-before-relationship", "LC004", "decision.decided", _decision_before_relationship, alone=True),
    Injector("overlapping-equal-decisions", "LC005", "decision.valid_from", _overlapping_decision, alone=True),
    Injector("decision-in-force-after-relationship", "LC006", "decision.valid_to", _in_force_after_relationship, alone=True),
    Injector("decision-made-late", "LC013", "decision.decided", _decided_late, alone=True),
    Injector("decision-maker-not-employed", "LC011", "decision.decision_maker", _maker_not_employed),
    Injector("decision-by-closed-unit", "LC012", "decision.unit", _unit_not_in_operation),
    Injector("decision-ending-before-start", "LC001", "decision.valid_to", _ends_before_it_begins),
    Injector("decision-delivered-before-made", "LC014", "decision.delivered", _delivered_before_decided),
)  # fmt: skip
