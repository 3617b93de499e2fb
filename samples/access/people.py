"""Employees, units, the rule table, and the rights that it gives."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from typing import Final

from kirjaamo.samples import world
from kirjaamo.samples.people import AS_OF, Row

UNITS: Final = 12
"""Units of the region that are in operation; the thirteenth has closed."""

RULES: Final = (
    ("johtava sosiaalityöntekijä", "10", "", "required"),
    ("johtava sosiaalityöntekijä", "24", "", "allowed"),
    ("sosiaalityöntekijä", "10", "", "required"),
    ("sosiaalityöntekijä", "24", "", "required"),
    ("sosiaaliohjaaja", "24", "", "required"),
    ("sosiaaliohjaaja", "10", "3", "allowed"),
    ("palveluohjaaja", "20", "", "required"),
    ("etuuskäsittelijä", "20", "", "allowed"),
    ("toimistosihteeri", "*", "", "allowed"),
)
"""Position, service task, service process and need of each rule."""

PROCESS: Final = "3"
"""The only service process whose number is known."""

RULES_FROM: Final = dt.date(2020, 1, 1)


@dataclass(slots=True)
class Staff:
    """Employees, units and rights, in the order of their files."""

    workers: list[Row] = field(default_factory=list)
    units: list[Row] = field(default_factory=list)
    rights: list[Row] = field(default_factory=list)

    def rights_of(self, worker: Row) -> list[Row]:
        """Return the rights of a worker."""
        return [right for right in self.rights if right["worker_id"] == worker["worker_id"]]


def sound(workers: int, rng: Random) -> Staff:
    """Return employees of whom nothing is wrong.

    Args:
        workers: How many there are.
        rng: Where chance comes from.
    """
    data = world.read()
    staff = Staff(units=_units(data))
    for number in range(1, workers + 1):
        worker = _worker(number, data, rng)
        staff.workers.append(worker)
        staff.rights += _rights(worker, rng)
    return staff


def _units(data: world.World) -> list[Row]:
    lasting = [plan for plan in data.region.units if plan.valid_to is None][:UNITS]
    closed = next(plan for plan in data.region.units if plan.valid_to is not None)
    return [
        {
            "unit_id": f"KY{number:02}",
            "name": plan.name,
            "valid_from": plan.valid_from,
            "valid_to": plan.valid_to,
        }
        for number, plan in enumerate([*lasting, closed], start=1)
    ]


def _worker(number: int, data: world.World, rng: Random) -> Row:
    sex, language = rng.choice(("female", "female", "male")), rng.choice(("fi", "fi", "sv"))
    position = data.region.positions[number % len(data.region.positions)]
    signs = position not in {"toimistosihteeri", "etuuskäsittelijä"}
    first = dt.date(2020, 1, 1) + dt.timedelta(rng.randrange(1800))
    left = number % 11 == 0
    return {
        "worker_id": f"KT{number:04}",
        "last_name": rng.choice(data.names["last", language]),
        "first_names": rng.choice(data.names[sex, language]),
        "registration_number": f"99{rng.randrange(10**9):09}" if signs else None,
        "position": position,
        "unit": f"KY{1 + rng.randrange(UNITS):02}",
        "card": signs,
        "reader": signs and number % 9 > 0,
        "can_sign": signs,
        "valid_from": first,
        "valid_to": AS_OF - dt.timedelta(1 + rng.randrange(300)) if left else None,
    }


def _rights(worker: Row, rng: Random) -> list[Row]:
    """Return the rights that the rules require, and one that they allow to some."""
    mine = [rule for rule in RULES if rule[0] == worker["position"]]
    given = [
        (task, process) for _, task, process, need in mine
        if need == "required" or rng.random() < 0.5  # noqa: PLR2004 - every other
    ]  # fmt: skip
    return [right(worker, "24" if task == "*" else task, process) for task, process in given]


def right(worker: Row, task: str, process: str = "") -> Row:
    """Return a right of a worker for the days of the employment, in the worker's own unit."""
    return {
        "worker_id": worker["worker_id"],
        "service_task": task,
        "service_process": process or None,
        "unit": worker["unit"],
        "valid_from": worker["valid_from"],
        "valid_to": worker["valid_to"],
    }
