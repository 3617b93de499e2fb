"""SARIF 2.1.0 (OASIS): for services that show the findings of checks.

The results are written as they come, one on each line, so memory does not grow with them.
Places are relative: the name a person knows, never a folder of the machine.
"""

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, BinaryIO
from urllib.parse import quote

import msgspec

import kirjaamo
from kirjaamo.findings import Severity
from kirjaamo.messages import gettext, language
from kirjaamo.reports import facts, wording
from kirjaamo.run import RuleState, Run, SourceSummary, State

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVEL: Mapping[str, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}


def write(run: Run, stream: BinaryIO) -> None:
    """Write *run* as a SARIF log with one run."""
    encode = msgspec.json.Encoder().encode
    head = msgspec.json.format(encode(_log(run)), indent=2)
    stream.write(head.removesuffix(b"\n    }\n  ]\n}") + b',\n      "results": [')
    before = b"\n        "
    for result in _results(run):
        stream.write(before + encode(result))
        before = b",\n        "
    stream.write(b"\n      ]\n    }\n  ]\n}\n")


def _log(run: Run) -> dict[str, Any]:
    """Return the log without its results; its one run stands last."""
    driver = {
        "name": "Kirjaamo",
        "version": kirjaamo.__version__,
        "language": language(),
        "rules": [_rule(state) for state in run.states],
    }
    one = {
        "tool": {"driver": driver},
        "language": language(),
        "invocations": [_invocation(run)],
        "artifacts": [_artifact(source) for source in run.sources],
        "properties": {"asOf": run.as_of, "waived": run.waived, "known": run.known},
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [one]}


def _rule(state: RuleState) -> dict[str, Any]:
    rule = state.rule
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": gettext(rule.title)},
        "help": {"text": gettext(rule.advice)},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
        "properties": {"basis": rule.basis, "state": state.state, "found": state.found},
    }


def _invocation(run: Run) -> dict[str, Any]:
    """Return whether the check went well, with a notification for each rule that did not run."""
    codes = [state.rule.code for state in run.states]
    return {
        "executionSuccessful": all(state.state is not State.FAILED for state in run.states),
        "toolExecutionNotifications": [
            {
                "level": "error" if state.state is State.FAILED else "warning",
                "message": {"text": wording.explanation(state)},
                "associatedRule": {
                    "id": state.rule.code,
                    "index": codes.index(state.rule.code),
                },
            }
            for state in wording.incomplete(run)
        ],
    }


def _artifact(source: SourceSummary) -> dict[str, Any]:
    found: dict[str, Any] = {"location": {"uri": _uri(source.source)}}
    if source.encoding:
        found["encoding"] = source.encoding
    if source.sha256:
        found["hashes"] = {"sha-256": source.sha256}
    return found | {"properties": {"source": source.source, "rows": source.rows}}


@lru_cache(1024)
def _uri(source: str) -> str:
    """Return the file of a source as a relative reference.

    >>> _uri("vienti 2026.xlsx[Päätökset]")
    'vienti%202026.xlsx'
    """
    return quote(wording.file(source).replace("\\", "/"), safe="/-._~")


def _results(run: Run) -> Iterator[dict[str, Any]]:
    titles = wording.titles(run)
    index = {code: number for number, code in enumerate(titles)}
    for finding in facts.findings(run):
        code = finding["rule"]
        about = wording.parameters(bytes(finding["parameters"]).decode())
        yield {
            "ruleId": code,
            "ruleIndex": index[code],
            "level": _LEVEL[finding["severity"]],
            "message": {"text": wording.message(titles[code], about)},
            "locations": [_location(finding)],
            "partialFingerprints": {"kirjaamo/v1": _fingerprint(finding)},
            "properties": {"cause": finding["cause"], "parameters": finding["parameters"]},
        }


def _location(finding: dict[str, Any]) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding["source"])}}
    if finding["row"]:
        physical["region"] = {"startLine": finding["row"]}
    return {"physicalLocation": physical, "logicalLocations": list(_logical(finding))}


def _logical(finding: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the sheet where there is one, and the field with the person's name for it."""
    sheet = wording.sheet(finding["source"])
    if sheet:
        yield {"name": sheet, "kind": "module"}
    if finding["field"]:
        name = finding["column"] or finding["field"]
        full = f"{finding['table']}.{finding['field']}"
        yield {"name": name, "fullyQualifiedName": full, "kind": "member"}


def _fingerprint(finding: dict[str, Any]) -> str:
    """Return a hash of the place and the rule: no value of a record goes into it."""
    parts = (finding[name] for name in ("rule", "source", "table", "field", "row"))
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:32]
