"""Damage that the rules of classification (CL) must find.

The built-in lists are not complete, have no dates and no deleted codes, so an unknown code
is CL002; nothing of CL001, CL003, CL004 or CL018 can be put in.
"""

import datetime as dt

from kirjaamo.samples import world
from kirjaamo.samples.defects.identifiers import changed, fixed
from kirjaamo.samples.defects.planning import Injector, Make
from kirjaamo.samples.defects.scene import Damage, Row, Scene

DUTY = dt.date(2021, 1, 1)
"""From this day at the latest every document shows its service task."""

ONE_NAME = frozenset({"2", "31", "45"})
"""Social services whose Swedish name is not known; no name is wrong for certain there."""

RESTRICTION = "1.2.246.537.6.1506.19008.2024.12.19"
"""The one structure whose allowed pairs of service task and social service are known."""


def _without_task(day: str) -> Make:
    """Return an injector's function that empties the service task of rows since the duty began."""

    def make(row: Row, scene: Scene) -> Damage | None:
        start = scene.relationship(row)["start"] if "relationship_id" in row else DUTY
        when = row[day].date() if isinstance(row[day], dt.datetime) else row[day]
        return Damage({"service_task": None}) if min(when, start) >= DUTY else None

    return make


def _service_without_task(row: Row, _: Scene) -> Damage | None:
    day = row.get("decided") or row["authored"].date()
    return Damage({"service_task": None}) if row["social_service"] and day < DUTY else None


def _other_name(field: str, code: str, names: str) -> Make:
    """Return an injector's function that writes the name of another code."""

    def make(row: Row, scene: Scene) -> Damage | None:
        known = dict(_names(names))
        others = sorted(set(known.values()) - {row[field]})
        return Damage({field: scene.rng.choice(others)}) if row[code] in known else None

    return make


def _names(names: str) -> list[tuple[str, str]]:
    services = world.read().services
    match names:
        case "tasks":
            return [(t.national, t.name) for t in services.tasks.values() if t.national]
        case "documents":
            return [(code, kind.name) for code, kind in services.documents.items()]
        case "outcomes":
            return list(services.outcomes.items())
    return [pair for pair in services.social_services.items() if pair[0] not in ONE_NAME]


def _name_alone(row: Row, _: Scene) -> Damage | None:
    return None if row["social_service"] else Damage({"social_service_name": "Perhehoito"})


def _outcome_outside_list(_row: Row, _: Scene) -> Damage | None:
    return Damage({"outcome": "9", "outcome_name": None})


def _local_service(_row: Row, _: Scene) -> Damage | None:
    return Damage({"social_service": "UUSI", "social_service_name": None})


def _local_task(row: Row, scene: Scene) -> Damage | None:
    known = row["service_task"] in {code for code, _ in _names("tasks")}
    return Damage({"service_task": f"{scene.system}9"}) if known else None


def _local_outcome(_row: Row, _: Scene) -> Damage | None:
    return Damage({"outcome": "X"})


def _obsolete_structure(row: Row, _: Scene) -> Damage | None:
    kind = world.read().services.documents.get(row["document_type"] or "")
    if kind is None or len(kind.versions) == 1:
        return None
    first, second = kind.versions[0], kind.versions[1]
    late = row["authored"].date() > second + dt.timedelta(30)
    return Damage({"structure": world.structure(row["document_type"], first)}) if late else None


def _structure_of_tomorrow(row: Row, _: Scene) -> Damage | None:
    kind = world.read().services.documents.get(row["document_type"] or "")
    if kind is None or row["authored"].date() > kind.versions[-1] - dt.timedelta(30):
        return None
    return Damage({"structure": world.structure(row["document_type"], kind.versions[-1])})


def _entry_structure_too_early(row: Row, _: Scene) -> Damage | None:
    first = dt.date(2022, 1, 10)
    early = row["recorded_time"].date() < first - dt.timedelta(30)
    return Damage({"structure": world.structure("19005", first)}) if early else None


def _service_outside_task(row: Row, _: Scene) -> Damage | None:
    fits = row["service_task"] == "10" and row["authored"].date() > dt.date(2024, 12, 31)
    values = {
        "structure": RESTRICTION,
        "social_service": "46",
        "social_service_name": "Sosiaalityö",
    }
    return Damage(values) if fits else None


def _other_without_text(row: Row, _: Scene) -> Damage | None:
    return Damage({"matter_other": None}) if row["matter_code"] else None


SHARED_TASK = ("relationship.service_task", "matter.service_task")

ALL = (
    Injector("decision-without-service-task", "CL007", "decision.service_task", _without_task("decided"), also=SHARED_TASK),
    Injector("entry-without-service-task", "CL007", "entry.service_task", _without_task("event_time")),
    Injector("document-without-service-task", "CL007", "document.service_task", _without_task("authored")),
    Injector("relationship-without-service-task", "CL007", "relationship.service_task", _without_task("start"), systems="BC"),
    Injector("matter-without-service-task", "CL007", "matter.service_task", _without_task("opened"), systems="BC"),
    Injector("service-without-service-task", "CL016", "decision.service_task", _service_without_task, systems="BC"),
    Injector("outcome-outside-list", "CL002", "decision.outcome", _outcome_outside_list, systems="BC"),
    Injector("municipality-outside-list", "CL002", "client.municipality", fixed("municipality", "999")),
    Injector("municipality-without-zero", "CL012", "client.municipality", changed("municipality", lambda c: c[1:] if c[0] == "0" else None), systems="AC"),
    Injector("local-language", "CL006", "client.language", fixed("language", "E"), systems="A"),
    Injector("local-outcome", "CL006", "decision.outcome", _local_outcome, systems="A"),
    Injector("local-service-task", "CL006", "decision.service_task", _local_task, also=SHARED_TASK),
    Injector("local-social-service", "CL006", "decision.social_service", _local_service, systems="C"),
    Injector("language-of-service-foreign", "CL014", "client.language", fixed("language", "EN"), systems="BC"),
    Injector("language-in-small-letters", "CL015", "client.language", changed("language", str.lower), systems="BC"),
    Injector("service-name-without-code", "CL017", "decision.social_service_name", _name_alone),
    Injector("outcome-name-differs", "CL005", "decision.outcome_name", _other_name("outcome_name", "outcome", "outcomes")),
    Injector("service-name-differs", "CL005", "decision.social_service_name", _other_name("social_service_name", "social_service", "services")),
    Injector("task-name-differs", "CL005", "document.service_task_name", _other_name("service_task_name", "service_task", "tasks")),
    Injector("document-type-name-differs", "CL005", "document.document_type_name", _other_name("document_type_name", "document_type", "documents")),
    Injector("service-outside-task", "CL008", "document.social_service", _service_outside_task, systems="C"),
    Injector("structure-obsolete", "CL009", "document.structure", _obsolete_structure),
    Injector("structure-not-yet-in-force", "CL010", "document.structure", _structure_of_tomorrow),
    Injector("entry-structure-not-yet-in-force", "CL010", "entry.structure", _entry_structure_too_early, systems="C"),
    Injector("structure-unknown", "CL011", "document.structure", changed("structure", lambda c: ".".join([*c.split(".")[:-3], "2019", "2", "3"]))),
    Injector("other-matter-without-text", "CL013", "matter.matter_other", _other_without_text),
)  # fmt: skip
