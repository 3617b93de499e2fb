"""The full check, from bytes to findings, with every document rule."""

import datetime as dt
import json
import sys
import time
from pathlib import Path

STARTED = time.perf_counter()

from timing import SIZES, best, documents  # noqa: E402 - the clock starts before the imports

from kirjaamo import validators  # noqa: E402 - same
from kirjaamo.classifications import Codes  # noqa: E402 - same
from kirjaamo.classifications.structures.checking import Library  # noqa: E402 - same
from kirjaamo.documents.model import Raw  # noqa: E402 - same
from kirjaamo.engines.documents import Checker  # noqa: E402 - same
from kirjaamo.engines.pack import Context  # noqa: E402 - same
from kirjaamo.rules import Kind  # noqa: E402 - same

RULES = [rule for rule in validators.rules().values() if rule.kind is Kind.DOCUMENT]
checker = Checker(Library(), RULES, Context(dt.date(2026, 6, 1), Codes()))
figures = {"found": 0.0}
for size in SIZES:
    oid = (Path(sys.argv[1]) / f"{size}.oid").read_text("utf-8")
    before = time.perf_counter()
    checker.check(Raw(size, 1, documents(size)[0], oid))
    figures[f"first_{size}"] = time.perf_counter() - before
    if size == "small":
        figures["cold"] = time.perf_counter() - STARTED
    figures["found"] += sum(len(checker.check(Raw(size, 1, d, oid))) for d in documents(size))
    figures[size] = best(
        lambda d, oid=oid, size=size: checker.check(Raw(size, 1, d, oid)), size
    )
print(json.dumps(figures))
