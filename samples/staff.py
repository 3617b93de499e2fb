"""Units and workers of one system."""

import datetime as dt
from collections.abc import Sequence
from random import Random

from kirjaamo.samples.identity import business_id, organisation_oid
from kirjaamo.samples.people import AS_OF, Row
from kirjaamo.samples.world import World

WORKERS = 36
IDLE = 12
"""The last workers of the list record nothing: their rows stand alone."""

FORMER = 3
"""The workers before those left before the first recorded day."""

SUPPORT = "tuki"
"""Units of this kind take part in no decision."""


def units(world: World, system: str) -> list[Row]:
    """Return the units of a system; bought services have a business id of their own."""
    region = business_id(0)
    first = 100 * "ABC".index(system)
    rows: list[Row] = []
    for number, plan in enumerate(world.region.units, start=1):
        owner = business_id(first + number) if plan.kind == "ostopalvelu" else region
        rows.append(
            {
                "unit_id": f"{system}Y{number:02}",
                "oid": organisation_oid(owner, 10, first + number),
                "business_id": owner,
                "name": plan.name,
                "controller": organisation_oid(region, 19, 0),
                "kind": plan.kind,
                "valid_from": plan.valid_from,
                "valid_to": plan.valid_to,
            }
        )
    return rows


def workers(rng: Random, world: World, system: str, places: Sequence[Row]) -> list[Row]:
    """Return the workers of a system: long-serving, passing, former and idle ones."""
    lasting = [unit for unit in places if unit["valid_to"] is None]
    return [
        _worker(rng, world, system, number, rng.choice(lasting)) for number in range(WORKERS)
    ]


def _worker(rng: Random, world: World, system: str, number: int, unit: Row) -> Row:
    first, last = _employment(rng, number)
    sex, language = rng.choice(("female", "female", "male")), rng.choice(("fi", "fi", "sv"))
    signs = number % 3 != 2  # noqa: PLR2004 - two of three hold an office that signs
    return {
        "worker_id": f"{system}T{number + 1:03}",
        "last_name": rng.choice(world.names["last", language]),
        "first_names": rng.choice(world.names[sex, language]),
        "registration_number": f"99{rng.randrange(10**9):09}" if signs else None,
        "position": world.region.positions[number % len(world.region.positions)],
        "unit": unit["unit_id"],
        "card": signs,
        "reader": signs and number % 10 > 0,
        "can_sign": signs,
        "valid_from": first,
        "valid_to": last,
    }


def _employment(rng: Random, number: int) -> tuple[dt.date, dt.date | None]:
    if WORKERS - IDLE - FORMER <= number < WORKERS - IDLE:
        return dt.date(2002, 1, 1 + number), dt.date(2008, 10, 1 + number)
    if number < 8:  # noqa: PLR2004 - long-serving ones, so that somebody is always on duty
        return dt.date(2003 + number % 5, 3, 1), None
    first = dt.date(2009, 1, 1) + dt.timedelta(rng.randrange(4500))
    last = first + dt.timedelta(rng.randrange(900, 3000))
    return first, last if last < AS_OF else None


def rights(rng: Random, staff: Sequence[Row], codes: Sequence[str]) -> list[Row]:
    """Return one right for each worker, for the days of the employment."""
    return [
        {
            "worker_id": worker["worker_id"],
            "service_task": rng.choice(codes),
            "service_process": None,
            "valid_from": worker["valid_from"],
            "valid_to": worker["valid_to"],
        }
        for worker in staff
    ]


def covers(row: Row, first: dt.date, last: dt.date) -> bool:
    """Return whether a worker or unit was there from *first* to *last*."""
    ended: dt.date | None = row["valid_to"]
    return bool(row["valid_from"] <= first and (ended is None or ended >= last))
