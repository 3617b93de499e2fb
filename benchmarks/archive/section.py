"""The section ``archive``: checking documents beside the bound of lxml and ``xmlschema`` alone.

The bound is lxml parsing and serialising the same bytes.  Only checking is measured.
"""

import time
from collections.abc import Callable

import xmlschema
from lxml import etree

from kirjaamo.archive.checking import Means, check
from kirjaamo.archive.checking.schemas import RECONSTRUCTED
from tests.archive import material

ROUNDS, TIMES, SLOW = 5, 400, 20


def run() -> dict[str, float]:
    """Run the section and return its figures."""
    means, parts = Means(), (material.document(fill="all"), material.frame())
    schemas = [
        xmlschema.XMLSchema((RECONSTRUCTED / f"{name}.xsd").as_uri(), allow="local")
        for name in ("document", "frame")
    ]

    def bound() -> None:
        for part in parts:
            etree.tostring(etree.fromstring(part))

    def alone() -> None:
        for schema, part in zip(schemas, parts, strict=True):
            schema.is_valid(etree.fromstring(part))

    check(*parts, means)
    ours = _fastest(lambda: check(*parts, means), TIMES)
    return {
        "archive_checks_per_s": 1 / ours,
        "archive_check_vs_bound": _fastest(bound, TIMES) / ours,
        "archive_check_vs_xmlschema": _fastest(alone, SLOW) / ours,
    }


def _fastest(work: Callable[[], object], times: int) -> float:
    """Return the seconds of one *work*, the fastest of some rounds."""
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(times):
            work()
        took.append((time.perf_counter() - start) / times)
    return min(took)
