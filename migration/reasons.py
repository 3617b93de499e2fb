"""Why a record is held or rejected: the gates, one entry each.

*Held* can be mended, and moves in a later run.  *Rejected* does not move at all from this
source.  Each entry has the sentence that a person reads and what to do.
"""

from dataclasses import dataclass
from enum import StrEnum

from kirjaamo.messages import N_


class Outcome(StrEnum):
    """What became of a record."""

    MOVED = "moved"
    HELD = "held"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Reason:
    """A gate: its code, what it makes of a record, and two keys of the catalogue."""

    code: str
    outcome: Outcome
    sentence: str
    advice: str


def _held(code: str, sentence: str, advice: str) -> Reason:
    return Reason(code, Outcome.HELD, sentence, advice)


def _rejected(code: str, sentence: str, advice: str) -> Reason:
    return Reason(code, Outcome.REJECTED, sentence, advice)


IMPORT = N_(
    "Import the official list (kirjaamo codes import FILE --list {list}), map the local code "
    "(kirjaamo map workbook) and make a new plan."
)

REASONS = {
    reason.code: reason
    for reason in (
        _rejected(
            "out-of-scope",
            N_("the system is out of scope of the migration"),
            N_("Change [migration.left_out] in kirjaamo.toml if this is wrong."),
        ),
        _rejected(
            "not-certifiable",
            N_("the system is marked as one that cannot be certified"),
            N_("Change [migration.left_out] in kirjaamo.toml if this is wrong."),
        ),
        _rejected(
            "damaged-row",
            N_(
                "the row has more or fewer cells than the header, so that nothing in it is sure"
            ),
            N_("“kirjaamo check” shows the rows; correct them and export again."),
        ),
        _rejected(
            "missing-key",
            N_("the record has no key, so that it could not be found again"),
            N_("Correct the record in the old system and export again."),
        ),
        _rejected(
            "repeated-row",
            N_("the same record stands in the export more than once; the first one is taken"),
            N_("Nothing needs to be done."),
        ),
        _held(
            "moved-earlier",
            N_("an earlier run has moved the record"),
            N_("Nothing needs to be done; it is not moved twice."),
        ),
        _held(
            "duplicate-key",
            N_("several different records have the same key"),
            N_("Correct the keys in the old system and export again."),
        ),
        _held(
            "unreadable-value",
            N_("a date or number cannot be read, or lies outside the years 1850-2150"),
            N_("“kirjaamo check” shows the places; correct them and export again."),
        ),
        _held(
            "no-client",
            N_("the client that the record refers to is not in the export"),
            N_("Export the client too."),
        ),
        _held(
            "no-known-number",
            N_("the class has no known number in the national list as far as it is built in"),
            IMPORT,
        ),
        _held(
            "not-mapped",
            N_("a local code is not mapped"),
            N_("Map it (kirjaamo map workbook, kirjaamo map import)."),
        ),
        _held(
            "not-approved",
            N_("the mapping of a code waits for approval"),
            N_("Approve or change the row (kirjaamo map workbook, kirjaamo map import)."),
        ),
        _held(
            "mapping-rejected",
            N_("the mapping of a code was rejected, and there is no other"),
            N_("Map the code anew (kirjaamo map workbook, kirjaamo map import)."),
        ),
        _held(
            "unmappable",
            N_("it is decided that a code has no counterpart"),
            N_("Decide by hand what becomes of these records."),
        ),
        _held(
            "uncertain-code",
            N_("the number of a code is not known for sure in the built-in list"),
            IMPORT,
        ),
        _held(
            "no-structure",
            N_("the service task has no decision structure of its own"),
            N_("Map the local type to a document type (kirjaamo map workbook)."),
        ),
        _held(
            "no-record-map",
            N_("no record map is for this kind of record"),
            N_("Add one to mappings/records of the workspace; “kirjaamo map show” tells how."),
        ),
        _held(
            "missing-facts",
            N_("the national structure requires what the old record does not tell"),
            N_("See the paths with “kirjaamo migrate audit show”; the settings may tell it."),
        ),
        _held(
            "findings",
            N_("the built document breaks rules of the national structure or the law"),
            N_("“kirjaamo explain RULE” tells what each rule asks for."),
        ),
        _held(
            "identifier-taken",
            N_("the identifier that the record would get stands for another record"),
            N_("Tell the makers of the program; nothing was overwritten."),
        ),
    )
}
"""Every gate by its code, in the order in which a record meets them."""

BY_STATUS = {
    "missing": "not-mapped",
    "waiting": "no-known-number",
    "proposed": "not-approved",
    "rejected": "mapping-rejected",
    "unmappable": "unmappable",
}
"""What a crosswalk answers, and the gate that it closes."""
