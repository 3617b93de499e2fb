"""What is broken on purpose in access rights: one function for each rule that must speak.

Each takes a sound employee, changes the rows and returns where the rule must speak: the table,
the row and the field.  An employee is broken once, so that no defect hides another.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from kirjaamo.samples.access.people import PROCESS, Staff, right
from kirjaamo.samples.people import AS_OF, Row

Place = tuple[str, Row, str]
Break = Callable[[Staff, Row], Place | None]

CLOSED, UNKNOWN_ROLE = "KY13", "harjoittelija"


def _works(worker: Row) -> bool:
    return worker["valid_to"] is None


def _leaver(staff: Staff, worker: Row) -> Place | None:
    mine = staff.rights_of(worker)
    if _works(worker) or not mine:
        return None
    mine[0]["valid_to"] = None
    return "access_right", mine[0], "valid_to"


def _early(staff: Staff, worker: Row) -> Place | None:
    mine = staff.rights_of(worker)
    if not mine:
        return None
    mine[0]["valid_from"] = worker["valid_from"] - dt.timedelta(14)
    return "access_right", mine[0], "valid_from"


def _nobody(staff: Staff, worker: Row) -> Place | None:
    if not _works(worker):
        return None
    stray = right(worker, "24") | {"worker_id": f"TUKI{worker['worker_id'][2:]}"}
    staff.rights.append(stray)
    return "access_right", stray, "worker_id"


def _fixed_term(staff: Staff, worker: Row) -> Place | None:
    mine = staff.rights_of(worker)
    if not _works(worker) or len(mine) != 1:
        return None
    worker["valid_to"] = AS_OF + dt.timedelta(120)
    return "access_right", mine[0], "valid_to"


def _closed_unit(staff: Staff, worker: Row) -> Place | None:
    mine = staff.rights_of(worker)
    if not _works(worker) or not mine:
        return None
    mine[0]["unit"] = CLOSED
    return "access_right", mine[0], "unit"


def _own_unit_closed(staff: Staff, worker: Row) -> Place | None:
    if not _works(worker) or not staff.rights_of(worker):
        return None
    worker["unit"] = CLOSED
    return "worker", worker, "unit"


def _no_role(staff: Staff, worker: Row) -> Place | None:
    if not _works(worker) or not staff.rights_of(worker):
        return None
    worker["position"] = UNKNOWN_ROLE
    return "worker", worker, "position"


def _outside(staff: Staff, worker: Row) -> Place | None:
    if not _works(worker) or worker["position"] not in {"palveluohjaaja", "etuuskäsittelijä"}:
        return None
    extra = right(worker, "10")
    staff.rights.append(extra)
    return "access_right", extra, "service_task"


def _wide(staff: Staff, worker: Row) -> Place | None:
    limited = [one for one in staff.rights_of(worker) if one["service_process"] == PROCESS]
    if not _works(worker) or not limited:
        return None
    limited[0]["service_process"] = None
    return "access_right", limited[0], "service_process"


def _lacking(staff: Staff, worker: Row) -> Place | None:
    mine = [one for one in staff.rights_of(worker) if one["service_task"] == "24"]
    if not _works(worker) or worker["position"] != "sosiaalityöntekijä" or not mine:
        return None
    mine[0]["valid_to"] = AS_OF - dt.timedelta(30)
    return "worker", worker, "position"


def _general(staff: Staff, worker: Row) -> Place | None:
    if not _works(worker) or worker["position"] != "toimistosihteeri":
        return None
    extra = right(worker, "10")
    staff.rights.append(extra)
    return "access_right", extra, "service_task"


def _many(staff: Staff, worker: Row) -> Place | None:
    if not _works(worker) or worker["position"] != "toimistosihteeri":
        return None
    held = {one["service_task"] for one in staff.rights_of(worker)}
    # Numbers that no list of sensitive tasks has; only 20 and 24 are known, so the others are
    # made up as local codes would be.
    for task in ("20", "24", "P1", "P2"):
        if task not in held:
            staff.rights.append(right(worker, task))
    return "worker", worker, "worker_id"


def _twice(staff: Staff, worker: Row) -> Place | None:
    mine = staff.rights_of(worker)
    if not _works(worker) or not mine:
        return None
    again = dict(mine[0])
    staff.rights.append(again)
    return "access_right", again, "worker_id"


ALL: Final[Mapping[str, Break]] = {
    "AR001": _leaver,
    "AR002": _early,
    "AR003": _nobody,
    "AR004": _fixed_term,
    "AR005": _closed_unit,
    "AR006": _own_unit_closed,
    "AR007": _no_role,
    "AR008": _outside,
    "AR009": _wide,
    "AR010": _lacking,
    "AR011": _general,
    "AR012": _many,
    "AR013": _twice,
}
"""Rule to what makes it speak; AR014 needs records, which identity management has not."""


def damage(staff: Staff, share: float) -> list[tuple[str, Place]]:
    """Break employees and return every rule that must speak, with its place.

    Args:
        staff: Sound employees; they are changed.
        share: Share of the employees that is broken, evenly over the kinds; each kind occurs
            once where it can.
    """
    if share <= 0:
        return []
    quota = max(1, round(share * len(staff.workers) / len(ALL)))
    free = list(staff.workers)
    truth: list[tuple[str, Place]] = []
    for code, broken in ALL.items():
        found: list[Row] = []
        for worker in free:
            if len(found) == quota:
                break
            place = broken(staff, worker)
            if place is not None:
                found.append(worker)
                truth.append((code, place))
        gone = {id(worker) for worker in found}
        free = [worker for worker in free if id(worker) not in gone]
    return truth
