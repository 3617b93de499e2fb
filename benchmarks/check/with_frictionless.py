"""frictionless: constraints where it has them, one custom check for the rest. FILE OUT."""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import attrs
import facts
from frictionless import Check, Checklist, Resource, Schema, errors
from with_csv import broken

CONSTRAINTS = {
    "record_id": {"required": True, "pattern": facts.RECORD_FORM},
    "hetu": {"pattern": facts.IDENTITY_FORM},
    "municipality": {"enum": list(facts.MUNICIPALITIES)},
    "service_task": {"enum": list(facts.TASKS)},
}
IN_CHECK = {"R03", "R04", "R07", "R08", "R09", "R10"}
BY_FIELD = {"record_id": "R01", "hetu": "R02", "municipality": "R05", "service_task": "R06"}


class RuleError(errors.CellError):
    """A row that breaks one of the rules without a constraint."""

    type = "rule"
    title = description = "rule"
    template = "{note}"


@attrs.define(kw_only=True, repr=False)
class Rules(Check):
    """The rules that need several fields or arithmetic."""

    type = "rules"
    Errors = [RuleError]  # noqa: RUF012 - the peer's own form

    def validate_row(self, row) -> Iterator[RuleError]:  # noqa: ANN001 - the peer's own type
        """Yield the errors of a row."""
        for rule in IN_CHECK.intersection(broken(row.cells)):
            yield RuleError.from_row(row, note=rule, field_name=facts.FIELDS[rule])


fields = [
    {"name": name, "type": "string", "constraints": CONSTRAINTS.get(name, {})}
    for name in facts.COLUMNS
]
source = Path(sys.argv[1])
resource = Resource(
    path=source.name,
    basepath=str(source.parent),
    schema=Schema.from_descriptor({"fields": fields, "missingValues": []}),
)
report = resource.validate(Checklist(checks=[Rules()]), limit_errors=10_000_000)
counts: Counter[str] = Counter()
seen: set[tuple[int, str]] = set()
with Path(sys.argv[2]).open("w", encoding="utf-8", newline="") as target:
    out = csv.writer(target)
    for error in report.tasks[0].errors:
        field = error.field_name
        rule = error.note if error.type == "rule" else BY_FIELD[field]
        if (error.row_number, rule) not in seen:  # required and pattern report one fault twice
            seen.add((error.row_number, rule))
            out.writerow((error.row_number, field, rule))
            counts[rule] += 1
json.dump(dict(sorted(counts.items())), sys.stdout)
