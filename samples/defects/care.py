"""What data care must find: records left open, records that hang loose, the wrong register.

Rules need not speak of it, so that it is no part of `kirjaamo.samples.defects.ALL`: it is put in
where it is asked for.
"""

from kirjaamo.samples.defects import lifecycle
from kirjaamo.samples.defects.identifiers import fixed
from kirjaamo.samples.defects.planning import Injector
from kirjaamo.samples.defects.scene import Damage, Row, Scene

LEFT = ("relationship-left-open", "open-relationship-of-dead-client")
"""Damage of the life cycle that data care works through."""

PATIENT = (
    "Potilas tuli vastaanotolle. Verenpaine 152/94, lääkitys tarkistettu.",
    "Potilaan haavahoito tehty, haava siisti. Jatkohoito sovittu.",
    "Dg I10 kontrollissa, RR 140/85 mmHg ja pulssi 72.",
    "Annosteltu 5 mg iltalääkettä, potilaalla ei kipuja.",
    "Patienten fick medicinering, blodtryck 130/80 mmHg.",
    "Status hyvä, auskultoiden keuhkot puhtaat. Resepti uusittu.",
    "Laboratoriokokeet otettu, CRP 12. Potilaalle soitettu tuloksista.",
    "Diagnoosi F32.1 todettu lääkärin vastaanotolla, aloitettu lääkitys.",
)
"""Entries of a patient record, written for these samples."""


def _patient(_row: Row, scene: Scene) -> Damage | None:
    return Damage({"text": scene.rng.choice(PATIENT)})


def _emptied(row: Row, scene: Scene) -> Damage | None:
    """Give a matter another name, so that its documents, decisions and entries are lost to it."""
    alone = (
        sum(r["relationship_id"] == row["relationship_id"] for r in scene.rows["matter"]) > 1
    )
    return Damage({"matter_id": f"{row['matter_id']}X"}) if alone else None


def _open_in_ended(row: Row, scene: Scene) -> Damage | None:
    ended = scene.relationship(row)["end"]
    return Damage({"closed": None, "is_closed": False}) if ended and row["closed"] else None


def _without_worker(row: Row, _: Scene) -> Damage | None:
    return Damage({"responsible_worker": None}) if row["end"] is None else None


ALL = (
    *(kind for kind in lifecycle.ALL if kind.kind in LEFT),
    Injector("open-relationship-without-worker", "DC001", "relationship.responsible_worker", _without_worker, systems="BC"),
    Injector("document-without-author", "DC001", "document.author", fixed("author", None), systems="BC"),
    Injector("client-without-name", "DC001", "client.last_name", fixed("last_name", None)),
    Injector("matter-without-relationship", "DC002", "matter.relationship_id", fixed("relationship_id", None), systems="BC"),
    Injector("matter-without-records", "DC003", "matter.matter_id", _emptied, systems="BC"),
    Injector("open-matter-in-ended-relationship", "DC004", "matter.closed", _open_in_ended),
    Injector("document-without-matter", "DC005", "document.matter_id", fixed("matter_id", None), systems="BC"),
    Injector("patient-record", "DC006", "entry.text", _patient),
)  # fmt: skip
"""Every kind of damage that data care must find."""
