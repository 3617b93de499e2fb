"""Findings and the run's other facts as plain objects, the same for every JSON format."""

from collections.abc import Iterator
from typing import Any

import msgspec

import kirjaamo
from kirjaamo.findings import SCHEMA
from kirjaamo.messages import gettext, language
from kirjaamo.run import RuleState, Run, SourceSummary

VERSION = 1
"""Version of the objects; it grows when a name is taken away or changes its meaning."""

_NAMES = tuple(SCHEMA.names())
_NOTHING = msgspec.Raw(b"{}")


def findings(run: Run) -> Iterator[dict[str, Any]]:
    """Yield every finding as an object, in order."""
    for batch in run.findings:
        for row in batch.select(_NAMES).iter_rows():
            found = dict(zip(_NAMES, row, strict=True))
            text = found["parameters"]
            found["parameters"] = msgspec.Raw(text.encode()) if text else _NOTHING
            yield found


def head(run: Run) -> dict[str, Any]:
    """Return everything about a run but its findings; no paths, so that reports can travel."""
    return {
        "schema_version": VERSION,
        "kirjaamo": kirjaamo.__version__,
        "language": language(),
        "as_of": run.as_of,
        "rows": run.rows,
        "found": len(run.findings),
        "waived": run.waived,
        "known": run.known,
        "lists": dict(sorted(run.lists.items())),
        "sources": [_source(source) for source in run.sources],
        "rules": [_rule(state) for state in run.states],
    }


def _source(source: SourceSummary) -> dict[str, Any]:
    return {
        "source": source.source,
        "system": source.system,
        "tables": source.tables,
        "rows": source.rows,
        "sha256": source.sha256,
        "encoding": source.encoding,
        "delimiter": source.delimiter,
        "columns": dict(source.columns),
    }


def _rule(state: RuleState) -> dict[str, Any]:
    rule = state.rule
    return {
        "code": rule.code,
        "name": rule.name,
        "state": state.state,
        "found": state.found,
        "title": gettext(rule.title),
        "severity": rule.severity,
        "cause": rule.cause,
        "basis": rule.basis,
        "advice": gettext(rule.advice),
        "reasons": state.reasons,
    }
