"""One process with one session of Arelle: ``python -m kirjaamo.finance.proof.worker``.

Reads lines of JSON from standard input: first the terms, then one file after the other.  For each
file it writes one line of JSON to standard output: what was found, and how often each assertion
held.  What Arelle prints itself goes to standard error.  No value and no message of Arelle leaves the process: codes, assertions and data
points only.

Arelle says nothing of an assertion that does not hold, unless it is told to make an error of it;
its exit code and its return value tell of other things than validity.  So the log is read, and
the counts of assertions.
"""

import json
import logging
import os
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from arelle.ModelInstanceObject import ModelFact
    from arelle.ModelXbrl import ModelXbrl

WATCH: Final = 2.0
"""Seconds between looks at the parent process."""

FACTS: Final = 50
"""Most data points that one finding names."""

SERIOUS: Final = {"CRITICAL": "error", "ERROR": "error", "INCONSISTENCY": "warning", "WARNING": "warning"}  # fmt: skip
ASSERTION: Final = "formula:assertionUnsatisfied"


class Collector(logging.Handler):
    """Keeps what Arelle logs: severity, code, and the places that it speaks of."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[tuple[str, str, list[dict[str, Any]]]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record that is serious."""
        severity = SERIOUS.get(record.levelname)
        if severity:
            code = str(getattr(record, "messageCode", "") or record.levelname)
            self.records.append((severity, code, list(getattr(record, "refs", None) or [])))


def options(terms: dict[str, Any], file: str) -> dict[str, Any]:
    """Return the options of a run: offline, with the packages given, every assertion heard."""
    return {
        "entrypointFile": file,
        "packages": terms["packages"],
        "internetConnectivity": "offline",
        "disablePersistentConfig": True,
        "cacheDirectory": terms["cache"],
        "validate": True,
        "validateDuplicateFacts": "all",
        "formulaUnsatisfiedAsserError": True,
        "formulaAction": None if terms["formula"] else "none",
        "keepOpen": True,
        "logFile": "logToBuffer",
        "logPropagate": False,
        "uiLang": "en",
    }


def prove(terms: dict[str, Any], file: str) -> dict[str, Any]:
    """Return what is found of a file, in a session of its own: sessions never overlap."""
    from arelle.api.Session import Session
    from arelle.RuntimeOptions import RuntimeOptions

    collector = Collector()
    with Session() as session:
        session.run(RuntimeOptions(**options(terms, file)), logHandler=collector)
        loaded = [one for one in session.get_models() if one.modelDocument is not None]
        model = loaded[0] if loaded else None
        return {
            "facts": sum(one.isItem for one in model.facts) if model else None,
            "assertions": _counts(model.errors) if model else {},
            "findings": [_finding(one, model, terms["prefixes"]) for one in collector.records],
        }


def _counts(errors: Iterable[object]) -> dict[str, list[int]]:
    """Return how often each assertion held and did not hold.

    Arelle keeps the counts among the codes of errors, as a dictionary.
    """
    counts = [one for one in errors if isinstance(one, dict)]
    return {
        str(name): [int(n) for n in found[:2]] for one in counts for name, found in one.items()
    }


def _finding(
    record: tuple[str, str, list[dict[str, Any]]],
    model: "ModelXbrl | None",
    prefixes: dict[str, str],
) -> dict[str, Any]:
    severity, code, places = record
    facts = list(_facts(places, model))
    first = str(places[0].get("href", "")) if places else ""
    rule = first.rpartition("#")[2] if code == ASSERTION or code.startswith("message:") else ""
    signatures = [signature(one, prefixes) for one in facts[:FACTS]]
    return {"severity": severity, "code": code, "rule": rule, "signatures": signatures}


def _facts(places: list[dict[str, Any]], model: "ModelXbrl | None") -> Iterator["ModelFact"]:
    """Yield the facts that a record speaks of; of a context, the facts that are in it."""
    for place in places:
        found = model.modelObject(place["objectId"]) if model and "objectId" in place else None
        if getattr(found, "isItem", False) and hasattr(found, "context"):
            yield found
        elif getattr(found, "localName", "") == "context" and model:
            yield from (one for one in model.facts if one.context is found)


def signature(fact: "ModelFact", prefixes: dict[str, str]) -> str:
    """Return the signature of a fact; the value of an open dimension is not told."""
    parts = [f"MET({_name(fact.qname, prefixes)})"]
    context = fact.context
    dimensions = context.qnameDims.values() if context is not None else ()
    members = sorted(
        (
            _name(one.dimensionQname, prefixes),
            _name(one.memberQname, prefixes) if one.isExplicit else "*",
        )
        for one in dimensions
    )
    return "|".join([*parts, *(f"{axis}({member})" for axis, member in members)])


def _name(qname: Any, prefixes: dict[str, str]) -> str:  # noqa: ANN401 - a name of Arelle's
    """Return a name with the prefix of the taxonomy, or else with its own."""
    if qname is None:
        return "?"
    prefix = prefixes.get(qname.namespaceURI, qname.prefix or "")
    return f"{prefix}:{qname.localName}" if prefix else str(qname.localName)


def _own_output() -> IO[str]:
    """Return standard output for ourselves; what others print goes to standard error."""
    own = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return own


def main() -> None:
    """Prove file after file, until there are no more."""
    with _own_output() as out:
        terms = json.loads(sys.stdin.readline())
        for line in sys.stdin:
            out.write(json.dumps(prove(terms, json.loads(line))) + "\n")
            out.flush()


def end_with(parent: int) -> None:
    """End this process when its parent is no more: nobody would read what it finds."""
    while os.getppid() == parent:
        time.sleep(WATCH)
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    main()
