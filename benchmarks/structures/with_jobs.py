"""A file of documents through the driver, in as many processes as asked; prints seconds."""

import datetime as dt
import json
import sys
import time
from pathlib import Path

from kirjaamo import validators
from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures.checking import Library
from kirjaamo.engines.document_driver import add_documents
from kirjaamo.engines.pack import Context
from kirjaamo.engines.tally import Tally
from kirjaamo.rules import Kind


def main() -> None:
    """Check the file of the first argument with the jobs of the second."""
    rules = [rule for rule in validators.rules().values() if rule.kind is Kind.DOCUMENT]
    tally, context = Tally(), Context(dt.date(2026, 6, 1), Codes())
    started = time.perf_counter()
    add_documents(
        tally, [Path(sys.argv[1])], rules, library=Library(), context=context,
        jobs=int(sys.argv[2]),
    )  # fmt: skip
    found = sum(tally.found.values())
    print(json.dumps({"seconds": time.perf_counter() - started, "found": found}))


if __name__ == "__main__":
    main()
