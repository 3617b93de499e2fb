"""The staff list of the region: registration numbers that its old systems did not keep.

The list is a source of its own, with the profile ``staff``: a row for each worker, in the ids
of the client systems.  It has no damage.
"""

import csv
import io
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Final

from kirjaamo.files import write
from kirjaamo.samples.people import Row
from kirjaamo.samples.region import Region
from kirjaamo.samples.systems.cells import table_map, written
from kirjaamo.sources import profile
from kirjaamo.sources.writing import as_text

FILE: Final = "henkilosto.csv"

UNLICENSED: Final = "toimistosihteeri"
"""A position that asks for no licence: every other holder has no registration number."""


def staff_list(region: Region, folder: Path) -> Path:
    """Write the staff list of *region* to *folder*, and return its file.

    A number that a system keeps is the same here.

    Raises:
        CannotWriteError: The folder cannot be written.
    """
    of = profile.read(files("kirjaamo.samples") / "profiles" / "staff.yaml")
    rows = [
        _employed(worker, region.seed)
        for system in region.systems.values()
        for worker in system.rows["worker"]
    ]
    mapped = table_map(of, "worker")
    stream = io.StringIO()
    names = [mapped.column(field).column for field in mapped.fields]
    writer = csv.DictWriter(stream, names, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(written(rows, mapped, as_text(of.forms)))
    write(folder / FILE, stream.getvalue().encode())
    return folder / FILE


def _employed(worker: Row, seed: int) -> Row:
    """Return a worker as human resources know the worker."""
    known = worker["registration_number"]
    return worker | {"registration_number": known or _number(worker, seed)}


def _number(worker: Row, seed: int) -> str | None:
    """Return an invented number of eleven digits, or None of a worker without licence."""
    place = int(worker["worker_id"][2:])
    if worker["position"] == UNLICENSED and place % 4 == 0:
        return None
    rng = Random(f"{seed} {worker['worker_id']} staff")  # noqa: S311 - a sample, no secret
    return f"99{rng.randrange(10**9):09}"
