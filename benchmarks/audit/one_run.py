"""One audit of many entries, in a process of its own: prints rows a second of every measure."""

import json
import sys
import time
from pathlib import Path

import polars as pl

from benchmarks.audit.data import entries
from kirjaamo.audit import words
from kirjaamo.audit.copies import Copies
from kirjaamo.audit.ground import prepared
from kirjaamo.audit.measures import measures
from kirjaamo.audit.scores.counting import counted
from kirjaamo.audit.scores.judging import Judged, Terms, verdicts
from kirjaamo.audit_settings import Audit
from kirjaamo.classifications import Codes
from kirjaamo.rules import CannotRun
from kirjaamo.samples import AS_OF


def run(rows: int) -> dict[str, float]:
    """Audit *rows* entries and return seconds by measure and of the whole."""
    terms = Terms(AS_OF, Audit(), words.read(), Codes())
    system = entries(rows)
    started = time.perf_counter()
    seconds: dict[str, float] = {}
    table = prepared(system, AS_OF, terms.settings.months)["entry"]
    beside = {"rows": table, "copies": Copies(table)}
    columns = []
    for code, one in measures().items():
        for place in (place for place in one.places if place.table == "entry"):
            before = time.perf_counter()
            try:
                columns.append(verdicts(one, place, system, terms, beside).alias(code))
            except CannotRun:
                continue
            seconds[code] = time.perf_counter() - before
    judged = Judged({("S", "entry"): table.with_columns(columns)}, tuple(seconds), (), AS_OF)
    scores = counted(judged, terms)
    seconds["whole"] = time.perf_counter() - started
    found = scores.of("all").filter(pl.col("measure") == "RQ012")
    return seconds | {"copies": float(found["flawed"].sum())}


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(run(int(sys.argv[1]))), "utf-8")
